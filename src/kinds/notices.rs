//! Units about the article rather than its subject, told from their words alone.

use super::phrases;
use crate::bytes::{any_triple, equals as is};
use crate::sentences::dates;

/// What the unit is, if its words give it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Date line, byline, note, link, call, label.
    Meta,
    /// Whose picture it is: what stands before it is a caption.
    Credit,
    /// Picture text that says so.
    Caption,
}

/// Longest unit, in bytes, that the phrase tables are tried on: notices are short.
const LONGEST: usize = 400;

/// Reads one unit.
pub fn read(unit: &str) -> Option<Notice> {
    if unit.len() > LONGEST {
        return None;
    }
    let asks = contains_any_anchor(unit);
    if !asks && plainly_none(unit) {
        return None;
    }
    let plain = normal(unit);
    let starts = |table: &[&str]| table.iter().any(|phrase| starts_with_phrase(&plain, phrase));
    if is_credit(unit, &plain) {
        Some(Notice::Credit)
    } else if is_date_line(&plain)
        || is_dateline(unit, &plain)
        || is_byline(unit, &plain)
        || is_signature(unit)
    {
        Some(Notice::Meta)
    } else if starts(phrases::CAPTIONS) || is_file_photo(&plain) || is_map_key(unit) {
        Some(Notice::Caption)
    } else if starts(phrases::LINKS)
        || starts(phrases::CALLS)
        || starts(phrases::NOTES)
        || phrases::LABELS.contains(&plain.trim_end_matches(['.', ':', '!']))
        || (asks && phrases::CALLS_ANYWHERE.iter().any(|phrase| plain.contains(phrase)))
    {
        Some(Notice::Meta)
    } else {
        None
    }
}

/// Most units are sentences that begin like no notice: decided without a copy.
fn plainly_none(unit: &str) -> bool {
    if !ends_as_sentence(unit) || unit.starts_with(['(', '[', '█']) {
        return false;
    }
    let start = first_word_start(unit);
    let word = &unit[start..];
    let word = &word[..word.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(word.len())];
    let short = unit.len() <= SHORT;
    if phrases::begins_a_notice(unit, start, word, short) {
        return false;
    }
    // Short ones may also be a date (`March 20th`), a key to a map, or begin with letters that are small ones of ASCII in disguise.
    let digits = || unit.bytes().filter(u8::is_ascii_digit).count();
    let next = unit.as_bytes().get(start + word.len());
    !short || (start <= "“".len() && !is_map_key(unit) && next.is_none_or(u8::is_ascii) && digits() < 2)
}

/// Up to this many bytes a sentence may be a notice that no table knows the beginning of.
const SHORT: usize = 60;

/// Whether a word stands in the unit that every phrase of [`phrases::CALLS_ANYWHERE`] holds one of.
fn contains_any_anchor(unit: &str) -> bool {
    // A piece of each anchor, all looked for at once: `wsl`, `nbo`, `y u`, `n u`, `w u`, `vac`, `ms `, `scr`.
    let found = any_triple(unit.as_bytes(), |a, b, c| {
        is(a, b'w') & is(b, b's') & is(c, b'l')
            | is(a, b'n') & is(b, b'b') & is(c, b'o')
            | (is(a, b'y') | is(a, b'n') | is(a, b'w')) & is(b, b' ') & is(c, b'u')
            | is(a, b'v') & is(b, b'a') & is(c, b'c')
            | is(a, b'm') & is(b, b's') & is(c, b' ')
            | is(a, b's') & is(b, b'c') & is(c, b'r')
    });
    found
        && [
            "ewsletter",
            "nbox",
            "tay up to",
            "rivacy",
            "erms of",
            "ollow us",
            "ranscript",
            "ubscribe",
            "ign up",
        ]
        .iter()
        .any(|anchor| unit.contains(anchor))
}

/// Where the first word begins, after marks.
fn first_word_start(unit: &str) -> usize {
    if unit.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return 0;
    }
    unit.len() - unit.trim_start_matches(|c: char| !c.is_alphanumeric()).len()
}

/// Lower case, straight apostrophes, single spaces, no marks around.
fn normal(unit: &str) -> String {
    let mut out = String::with_capacity(unit.len());
    for word in unit.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase).map(|c| {
            if c == '’' || c == '‘' {
                '\''
            } else {
                c
            }
        }));
    }
    let inner = out.trim_start_matches(['(', '[', '*', '_', '|', '•', '>', '"', '“', ' ']);
    inner.trim_end_matches([')', ']', '*', '_', '|', '>', '<', '»', '"', '”', ' ']).to_owned()
}

fn starts_with_phrase(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| {
        let joined = rest.starts_with(|c: char| c.is_alphanumeric());
        !joined || !phrase.ends_with(|c: char| c.is_alphanumeric())
    })
}

/// What a text of nothing but a date holds.
struct Date {
    month: bool,
    year: bool,
}

/// Reads a date, perhaps with a day, a time, a zone or `Updated` before it, and nothing else.
fn date(plain: &str) -> Option<Date> {
    let mut found = Date { month: false, year: false };
    for (count, word) in
        plain.split([' ', ',', '|', '·', '-', '–', '—', '/']).filter(|w| !w.is_empty()).enumerate()
    {
        let word = word.trim_matches(['.', ':', '(', ')']);
        if count > 12 {
            return None;
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let number =
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
        if dates::is_month(word) {
            found.month = true;
        } else if number {
            found.year |= word.len() == 4 && matches!(&word[..2], "19" | "20");
        } else if !dates::is_day_name(word) && !is_clock_word(word) {
            return None;
        }
    }
    Some(found)
}

/// A date alone, in words or in figures.
fn is_date_line(plain: &str) -> bool {
    let numeric = plain.len() <= 20
        && plain.bytes().filter(u8::is_ascii_digit).count() >= 6
        && plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.' | b':' | b' ' | b','));
    date(plain).is_some_and(|d| d.month && d.year) || (numeric && plain.contains(['/', '-', '.']))
}

/// Where and when the article was written: `CAIRO, Oct. 3, 2016`, `Rarotonga, 10 July 2014`, `KUALA LUMPUR (AP) —`. Without a year or
/// agency the place must stand in capitals.
fn is_dateline(unit: &str, plain: &str) -> bool {
    if unit.len() > 80 || ends_as_sentence(unit) && !unit.ends_with('.') {
        return false;
    }
    let names = |text: &str| {
        let mut words = text.split([' ', ',', '(', ')', '/']).filter(|w| !w.is_empty()).peekable();
        words.peek().is_some()
            && words.all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric()))
    };
    let place = &unit[..unit.find([',', '(', '-', '–', '—']).unwrap_or(unit.len())];
    let capitals =
        place.trim().len() >= 3 && !place.contains(char::is_lowercase) && place.contains(char::is_uppercase);
    if let Some(before) = unit.strip_suffix(['-', '–', '—']) {
        return capitals && (names(before) || dated(before, plain).is_some());
    }
    dated(unit, plain).is_some_and(|year| year || capitals)
}

/// Of names, a comma and a date: whether the date has a year.
fn dated(unit: &str, plain: &str) -> Option<bool> {
    let mut commas = unit.match_indices(", ").zip(plain.match_indices(", "));
    commas.find_map(|((at, _), (lower, _))| {
        // `, June 30, 2016 (AFP) —`: who sent it is no part of the date.
        let when = plain[lower..].rsplit_once('(').map_or(&plain[lower..], |(when, _)| when);
        let found = date(when).filter(|d| d.month)?;
        let words: Vec<&str> = unit[..at].split_whitespace().collect();
        (words.len() <= 5 && words.iter().all(|w| w.starts_with(char::is_uppercase))).then_some(found.year)
    })
}

fn is_clock_word(word: &str) -> bool {
    matches!(
        word,
        "at" | "on"
            | "am"
            | "pm"
            | "a.m"
            | "p.m"
            | "gmt"
            | "utc"
            | "bst"
            | "est"
            | "edt"
            | "et"
            | "pst"
            | "pdt"
            | "pt"
            | "cet"
            | "cest"
            | "ist"
            | "sgt"
            | "hkt"
            | "jst"
            | "aest"
            | "aedt"
            | "updated"
            | "published"
            | "posted"
            | "last"
            | "modified"
            | "first"
            | "date"
            | "h"
            | "hrs"
            | "of"
            | "the"
    )
}

/// `By Ana Ruiz`, `By ANA RUIZ and TOM LI, Staff Writers`, `By Ana Ruiz, local reporter`, `By Ana Ruiz, 3 May 2021`, `Ana Ruiz, Reuters`.
fn is_byline(unit: &str, plain: &str) -> bool {
    if unit.len() > 120 {
        return false;
    }
    let names = match unit.split_once(' ') {
        Some((by, names)) if by.eq_ignore_ascii_case("by") || by.eq_ignore_ascii_case("by:") => names,
        _ => {
            let Some((name, desk)) = plain.split_once(", ") else { return false };
            let words = unit.split_whitespace().take_while(|w| w.starts_with(char::is_uppercase)).count();
            return name.split(' ').count() <= 4
                && words >= name.split(' ').count()
                && !ends_as_sentence(unit)
                && phrases::DESKS.iter().any(|d| desk.starts_with(d) || desk.ends_with(d));
        }
    };
    // After a comma, when it was written, or what the writer is: `, local government reporter`.
    let names = names.split_once(", ").map_or(names, |(who, rest)| {
        let rest = rest.to_lowercase();
        let told = date(&rest).is_some_and(|d| d.month) || phrases::DESKS.iter().any(|d| rest.ends_with(d));
        if told {
            who
        } else {
            names
        }
    });
    // Nothing but names and the words between them; a sentence has small words of other kinds.
    !ends_as_sentence(unit)
        && names.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
                || matches!(
                    word.trim_matches(','),
                    "and"
                        | "with"
                        | "for"
                        | "of"
                        | "in"
                        | "the"
                        | "at"
                        | "de"
                        | "van"
                        | "von"
                        | "der"
                        | "la"
                        | "el"
                        | "al"
                        | "bin"
                        | "du"
                        | "di"
                        | "da"
                        | "staff"
                        | "writer"
                        | "writers"
                        | "reporter"
                        | "correspondent"
                )
        })
        && names.split_whitespace().count() >= 2
}

/// `— Ana Ruiz, of the tenants' union` under a quotation.
fn is_signature(unit: &str) -> bool {
    let Some(name) = unit.strip_prefix(['—', '–', '―']).or_else(|| unit.strip_prefix("--")) else {
        return false;
    };
    let name = name.trim_start();
    let first: Vec<&str> = name.split_whitespace().take(2).collect();
    unit.len() < 100
        && !ends_as_sentence(unit)
        && !first.is_empty()
        && first.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// `Image: Ana Ruiz.`, `(Photo: AP)`, `KCNA/Reuters`, `Ana Ruiz/AFP via Getty Images`, `© 2024 Reuters`.
fn is_credit(unit: &str, plain: &str) -> bool {
    if unit.len() > 100 {
        return false;
    }
    if let Some((label, names)) = plain.split_once([':', ';']) {
        if phrases::CREDIT_LABELS.contains(&label) {
            // `Photos: The year in pictures` is a title, a credit holds names and agencies.
            return names.split_whitespace().count() <= 8;
        }
    }
    for label in [
        "photo by ",
        "photograph by ",
        "picture by ",
        "image by ",
        "courtesy of ",
        "photo courtesy of ",
        "image courtesy of ",
    ] {
        if plain.starts_with(label) {
            return true;
        }
    }
    if ends_as_sentence(unit) && !unit.starts_with(['(', '[']) || plain.split(' ').count() > 9 {
        return false;
    }
    let agency = |word: &str| phrases::AGENCIES.contains(&word.trim_matches(['(', ')', ',', '.']));
    let mut parts = plain.split([' ', '/', '|']).filter(|w| !w.is_empty());
    let named = unit.split([' ', '/', '|']).filter(|w| !w.is_empty()).all(|word| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric())
            || agency(word)
    });
    let agencies = parts.clone().filter(|word| agency(word)).count();
    let last_is_agency = parts.next_back().is_some_and(agency);
    named
        && ((plain.contains(['/', '|', '©']) && agencies > 0)
            || (last_is_agency && agencies * 2 >= plain.split(' ').count()))
}

/// `In this May 3, 2019 file photo, …`.
fn is_file_photo(plain: &str) -> bool {
    (plain.starts_with("in this ") || plain.starts_with("in a "))
        && [
            "file photo",
            "file picture",
            "file image",
            "photo taken",
            "photo provided",
            "photo released",
            "image taken",
            "image provided",
            "image released",
            "image made from",
            "satellite image",
        ]
        .iter()
        .any(|phrase| plain.find(phrase).is_some_and(|at| at < 60))
}

/// A coloured square before the name of what it stands for.
fn is_map_key(unit: &str) -> bool {
    unit.starts_with(['█', '■', '◼', '🟥', '🟦', '🟩', '🟨', '🟧', '🟪'])
}

/// Whether the unit ends in a mark, quotation marks and brackets after it left aside.
pub fn ends_as_sentence(unit: &str) -> bool {
    match unit.as_bytes().last() {
        Some(b'.' | b'!' | b'?') => return true,
        Some(last) if last.is_ascii_alphanumeric() => return false,
        _ => {}
    }
    unit.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', '…'])
}
