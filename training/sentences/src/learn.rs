//! Logistic regression over hashed features: AdaGrad with an L1 pull, then eight bits a weight.

use standpoint::sentences::features::BUCKETS;

/// What training sees of one candidate.
#[derive(Clone)]
pub struct Example {
    pub buckets: Vec<u16>,
    pub ends: bool,
    pub weight: f32,
}

/// A small generator (SplitMix64), so that a seed means the same everywhere.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}

pub struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub l1: f32,
    pub l2: f32,
    pub seed: u64,
}

/// Trains and returns one weight a bucket.
pub fn train(examples: &[Example], settings: &Settings) -> Vec<f32> {
    let mut weights = vec![0f32; BUCKETS];
    let mut squares = vec![1e-3f32; BUCKETS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(settings.seed);
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let e = &examples[i];
            let score: f32 = e.buckets.iter().map(|&b| weights[b as usize]).sum();
            let error = e.weight * (1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(e.ends)));
            for &b in &e.buckets {
                let w = &mut weights[b as usize];
                let gradient = error + settings.l2 * *w;
                let s = &mut squares[b as usize];
                *s += gradient * gradient;
                let step = settings.rate / s.sqrt();
                *w -= step * gradient;
                // The pull toward zero keeps rare words' weights at nothing.
                let pull = settings.l1 * step;
                *w = if w.abs() <= pull { 0.0 } else { *w - pull * w.signum() };
            }
        }
    }
    weights
}

/// One signed byte a weight. Only the sign of a sum matters, so the scale is free.
pub fn quantise(weights: &[f32]) -> Vec<i8> {
    let mut sizes: Vec<f32> = weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 500)).copied().unwrap_or(1.0);
    weights.iter().map(|w| (w / top * 127.0).round().clamp(-127.0, 127.0) as i8).collect()
}
