//! `chokepoint validation`: measures what `docs/validation.md` says, and puts it into the page.

mod baselines;
mod bench;
mod estimates;
mod histories;
mod page;
mod rules;
mod squeeze;

use super::list;
use crate::arguments::ValidationOptions;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::{machine, results};
use bench::Bench;
use chokepoint_charts::{Credit, FigureSet};
use chokepoint_montecarlo::drift;
use chokepoint_scenario::Request;
use page::Figures;
use std::path::{Path, PathBuf};

pub(crate) fn validation(options: &ValidationOptions, printer: Printer) -> Result<(), Failure> {
    if let Some(folder) = &options.page {
        return page::write(folder, printer);
    }
    let library = list::library()?;
    let scenarios = match options.scenarios.as_slice() {
        [] => shipped(&library)?,
        some => some.to_vec(),
    };
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("output").join("validation"));
    let mut folder = results::open(&out, options.force, printer)?;
    let (stop, pool) = (machine::interrupt(), machine::pool(options.amount.chance.threads)?);
    let bench = Bench { settings: options.amount.settings(), pool: &pool, stop: &stop, printer };
    let mut figures = Figures::default();
    let mut studies = Vec::new();
    for scenario in &scenarios {
        let request =
            Request { scenario: scenario.clone(), strategies: Some(Vec::new()), ..Request::default() };
        let (experiment, warnings) = chokepoint_scenario::load(&request).map_err(Failure::Invalid)?;
        printer.warnings(&warnings);
        studies.push(rules::study(experiment, &bench)?);
    }
    folder.write("rules.csv", rules::table(&studies).as_bytes())?;
    rules::figures(&studies, &mut figures);
    let mut pages = vec![("rules.md".to_owned(), rules::page(&studies, bench.settings))];
    let experiments = studies.iter().map(|study| &study.experiment);
    let (baselines, charts) = baselines::page(experiments.clone(), &mut figures)?;
    for (subject, chart) in charts {
        let credit = Credit {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            world: subject.id.clone(),
            subject,
            replicates: drift::REPLICATES,
            digest: chokepoint_montecarlo::results::digest(baselines.as_bytes())[..16].to_owned(),
        };
        results::figures(&mut folder, &FigureSet { credit, charts: vec![chart] }, printer)?;
    }
    pages.push(("baseline.md".to_owned(), baselines));
    pages.push(("estimates.md".to_owned(), estimates::page(&library, &scenarios, &bench)?));
    pages.extend(histories::pages(&library, experiments.clone(), &bench, &mut figures)?);
    for experiment in experiments.filter(|experiment| experiment.scenario.id == squeeze::SCENARIO) {
        squeeze::measure(experiment, &bench, &mut figures)?;
    }
    figures.set("rules.replicates", bench.settings.replicates);
    for (name, text) in &pages {
        folder.write(name, text.as_bytes())?;
        printer.out(text);
    }
    folder.write("figures.tsv", figures.table().as_bytes())?;
    let place = folder.finish()?;
    printer.talk(&format!("Tables are in {}\n", place.display()));
    Ok(())
}

/// The scenarios of the library in which something happens.
fn shipped(library: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(library)
        .map_err(|e| Failure::Machine(format!("cannot read {}: {e}", library.display())))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "ron") && !file.ends_with("baseline.ron"));
    files.sort_unstable();
    Ok(files)
}
