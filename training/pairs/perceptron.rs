//! An averaged perceptron over hashed features.

/// Weights while they are learned.
pub struct Perceptron {
    pub classes: usize,
    mask: usize,
    weights: Vec<f32>,
    totals: Vec<f64>,
    stamps: Vec<u32>,
    touched: Vec<u32>,
    step: u32,
}

impl Perceptron {
    pub fn new(classes: usize, bits: u32) -> Self {
        let n = classes << bits;
        Perceptron {
            classes,
            mask: (1 << bits) - 1,
            weights: vec![0.0; n],
            totals: vec![0.0; n],
            stamps: vec![0; n],
            touched: vec![0; n],
            step: 0,
        }
    }

    pub fn scores(&self, features: &[u32], scores: &mut [f32]) {
        scores.fill(0.0);
        for &f in features {
            let row = (f as usize & self.mask) * self.classes;
            for (s, w) in scores.iter_mut().zip(&self.weights[row..row + self.classes]) {
                *s += w;
            }
        }
    }

    pub fn update(&mut self, features: &[u32], right: usize, wrong: usize) {
        self.step += 1;
        for &f in features {
            let row = (f as usize & self.mask) * self.classes;
            for (class, change) in [(right, 1.0), (wrong, -1.0)] {
                let at = row + class;
                self.totals[at] += f64::from(self.weights[at]) * f64::from(self.step - self.stamps[at]);
                self.stamps[at] = self.step;
                self.weights[at] += change;
                self.touched[at] += 1;
            }
        }
    }

    /// The average over all steps; weights touched fewer than `rare` times, or smaller than `small` of the
    /// largest, become 0.
    pub fn averaged(&self, rare: u32, small: f32) -> Vec<f32> {
        let mut out: Vec<f32> = (0..self.weights.len())
            .map(|at| {
                if self.touched[at] < rare {
                    return 0.0;
                }
                let total =
                    self.totals[at] + f64::from(self.weights[at]) * f64::from(self.step - self.stamps[at]);
                (total / f64::from(self.step.max(1))) as f32
            })
            .collect();
        let largest = out.iter().fold(0.0f32, |a, w| a.max(w.abs()));
        out.iter_mut().filter(|w| w.abs() < small * largest).for_each(|w| *w = 0.0);
        out
    }
}

/// xorshift64*: the same shuffles on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
