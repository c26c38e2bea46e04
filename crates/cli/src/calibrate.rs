//! `chokepoint calibrate`: fits what is uncertain to a crisis of the past, and writes the sets that runs draw from.

use crate::arguments::CalibrateOptions;
use crate::failure::{self, Failure};
use crate::{manifest, run, terminal};
use chokepoint_montecarlo::history::fit::{self, Effort, Fit};
use chokepoint_montecarlo::history::posterior::{self, Provenance};
use chokepoint_montecarlo::results;
use chokepoint_scenario::experiment::{Experiment, ids};
use chokepoint_scenario::history::{self, History};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Where histories are, from the folder in which the program is called.
const HISTORIES: &str = "scenarios/histories";

pub(crate) fn calibrate(options: &CalibrateOptions, json: bool, quiet: bool) -> Result<(), Failure> {
    let path = find(&options.history)?;
    let (history, mut experiment, warnings) = history::load(&path, None).map_err(Failure::Invalid)?;
    if !quiet && !warnings.0.is_empty() {
        terminal::err(&failure::render(&warnings));
    }
    // what is fitted starts from the priors, whatever was fitted before
    experiment.world.posterior = None;
    let effort = Effort {
        candidates: options.candidates,
        kept: options.kept.min(options.candidates),
        rounds: options.rounds,
        steps: options.steps,
        seed: options.seed,
    };
    let out = options.out.clone().unwrap_or_else(|| beside(&path));
    let stop = run::interrupt();
    let pool = run::pool(options.threads)?;
    let most = effort.candidates + effort.rounds * effort.steps * effort.kept.div_ceil(2);
    let bar = run::progress(most, quiet || json);
    let fit = pool.install(|| fit::fit(&experiment, &history, effort, &|n| bar.inc(u64::from(n)), &stop))?;
    bar.finish_and_clear();
    let inputs = digests(&experiment, &history);
    let provenance = Provenance::new(&fit, &history, effort, env!("CARGO_PKG_VERSION"), inputs);
    let text =
        provenance.text().map_err(|e| Failure::Machine(format!("cannot write the provenance: {e}")))?;
    results::replace(&out.join(format!("{}.csv", history.id)), posterior::table(&fit).as_bytes())?;
    results::replace(&out.join(format!("{}.ron", history.id)), text.as_bytes())?;
    if json {
        terminal::out(&(serde_json::to_string_pretty(&provenance).unwrap_or_default() + "\n"));
    } else {
        terminal::out(&told(&history, &fit, &provenance));
    }
    if !quiet {
        terminal::err(&format!("Fitted sets and where they come from are in {}\n", out.display()));
    }
    Ok(())
}

/// A history by its id, by the year in it, or as a file.
pub(crate) fn find(name: &str) -> Result<PathBuf, Failure> {
    let file = Path::new(name);
    if file.is_file() {
        return Ok(file.to_owned());
    }
    let known = ids(Path::new(HISTORIES));
    let found = known.iter().find(|id| *id == name || id.ends_with(&format!("-{name}")));
    found.map(|id| Path::new(HISTORIES).join(format!("{id}.ron"))).ok_or_else(|| {
        Failure::Usage(format!("no history `{name}` in {HISTORIES}; there is: {}", known.join(", ")))
    })
}

/// The folder of posteriors that belongs to a history file.
fn beside(history: &Path) -> PathBuf {
    history.parent().and_then(Path::parent).unwrap_or(Path::new(".")).join("posteriors")
}

/// Names and digests of everything that was read but the fitted sets themselves.
fn digests(experiment: &Experiment, history: &History) -> Vec<(String, String)> {
    let fitted = experiment.world.posterior.as_ref().map(|p| p.source.path.clone());
    experiment
        .files
        .iter()
        .chain(&history.files)
        .filter(|source| Some(&source.path) != fitted.as_ref())
        .filter(|source| !source.path.components().any(|c| c.as_os_str() == "posteriors"))
        .map(|source| {
            let name = source.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            (name, manifest::digest(source.text.as_bytes())[..16].to_owned())
        })
        .collect()
}

fn told(history: &History, fit: &Fit, provenance: &Provenance) -> String {
    let tried: u32 = fit.rounds.iter().map(|r| r.tried).sum();
    let tolerance = fit.rounds.last().map_or(0.0, |r| r.tolerance);
    let mut text = format!(
        "\n{}\n{tried} candidates in {} rounds; {} sets kept, all within a distance of {tolerance:.2}\n\nFitted targets                                observed       P5      P50      P95\n",
        history.name,
        fit.rounds.len(),
        fit.kept.len(),
    );
    for target in &provenance.targets {
        let [p5, p50, p95] = target.modelled;
        let _ =
            writeln!(text, "  {:<42} {:>9.1} {p5:>8.1} {p50:>8.1} {p95:>8.1}", target.id, target.observed);
    }
    text.push_str(
        "\nWhat was learnt, most influential first                    prior (P5 P50 P95)              posterior      width\n",
    );
    for row in &provenance.numbers {
        let _ = writeln!(
            text,
            "  {:<46} {} {}   {:.2}",
            row.name,
            three(row.prior),
            three(row.posterior),
            row.width
        );
    }
    text
}

fn three(values: [f64; 3]) -> String {
    values.map(|v| format!("{v:>8.3}")).join(" ")
}
