//! `chokepoint list`.

use crate::arguments::Kind;
use crate::failure::Failure;
use crate::terminal;
use chokepoint_scenario::experiment::{self, Request};
use chokepoint_scenario::history;
use chokepoint_scenario::load::{self, Replacements};
use chokepoint_scenario::problem::Problems;
use std::path::{Path, PathBuf};

/// The library that the working folder belongs to.
pub(crate) fn library() -> Result<PathBuf, Failure> {
    load::library(Path::new("x")).ok_or_else(|| {
        Failure::Usage("no folder `scenarios/worlds` here or above; run this inside the project".to_owned())
    })
}

pub(crate) fn list(what: Kind, json: bool) -> Result<(), Failure> {
    let mut problems = Problems::default();
    let rows = match what {
        Kind::Charts => chokepoint_charts::KINDS
            .iter()
            .map(|(_, id, name)| vec![(*id).to_owned(), (*name).to_owned()])
            .collect(),
        Kind::Worlds => worlds(&library()?, &mut problems),
        Kind::Scenarios => scenarios(&library()?, &mut problems),
        Kind::Strategies => strategies(&library()?, &mut problems),
        Kind::Histories => histories(&library()?, &mut problems),
        Kind::Parameters => parameters(&library()?, &mut problems),
    };
    if problems.fatal() {
        return Err(Failure::Invalid(problems));
    }
    print(&rows, json);
    Ok(())
}

fn worlds(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    each_world(library, problems, |world| {
        vec![vec![
            world.id.clone(),
            format!("{} agents, {} links", world.agents.len(), world.network.links.len()),
            world.as_of.to_string(),
            world.name.clone(),
        ]]
    })
}

fn each_world(
    library: &Path,
    problems: &mut Problems,
    rows: impl Fn(&chokepoint_scenario::world::World) -> Vec<Vec<String>>,
) -> Vec<Vec<String>> {
    let folder = library.join("worlds");
    let mut all = Vec::new();
    for id in experiment::ids(&folder) {
        if let Some(world) =
            load::world(&folder.join(format!("{id}.ron")), &Replacements::default(), problems)
        {
            all.extend(rows(&world));
        }
    }
    all
}

fn scenarios(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for id in experiment::ids(library) {
        let request = Request {
            scenario: library.join(format!("{id}.ron")),
            strategies: Some(Vec::new()),
            ..Request::default()
        };
        match experiment::load(&request) {
            Ok((experiment, _)) => rows.push(vec![
                id,
                experiment.scenario.status.name().to_owned(),
                experiment.scenario.as_of.to_string(),
                experiment.scenario.name,
            ]),
            Err(found) => problems.0.extend(found.0),
        }
    }
    rows
}

/// Every strategy, read in a scenario of the world that it is written for.
fn strategies(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let folder = library.join("strategies");
    let hosts: std::collections::BTreeSet<_> = experiment::ids(&folder)
        .into_iter()
        .map(|id| experiment::host(library, &folder.join(format!("{id}.ron"))))
        .collect();
    let mut rows = Vec::new();
    for scenario in hosts {
        let request = Request { scenario, all_strategies: true, ..Request::default() };
        match experiment::load(&request) {
            Ok((experiment, _)) => rows.extend(
                experiment
                    .arms
                    .into_iter()
                    .filter(|arm| !arm.id.starts_with(experiment::CALM_WITH))
                    .filter_map(|arm| arm.strategy)
                    .map(|s| vec![s.id.clone(), format!("{} pays", s.paid_by()), s.date.to_string(), s.name]),
            ),
            Err(found) => problems.0.extend(found.0),
        }
    }
    rows.sort();
    rows.dedup();
    rows
}

fn histories(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    let folder = library.join("histories");
    let mut rows = Vec::new();
    for id in experiment::ids(&folder) {
        match history::load(&folder.join(format!("{id}.ron")), None) {
            Ok((history, ..)) => {
                let fitted = history.targets.iter().filter(|t| t.fit.is_some()).count();
                let scored = history.targets.len() - fitted;
                rows.push(vec![id, format!("{fitted} fitted, {scored} scored"), history.name]);
            }
            Err(found) => problems.0.extend(found.0),
        }
    }
    rows
}

fn parameters(library: &Path, problems: &mut Problems) -> Vec<Vec<String>> {
    each_world(library, problems, |world| {
        world
            .parameters
            .values()
            .map(|p| {
                let (low, high) = p.distribution.range();
                vec![
                    p.name.clone(),
                    world.id.clone(),
                    format!("{} ({low} to {high}) {}", p.distribution.central(), p.unit),
                    p.grade.clone(),
                    p.note.clone(),
                ]
            })
            .collect()
    })
}

fn print(rows: &[Vec<String>], json: bool) {
    if json {
        terminal::out(&format!("{:#}\n", serde_json::json!(rows)));
        return;
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|c| rows.iter().filter_map(|r| r.get(c)).map(|t| t.chars().count()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let line: Vec<String> =
            row.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}")).collect();
        terminal::out(&format!("{}\n", line.join("  ").trim_end()));
    }
}
