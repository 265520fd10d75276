//! Positions survive the way between bytes, UTF-16 code units and code points, wherever awkward characters stand.

use proptest::prelude::*;
use standpoint::offsets::{ByteSpan, OffsetIndex, OffsetUnit};

/// Every boundary of a text, counted the slow way.
fn check(text: &str) {
    let index = OffsetIndex::new(text);
    let (mut utf16, mut points) = (0, 0);
    let boundaries = text.char_indices().map(|(byte, c)| (byte, Some(c))).chain([(text.len(), None)]);
    for (byte, c) in boundaries {
        assert_eq!(index.byte_to_utf16(byte), utf16, "byte {byte} of {text:?}");
        assert_eq!(index.byte_to_code_point(byte), points, "byte {byte} of {text:?}");
        assert_eq!(index.utf16_to_byte(utf16), Some(byte));
        assert_eq!(index.code_point_to_byte(points), Some(byte));
        if let Some(c) = c {
            for inside in 1..c.len_utf8() {
                assert_eq!(index.byte_to_utf16(byte + inside), utf16, "inside a character: its start");
                assert_eq!(index.to_byte_span(byte + inside, text.len(), OffsetUnit::Utf8), None);
            }
            if c.len_utf16() == 2 {
                assert_eq!(index.utf16_to_byte(utf16 + 1), None, "inside a surrogate pair");
            }
            utf16 += c.len_utf16();
            points += 1;
        }
    }
    assert_eq!(utf16, text.encode_utf16().count());
    assert_eq!(index.utf16_to_byte(utf16 + 1), None, "outside");
    assert_eq!(index.code_point_to_byte(points + 1), None, "outside");
    assert_eq!(index.byte_to_utf16(text.len() + 9), utf16, "clamped");
}

/// A span there and back in all three units.
fn round_trip(text: &str, span: ByteSpan) {
    let index = OffsetIndex::new(text);
    let (utf16, points) = (index.utf16(span), index.code_points(span));
    assert_eq!(index.to_byte_span(utf16.start, utf16.end, OffsetUnit::Utf16), Some(span));
    assert_eq!(index.to_byte_span(points.start, points.end, OffsetUnit::CodePoint), Some(span));
    assert_eq!(index.to_byte_span(span.start, span.end, OffsetUnit::Utf8), Some(span));
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!(
        String::from_utf16(&units[utf16.start..utf16.end]).unwrap(),
        span.of(text),
        "JavaScript's slice"
    );
    let slice: String = text.chars().skip(points.start).take(points.len()).collect();
    assert_eq!(slice, span.of(text), "a code point slice");
}

#[test]
fn awkward_texts() {
    let long = "😀 é ".repeat(200);
    for text in [
        "",
        "plain",
        "😀 before the word",
        "e\u{301}te\u{301}",
        "\r\nline\r\n",
        "שלום, world",
        "👩‍👩‍👧 family",
        "a\u{200b}b\u{feff}",
        "\u{10ffff}\u{ffff}\u{800}\u{7ff}\u{80}\u{7f}",
        &long,
    ] {
        check(text);
    }
}

#[test]
fn backward_and_outside_spans_are_refused() {
    let index = OffsetIndex::new("é😀");
    assert_eq!(index.to_byte_span(2, 1, OffsetUnit::CodePoint), None);
    assert_eq!(index.to_byte_span(0, 9, OffsetUnit::Utf16), None);
    assert_eq!(index.to_byte_span(0, 2, OffsetUnit::Utf16), None);
    assert_eq!(index.to_byte_span(0, 3, OffsetUnit::Utf16), Some(ByteSpan::new(0, 6)));
}

/// Characters of every length, with what combines, joins and turns direction.
fn awkward() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "word ",
        "é",
        "e\u{301}",
        "\r\n",
        "😀",
        "👩‍👩‍👧",
        "א",
        "\u{202e}",
        "\u{200d}",
        "\u{fe0f}",
        "漢",
        "\u{10ffff}",
        " ",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..120).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_boundary(text in awkward()) {
        check(&text);
    }

    #[test]
    fn any_characters(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn every_span(text in awkward(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (a, b) = (bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]);
        round_trip(&text, ByteSpan::new(a.min(b), a.max(b)));
    }
}
