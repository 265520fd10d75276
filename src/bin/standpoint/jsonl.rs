//! JSON Lines in, JSON Lines out: same order, all cores, one bad line never stops the rest.

use crate::input::{self, Failure};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use standpoint::Error;
use std::io::{BufRead, Write};
use std::path::Path;

/// Lines read before they are worked on together: enough to keep every core busy, few enough to stream.
const BATCH: usize = 512;

/// May stand before the first line: it belongs to the encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What goes out: the caller's id as given, then the answer or the error.
#[derive(Serialize)]
struct Reply<'a, A> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    answer: A,
}

#[derive(Serialize)]
struct ErrorLine {
    error: String,
}

/// Reads the id first, so that a line whose other fields are wrong can still be answered by name.
#[derive(Deserialize)]
struct Id<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
}

/// Answers every line of `file` with `answer`.
pub fn each<Q, A>(file: &Path, answer: impl Fn(Q) -> Result<A, Error> + Sync) -> Result<(), Failure>
where
    Q: for<'de> Deserialize<'de>,
    A: Serialize,
{
    let mut input = input::open(file)?;
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut first = true;
    loop {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let mut line = Vec::new();
            let read = input.read_until(b'\n', &mut line);
            if read.map_err(|e| Failure::Io(file.display().to_string(), e))? == 0 {
                break;
            }
            if std::mem::take(&mut first) && line.starts_with(BYTE_ORDER_MARK) {
                line.drain(..BYTE_ORDER_MARK.len());
            }
            if !line.trim_ascii().is_empty() {
                batch.push(line);
            }
        }
        if batch.is_empty() {
            return output.flush().map_err(Failure::output);
        }
        let replies: Vec<String> = batch.par_iter().map(|line| reply(line, &answer)).collect();
        for reply in replies {
            writeln!(output, "{reply}").map_err(Failure::output)?;
        }
        output.flush().map_err(Failure::output)?;
    }
}

fn reply<Q, A>(line: &[u8], answer: &impl Fn(Q) -> Result<A, Error>) -> String
where
    Q: for<'de> Deserialize<'de>,
    A: Serialize,
{
    let id = serde_json::from_slice::<Id<'_>>(line).ok().and_then(|line| line.id);
    let query = std::str::from_utf8(line)
        .map_err(|e| Error::input(format!("not UTF-8 text (byte {} of the line)", e.valid_up_to())))
        .and_then(|line| serde_json::from_str::<Q>(line).map_err(|e| Error::input(e.to_string())));
    let answer = query.and_then(answer).map_err(|e| ErrorLine { error: e.to_string() });
    let written = match answer {
        Ok(answer) => serde_json::to_string(&Reply { id, answer }),
        Err(error) => serde_json::to_string(&Reply { id, answer: error }),
    };
    written.expect("results hold only strings, numbers and lists")
}
