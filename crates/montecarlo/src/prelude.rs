//! The front door of the library: load a scenario, simulate it, read the results.
//!
//! ```
//! use chokepoint_montecarlo::prelude::*;
//!
//! # std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
//! let request = Request { scenario: "scenarios/dytb-halt-us.ron".into(), ..Request::default() };
//! let (experiment, _warnings) = load(&request)?; // or every problem of the files, each with its place
//! let results = simulate(&experiment, Settings { replicates: 8, ..Settings::default() });
//! let lost = &results.findings.summary.value_added_lost;
//! println!("value added lost: US$ {:.0} ({:.0} to {:.0})", lost.p50, lost.p5, lost.p95);
//! for strategy in &results.findings.summary.strategies {
//!     println!("{}: {} ({:?})", strategy.name, strategy.median_change, strategy.finding);
//! }
//! let shares = results.values(NO_STRATEGY, OutcomeKind::LostShare).ok_or("no such outcome")?;
//! # assert_eq!(shares.len(), 8);
//! # assert!(lost.p5 <= lost.p50 && lost.p50 <= lost.p95 && lost.p95 > 1e8);
//! # assert_eq!(results.findings.summary.strategies.len(), experiment.arms.iter().filter(|a| a.shocked && a.strategy.is_some()).count());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same seed gives the same bits, whatever the number of threads.

pub use crate::findings::Findings;
pub use crate::outcomes::{Outcome, OutcomeKind};
pub use crate::pairing::Finding;
pub use crate::replicates::Uncertainty;
pub use crate::runner::{Ensemble, Settings};
pub use crate::summary::{Range, Summary};
pub use chokepoint_scenario::{BASELINE, Experiment, NO_STRATEGY, Request, load};

use crate::runner::run;
use std::sync::atomic::AtomicBool;

/// An experiment and what came of it.
#[derive(Clone, Debug)]
pub struct Results<'a> {
    /// What was simulated.
    pub experiment: &'a Experiment,
    /// Outcomes of every replicate of every arm, and bands of the weekly series.
    pub ensemble: Ensemble,
    /// What is reported of them.
    pub findings: Findings,
}

impl Results<'_> {
    /// An outcome of all regions and sectors together, one value a replicate, in the unit of [`OutcomeKind::unit`]; nothing if
    /// there is no such arm or the outcome is kept by region or commodity only.
    pub fn values(&self, arm: &str, measure: OutcomeKind) -> Option<Vec<f64>> {
        let outcome = Outcome { measure, region: None, sector: None, item: None };
        Some(self.ensemble.column(self.experiment.arm(arm)?, self.ensemble.outcome(&outcome)?))
    }
}

/// Simulates all arms of an experiment on all processors: 256 replicates take about a minute on two. To show progress or to
/// interrupt, use [`run`].
pub fn simulate(experiment: &Experiment, settings: Settings) -> Results<'_> {
    let never = AtomicBool::new(false);
    let ensemble =
        run(experiment, settings, &|_| (), &never).expect("nobody raises the flag that interrupts");
    let findings = Findings::of(experiment, &ensemble);
    Results { experiment, ensemble, findings }
}
