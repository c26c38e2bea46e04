//! What stands in a library, from the heads of its files: nothing is balanced or resolved, so that a list is there at once.

use crate::arms::in_words;
use crate::measures;
use chokepoint_input::document::{
    HistoryDocument, Payer, RoleDocument, ScenarioDocument, Status, StrategyDocument, TargetOfHistory, parse,
};
use chokepoint_input::file;
use chokepoint_input::library::ids;
use chokepoint_input::problem::Problems;
use chokepoint_input::reader::Reader;
use chokepoint_world::load::{self as world, Described};
use jiff::civil::Date;
use std::path::Path;

/// The head of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioHead {
    /// Id.
    pub id: String,
    /// Whether it happened.
    pub status: Status,
    /// Date of the knowledge in it.
    pub as_of: Date,
    /// Title.
    pub name: String,
}

/// The head of a strategy.
#[derive(Clone, Debug)]
pub struct StrategyHead {
    /// Id.
    pub id: String,
    /// Who pays for its measures, in words.
    pub paid_by: String,
    /// Day of the decision.
    pub date: Date,
    /// Title.
    pub name: String,
}

/// The head of a history.
#[derive(Clone, Debug)]
pub struct HistoryHead {
    /// Id.
    pub id: String,
    /// Targets that a calibration may use, and those that are only scored.
    pub targets: (usize, usize),
    /// Title.
    pub name: String,
}

/// The worlds of a library, with their tables.
pub fn worlds(library: &Path, problems: &mut Problems) -> Vec<Described> {
    let folder = library.join("worlds");
    let read = |id: String| world::describe(&folder.join(format!("{id}.ron")), problems);
    ids(&folder).into_iter().filter_map(read).collect()
}

/// The scenarios of a library.
pub fn scenarios(library: &Path, problems: &mut Problems) -> Vec<ScenarioHead> {
    each(library, problems, |id, reader| {
        let document: ScenarioDocument<'_> = parse(reader)?;
        Some(ScenarioHead {
            id,
            status: document.status.read(reader)?,
            as_of: document.as_of.date(reader)?,
            name: document.name.string(reader)?,
        })
    })
}

/// The strategies of a library.
pub fn strategies(library: &Path, problems: &mut Problems) -> Vec<StrategyHead> {
    each(&library.join("strategies"), problems, |id, reader| {
        let document: StrategyDocument<'_> = parse(reader)?;
        Some(StrategyHead {
            id,
            paid_by: paid_by(&document, reader)?,
            date: document.date.date(reader)?,
            name: document.name.string(reader)?,
        })
    })
}

/// The histories of a library.
pub fn histories(library: &Path, problems: &mut Problems) -> Vec<HistoryHead> {
    each(&library.join("histories"), problems, |id, reader| {
        let document: HistoryDocument<'_> = parse(reader)?;
        let mut targets = (0, 0);
        for target in &document.targets {
            let target: TargetOfHistory<'_> = target.read(reader)?;
            match target.role {
                RoleDocument::Fit => targets.0 += 1,
                RoleDocument::Score => targets.1 += 1,
            }
        }
        Some(HistoryHead { id, targets, name: document.name.string(reader)? })
    })
}

fn each<T>(
    folder: &Path,
    problems: &mut Problems,
    read: impl Fn(String, &mut Reader<'_>) -> Option<T>,
) -> Vec<T> {
    let read = |id: String| {
        let source = file::source(&folder.join(format!("{id}.ron")), problems)?;
        read(id, &mut Reader::new(&source, problems))
    };
    ids(folder).into_iter().filter_map(read).collect()
}

/// Who pays for the measures of a strategy, as each of their kinds says.
fn paid_by(document: &StrategyDocument<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let usual: Payer = document.payer.read(reader)?;
    let mut payers = Vec::new();
    for leaf in &document.measures {
        let (kind, record) = measures::read(*leaf, reader)?;
        payers.push(kind.spec().pays.of(&record, usual, reader)?);
    }
    Some(in_words(&measures::payers(payers, usual)))
}
