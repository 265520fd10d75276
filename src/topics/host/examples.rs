//! What examples add: a linear correction to the topics' log-odds, learned from them on the spot by multinomial logistic
//! regression. It starts from what the descriptions say and is held near it, so that few examples move it little.

/// How strongly it is held: weight of the squared correction beside the examples' log-loss.
const HOLD: f32 = 0.3;

/// Rounds of descent. (More change the third digit.)
const ROUNDS: usize = 120;

/// Multiplications a step may take: some milliseconds of a page's time.
const STEP: usize = 2_000_000;

/// One example.
#[derive(Debug)]
pub(super) struct Example {
    /// What it says; see [`super::learn::Learned::features`].
    pub features: Vec<f32>,
    /// Log-odds by topic before the correction.
    pub odds: Vec<f32>,
    /// Its topic.
    pub topic: usize,
}

/// A correction in the making: Nesterov's accelerated gradient, in a fixed order of sums.
#[derive(Debug)]
pub(super) struct Descent {
    examples: Vec<Example>,
    topics: usize,
    round: usize,
    /// The next example of the round.
    next: usize,
    /// Topics × features: the point the gradient is taken at, and where the last round led.
    at: Vec<f32>,
    last: Vec<f32>,
    gradient: Vec<f32>,
    /// An upper bound of the curvature.
    curvature: f32,
}

impl Descent {
    /// `features` of each example are equally many.
    pub fn new(examples: Vec<Example>, topics: usize) -> Self {
        let size = topics * examples.first().map_or(0, |e| e.features.len());
        let longest =
            examples.iter().map(|e| e.features.iter().map(|x| x * x).sum::<f32>()).fold(0.0, f32::max);
        let curvature = 0.5 * longest + HOLD / examples.len().max(1) as f32;
        let zeros = || vec![0.0; size];
        Descent {
            examples,
            topics,
            round: 0,
            next: 0,
            at: zeros(),
            last: zeros(),
            gradient: zeros(),
            curvature: if curvature > 0.0 { curvature } else { 1.0 },
        }
    }

    /// Goes on, and says whether it has arrived.
    pub fn step(&mut self) -> bool {
        // Between one topic and itself there is nothing to learn.
        if self.examples.is_empty() || self.topics < 2 || self.round == ROUNDS {
            return true;
        }
        let take = (STEP / self.at.len().max(1)).max(1);
        let to = self.examples.len().min(self.next + take);
        for example in &self.examples[self.next..to] {
            let mut belief = corrected(&self.at, &example.features, &example.odds);
            crate::encoder::softmax(&mut belief);
            belief[example.topic] -= 1.0;
            for (row, error) in self.gradient.chunks_exact_mut(example.features.len().max(1)).zip(belief) {
                row.iter_mut().zip(&example.features).for_each(|(g, x)| *g += error * x);
            }
        }
        self.next = to;
        if to == self.examples.len() {
            self.turn();
        }
        false
    }

    /// Ends a round.
    fn turn(&mut self) {
        let share = 1.0 / self.examples.len() as f32;
        self.round += 1;
        let momentum = self.round as f32 / (self.round + 3) as f32;
        for ((at, last), gradient) in self.at.iter_mut().zip(&mut self.last).zip(&mut self.gradient) {
            let slope = share * (*gradient + HOLD * *at);
            let now = *at - slope / self.curvature;
            *at = now + momentum * (now - *last);
            *last = now;
            *gradient = 0.0;
        }
        self.next = 0;
    }

    /// The correction: topics × features.
    pub fn arrive(self) -> Vec<f32> {
        self.last
    }
}

/// Log-odds with a correction, if there is one.
pub(super) fn corrected(correction: &[f32], features: &[f32], odds: &[f32]) -> Vec<f32> {
    let mut odds = odds.to_vec();
    for (sum, row) in odds.iter_mut().zip(correction.chunks_exact(features.len().max(1))) {
        *sum += crate::encoder::dot(row, features);
    }
    odds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(examples: &[(&[f32], usize)]) -> Vec<f32> {
        let example = |(features, topic): &(&[f32], usize)| Example {
            features: features.to_vec(),
            odds: vec![0.0; 2],
            topic: *topic,
        };
        let mut descent = Descent::new(examples.iter().map(example).collect(), 2);
        while !descent.step() {}
        descent.arrive()
    }

    #[test]
    fn examples_draw_their_like() {
        let correction = learned(&[(&[1.0, 0.0], 0), (&[0.0, 1.0], 1)]);
        let odds = corrected(&correction, &[1.0, 0.0], &[0.0, 0.0]);
        assert!(odds[0] > 0.5 && odds[1] < -0.5, "{odds:?}");
        // One topic's gain is the other's loss: being about neither stays as likely as it was.
        assert!((odds[0] + odds[1]).abs() < 1e-3);
    }

    #[test]
    fn nothing_to_learn_is_nothing_learned() {
        assert!(learned(&[]).is_empty());
        assert!(learned(&[(&[], 0)]).is_empty());
        assert!(learned(&[(&[0.0], 0), (&[0.0], 1)]).iter().all(|x| *x == 0.0));
    }
}
