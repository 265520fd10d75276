//! Rust to WebAssembly: compile, bind, optimise.

use crate::npm;
use crate::project::{self, cargo, command, output, path, run};
use crate::stamp::{self, Inputs};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The target that every browser runs.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What the module may use: all of it is in Chrome 91, Firefox 89 and Safari 16.4.
/// Never `--all-features`, which emits types that every browser rejects.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// How a release is optimised. Left to itself `wasm-opt` puts everything that is called from one place into its caller, and
/// makes one function of the whole annotation: engines optimise such a giant only after several articles.
const OPTIMISE: [&str; 4] =
    ["-O3", "--strip-debug", "--strip-producers", "--one-caller-inline-max-function-size=50"];

/// Where the generated files go; the sources in `www/` import them from there.
pub fn generated() -> PathBuf {
    path("www/generated")
}

/// Compiles the library and writes `standpoint_wasm.js`, `standpoint_wasm_bg.wasm` and their types, and the
/// models beside them.
pub fn build(release: bool) -> Result<()> {
    add_target()?;
    let mut args = vec!["build", "--lib", "--no-default-features", "--target", TARGET];
    if release {
        args.push("--release");
    }
    run(&mut cargo(&args))?;
    let profile = if release { "release" } else { "debug" };
    let compiled = project::target().join(TARGET).join(profile).join("standpoint.wasm");
    let bound = generated().join("standpoint_wasm_bg.wasm");
    let outputs = [bound.clone(), generated().join("standpoint_wasm.js")];
    let flags = format!("{release} {FEATURES:?} {OPTIMISE:?}");
    let inputs = Inputs::default().text(&flags).file(&compiled)?.file(&path("Cargo.lock"))?;
    stamp::once("wasm", inputs, &outputs, || {
        fs::create_dir_all(generated())?;
        bind(&compiled)?;
        if release {
            optimise(&bound)?;
        }
        Ok(())
    })?;
    copy_models()
}

/// Installs the target where rustup manages the toolchain.
pub fn add_target() -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    let installed = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib");
    if !installed.exists() {
        run(command("rustup").args(["target", "add", TARGET]))
            .with_context(|| format!("install the Rust target {TARGET}"))?;
    }
    Ok(())
}

fn bind(compiled: &Path) -> Result<()> {
    eprintln!("$ wasm-bindgen --target web");
    let mut args =
        vec!["wasm-bindgen".into(), compiled.into(), "--out-dir".into(), generated().into_os_string()];
    args.extend(["--target", "web", "--out-name", "standpoint_wasm"].map(Into::into));
    args.extend(["--remove-name-section", "--remove-producers-section"].map(Into::into));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args)
}

fn optimise(module: &Path) -> Result<()> {
    npm::install("")?;
    let mut wasm_opt = npm::tool("binaryen/bin/wasm-opt");
    wasm_opt.args(FEATURES).args(OPTIMISE);
    run(wasm_opt.arg(module).arg("-o").arg(module))
}

/// The models are files of their own: loaded when needed, cached apart from the code.
fn copy_models() -> Result<()> {
    for entry in fs::read_dir(path("models"))? {
        let from = entry?.path();
        if from.extension().is_some_and(|extension| extension == "model") {
            copy_if_changed(&from, &generated().join(from.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// Copies, leaving an equal file's time of change alone.
pub fn copy_if_changed(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from)?;
    if fs::read(to).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    fs::create_dir_all(to.parent().expect("a file lies in a directory"))?;
    fs::write(to, bytes)?;
    Ok(())
}
