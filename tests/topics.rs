//! Topics on sentences of our own and, where it lies beside the repository, on the shared development set.

use standpoint::offsets::Bytes;
use standpoint::{topics, Annotation, Annotator, Options};

const POLITICS: &str = "medtop:11000000";

fn annotate(annotator: &Annotator, text: &str) -> Annotation<Bytes> {
    let mut options = Options::default();
    options.language = Some("en".into());
    annotator.annotate(text, &options)
}

fn first(annotator: &Annotator, text: &str) -> String {
    let annotation = annotate(annotator, text);
    annotation.sentences[0].topics.first().map_or_else(String::new, |t| t.label.clone())
}

#[test]
fn each_desk_gets_its_sentences_and_no_near_misses() {
    let annotator = Annotator::builtin();
    let mut desk = "";
    let (mut wrong, mut right_at_last) = (Vec::new(), Vec::new());
    for line in include_str!("cases/topics/desks.txt").lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            desk = name;
            continue;
        }
        let (known, case) = line.strip_prefix('?').map_or((false, line), |rest| (true, rest.trim_start()));
        let (wanted, sentence) = match case.split_once(": ") {
            Some(("is", sentence)) => (true, sentence),
            Some(("not", sentence)) => (false, sentence),
            _ => continue,
        };
        let got = first(&annotator, sentence);
        match ((got == desk) == wanted, known) {
            (false, false) => wrong.push(format!("{desk}: {case} -> {got:?}")),
            (true, true) => right_at_last.push(case),
            _ => {}
        }
    }
    if !right_at_last.is_empty() {
        println!("right now, take their `?` away:\n{}", right_at_last.join("\n"));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_subtopic_comes_with_its_desk() {
    let text =
        "Parliament will vote on the budget on Monday.\n\nThe opposition called for an early election. \
                Its leader was arrested by police last week. Judges will decide whether he stays in prison.";
    let annotation = annotate(&Annotator::builtin(), text);
    for sentence in &annotation.sentences {
        for subtopic in &sentence.subtopics {
            let code = subtopic.id.strip_prefix("medtop:").unwrap();
            let concept = standpoint::data::mediatopics::find(code).unwrap();
            let desk = standpoint::data::mediatopics::all()[standpoint::data::mediatopics::desk(concept)];
            assert!(sentence.topics.iter().any(|t| t.id == desk.qcode()), "{subtopic:?} without {desk:?}");
        }
        assert!(sentence.topics.len() <= 3 && sentence.subtopics.len() <= 2);
        assert!(sentence.topics.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}

/// `It was not the first time.` says nothing; the sentences around it do.
#[test]
fn a_sentence_without_a_subject_takes_its_neighbours() {
    let annotator = Annotator::builtin();
    let story = "The striker scored twice as United won the cup final. It was not the first time. \
                 The goalkeeper saved a penalty and the team lifted the trophy.";
    let annotation = annotate(&annotator, story);
    assert_eq!(annotation.sentences.len(), 3);
    let topics = &annotation.sentences[1].topics;
    assert_eq!(topics.first().map(|t| t.label.as_str()), Some("sport"), "{topics:?}");
    assert_eq!(annotation.topics.first().map(|t| t.label.as_str()), Some("sport"));
}

#[test]
fn what_is_not_the_story_has_no_topics() {
    let annotator = Annotator::builtin();
    for text in ["", " ", "—", "Published 3 May 2024, 10:15", "🙂🙂🙂", "\u{0}\u{1}"] {
        let annotation = annotate(&annotator, text);
        assert!(annotation.topics.is_empty(), "{text:?} is about {:?}", annotation.topics);
        assert!(annotation.sentences.iter().all(|s| s.topics.is_empty()), "{text:?}");
    }
}

#[test]
fn the_same_text_has_the_same_topics() {
    let text = "Voters went to the polls. The storm closed airports. Scientists found a new bird.";
    let (a, b) = (Annotator::builtin(), Annotator::builtin());
    assert_eq!(annotate(&a, text), annotate(&b, text));
}

#[test]
fn words_that_raised_a_topic_are_words_of_it() {
    let annotator = Annotator::builtin();
    let sentence = "On Sunday, voters élected a new parliament.";
    let words = topics::explain(annotator.model(), sentence, POLITICS);
    let strongest: Vec<&str> = words.iter().take(4).map(|(span, _)| span.of(sentence)).collect();
    assert!(strongest.iter().any(|w| w.contains("parliament") || w.contains("voters")), "{strongest:?}");
    assert!(words.windows(2).all(|pair| pair[0].1 >= pair[1].1) && words.iter().all(|w| w.1 > 0.0));
    assert!(topics::explain(annotator.model(), sentence, "medtop:00000000").is_empty());
    assert!(topics::explain(annotator.model(), "", POLITICS).is_empty());
}

#[test]
fn the_language_that_the_caller_knows_is_kept_and_other_than_english_is_not_read() {
    let annotator = Annotator::builtin();
    for (given, told) in [("de", "de"), ("pt-BR", "pt-BR"), ("en-GB", "en"), ("EN", "en")] {
        let mut options = Options::default();
        options.language = Some(given.into());
        let annotation = annotator.annotate("Parliament votes on the budget today.", &options);
        assert_eq!(annotation.language, told);
        assert_eq!(annotation.topics.is_empty(), told != "en", "{given}");
    }
}
