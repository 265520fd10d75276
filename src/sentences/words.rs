//! Word tables of the splitter. Every entry has a case for and a case against in `tests/cases/sentences/`.

/// What a full stop after an abbreviation may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows: `Mr.`, `Gen.`, `St.`
    Title,
    /// Something always follows: `vs.`, `e.g.`, `cf.`
    Inner,
    /// A number follows, or it is the end: `No.`, `p.`, `Fig.`
    Number,
    /// A day or year follows, or it is the end: `Jan.`, `Sept.`
    Month,
    /// Closes a name; the sentence may go on or end: `Inc.`, `Jr.`, `Calif.`, `Ave.`
    Closing,
    /// Time of day or era: `a.m.`, `B.C.`
    Time,
}

use crate::data::table::Table;
use std::sync::LazyLock;
use Abbreviation::*;

static ABBREVIATION_TABLE: LazyLock<Table<512>> = LazyLock::new(|| {
    let mut table = Table::new();
    for (field, (_, words)) in ABBREVIATIONS.iter().enumerate() {
        table.add_all(words, field as u8);
    }
    table
});

static STARTER_TABLE: LazyLock<Table<512>> = LazyLock::new(|| {
    let mut table = Table::new();
    STARTERS.iter().for_each(|words| table.add_all(words, 0));
    table
});

/// By field, lower case, without the last full stop.
#[rustfmt::skip]
const ABBREVIATIONS: &[(Abbreviation, &str)] = &[
    // forms of address, in public life
    (Title, "mr mrs ms mx messrs dr prof rev fr msgr mme mlle sra st ste hon assoc asst"),
    (Title, "sen sens rep reps gov govs pres amb supt insp det atty"),
    // military and police
    (Title, "gen lt col maj capt cmdr cdr adm sgt cpl pvt pfc brig comdr cmdt"),
    (Title, "m.sgt lt.col lt.gen maj.gen brig.gen"),
    // geography before a name
    (Title, "mt ft pt"),
    // argument and citation
    (Inner, "vs v cf viz e.g i.e approx incl esp resp"),
    // numbering
    (Number, "b d div fl m no nos nr n° p pp vol vols ch chap sec sect fig figs eq eqs art para tel ext ver rm cit"),
    // calendar
    (Month, "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"),
    // companies and degrees
    (Closing, "inc ltd co corp bros cos plc llc llp s.a jr sr esq ph.d m.d b.a m.a b.s m.s d.d.s m.b.a etc al est dept univ assn intl mfg"),
    // American states as newspapers shorten them
    (Closing, "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo n.h n.j n.m n.y n.c n.d s.c s.d w.va r.i d.c"),
    // streets
    (Closing, "ave blvd rd hwy ln sq pkwy"),
    // clock and eras
    (Time, "a.m p.m a.d b.c b.c.e c.e"),
];

/// Words that begin a sentence far more often than they carry on a name.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a about according after all also although among an and another any are as at",
    "because before both but by can could despite did do does during",
    "each even every few finally first for from further furthermore",
    "had has have he her here his how however i i'd i'll i'm i've if",
    "in indeed instead is it it's its just last later like many maybe",
    "meanwhile more moreover most much my neither no nobody none nor",
    "not now of on once one only or other others our over perhaps please",
    "several she should since so some someone soon still such that",
    "that's the their then there there's therefore these they they're this those though through thus to",
    "today together two under unless unlike until was we we're were",
    "what when where whether which while who whoever whose why will with within without would",
    "yes yesterday yet you your",
];

/// Names that end in a mark of their own.
const MARKED_NAMES: &[&str] = &["yahoo", "jeopardy", "yum", "wham", "oklahoma", "mamma mia"];

/// Words before the colon of a picture credit.
const CREDIT_LABELS: &[&str] = &[
    "image",
    "images",
    "photo",
    "photos",
    "photograph",
    "picture",
    "pictures",
    "credit",
    "graphic",
    "illustration",
    "video",
];

/// Time zones that follow a time of day.
const TIME_ZONES: &[&str] = &[
    "ACT",
    "AEDT",
    "AEST",
    "BST",
    "CDT",
    "CEST",
    "CET",
    "CST",
    "EDT",
    "EEST",
    "EET",
    "EST",
    "ET",
    "GMT",
    "HKT",
    "IST",
    "JST",
    "KST",
    "MDT",
    "MSK",
    "MST",
    "NZDT",
    "NZST",
    "PDT",
    "PKT",
    "PST",
    "PT",
    "SAST",
    "UTC",
    "WAT",
    "WIB",
    "Eastern",
    "Central",
    "Pacific",
    "Mountain",
    "Greenwich",
];

/// Whether the word names a time zone.
pub fn is_time_zone(word: &str) -> bool {
    TIME_ZONES.contains(&word)
}

/// Whether the word, before a colon, says that a picture credit follows.
pub fn labels_credit(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && CREDIT_LABELS.iter().any(|label| label.eq_ignore_ascii_case(word))
}

/// The field of an abbreviation, given without its last full stop, in any case.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    // A single capital is an initial or a number (`Charles V.`), not `v.` or `c.`.
    if word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase() {
        return None;
    }
    ABBREVIATION_TABLE.get(word).map(|field| ABBREVIATIONS[usize::from(field)].0)
}

/// Whether sentences often begin with the word.
pub fn starts_sentences(word: &str) -> bool {
    STARTER_TABLE.get(word).is_some()
}

/// Whether the word is a name written with an exclamation mark.
pub fn ends_in_own_mark(word: &str) -> bool {
    MARKED_NAMES.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Whether the word is letters parted by full stops: `U.S`, `e.V`, `J.K`.
pub fn is_acronym(word: &str) -> bool {
    word.len() >= 3
        && word.len() <= 11
        && word.split('.').all(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::split;
    use crate::text::Text;

    fn sentences(text: &str) -> usize {
        split(&Text::plain(text)).len()
    }

    /// For each field a sentence in which its full stop goes on, and one in which the sentence ends.
    #[test]
    fn every_abbreviation_goes_on_and_ends() {
        for (field, list) in ABBREVIATIONS {
            for word in list.split(' ') {
                // `b.` is an abbreviation, `B.` an initial.
                let first = if word.len() > 1 { word[..1].to_uppercase() } else { word.to_owned() };
                let word = format!("{first}{}", &word[1..]);
                let (on, end) = match field {
                    Title => (format!("They met {word}. Osei at noon."), None),
                    Inner => (format!("They met Osei {}. Lind at noon.", word.to_lowercase()), None),
                    Number => (format!("They met at {word}. 4 at noon."), None),
                    Month => (
                        format!("They met on {word}. 4 at noon."),
                        Some(format!("They met last {word}. He left.")),
                    ),
                    Closing => (
                        format!("They met at Harbor {word}. in the rain."),
                        Some(format!("They met at Harbor {word}. It rained.")),
                    ),
                    Time => (
                        format!("They met at nine {}. on a Sunday.", word.to_lowercase()),
                        Some(format!("They met again at nine {}. It rained.", word.to_lowercase())),
                    ),
                };
                assert_eq!(sentences(&on), 1, "{on}");
                if let Some(end) = end {
                    assert_eq!(sentences(&end), 2, "{end}");
                }
            }
        }
    }

    #[test]
    fn every_starter_ends_an_acronym_and_a_name_does_not() {
        for word in STARTERS.iter().flat_map(|line| line.split(' ')) {
            let word = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
            let text = format!("They live in the U.S. {word} more was said.");
            assert_eq!(sentences(&text), 2, "{text}");
        }
        assert_eq!(sentences("They wrote to the U.S. Congress about it."), 1);
    }

    #[test]
    fn tables_ask_without_regard_to_case() {
        assert_eq!(abbreviation("MR"), Some(Title));
        assert_eq!(abbreviation("mrx"), None);
        assert_eq!(abbreviation("V"), None);
        assert_eq!(abbreviation("an unusually long word"), None);
        assert!(starts_sentences("However") && !starts_sentences("Osei"));
        assert!(is_acronym("U.S") && !is_acronym("U.SA") && !is_acronym("US"));
    }
}
