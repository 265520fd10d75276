//! What a reader downloads, held to a budget in `tests/size-budget.json` that fails in both directions: a page
//! that grows unnoticed is a cost to every reader, and one that shrinks unnoticed has perhaps lost something.

use crate::project::{output, path};
use crate::{bundle, npm};
use anyhow::{bail, Context, Result};
use serde_json::{json, Map, Value};
use std::fs;

/// Code that a page loads, whatever the model.
const CODE: [&str; 2] = ["standpoint.js", "standpoint_wasm_bg.wasm"];
/// Loaded in place of nothing: only where the page asks for a worker.
const WORKER: &str = "worker.js";
const BUDGET: &str = "tests/size-budget.json";
/// The WebAssembly module's figure may differ by this much, as compilers of the same version do.
const BAND: f64 = 0.01;
/// Glue, API, element and module together, brotli: what the smallest peer takes that only splits sentences.
const LIMIT: u64 = 330 * 1024;

/// What to do with the figures.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    Print,
    Check,
    Accept,
}

struct Size {
    name: String,
    raw: u64,
    brotli: u64,
}

/// Builds as for shipping, then prints the sizes, compares them with the budget, or makes them the budget.
pub fn size(mode: Mode) -> Result<()> {
    bundle::build(true)?;
    let sizes = measure()?;
    for size in &sizes {
        println!("{:<28} {:>9} bytes {:>9} brotli", size.name, size.raw, size.brotli);
    }
    let code: u64 =
        sizes.iter().filter(|size| CODE.contains(&size.name.as_str())).map(|size| size.brotli).sum();
    println!(
        "code in all (without a model) {:.1} KiB brotli, of at most {} KiB",
        code as f64 / 1024.0,
        LIMIT / 1024
    );
    if code > LIMIT {
        bail!("the code is over {LIMIT} bytes brotli in all: make it smaller before adding to it");
    }
    match mode {
        Mode::Print => Ok(()),
        Mode::Check => check(&sizes),
        Mode::Accept => accept(&sizes),
    }
}

fn measure() -> Result<Vec<Size>> {
    let mut names: Vec<String> = CODE.iter().copied().chain([WORKER]).map(str::to_owned).collect();
    for entry in fs::read_dir(path("dist"))? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| name.ends_with(".model")));
    }
    names.sort();
    let files: Vec<String> = names.iter().map(|name| format!("dist/{name}")).collect();
    let printed = output(npm::node(&["xtask/js/size.mjs"]).args(&files))?;
    let sizes: Value = serde_json::from_str(&printed)?;
    let read = |file: &str, what: &str| sizes[file][what].as_u64().context("size.mjs prints numbers");
    let sizes = names.into_iter().zip(&files);
    sizes
        .map(|(name, file)| Ok(Size { raw: read(file, "raw")?, brotli: read(file, "brotli")?, name }))
        .collect()
}

fn check(sizes: &[Size]) -> Result<()> {
    let budget = fs::read_to_string(path(BUDGET)).with_context(|| format!("reading {BUDGET}"))?;
    let budget: Map<String, Value> = serde_json::from_str(&budget)?;
    let mut wrong = Vec::new();
    for size in sizes {
        for (what, now) in [("raw", size.raw), ("brotli", size.brotli)] {
            let Some(held) = budget.get(&size.name).and_then(|entry| entry[what].as_u64()) else {
                wrong.push(format!("{} has no {what} figure", size.name));
                continue;
            };
            // Brotli differs by a few bytes between Node's versions, so scripts are held exactly by their own
            // bytes, and everything else within the band.
            let exact = what == "raw" && !size.name.ends_with(".wasm");
            let band = if exact { 0.0 } else { held as f64 * BAND };
            if (now as f64 - held as f64).abs() > band {
                wrong.push(format!("{} is {now} bytes {what}, the budget says {held}", size.name));
            }
        }
    }
    for name in budget.keys().filter(|name| !sizes.iter().any(|size| size.name == **name)) {
        wrong.push(format!("{name} is in the budget but not in dist/"));
    }
    if !wrong.is_empty() {
        bail!("{}\nif that is as meant: cargo xtask size --accept, and commit {BUDGET}", wrong.join("\n"));
    }
    println!("sizes are as {BUDGET} says");
    Ok(())
}

fn accept(sizes: &[Size]) -> Result<()> {
    let entries =
        sizes.iter().map(|size| (size.name.clone(), json!({ "raw": size.raw, "brotli": size.brotli })));
    let budget: Map<String, Value> = entries.collect();
    fs::write(path(BUDGET), serde_json::to_string_pretty(&budget)? + "\n")?;
    println!("wrote {BUDGET}");
    Ok(())
}
