//! What the inflected forms of a word share.

/// Irregular forms and their base, sorted by form.
const IRREGULAR: &[(&str, &str)] = &[
    ("'d", "will"),
    ("'ll", "will"),
    ("'m", "be"),
    ("'re", "be"),
    ("'ve", "have"),
    ("agreed", "agree"),
    ("am", "be"),
    ("are", "be"),
    ("arisen", "arise"),
    ("arose", "arise"),
    ("ate", "eat"),
    ("bade", "bid"),
    ("beaten", "beat"),
    ("became", "become"),
    ("been", "be"),
    ("began", "begin"),
    ("begun", "begin"),
    ("being", "be"),
    ("best", "good"),
    ("better", "good"),
    ("bitten", "bite"),
    ("blew", "blow"),
    ("blown", "blow"),
    ("bore", "bear"),
    ("born", "bear"),
    ("borne", "bear"),
    ("bought", "buy"),
    ("bound", "bind"),
    ("bred", "breed"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("ca", "can"),
    ("came", "come"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("clung", "cling"),
    ("could", "can"),
    ("dealt", "deal"),
    ("decreed", "decree"),
    ("did", "do"),
    ("died", "die"),
    ("dies", "die"),
    ("does", "do"),
    ("doing", "do"),
    ("done", "do"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("dug", "dig"),
    ("dying", "die"),
    ("eaten", "eat"),
    ("fallen", "fall"),
    ("fed", "feed"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("flung", "fling"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("forced", "force"),
    ("forgave", "forgive"),
    ("forgiven", "forgive"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("fought", "fight"),
    ("found", "find"),
    ("freed", "free"),
    ("froze", "freeze"),
    ("frozen", "freeze"),
    ("gave", "give"),
    ("given", "give"),
    ("goes", "go"),
    ("going", "go"),
    ("gone", "go"),
    ("got", "get"),
    ("gotten", "get"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("guaranteed", "guarantee"),
    ("had", "have"),
    ("has", "have"),
    ("having", "have"),
    ("heard", "hear"),
    ("held", "hold"),
    ("hid", "hide"),
    ("hidden", "hide"),
    ("hung", "hang"),
    ("is", "be"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("led", "lead"),
    ("left", "leave"),
    ("lent", "lend"),
    ("lied", "lie"),
    ("lies", "lie"),
    ("lit", "light"),
    ("lost", "lose"),
    ("lying", "lie"),
    ("made", "make"),
    ("meant", "mean"),
    ("men", "man"),
    ("met", "meet"),
    ("might", "may"),
    ("mistook", "mistake"),
    ("n't", "not"),
    ("overcame", "overcome"),
    ("oversaw", "oversee"),
    ("overthrew", "overthrow"),
    ("overthrown", "overthrow"),
    ("paid", "pay"),
    ("people", "people"),
    ("pled", "plead"),
    ("proven", "prove"),
    ("ran", "run"),
    ("rang", "ring"),
    ("refereed", "referee"),
    ("ridden", "ride"),
    ("risen", "rise"),
    ("rode", "ride"),
    ("rose", "rise"),
    ("said", "say"),
    ("sang", "sing"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shaken", "shake"),
    ("shook", "shake"),
    ("shot", "shoot"),
    ("shown", "show"),
    ("slain", "slay"),
    ("slept", "sleep"),
    ("slew", "slay"),
    ("slung", "sling"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("sped", "speed"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("sprang", "spring"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("stood", "stand"),
    ("stricken", "strike"),
    ("struck", "strike"),
    ("stuck", "stick"),
    ("stung", "sting"),
    ("sung", "sing"),
    ("swept", "sweep"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("swung", "swing"),
    ("taken", "take"),
    ("taught", "teach"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("tied", "tie"),
    ("ties", "tie"),
    ("told", "tell"),
    ("took", "take"),
    ("tore", "tear"),
    ("torn", "tear"),
    ("tying", "tie"),
    ("understood", "understand"),
    ("undertook", "undertake"),
    ("upheld", "uphold"),
    ("vying", "vie"),
    ("was", "be"),
    ("went", "go"),
    ("wept", "weep"),
    ("were", "be"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("withheld", "withhold"),
    ("wo", "will"),
    ("woke", "wake"),
    ("women", "woman"),
    ("won", "win"),
    ("wore", "wear"),
    ("worn", "wear"),
    ("worse", "bad"),
    ("worst", "bad"),
    ("would", "will"),
    ("written", "write"),
    ("wrote", "write"),
];

/// The stem of a lower-case word: irregular forms looked up, then `-s`, `-ed`, `-ing` taken off, a doubled
/// consonant made single, a final `e` dropped and `-ise` written `-ize`. Meant as a key, not for reading.
///
/// ```
/// use standpoint::tokens::stem;
/// assert_eq!(stem("criticised"), stem("criticizing"));
/// assert_eq!(stem("banned"), stem("bans"));
/// assert_eq!(stem("fought"), stem("fights"));
/// ```
pub fn stem(lower: &str) -> String {
    let word = match IRREGULAR.binary_search_by(|(form, _)| (*form).cmp(lower)) {
        Ok(at) => IRREGULAR[at].1,
        Err(_) => lower,
    };
    if word.len() < 4 || !word.is_ascii() {
        return word.to_owned();
    }
    let mut stem = inflection(word).to_owned();
    if stem.len() == 2 {
        stem.push('e'); // `used`, `suing`
    }
    if stem.ends_with('y') && stem.len() > 3 && !vowel(&stem, stem.len() - 2) {
        stem.replace_range(stem.len() - 1.., "i");
    }
    if stem.ends_with('e') && stem.len() > 3 {
        stem.pop();
    }
    if stem.ends_with("is") && stem.len() > 5 {
        stem.replace_range(stem.len() - 1.., "z");
    }
    stem
}

fn vowel(word: &str, at: usize) -> bool {
    matches!(word.as_bytes()[at], b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Without `-s`, `-ed` or `-ing`.
fn inflection(word: &str) -> &str {
    let n = word.len();
    if word.ends_with('s') {
        return match word {
            _ if word.ends_with("ies") && n > 4 => &word[..n - 2],
            _ if ["sses", "shes", "ches", "xes", "zes"].iter().any(|e| word.ends_with(e)) => &word[..n - 2],
            _ if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word,
            _ => &word[..n - 1],
        };
    }
    let base = match word {
        _ if word.ends_with("ied") => return &word[..if n > 4 { n - 2 } else { n - 1 }],
        _ if word.ends_with("eed") => return word,
        _ if word.ends_with("ed") => &word[..n - 2],
        _ if word.ends_with("ing") => &word[..n - 3],
        _ => return word,
    };
    if base.len() < 2 || !(0..base.len()).any(|at| vowel(base, at) || base.as_bytes()[at] == b'y') {
        return word;
    }
    let bytes = base.as_bytes();
    let (last, before) = (bytes[base.len() - 1], bytes[base.len() - 2]);
    let doubled = last == before && base.len() > 3;
    if doubled
        && (matches!(last, b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't')
            || (last == b'l' && base.len() > 6))
    {
        return &base[..base.len() - 1];
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        let table: &[&[&str]] = &[
            &["accuse", "accuses", "accused", "accusing"],
            &["ban", "bans", "banned", "banning"],
            &["deny", "denies", "denied", "denying"],
            &["criticise", "criticized", "criticises", "criticizing"],
            &["attack", "attacks", "attacked", "attacking"],
            &["condemn", "condemned", "condemns"],
            &["fight", "fought", "fighting"],
            &["agree", "agreed", "agrees"],
            &["control", "controlled", "controls"],
            &["kill", "killed", "kills", "killing"],
            &["clash", "clashes", "clashed"],
            &["lie", "lied", "lies"],
            &["oppose", "opposed", "opposes", "opposing"],
            &["man", "men"],
            &["sue", "sues", "sued", "suing"],
            &["see", "sees", "saw", "seen", "seeing"],
            &["use", "uses", "used", "using"],
            &["vie", "vies", "vied", "vying"],
            &["owe", "owes", "owed"],
            &["foe", "foes"],
            &["free", "frees", "freed", "freeing"],
            &["flee", "flees", "fled"],
            &["go", "goes", "went"],
            &["will", "would", "'d", "'ll"],
        ];
        for forms in table {
            for form in *forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn short_and_odd_words_are_left() {
        for word in ["bring", "red", "need", "crisis", "", "s", "é", "thing", "news"] {
            assert!(!stem(word).is_empty() || word.is_empty());
        }
        assert_ne!(stem("need"), stem("nee"));
        assert_ne!(stem("bring"), stem("br"));
    }

    #[test]
    fn irregular_forms_are_sorted() {
        assert!(IRREGULAR.is_sorted_by_key(|(form, _)| form));
    }
}
