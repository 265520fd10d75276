//! Words and marks of one sentence.

mod case;
mod stem;

pub use case::{needs_case, Cases};
pub use stem::stem;

use crate::offsets::ByteSpan;

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the article.
    pub span: ByteSpan,
    /// Its lower-case form, with typographic apostrophes made straight.
    pub lower: String,
    /// What all inflected forms of the word share (`accused`, `accusing` → `accus`); marks: the mark.
    pub stem: String,
    /// How it is written.
    pub shape: Shape,
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `talks`
    Lower,
    /// `Talks`
    Title,
    /// `NATO`, `U.S.`
    Upper,
    /// `McConnell`, `iPhone`
    Mixed,
    /// `12`, `1,000`, `2019-20`
    Number,
    /// `,`, `“`
    Mark,
}

/// Words that keep their full stop.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "ave", "bros", "capt", "cmdr", "co", "col", "corp", "dec", "del", "dr", "etc",
    "feb", "fla", "fr", "gen", "gov", "hon", "inc", "jan", "jr", "lt", "ltd", "maj", "mr", "mrs", "ms", "mt",
    "mx", "no", "nov", "oct", "ph.d", "pres", "prof", "rep", "reps", "rev", "sen", "sens", "sep", "sept",
    "sgt", "sr", "st", "supt", "vs",
];

/// Cuts `sentence` of `source` into tokens, in order. White space belongs to none; every other character to
/// exactly one. Clitics stand alone (`Kim|'s`, `did|n't`), hyphenated words stay whole.
///
/// ```
/// use standpoint::{offsets::ByteSpan, tokens::tokenize};
/// let text = "Mr. Kim didn’t blame the U.S.-led group’s plan.";
/// let words: Vec<_> =
///     tokenize(text, ByteSpan::new(0, text.len())).iter().map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["Mr.", "Kim", "did", "n’t", "blame", "the", "U.S.-led", "group", "’s", "plan", "."]);
/// ```
pub fn tokenize(source: &str, sentence: ByteSpan) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = sentence.start;
    for chunk in sentence.of(source).split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        cut(source, at, at + word.len(), &mut tokens);
        at += chunk.len();
    }
    tokens
}

/// Cuts one stretch without white space.
fn cut(source: &str, mut start: usize, end: usize, tokens: &mut Vec<Token>) {
    if is_link(&source[start..end]) {
        push(source, start, end, tokens);
        return;
    }
    while start < end {
        let rest = &source[start..end];
        let first = rest.chars().next().expect("start < end");
        let length = if starts_word(rest) { word_length(rest) } else { mark_length(rest, first) };
        if starts_word(rest) {
            let word = &rest[..length];
            let middle = start + length - clitic_length(word);
            for (start, end) in [(start, middle), (middle, start + length)] {
                if start < end {
                    push(source, start, end, tokens);
                }
            }
        } else {
            push(source, start, start + length, tokens);
        }
        start += length;
    }
}

fn is_link(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// A letter or digit, possibly behind `@` or `#`, or a clitic left over from a quoted word (`"Kim"'s`).
fn starts_word(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('@' | '#' | '$' | '£' | '€') => chars.next().is_some_and(char::is_alphanumeric),
        Some(c) if is_apostrophe(c) => clitic_length(rest) == rest.len() && rest.len() > c.len_utf8(),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

/// Bytes of the word that `rest` starts with: letters and digits, joined by single hyphens, apostrophes,
/// full stops and commas that have a letter or digit on either side, and an abbreviation's last stop.
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    chars.next().inspect(|(_, c)| end = c.len_utf8());
    let mut before = rest.chars().next().unwrap_or(' ');
    let mut stops = false;
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let joins = match c {
            '-' | '‑' | '_' | '&' => after.is_alphanumeric(),
            '.' => before.is_alphanumeric() && after.is_alphanumeric(),
            ',' | ':' | '/' => before.is_ascii_digit() && after.is_ascii_digit(),
            _ if is_apostrophe(c) => before.is_alphanumeric() && after.is_alphanumeric(),
            _ => c.is_alphanumeric() || is_combining(c),
        };
        if !joins {
            if c == '.' && keeps_stop(&rest[..end], stops) {
                end = at + 1;
                if after == '-' {
                    before = c;
                    continue;
                }
            }
            break;
        }
        stops |= c == '.';
        before = c;
        end = at + c.len_utf8();
    }
    if rest[end..].starts_with('%') {
        end + 1
    } else {
        end
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0f}')
}

fn keeps_stop(word: &str, stops: bool) -> bool {
    let mut chars = word.chars();
    let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let short = word.rsplit('.').next().is_some_and(|last| last.chars().count() <= 2);
    initial
        || (stops && short && word.chars().all(|c| c.is_alphabetic() || c == '.'))
        || ABBREVIATIONS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}

/// Bytes of the clitic that `word` ends with, or 0.
fn clitic_length(word: &str) -> usize {
    let Some((at, apostrophe)) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c)) else {
        return 0;
    };
    let tail = word[at + apostrophe.len_utf8()..].to_ascii_lowercase();
    match tail.as_str() {
        "s" | "re" | "ve" | "ll" | "d" | "m" => word.len() - at,
        "t" if word[..at].ends_with(['n', 'N']) && at > 1 => word.len() - at + 1,
        _ => 0,
    }
}

/// Bytes of the mark that `rest` starts with; runs of the same dot or dash are one.
fn mark_length(rest: &str, first: char) -> usize {
    match first {
        '.' | '-' | '–' | '—' | '*' | '=' => {
            rest.chars().take_while(|c| *c == first).map(char::len_utf8).sum()
        }
        _ => first.len_utf8(),
    }
}

fn push(source: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    let word = &source[start..end];
    let lower: String =
        word.chars().flat_map(char::to_lowercase).map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
    let shape = shape(word);
    let stem = if matches!(shape, Shape::Mark | Shape::Number) { lower.clone() } else { stem(&lower) };
    tokens.push(Token { span: ByteSpan::new(start, end), lower, stem, shape });
}

fn shape(word: &str) -> Shape {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    if word.chars().any(|c| c.is_ascii_digit()) {
        return Shape::Number;
    }
    let Some(first) = letters().next() else { return Shape::Mark };
    if let Some((_, last)) = word.rsplit_once('-').filter(|(_, last)| last.chars().count() > 1) {
        // `Ansah-Boateng`, `al-Alimi`
        if shape(last) == Shape::Title {
            return Shape::Title;
        }
    }
    let lower_rest = letters().skip(1).all(|c| !c.is_uppercase());
    match (first.is_uppercase(), lower_rest) {
        (false, true) => Shape::Lower,
        (true, true) if letters().count() == 1 && word.len() > 1 => Shape::Upper,
        (true, true) => Shape::Title,
        (true, false) if letters().all(|c| !c.is_lowercase()) => Shape::Upper,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text, ByteSpan::new(0, text.len())).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn marks_stand_alone_and_words_stay_whole() {
        let table: &[(&str, &[&str])] = &[
            ("“Never,” he said.", &["“", "Never", ",", "”", "he", "said", "."]),
            ("anti-government protesters’ demands", &["anti-government", "protesters", "’", "demands"]),
            (
                "O'Neill can't pay $1,000.50 (or 3%)",
                &["O'Neill", "ca", "n't", "pay", "$1,000.50", "(", "or", "3%", ")"],
            ),
            (
                "They'll leave--now... J. K. Doe et al.",
                &["They", "'ll", "leave", "--", "now", "...", "J.", "K.", "Doe", "et", "al", "."],
            ),
            ("@handle #tag https://example.org/a.b?c", &["@handle", "#tag", "https://example.org/a.b?c"]),
            ("at 5 p.m. in the U.S.", &["at", "5", "p.m.", "in", "the", "U.S."]),
            ("", &[]),
            ("\u{1f600}no", &["\u{1f600}", "no"]),
        ];
        for (text, expected) in table {
            assert_eq!(&words(text), expected, "{text}");
        }
    }

    #[test]
    fn every_character_but_white_space_is_in_one_token() {
        for text in
            ["'''''", "a'b'c's", "'s", "n't", "…—…", "e\u{301}té’s", "\"Kim\"'s", "....-....", "@@##$"]
        {
            let joined: String = words(text).concat();
            assert_eq!(joined, text.split_whitespace().collect::<String>());
        }
    }

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }
}
