//! Who is for or against whom, on short cases of our own: `tests/cases/stance/*.txt`, one file a kind of
//! construction, each case beside its opposite.
//!
//! A case is `--- name`, its text, then `none` or one `stance: holder | target | polarity | words of the cue` a
//! claim. The claims must be exactly these. Behind `known:` stands what is wanted but not so today; such a case must
//! fail, so that a repair is noticed. `UPDATE_EXPECT=1 cargo test --test stance` moves the markers.

use standpoint::annotation::{Party, Polarity, Stance};
use standpoint::offsets::Bytes;
use standpoint::{Annotator, Options};
use std::fs;
use std::path::PathBuf;

struct Case {
    name: String,
    text: String,
    wanted: Vec<[String; 4]>,
    known: bool,
}

fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/stance");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect(folder).map(|f| f.expect("a file").path()).collect();
    files.sort();
    files
}

fn cases(content: &str) -> Vec<Case> {
    let mut out = Vec::new();
    for block in content.split("\n--- ").skip(1) {
        let mut lines = block.lines();
        let name = lines.next().expect("a name").trim().to_owned();
        let mut case = Case { name, text: String::new(), wanted: Vec::new(), known: false };
        let mut told = false;
        for line in lines.map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (line, known) = line.strip_prefix("known: ").map_or((line, false), |rest| (rest, true));
            case.known |= known;
            if line == "none" {
                told = true;
            } else if let Some(stance) = line.strip_prefix("stance: ") {
                let fields: Vec<String> = stance.split('|').map(|f| f.trim().to_owned()).collect();
                case.wanted.push(fields.try_into().expect("four fields"));
                told = true;
            } else {
                case.text.push_str(line);
                case.text.push('\n');
            }
        }
        assert!(told, "{}: says neither `none` nor `stance:`", case.name);
        case.text = case.text.trim_end().to_owned();
        out.push(case);
    }
    out
}

fn claims(annotator: &Annotator, text: &str) -> Vec<Stance<Bytes>> {
    annotator.annotate(text, &Options::default()).sentences.into_iter().flat_map(|s| s.stances).collect()
}

/// The words of a party in the text, or its name where the text has none.
fn shown<'t>(party: &'t Party<Bytes>, text: &'t str) -> &'t str {
    party.span.map_or(party.name.as_str(), |span| span.of(text))
}

fn matches(stance: &Stance<Bytes>, [holder, target, polarity, cue]: &[String; 4], text: &str) -> bool {
    let same = |is: &str, wanted: &str| {
        let plain = |s: &str| s.to_lowercase().trim_start_matches("the ").to_owned();
        plain(is) == plain(wanted) || plain(wanted).contains(&plain(is)) || plain(is).contains(&plain(wanted))
    };
    let polarity = match polarity.as_str() {
        "support" => Polarity::Support,
        "oppose" => Polarity::Oppose,
        other => panic!("{other} is no polarity"),
    };
    same(shown(&stance.holder, text), holder)
        && same(shown(&stance.target, text), target)
        && stance.polarity == polarity
        && cue.split(' ').any(|word| stance.cue.of(text).contains(word))
}

fn holds(case: &Case, claimed: &[Stance<Bytes>]) -> bool {
    claimed.len() == case.wanted.len()
        && case.wanted.iter().all(|wanted| claimed.iter().any(|c| matches(c, wanted, &case.text)))
}

#[test]
fn cases_hold_and_known_failures_still_fail() {
    let annotator = Annotator::builtin();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let (mut wrong, mut held, mut known) = (Vec::new(), 0, 0);
    for file in files() {
        let content = fs::read_to_string(&file).expect("readable");
        for case in cases(&content) {
            let claimed = claims(&annotator, &case.text);
            let ok = holds(&case, &claimed);
            held += usize::from(ok);
            known += usize::from(!ok && case.known);
            if ok == case.known {
                let line = |s: &Stance<Bytes>| {
                    let (holder, target) = (shown(&s.holder, &case.text), shown(&s.target, &case.text));
                    format!(
                        "\n      {holder} | {target} | {:?} | {} ({})",
                        s.polarity,
                        s.cue.of(&case.text),
                        s.confidence.get()
                    )
                };
                let got: String = claimed.iter().map(line).collect();
                let what = if ok { "holds now: take `known:` away" } else { "claims instead:" };
                wrong.push(format!("{}: {what}{got}", case.name));
            }
        }
        if update {
            fs::write(&file, marked(&content, &annotator)).expect("writable");
        }
    }
    println!("{held} cases hold, {known} known failures");
    assert!(update || wrong.is_empty(), "{} cases:\n  {}", wrong.len(), wrong.join("\n  "));
}

/// The file with `known:` where it belongs today.
fn marked(content: &str, annotator: &Annotator) -> String {
    let mut out = String::new();
    for (index, block) in content.split("\n--- ").enumerate() {
        if index == 0 {
            out.push_str(block);
            continue;
        }
        let case = cases(&format!("\n--- {block}")).remove(0);
        let ok = holds(&case, &claims(annotator, &case.text));
        out.push_str("\n--- ");
        for line in block.split_inclusive('\n') {
            let bare = line.strip_prefix("known: ").unwrap_or(line);
            let expects = bare.trim_end() == "none" || bare.starts_with("stance: ");
            if expects && !ok {
                out.push_str("known: ");
            }
            out.push_str(bare);
        }
    }
    out
}

/// Whoever stands in it, the sentence says the same.
#[test]
fn exchanging_names_changes_no_polarity() {
    let annotator = Annotator::builtin();
    let pairs = [
        ("France", "Germany"),
        ("Nigeria", "Ghana"),
        ("Iran", "Israel"),
        ("Russia", "Ukraine"),
        ("China", "Japan"),
        ("Maria Lopez", "John Smith"),
        ("Aisha Khan", "Chen Wei"),
        ("Olu Adeyemi", "Ingrid Berg"),
        ("Fatima al-Sayed", "Moshe Cohen"),
        ("Dmitri Volkov", "Grace Mbeki"),
    ];
    let templates = [
        ("{A} condemned {B} on Friday.", Some(Polarity::Oppose)),
        ("{A} praised {B} on Friday.", Some(Polarity::Support)),
        ("{A} accused {B} of fraud.", Some(Polarity::Oppose)),
        ("{A} met {B} on Tuesday.", None),
        ("{A} and {B} spoke on Tuesday.", None),
        ("{A} arrived after {B} on Tuesday.", None),
    ];
    for (template, wanted) in templates {
        for (a, b) in pairs.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
            let text = template.replace("{A}", a).replace("{B}", b);
            let claimed: Vec<_> = claims(&annotator, &text).iter().map(|s| s.polarity).collect();
            match wanted {
                Some(polarity) => assert!(claimed.iter().all(|p| *p == polarity), "{text}: {claimed:?}"),
                None => assert!(claimed.is_empty(), "{text}: {claimed:?}"),
            }
        }
    }
}

#[test]
fn a_sentence_never_contradicts_its_claims() {
    let annotator = Annotator::builtin();
    let mut options = Options::default();
    options.min_confidence = Some(0.0);
    let text =
        "The mayor praised the police but condemned the court. Nobody came. \"It is a shame,\" he said.";
    for sentence in annotator.annotate(text, &options).sentences {
        assert_eq!(sentence.stance, standpoint::annotation::SentenceStance::of(&sentence.stances));
        for s in &sentence.stances {
            let inside = |span: standpoint::offsets::ByteSpan| sentence.span.contains(&span);
            assert!(inside(s.cue) && s.target.span.is_none_or(inside) && s.holder.span.is_none_or(inside));
        }
    }
}

#[test]
fn hostile_texts_are_read_in_no_time() {
    let annotator = Annotator::builtin();
    for text in [
        "\"".repeat(20_000),
        "he said ".repeat(20_000),
        "a-".repeat(50_000),
        "Kim's ".repeat(20_000),
        "’".repeat(9_999),
    ] {
        annotator.annotate(&text, &Options::default());
    }
}
