//! `www/` to `dist/`: what a newsroom puts on its server.

use crate::npm;
use crate::project::{self, path, run};
use crate::wasm;
use anyhow::Result;

/// Builds everything: the WebAssembly module, then the bundle.
pub fn build(release: bool) -> Result<()> {
    wasm::build(release)?;
    if !path("www/standpoint.js").exists() {
        eprintln!("no www/standpoint.js: nothing to bundle");
        return Ok(());
    }
    npm::install("")?;
    let mut bundle = npm::node(&["xtask/js/bundle.mjs"]);
    if release {
        bundle.arg("--minify");
    }
    run(&mut bundle)?;
    eprintln!("built {}", project::path("dist").display());
    Ok(())
}
