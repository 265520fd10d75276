//! The result: plain data with public fields, in the shape that JavaScript and the command line print.

use crate::anchor::Anchor;
use crate::kinds::Kind;
use crate::offsets::{Bytes, CodePoints, OffsetIndex, Span, Unit, Utf16};
use serde::ser::{Serialize, Serializer};
use serde::Serialize as DeriveSerialize;

/// Version of the result's shape.
pub const SCHEMA_VERSION: u32 = 1;

/// A number between 0 and 1, rounded to four decimals so that every platform prints the same digits.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Score(f64);

impl Score {
    /// Clamps to 0..=1 (NaN becomes 0) and rounds.
    pub fn new(value: f64) -> Self {
        let clamped = if value > 0.0 { value.min(1.0) } else { 0.0 };
        Score((clamped * 10_000.0).round() / 10_000.0)
    }

    /// The rounded number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Serialize for Score {
    /// Whole numbers are written as JavaScript writes them, `1` rather than `1.0`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 == 0.0 || self.0 == 1.0 {
            serializer.serialize_u32(self.0 as u32)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// The name and version of the model that read the text.
#[derive(Debug, Clone, PartialEq, Eq, DeriveSerialize)]
pub struct ModelInfo {
    /// `fast`, `accurate`, or the name a model file gives itself.
    pub name: String,
    /// Semantic version of the weights.
    pub version: String,
}

/// One IPTC Media Topic, or one of the caller's own, with the model's belief in it.
#[derive(Debug, Clone, PartialEq, DeriveSerialize)]
pub struct Topic {
    /// IPTC qcode, such as `medtop:11000000`; or the caller's id.
    pub id: String,
    /// English name, or the caller's.
    pub label: String,
    /// Calibrated probability.
    pub score: Score,
}

/// Somebody or something named, as holder or target.
#[derive(Debug, Clone, PartialEq, DeriveSerialize)]
#[serde(bound(serialize = ""))]
pub struct Party<U: Unit> {
    /// The fullest name the article gives; `author` for the narrator.
    pub name: String,
    /// The words of this sentence that name it; `None` when it names it with none.
    #[serde(flatten)]
    pub span: Option<Span<U>>,
}

/// For or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveSerialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Praises, defends, helps, allies with, hopes for.
    Support,
    /// Criticises, accuses, threatens, rejects, attacks, fears.
    Oppose,
}

/// How the attitude shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, DeriveSerialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The sentence reports what the holder said, wrote, thinks or feels.
    Says,
    /// The holder's act shows it.
    Does,
    /// The narrator's own loaded wording.
    Author,
}

/// A holder's attitude toward a target, as one sentence conveys it.
#[derive(Debug, Clone, PartialEq, DeriveSerialize)]
#[serde(bound(serialize = ""))]
pub struct Stance<U: Unit> {
    /// Who holds it.
    pub holder: Party<U>,
    /// Whom or what it is about.
    pub target: Party<U>,
    /// For or against.
    pub polarity: Polarity,
    /// In words, in deeds, or in the narrator's wording.
    pub basis: Basis,
    /// The words that show it.
    pub cue: Span<U>,
    /// Calibrated probability that the claim is right.
    pub confidence: Score,
}

/// The stance of a sentence as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, DeriveSerialize)]
#[serde(rename_all = "lowercase")]
pub enum SentenceStance {
    /// All its stances support.
    Support,
    /// All its stances oppose.
    Oppose,
    /// Both occur.
    Mixed,
    /// It has none.
    #[default]
    Neutral,
}

impl SentenceStance {
    /// Derived from the stances, so that the two can never contradict each other.
    pub fn of<U: Unit>(stances: &[Stance<U>]) -> Self {
        let has = |polarity| stances.iter().any(|s| s.polarity == polarity);
        match (has(Polarity::Support), has(Polarity::Oppose)) {
            (true, true) => SentenceStance::Mixed,
            (true, false) => SentenceStance::Support,
            (false, true) => SentenceStance::Oppose,
            (false, false) => SentenceStance::Neutral,
        }
    }
}

/// One sentence with all that is claimed about it.
#[derive(Debug, Clone, PartialEq, DeriveSerialize)]
#[serde(bound(serialize = ""))]
pub struct AnnotatedSentence<U: Unit> {
    /// Where it stands in the text.
    #[serde(flatten)]
    pub span: Span<U>,
    /// Index of its paragraph, from 0.
    pub paragraph: usize,
    /// Body, heading, caption or meta.
    pub kind: Kind,
    /// Level 1, or the caller's own; best first.
    pub topics: Vec<Topic>,
    /// Levels 2 and 3, best first; none with topics of the caller's own.
    pub subtopics: Vec<Topic>,
    /// Derived from `stances`.
    pub stance: SentenceStance,
    /// Belief in `stance`: the weakest claim it rests on or, for a neutral sentence, how unlikely its likeliest
    /// unclaimed stance is.
    pub confidence: Score,
    /// Every claim, in reading order of their cues.
    pub stances: Vec<Stance<U>>,
    /// Finds the sentence again in a page that shows it; counts its own letters, whatever `U` is.
    pub anchor: Anchor,
}

/// How often one holder is for and against one target in the article.
#[derive(Debug, Clone, PartialEq, Eq, DeriveSerialize)]
pub struct PairCount {
    /// Holder's fullest name.
    pub holder: String,
    /// Target's fullest name.
    pub target: String,
    /// Sentences' claims against.
    pub oppose: usize,
    /// Sentences' claims for.
    pub support: usize,
    /// Indices into [`Annotation::sentences`].
    pub sentences: Vec<usize>,
}

/// Everything claimed about one article. `U` is the unit of every `start` and `end` in it.
#[derive(Debug, Clone, PartialEq, DeriveSerialize)]
#[serde(rename_all = "camelCase", bound(serialize = ""))]
pub struct Annotation<U: Unit> {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// BCP 47; `und` when it does not read as English, and then nothing is claimed.
    pub language: String,
    /// Which model read it.
    pub model: ModelInfo,
    /// The whole article's topics, best first.
    pub topics: Vec<Topic>,
    /// Its holder-target pairs, most frequent first.
    pub stances: Vec<PairCount>,
    /// Its sentences in order; with the white space between them they make up the whole text.
    pub sentences: Vec<AnnotatedSentence<U>>,
}

impl Annotation<Bytes> {
    /// The same annotation counted in UTF-16 code units of `text`.
    pub fn to_utf16(&self, text: &str) -> Annotation<Utf16> {
        let index = OffsetIndex::new(text);
        self.map_spans(|span| index.utf16(span))
    }

    /// The same annotation counted in code points of `text`.
    pub fn to_code_points(&self, text: &str) -> Annotation<CodePoints> {
        let index = OffsetIndex::new(text);
        self.map_spans(|span| index.code_points(span))
    }

    fn map_spans<V: Unit>(&self, map: impl Fn(Span<Bytes>) -> Span<V>) -> Annotation<V> {
        let party = |p: &Party<Bytes>| Party { name: p.name.clone(), span: p.span.map(&map) };
        let stance = |s: &Stance<Bytes>| Stance {
            holder: party(&s.holder),
            target: party(&s.target),
            polarity: s.polarity,
            basis: s.basis,
            cue: map(s.cue),
            confidence: s.confidence,
        };
        Annotation {
            schema_version: self.schema_version,
            language: self.language.clone(),
            model: self.model.clone(),
            topics: self.topics.clone(),
            stances: self.stances.clone(),
            sentences: self
                .sentences
                .iter()
                .map(|s| AnnotatedSentence {
                    span: map(s.span),
                    paragraph: s.paragraph,
                    kind: s.kind,
                    topics: s.topics.clone(),
                    subtopics: s.subtopics.clone(),
                    stance: s.stance,
                    confidence: s.confidence,
                    stances: s.stances.iter().map(stance).collect(),
                    anchor: s.anchor.clone(),
                })
                .collect(),
        }
    }
}
