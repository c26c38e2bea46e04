//! `chokepoint calibrate`: fits what is uncertain to a crisis of the past, and writes the sets that runs draw from.

use super::list::library;
use crate::arguments::CalibrateOptions;
use crate::failure::Failure;
use crate::machine;
use crate::printer::Printer;
use chokepoint_input::library::ids;
use chokepoint_montecarlo::history::fit::{self, Crisis, Effort, Fit};
use chokepoint_montecarlo::history::posterior::{self, Provenance};
use chokepoint_montecarlo::results::{self, ResultsError};
use chokepoint_scenario::history::{self, History};
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(crate) fn calibrate(options: &CalibrateOptions, printer: Printer) -> Result<(), Failure> {
    let mut crises = Vec::new();
    for name in &options.histories {
        let (history, mut experiment, warnings) =
            history::load(&find(name)?, None).map_err(Failure::Invalid)?;
        printer.warnings(&warnings);
        // what is fitted starts from the priors, whatever was fitted before
        experiment.drop_posterior();
        crises.push((history, experiment));
    }
    let histories: Vec<&History> = crises.iter().map(|(history, _)| history).collect();
    let id = histories.iter().map(|history| history.id.as_str()).collect::<Vec<_>>().join("+");
    let effort = Effort {
        candidates: options.candidates,
        kept: options.kept.min(options.candidates),
        rounds: options.rounds,
        steps: options.steps,
        seed: options.chance.seed,
    };
    let out = match &options.out {
        Some(out) => out.clone(),
        None => library()?.join("posteriors"),
    };
    let (table, words) = (out.join(format!("{id}.csv")), out.join(format!("{id}.ron")));
    if table.exists() && !options.force {
        return Err(ResultsError::Exists(table).into());
    }
    let stop = machine::interrupt();
    let pool = machine::pool(options.chance.threads)?;
    let moved = effort.rounds.saturating_mul(effort.steps).saturating_mul(effort.kept.div_ceil(2));
    let most = effort.candidates.saturating_add(moved);
    let most = most.saturating_mul(crises.len() as u32);
    let bar = machine::progress(most, printer.hides_progress());
    let fit = pool.install(|| fit::fit(&crises, effort, &|n| bar.inc(u64::from(n)), &stop))?;
    bar.finish_and_clear();
    let inputs = digests(&crises);
    let provenance = Provenance::new(&fit, &histories, effort, env!("CARGO_PKG_VERSION"), inputs);
    let text =
        provenance.text().map_err(|e| Failure::Machine(format!("cannot write the provenance: {e}")))?;
    results::replace(&table, posterior::table(&fit).as_bytes())?;
    results::replace(&words, text.as_bytes())?;
    printer.result(&provenance, || render(&histories, &fit, &provenance));
    printer.talk(&format!("Fitted sets and where they come from are in {}\n", out.display()));
    Ok(())
}

/// A history by its id, by the year in it, or as a file.
pub(crate) fn find(name: &str) -> Result<PathBuf, Failure> {
    let file = Path::new(name);
    if file.is_file() {
        return Ok(file.to_owned());
    }
    let folder = library()?.join("histories");
    let known = ids(&folder);
    let found = known.iter().find(|id| *id == name || id.ends_with(&format!("-{name}")));
    found.map(|id| folder.join(format!("{id}.ron"))).ok_or_else(|| {
        Failure::Usage(format!("there is no history `{name}`; there is: {}", known.join(", ")))
    })
}

/// Names and digests of everything that was read but the fitted sets themselves.
fn digests(crises: &[Crisis]) -> Vec<(String, String)> {
    crises
        .iter()
        .flat_map(|(history, experiment)| experiment.files.iter().chain(&history.files))
        .map(|source| {
            let name = source.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            (name, results::digest(source.text.as_bytes())[..16].to_owned())
        })
        .collect()
}

fn render(histories: &[&History], fit: &Fit, provenance: &Provenance) -> String {
    let tried: u32 = fit.rounds.iter().map(|r| r.tried).sum();
    let tolerance = fit.rounds.last().map_or(0.0, |r| r.tolerance);
    let mut text = format!(
        "\n{}\n{tried} candidates in {} rounds; {} sets kept, all within a distance of {tolerance:.2}\n\nFitted targets                                observed       P5      P50      P95\n",
        histories.iter().map(|history| history.name.as_str()).collect::<Vec<_>>().join("; "),
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
