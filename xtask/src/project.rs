//! Where things are, and how other programs are run.

use anyhow::{bail, Context, Result};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The repository's root: the one around the current directory, else the one this program was built in.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let here = std::env::current_dir().unwrap_or_default();
        let around = here.ancestors().find(|dir| dir.join("xtask/Cargo.toml").exists());
        around.or(Path::new(env!("CARGO_MANIFEST_DIR")).parent()).expect("xtask/ has a parent").to_owned()
    })
}

/// A path in the repository, such as `www/generated`.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Cargo's build directory.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| path("target"), |dir| root().join(dir))
}

/// A program to be run in the repository's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs us, with its own arguments.
pub fn cargo(args: &[&str]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(args);
    cargo
}

/// Says what is run, runs it, and fails unless it succeeds.
pub fn run(command: &mut Command) -> Result<()> {
    let said = say(command);
    eprintln!("$ {said}");
    let status = command.status().with_context(|| format!("cannot start `{said}`"))?;
    if !status.success() {
        bail!("`{said}` failed ({status})");
    }
    Ok(())
}

/// Runs quietly and returns what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let said = say(command);
    let output = command.output().with_context(|| format!("cannot start `{said}`"))?;
    if !output.status.success() {
        bail!("`{said}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first program of that name on the PATH.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .map(|dir| dir.join(name).with_extension(std::env::consts::EXE_EXTENSION))
        .find(|path| path.is_file())
}

/// The command line as a person would type it, paths cut short.
fn say(command: &Command) -> String {
    let short = |word: &OsStr| {
        let word = word.to_string_lossy();
        word.strip_prefix(&format!("{}/", root().display())).unwrap_or(&word).to_owned()
    };
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    std::iter::once(program).chain(command.get_args()).map(short).collect::<Vec<_>>().join(" ")
}
