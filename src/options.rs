//! What a caller may ask of one annotation.

/// Options of [`crate::Annotator::annotate`]. Start from `Options::default()`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Claims below this confidence (0 to 1) are left out. `None`: the model's own thresholds, chosen for
    /// precision. `Some(0.0)` shows everything proposed.
    pub min_confidence: Option<f64>,
    /// Names the caller wants the stance toward, besides those the article itself brings up.
    pub targets: Vec<String>,
    /// The language the caller knows the text to be in (BCP 47, such as `en-GB`). `None`: detected.
    pub language: Option<String>,
}
