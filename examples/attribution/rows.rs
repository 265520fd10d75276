//! GUM's attributions: {"doc","text","attr_span","cue","source"?} a line, spans in code points, each text one sentence.

use serde_json::Value;
use standpoint::kinds::Kind;
use standpoint::offsets::ByteSpan;
use standpoint::sentences::Sentence;
use standpoint::stance::{Reader, Reading};
use standpoint::syntax::Grammar;
use standpoint::text::Text;

/// What a row says.
pub struct Row {
    pub document: String,
    pub text: String,
    pub cue: ByteSpan,
    pub source: Option<ByteSpan>,
    /// The attributing clause.
    pub clause: ByteSpan,
}

pub fn read(path: &str) -> Vec<Row> {
    let file = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let row = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("JSON");
        let string = |name: &str| value[name].as_str().unwrap_or_else(|| panic!("{name}: {line}")).to_owned();
        let text = string("text");
        let span = |name: &str| span(&value[name], &text);
        Row {
            document: string("doc"),
            cue: span("cue").expect("a cue"),
            source: span("source"),
            clause: span("attr_span").expect("a clause"),
            text,
        }
    };
    file.lines().map(row).collect()
}

/// Bytes of a span in code points.
fn span(value: &Value, text: &str) -> Option<ByteSpan> {
    let byte = |at: &Value| {
        let at = usize::try_from(at.as_u64()?).ok()?;
        Some(text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte))
    };
    Some(ByteSpan::new(byte(&value[0])?, byte(&value[1])?))
}

/// One document in four, by FNV-1a of its name.
pub fn is_dev(document: &str) -> bool {
    standpoint::model::linear::hash(document) % 4 == 0
}

/// One sentence as the library reads it.
pub fn reader(grammar: &Grammar, text: &str) -> Reader {
    let whole = [Sentence { span: ByteSpan::new(0, text.len()), paragraph: 0 }];
    let mut reading = Reading::new(grammar, &Text::plain(text), &whole, &[Kind::Body]);
    reading.sentences.remove(0)
}
