//! `cargo xtask`: builds, serves, tests and measures Standpoint. Needs rustup and Node; fetches the rest itself.

mod bench;
mod browsers;
mod bundle;
mod npm;
mod package;
mod project;
mod serve;
mod size;
mod stamp;
mod test;
mod wasm;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, serves, tests and measures Standpoint.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile the library to WebAssembly into www/generated/, and bundle www/ into dist/
    Build {
        /// Optimise for size and speed, as for shipping
        #[arg(long)]
        release: bool,
    },
    /// Build as for shipping, serve dist/ and print where
    Demo {
        /// Port to serve on (0: any free one)
        #[arg(long, default_value_t = 8017)]
        port: u16,
    },
    /// Build as for shipping, and pack the npm package into target/package/
    Package,
    /// Run all tests, or one group of them
    Test { group: Option<test::Group> },
    /// Measure speed beside other splitters and taggers
    Bench,
    /// Print what a page downloads, and how that compares with tests/size-budget.json
    Size {
        /// Fail where a figure differs from the budget
        #[arg(long, conflicts_with = "accept")]
        check: bool,
        /// Make the present figures the budget
        #[arg(long)]
        accept: bool,
    },
    /// Run one WebAssembly test binary in a browser (`cargo test` calls this)
    #[command(hide = true)]
    WasmTestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Build { release } => bundle::build(release),
        Command::Demo { port } => {
            bundle::build(true)?;
            serve::serve(&project::path("dist"), port)
        }
        Command::Package => package::package(),
        Command::Test { group } => test::test(group),
        Command::Bench => bench::bench(),
        Command::Size { check: true, .. } => size::size(size::Mode::Check),
        Command::Size { accept: true, .. } => size::size(size::Mode::Accept),
        Command::Size { .. } => size::size(size::Mode::Print),
        Command::WasmTestRunner { args } => {
            let name = OsString::from("wasm-bindgen-test-runner");
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(name).chain(args))
        }
    }
}
