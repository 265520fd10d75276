//! Topics that a host defines: found by their words, never a failure, and the Media Topics as they were without them.

use standpoint::annotate::Work;
use standpoint::annotation::Annotation;
use standpoint::offsets::Bytes;
use standpoint::options::{HostTopic, HostTopics};
use standpoint::text::Text;
use standpoint::{export, model::Model, Annotator, Options};

fn topic(id: &str, label: &str, description: &str) -> HostTopic {
    HostTopic { id: id.into(), label: label.into(), description: description.into(), ..HostTopic::default() }
}

fn desk() -> Vec<HostTopic> {
    vec![
        topic(
            "https://example.org/topic/housing",
            "Housing",
            "Rents, landlords, tenants, mortgages and the building of homes.",
        ),
        topic("rail", "Railways", "Trains, stations, tracks, timetables and the people who work on them."),
        topic("kitchen", "Cooking", "Recipes, ingredients, ovens, baking, restaurants and chefs."),
    ]
}

fn options(topics: Vec<HostTopic>) -> Options {
    let mut options = Options::default();
    options.language = Some("en".into());
    options.topics = Some(HostTopics::new(topics).expect("such as can be read"));
    options
}

const TEXT: &str =
    "Tenants in the old town will pay higher rents from May, and the landlord has raised no objection.\n\n\
    The night train to the coast was cancelled after a signal failed at the central station.\n\n\
    Knead the dough, let it rest for an hour and bake it in a hot oven.";

fn annotate(topics: Vec<HostTopic>) -> Annotation<Bytes> {
    Annotator::builtin().annotate(TEXT, &options(topics))
}

#[test]
fn each_sentence_gets_the_topic_whose_words_it_means() {
    let annotation = annotate(desk());
    let first: Vec<&str> = annotation.sentences.iter().map(|s| s.topics[0].id.as_str()).collect();
    assert_eq!(first, ["https://example.org/topic/housing", "rail", "kitchen"]);
    for sentence in &annotation.sentences {
        assert!(sentence.subtopics.is_empty());
        assert!(sentence.topics.windows(2).all(|pair| pair[0].score >= pair[1].score));
        let belief: f64 = sentence.topics.iter().map(|t| t.score.get()).sum();
        assert!(belief <= 1.001, "{belief}");
    }
    assert!(annotation
        .topics
        .iter()
        .all(|t| desk().iter().any(|own| own.id == t.id && own.label == t.label)));
}

#[test]
fn what_is_about_none_of_them_gets_none() {
    let text = "The champion served eleven aces and won the final in straight sets.";
    let annotation = Annotator::builtin().annotate(text, &options(desk()));
    assert_eq!(annotation.sentences[0].topics, []);
}

#[test]
fn a_threshold_of_nought_lists_them_all_and_of_one_none() {
    let with = |threshold| {
        let topics = desk().into_iter().map(|t| HostTopic { threshold: Some(threshold), ..t });
        annotate(topics.collect())
    };
    assert!(with(0.0).sentences.iter().all(|s| s.topics.len() == 3));
    assert_eq!(with(0.0).topics.len(), 3);
    assert!(with(1.0).sentences.iter().all(|s| s.topics.is_empty()) && with(1.0).topics.is_empty());
}

#[test]
fn examples_teach_what_a_label_does_not_say() {
    let case = |examples: &[&str]| HostTopic {
        examples: examples.iter().map(|e| (*e).to_owned()).collect(),
        ..HostTopic::default()
    };
    let one = HostTopic {
        id: "a".into(),
        label: "First".into(),
        ..case(&[
            "The goalkeeper saved a penalty.",
            "Both clubs play in the second league.",
            "A striker was sent off.",
        ])
    };
    let two = HostTopic {
        id: "b".into(),
        label: "Second".into(),
        ..case(&[
            "The bank raised interest rates.",
            "Shares fell in early trading.",
            "Inflation eats up savings.",
        ])
    };
    let text =
        "The midfielder scored twice before half-time.\n\nInvestors sold bonds after the central bank spoke.";
    let annotation = Annotator::builtin().annotate(text, &options(vec![one, two]));
    let first: Vec<&str> =
        annotation.sentences.iter().map(|s| s.topics.first().map_or("", |t| t.id.as_str())).collect();
    assert_eq!(first, ["a", "b"]);
}

#[test]
fn without_them_nothing_changes_and_a_clone_is_learned_once() {
    let annotator = Annotator::builtin();
    let before = annotator.annotate(TEXT, &Options::default());
    let own = options(desk());
    let first = annotator.annotate(TEXT, &own);
    assert_eq!(annotator.annotate(TEXT, &own.clone()), first);
    assert_eq!(annotator.annotate(TEXT, &options(desk())), first);
    assert_eq!(annotator.annotate(TEXT, &Options::default()), before);
}

#[test]
fn reading_on_gives_what_reading_anew_does_whatever_the_topics_were() {
    // The accurate model's topics hear the encoder too.
    let accurate = Model::from_bytes(std::fs::read("models/accurate.model").expect("read")).expect("a model");
    let (own, other, none) = (options(desk()), options(desk()[..2].to_vec()), Options::default());
    let text = Text::plain(TEXT);
    for annotator in [Annotator::builtin(), Annotator::new(accurate)] {
        for before in [&own, &other, &none] {
            for now in [&own, &none] {
                let mut last = Work::new(&text, before);
                while !last.step(&annotator, TEXT) {}
                let mut work = Work::after(last, TEXT, &text, now);
                while !work.step(&annotator, TEXT) {}
                assert_eq!(work.finish(&annotator), annotator.annotate(TEXT, now));
            }
        }
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let refused = |topics: Vec<HostTopic>| HostTopics::new(topics).expect_err("refused").code();
    let long = "x".repeat(1_000_000);
    for topics in [
        vec![topic("", "Label", "")],
        vec![topic("id", " \n", "")],
        vec![topic("a", "One", ""), topic("a", "Two", "")],
        vec![topic("a", &long, "")],
        vec![topic(&long, "A", "")],
        vec![topic("a", "A", &long)],
        vec![HostTopic { examples: vec![long.clone()], ..topic("a", "A", "") }],
        vec![HostTopic { examples: vec!["word".into(); 10_000], ..topic("a", "A", "") }],
        vec![HostTopic { threshold: Some(f64::NAN), ..topic("a", "A", "") }],
        vec![HostTopic { threshold: Some(1.1), ..topic("a", "A", "") }],
        (0..10_000).map(|i| topic(&i.to_string(), "A", "")).collect(),
    ] {
        assert_eq!(refused(topics), "options-invalid");
    }
}

#[test]
fn odd_ones_are_read() {
    let odd = ["\0", "—“…”", "🙂🙂", "שלום", "the of and", "\u{ffff}", &"a".repeat(400)];
    let topics: Vec<HostTopic> = odd
        .iter()
        .enumerate()
        .map(|(i, words)| HostTopic {
            examples: vec![String::new(), (*words).to_owned(), words.repeat(20)],
            threshold: Some(0.0),
            ..topic(&i.to_string(), words, words)
        })
        .collect();
    let annotation = Annotator::builtin().annotate("Words.\n\n—\n\n🙂 It rained.", &options(topics));
    assert!(annotation
        .sentences
        .iter()
        .all(|s| s.topics.iter().all(|t| (0.0..=1.0).contains(&t.score.get()))));
    let none = Annotator::builtin().annotate(TEXT, &options(Vec::new()));
    assert!(none.topics.is_empty() && none.sentences.iter().all(|s| s.topics.is_empty()));
    let one = Annotator::builtin().annotate(
        TEXT,
        &options(vec![HostTopic { examples: vec!["A train.".into()], ..topic("a", "A", "") }]),
    );
    assert_eq!(one.sentences.len(), 3);
}

#[test]
fn web_annotations_address_only_what_is_an_address() {
    let annotation = annotate(desk());
    let page = export::jsonld::write(TEXT, &annotation, None).to_string();
    assert!(page.contains(r#""source":"https://example.org/topic/housing""#));
    assert!(page.contains(r#""value":"Railways""#) && !page.contains(r#""source":"rail""#));
    let csv = export::csv::write(TEXT, &annotation, &annotation);
    assert!(csv.contains("Housing") && csv.contains("rail"));
}
