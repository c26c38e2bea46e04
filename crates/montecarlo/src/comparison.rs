//! Strategies over scenarios: what each changes where, how much is regretted, and how firm the ranking is.

use crate::pairing::{Finding, Paired, mean, paired, tail_mean};
use chokepoint_core::chance::{Chance, Entity, Stream};
use rand::RngExt;

/// Resamples behind the firmness of a ranking.
const RESAMPLES: usize = 1000;

/// One finished run, reduced to what is compared. Lists by strategy, no strategy first; values by replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Scenario id.
    pub scenario: String,
    /// Strategy ids; the first is `no-strategy`.
    pub strategies: Vec<String>,
    /// Value added lost against the same replicate without the shock, US dollars.
    pub loss: Vec<Vec<f64>>,
    /// Cost of the replicate to all regions, programmes included, present value, US dollars.
    pub welfare: Vec<Vec<f64>>,
    /// What having it costs all regions in a replicate without the shock, present value, US dollars.
    pub baseline_cost: Vec<f64>,
    /// Whether the strategy's first effect comes after the shock.
    pub too_late: Vec<bool>,
    /// Seed, for resampling.
    pub seed: u64,
}

/// One strategy in one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Scenario id.
    pub scenario: String,
    /// Strategy id.
    pub strategy: String,
    /// Change of the value added lost on the same replicates, US dollars.
    pub change: Paired,
    /// Change of the mean of the worst twentieth, US dollars.
    pub tail_change: f64,
    /// What having it costs all regions in a replicate without the shock, US dollars.
    pub baseline_cost: f64,
    /// Whether no other choice avoids more of the mean loss for less cost without a shock.
    pub on_frontier: bool,
    /// Mean cost to all beyond that of the scenario's best choice, US dollars.
    pub regret: f64,
    /// Place by mean cost to all, from 1; no strategy takes part.
    pub rank: usize,
    /// Share of resamples of the replicates in which it is the best choice.
    pub best_share: f64,
    /// What may be said of the change.
    pub finding: Finding,
}

impl Cell {
    /// In words: whether it helps, hurts, does nothing, or is not distinguished from nothing.
    pub fn verdict(&self) -> &'static str {
        match self.finding {
            Finding::Lower => "helps",
            Finding::Higher => "hurts",
            other => other.words(),
        }
    }
}

/// One strategy over all scenarios.
#[derive(Clone, Debug, PartialEq)]
pub struct Overall {
    /// Strategy id.
    pub strategy: String,
    /// Scenarios in which it was run.
    pub scenarios: usize,
    /// Greatest regret over them, US dollars.
    pub worst_regret: f64,
    /// Mean place.
    pub mean_rank: f64,
    /// Scenarios in which it helps.
    pub helps: Vec<String>,
    /// Scenarios in which it does nothing.
    pub nothing: Vec<String>,
    /// Scenarios in which it hurts.
    pub hurts: Vec<String>,
}

/// The strategies of one run, no strategy first.
///
/// ```text
/// regret(s) = mean welfare cost(s) − min over s' of mean welfare cost(s')          s' = none counts
/// ```
pub fn cells(run: &Run) -> Vec<Cell> {
    let costs: Vec<f64> = run.welfare.iter().map(|w| mean(w)).collect();
    let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
    let firmness = best_shares(run);
    let frontier = frontier(&run.baseline_cost, &run.loss.iter().map(|l| mean(l)).collect::<Vec<_>>());
    let none = &run.loss[0];
    let of = |s: usize| {
        let name = format!("compare/{}", run.strategies[s]);
        let change = paired(&run.loss[s], none, mean(none), run.seed, &name);
        let finding = change.finding(run.too_late[s]);
        Cell {
            scenario: run.scenario.clone(),
            strategy: run.strategies[s].clone(),
            change,
            tail_change: tail_mean(&run.loss[s]) - tail_mean(none),
            baseline_cost: run.baseline_cost[s],
            on_frontier: frontier[s],
            regret: costs[s] - least,
            rank: 1 + costs.iter().filter(|c| **c < costs[s]).count(),
            best_share: firmness[s],
            finding,
        }
    };
    (0..run.strategies.len()).map(of).collect()
}

/// Which choices no other beats: none costs no more and leaves no more loss, with one of the two less.
fn frontier(costs: &[f64], losses: &[f64]) -> Vec<bool> {
    let choices: Vec<(f64, f64)> = costs.iter().copied().zip(losses.iter().copied()).collect();
    let beats = |a: &(f64, f64), b: &(f64, f64)| a.0 <= b.0 && a.1 <= b.1 && a != b;
    choices.iter().map(|choice| !choices.iter().any(|other| beats(other, choice))).collect()
}

/// How often each choice has the least mean cost when the replicates are drawn again, the same ones for all.
fn best_shares(run: &Run) -> Vec<f64> {
    let n = run.welfare[0].len();
    let mut wins = vec![0.0; run.strategies.len()];
    let mut random = Chance::new(run.seed, 0).sequence(Stream::Bootstrap, Entity::named("compare/rank"));
    for _ in 0..RESAMPLES {
        let mut sums = vec![0.0; run.strategies.len()];
        for _ in 0..n {
            let k = random.random_range(0..n);
            sums.iter_mut().zip(&run.welfare).for_each(|(sum, costs)| *sum += costs[k]);
        }
        let least = sums.iter().copied().fold(f64::INFINITY, f64::min);
        let first = sums.iter().position(|sum| *sum == least).expect("the least of the sums is one of them");
        wins[first] += 1.0 / RESAMPLES as f64;
    }
    wins
}

/// Sums up over scenarios: least worst regret first.
pub fn overall(cells: &[Cell]) -> Vec<Overall> {
    let mut ids: Vec<&str> = Vec::new();
    for cell in cells {
        if !ids.contains(&cell.strategy.as_str()) {
            ids.push(&cell.strategy);
        }
    }
    let of = |id: &&str| {
        let own: Vec<&Cell> = cells.iter().filter(|c| c.strategy == *id).collect();
        let where_it = |finding: Finding| -> Vec<String> {
            own.iter().filter(|c| c.finding == finding).map(|c| c.scenario.clone()).collect()
        };
        Overall {
            strategy: (*id).to_owned(),
            scenarios: own.len(),
            worst_regret: own.iter().map(|c| c.regret).fold(0.0, f64::max),
            mean_rank: mean(&own.iter().map(|c| c.rank as f64).collect::<Vec<_>>()),
            helps: where_it(Finding::Lower),
            nothing: where_it(Finding::NoEffect),
            hurts: where_it(Finding::Higher),
        }
    };
    let mut all: Vec<Overall> = ids.iter().map(of).collect();
    all.sort_by(|a, b| a.worst_regret.total_cmp(&b.worst_regret));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use chokepoint_scenario::NO_STRATEGY;

    fn run(scenario: &str, welfare: [[f64; 2]; 3], too_late: bool) -> Run {
        Run {
            scenario: scenario.to_owned(),
            strategies: [NO_STRATEGY, "stock", "plant"].map(str::to_owned).to_vec(),
            loss: vec![vec![10.0, 20.0], vec![4.0, 12.0], vec![10.0, 20.0]],
            welfare: welfare.iter().map(|w| w.to_vec()).collect(),
            baseline_cost: vec![0.0, 1.0, 2.0],
            too_late: vec![false, false, too_late],
            seed: 1,
        }
    }

    /// Costs of 15, 9, 16 on average: none is regretted by 6, the plant by 7; stock is best whichever replicates are drawn.
    #[test]
    fn regret_is_what_the_best_choice_would_have_avoided() {
        let cells = cells(&run("ban", [[10.0, 20.0], [6.0, 12.0], [11.0, 21.0]], true));
        let regrets: Vec<f64> = cells.iter().map(|c| c.regret).collect();
        assert_eq!(regrets, [6.0, 0.0, 7.0]);
        assert_eq!(cells.iter().map(|c| c.rank).collect::<Vec<_>>(), [2, 1, 3]);
        assert_eq!((cells[1].change.median, cells[1].tail_change), (-7.0, -8.0));
        assert!((cells[1].best_share - 1.0).abs() < 1e-9 && cells[0].best_share == 0.0);
        // the plant costs more than the stock and avoids less
        assert_eq!(cells.iter().map(|c| c.on_frontier).collect::<Vec<_>>(), [true, true, false]);
        let words: Vec<&str> = cells.iter().map(Cell::verdict).collect();
        assert_eq!(words, ["no effect in this event", "helps", "no effect in this event"]);
    }

    /// The stock costs 6 too much where nothing happens, none costs 6 too much in the ban, the plant 7 and 8.
    #[test]
    fn the_worst_regret_over_scenarios_decides_the_order() {
        let mut all = cells(&run("ban", [[10.0, 20.0], [6.0, 12.0], [11.0, 21.0]], false));
        all.extend(cells(&run("baseline", [[0.0, 0.0], [5.0, 5.0], [8.0, 8.0]], false)));
        let order: Vec<(String, f64)> =
            overall(&all).into_iter().map(|o| (o.strategy, o.worst_regret)).collect();
        let expected = [("stock", 5.0), ("no-strategy", 6.0), ("plant", 8.0)].map(|(s, r)| (s.to_owned(), r));
        assert_eq!(order, expected);
        assert_eq!(overall(&all)[0].helps, ["ban", "baseline"]);
    }
}
