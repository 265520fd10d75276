//! Every test, in four groups, then the size budget; each prints its own runner's closing lines.

use crate::project::{self, cargo, path, run};
use crate::{browsers, npm, package, size, wasm};
use anyhow::{bail, Result};
use clap::ValueEnum;
use std::fs;

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Group {
    /// Formatting, lints, and the library's own tests
    Native,
    /// The bindings, in headless Chromium
    Wasm,
    /// The JavaScript API in Node
    Node,
    /// The page, the element and the API in Chromium, Firefox and WebKit
    Browser,
    /// The packed npm package in bundlers, frameworks and runtimes, which come from npm: not part of all tests
    Package,
}

/// Runs one group, or all of them.
pub fn test(only: Option<Group>) -> Result<()> {
    let wanted = |group| only.is_none_or(|only| only == group);
    if wanted(Group::Native) {
        native()?;
    }
    if wanted(Group::Wasm) {
        in_browser()?;
    }
    if only == Some(Group::Package) {
        return packed();
    }
    if wanted(Group::Node) || wanted(Group::Browser) {
        package::package()?;
    }
    if wanted(Group::Node) {
        javascript("tests/node")?;
    }
    if wanted(Group::Browser) {
        browsers::ensure()?;
        javascript("tests/browser")?;
    }
    match only {
        None => size::size(size::Mode::Check),
        Some(_) => Ok(()),
    }
}

/// Slow, and hundreds of megabytes from npm: run by name, and weekly in CI.
fn packed() -> Result<()> {
    package::package()?;
    browsers::ensure()?;
    npm::install("tests/package")?;
    javascript("tests/package")
}

fn native() -> Result<()> {
    wasm::add_target()?;
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(&mut cargo(&["clippy", "--all-targets", "--", "--deny", "warnings"]))?;
    run(&mut cargo(&["clippy", "--profile", "xtask", "--package", "xtask", "--", "--deny", "warnings"]))?;
    let for_wasm =
        ["clippy", "--lib", "--no-default-features", "--target", wasm::TARGET, "--", "--deny", "warnings"];
    run(&mut cargo(&for_wasm))?;
    run(&mut cargo(&["test"]))?;
    run(&mut cargo(&["test", "--profile", "xtask", "--package", "xtask"]))
}

/// `tests/wasm*.rs` in Chromium; this very program is what cargo hands the test binaries to.
fn in_browser() -> Result<()> {
    let suites = files("tests", |name| name.starts_with("wasm") && name.ends_with(".rs"))?;
    if suites.is_empty() {
        eprintln!("no tests/wasm*.rs");
        return Ok(());
    }
    wasm::add_target()?;
    let browsers = browsers::ensure()?;
    let Some(chromedriver) = browsers.chromedriver else {
        bail!("no chromedriver found. Install the one that belongs to your Chromium, or set CHROMEDRIVER to its path");
    };
    let webdriver = project::target().join("webdriver.json");
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    let options = serde_json::json!({ "args": flags, "binary": browsers.chromium });
    fs::create_dir_all(project::target())?;
    fs::write(&webdriver, serde_json::json!({ "goog:chromeOptions": options }).to_string())?;

    let runner = serde_json::json!([std::env::current_exe()?, "wasm-test-runner"]);
    let mut test = cargo(&["test", "--no-default-features", "--target", wasm::TARGET]);
    test.arg("--config").arg(format!("target.{}.runner={runner}", wasm::TARGET));
    for suite in suites {
        test.arg("--test").arg(suite.trim_end_matches(".rs"));
    }
    test.env("CHROMEDRIVER", chromedriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", webdriver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    run(&mut test)
}

/// `*.test.js` of a directory under Node's own test runner. A browser at a time: they are many processes each.
fn javascript(directory: &str) -> Result<()> {
    npm::install("")?;
    let tests = files(directory, |name| name.ends_with(".test.js") || name.ends_with(".test.mjs"))?;
    if tests.is_empty() {
        eprintln!("no tests in {directory}/");
        return Ok(());
    }
    let mut node = npm::node(&["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    node.args(tests.iter().map(|test| format!("{directory}/{test}")));
    run(&mut node)
}

/// Names of the files in a directory that `pick` wants, sorted.
fn files(directory: &str, pick: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    let Ok(entries) = fs::read_dir(path(directory)) else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string().ok().filter(|name| pick(name)));
    }
    names.sort();
    Ok(names)
}
