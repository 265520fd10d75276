//! Multinomial logistic regression over hashed features, by AdaGrad; classes share a table or rows are ranked.

use crate::perceptron::Random;
use standpoint::encoder::softmax;

/// One decision. For classification: `rows` has one entry, `right` is its class. For ranking: one row a candidate,
/// any of `right` is right.
#[derive(Clone)]
pub struct Example {
    pub rows: Vec<Vec<u32>>,
    pub right: Vec<usize>,
    pub weight: f32,
    pub fold: usize,
}

pub struct Logistic {
    pub classes: usize,
    mask: usize,
    pub weights: Vec<f32>,
    squares: Vec<f32>,
}

pub struct Recipe {
    pub bits: u32,
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
}

impl Logistic {
    pub fn new(classes: usize, bits: u32) -> Self {
        let n = classes << bits;
        Logistic { classes, mask: (1 << bits) - 1, weights: vec![0.0; n], squares: vec![1e-6; n] }
    }

    /// Scores: a class each if there is one row, else a candidate each.
    pub fn scores(&self, rows: &[Vec<u32>]) -> Vec<f32> {
        if self.classes > 1 {
            let mut out = vec![0.0; self.classes];
            for &f in &rows[0] {
                let at = (f as usize & self.mask) * self.classes;
                out.iter_mut().zip(&self.weights[at..at + self.classes]).for_each(|(s, w)| *s += w);
            }
            return out;
        }
        rows.iter().map(|row| row.iter().map(|&f| self.weights[f as usize & self.mask]).sum()).collect()
    }

    pub fn train(&mut self, examples: &[&Example], recipe: &Recipe) {
        let mut random = Random(7);
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for epoch in 0..recipe.epochs {
            random.shuffle(&mut order);
            let rate = recipe.rate * (1.0 - epoch as f32 / recipe.epochs as f32 * 0.8);
            for &at in &order {
                self.step(examples[at], rate, recipe.decay);
            }
        }
    }

    fn step(&mut self, example: &Example, rate: f32, decay: f32) {
        let mut p = self.scores(&example.rows);
        softmax(&mut p);
        // The right candidates share the credit as the model sees them (log of the sum of their probabilities).
        let total: f32 = example.right.iter().map(|&r| p[r]).sum::<f32>().max(1e-9);
        for (at, &belief) in p.iter().enumerate() {
            let wanted = if example.right.contains(&at) { belief / total } else { 0.0 };
            let gradient = (belief - wanted) * example.weight;
            if gradient.abs() < 1e-5 {
                continue;
            }
            let (row, class) = if self.classes > 1 { (0, at) } else { (at, 0) };
            for &f in &example.rows[row] {
                let slot = (f as usize & self.mask) * self.classes + class;
                let g = gradient + decay * self.weights[slot];
                self.squares[slot] += g * g;
                self.weights[slot] -= rate * g / self.squares[slot].sqrt();
            }
        }
    }
}
