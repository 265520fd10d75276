//! `standpoint`: the command line of the crate, for newsrooms that annotate at publishing time and for research.

mod annotate;
mod args;
mod explain;
mod input;
mod jsonl;
mod models;
mod split;
mod stance;

use clap::Parser;
use std::process::ExitCode;

/// Exit code for bad input, whatever the command.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let outcome = match args::Args::parse().command {
        args::Command::Annotate(args) => annotate::run(args),
        args::Command::Stance(args) => stance::run(&args),
        args::Command::Split(args) => split::run(&args),
        args::Command::Explain(args) => explain::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("standpoint: {failure}");
            ExitCode::from(BAD_INPUT)
        }
    }
}
