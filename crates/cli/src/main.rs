//! `chokepoint`: the command line. The only crate that prints. Results go to stdout, talk and progress to stderr.

mod arguments;
mod backtest;
mod calibrate;
mod chart;
mod compare;
mod explain;
mod failure;
mod finished;
mod init;
mod keeping;
mod list;
mod machine;
mod manifest;
mod portfolio;
mod report;
mod reproduce;
mod results;
mod run;
mod sensitivity;
mod simulation;
mod summary;
mod synth;
mod terminal;
mod validate;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use failure::Failure;
use std::process::ExitCode;

/// Batches take and give back some ten megabytes each, which the system's allocator gives back to the kernel and takes
/// again page by page: measured in docs/performance.md.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match act(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report(arguments.json);
            ExitCode::from(failure.code())
        }
    }
}

fn act(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Run(options) => run::run(options, arguments.json, arguments.quiet),
        Command::Backtest(options) => backtest::backtest(options, arguments.json, arguments.quiet),
        Command::Calibrate(options) => calibrate::calibrate(options, arguments.json, arguments.quiet),
        Command::Sensitivity(options) => sensitivity::sensitivity(options, arguments.json, arguments.quiet),
        Command::Compare(options) => compare::compare(options, arguments.json, arguments.quiet),
        Command::Portfolio(options) => portfolio::portfolio(options, arguments.json, arguments.quiet),
        Command::Chart(options) => chart::chart(options, arguments.quiet),
        Command::Report(options) => report::report(options, arguments.quiet),
        Command::Explain(options) => explain::explain(options, arguments.json),
        Command::List { what } => list::list(*what, arguments.json),
        Command::Validate { files } => validate::validate(files, arguments.json, arguments.quiet),
        Command::Init { folder, template } => init::init(folder, template),
        Command::Reproduce(options) => reproduce::reproduce(options, arguments.json, arguments.quiet),
        Command::Synth(options) => synth::synth(options, arguments.json),
        Command::Schema => {
            terminal::out(&chokepoint_scenario::schema::markdown());
            Ok(())
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "chokepoint", &mut script);
            terminal::out(&String::from_utf8_lossy(&script));
            Ok(())
        }
        Command::Cite => {
            terminal::out(include_str!("../../../CITATION.cff"));
            Ok(())
        }
    }
}
