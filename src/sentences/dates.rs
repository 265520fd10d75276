//! Dates that stand alone, as above an article.

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether the words are a date with its year and nothing else: `Monday, June 3, 2024`, `3 June 2024`, `Jan. 3, 2024`.
pub fn is_full_date(words: &str) -> bool {
    let (mut month, mut day, mut year) = (0, 0, 0);
    for (count, word) in words.split([' ', ',', '\u{a0}']).filter(|w| !w.is_empty()).enumerate() {
        if count > 4 {
            return false;
        }
        let word = word.trim_end_matches('.');
        if is_month(word) {
            month += 1;
        } else if is_day_name(word) {
            if count > 0 {
                return false;
            }
        } else {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
            match (digits.len(), digits.bytes().all(|b| b.is_ascii_digit())) {
                (1 | 2, true) => day += 1,
                (4, true) if word.len() == 4 => year += 1,
                _ => return false,
            }
        }
    }
    month == 1 && day <= 1 && year == 1
}

/// Whether the word names a day of the week, in full or its first three letters.
pub fn is_day_name(word: &str) -> bool {
    matches!(word.len(), 3 | 6..=9)
        && DAYS.iter().any(|day| word.eq_ignore_ascii_case(day) || word.eq_ignore_ascii_case(&day[..3]))
}

/// Whether the word names a month, in full or shortened.
pub fn is_month(word: &str) -> bool {
    // Few words begin as months do.
    matches!(
        word.as_bytes().first().map(|first| first | 0x20),
        Some(b'a' | b'd' | b'f' | b'j' | b'm' | b'n' | b'o' | b's')
    ) && (word.eq_ignore_ascii_case("sept")
        || MONTHS
            .iter()
            .any(|month| word.eq_ignore_ascii_case(month) || word.eq_ignore_ascii_case(&month[..3])))
}
