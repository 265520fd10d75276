//! What is certain about a candidate whatever the genre. The rest is for the classifier.

use super::candidates::{self, Candidate};
use super::dates;
use super::sides::{self, Mark, Sides};
use super::words::{self, Abbreviation};

/// `Some(true)`: a sentence ends here. `Some(false)`: it goes on. `None`: no rule speaks.
pub fn verdict(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    let unusual = if between_plain_words(c, s) {
        None
    } else {
        address(c, s)
            .or_else(|| other_script(c, s))
            .or_else(|| spaced_ellipsis(c, s))
            .or_else(|| nothing_but_marks(s))
            .or_else(|| citation(c, s))
            .or_else(|| omission(c, s))
            .or_else(|| emoticon(s))
    };
    unusual
        .or_else(|| quotation_goes_on(s))
        .or_else(|| credit(s))
        .or_else(|| date_line(c, s))
        .or_else(|| introduction(c, s))
        .or_else(|| footnote(s))
        .or_else(|| abbreviation(c, s))
}

/// White space between words that begin with a letter or digit of ASCII, as at most candidates: half of the rules say
/// nothing there.
fn between_plain_words(c: &Candidate<'_>, s: &Sides<'_>) -> bool {
    let plain = |word: &str| word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    c.before < c.after && plain(s.last) && plain(s.next)
}

/// Inside `Ana.Ruiz@example.org` or `example.org/News?Id=3` no space is missing.
fn address(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    let part = |word: &str| word.contains(['@', '/', '\\', '=', '&']) || word.starts_with("www.");
    (c.before == c.after && (part(s.last) || part(s.next))).then_some(false)
}

/// Scripts without capitals: a mark ends a sentence, unless it closes up to another mark.
fn other_script(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    if c.before == c.after && c.text[..c.before].ends_with(candidates::is_wide_mark) {
        let first = c.text[c.after..].chars().next()?;
        return Some(first.is_alphanumeric() || matches!(first, '「' | '『' | '“' | '（'));
    }
    let letter = |l: char| !l.is_ascii() && l.is_alphabetic() && !l.is_lowercase() && !l.is_uppercase();
    (s.mark != Mark::None && s.right.starts_with(letter)).then_some(true)
}

/// `. . .` is a pause and `. . . .` an end; a full stop at a word and three spaced ones after it: the word's ends.
fn spaced_ellipsis(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    if s.next.starts_with('.') && s.last.ends_with('.') {
        let rest = &c.text[c.after..];
        return Some(
            s.last.len() > 1
                && rest.starts_with(". . .")
                && rest[5..].trim_start().starts_with(char::is_uppercase),
        );
    }
    if s.last == "." && s.earlier.ends_with('.') {
        let sentence = &c.text[c.since..c.before];
        let dots = sentence.bytes().rev().take(12).filter(|b| *b != b' ').take_while(|b| *b == b'.').count();
        // A capital `I` says nothing.
        let opens = sentence.len() < 6;
        let goes_on = opens || s.right == "I" || !s.right.starts_with(char::is_uppercase);
        return if dots >= 4 { (!goes_on).then_some(true) } else { goes_on.then_some(false) };
    }
    None
}

/// `[...]` stands for words left out: it opens a sentence after a mark, and closes one before a capital.
fn omission(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    let omits = |word: &str| word.starts_with("[...]") || word.starts_with("[…]");
    if omits(s.next) {
        let follows = s.later.starts_with(char::is_uppercase);
        return Some(s.mark != Mark::None && follows && c.before > c.since);
    }
    if omits(s.last) {
        let opens = c.before == c.since + s.last.len();
        return Some(!opens && s.right.starts_with(char::is_uppercase));
    }
    None
}

/// Marks without a word belong to what stands before them.
fn nothing_but_marks(s: &Sides<'_>) -> Option<bool> {
    if s.right.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let word = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '-' | '*'
                    | '='
                    | '_'
                    | '<'
                    | '>'
                    | '~'
                    | '#'
                    | '•'
                    | '|'
                    | '('
                    | '['
                    | '+'
                    | '@'
                    | '&'
                    | '$'
                    | '£'
                    | '€'
            )
    };
    (!s.next.contains(word)).then_some(false)
}

/// `“It is over.” he said`: after a closing quotation mark, bracket or `…` a small letter carries on.
fn quotation_goes_on(s: &Sides<'_>) -> Option<bool> {
    let small = s.opener == '\0' && s.right.starts_with(char::is_lowercase);
    if small && s.mark == Mark::Ellipsis {
        return Some(false);
    }
    let closed = match s.closer {
        '"' | '\'' => s.mark != Mark::None,
        ')' | ']' => s.mark == Mark::Stop,
        _ => false,
    };
    (small && closed && !s.next.contains("://")).then_some(false)
}

/// `“…” (Smith 55).`: a bracket with no mark inside and one after it belongs to the quotation before it.
fn citation(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    if s.opener != '(' || s.closer != '"' {
        return None;
    }
    let inside: &str = &c.text[c.after + 1..];
    let close = inside.bytes().take(80).position(|b| matches!(b, b')' | b'.' | b'!' | b'?'))?;
    inside[close..].starts_with(").").then_some(false)
}

/// `… at the summit Photo: Ana Ruiz`: a credit is a unit of its own.
fn credit(s: &Sides<'_>) -> Option<bool> {
    let label =
        s.opener == '\0' && s.next.ends_with(':') && !s.left.is_empty() && words::labels_credit(s.right);
    (label && s.later.starts_with(|l: char| l.is_uppercase() || l.is_ascii_digit())).then_some(true)
}

/// `Lagos, Nigeria — The court` goes on; `Monday, June 3, 2024 The court` does not, nor `Mayor resigns Monday, June 3, 2024`.
fn date_line(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    let rest = &c.text[c.after..];
    if s.mark == Mark::None && rest.len() < 32 && dates::is_day_name(s.right) && dates::is_full_date(rest) {
        return Some(s.left.len() > 3 && !s.last.ends_with(',') && s.left != "from");
    }
    if c.since > 0 || c.before > 60 {
        return None;
    }
    if matches!(s.last, "—" | "–" | "--" | "-") && c.before > s.last.len() {
        let place =
            |word: &str| word.starts_with(|w: char| w.is_uppercase() || w.is_ascii_digit() || w == '(');
        let mut words = c.text[..c.before - s.last.len()].split_whitespace();
        return (!words::starts_sentences(words.clone().next()?) && words.all(place)).then_some(false);
    }
    let so_far = &c.text[..c.before];
    // No day's name is longer.
    let comma = so_far.bytes().take(10).position(|b| b == b',')?;
    let weekday = dates::is_day_name(&so_far[..comma]);
    (weekday && s.right.starts_with(char::is_uppercase) && dates::is_full_date(so_far)).then_some(true)
}

/// What a comma, colon or semicolon leads to belongs to it, where the paragraph is running text.
fn introduction(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    if !c.running || s.mark != Mark::None || c.newline {
        return None;
    }
    let last = s.last.trim_end_matches(['"', '”', '\'', '’']);
    let named = last.ends_with(|l: char| l.is_alphanumeric());
    if named && s.right.starts_with(|r: char| r.is_ascii_digit()) {
        return Some(false);
    }
    // One word alone (`Next, The Atlantic …`) or three and more; two may be a salutation (`Dear Ana, …`).
    let so_far = &c.text[c.since..c.before];
    let one = (named || last.ends_with(',')) && is_one_word(so_far, s.last);
    let leads = || last.ends_with([':', ';', ',']) && so_far.split_whitespace().nth(2).is_some();
    (one || leads()).then_some(false)
}

/// Whether `text` has no white space in it; `last` is its last word, or the end of it.
fn is_one_word(text: &str, last: &str) -> bool {
    // White space stands before a word that was not cut.
    let cut = last.len() + 4 > sides::LONGEST;
    last.len() >= text.len() || (cut && text.split_whitespace().nth(1).is_none())
}

/// `We won! 🎉 They lost. :-( Next year`: an emoji or emoticon stays with the sentence before it.
fn emoticon(s: &Sides<'_>) -> Option<bool> {
    let emoji = |l: char| matches!(l, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..);
    let face = s.last.len() <= 4 && s.last.starts_with([':', ';', '=']) && s.last.len() > 1;
    let stands = (face || s.last.starts_with(emoji)) && !s.last.contains(char::is_alphanumeric);
    (stands && s.earlier.ends_with(['.', '!', '?', '…']) && s.right.starts_with(char::is_uppercase))
        .then_some(true)
}

/// `… a fee. 8 Yet some` with the note's number after its sentence.
fn footnote(s: &Sides<'_>) -> Option<bool> {
    let number = |word: &str| match word.as_bytes() {
        [first, rest @ ..] => first.is_ascii_digit() && rest.len() < 3 && rest.iter().all(u8::is_ascii_digit),
        [] => false,
    };
    let opens = |word: &str| {
        word.starts_with(char::is_uppercase) && words::starts_sentences(word.trim_end_matches(','))
    };
    if s.mark == Mark::Stop && number(s.next) && opens(s.later) {
        return Some(false);
    }
    (number(s.last) && s.earlier.ends_with(['.', '”', '"']) && s.opener == '\0' && opens(s.right))
        .then_some(true)
}

fn abbreviation(c: &Candidate<'_>, s: &Sides<'_>) -> Option<bool> {
    if s.mark == Mark::Exclamation
        && s.right.starts_with(char::is_lowercase)
        && words::ends_in_own_mark(s.left)
    {
        return Some(false);
    }
    if s.mark != Mark::Stop || s.closer != '\0' {
        return None;
    }
    let first = s.right.chars().next()?;
    let starter = words::starts_sentences(s.right);
    match words::abbreviation(s.left) {
        Some(Abbreviation::Title) if starter && s.left.eq_ignore_ascii_case("st") => None,
        Some(Abbreviation::Title) => (first.is_alphanumeric()).then_some(false),
        Some(Abbreviation::Inner) => Some(false),
        Some(Abbreviation::Number | Abbreviation::Month) if first.is_ascii_digit() => Some(false),
        Some(Abbreviation::Time) if first.is_uppercase() && c.bracketed => Some(false),
        Some(Abbreviation::Time) if first.is_uppercase() => {
            // `At 5 a.m. Mr. Smith went`: a sentence is not three words of time alone.
            let so_far = c.text[c.since..c.before].split_whitespace().take(5).count();
            Some(so_far > 4 && !words::is_time_zone(s.right))
        }
        Some(Abbreviation::Closing) if first.is_uppercase() => {
            Some(starter || s.left.eq_ignore_ascii_case("etc"))
        }
        Some(_) if first.is_lowercase() => Some(false),
        _ if words::is_acronym(s.left) => {
            if first.is_lowercase() {
                Some(false)
            } else if first.is_uppercase() {
                Some(starter)
            } else {
                None
            }
        }
        // An initial.
        _ if s.left.len() == 1 && s.left.as_bytes()[0].is_ascii_uppercase() && first.is_uppercase() => {
            Some(starter || (s.left == "I" && matches!(s.earlier, "and" | "or" | "than")))
        }
        _ => None,
    }
}
