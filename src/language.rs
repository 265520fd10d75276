//! Which language the text is in: everything after the splitter knows English only, and says so.
//!
//! English is told from its function words. In running English they make up a third of all words or more; in
//! other languages in Latin letters the same forms are rare, while theirs are frequent. Two counts decide:
//!
//! - Letters of another script than Latin in the majority → `und`.
//! - Function words of one other language more than twice as many as the English ones, and three or more →
//!   that language (`de`, `fr`, `es`, `it`, `pt`, `nl`).
//! - Forty words or more of which fewer than one in twenty is an English function word → `und`.
//! - Anything else → `en`: headlines, names, numbers and other short text stay with English, because the
//!   annotator then abstains by itself where it finds nothing it knows.

use crate::data::table::Table;
use std::sync::LazyLock;

/// Words read at most: the start of an article tells its language.
const MOST_WORDS: usize = 2000;

/// Words below which rarity of English function words proves nothing: lists and tables have few.
const ENOUGH_WORDS: usize = 40;

/// Languages told apart, in the order of [`FUNCTION_WORDS`].
const LANGUAGES: [&str; 7] = ["en", "de", "fr", "es", "it", "pt", "nl"];

/// Frequent function words, those left out that mean something else in English (`die`, `on`, `me`, `to`, `do`, `as`).
/// A word that several of the others share stands with one of them only.
#[rustfmt::skip]
const FUNCTION_WORDS: [&str; 7] = [
    "the of and to a in is that for it with was as on be by he at are this have from or had an they which you not but his we she were her has their been will would there what when who more if so can said its about into than them could other some only these those do did i my your after also how because while where",
    "der und ist nicht von zu den mit dem ein eine einen einer eines auf für im das sich auch als des wird sind hat haben wurde nach aus bei über wie aber oder wenn zum zur werden kann noch nur durch vom ich wir sie",
    "le les et est une des dans pour qui que sur pas par avec sont au aux cette ce ces son ses mais nous vous ils elle été être leur ont plus comme ou où du",
    "el los las que y del por con para una su se es lo como más pero sus al fue ha este esta entre cuando muy sin sobre también hay porque desde son",
    "il di che è della dei delle degli nel nella alla anche sono gli questo questa più ma come dal dalla ha si alle dello nei lo ed essere stato perché",
    "o os da das dos em um uma não na nas nos ao à mais é foi pelo pela seu sua ser também já ou quando isso são ele",
    "het een van en dat niet zijn met voor op aan er maar om ook bij naar wordt werd deze dit heeft hebben uit worden nog wel geen hun haar wij zich",
];

static TABLES: LazyLock<[Table<256>; 7]> = LazyLock::new(|| {
    FUNCTION_WORDS.map(|words| {
        let mut table = Table::new();
        table.add_all(words, 0);
        table
    })
});

/// Whether a BCP 47 tag means English of any country: `en`, `en-GB`.
pub fn is_english(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// The language of a text as a BCP 47 tag: `en`, another language of which it is certain, or `und`
/// (undetermined). The rules are those at the top of this file.
///
/// ```
/// use standpoint::language::detect;
/// assert_eq!(detect("The council voted to keep the pool open."), "en");
/// assert_eq!(detect("Der Rat hat beschlossen, das Bad nicht zu schließen."), "de");
/// assert_eq!(detect("Ana Ruiz, Tom Li, Priya Shah"), "en");
/// assert_eq!(detect("Совет проголосовал за то, чтобы бассейн остался открытым."), "und");
/// ```
pub fn detect(text: &str) -> &'static str {
    let mut counts = [0usize; 7];
    let (mut words, mut latin, mut other_script) = (0, 0, 0);
    let letters = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    for word in text.split(|c| !letters(c)).filter(|word| !word.is_empty()).take(MOST_WORDS) {
        words += 1;
        match word.chars().next() {
            Some(c) if is_latin(c) => latin += word.chars().count().min(20),
            _ => other_script += word.chars().count().min(20),
        }
        for (count, table) in counts.iter_mut().zip(&*TABLES) {
            *count += usize::from(table.get(word).is_some());
        }
    }
    let (english, others) = (counts[0], &counts[1..]);
    let (strongest, most) =
        others.iter().enumerate().fold((0, 0), |best, (i, &n)| if n > best.1 { (i, n) } else { best });
    if other_script > latin {
        "und"
    } else if most >= 3 && most > english * 2 {
        LANGUAGES[strongest + 1]
    } else if words >= ENOUGH_WORDS && english * 20 < words {
        "und"
    } else {
        "en"
    }
}

/// Basic Latin, its supplements and extensions.
fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn short_and_name_heavy_english_stays_english() {
        for text in [
            "",
            "Pool stays open",
            "Ana Ruiz, El Salvador, La Paz",
            "No message, no plan, no leaders",
            "3-2",
            "😀",
        ] {
            assert_eq!(detect(text), "en", "{text}");
        }
    }

    #[test]
    fn other_languages_are_told() {
        let spanish = "El consejo votó el lunes para mantener abierta la piscina, pero el alcalde no dijo con qué dinero.";
        assert_eq!(detect(spanish), "es");
        let french = "Le conseil a voté pour garder la piscine ouverte, et les habitants sont dans la rue avec des drapeaux.";
        assert_eq!(detect(french), "fr");
        assert_eq!(detect("סגן ראש העיר אמר כי הבריכה תישאר פתוחה."), "und");
        // A language the tables do not know: too little English in it.
        assert_eq!(
            detect(&"Rada zagłosowała za utrzymaniem basenu otwartego przez kolejny rok. ".repeat(6)),
            "und"
        );
    }
}
