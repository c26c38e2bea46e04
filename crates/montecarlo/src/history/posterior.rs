//! A fit as files: the sets that a Monte Carlo draws, and where they come from.

use super::fit::{Effort, Fit, Round};
use crate::names::number;
use chokepoint_scenario::history::History;
use std::fmt::Write;

/// Sets of values as a table, the central one first: `posteriors/ID.csv`.
pub fn table(fit: &Fit) -> String {
    let mut order: Vec<usize> = (0..fit.kept.len()).collect();
    if let Some(central) = central(fit) {
        order.retain(|place| *place != central);
        order.insert(0, central);
    }
    let mut text = fit.names.join(",") + "\n";
    for place in order {
        let set = &fit.kept[place];
        let values: Vec<String> =
            set.at.iter().zip(&fit.priors).map(|(u, prior)| number(prior.quantile(*u))).collect();
        let _ = writeln!(text, "{}", values.join(","));
    }
    text
}

/// The set in the middle: nearest, in units of the spread of each number, to the medians of all.
pub fn central(fit: &Fit) -> Option<usize> {
    let n = fit.names.len();
    let quantiles: Vec<[f64; 3]> = (0..n).map(|k| of_kept(fit, k)).collect();
    let far = |at: &[f64]| -> f64 {
        (0..n)
            .map(|k| {
                let z = (at[k] - quantiles[k][1]) / (quantiles[k][2] - quantiles[k][0]).max(1e-6);
                z * z
            })
            .sum()
    };
    (0..fit.kept.len()).min_by(|a, b| far(&fit.kept[*a].at).total_cmp(&far(&fit.kept[*b].at)))
}

/// 5th, 50th and 95th percentile of a number among the sets kept, in prior quantiles.
fn of_kept(fit: &Fit, place: usize) -> [f64; 3] {
    percentiles(&fit.kept.iter().map(|t| t.at[place]).collect::<Vec<f64>>())
}

/// One fitted number.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Fitted {
    /// Name.
    pub name: String,
    /// 5th, 50th, 95th percentile of the prior.
    pub prior: [f64; 3],
    /// The same of the posterior.
    pub posterior: [f64; 3],
    /// Width of the posterior's range over the prior's, both in prior quantiles: one is "nothing learnt".
    pub width: f64,
    /// Rank correlation with the distance over draws from the prior.
    pub moves_distance: f64,
}

/// What was learnt of each number, the most influential first.
pub fn learnt(fit: &Fit) -> Vec<Fitted> {
    let distances: Vec<f64> = fit.first.iter().map(|t| t.distance).collect();
    let mut rows: Vec<Fitted> = fit
        .names
        .iter()
        .enumerate()
        .map(|(k, name)| {
            let prior = &fit.priors[k];
            let kept = of_kept(fit, k);
            let values: Vec<f64> = fit.first.iter().map(|t| t.at[k]).collect();
            Fitted {
                name: name.clone(),
                prior: [0.05, 0.5, 0.95].map(|q| short(prior.quantile(q))),
                posterior: kept.map(|q| short(prior.quantile(q))),
                width: short((kept[2] - kept[0]) / 0.9),
                moves_distance: short(crate::pairing::rank_correlation(&values, &distances)),
            }
        })
        .collect();
    rows.sort_by(|a, b| b.moves_distance.abs().total_cmp(&a.moves_distance.abs()));
    rows
}

/// Where the sets come from: `posteriors/ID.ron`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename = "Provenance")]
pub struct Provenance {
    /// Id of the posterior: the histories that it was fitted to, joined by `+`.
    pub id: String,
    /// Command that repeats the fit.
    pub command: String,
    /// Version of the program.
    pub version: String,
    /// Digests of the files that were read: name, BLAKE3.
    pub inputs: Vec<(String, String)>,
    /// What was minimised.
    pub distance: &'static str,
    /// The targets that were fitted.
    pub targets: Vec<FittedTarget>,
    /// The rounds of the search.
    pub rounds: Vec<Round>,
    /// What was learnt of each number.
    pub numbers: Vec<Fitted>,
}

/// One target as the kept sets meet it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FittedTarget {
    /// Id.
    pub id: String,
    /// On record.
    pub observed: f64,
    /// Distance that counts as one.
    pub tolerance: f64,
    /// 5th, 50th and 95th percentile over the sets kept.
    pub modelled: [f64; 3],
}

impl Provenance {
    /// Of a fit.
    pub fn new(
        fit: &Fit,
        histories: &[&History],
        effort: Effort,
        version: &str,
        inputs: Vec<(String, String)>,
    ) -> Self {
        let targets = fit.targets.iter().enumerate().map(|(place, (crisis, t))| {
            let target = &histories[*crisis].targets[*t];
            let modelled: Vec<f64> = fit.kept.iter().map(|set| set.statistics[place]).collect();
            FittedTarget {
                id: target.id.clone(),
                observed: target.observed,
                tolerance: target.fit.unwrap_or(0.0),
                modelled: percentiles(&modelled).map(short),
            }
        });
        let ids: Vec<&str> = histories.iter().map(|history| history.id.as_str()).collect();
        Self {
            id: ids.join("+"),
            command: format!(
                "chokepoint calibrate {} --candidates {} --kept {} --rounds {} --steps {} --seed {}",
                ids.join(" "),
                effort.candidates,
                effort.kept,
                effort.rounds,
                effort.steps,
                effort.seed
            ),
            version: version.to_owned(),
            inputs,
            distance: "root mean square over the targets of (modelled - observed)/tolerance, in logs for multiples",
            targets: targets.collect(),
            rounds: fit.rounds.clone(),
            numbers: learnt(fit),
        }
    }

    /// As a file.
    pub fn text(&self) -> Result<String, ron::Error> {
        let head = "// Fitted parameters: where the table beside this file comes from. Written by `chokepoint calibrate`.\n\
                    // prior, posterior, modelled: percentiles 5, 50 and 95. width: of the posterior over the prior, one where\n\
                    // nothing was learnt. moves_distance: rank correlation with the distance over draws from the prior.\n";
        let pretty = ron::ser::PrettyConfig::new().depth_limit(3).struct_names(true);
        ron::ser::to_string_pretty(self, pretty).map(|body| format!("{head}{body}\n"))
    }
}

fn percentiles(values: &[f64]) -> [f64; 3] {
    let (low, median, high) = crate::pairing::spread(values);
    [low, median, high]
}

/// Six significant digits.
fn short(value: f64) -> f64 {
    number(value).parse().expect("what was written as a number is read as one")
}
