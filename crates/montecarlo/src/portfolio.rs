//! Mixes of strategies under a budget: which one leaves the least loss, found step by step or among all.
//!
//! Effects do not add up (two stocks fill the same gap, a plant makes a stock unnecessary), so every mix that is looked at
//! is run. In words and with its notation: docs/model.md#portfolios.

use crate::costs::{Cost, CostKind, Spending, discount, parameter};
use crate::outcomes::{Outcome, OutcomeKind, list};
use crate::pairing::{judged, mean, tail_mean};
use crate::runner::{ArmRun, Interrupted, Settings, each};
use chokepoint_input::document::Payer;
use chokepoint_scenario::Experiment;
use std::sync::atomic::AtomicBool;

/// What one arm of a replicate comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Account {
    /// Value added lost, US dollars.
    pub loss: f64,
    /// Money spent.
    pub spent: Spent,
}

/// Loss and spending of every arm: `[arm][replicate]`.
pub fn accounts(
    experiment: &Experiment,
    settings: Settings,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
) -> Result<Vec<Vec<Account>>, Interrupted> {
    let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
    let place = list(experiment)
        .iter()
        .position(|o| *o == all)
        .expect("every experiment lists the loss of all regions together");
    each(experiment, settings, progress, stop, &|replicate, run| {
        let address = (settings.uncertainty, settings.seed, replicate);
        let rate = parameter(experiment, "discount_rate", address);
        Account { loss: run.outcomes[place], spent: Spent::of(run, rate) }
    })
}

/// Share of the loss without a strategy below which a change is none.
const NEGLIGIBLE: f64 = 1e-4;

/// What a mix is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Mean loss.
    Expected,
    /// Mean loss in the worst twentieth of the replicates.
    Tail,
    /// Greatest mean loss, over scenarios, beyond that of the best mix found for the scenario.
    Regret,
}

/// Whose money the budget is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payers {
    /// Public money.
    Public,
    /// Everybody's.
    All,
}

/// Money by payer, US dollars in present value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// Taxpayers'.
    pub public: f64,
    /// Firms'.
    pub firm: f64,
    /// Buyers of the final goods'.
    pub consumer: f64,
}

impl Spent {
    /// What an arm of a replicate spends: what is left at the end and what only changes hands do not count, and capital
    /// that others bear is not the firm's.
    fn of(run: &ArmRun, rate: f64) -> Self {
        let all = Cost::all();
        let years = run.costs.len() / all.len();
        let mut spent = Self::default();
        for (cost, amounts) in all.iter().zip(run.costs.chunks(years)) {
            if matches!(cost.spent_on.kind(), CostKind::Residual | CostKind::Transfer) {
                continue;
            }
            let present: f64 = amounts.iter().enumerate().map(|(t, x)| x * discount(rate, t)).sum();
            // all that is built is booked with its firm, and what others give or lose of it beside that
            if matches!(cost.spent_on, Spending::Grants | Spending::LoanLosses) {
                spent.firm -= present;
            }
            match cost.payer {
                Payer::Public => spent.public += present,
                Payer::Firm => spent.firm += present,
                Payer::Consumer => spent.consumer += present,
            }
        }
        spent
    }

    /// Mean over replicates of what is spent beyond the same replicates without it.
    pub fn beyond(with: &[Self], without: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| {
            let differences = with.iter().zip(without).map(|(a, b)| of(a) - of(b));
            differences.sum::<f64>() / with.len().max(1) as f64
        };
        Self { public: mean(|s| s.public), firm: mean(|s| s.firm), consumer: mean(|s| s.consumer) }
    }

    /// The greater of two, payer by payer: what has to be at hand.
    pub fn most(self, other: Self) -> Self {
        Self {
            public: self.public.max(other.public),
            firm: self.firm.max(other.firm),
            consumer: self.consumer.max(other.consumer),
        }
    }

    /// What it takes of a payer.
    pub fn from(self, payers: Payers) -> f64 {
        match payers {
            Payers::Public => self.public,
            Payers::All => self.public + self.firm + self.consumer,
        }
    }
}

/// A mix that was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Candidates in it, by place.
    pub members: Vec<usize>,
    /// Value added lost to the shock, US dollars: `[scenario][replicate]`, beyond the same mix without the shock.
    pub loss: Vec<Vec<f64>>,
    /// The most that it spends in a scenario or in a replicate without the shock, mean over replicates.
    pub spent: Spent,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Judged by.
    pub aim: Aim,
    /// The most that may be spent, US dollars in present value.
    pub budget: f64,
    /// Whose.
    pub payers: Payers,
    /// Seed of resampling.
    pub seed: u64,
}

/// Why a candidate is not in the mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// With it the mix costs more than there is.
    BeyondBudget,
    /// It avoids no loss that is distinguishable from zero.
    AddsNothing,
    /// Another mix avoids more for the money.
    Displaced,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Every mix that was run, the empty one first.
    pub trials: Vec<Trial>,
    /// Mixes of the steps that led to the one that is chosen, the empty one first; of a search among all: first and last.
    pub steps: Vec<usize>,
    /// Candidates that are not in the chosen mix, and why.
    pub left_out: Vec<(usize, Why)>,
}

impl Search {
    /// The mix that is chosen.
    pub fn chosen(&self) -> &Trial {
        &self.trials[self.steps[self.steps.len() - 1]]
    }
}

impl Wanted {
    fn affords(&self, trial: &Trial) -> bool {
        trial.spent.from(self.payers) <= self.budget
    }

    /// Least mean loss of each scenario among the mixes that can be afforded.
    fn best(&self, trials: &[Trial]) -> Vec<f64> {
        let scenarios = trials[0].loss.len();
        let least = |s: usize| {
            let losses = trials.iter().filter(|t| self.affords(t)).map(|t| mean(&t.loss[s]));
            losses.fold(f64::INFINITY, f64::min)
        };
        (0..scenarios).map(least).collect()
    }

    /// What a mix is judged by: less is better.
    ///
    /// ```text
    /// expected: mean over scenarios of the mean loss;   tail: of the mean of the worst twentieth
    /// regret:   max over scenarios of (mean loss − least mean loss of a mix that can be afforded)
    /// ```
    pub fn value(&self, trial: &Trial, best: &[f64]) -> f64 {
        let of = |f: fn(&[f64]) -> f64| mean(&trial.loss.iter().map(|l| f(l)).collect::<Vec<f64>>());
        match self.aim {
            Aim::Expected => of(mean),
            Aim::Tail => of(tail_mean),
            Aim::Regret => {
                let regret = trial.loss.iter().zip(best).map(|(l, b)| mean(l) - b);
                regret.fold(0.0, f64::max)
            }
        }
    }

    /// What one mix avoids beyond another of what it is judged by (mean or tail), scenario by scenario: low end of the 95 %
    /// interval on the same replicates, estimate, high end.
    pub fn avoided(&self, with: &Trial, without: &Trial) -> Vec<(f64, f64, f64)> {
        let scenarios = with.loss.iter().zip(&without.loss).enumerate();
        let avoided = |(s, (a, b)): (usize, (&Vec<f64>, &Vec<f64>))| {
            judged(b, a, self.measure(), self.seed, &format!("portfolio/{s}"))
        };
        scenarios.map(avoided).collect()
    }

    /// What is taken of the losses of a scenario.
    pub fn measure(&self) -> fn(&[f64]) -> f64 {
        match self.aim {
            Aim::Expected | Aim::Regret => mean,
            Aim::Tail => tail_mean,
        }
    }

    /// Whether a mix avoids more than another beyond doubt: the interval of what it avoids excludes zero in a scenario at
    /// least.
    fn clear(&self, with: &Trial, without: &Trial, none: &Trial) -> bool {
        let distinguishable = |(s, (low, _, high)): (usize, (f64, f64, f64))| {
            low > 0.0 && high > NEGLIGIBLE * (self.measure())(&none.loss[s]).abs()
        };
        self.avoided(with, without).into_iter().enumerate().any(distinguishable)
    }
}

/// Adds, step by step, the candidate that avoids most for a further dollar, as long as one avoids a loss that is
/// distinguishable from zero and the budget holds. What costs nothing comes first. If a single mix that was run on the way avoids
/// more beyond doubt, it is taken instead.
pub fn greedy<E>(
    candidates: usize,
    wanted: &Wanted,
    mut run: impl FnMut(&[Vec<usize>]) -> Result<Vec<Trial>, E>,
) -> Result<Search, E> {
    let mut trials = run(&[Vec::new()])?;
    let mut steps = vec![0];
    let mut left: Vec<usize> = (0..candidates).collect();
    let mut left_out: Vec<(usize, Why)> = Vec::new();
    while !left.is_empty() {
        let at = steps[steps.len() - 1];
        let mixes: Vec<Vec<usize>> = left.iter().map(|c| with(&trials[at].members, *c)).collect();
        let from = trials.len();
        trials.extend(run(&mixes)?);
        let best = wanted.best(&trials);
        let now = wanted.value(&trials[at], &best);
        let mut found: Option<(usize, f64)> = None;
        left_out.clear();
        for (c, place) in left.iter().zip(from..) {
            let trial = &trials[place];
            let avoided = now - wanted.value(trial, &best);
            if !wanted.affords(trial) {
                left_out.push((*c, Why::BeyondBudget));
            } else if avoided <= 0.0 || !wanted.clear(trial, &trials[at], &trials[0]) {
                left_out.push((*c, Why::AddsNothing));
            } else {
                let further = trial.spent.from(wanted.payers) - trials[at].spent.from(wanted.payers);
                let worth = if further > 0.0 { avoided / further } else { f64::INFINITY };
                let better = found.is_none_or(|(known, known_worth)| {
                    let known_avoided = now - wanted.value(&trials[known], &best);
                    worth > known_worth || (worth == known_worth && avoided > known_avoided)
                });
                if better {
                    found = Some((place, worth));
                }
            }
        }
        let Some((place, _)) = found else { break };
        left.retain(|c| !trials[place].members.contains(c));
        steps.push(place);
    }
    let last = steps[steps.len() - 1];
    let best = wanted.best(&trials);
    let value = |t: usize| wanted.value(&trials[t], &best);
    let rival = least(&trials, wanted, &value);
    if value(rival) < value(last) && wanted.clear(&trials[rival], &trials[last], &trials[0]) {
        (steps, left_out) = settle(rival, candidates, &trials, wanted);
    }
    Ok(Search { trials, steps, left_out })
}

/// Runs all mixes and takes the one with the least loss that can be afforded; of mixes that are not distinguished from it,
/// the one with the fewest members and then the least cost.
pub fn exact<E>(
    candidates: usize,
    wanted: &Wanted,
    mut run: impl FnMut(&[Vec<usize>]) -> Result<Vec<Trial>, E>,
) -> Result<Search, E> {
    let mixes: Vec<Vec<usize>> = (0..1_usize << candidates)
        .map(|bits| (0..candidates).filter(|c| bits >> c & 1 == 1).collect())
        .collect();
    let trials = run(&mixes)?;
    let best = wanted.best(&trials);
    let value = |t: usize| wanted.value(&trials[t], &best);
    let least = least(&trials, wanted, &value);
    let alike = (0..trials.len())
        .filter(|t| wanted.affords(&trials[*t]) && !wanted.clear(&trials[least], &trials[*t], &trials[0]));
    let simplest = alike.min_by(|a, b| {
        let (a, b) = (&trials[*a], &trials[*b]);
        let cost = |t: &Trial| t.spent.from(wanted.payers);
        a.members.len().cmp(&b.members.len()).then(cost(a).total_cmp(&cost(b)))
    });
    let chosen = simplest.unwrap_or(least);
    let (steps, left_out) = settle(chosen, candidates, &trials, wanted);
    Ok(Search { trials, steps, left_out })
}

/// Straight from nothing to a mix, and why the others are not in it.
fn settle(
    chosen: usize,
    candidates: usize,
    trials: &[Trial],
    wanted: &Wanted,
) -> (Vec<usize>, Vec<(usize, Why)>) {
    let outside = (0..candidates).filter(|c| !trials[chosen].members.contains(c));
    let left_out = outside.map(|c| (c, why(c, &trials[chosen], trials, wanted))).collect();
    (if chosen == 0 { vec![0] } else { vec![0, chosen] }, left_out)
}

/// The mix that can be afforded with the least value; the empty one if none can.
fn least(trials: &[Trial], wanted: &Wanted, value: &dyn Fn(usize) -> f64) -> usize {
    let affordable = (0..trials.len()).filter(|t| wanted.affords(&trials[*t]));
    affordable.min_by(|a, b| value(*a).total_cmp(&value(*b))).expect("the empty mix costs nothing")
}

/// Why a candidate is not in a mix, as far as the mix with it was run.
fn why(candidate: usize, chosen: &Trial, trials: &[Trial], wanted: &Wanted) -> Why {
    let members = with(&chosen.members, candidate);
    match trials.iter().find(|t| t.members == members) {
        Some(trial) if !wanted.affords(trial) => Why::BeyondBudget,
        Some(trial) if !wanted.clear(trial, chosen, &trials[0]) => Why::AddsNothing,
        _ => Why::Displaced,
    }
}

/// A mix with one candidate more.
fn with(members: &[usize], candidate: usize) -> Vec<usize> {
    let mut all = members.to_vec();
    all.push(candidate);
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const REDESIGN: usize = 0;
    const PLANT: usize = 1;
    const STOCK: usize = 2;
    const POSTER: usize = 3;

    /// A loss of 20: leaner designs avoid 1 and cost nothing, a plant 5 for 1, a stock 6 for 2, plant and stock together 8
    /// for 3 (they fill the same gap), a poster nothing for nothing. In a second scenario the plant alone helps.
    fn run(mixes: &[Vec<usize>]) -> Result<Vec<Trial>, ()> {
        let trial = |members: &Vec<usize>| {
            let has = |c: usize| f64::from(u8::from(members.contains(&c)));
            let both = has(PLANT) * has(STOCK);
            let avoided = has(REDESIGN) + 5.0 * has(PLANT) + 6.0 * has(STOCK) - 3.0 * both;
            let loss = |left: f64| (0..40).map(|k| left + f64::from(k % 3)).collect::<Vec<f64>>();
            Trial {
                members: members.clone(),
                loss: vec![loss(20.0 - avoided), loss(10.0 - 4.0 * has(PLANT))],
                spent: Spent { public: has(PLANT) + 2.0 * has(STOCK), firm: has(REDESIGN), consumer: 0.0 },
            }
        };
        Ok(mixes.iter().map(trial).collect())
    }

    fn wanted(budget: f64) -> Wanted {
        Wanted { aim: Aim::Expected, budget, payers: Payers::Public, seed: 1 }
    }

    #[test]
    fn a_search_adds_what_avoids_most_for_a_dollar_and_what_costs_nothing_first() {
        let found = greedy(4, &wanted(10.0), run).unwrap();
        let steps: Vec<&[usize]> = found.steps.iter().map(|t| found.trials[*t].members.as_slice()).collect();
        assert_eq!(steps, [&[][..], &[REDESIGN], &[REDESIGN, PLANT], &[REDESIGN, PLANT, STOCK]]);
        assert_eq!(found.left_out, [(POSTER, Why::AddsNothing)]);
        assert_eq!(found.chosen().spent.public, 3.0);
    }

    #[test]
    fn a_budget_of_two_buys_no_stock_beside_the_plant_and_one_of_everybodys_money_no_plant_beside_the_designs()
     {
        let found = greedy(4, &wanted(2.0), run).unwrap();
        assert_eq!(found.chosen().members, [REDESIGN, PLANT]);
        assert_eq!(found.left_out, [(STOCK, Why::BeyondBudget), (POSTER, Why::AddsNothing)]);
        // of everybody's money the designs cost 1 and avoid 1; the plant avoids 5 and 4 for the same
        let all = Wanted { payers: Payers::All, ..wanted(1.0) };
        assert_eq!(greedy(4, &all, run).unwrap().chosen().members, [PLANT]);
    }

    #[test]
    fn one_big_thing_takes_the_place_of_small_ones_that_spare_less() {
        // in the first scenario alone the stock avoids 6 for 2, the plant 5 for 1
        let first = |mixes: &[Vec<usize>]| -> Result<Vec<Trial>, ()> {
            let mut trials = run(mixes)?;
            trials.iter_mut().for_each(|t| t.loss.truncate(1));
            Ok(trials)
        };
        let found = greedy(4, &wanted(2.0), first).unwrap();
        assert_eq!(found.chosen().members, [REDESIGN, STOCK]);
        assert_eq!(found.left_out[0], (PLANT, Why::BeyondBudget));
        assert_eq!(exact(4, &wanted(2.0), first).unwrap().chosen().members, [REDESIGN, STOCK]);
    }

    #[test]
    fn among_all_mixes_the_simplest_of_the_best_is_taken() {
        let found = exact(4, &wanted(10.0), run).unwrap();
        assert_eq!(found.trials.len(), 16);
        assert_eq!(found.chosen().members, [REDESIGN, PLANT, STOCK]);
        assert_eq!(found.left_out, [(POSTER, Why::AddsNothing)]);
        assert_eq!(exact(4, &wanted(0.0), run).unwrap().chosen().members, [REDESIGN]);
    }

    /// Within 2: the stock leaves 13 and 11 with the designs, the plant 15 and 7 (each loss is 1 above the numbers on
    /// average): regrets of 4 and 1.
    #[test]
    fn the_least_regret_is_the_plant_where_the_stock_does_nothing_in_one_scenario() {
        let regret = Wanted { aim: Aim::Regret, ..wanted(2.0) };
        let found = exact(3, &regret, run).unwrap();
        let best = regret.best(&found.trials);
        let value = |members: &[usize]| {
            let trial = found.trials.iter().find(|t| t.members == members).unwrap();
            (regret.value(trial, &best) * 1e6).round() / 1e6
        };
        assert_eq!((value(&[REDESIGN, STOCK]), value(&[REDESIGN, PLANT])), (4.0, 1.0));
        assert_eq!(found.chosen().members, [REDESIGN, PLANT]);
    }
}
