//! How likely the shock must be for each strategy to pay off.

use crate::costs::parameter;
use crate::names::Names;
use crate::outcomes::{Outcome, OutcomeKind};
use crate::runner::Ensemble;
use crate::welfare::{self, BreakEven};
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_scenario::{BASELINE, BASELINE_WITH, Experiment};

/// Break-even of one strategy for one region (`None`: all together).
#[derive(Clone, Debug)]
pub struct BreakEvenRow {
    /// Strategy.
    pub strategy: String,
    /// Region.
    pub region: Option<usize>,
    /// Numbers.
    pub numbers: BreakEven,
}

/// Break-even of every strategy that was run in the baseline as well.
pub fn break_evens(experiment: &Experiment, ensemble: &Ensemble) -> Vec<BreakEvenRow> {
    let (Some(baseline), Some(none)) = (experiment.arm(BASELINE), experiment.no_strategy()) else {
        return Vec::new();
    };
    let settings = ensemble.settings;
    let years = f64::from(experiment.arms[0].plan.weeks - SPIN_UP_WEEKS) / 52.0;
    let at = f64::from(experiment.scope.shock - SPIN_UP_WEEKS) / 52.0;
    let weights: Vec<(f64, f64)> = (0..settings.replicates)
        .map(|k| parameter(experiment, "discount_rate", (settings.uncertainty, settings.seed, k)))
        .map(|rate| (welfare::uniform_date(rate, at, years), welfare::of_a_dollar_a_year(rate, years)))
        .collect();
    let mut rows = Vec::new();
    for (s, info) in experiment.arms.iter().enumerate() {
        let Some(in_baseline) =
            experiment.arm(&format!("{BASELINE_WITH}{}", info.id)).filter(|_| info.shocked)
        else {
            continue;
        };
        for region in core::iter::once(None).chain((0..experiment.world.regions.len()).map(Some)) {
            let welfare = Outcome { measure: OutcomeKind::Welfare, region, sector: None, item: None };
            let Some(place) = ensemble.outcome(&welfare) else { continue };
            let w = |arm: usize| ensemble.column(arm, place);
            let name = format!("{}/break-even/{}", info.id, Names(experiment).region(region));
            let numbers = welfare::break_even(
                (&w(baseline), &w(in_baseline)),
                (&w(none), &w(s)),
                &weights,
                years,
                settings.seed,
                &name,
            );
            rows.push(BreakEvenRow { strategy: info.id.clone(), region, numbers });
        }
    }
    rows
}
