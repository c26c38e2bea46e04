//! The score card: what the model says of each number on record, whether the record lies inside, and whether that is
//! better than not modelling at all.

use super::record::{Recorder, SimulatedRecord};
use super::value;
use crate::names::number;
use crate::pairing::{crps, spread};
use chokepoint_core::lanes::ln;
use chokepoint_scenario::history::{History, Statistic, Target};
use std::fmt::Write;

/// Weeks of a month.
const MONTH: f64 = 52.0 / 12.0;
/// A band of a multiple says something if it is at most this wide.
pub const INFORMATIVE: f64 = 4.0;

/// One number on record against the model.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// Id of the target.
    pub id: String,
    /// In words.
    pub name: String,
    /// `fitted` or `scored`.
    pub role: &'static str,
    /// Whether it was looked at while the model or the inputs of its scenario were built.
    pub seen: bool,
    /// Unit of the numbers.
    pub unit: &'static str,
    /// On record.
    pub observed: f64,
    /// 5th percentile; of a probability, the probability.
    pub p5: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// Whether the record lies between the 5th and the 95th percentile.
    pub inside: bool,
    /// Whether the band of a multiple is narrow enough to say something.
    pub informative: bool,
    /// Score of the model: CRPS, in logs for multiples; Brier for a probability. Zero is perfect.
    pub model: f64,
    /// The same of the forecast that nothing changes.
    pub no_change: f64,
    /// The same of a constant elasticity at the quota cut.
    pub elasticity: f64,
}

impl Score {
    /// Whether the model comes nearer than both naive forecasts.
    pub fn beats_both(&self) -> bool {
        self.model < self.no_change && self.model < self.elasticity
    }
}

/// The score card of a set of runs.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Card {
    /// Id of the history.
    pub history: String,
    /// Replicates.
    pub replicates: usize,
    /// Seed.
    pub seed: u64,
    /// Whether parameters were drawn from a posterior, and from which.
    pub posterior: Option<String>,
    /// By target, in the order of the history.
    pub scores: Vec<Score>,
}

impl Card {
    /// Of runs.
    pub fn new(history: &History, recorder: &Recorder<'_>, records: &[SimulatedRecord], seed: u64) -> Self {
        let scores = history
            .targets
            .iter()
            .map(|target| {
                let values: Vec<f64> =
                    records.iter().map(|r| value(&target.statistic, recorder, r)).collect();
                score(target, &values, history.naive)
            })
            .collect();
        let posterior = recorder.experiment.world.posterior.as_ref().map(|p| p.id.clone());
        Self { history: history.id.clone(), replicates: records.len(), seed, posterior, scores }
    }

    /// The scored numbers that are no probabilities: those that say whether the fit deserves belief.
    pub fn tests(&self) -> impl Iterator<Item = &Score> {
        self.scores.iter().filter(|s| s.role == "scored" && s.unit != "probability")
    }

    /// As a table.
    pub fn csv(&self) -> String {
        let mut text = String::from(
            "target,role,seen,unit,observed,p5,p50,p95,inside,informative,score_model,score_no_change,score_elasticity\n",
        );
        for s in &self.scores {
            let _ = writeln!(
                text,
                "{},{},{},{},{},{},{},{},{},{},{},{},{}",
                s.id,
                s.role,
                s.seen,
                s.unit,
                number(s.observed),
                number(s.p5),
                number(s.p50),
                number(s.p95),
                s.inside,
                s.informative,
                number(s.model),
                number(s.no_change),
                number(s.elasticity)
            );
        }
        text
    }
}

fn score(target: &Target, values: &[f64], naive: (f64, f64)) -> Score {
    let probability = matches!(target.statistic, Statistic::Fails { .. });
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (p5, p50, p95) = if probability { (mean, mean, mean) } else { spread(values) };
    let ratio = target.statistic.is_ratio();
    let scale = |x: f64| if ratio { ln(x.max(1e-12)) } else { x };
    let point = |forecast: f64| {
        let off = (scale(forecast) - scale(target.observed)).abs();
        if probability { off * off } else { off }
    };
    let members: Vec<f64> = values.iter().map(|x| scale(*x)).collect();
    Score {
        id: target.id.clone(),
        name: target.name.clone(),
        role: if target.fit.is_some() { "fitted" } else { "scored" },
        seen: target.seen,
        unit: target.statistic.unit(),
        observed: target.observed,
        p5,
        p50,
        p95,
        inside: !probability && p5 <= target.observed && target.observed <= p95,
        informative: !ratio || p95 <= INFORMATIVE * p5,
        model: if probability { point(mean) } else { crps(&members, scale(target.observed)) },
        no_change: point(no_change(&target.statistic)),
        elasticity: point(by_elasticity(&target.statistic, naive)),
    }
}

/// What the forecast says that nothing changes: a price that does not move is highest at once and never halves.
fn no_change(statistic: &Statistic) -> f64 {
    match statistic {
        Statistic::Multiple { .. } | Statistic::Output { .. } | Statistic::Exports { .. } => 1.0,
        Statistic::MonthsToHalf { within, .. } => within.len() as f64 / MONTH,
        Statistic::Gap { home_factor, .. } => 1.0 / home_factor,
        Statistic::MonthsToPeak { .. }
        | Statistic::QuotaExports { .. }
        | Statistic::QuotaImports { .. }
        | Statistic::Fails { .. } => 0.0,
    }
}

/// What a constant elasticity says of a cut to the share that is kept: prices rise at once, and stay there.
///
/// ```text
/// p/p₀ = kept^(−1/ε);   what is traded falls to the share kept
/// ```
fn by_elasticity(statistic: &Statistic, (kept, elasticity): (f64, f64)) -> f64 {
    let rise = chokepoint_core::lanes::exp(-ln(kept) / elasticity);
    match statistic {
        Statistic::Multiple { outside: true, .. } => rise,
        Statistic::Exports { .. } => kept,
        Statistic::Gap { home_factor, .. } => rise / home_factor,
        Statistic::QuotaImports { .. } => 100.0 * (kept - 1.0),
        other => no_change(other),
    }
}
