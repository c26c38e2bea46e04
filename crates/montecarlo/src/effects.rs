//! What each strategy changes, outcome by outcome, against the scenario without one.

use crate::names::Names;
use crate::outcomes::{Outcome, OutcomeKind};
use crate::pairing::{self, Finding, Paired, mean};
use crate::runner::Ensemble;
use chokepoint_scenario::Experiment;
use rayon::prelude::*;

/// Outcomes that are paired: money and goods, in all and by region or sector.
fn is_paired(o: &Outcome) -> bool {
    match o.measure {
        OutcomeKind::ValueAddedLost => o.region.is_none() || o.sector.is_none(),
        OutcomeKind::LostShare | OutcomeKind::LateShare => o.sector.is_none(),
        OutcomeKind::PriceTransfer | OutcomeKind::LinesStopped | OutcomeKind::PricePeak => true,
        OutcomeKind::Welfare | OutcomeKind::ResilienceLoss | OutcomeKind::EntrantsIdled => true,
        _ => false,
    }
}

/// What only the event can make: a strategy that comes after it changes none of it, whatever it costs. Of these the
/// difference from the same replicates without the shock is compared, each with its own strategy: what a strategy changes
/// in a week without a shock is in its baseline premium.
fn is_of_the_event(measure: OutcomeKind) -> bool {
    matches!(
        measure,
        OutcomeKind::ValueAddedLost
            | OutcomeKind::LostShare
            | OutcomeKind::LateShare
            | OutcomeKind::LinesStopped
            | OutcomeKind::ResilienceLoss
    )
}

/// One row of `paired.csv`.
#[derive(Clone, Debug)]
pub struct PairedRow {
    /// Arm.
    pub arm: usize,
    /// Place in the outcome list.
    pub outcome: usize,
    /// The difference, strategy less no strategy.
    pub paired: Paired,
    /// What may be said of it.
    pub finding: Finding,
}

/// Whether a strategy's first effect comes after the last shock has ended (central values).
pub fn too_late(experiment: &Experiment, arm: usize) -> bool {
    let Some(none) = experiment.no_strategy() else { return false };
    let end = experiment.arms[none].plan.events.iter().map(|event| {
        let t = &experiment.timings[event.draw];
        let phases = [&t.start, &t.ramp, &t.duration, &t.recovery];
        phases.iter().map(|u| u.distribution.central()).sum::<f64>()
    });
    let end = end.fold(0.0, f64::max);
    experiment.arms[arm].strategy.as_ref().is_some_and(|s| s.effect_from >= end)
}

/// Strategy less no strategy, for every strategy.
pub fn pair(experiment: &Experiment, ensemble: &Ensemble) -> Vec<PairedRow> {
    let names = Names(experiment);
    let Some(none) = experiment.no_strategy() else { return Vec::new() };
    let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
    let lost = ensemble.outcome(&all).map_or(0.0, |place| mean(&ensemble.column(none, place)));
    let wanted: Vec<(usize, usize)> = (0..experiment.arms.len())
        .filter(|arm| experiment.arms[*arm].shocked && experiment.arms[*arm].strategy.is_some())
        .flat_map(|arm| (0..ensemble.outcomes.len()).map(move |o| (arm, o)))
        .filter(|(_, o)| is_paired(&ensemble.outcomes[*o]))
        .collect();
    wanted
        .into_par_iter()
        .map(|(arm, outcome)| {
            let name = format!("{}/{}", experiment.arms[arm].id, names.outcome(&ensemble.outcomes[outcome]));
            let of_the_event = is_of_the_event(ensemble.outcomes[outcome].measure);
            let column = |arm| {
                if of_the_event {
                    ensemble.by_the_shock(experiment, arm, outcome)
                } else {
                    ensemble.column(arm, outcome)
                }
            };
            let (with, without) = (column(arm), column(none));
            // welfare is reported from an arbitrary origin: beside the loss it is small or not
            let size = if ensemble.outcomes[outcome].measure == OutcomeKind::Welfare {
                lost
            } else {
                mean(&without)
            };
            let paired = pairing::paired(&with, &without, size, ensemble.settings.seed, &name);
            let late = of_the_event && too_late(experiment, arm);
            let finding = paired.finding(late);
            PairedRow { arm, outcome, paired, finding }
        })
        .collect()
}
