//! Approximate Bayesian computation: candidates are drawn from the priors, run, and kept by how near they come to the
//! targets that may be fitted; later rounds drop the farther half and move copies of the nearer one, until all come as near
//! as the targets' own tolerances ask.
//!
//! The scheme is that of Drovandi and Pettitt (Biometrics 67, 2011): the tolerance of a round is the median distance of the
//! round before, sets that miss it are replaced by copies of sets that do not, and each copy is moved by some steps of a
//! Markov chain that leaves the posterior under the tolerance as it is. Priors are flat in their own quantiles and steps
//! are symmetric, so a step is taken whenever its distance is within the tolerance. Steps are differences of two sets
//! (ter Braak, Statistics and Computing 16, 2006): they follow the correlations of what was fitted.

use super::record::Recorder;
use super::value;
use crate::replicates::Uncertainty;
use crate::runner::{Interrupted, Settings};
use chokepoint_core::chance::{Chance, Distribution, Entity, Stream, coordinate, normal_quantile};
use chokepoint_core::id::to_u32;
use chokepoint_core::lanes::ln;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::history::{History, Target};
use chokepoint_world::posterior::{Posterior, Take};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Distance of a candidate whose statistics are not numbers.
const FAR: f64 = 1e6;
/// Farthest that one target counts.
const MOST: f64 = 10.0;
/// Distance that is near enough: the tolerances are the targets' own, and sets that come nearer than those would claim more
/// than the record shows.
const ENOUGH: f64 = 1.0;
/// Share of the steps that must be taken for another round to be worth it.
const LEAST_ACCEPTED: f64 = 0.04;
/// Candidates meet random variation, but what is not fitted stays central: a set is not kept because another number was drawn well.
const UNCERTAINTY: Uncertainty = Uncertainty { variation: true, parameters: false, trends: true };
/// Spread of the small step that is added to every difference, in prior quantiles.
const JITTER: f64 = 0.01;

/// How hard to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Draws from the prior of which the nearest are kept.
    pub candidates: u32,
    /// Sets that are kept.
    pub kept: u32,
    /// Most rounds after the first.
    pub rounds: u32,
    /// Steps by which a copy is moved in a round.
    pub steps: u32,
    /// Seed.
    pub seed: u64,
}

/// A set of values that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Coordinates in the unit cube of prior quantiles, by place among the fitted numbers.
    pub at: Vec<f64>,
    /// Distance to the targets.
    pub distance: f64,
    /// Statistics, by place among the fitted targets.
    pub statistics: Vec<f64>,
}

/// One round of the search.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Round {
    /// Candidates run in it.
    pub tried: u32,
    /// How many of them were kept.
    pub accepted: u32,
    /// Distance of the worst set kept.
    pub tolerance: f64,
}

/// What a calibration came to.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Names of what was fitted.
    pub names: Vec<String>,
    /// Their priors.
    pub priors: Vec<Distribution>,
    /// Fitted targets: place of the crisis among those fitted, and of the target in its history.
    pub targets: Vec<(usize, usize)>,
    /// Sets that were kept, nearest first.
    pub kept: Vec<Tried>,
    /// Every candidate of the first round: draws from the prior.
    pub first: Vec<Tried>,
    /// The rounds.
    pub rounds: Vec<Round>,
}

/// Distance of a statistic from what is on record: one at the tolerance.
pub fn distance(target: &Target, tolerance: f64, modelled: f64) -> f64 {
    let off = if target.statistic.is_ratio() {
        ln(modelled.max(1e-12) / target.observed) / ln(1.0 + tolerance)
    } else {
        (modelled - target.observed) / tolerance
    };
    if off.is_finite() { off.abs().min(MOST) } else { FAR }
}

/// A crisis with the experiment that shows its events.
pub type Crisis = (History, Experiment);

/// Fits one crisis, or several together: a number that several name is the same in all of them. `progress` is reported
/// how many candidates have run, each crisis for itself.
pub fn fit(
    crises: &[Crisis],
    effort: Effort,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
) -> Result<Fit, Interrupted> {
    let mut search = Search::new(crises, effort);
    let first = search.run(&search.prior_draws(), progress, stop)?;
    let mut kept = first.clone();
    sort(&mut kept);
    kept.truncate(effort.kept as usize);
    let mut rounds = vec![Round { tried: effort.candidates, accepted: effort.kept, tolerance: worst(&kept) }];
    for round in 1..=effort.rounds {
        let tolerance = worst(&kept[..kept.len().div_ceil(2)]).max(ENOUGH);
        kept.retain(|set| set.distance <= tolerance);
        let survivors = kept.len();
        let mut moved: Vec<Tried> = search.copies(&kept, effort.kept as usize - survivors, round);
        let mut accepted = 0;
        for step in 0..effort.steps {
            let address = round * effort.steps + step;
            let proposed = search.run(&search.steps(&moved, &kept, address), progress, stop)?;
            for (set, new) in moved.iter_mut().zip(proposed) {
                if new.distance <= tolerance {
                    *set = new;
                    accepted += 1;
                }
            }
        }
        let tried = effort.steps * to_u32(moved.len());
        kept.extend(moved);
        sort(&mut kept);
        rounds.push(Round { tried, accepted, tolerance });
        // near enough; or copies hardly move any more, and a smaller tolerance would only repeat the same sets
        if tolerance <= ENOUGH || f64::from(accepted) < LEAST_ACCEPTED * f64::from(tried) {
            break;
        }
    }
    let Search { names, priors, targets, .. } = search;
    Ok(Fit { names, priors, targets, kept, first, rounds })
}

fn sort(tried: &mut [Tried]) {
    tried.sort_by(|a, b| a.distance.total_cmp(&b.distance));
}

fn worst(tried: &[Tried]) -> f64 {
    tried.last().map_or(FAR, |t| t.distance)
}

struct Search<'a> {
    members: Vec<Member<'a>>,
    effort: Effort,
    names: Vec<String>,
    priors: Vec<Distribution>,
    targets: Vec<(usize, usize)>,
    /// Runs so far: every one has random variation of its own.
    runs: u64,
}

impl<'a> Search<'a> {
    fn new(crises: &'a [Crisis], effort: Effort) -> Self {
        let (mut names, mut priors, mut targets) = (Vec::<String>::new(), Vec::new(), Vec::new());
        let mut members = Vec::new();
        for (place, (history, experiment)) in crises.iter().enumerate() {
            let mut places = Vec::new();
            for name in &history.fitted {
                let Some(prior) = experiment.prior(name) else { continue };
                if prior.range().0 >= prior.range().1 {
                    continue;
                }
                // the prior of what is shared is that of the crisis named first
                let known = names.iter().position(|n| n == name);
                places.push(known.unwrap_or(names.len()));
                if known.is_none() {
                    names.push(name.clone());
                    priors.push(prior);
                }
            }
            let fitted = (0..history.targets.len()).filter(|t| history.targets[*t].fit.is_some());
            targets.extend(fitted.map(|target| (place, target)));
            members.push(Member { experiment: experiment.clone(), history, places });
        }
        Self { members, effort, names, priors, targets, runs: 0 }
    }

    fn prior_draws(&self) -> Vec<Vec<f64>> {
        let at = |candidate: u32| {
            self.names.iter().map(|name| coordinate(self.effort.seed, candidate, name)).collect()
        };
        (0..self.effort.candidates).map(at).collect()
    }

    /// One of the sets, by an addressed draw.
    fn pick<'t>(&self, kept: &'t [Tried], candidate: usize, what: &str, address: u32) -> &'t Tried {
        let chance = Chance::new(self.effort.seed, to_u32(candidate));
        let u = chance.uniform(Stream::Calibration, Entity::named(what), address);
        &kept[((u * kept.len() as f64) as usize).min(kept.len() - 1)]
    }

    fn copies(&self, kept: &[Tried], wanted: usize, round: u32) -> Vec<Tried> {
        (0..wanted).map(|k| self.pick(kept, k, "copy", round).clone()).collect()
    }

    /// Where each set would step to.
    fn steps(&self, moved: &[Tried], kept: &[Tried], address: u32) -> Vec<Vec<f64>> {
        let scale = 2.38 / (2.0 * self.names.len().max(1) as f64).sqrt();
        let step = |(k, set): (usize, &Tried)| {
            let chance = Chance::new(self.effort.seed, to_u32(k));
            let (one, other) = (self.pick(kept, k, "one", address), self.pick(kept, k, "other", address));
            let coordinate = |(place, name): (usize, &String)| {
                let u = chance.uniform(Stream::Calibration, Entity::named(name), address);
                let difference = scale * (one.at[place] - other.at[place]);
                reflect(set.at[place] + difference + JITTER * normal_quantile(u))
            };
            self.names.iter().enumerate().map(coordinate).collect()
        };
        moved.iter().enumerate().map(step).collect()
    }

    /// Runs candidates and takes their distances.
    fn run(
        &mut self,
        candidates: &[Vec<f64>],
        progress: &(dyn Fn(u32) + Sync),
        stop: &AtomicBool,
    ) -> Result<Vec<Tried>, Interrupted> {
        // other random variation in every run: a set that is kept for its random variation is lost in its next step
        self.runs += 1;
        let seed = self.effort.seed.wrapping_add(self.runs << 32);
        let settings = Settings { replicates: to_u32(candidates.len()), seed, uncertainty: UNCERTAINTY };
        let mut statistics = vec![Vec::new(); candidates.len()];
        for member in &mut self.members {
            let of_member = member.run(candidates, (&self.names, &self.priors), settings, progress, stop)?;
            statistics.iter_mut().zip(of_member).for_each(|(all, more)| all.extend(more));
        }
        let judge = |(at, statistics): (&Vec<f64>, Vec<f64>)| Tried {
            at: at.clone(),
            distance: self.total(&statistics),
            statistics,
        };
        Ok(candidates.iter().zip(statistics).map(judge).collect())
    }

    /// Root mean square over the fitted targets.
    fn total(&self, statistics: &[f64]) -> f64 {
        let squares: f64 = self
            .targets
            .iter()
            .zip(statistics)
            .map(|((member, target), modelled)| {
                let target = &self.members[*member].history.targets[*target];
                let off = distance(target, target.fit.unwrap_or(1.0), *modelled);
                off * off
            })
            .sum();
        (squares / self.targets.len().max(1) as f64).sqrt()
    }
}

/// One of the crises that are fitted.
struct Member<'a> {
    experiment: Experiment,
    history: &'a History,
    /// Places among all fitted numbers of those that are its own.
    places: Vec<usize>,
}

impl Member<'_> {
    /// Statistics of its fitted targets, by candidate.
    fn run(
        &mut self,
        candidates: &[Vec<f64>],
        (names, priors): (&[String], &[Distribution]),
        settings: Settings,
        progress: &(dyn Fn(u32) + Sync),
        stop: &AtomicBool,
    ) -> Result<Vec<Vec<f64>>, Interrupted> {
        let value_of = |at: &Vec<f64>| -> Vec<f64> {
            self.places.iter().map(|place| priors[*place].quantile(at[*place])).collect()
        };
        self.experiment.world.posterior = Some(Posterior {
            id: "candidates".to_owned(),
            names: self.places.iter().map(|place| names[*place].clone()).collect(),
            sets: candidates.iter().map(value_of).collect(),
            take: Take::InTurn,
            source: Arc::clone(&self.experiment.files[0]),
        });
        let recorder = Recorder::new(&self.experiment, self.history, |t| t.fit.is_some(), false);
        let fitted = || self.history.targets.iter().filter(|target| target.fit.is_some());
        // only the statistics of a candidate are kept: many candidates fit in little memory
        let taken = |record| -> Vec<f64> {
            fitted().map(|target| value(&target.statistic, &recorder, &record)).collect()
        };
        recorder.run(settings, taken, progress, stop)
    }
}

/// Back into the unit interval.
fn reflect(u: f64) -> f64 {
    let folded = u.rem_euclid(2.0);
    let inside = if folded > 1.0 { 2.0 - folded } else { folded };
    inside.clamp(1e-9, 1.0 - 1e-9)
}
