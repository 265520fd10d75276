//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): one for each topic of a sentence, its
//! body the IPTC concept's URI, and one for each stance, its target the cue inside the sentence.

use super::{polarity_in_words, word};
use crate::annotation::{AnnotatedSentence, Annotation, Stance, Topic};
use crate::offsets::{ByteSpan, Bytes, OffsetIndex};
use base64::engine::{general_purpose::URL_SAFE_NO_PAD, Engine};
use serde_json::{json, Value};
use sha2::{Digest, Sha256};

/// Characters of context a quote carries on either side, so that it can be found again after edits.
const CONTEXT: usize = 32;

/// The annotations of one article. `source` is the IRI of the page they are about; without one, the text
/// names itself by its hash (RFC 6920). Positions are code points, as the standard asks.
///
/// ```
/// use standpoint::{export, Annotator, Options};
/// let text = "The union backed the bill.";
/// let annotation = Annotator::builtin().annotate(text, &Options::default());
/// let page = export::jsonld::write(text, &annotation, Some("https://example.org/story"));
/// assert_eq!(page["@context"][0], "http://www.w3.org/ns/anno.jsonld");
/// ```
pub fn write(text: &str, annotation: &Annotation<Bytes>, source: Option<&str>) -> Value {
    let hash = || format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(Sha256::digest(text)));
    let page = Page { text, source: source.map_or_else(hash, str::to_owned), index: OffsetIndex::new(text) };
    let generator = json!({
        "id": "urn:standpoint:generator",
        "type": "Software",
        "name": format!("Standpoint ({} {})", annotation.model.name, annotation.model.version),
    });
    let mut items = Vec::new();
    for (i, s) in annotation.sentences.iter().enumerate() {
        for (j, t) in s.topics.iter().chain(&s.subtopics).enumerate() {
            items.push(page.topic(&format!("#topic-{i}-{j}"), s, t, &generator));
        }
        for (j, stance) in s.stances.iter().enumerate() {
            items.push(page.stance(&format!("#stance-{i}-{j}"), s, stance, &generator));
        }
    }
    json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", context()],
        "id": format!("{}#standpoint", page.source),
        "type": "AnnotationCollection",
        "label": "Topics and stances, read automatically",
        "total": items.len(),
        "first": { "id": format!("{}#standpoint-1", page.source), "type": "AnnotationPage", "startIndex": 0, "items": items },
    })
}

/// Terms the standard lacks. They are names of this project, not promises of a page behind them.
fn context() -> Value {
    json!({
        "standpoint": "urn:standpoint:ns:",
        "Stance": "standpoint:Stance",
        "holder": "standpoint:holder",
        "stanceTarget": "standpoint:target",
        "polarity": "standpoint:polarity",
        "basis": "standpoint:basis",
        "confidence": "standpoint:confidence",
    })
}

/// The address of a topic: IPTC's, or a host's own id where that is an absolute IRI (RFC 3987).
fn iri(id: &str) -> Option<String> {
    if let Some(code) = id.strip_prefix("medtop:") {
        return Some(format!("http://cv.iptc.org/newscodes/mediatopic/{code}"));
    }
    let (scheme, rest) = id.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let plain = !rest.is_empty()
        && !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    (named && plain).then(|| id.to_owned())
}

struct Page<'t> {
    text: &'t str,
    source: String,
    index: OffsetIndex<'t>,
}

impl Page<'_> {
    fn topic(&self, id: &str, s: &AnnotatedSentence<Bytes>, topic: &Topic, generator: &Value) -> Value {
        let tag = json!({ "type": "TextualBody", "purpose": "tagging", "value": topic.label, "language": "en", "confidence": topic.score });
        let body = match iri(&topic.id) {
            Some(iri) => {
                json!([{ "type": "SpecificResource", "purpose": "classifying", "source": iri }, tag])
            }
            None => json!([tag]),
        };
        json!({
            "id": format!("{}{id}", self.source),
            "type": "Annotation",
            "motivation": "classifying",
            "generator": generator,
            "body": body,
            "target": { "source": self.source, "selector": self.selectors(s.span) },
        })
    }

    fn stance(
        &self,
        id: &str,
        s: &AnnotatedSentence<Bytes>,
        stance: &Stance<Bytes>,
        generator: &Value,
    ) -> Value {
        let (holder, target) = (&stance.holder.name, &stance.target.name);
        json!({
            "id": format!("{}{id}", self.source),
            "type": "Annotation",
            "motivation": "describing",
            "generator": generator,
            "body": [
                {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "format": "text/plain",
                    "language": "en",
                    "value": format!("{holder}, {} {target}", polarity_in_words(stance.polarity)),
                },
                {
                    "type": "Stance",
                    "holder": holder,
                    "stanceTarget": target,
                    "polarity": word(stance.polarity),
                    "basis": word(stance.basis),
                    "confidence": stance.confidence,
                },
            ],
            "target": [
                { "source": self.source, "selector": self.selectors(stance.cue) },
                { "source": self.source, "selector": self.selectors(s.span) },
            ],
        })
    }

    /// Position and quote: two ways to find the same words, as the standard recommends.
    fn selectors(&self, span: ByteSpan) -> Value {
        let points = self.index.code_points(span);
        let before = self.text[..span.start].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
        let after =
            self.text[span.end..].char_indices().nth(CONTEXT).map_or(self.text.len(), |(i, _)| span.end + i);
        json!([
            { "type": "TextPositionSelector", "start": points.start, "end": points.end },
            {
                "type": "TextQuoteSelector",
                "exact": span.of(self.text),
                "prefix": &self.text[before..span.start],
                "suffix": &self.text[span.end..after],
            },
        ])
    }
}
