//! What is reported of an ensemble: paired differences, break-even, the summary.

use crate::break_even::{BreakEvenRow, break_evens};
use crate::effects::{PairedRow, pair};
use crate::runner::Ensemble;
use crate::summary::{Summary, summarise};
use chokepoint_scenario::Experiment;

/// What is reported of an ensemble.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Strategy less no strategy, replicate by replicate: what a claim about an effect rests on.
    pub paired: Vec<PairedRow>,
    /// The yearly probability of the shock from which each strategy breaks even.
    pub break_even: Vec<BreakEvenRow>,
    /// The numbers that are printed.
    pub summary: Summary,
}

impl Findings {
    /// Of all arms of an ensemble.
    pub fn of(experiment: &Experiment, ensemble: &Ensemble) -> Self {
        let paired = pair(experiment, ensemble);
        let break_even = break_evens(experiment, ensemble);
        let summary = summarise(experiment, ensemble, &paired, &break_even);
        Self { paired, break_even, summary }
    }
}
