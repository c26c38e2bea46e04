//! Outcomes: of every replicate, their distribution, and what strategies change of them.

use super::tail;
use crate::break_even::BreakEvenRow;
use crate::effects::PairedRow;
use crate::names::{Names, number, short, time};
use crate::outcomes::{Outcome, OutcomeKind};
use crate::pairing::tail_mean;
use crate::runner::Ensemble;
use crate::welfare::Verdict;
use chokepoint_core::time::happened;
use chokepoint_scenario::{BASELINE, Experiment};
use std::fmt::Write;
use std::io;

/// `outcomes.csv`: a row per replicate, arm and outcome.
pub fn outcomes(experiment: &Experiment, ensemble: &Ensemble, out: &mut dyn io::Write) -> io::Result<()> {
    let names = Names(experiment);
    let described: Vec<(String, bool)> = ensemble
        .outcomes
        .iter()
        .map(|o| {
            let row = format!(
                "{},{},{},{},{}",
                o.measure.name(),
                names.region(o.region),
                names.sector(o.sector),
                names.item(o.item),
                o.measure.unit()
            );
            (row, o.measure.unit() == "weeks")
        })
        .collect();
    out.write_all(b"replicate,arm,outcome,region,sector,item,unit,value\n")?;
    for replicate in 0..ensemble.settings.replicates as usize {
        for (arm, info) in experiment.arms.iter().enumerate() {
            for ((described, is_time), value) in described.iter().zip(&ensemble.values[arm][replicate]) {
                let value = if *is_time { time(*value) } else { number(*value) };
                writeln!(out, "{replicate},{},{described},{value}", info.id)?;
            }
        }
    }
    Ok(())
}

/// `distribution.csv`: every outcome of every arm with its range and the mean of its worst twentieth; value added lost also
/// against the same replicates without the shock, which is what a summary prints.
pub fn distribution(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text =
        "arm,outcome,region,sector,item,unit,n,happened,mean,p5,p50,p95,worst_twentieth,against\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (place, o) in ensemble.outcomes.iter().enumerate() {
            if matches!(o.measure, OutcomeKind::Cost(_)) {
                continue;
            }
            let all = ensemble.column(arm, place);
            let came = |v: &f64| happened(v.abs()) || o.measure.unit() != "weeks";
            let values: Vec<f64> = all.iter().copied().filter(came).collect();
            distributed(&mut text, experiment, arm, o, &values, all.len(), "");
            if o.measure == OutcomeKind::ValueAddedLost && info.shocked {
                let lost = ensemble.by_the_shock(experiment, arm, place);
                distributed(&mut text, experiment, arm, o, &lost, all.len(), BASELINE);
            }
        }
    }
    text
}

/// A row of `distribution.csv`.
fn distributed(
    text: &mut String,
    experiment: &Experiment,
    arm: usize,
    o: &Outcome,
    values: &[f64],
    n: usize,
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
fn worst(measure: OutcomeKind, values: &[f64]) -> f64 {
    if measure == OutcomeKind::FirstStop {
        -tail_mean(&values.iter().map(|v| -v).collect::<Vec<f64>>())
    } else {
        tail_mean(values)
    }
}

/// `paired.csv`.
pub fn paired(experiment: &Experiment, ensemble: &Ensemble, rows: &[PairedRow]) -> String {
    let names = Names(experiment);
    let mut text =
        "strategy,outcome,region,sector,item,unit,n,median,ci_low,ci_high,mean,p5,p95,share_lower,finding\n"
            .to_owned();
    for row in rows {
        let (o, p) = (&ensemble.outcomes[row.outcome], &row.paired);
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            experiment.arms[row.arm].id,
            o.measure.name(),
            names.region(o.region),
            names.sector(o.sector),
            names.item(o.item),
            o.measure.unit(),
            p.n,
            number(p.median),
            number(p.interval.0),
            number(p.interval.1),
            number(p.mean),
            number(p.range.0),
            number(p.range.1),
            short(p.share_below),
            row.finding.words()
        );
    }
    text
}

/// `break_even.csv`.
pub fn break_even(experiment: &Experiment, rows: &[BreakEvenRow]) -> String {
    let names = Names(experiment);
    let mut text = "strategy,region,unit,baseline_cost,baseline_cost_low,baseline_cost_high,baseline_premium_a_year,baseline_premium_low,baseline_premium_high,shock_benefit,shock_benefit_low,shock_benefit_high,verdict,yearly_probability,yearly_low,yearly_high\n".to_owned();
    for row in rows {
        let n = &row.numbers;
        let (verdict, yearly) = match n.verdict {
            Verdict::PaysAnyway => ("pays off without a shock", String::new()),
            Verdict::Never => ("does not break even", String::new()),
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
