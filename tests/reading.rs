//! Tags, mentions, links and voices: what the stance stage reads a sentence by.

use standpoint::attribution::{self, Attribution};
use standpoint::kinds::Kind;
use standpoint::sentences::split;
use standpoint::stance::{Reader, Reading};
use standpoint::text::Text;
use standpoint::Annotator;

fn with_reading(source: &str, heading: bool, check: impl FnOnce(&Reading<'_>)) {
    let annotator = Annotator::builtin();
    let weights = annotator.model().stance().expect("the built-in model reads stances");
    let text = Text::plain(source);
    let sentences = split(&text);
    let kind = if heading { Kind::Heading } else { Kind::Body };
    check(&Reading::new(&weights.grammar, &text, &sentences, &vec![kind; sentences.len()]));
}

/// `word = fullest name` of every mention whose own words are in `words`.
fn links(source: &str, words: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    with_reading(source, false, |reading| {
        for (index, sentence) in reading.sentences.iter().enumerate() {
            for (at, mention) in sentence.mentions.iter().enumerate() {
                let own = mention.span(&sentence.parsed).of(source);
                if words.contains(&own) {
                    out.push(format!("{own} = {}", reading.linked.name(index, at)));
                }
            }
        }
    });
    out
}

/// Of each text, its words of interest, and what [`links`] gives for them.
fn assert_links(table: &[(&str, &[&str], &[&str])]) {
    for (source, words, expected) in table {
        assert_eq!(links(source, words), *expected, "{source}");
    }
}

/// `source: cue` of every attribution.
fn voices(source: &str, heading: bool) -> Vec<String> {
    attributions(source, heading, |sentence| sentence.voices.attributions.clone())
}

/// `source: cue` of what is thought, known or shown.
fn thoughts(source: &str) -> Vec<String> {
    attributions(source, false, |s| attribution::thoughts(&s.parsed, &s.mentions, &s.voices))
}

fn attributions(source: &str, heading: bool, of: impl Fn(&Reader) -> Vec<Attribution>) -> Vec<String> {
    let mut out = Vec::new();
    with_reading(source, heading, |reading| {
        for sentence in &reading.sentences {
            let p = &sentence.parsed;
            for a in of(sentence) {
                let speaker = a.source.map_or("?", |m| sentence.mentions[m].span(p).of(source));
                out.push(format!("{speaker}: {}", p.tokens[a.cue].span.of(source)));
            }
        }
    });
    out
}

#[test]
fn what_is_thought_is_told_from_what_is_said() {
    let table: &[(&str, &[&str], &[&str])] = &[
        ("The farmers know that the dam will fail.", &[], &["The farmers: know"]),
        (
            "Ruth Adams said the crew knew that the valve was open.",
            &["Ruth Adams: said"],
            &["the crew: knew"],
        ),
        ("The study shows that sleep helps.", &[], &["The study: shows"]),
        ("The farmers repaired the dam.", &[], &[]),
        ("A truck carried the grain to the port on Monday.", &[], &[]),
    ];
    for (source, said, thought) in table {
        assert_eq!(voices(source, false), *said, "{source}");
        assert_eq!(thoughts(source), *thought, "{source}");
    }
}

#[test]
fn names_and_pronouns_are_linked_to_the_fullest_name() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "Ruth Adams spoke in Oslo. Adams praised the nurses. She left at noon.",
            &["Adams", "She"],
            &["Adams = Ruth Adams", "She = Ruth Adams"],
        ),
        (
            "Prime Minister Omar Haddad resigned on Monday. Mr. Haddad gave no reason.",
            &["Haddad"],
            &["Haddad = Omar Haddad"],
        ),
        (
            "The World Food Forum met in Rome. The WFF published a report.",
            &["The WFF"],
            &["The WFF = The World Food Forum"],
        ),
        (
            "Ruth Adams spoke to the legislature. The crowd cheered. She left at noon.",
            &["She"],
            &["She = Ruth Adams"],
        ),
        (
            "The councillors cut the bus, says Nora Lindqvist. They broke a promise.",
            &["They"],
            &["They = The councillors"],
        ),
        ("The cabinet was divided. It backed the plan.", &["It"], &["It = The cabinet"]),
        ("Can Norway and Peru agree on a border?", &["Can Norway", "Norway"], &["Norway = Norway"]),
        (
            "\"We will not pay,\" said Ruth Adams. \"I fear for the town.\" We asked her twice.",
            &["We", "I"],
            &["We = Ruth Adams", "I = Ruth Adams", "We = We"],
        ),
    ];
    assert_links(table);
}

#[test]
fn a_body_of_one_nation_is_not_that_of_another() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "The United States Sailing Federation met in Oslo. Later the Iranian Sailing Federation cancelled the race. The Sailing Federation gave no reason.",
            &["the Iranian Sailing Federation", "The Sailing Federation"],
            &[
                "the Iranian Sailing Federation = the Iranian Sailing Federation",
                "The Sailing Federation = the Iranian Sailing Federation",
            ],
        ),
        (
            "The Iraqi Parliament met on Monday. The Iranian Parliament did not. The Parliament of Iraq praised the army.",
            &["The Iranian Parliament", "The Parliament of Iraq"],
            &["The Iranian Parliament = The Iranian Parliament", "The Parliament of Iraq = The Parliament of Iraq"],
        ),
        (
            "The Iraqi Parliament met on Monday. The Parliament of Iraq praised the army.",
            &["The Iraqi Parliament"],
            &["The Iraqi Parliament = The Parliament of Iraq"],
        ),
    ];
    assert_links(table);
}

#[test]
fn how_many_and_of_what_are_one() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "A number of senators condemned the law.",
            &["A number of senators", "senators"],
            &["A number of senators = A number of senators"],
        ),
        (
            "Some of the doctors opposed the plan.",
            &["Some", "Some of the doctors"],
            &["Some of the doctors = Some of the doctors"],
        ),
        (
            "Some of the senator's friends left the party.",
            &["Some", "the senator", "Some of the senator's friends"],
            &["Some of the senator's friends = Some of the senator's friends", "the senator = the senator"],
        ),
        (
            "The number of doctors fell in June.",
            &["The number", "doctors", "The number of doctors"],
            &["The number = The number", "doctors = doctors"],
        ),
    ];
    assert_links(table);
}

#[test]
fn a_surname_may_read_like_a_noun() {
    let table: &[(&str, &[&str], &[&str])] = &[(
        "Senator Bernie Sanders praised the nurses. Sanders attacked the plan.",
        &["Sanders"],
        &["Sanders = Bernie Sanders"],
    )];
    assert_links(table);
}

#[test]
fn a_name_beside_a_description_names_it() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "The ministry fined the contractor, Delta Works, on Monday. The contractor will appeal.",
            &["the contractor", "The contractor"],
            &["the contractor = Delta Works", "The contractor = Delta Works"],
        ),
        (
            "Casimir Thorne, the founder of Orrery, left the board. The founder had no plans.",
            &["the founder", "The founder"],
            &["the founder = Casimir Thorne", "The founder = Casimir Thorne"],
        ),
        ("Its chief executive, Ruth Adams, spoke first. She was brief.", &["She"], &["She = Ruth Adams"]),
        (
            "The town of Zittau sued the state of Montana.",
            &["The town", "the state"],
            &["The town = Zittau", "the state = Montana"],
        ),
        // Of a name, or beside one, is not by that name.
        (
            "The mayor of Zittau sued the capital of Peru.",
            &["The mayor", "the capital"],
            &["The mayor = The mayor", "the capital = the capital"],
        ),
        ("They met the mayor, Ruth Adams and Omar Haddad.", &["the mayor"], &["the mayor = the mayor"]),
        ("In Oslo, the mayor spoke.", &["the mayor"], &["the mayor = the mayor"]),
    ];
    assert_links(table);
}

#[test]
fn a_pronoun_means_whom_it_fits() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "Mrs. Alder met Mr. Boone on Monday. He praised her. She thanked him.",
            &["He", "her", "She", "him"],
            &["He = Boone", "her = Alder", "She = Alder", "him = Boone"],
        ),
        // Whoever speaks of him is not he, though named last; nor named before.
        (
            "Pavel Rusk had promised a bridge. \"He lied to us,\" said Tomas Brandt.",
            &["He"],
            &["He = Pavel Rusk"],
        ),
        (
            "Pavel Rusk met Tomas Brandt. \"He lied to us,\" Brandt told reporters.",
            &["He", "us"],
            &["He = Pavel Rusk", "us = Tomas Brandt"],
        ),
        // People by other words than names, and names of other forms.
        ("A firefighter saved the dog. She was praised by the mayor.", &["She"], &["She = A firefighter"]),
        ("Kofi Ansah-Boateng left. He blamed the budget.", &["He"], &["He = Kofi Ansah-Boateng"]),
        ("Benedict XVI visited Malta. He blessed the crowd.", &["He"], &["He = Benedict XVI"]),
        ("Magistrate Aina Holt spoke first. She rejected the plea.", &["She"], &["She = Aina Holt"]),
        // A wrong name is worse than none.
        (
            "Two nurses and three drivers quarrelled with the guards and the teachers. They left.",
            &["They"],
            &["They = They"],
        ),
    ];
    assert_links(table);
}

#[test]
fn a_plural_owns_by_an_apostrophe_and_an_adjective_may_be_a_noun() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "The nurses' union sued the clinic.",
            &["The nurses", "The nurses' union"],
            &["The nurses = The nurses", "The nurses' union = The nurses' union"],
        ),
        ("They carried the injured to a barn.", &["the injured"], &["the injured = the injured"]),
        // A closing mark is none.
        ("He called it 'the feast of fools' yesterday.", &["fools' yesterday"], &[]),
    ];
    assert_links(table);
}

#[test]
fn a_pronoun_is_nobody_of_its_own_clause() {
    let table: &[(&str, &[&str], &[&str])] = &[
        ("The levy is new. Norway and Peru oppose it.", &["it"], &["it = The levy"]),
        ("The levy is new. Nobody pays the levy. Peru is glad of it.", &["it"], &["it = The levy"]),
    ];
    assert_links(table);
}

/// `name: those named with it` of the names given.
fn lists(source: &str, names: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    with_reading(source, false, |reading| {
        for reader in &reading.sentences {
            let own = |m: usize| reader.mentions[m].span(&reader.parsed).of(source);
            for m in (0..reader.mentions.len()).filter(|&m| names.contains(&own(m))) {
                let with: Vec<&str> = reader.named_with(m).into_iter().map(own).collect();
                out.push(format!("{}: {}", own(m), with.join(" ")));
            }
        }
    });
    out
}

#[test]
fn names_of_one_list_are_named_together() {
    let table: &[(&str, &[&str], &[&str])] = &[
        ("Norway, Peru and Chad left.", &["Norway", "Chad"], &["Norway: Peru Chad", "Chad: Peru Norway"]),
        ("The court convicted Novak, Horvat and Kaya of fraud.", &["Horvat"], &["Horvat: Novak Kaya"]),
        ("Norway met Peru while Chad waited.", &["Peru"], &["Peru: "]),
        ("Norway met Peru in Oslo, Norway.", &["Oslo"], &["Oslo: "]),
    ];
    for (source, names, expected) in table {
        assert_eq!(lists(source, names), *expected, "{source}");
    }
}

#[test]
fn the_speaker_is_found_in_any_position() {
    let table: &[(&str, bool, &[&str])] = &[
        ("The coach said the match was over.", false, &["The coach: said"]),
        ("\"The match is over,\" the coach said.", false, &["the coach: said"]),
        ("\"The match is over,\" said the coach.", false, &["the coach: said"]),
        ("According to the coach, the match was over.", false, &["the coach: According"]),
        ("Haddad: the match is over", true, &["Haddad: :"]),
        ("The coach left the stadium.", false, &[]),
    ];
    for (source, heading, expected) in table {
        assert_eq!(voices(source, *heading), *expected, "{source}");
    }
}

#[test]
fn a_quotation_that_goes_on_keeps_its_speaker() {
    let source = "\"We lost,\" said Ruth Adams. \"It was a bad day. Nobody helped.\"";
    with_reading(source, false, |reading| {
        let last = reading.sentences.last().expect("a sentence");
        let (sentence, mention) = last.voices.carried.expect("a speaker");
        assert_eq!(reading.linked.name(sentence, mention), "Ruth Adams");
        assert!(last.voices.quoted.iter().all(|q| *q));
    });
}

#[test]
fn agents_and_patients_in_active_and_passive() {
    for (source, cue, agent, patient) in [
        ("The council sacked the manager.", "sacked", Some("council"), Some("manager")),
        ("The manager was sacked by the council.", "sacked", Some("council"), Some("manager")),
        ("The manager was sacked.", "sacked", None, Some("manager")),
        ("The council wants to sack the manager.", "sack", Some("council"), Some("manager")),
        ("The council, which sacked the manager, met today.", "sacked", Some("council"), Some("manager")),
    ] {
        with_reading(source, false, |reading| {
            let p = &reading.sentences[0].parsed;
            let token = (0..p.tokens.len()).find(|&t| p.lower(t) == cue).expect(cue);
            assert_eq!(p.agent(token).map(|t| p.lower(t)), agent, "agent in {source}");
            assert_eq!(p.patient(token).map(|t| p.lower(t)), patient, "patient in {source}");
        });
    }
}
