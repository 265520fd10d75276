//! The command line as other programs use it.

use serde_json::{json, Value};
use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

fn start(args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_standpoint"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs")
}

fn standpoint(args: &[&str], input: &[u8]) -> Output {
    let mut child = start(args);
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // Written from another thread: a long answer must not block on a long question.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer ends");
    output
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn last_sentence(args: &[&str]) -> (u64, u64) {
    let output = standpoint(&[&["annotate"], args].concat(), "😀 é\n\nThe union won.".as_bytes());
    let sentences = &lines(&output)[0]["sentences"];
    let last = sentences.as_array().expect("a list").last().expect("not empty");
    (last["start"].as_u64().expect("a number"), last["end"].as_u64().expect("a number"))
}

#[test]
fn offsets_come_in_the_unit_asked_for() {
    assert_eq!(last_sentence(&[]), (6, 20));
    assert_eq!(last_sentence(&["--offsets", "utf16"]), (6, 20));
    assert_eq!(last_sentence(&["--offsets", "utf8"]), (9, 23));
    assert_eq!(last_sentence(&["--offsets", "codepoint"]), (5, 19));
}

#[test]
fn topics_come_from_a_file_and_a_wrong_file_is_named() {
    let file = std::env::temp_dir().join(format!("standpoint-topics-{}.json", std::process::id()));
    let with = |topics: &str| {
        std::fs::write(&file, topics).expect("a temporary file");
        let path = file.to_str().expect("UTF-8");
        standpoint(
            &["annotate", "--topics", path],
            b"The night train was cancelled after a signal failed at the station.",
        )
    };
    let topics = r#"[{"id":"rail","label":"Railways","description":"Trains, stations and timetables.","threshold":0},
        {"id":"sea","label":"Shipping"}]"#;
    assert_eq!(lines(&with(topics))[0]["sentences"][0]["topics"][0]["id"], "rail");
    for wrong in ["", "{}", "[{}]", r#"[{"id":"","label":"A"}]"#, r#"[{"id":"a","label":"A","threshold":2}]"#]
    {
        let output = with(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("topics"), "{wrong}");
    }
    let _ = std::fs::remove_file(&file);
}

#[test]
fn the_result_has_the_contract_s_shape() {
    let result = &lines(&standpoint(&["annotate"], b"The minister condemned the strike."))[0];
    assert_eq!(result["schemaVersion"], 1);
    assert_eq!(result["language"], "en");
    assert_eq!(result["model"]["name"], "fast");
    let sentence = &result["sentences"][0];
    for key in ["start", "end", "paragraph", "kind", "topics", "subtopics", "stance", "confidence", "stances"]
    {
        assert!(sentence.get(key).is_some(), "no {key} in {sentence}");
    }
}

#[test]
fn json_lines_keep_their_order_and_their_ids() {
    let input: String = (0..2000).map(|i| format!("{{\"id\":{i},\"text\":\"Line {i}.\"}}\n")).collect();
    let output = standpoint(&["annotate", "--jsonl"], input.as_bytes());
    let ids: Vec<_> = lines(&output).iter().map(|line| line["id"].as_u64()).collect();
    assert_eq!(ids, (0..2000).map(Some).collect::<Vec<_>>());
}

#[test]
fn a_bad_line_is_answered_and_the_rest_goes_on() {
    let input = b"{\"id\":\"a\",\"text\":\"Fine.\"}\n\
                  {\"id\":\"lone\",\"text\":\"\\ud800\"}\n\
                  \xff\xfe\n\
                  {\"id\":\"none\"}\n\
                  no json\n\n\
                  {\"id\":\"z\",\"text\":\"\"}\n";
    let output = standpoint(&["annotate", "--jsonl"], input);
    assert!(output.status.success());
    let lines = lines(&output);
    let ids: Vec<_> = lines.iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [json!("a"), json!("lone"), Value::Null, json!("none"), Value::Null, json!("z")]);
    let errors: Vec<_> = lines.iter().map(|line| line.get("error").is_some()).collect();
    assert_eq!(errors, [false, true, true, true, true, false]);
}

#[test]
fn a_bad_file_or_model_ends_with_a_message_and_code_2() {
    for (args, input, words) in [
        (&["annotate"][..], &b"\xff\xfe binary"[..], "not UTF-8"),
        (&["annotate", "no/such/file.txt"], b"", "no/such/file.txt"),
        (&["annotate", "--model", "no/such.model"], b"", "model-unknown"),
        (&["annotate", "--model", "Cargo.toml"], b"", "not a Standpoint model"),
        (&["annotate", "--jsonl", "--format", "csv"], b"", "options-invalid"),
        (&["annotate", "--min-confidence", "7"], b"", "between 0 and 1"),
    ] {
        let output = standpoint(args, input);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {message}");
        assert!(message.contains(words), "{args:?}: {message}");
    }
}

#[test]
fn stance_scores_sum_to_one_and_spans_are_checked() {
    let input = r#"{"id":1,"text":"The union backed the bill.","target":[17,25]}
{"id":2,"text":"The union backed the bill.","target":[17,25],"holder":[0,9]}
{"id":3,"text":"The union backed the bill.","target":[17,99]}
{"id":4,"text":"😀","target":[1,2]}
{"id":5,"text":"The union backed the bill.","target":[5,5]}
"#;
    let lines = lines(&standpoint(&["stance", "--jsonl"], input.as_bytes()));
    for line in &lines[..2] {
        let score = |key: &str| line["scores"][key].as_f64().expect("a number");
        let sum = score("support") + score("oppose") + score("neutral");
        assert!((sum - 1.0).abs() < 1e-3, "{line}");
        assert_eq!(line["scores"][line["polarity"].as_str().expect("a word")], line["confidence"]);
    }
    assert!(lines[2..].iter().all(|line| line["error"].is_string()));
}

#[test]
fn split_gives_spans() {
    let output = standpoint(&["split", "--jsonl"], "{\"id\":1,\"text\":\"😀 He left.\"}".as_bytes());
    assert_eq!(lines(&output), [json!({"id": 1, "sentences": [[0, 11]]})]);
}

#[test]
fn every_format_tells_of_every_sentence() {
    let text = "The union backed the bill.\n\nMinisters rejected it.";
    let csv = standpoint(&["annotate", "--format", "csv"], text.as_bytes());
    let mut rows = csv::Reader::from_reader(&csv.stdout[..]);
    let column = rows.headers().expect("a header").iter().position(|h| h == "text").expect("a text column");
    let texts: Vec<_> = rows.records().map(|row| row.expect("a row")[column].to_owned()).collect();
    assert!(texts.iter().any(|t| t == "The union backed the bill."), "{texts:?}");

    let shown = standpoint(&["annotate", "--format", "text"], text.as_bytes());
    assert!(String::from_utf8_lossy(&shown.stdout).contains("Ministers rejected it."));

    let args = ["annotate", "--format", "jsonld", "--source", "https://example.org/a"];
    let page = &lines(&standpoint(&args, text.as_bytes()))[0];
    assert_eq!(page["id"], "https://example.org/a#standpoint");
    for item in page["first"]["items"].as_array().expect("a list") {
        assert_eq!(item["type"], "Annotation");
        assert!(item["target"].to_string().contains("TextQuoteSelector"));
    }
}

#[test]
fn the_text_comes_with_the_result_only_when_asked_for() {
    let text = "The union backed the bill.";
    let plain = lines(&standpoint(&["annotate"], text.as_bytes())).remove(0);
    let mut stored = lines(&standpoint(&["annotate", "--with-text"], text.as_bytes())).remove(0);
    assert_eq!(stored["text"], text);
    stored.as_object_mut().expect("an object").remove("text");
    assert_eq!(stored, plain);
}

#[test]
fn explain_shows_what_each_stage_saw() {
    let output = standpoint(&["explain"], b"The union condemned the mayor's plan.");
    let seen = String::from_utf8(output.stdout).expect("UTF-8");
    for words in ["kind      body", "mentions  [The union", "condemned"] {
        assert!(seen.contains(words), "no {words:?} in:\n{seen}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = start(&["annotate", "--jsonl"]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("piped");
    for i in 0..5000 {
        // Fails once the program has noticed and gone: that is what is tested.
        let _ = writeln!(stdin, "{{\"id\":{i},\"text\":\"Line {i}.\"}}");
    }
    drop(stdin);
    let output = child.wait_with_output().expect("the binary ends");
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
