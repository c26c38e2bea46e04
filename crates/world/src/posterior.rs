//! A posterior: fitted parameters that a Monte Carlo draws together, in place of their priors.

use chokepoint_input::problem::{Code, Place, Problems, Source};
use chokepoint_input::table::Table;
use chokepoint_input::{file, library};
use std::path::Path;
use std::sync::Arc;

/// Most fitted parameter sets that a file may hold.
const MOST_PARTICLES: usize = 100_000;

/// Which set of a posterior a replicate takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// One that is drawn.
    Drawn,
    /// Replicate k takes set k: how candidates are tried in a calibration.
    InTurn,
}

/// Sets of fitted values, each to be used whole: the numbers of a set belong together.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// Id: the name of its files without ending.
    pub id: String,
    /// Names of what was fitted: parameters of the world, or numbers of events and measures.
    pub names: Vec<String>,
    /// `[set][name]`; the first set is the central one.
    pub sets: Vec<Vec<f64>>,
    /// How replicates take them.
    pub take: Take,
    /// The file.
    pub source: Arc<Source>,
}

impl Posterior {
    /// Reads `posteriors/ID.csv` of a library.
    pub fn read(id: &str, library: &Path, place: &Place, problems: &mut Problems) -> Option<Self> {
        let folder = library.join("posteriors");
        let path = folder.join(format!("{id}.csv"));
        if !path.is_file() {
            let known: Vec<String> = library::ids(&folder);
            problems.unknown(place, "posterior", id, known.iter().map(String::as_str));
            return None;
        }
        let source = file::source(&path, problems)?;
        let table = Table::parse(Arc::clone(&source), id.to_owned(), &[], problems)?;
        let names: Vec<String> = table.columns().to_vec();
        let bounds = (-1e12, 1e12);
        let sets: Vec<Vec<f64>> = table
            .records()
            .map(|row| names.iter().filter_map(|name| row.number(name, bounds, problems)).collect())
            .collect();
        let whole = sets.iter().all(|set: &Vec<f64>| set.len() == names.len());
        if sets.is_empty() || sets.len() > MOST_PARTICLES {
            problems
                .error(Code::OutOfRange, place, format!("the posterior `{id}` holds {} sets", sets.len()))
                .label("named here")
                .help(format!(
                    "give a file of 1 to {MOST_PARTICLES} rows, such as `chokepoint calibrate` writes"
                ));
            return None;
        }
        whole.then(|| Self { id: id.to_owned(), names, sets, take: Take::Drawn, source })
    }

    /// Place of a name among what was fitted.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// Leaves a number to its prior: a user has put another in its place.
    pub fn forget(&mut self, name: &str) {
        if let Some(place) = self.place(name) {
            self.names.remove(place);
            for set in &mut self.sets {
                set.remove(place);
            }
        }
    }
}
