//! The ledger: who pays what to whom.

use super::tail;
use crate::costs::{Cost, discount, parameter};
use crate::runner::Ensemble;
use chokepoint_scenario::{Arm, Experiment};
use std::fmt::Write;

/// `costs.csv`: the ledger of each arm by payer, payee and kind, undiscounted and in present value.
pub fn costs(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text = "arm,payer,payee,kind,cost,unit,n,mean,p5,p50,p95,present_value_mean,present_value_p5,present_value_p50,present_value_p95\n".to_owned();
    each_cost(experiment, ensemble, |arm, cost, runs| {
        let totals: Vec<f64> = runs.iter().map(|(years, _)| years.iter().sum()).collect();
        let present: Vec<f64> = runs
            .iter()
            .map(|(years, rate)| years.iter().enumerate().map(|(t, x)| x * discount(*rate, t)).sum())
            .collect();
        let _ = writeln!(text, "{},{},{}", described(arm, cost), ranges(&totals), tail(&present));
    });
    text
}

/// `costs_by_year.csv`: the same year by year of the calendar, undiscounted.
pub fn costs_by_year(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text = "arm,payer,payee,kind,cost,unit,year,n,mean,p5,p50,p95\n".to_owned();
    let first = i32::from(experiment.world.as_of.year());
    each_cost(experiment, ensemble, |arm, cost, runs| {
        for t in 0..runs.first().map_or(0, |(years, _)| years.len()) {
            let values: Vec<f64> = runs.iter().map(|(years, _)| years[t]).collect();
            let year = first + i32::try_from(t).expect("a horizon is some decades at most");
            let _ = writeln!(text, "{},{year},{}", described(arm, cost), ranges(&values));
        }
    });
    text
}

/// Calls `row` for every cost that is not zero throughout, with each replicate's years and discount rate.
fn each_cost(
    experiment: &Experiment,
    ensemble: &Ensemble,
    mut row: impl FnMut(&Arm, Cost, &[(&[f64], f64)]),
) {
    let settings = ensemble.settings;
    let rates: Vec<f64> = (0..settings.replicates)
        .map(|k| parameter(experiment, "discount_rate", (settings.uncertainty, settings.seed, k)))
        .collect();
    for (arm, info) in experiment.arms.iter().enumerate() {
        let all = Cost::all();
        for (place, cost) in all.iter().enumerate() {
            let of = |run: &'_ Vec<f64>| -> std::ops::Range<usize> {
                let years = run.len() / all.len();
                place * years..(place + 1) * years
            };
            let runs: Vec<(&[f64], f64)> =
                ensemble.costs[arm].iter().zip(&rates).map(|(run, rate)| (&run[of(run)], *rate)).collect();
            if runs.iter().any(|(years, _)| years.iter().any(|x| *x != 0.0)) {
                row(info, *cost, &runs);
            }
        }
    }
}

fn described(arm: &Arm, cost: Cost) -> String {
    let (payer, spending) = (cost.payer.name(), cost.spent_on);
    let (payee, kind) = (spending.payee().name(), spending.kind().name());
    format!("{},{payer},{payee},{kind},{},USD", arm.id, spending.name())
}

/// Number, mean and range.
fn ranges(values: &[f64]) -> String {
    format!("{},{}", values.len(), tail(values))
}
