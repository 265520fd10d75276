//! The tools that come from npm: esbuild, binaryen, and what the browser tests use.

use crate::project::{self, command, path, run};
use crate::stamp::{self, Inputs};
use anyhow::{Context, Result};
use std::process::Command;

/// Installs what `package-lock.json` in `directory` (`""`: the root) names, unless it is there already.
pub fn install(directory: &str) -> Result<()> {
    let at = project::root().join(directory);
    let lock = at.join("package-lock.json");
    let inputs = Inputs::default().file(&lock).with_context(|| format!("reading {}", lock.display()))?;
    let name = format!("npm-{}", if directory.is_empty() { "root" } else { directory });
    stamp::once(&name, inputs, &[at.join("node_modules/.package-lock.json")], || {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        // No package of ours needs its install script, so none gets to run.
        let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(command(npm).args(args).current_dir(&at))
            .context("Standpoint's build needs Node 20 or newer with npm")
    })
}

/// Node with its arguments.
pub fn node(args: &[&str]) -> Command {
    let mut node = command("node");
    node.args(args);
    node
}

/// A tool from `node_modules`, given its script's path in there.
pub fn tool(script: &str) -> Command {
    let mut node = command("node");
    node.arg(path("node_modules").join(script));
    node
}
