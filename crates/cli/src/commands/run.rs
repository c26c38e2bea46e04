//! `chokepoint run`: the main job.

use super::summary;
use crate::arguments::RunOptions;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::results;
use crate::simulation::Simulation;
use chokepoint_input::library;
use chokepoint_montecarlo::results::{Asked, Input};
use chokepoint_scenario::{Experiment, Request};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) fn run(options: &RunOptions, printer: Printer) -> Result<(), Failure> {
    let request = request(options);
    let (experiment, warnings) = chokepoint_scenario::load(&request).map_err(Failure::Invalid)?;
    printer.warnings(&warnings);
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("output").join(&experiment.scenario.id));
    let mut folder = results::open(&out, options.force, printer)?;
    let library = library::library(&options.scenario);
    let simulation = Simulation {
        experiment: &experiment,
        warnings: &warnings,
        asked: asked(&request, &experiment, library.as_deref()),
        library: library.as_deref(),
        settings: options.amount.settings(),
        tolerance: options.tolerance,
        threads: options.amount.chance.threads,
        keep_every: Duration::from_secs(u64::from(options.keep_every)),
        printer,
    };
    let (summary, place) = simulation.into_folder(&mut folder)?;
    printer.result(&summary, || summary::summary(&experiment, &summary));
    printer.talk(&format!("Tables and charts are in {}\n", place.display()));
    match summary.outside.len() {
        0 => Ok(()),
        n => Err(Failure::Outside(n)),
    }
}

/// What the manifest keeps of a request; the rest is in its inputs.
fn asked(request: &Request, experiment: &Experiment, library: Option<&Path>) -> Asked {
    // the file of overrides is the last that was read
    let overrides = request.overrides.as_ref().and_then(|_| experiment.files.last());
    Asked {
        command: "run".to_owned(),
        strategies: request.strategies.clone(),
        all_strategies: request.all_strategies,
        decision_dates: request.decisions.clone(),
        overrides: overrides.map(|source| Input::of(source, library).path),
    }
}

fn request(options: &RunOptions) -> Request {
    let listed: Vec<String> =
        options.strategies.iter().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    let strategies = match listed.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => None,
        ["none"] => Some(Vec::new()),
        _ => Some(listed.clone()),
    };
    let mut decisions = options.decision_dates.clone();
    decisions.sort_unstable();
    decisions.dedup();
    Request {
        scenario: options.scenario.clone(),
        strategies,
        all_strategies: listed == ["all"],
        overrides: options.overrides.clone(),
        decisions,
    }
}
