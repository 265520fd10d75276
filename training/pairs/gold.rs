//! Gold documents as the library reads them, and the yardstick's notion of a right claim.

use serde_json::Value;
use standpoint::kinds::Kind;
use standpoint::offsets::ByteSpan;
use standpoint::sentences::Sentence;
use std::collections::BTreeSet;

pub struct Tuple {
    pub holder: Option<String>,
    pub holder_name: String,
    pub holder_span: Option<ByteSpan>,
    pub target: String,
    pub target_name: String,
    pub target_span: ByteSpan,
    pub against: bool,
    pub basis: String,
    pub cue_span: ByteSpan,
}

pub struct Document {
    pub id: String,
    pub text: String,
    pub sentences: Vec<Sentence>,
    pub kinds: Vec<Kind>,
    pub tuples: Vec<Vec<Tuple>>,
}

pub fn read(path: &str) -> Vec<Document> {
    let file = std::fs::read_to_string(path).expect("gold");
    let rows: Vec<Value> = file.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let mut documents: Vec<(String, Vec<&Value>)> = Vec::new();
    for row in &rows {
        let doc = row["doc"].as_str().expect("doc");
        let alone = ["mt_", "mtsc_", "wcep_"].iter().any(|p| doc.starts_with(p));
        let id = if alone { format!("{doc}#{}", row["i"]) } else { doc.to_owned() };
        match documents.last_mut() {
            Some((last, rows)) if *last == id => rows.push(row),
            _ => documents.push((id, vec![row])),
        }
    }
    documents.iter().map(|(id, rows)| Document { id: id.clone(), ..document(rows) }).collect()
}

fn document(rows: &[&Value]) -> Document {
    let mut d =
        Document { id: String::new(), text: String::new(), sentences: vec![], kinds: vec![], tuples: vec![] };
    let mut last = None;
    let mut paragraph = 0;
    for row in rows {
        let par = row["par"].as_i64();
        if !d.text.is_empty() {
            d.text += if par == last { " " } else { "\n\n" };
            paragraph += usize::from(par != last);
        }
        last = par;
        let start = d.text.len();
        let text = row["text"].as_str().expect("text");
        d.text += text;
        d.sentences.push(Sentence { span: ByteSpan::new(start, d.text.len()), paragraph });
        d.kinds.push(match row["kind"].as_str() {
            Some("heading") => Kind::Heading,
            Some("caption") => Kind::Caption,
            Some("meta") => Kind::Meta,
            _ => Kind::Body,
        });
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let span = |v: &Value| {
            let at = |i: usize| v[i].as_u64().map(|x| start + bytes[(x as usize).min(bytes.len() - 1)]);
            Some(ByteSpan::new(at(0)?, at(1)?))
        };
        let string = |v: &Value| v.as_str().unwrap_or("").to_owned();
        let tuples = row["stances"].as_array().into_iter().flatten().filter_map(|s| {
            Some(Tuple {
                holder: s["holder"].as_str().map(str::to_owned),
                holder_name: string(&s["holder_name"]),
                holder_span: span(&s["holder_span"]),
                target: string(&s["target"]),
                target_name: string(&s["target_name"]),
                target_span: span(&s["target_span"])?,
                against: s["polarity"] == "oppose",
                basis: string(&s["basis"]),
                cue_span: span(&s["cue_span"])?,
            })
        });
        d.tuples.push(tuples.collect());
    }
    d
}

const STOP: &str = " the a an of and in on for to his her their its mr mrs ms dr president senator sen rep ";

pub fn words(names: &[&str]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in names {
        for w in name.to_lowercase().replace('’', "'").replace("'s", "").split_whitespace() {
            let w = w.trim_matches(|c| ".,;:'\"“”‘’()[]".contains(c));
            if !w.is_empty() && !STOP.contains(&format!(" {w} ")) {
                out.insert(w.to_owned());
            }
        }
    }
    out
}

pub fn same(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_disjoint(b) || (a.is_empty() && b.is_empty())
}

impl Tuple {
    pub fn target_words(&self) -> BTreeSet<String> {
        words(&[&self.target, &self.target_name])
    }

    pub fn holder_words(&self) -> BTreeSet<String> {
        words(&[self.holder.as_deref().unwrap_or(""), &self.holder_name])
    }
}
