//! Tables of who is exposed and who pays.

use crate::costs::{Cost, discount, parameter};
use crate::outcomes::{Measure, Outcome};
use crate::pairing::{spread, tail_mean};
use crate::runner::Ensemble;
use crate::tables::{Names, number, short};
use crate::welfare::{self, BreakEven, Verdict};
use chokepoint_core::network::{Agent, Producer};
use chokepoint_core::outcome::exposure::origins;
use chokepoint_core::plan::SPIN_UP_WEEKS;
use chokepoint_core::scope::producers;
use chokepoint_scenario::experiment::{Arm, CALM, CALM_WITH, Experiment};
use std::fmt::Write;

/// `exposure.csv`: the share of each sector's inputs that passed a traced country, at rest and in the year from the shock.
pub fn exposure(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let names = Names(experiment);
    let network = &experiment.network;
    let k = network.tracing.traces.len();
    let rest = chokepoint_core::outcome::exposure::at_rest(network);
    let mut text = "arm,region,sector,origin,unit,rest,n,mean,p5,p50,p95\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for cell in 0..network.regions * network.sectors {
            let (region, sector) = (cell / network.sectors, cell % network.sectors);
            let here =
                |(_, a, p): (usize, &Agent, &Producer)| a.region.at() == region && p.sector.at() == sector;
            if !producers(network).any(here) {
                continue;
            }
            for trace in origins(network) {
                let place = cell * k + trace;
                let shares: Vec<f64> =
                    ensemble.exposure[arm].iter().map(|run| f64::from(run[place])).collect();
                let (p5, p50, p95) = spread(&shares);
                let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
                let _ = writeln!(
                    text,
                    "{},{},{},{},share,{},{},{},{},{},{}",
                    info.id,
                    names.region(Some(region)),
                    names.sector(Some(sector)),
                    experiment.world.traces[trace],
                    short(rest[place]),
                    shares.len(),
                    short(mean),
                    short(p5),
                    short(p50),
                    short(p95)
                );
            }
        }
    }
    text
}

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
            let year = first + i32::try_from(t).unwrap_or(0);
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

/// Mean and range.
fn tail(values: &[f64]) -> String {
    let (p5, p50, p95) = spread(values);
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    format!("{},{},{},{}", number(mean), number(p5), number(p50), number(p95))
}

/// `distribution.csv`: every outcome of every arm with its range and the mean of its worst twentieth; value added lost also
/// against the same replicates without the shock, which is what a summary prints.
pub fn distribution(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text =
        "arm,outcome,region,sector,item,unit,n,happened,mean,p5,p50,p95,worst_twentieth,against\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (place, o) in ensemble.outcomes.iter().enumerate() {
            if matches!(o.measure, Measure::Cost(_)) {
                continue;
            }
            let all = ensemble.column(arm, place);
            let happened = |v: &f64| Ensemble::happened(v.abs()) || o.measure.unit() != "weeks";
            let values: Vec<f64> = all.iter().copied().filter(happened).collect();
            distributed(&mut text, experiment, (arm, o), (&values, all.len()), "");
            if o.measure == Measure::ValueAddedLost && info.shocked {
                let calm = ensemble.column(0, place);
                let lost: Vec<f64> = all.iter().zip(calm).map(|(with, without)| with - without).collect();
                distributed(&mut text, experiment, (arm, o), (&lost, all.len()), CALM);
            }
        }
    }
    text
}

/// A row of `distribution.csv`.
fn distributed(
    text: &mut String,
    experiment: &Experiment,
    (arm, o): (usize, &Outcome),
    (values, n): (&[f64], usize),
    against: &str,
) {
    if values.is_empty() {
        return;
    }
    let names = Names(experiment);
    let _ = writeln!(
        text,
        "{},{},{},{},{},{},{n},{},{},{},{against}",
        experiment.arms[arm].id,
        o.measure.name(),
        names.region(o.region),
        names.sector(o.sector),
        names.item(o.item),
        o.measure.unit(),
        short(values.len() as f64 / n.max(1) as f64),
        tail(values),
        number(worst(o.measure, values))
    );
}

/// Mean of the worst twentieth: the earliest of stops, the greatest of everything else.
fn worst(measure: Measure, values: &[f64]) -> f64 {
    if measure == Measure::FirstStop {
        -tail_mean(&values.iter().map(|v| -v).collect::<Vec<f64>>())
    } else {
        tail_mean(values)
    }
}

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

/// Break-even of every strategy that was run in calm as well.
pub fn break_evens(experiment: &Experiment, ensemble: &Ensemble) -> Vec<BreakEvenRow> {
    let arm = |id: &str| experiment.arms.iter().position(|a| a.id == id);
    let (Some(calm), Some(none)) = (arm("calm"), arm("none")) else { return Vec::new() };
    let settings = ensemble.settings;
    let years = f64::from(experiment.arms[0].plan.weeks - SPIN_UP_WEEKS) / 52.0;
    let at = f64::from(experiment.scope.shock - SPIN_UP_WEEKS) / 52.0;
    let weights: Vec<(f64, f64)> = (0..settings.replicates)
        .map(|k| parameter(experiment, "discount_rate", (settings.uncertainty, settings.seed, k)))
        .map(|rate| (welfare::uniform_date(rate, at, years), welfare::of_a_dollar_a_year(rate, years)))
        .collect();
    let mut rows = Vec::new();
    for (s, info) in experiment.arms.iter().enumerate() {
        let Some(in_calm) = arm(&format!("{CALM_WITH}{}", info.id)).filter(|_| info.shocked) else {
            continue;
        };
        for region in core::iter::once(None).chain((0..experiment.world.regions.len()).map(Some)) {
            let welfare = Outcome { measure: Measure::Welfare, region, sector: None, item: None };
            let Some(place) = ensemble.outcome(&welfare) else { continue };
            let w = |arm: usize| ensemble.column(arm, place);
            let name = format!("{}/break-even/{}", info.id, Names(experiment).region(region));
            let numbers = welfare::break_even(
                (&w(calm), &w(in_calm)),
                (&w(none), &w(s)),
                &weights,
                years,
                (settings.seed, &name),
            );
            rows.push(BreakEvenRow { strategy: info.id.clone(), region, numbers });
        }
    }
    rows
}

/// `break_even.csv`.
pub fn break_even(experiment: &Experiment, rows: &[BreakEvenRow]) -> String {
    let names = Names(experiment);
    let mut text = "strategy,region,unit,calm_cost,calm_cost_low,calm_cost_high,calm_premium_a_year,calm_premium_low,calm_premium_high,shock_benefit,shock_benefit_low,shock_benefit_high,verdict,yearly_probability,yearly_low,yearly_high\n".to_owned();
    for row in rows {
        let n = &row.numbers;
        let (verdict, yearly) = match n.verdict {
            Verdict::PaysAnyway => ("pays anyway", String::new()),
            Verdict::Never => ("never", String::new()),
            Verdict::NoEffect => ("no effect", String::new()),
            Verdict::Above { yearly, .. } => ("above", number(yearly)),
        };
        let _ = writeln!(
            text,
            "{},{},USD,{},{},{},{},{},{},{},{},{},{verdict},{yearly},{},{}",
            row.strategy,
            names.region(row.region),
            number(n.cost.0),
            number(n.cost.1),
            number(n.cost.2),
            number(n.premium.0),
            number(n.premium.1),
            number(n.premium.2),
            number(n.benefit.0),
            number(n.benefit.1),
            number(n.benefit.2),
            short(n.yearly.0),
            short(n.yearly.1)
        );
    }
    text
}
