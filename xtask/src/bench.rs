//! Speed beside named peers, all in one run, so that a slow or busy machine slows everyone alike.

use crate::project::{self, cargo, run};
use crate::{browsers, bundle, npm};
use anyhow::Result;
use std::fs;

/// Prints the tables. Figures compare within a run, not between runs.
pub fn bench() -> Result<()> {
    bundle::build(true)?;
    npm::install("")?;
    npm::install("benches")?;
    browsers::ensure()?;
    let text = project::target().join("bench/news.txt");
    fs::create_dir_all(text.parent().expect("the text lies in a directory"))?;
    let write =
        "import { newsArticles } from './benches/text.mjs'; process.stdout.write(newsArticles().join('\\f'))";
    fs::write(&text, project::output(&mut npm::node(&["--input-type=module", "--eval", write]))?)?;
    run(cargo(&["bench", "--quiet", "--no-default-features", "--bench", "split"])
        .env("STANDPOINT_BENCH_TEXT", &text))?;
    run(&mut npm::node(&["benches/split.mjs"]))?;
    run(&mut npm::node(&["benches/first.mjs"]))?;
    run(&mut npm::node(&["benches/encoder.mjs"]))?;
    run(&mut npm::node(&["benches/tasks.mjs"]))
}
