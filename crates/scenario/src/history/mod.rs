//! A crisis of the past: what is on record of it, resolved against the scenario that shows its events.

mod named;
mod record;

pub use record::{History, Observation, Statistic, Target, Variant};

use crate::arms::{Experiment, NO_STRATEGY, Request};
use chokepoint_input::document::HistoryDocument;
use chokepoint_input::file;
use chokepoint_input::leaf::items;
use chokepoint_input::library::{ids, library_of};
use chokepoint_input::problem::Problems;
use chokepoint_input::reader::Reader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads a history and the experiment that it is about.
pub fn load(path: &Path, overrides: Option<PathBuf>) -> Result<(History, Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    match resolve(path, overrides, &mut problems) {
        Some((history, experiment)) if !problems.fatal() => Ok((history, experiment, problems)),
        _ => Err(problems),
    }
}

fn resolve(
    path: &Path,
    overrides: Option<PathBuf>,
    problems: &mut Problems,
) -> Option<(History, Experiment)> {
    let source = file::source(path, problems)?;
    let reader = &mut Reader::new(&source, problems);
    let document: HistoryDocument<'_> = chokepoint_input::document::parse(reader)?;
    let scenario = document.scenario.string(reader)?;
    let strategy = document.strategy.and_then(|leaf| leaf.string(reader));
    let library = library_of(reader)?;
    let file = library.join(format!("{scenario}.ron"));
    if !file.is_file() {
        let known = ids(&library);
        reader.unknown(document.scenario, "scenario", &scenario, known.iter().map(String::as_str));
        return None;
    }
    let request = Request {
        scenario: file,
        strategies: Some(strategy.iter().cloned().collect()),
        all_strategies: false,
        overrides,
        decisions: Vec::new(),
    };
    let experiment = match crate::load::load(&request) {
        Ok((experiment, warnings)) => {
            reader.problems.0.extend(warnings.0);
            experiment
        }
        Err(found) => {
            reader.problems.0.extend(found.0);
            return None;
        }
    };
    let named = named::Named { experiment: &experiment };
    let id = document.id.file_id(reader);
    let name = document.name.title(reader);
    let story = document.story.story(reader);
    let naive = named.naive(document.naive, reader);
    let realised = document.realised.iter().filter_map(|leaf| named.realised(*leaf, reader)).collect();
    let fitted = document.fitted.iter().filter_map(|leaf| named.fitted(*leaf, reader)).collect();
    let targets = items("numbers on record", &document.targets, reader);
    let targets = targets.iter().filter_map(|leaf| named.target(*leaf, reader)).collect();
    let variants = document.variants.iter().filter_map(|leaf| named.variant(*leaf, reader)).collect();
    let (prices, table) = named.prices(document.prices, path, reader)?;
    let history = History {
        id: id?,
        name: name?,
        story: story?,
        arm: strategy.unwrap_or_else(|| NO_STRATEGY.to_owned()),
        naive: naive?,
        realised,
        fitted,
        variants,
        targets,
        prices,
        files: vec![Arc::clone(&source), table],
    };
    Some((history, experiment))
}
