//! Any text: sentences sorted, disjoint, trimmed, on character boundaries, nothing lost, and the same in all units.

#![no_main]

use libfuzzer_sys::fuzz_target;
use standpoint::offsets::{OffsetIndex, OffsetUnit};
use standpoint::text::Text;
use standpoint::{kinds, language, sentences};

fuzz_target!(|text: &str| {
    let read = Text::plain(text);
    let found = sentences::split(&read);
    let index = OffsetIndex::new(text);
    let mut end = 0;
    for sentence in &found {
        let span = sentence.span;
        let words = text.get(span.start..span.end).expect("on character boundaries");
        assert!(!words.is_empty() && words == words.trim());
        assert!(span.start >= end && text[end..span.start].chars().all(char::is_whitespace));
        let (utf16, points) = (index.utf16(span), index.code_points(span));
        assert_eq!(index.to_byte_span(utf16.start, utf16.end, OffsetUnit::Utf16), Some(span));
        assert_eq!(index.to_byte_span(points.start, points.end, OffsetUnit::CodePoint), Some(span));
        end = span.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace));
    assert_eq!(kinds::classify(&read, &found).len(), found.len());
    language::detect(text);
});
