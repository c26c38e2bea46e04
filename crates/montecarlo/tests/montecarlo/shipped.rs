//! Loading what ships.

use chokepoint_core::lanes::Lane;
use chokepoint_core::outcome::Tally;
use chokepoint_core::plan::Replicates;
use chokepoint_core::scope::Series;
use chokepoint_core::week;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_montecarlo::runner::{Ensemble, Settings, run};
use chokepoint_scenario::{Experiment, Request, load};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

pub(crate) fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

/// A shipped scenario with its strategies.
pub(crate) fn shipped(id: &str) -> Experiment {
    request(Request { scenario: scenarios().join(format!("{id}.ron")), ..Request::default() })
}

/// Replicates of [`ran`].
pub(crate) const RAN: u32 = 8;

/// A shipped scenario with its strategies and what became of it: run once for all tests that ask.
pub(crate) fn ran(id: &str) -> Arc<(Experiment, Ensemble)> {
    static RUNS: Mutex<BTreeMap<String, Arc<(Experiment, Ensemble)>>> = Mutex::new(BTreeMap::new());
    let mut runs = RUNS.lock().unwrap();
    let run_once = || {
        let experiment = shipped(id);
        let settings = Settings { replicates: RAN, seed: 1, uncertainty: Uncertainty::FULL };
        let ensemble = run(&experiment, settings, &|_| (), &AtomicBool::new(false)).unwrap();
        Arc::new((experiment, ensemble))
    };
    Arc::clone(runs.entry(id.to_owned()).or_insert_with(run_once))
}

/// A shipped scenario with all strategies that fit its world.
pub(crate) fn shipped_with_all(id: &str) -> Experiment {
    let scenario = scenarios().join(format!("{id}.ron"));
    request(Request { scenario, all_strategies: true, ..Request::default() })
}

fn request(request: Request) -> Experiment {
    match load(&request) {
        Ok((experiment, _)) => experiment,
        Err(problems) => panic!("{problems}"),
    }
}

/// A scenario that exists for a test.
pub(crate) fn synthetic(id: &str) -> Experiment {
    below("tests/scenarios", id)
}

/// The library of worlds that exist for tests.
pub(crate) fn toys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/toys")
}

/// A scenario in a world that exists for a test.
pub(crate) fn toy(id: &str) -> Experiment {
    below("tests/toys", id)
}

/// The same with some strategies.
pub(crate) fn toy_with(id: &str, strategies: &[&str]) -> Experiment {
    let strategies = strategies.iter().map(|s| (*s).to_owned()).collect();
    request(Request {
        scenario: toys().join(format!("{id}.ron")),
        strategies: Some(strategies),
        ..Request::default()
    })
}

fn below(folder: &str, id: &str) -> Experiment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    match load(&Request { scenario: folder.join(format!("{id}.ron")), ..Request::default() }) {
        Ok((experiment, _)) => experiment,
        Err(problems) => panic!("{problems}"),
    }
}

/// Replicates without random variation and with every uncertain value at its centre.
pub(crate) fn central(experiment: &Experiment) -> Replicates<f64> {
    draw_replicates(experiment, 1, 0, Uncertainty::NONE)
}

/// Runs one arm and gives its record.
pub(crate) fn tally<'a, L: Lane>(
    experiment: &'a Experiment,
    arm: &str,
    replicates: &Replicates<L>,
) -> Tally<'a, L> {
    let plan = &experiment.arms.iter().find(|a| a.id == arm).unwrap().plan;
    let mut tally = Tally::new(&experiment.network, plan, &experiment.scope);
    week::run(&experiment.network, plan, replicates, &mut tally);
    tally
}

/// One weekly series of a record, from the first shock on.
pub(crate) fn series(
    experiment: &Experiment,
    tally: &Tally<'_, f64>,
    wanted: impl Fn(&Series) -> bool,
) -> Vec<f64> {
    let place = experiment.scope.series.iter().position(wanted).unwrap();
    let width = experiment.scope.series.len();
    let shock = (experiment.scope.shock - experiment.scope.from) as usize;
    tally.series.chunks(width).skip(shock).map(|row| row[place]).collect()
}

/// Index of a commodity.
pub(crate) fn commodity(experiment: &Experiment, id: &str) -> usize {
    experiment.world.commodities.iter().position(|c| c.id == id).unwrap()
}

/// Index of a region.
pub(crate) fn region(experiment: &Experiment, id: &str) -> usize {
    experiment.world.regions.iter().position(|r| r.id == id).unwrap()
}
