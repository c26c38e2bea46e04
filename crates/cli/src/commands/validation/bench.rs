//! What the page is measured with: how many replicates, on which threads.

use crate::failure::Failure;
use crate::machine;
use crate::printer::Printer;
use chokepoint_montecarlo::runner::{Ensemble, Settings, run};
use chokepoint_scenario::Experiment;
use std::sync::atomic::AtomicBool;

/// What everything here is measured with.
pub(super) struct Bench<'b> {
    pub(super) settings: Settings,
    pub(super) pool: &'b rayon::ThreadPool,
    pub(super) stop: &'b AtomicBool,
    pub(super) printer: Printer,
}

impl Bench<'_> {
    pub(super) fn run(&self, experiment: &Experiment) -> Result<Ensemble, Failure> {
        let bar = machine::progress(self.settings.replicates, self.printer.hides_progress());
        let report = |n: u32| bar.inc(u64::from(n));
        let ensemble = self.pool.install(|| run(experiment, self.settings, &report, self.stop))?;
        bar.finish_and_clear();
        Ok(ensemble)
    }
}
