//! `chokepoint list`.

use crate::arguments::Listed;
use crate::failure::Failure;
use crate::printer::Printer;
use chokepoint_input::library;
use chokepoint_input::problem::Problems;
use chokepoint_scenario::shelf;
use chokepoint_world::catalogue::Parameter;
use chokepoint_world::load;
use std::path::{Path, PathBuf};

/// The library that the working folder belongs to.
pub(crate) fn library() -> Result<PathBuf, Failure> {
    library::library(Path::new("x")).ok_or_else(|| {
        Failure::Usage("no folder `scenarios/worlds` here or above; run this inside the project".to_owned())
    })
}

pub(crate) fn list(what: Listed, printer: Printer) -> Result<(), Failure> {
    let mut problems = Problems::default();
    let rows = match what {
        Listed::Charts => chokepoint_charts::KINDS
            .iter()
            .map(|(_, id, name)| vec![(*id).to_owned(), (*name).to_owned()])
            .collect(),
        Listed::Worlds => worlds(&library()?, &mut problems),
        Listed::Scenarios => scenarios(&library()?, &mut problems),
        Listed::Strategies => strategies(&library()?, &mut problems),
        Listed::Histories => histories(&library()?, &mut problems),
        Listed::Parameters => parameters(&library()?, &mut problems),
    };
    if problems.fatal() {
        return Err(Failure::Invalid(problems));
    }
    printer.result(&rows, || in_columns(&rows));
    Ok(())
}

fn worlds(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let row = |world: load::Described| {
        let draft = &world.draft;
        let size = format!(
            "{} countries, {} commodities, {} plants, {} final producers",
            draft.countries.len(),
            draft.commodities.len(),
            draft.plants.len(),
            draft.users.len()
        );
        vec![world.id, size, world.as_of.to_string(), world.name]
    };
    shelf::worlds(library, problems).into_iter().map(row).collect()
}

fn scenarios(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let row = |s: shelf::ScenarioHead| vec![s.id, s.status.name().to_owned(), s.as_of.to_string(), s.name];
    shelf::scenarios(library, problems).into_iter().map(row).collect()
}

fn strategies(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let row = |s: shelf::StrategyHead| vec![s.id, format!("{} pays", s.paid_by), s.date.to_string(), s.name];
    shelf::strategies(library, problems).into_iter().map(row).collect()
}

fn histories(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let row = |h: shelf::HistoryHead| {
        let (fitted, scored) = h.targets;
        vec![h.id, format!("{fitted} fitted, {scored} scored"), h.name]
    };
    shelf::histories(library, problems).into_iter().map(row).collect()
}

fn parameters(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let rows = |world: load::Described| -> Vec<Vec<String>> {
        let row = |p: &Parameter| {
            let (low, high) = p.distribution.range();
            vec![
                p.name.clone(),
                world.id.clone(),
                format!("{} ({low} to {high}) {}", p.distribution.central(), p.unit),
                p.grade.clone(),
                p.note.clone(),
            ]
        };
        world.draft.parameters.values().map(row).collect()
    };
    shelf::worlds(library, problems).into_iter().flat_map(rows).collect()
}

fn in_columns(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|c| rows.iter().filter_map(|r| r.get(c)).map(|t| t.chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
