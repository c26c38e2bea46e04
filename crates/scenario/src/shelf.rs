//! What stands in a library, from the heads of its files: nothing is balanced or resolved, so that a list is there at once.

use crate::arms::in_words;
use chokepoint_input::document::{
    HistoryDocument, MeasureDocument, Payer, RoleDocument, ScenarioDocument, Status, StrategyDocument,
    TargetOfHistory, parse,
};
use chokepoint_input::file;
use chokepoint_input::leaf::Leaf;
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

/// Who pays for the measures of a strategy: those who are named with them, the firms that thrift; the strategy's payer if
/// nobody is. The same is read from what measures do once a strategy is resolved, and a test holds the two together.
fn paid_by(document: &StrategyDocument<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let usual: Payer = document.payer.read(reader)?;
    let mut payers = Vec::new();
    for leaf in &document.measures {
        let measure: MeasureDocument<'_> = leaf.read(reader)?;
        let own: Option<Leaf<'_>> = match measure {
            MeasureDocument::Thrift(_) => {
                payers.push(Payer::Firm);
                continue;
            }
            MeasureDocument::Qualify(_)
            | MeasureDocument::Priority(_)
            | MeasureDocument::DataExchange(_)
            | MeasureDocument::SourcingCap(_) => continue,
            MeasureDocument::Notice(_) => None,
            MeasureDocument::Buffer(d) => d.payer,
            MeasureDocument::Stockpile(d) => d.payer,
            MeasureDocument::Build(d)
            | MeasureDocument::Grant(d)
            | MeasureDocument::InvestmentCredit(d)
            | MeasureDocument::ProductionCredit(d)
            | MeasureDocument::Loan(d)
            | MeasureDocument::ExportCredit(d)
            | MeasureDocument::PriceFloor(d)
            | MeasureDocument::Offtake(d)
            | MeasureDocument::Collect(d) => d.payer,
        };
        payers.push(match own {
            Some(leaf) => leaf.read(reader)?,
            None => usual,
        });
    }
    if payers.is_empty() {
        payers.push(usual);
    }
    payers.sort_unstable();
    payers.dedup();
    Some(in_words(&payers))
}
