//! For, against or neither, toward a given target: the head that reads the encoder's vectors.

use super::opinion::{Opinion, Pointers};
use super::second::Weighing;
use crate::encoder::{
    self, bucket, weighted_mean, Activations, Architecture, Encoder, Linear, Marks, Window, BUCKETS,
};
use crate::error::Error;
use crate::model::{Container, Shared};
use crate::offsets::ByteSpan;
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// Pieces that are read side by side at most: bounds the memory a call takes.
const ABREAST: usize = 512;

/// Three probabilities that sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PolarityScores {
    /// The sentence conveys support of the target.
    pub support: f64,
    /// The sentence conveys opposition to the target.
    pub oppose: f64,
    /// Neither.
    pub neutral: f64,
}

impl PolarityScores {
    /// What is said when there is nothing to read.
    pub const NEUTRAL: Self = PolarityScores { support: 0.0, oppose: 0.0, neutral: 1.0 };
}

/// The two questions a model was trained to answer; "neutral" means something else in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// How good or bad the sentence makes the target look; plain bad news counts.
    Sentiment,
    /// Whether the marked holder, or anybody, is for or against the target.
    Stance,
}

/// What is asked about a sentence. Spans count bytes from the sentence's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query {
    /// Whom or what the polarity is toward.
    pub target: ByteSpan,
    /// Whose it is; `None`: anybody's.
    pub holder: Option<ByteSpan>,
    /// In which sense.
    pub question: Question,
}

impl Query {
    /// Asks for the holder's stance, or, without one, for the sentiment toward the target.
    pub fn new(target: ByteSpan, holder: Option<ByteSpan>) -> Self {
        let question = if holder.is_some() { Question::Stance } else { Question::Sentiment };
        Query { target, holder, question }
    }
}

/// The trained reader of polarity. Shares the model's encoder.
#[derive(Debug)]
pub struct PolarityHead {
    encoder: Arc<Encoder>,
    pool: Pool,
    hidden: Linear,
    out: Vec<f32>,
    bias: Vec<f32>,
    pointers: Option<Pointers>,
    weighing: Option<Weighing>,
    /// By question: softmax temperature, and the score from which a claim is worth making.
    temperature: [f64; 2],
    threshold: [f64; 2],
}

/// What is put together of a window's vectors, besides the mean over the target's.
#[derive(Debug)]
enum Pool {
    /// The first vector and the mean over all.
    First,
    /// The mean weighted by each piece's and each distance's share, and the largest of each component.
    Weighted { codes: Shared, scale: f32, near: Vec<f32> },
}

impl PolarityHead {
    /// Reads the `stance/` tensors of a model file; `None` if it has none for polarity.
    ///
    /// # Errors
    /// [`Error::is_model`], naming the tensor or number that is missing or wrong.
    pub fn new(model: &Container, encoder: &Arc<Encoder>) -> Result<Option<Self>, Error> {
        if !model.has("stance/hidden") {
            return Ok(None);
        }
        let pool = match encoder.architecture() {
            Architecture::Transformer => Pool::First,
            Architecture::BiGru => Pool::Weighted {
                codes: model
                    .tensor("stance/weight.q8")?
                    .shaped(&[encoder.vocabulary().len()])?
                    .shared("i8")?,
                scale: encoder::floats(model, "stance/weight.scale", &[1])?[0],
                near: encoder::floats(model, "stance/near", &[BUCKETS])?,
            },
        };
        let size = model.tensor("stance/hidden.bias")?.shape.first().copied().unwrap_or(0);
        Ok(Some(PolarityHead {
            encoder: Arc::clone(encoder),
            pool,
            hidden: Linear::new(model, "stance/hidden", size, 3 * encoder.width())?,
            out: encoder::floats(model, "stance/out", &[6, size])?,
            bias: encoder::floats(model, "stance/out.bias", &[6])?,
            pointers: Pointers::new(model, size, encoder.width())?,
            weighing: Weighing::new(model, encoder.width())?,
            temperature: [
                model.fraction("stance.temperature.sentiment")?,
                model.fraction("stance.temperature.stance")?,
            ],
            threshold: [
                model.fraction("stance.threshold.sentiment")?,
                model.fraction("stance.threshold.stance")?,
            ],
        }))
    }

    /// The score from which a polarity is worth claiming: chosen on development data, for precision.
    pub fn threshold(&self, question: Question) -> f64 {
        self.threshold[question as usize]
    }

    /// Answers one query about one sentence.
    pub fn score(&self, sentence: &str, query: Query) -> PolarityScores {
        self.score_all(&[(sentence, vec![query])])[0][0]
    }

    /// Answers any number of queries about any number of sentences, which is faster than one by one: the pieces of
    /// many are multiplied with the weights together, and what lies below the marks is read once a sentence.
    /// The answers stand as the queries do, and do not depend on what is asked beside them.
    pub fn score_all(&self, sentences: &[(&str, Vec<Query>)]) -> Vec<Vec<PolarityScores>> {
        let mut answers: Vec<_> =
            sentences.iter().map(|(_, queries)| vec![PolarityScores::NEUTRAL; queries.len()]).collect();
        let (mut windows, mut places, mut rows) = (Vec::new(), Vec::new(), 0);
        for (number, (sentence, queries)) in sentences.iter().enumerate() {
            let pieces = self.encoder.pieces(sentence);
            if pieces.is_empty() {
                continue;
            }
            let pairs: Vec<_> = queries.iter().map(|q| (q.target, q.holder)).collect();
            for (window, asked) in self.encoder.windows(&pieces, &pairs) {
                let each = (ABREAST / window.ids.len()).max(1);
                for (marks, asked) in window.marks.chunks(each).zip(asked.chunks(each)) {
                    let more = window.ids.len() * marks.len();
                    if rows + more > ABREAST {
                        self.answer(&windows, &places, &mut answers);
                        (windows, places, rows) = (Vec::new(), Vec::new(), 0);
                    }
                    places.extend(asked.iter().map(|&q| (number, q, queries[q].question)));
                    windows.push(Window { marks: marks.to_vec(), ..window.clone() });
                    rows += more;
                }
            }
        }
        self.answer(&windows, &places, &mut answers);
        answers
    }

    /// Reads windows and writes down the answer to each of their marks.
    fn answer(
        &self,
        windows: &[Window],
        places: &[(usize, usize, Question)],
        answers: &mut [Vec<PolarityScores>],
    ) {
        let states = self.encoder.states(windows);
        self.each(windows, &states, |place, hidden, _| {
            let (sentence, query, question) = places[place];
            answers[sentence][query] = self.scores(hidden, question);
        });
    }

    /// The head's hidden layer for each mark of the windows, in their order, with the states it was made from.
    fn each(&self, windows: &[Window], states: &[f32], mut take: impl FnMut(usize, &[f32], &[f32])) {
        let width = self.encoder.width();
        let (mut pooled, mut rest, mut lengths) = (Vec::new(), states, Vec::new());
        for window in windows {
            for marks in &window.marks {
                let (states, after) = rest.split_at(window.ids.len() * width);
                self.pool(window, marks, states, &mut pooled);
                lengths.push(states.len());
                rest = after;
            }
        }
        let (mut activations, mut hidden) = (Activations::default(), Vec::new());
        activations.set(&pooled, 3 * width);
        self.hidden.apply(&activations, &mut hidden);
        encoder::gelu(&mut hidden);
        let mut rest = states;
        for (place, (hidden, length)) in hidden.chunks_exact(self.hidden.outputs()).zip(lengths).enumerate() {
            let (states, after) = rest.split_at(length);
            take(place, hidden, states);
            rest = after;
        }
    }

    /// What is read about the target of each mark, in the windows' order; `below` as [`Encoder::below`] gives it for
    /// them. Empty if the model was not taught whose a stance is and by which words.
    pub fn opinions(&self, windows: &[Window], below: &[f32]) -> Vec<Opinion> {
        let Some(pointers) = &self.pointers else { return Vec::new() };
        let states = self.encoder.above(windows, below);
        let (frame, width) = (self.encoder.frame(), self.encoder.width());
        let firsts: Vec<usize> = windows.iter().flat_map(|w| w.marks.iter().map(|_| w.first)).collect();
        let mut out = Vec::with_capacity(firsts.len());
        self.each(windows, &states, |place, hidden, states| {
            let words = &states[frame * width..states.len() - frame * width];
            out.push(pointers.read(self.scores(hidden, Question::Stance), hidden, words, firsts[place]));
        });
        out
    }

    /// How its opinions are weighed with the small models' proposals; `None` if it has no opinion on holders and cues.
    pub(crate) fn weighing(&self) -> Option<&Weighing> {
        self.pointers.as_ref().and(self.weighing.as_ref())
    }

    /// The encoder it reads with.
    pub(crate) fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    fn scores(&self, hidden: &[f32], question: Question) -> PolarityScores {
        let [oppose, neutral, support] = self.logits(hidden, question).map(f64::from);
        let peak = oppose.max(neutral).max(support);
        let weight = |logit: f64| libm::exp((logit - peak) / self.temperature[question as usize]);
        let [oppose, neutral, support] = [oppose, neutral, support].map(weight);
        let sum = oppose + neutral + support;
        PolarityScores { support: support / sum, oppose: oppose / sum, neutral: neutral / sum }
    }

    /// Oppose, neutral, support.
    fn logits(&self, hidden: &[f32], question: Question) -> [f32; 3] {
        [0, 1, 2].map(|class| {
            let row = 3 * (question as usize) + class;
            let weights = &self.out[row * hidden.len()..][..hidden.len()];
            weights.iter().zip(hidden).fold(self.bias[row], |sum, (w, h)| sum + w * h)
        })
    }

    fn pool(&self, window: &Window, marks: &Marks, states: &[f32], out: &mut Vec<f32>) {
        let width = self.encoder.width();
        let rows = || states.chunks_exact(width);
        let mean = |range: Range<usize>| {
            weighted_mean(rows().map(|row| (1.0, row)).take(range.end).skip(range.start), width)
        };
        match &self.pool {
            Pool::First => {
                out.extend_from_slice(&states[..width]);
                out.extend(mean(marks.target.clone()));
                out.extend(mean(0..window.ids.len()));
            }
            Pool::Weighted { codes, scale, near } => {
                let weight = |(i, &id): (usize, &u16)| {
                    encoder::exp(
                        f32::from(codes[usize::from(id)] as i8) * scale + near[bucket(i, &marks.target)],
                    )
                };
                out.extend(weighted_mean(window.ids.iter().enumerate().map(weight).zip(rows()), width));
                out.extend(mean(marks.target.clone()));
                let start = out.len();
                out.extend_from_slice(&states[..width]);
                for row in rows() {
                    encoder::raise(&mut out[start..], row);
                }
            }
        }
    }
}
