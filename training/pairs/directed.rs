//! More examples from Directed Sentiment Extraction (Park, Pan and Joo 2021): who is for or against whom between two
//! named entities, without cues. The models trained on gold choose the likeliest cue, and unlearn the claims it denies.

use crate::claims::{mention_in, Data};
use crate::logistic::{Example, Logistic};
use serde_json::Value;
use standpoint::encoder::softmax;
use standpoint::kinds::Kind;
use standpoint::offsets::ByteSpan;
use standpoint::sentences::Sentence;
use standpoint::stance::features::{self, Cue, Holder};
use standpoint::stance::propose::{holders, may_be_target};
use standpoint::stance::{Reader, Reading};
use standpoint::syntax::Grammar;
use standpoint::text::Text;

/// How much a row counts against a gold one.
const WEIGHT: f32 = 0.6;
/// A cue less likely than this is not believed.
const LEAST: f32 = 0.02;
/// No fold: never held out.
const EVERY: usize = usize::MAX;

struct Row {
    text: String,
    spans: [ByteSpan; 2],
    label: u64,
}

fn rows(path: &str) -> Vec<Row> {
    let file = std::fs::read_to_string(path).expect("the directed rows");
    let row = |line: &str| {
        let v: Value = serde_json::from_str(line).ok()?;
        let text = v["text"].as_str()?.to_owned();
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = |key: &str| Some(*bytes.get(v[key].as_u64()? as usize)?);
        let spans =
            [ByteSpan::new(at("p_start")?, at("p_end")?), ByteSpan::new(at("q_start")?, at("q_end")?)];
        Some(Row { text, spans, label: v["label"].as_u64()? })
    };
    file.lines().filter_map(row).collect()
}

/// Log-probabilities of a cue model's classes, of a target, of a holder.
struct Steps<'m>(&'m [Logistic; 3]);

impl Steps<'_> {
    fn classes(&self, reader: &Reader, token: usize) -> Vec<f32> {
        let mut buffer = Vec::new();
        features::cue(reader, token, &mut buffer);
        let mut p = self.0[0].scores(&[buffer]);
        softmax(&mut p);
        p
    }

    fn target(&self, reader: &Reader, cue: &Cue, target: usize) -> (f32, Example) {
        let mut buffer = Vec::new();
        let (mut rows, mut right) = (Vec::new(), Vec::new());
        for m in (0..reader.mentions.len()).filter(|&m| may_be_target(reader, cue.token, m)) {
            features::target(reader, cue, m, &mut buffer);
            if m == target {
                right.push(rows.len());
            }
            rows.push(buffer.clone());
        }
        features::no_target(reader, cue, &mut buffer);
        rows.push(buffer);
        let mut p = self.0[1].scores(&rows);
        softmax(&mut p);
        let own = right.first().map_or(0.0, |&at| p[at]);
        (own, Example { rows, right, weight: WEIGHT, fold: EVERY })
    }

    fn holder(&self, reader: &Reader, cue: &Cue, target: usize, holder: usize) -> (f32, Example) {
        let mut buffer = Vec::new();
        let all = holders(reader, target);
        let rows: Vec<Vec<u32>> = all
            .iter()
            .map(|&h| {
                features::holder(reader, cue, target, h, &mut buffer);
                buffer.clone()
            })
            .collect();
        let right: Vec<usize> = all.iter().position(|h| *h == Holder::Mention(holder)).into_iter().collect();
        let mut p = self.0[2].scores(&rows);
        softmax(&mut p);
        let own = right.first().map_or(0.0, |&at| p[at]);
        (own, Example { rows, right, weight: WEIGHT, fold: EVERY })
    }
}

pub fn add(path: &str, grammar: &Grammar, models: &[Logistic; 3], data: &mut Data) {
    let steps = Steps(models);
    let (mut claimed, mut denied) = (0, 0);
    for row in rows(path) {
        let text = Text::plain(&row.text);
        let whole = [Sentence { span: ByteSpan::new(0, row.text.len()), paragraph: 0 }];
        let reading = Reading::new(grammar, &text, &whole, &[Kind::Body]);
        let reader = &reading.sentences[0];
        let [Some(p), Some(q)] = row.spans.map(|span| mention_in(reader, span)) else { continue };
        if p == q {
            continue;
        }
        let tokens = (0..reader.parsed.tokens.len()).filter(|&t| features::is_cue(reader, t));
        if row.label == 0 {
            // A word that would make a claim between the two is no cue.
            for token in tokens {
                let classes = steps.classes(reader, token);
                if classes[0] > 0.9 {
                    continue;
                }
                let polarity = u32::from(classes[2] + classes[4] > classes[1] + classes[3]);
                let cue = Cue::new(
                    reader,
                    token,
                    polarity,
                    u32::from(classes[3] + classes[4] > classes[1] + classes[2]),
                );
                let claims =
                    |h: usize, t: usize| steps.target(reader, &cue, t).0 * steps.holder(reader, &cue, t, h).0;
                if claims(p, q) > 0.3 || claims(q, p) > 0.3 {
                    let mut buffer = Vec::new();
                    features::cue(reader, token, &mut buffer);
                    data.cue.push(Example {
                        rows: vec![buffer],
                        right: vec![0],
                        weight: WEIGHT,
                        fold: EVERY,
                    });
                    denied += 1;
                }
            }
            continue;
        }
        let (holder, target) = if row.label % 2 == 1 { (p, q) } else { (q, p) };
        let against = row.label >= 3;
        let mut best: Option<(f32, usize, usize, Example, Example)> = None;
        for token in
            tokens.filter(|&t| reader.mentions[target].head != t && reader.mentions[holder].head != t)
        {
            let classes = steps.classes(reader, token);
            let does = classes[3 + usize::from(against)] > classes[1 + usize::from(against)];
            let cue = Cue::new(reader, token, u32::from(against), u32::from(does));
            let class = 1 + usize::from(against) + 2 * usize::from(does);
            let (t, target_example) = steps.target(reader, &cue, target);
            let (h, holder_example) = steps.holder(reader, &cue, target, holder);
            let score = classes[class] * t * h;
            if best.as_ref().is_none_or(|b| score > b.0) {
                best = Some((score, token, class, target_example, holder_example));
            }
        }
        let Some((score, token, class, target_example, holder_example)) = best else { continue };
        if score < LEAST || target_example.right.is_empty() || holder_example.right.is_empty() {
            continue;
        }
        let mut buffer = Vec::new();
        features::cue(reader, token, &mut buffer);
        data.cue.push(Example { rows: vec![buffer], right: vec![class], weight: WEIGHT, fold: EVERY });
        data.target.push(target_example);
        data.holder.push(holder_example);
        claimed += 1;
    }
    eprintln!("directed rows: {claimed} claims added, {denied} denied");
}
