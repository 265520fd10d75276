//! The house rules that a program can check: who may use whom, what is documented, how long files get.

use std::fs;
use std::path::{Path, PathBuf};

/// Files over the limit, each with its reason.
const LONG: [(&str, &str); 1] =
    [("www/element/element.js", "one custom element is one class, documented in one comment")];
const LIMIT: usize = 500;

/// Plain vocabulary that lives with the stage that decides it, and that any module may name.
const VOCABULARY: [&str; 1] = ["kinds::Kind"];

#[test]
fn modules_use_only_what_stands_above_them_in_lib_rs() {
    let levels = levels();
    let level_of = |module: &str| levels.iter().position(|level| level.iter().any(|m| m == module));
    let mut wrong = Vec::new();
    for (path, source) in sources("src", &["rs"]) {
        let module = module_of(&path);
        // `lib.rs` and the program see everything; `model` holds each stage's view of its weights.
        let Some(own) = level_of(&module).filter(|_| module != "model") else { continue };
        for used in uses(&code_of(&source)) {
            let name = used.split("::").next().unwrap_or_default();
            let known = VOCABULARY.contains(&used.as_str()) || name == module;
            match level_of(name) {
                Some(level) if !known && (level > own || (level == own && own > 0)) => {
                    wrong.push(format!("{path}: `{module}` uses `{used}`"));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "against the order of src/lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_bindings_know_javascript() {
    for (path, source) in sources("src", &["rs"]) {
        if path.starts_with("src/wasm/") {
            continue;
        }
        for name in ["js_sys", "web_sys", "wasm_bindgen", "serde_wasm_bindgen"] {
            assert!(!code_of(&source).contains(name), "{path} names {name}: only src/wasm/ may");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "xtask", "benches", "fuzz"] {
        for (path, source) in sources(folder, &["rs"]) {
            assert!(source.starts_with("//!"), "{path} does not begin with a `//!` comment");
        }
    }
    for folder in ["www", "tests", "xtask", "benches"] {
        for (path, source) in sources(folder, &["js", "mjs"]) {
            // Imports may come first: the comment then is the class's own.
            let mut lines = source.lines().skip_while(|line| line.is_empty() || is_import(line));
            let comment =
                lines.next().is_some_and(|line| ["//", "/*", "#!"].iter().any(|c| line.starts_with(c)));
            assert!(comment, "{path} does not begin with a comment");
        }
    }
}

#[test]
fn files_are_short_and_end_cleanly() {
    let mut wrong = Vec::new();
    for (path, source) in sources("", &["rs", "js", "mjs", "css", "html", "py", "toml", "md", "yml"]) {
        let code = ["rs", "js", "mjs", "py"].contains(&extension(&path));
        let lines = source.lines().count();
        if code && lines > LIMIT && !LONG.iter().any(|(long, _)| *long == path) {
            wrong.push(format!("{path}: {lines} lines; cut it, or give its reason in LONG"));
        }
        for (number, line) in source.lines().enumerate() {
            if line.ends_with([' ', '\t', '\r']) {
                wrong.push(format!("{path}:{}: white space at the end", number + 1));
            }
        }
        if !source.is_empty() && (!source.ends_with('\n') || source.ends_with("\n\n")) {
            wrong.push(format!("{path}: does not end with one newline"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line of an `import` at the start of a module, which may run over several.
fn is_import(line: &str) -> bool {
    line.starts_with("import ") || line.starts_with("  ") || line.starts_with("} from")
}

/// The groups of `pub mod` lines in `src/lib.rs`, leaves first; blank lines lie between them.
fn levels() -> Vec<Vec<String>> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs is there");
    let module = |line: &str| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned());
    let groups = lib.split("\n\n").map(|group| group.lines().filter_map(module).collect::<Vec<_>>());
    groups.filter(|group| !group.is_empty()).collect()
}

/// `src/topics/heads.rs` belongs to `topics`.
fn module_of(path: &str) -> String {
    let inside = path.trim_start_matches("src/");
    inside.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// Without comments, and without the unit tests at the end, which may use what they like.
fn code_of(source: &str) -> String {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Every `crate::a::b` the code names, groups in braces taken apart, as `a::b` (two steps are enough).
fn uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$') {
            collect(&code[at + "crate::".len()..], "", &mut found);
        }
    }
    found
}

/// Reads one path or `{…}` group at the start of `rest`.
fn collect(rest: &str, prefix: &str, found: &mut Vec<String>) {
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    collect(group[start..at].trim(), prefix, found);
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                _ => {}
            }
        }
        return;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    match rest[end..].strip_prefix("::") {
        Some(more) if prefix.is_empty() => collect(more, name, found),
        _ if name.is_empty() => {}
        _ if prefix.is_empty() => found.push(name.to_owned()),
        _ => found.push(format!("{prefix}::{name}")),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Our own files under a folder (`""`: everywhere) with these extensions, sorted: path and content.
fn sources(folder: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    walk(&root().join(folder), &mut files);
    files.sort();
    let relative =
        |file: &PathBuf| file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let wanted =
        files.iter().map(|file| (relative(file), file)).filter(|(p, _)| extensions.contains(&extension(p)));
    wanted.filter_map(|(path, file)| Some((path, fs::read_to_string(file).ok()?))).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    // Built, installed, downloaded or generated: not ours to judge.
    const SKIPPED: [&str; 9] =
        ["target", "node_modules", "dist", "generated", "build", "fixtures", "corpus", "__pycache__", "venv"];
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) && (!name.starts_with('.') || name == ".github") {
                walk(&path, files);
            }
        } else {
            files.push(path);
        }
    }
}

#[test]
fn the_check_itself_reads_paths_and_groups() {
    let code = "use crate::{kinds, offsets::{ByteSpan, Bytes}, Error};\nlet x = crate::text::Text::plain(y);\nmycrate::z";
    assert_eq!(uses(code), ["kinds", "offsets::ByteSpan", "offsets::Bytes", "Error", "text::Text"]);
    assert_eq!(
        uses("use crate::stance::{\n    polarity,\n    pairs::Pair,\n};"),
        ["stance::polarity", "stance::pairs"]
    );
}
