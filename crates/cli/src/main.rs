//! `chokepoint`: the command line. The only crate that prints. Results go to stdout, talk and progress to stderr.

mod arguments;
mod commands;
mod failure;
mod finished;
mod keeping;
mod machine;
mod manifest;
mod printer;
mod results;
mod simulation;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use commands::{
    backtest, calibrate, chart, compare, explain, init, list, portfolio, report, reproduce, run, sensitivity,
    synth, validate, validation,
};
use failure::Failure;
use printer::Printer;
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
    let printer = Printer { json: arguments.json, quiet: arguments.quiet };
    let done = act(&arguments.command, printer).and_then(|()| {
        let lost = "what was asked for could not be printed in full: standard output cannot be written";
        if Printer::has_lost_results() { Err(Failure::Machine(lost.to_owned())) } else { Ok(()) }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            printer.failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

fn act(command: &Command, printer: Printer) -> Result<(), Failure> {
    match command {
        Command::Run(options) => run::run(options, printer),
        Command::Backtest(options) => backtest::backtest(options, printer),
        Command::Calibrate(options) => calibrate::calibrate(options, printer),
        Command::Sensitivity(options) => sensitivity::sensitivity(options, printer),
        Command::Compare(options) => compare::compare(options, printer),
        Command::Portfolio(options) => portfolio::portfolio(options, printer),
        Command::Chart(options) => chart::chart(options, printer),
        Command::Report(options) => report::report(options, printer),
        Command::Explain(options) => explain::explain(options, printer),
        Command::List { what } => list::list(*what, printer),
        Command::Validate { files } => validate::validate(files, printer),
        Command::Validation(options) => validation::validation(options, printer),
        Command::Init { folder, template } => init::init(folder, template, printer),
        Command::Reproduce(options) => reproduce::reproduce(options, printer),
        Command::Synth(options) => synth::synth(options, printer),
        Command::Schema => {
            printer.out(&chokepoint_scenario::schema::markdown());
            Ok(())
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "chokepoint", &mut script);
            printer.out(&String::from_utf8_lossy(&script));
            Ok(())
        }
        Command::Cite => {
            printer.out(include_str!("../../../CITATION.cff"));
            Ok(())
        }
    }
}
