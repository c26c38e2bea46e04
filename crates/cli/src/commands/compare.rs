//! `chokepoint compare`: scenarios × strategies, from the folders of finished runs.

use crate::arguments::CompareOptions;
use crate::failure::Failure;
use crate::finished::{rows, summary, unusable};
use crate::printer::{Printer, pretty};
use crate::results;
use chokepoint_charts::format::{money, signed_money};
use chokepoint_montecarlo::comparison::{Cell, Overall, Run, cells, overall};
use chokepoint_montecarlo::names::number;
use chokepoint_montecarlo::pairing::Finding;
use chokepoint_scenario::{BASELINE, BASELINE_WITH, NO_STRATEGY};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What is read of `summary.json`.
#[derive(serde::Deserialize)]
struct Summary {
    scenario: String,
    world: String,
    seed: u64,
    strategies: Vec<Strategy>,
}

#[derive(serde::Deserialize)]
struct Strategy {
    strategy: String,
    too_late: bool,
}

/// A line of `outcomes.csv`.
#[derive(serde::Deserialize)]
struct Line {
    replicate: usize,
    arm: String,
    outcome: String,
    region: String,
    sector: String,
    item: String,
    value: Option<f64>,
}

/// A line of `break_even.csv`.
#[derive(serde::Deserialize)]
struct BreakEven {
    strategy: String,
    region: String,
    baseline_cost: f64,
}

#[derive(Serialize)]
struct Row {
    scenario: String,
    strategy: String,
    verdict: &'static str,
    median_change: f64,
    interval: (f64, f64),
    share_better: f64,
    tail_change: f64,
    baseline_cost: f64,
    on_frontier: bool,
    regret: f64,
    rank: usize,
    best_share: f64,
}

pub(crate) fn compare(options: &CompareOptions, printer: Printer) -> Result<(), Failure> {
    let mut runs: Vec<Run> = Vec::new();
    let mut world: Option<String> = None;
    for folder in &options.folders {
        let (run, its_world) = read(folder)?;
        if world.get_or_insert_with(|| its_world.clone()) != &its_world {
            let all = world.unwrap_or_default();
            return Err(Failure::Usage(format!(
                "{} is a run in the world `{its_world}`, the ones before it in `{all}`: compare runs in one world",
                folder.display()
            )));
        }
        if runs.iter().any(|known| known.scenario == run.scenario) {
            return Err(Failure::Usage(format!("two of the folders hold runs of `{}`", run.scenario)));
        }
        runs.push(run);
    }
    let cells: Vec<Cell> = runs.iter().flat_map(cells).collect();
    let all = overall(&cells);
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("output").join("compare"));
    let mut folder = results::open(&out, options.force, printer)?;
    folder.write("comparison.csv", by_scenario(&cells).as_bytes())?;
    folder.write("ranking.csv", ranking(&all).as_bytes())?;
    let rows: Vec<Row> = cells.iter().map(row).collect();
    folder.write("comparison.json", pretty(&rows).as_bytes())?;
    let place = folder.finish()?;
    printer.result(&rows, || render(&cells, &all));
    printer.talk(&format!("Tables are in {}\n", place.display()));
    Ok(())
}

fn row(cell: &Cell) -> Row {
    Row {
        scenario: cell.scenario.clone(),
        strategy: cell.strategy.clone(),
        verdict: cell.verdict(),
        median_change: cell.change.median,
        interval: cell.change.interval,
        share_better: cell.change.share_below,
        tail_change: cell.tail_change,
        baseline_cost: cell.baseline_cost,
        on_frontier: cell.on_frontier,
        regret: cell.regret,
        rank: cell.rank,
        best_share: cell.best_share,
    }
}

/// Losses and costs of all arms of a finished run.
fn read(folder: &Path) -> Result<(Run, String), Failure> {
    let summary: Summary = summary(folder)?;
    let shown = |line: &Line| {
        matches!(line.outcome.as_str(), "welfare_cost" | "value_added_lost")
            && [&line.region, &line.sector, &line.item].iter().all(|part| part.is_empty())
    };
    let mut values: BTreeMap<(String, bool), Vec<f64>> = BTreeMap::new();
    for line in rows(folder, "outcomes.csv", shown)? {
        let column = values.entry((line.arm, line.outcome == "welfare_cost")).or_default();
        if column.len() != line.replicate {
            return Err(unusable(folder, &"outcomes.csv is not in order of its replicates"));
        }
        column.push(line.value.ok_or_else(|| unusable(folder, &"outcomes.csv lacks an amount"))?);
    }
    let column = |arm: &str, welfare: bool| {
        let found = values.get(&(arm.to_owned(), welfare)).cloned();
        found.ok_or_else(|| unusable(folder, &format!("no arm `{arm}` in outcomes.csv")))
    };
    let baseline = column(BASELINE, false)?;
    let mut strategies = vec![NO_STRATEGY.to_owned()];
    strategies.extend(summary.strategies.iter().map(|s| s.strategy.clone()));
    let mut too_late = vec![false];
    too_late.extend(summary.strategies.iter().map(|s| s.too_late));
    let (mut loss, mut welfare) = (Vec::new(), Vec::new());
    for id in &strategies {
        // against the same replicates with the same strategy and without the shock, as in the run itself
        let own = column(&format!("{BASELINE_WITH}{id}"), false);
        let without = if id == NO_STRATEGY { &baseline } else { &own? };
        loss.push(column(id, false)?.iter().zip(without).map(|(with, without)| with - without).collect());
        welfare.push(column(id, true)?);
    }
    let baseline_cost = baseline_costs(folder, &strategies)?;
    let (scenario, seed) = (summary.scenario, summary.seed);
    Ok((Run { scenario, strategies, loss, welfare, baseline_cost, too_late, seed }, summary.world))
}

/// What each strategy costs all regions where no shock comes, from `break_even.csv`.
fn baseline_costs(folder: &Path, strategies: &[String]) -> Result<Vec<f64>, Failure> {
    let rows: Vec<BreakEven> = rows(folder, "break_even.csv", |r: &BreakEven| r.region.is_empty())?;
    let of = |id: &String| rows.iter().find(|r| r.strategy == *id).map_or(0.0, |r| r.baseline_cost);
    Ok(strategies.iter().map(of).collect())
}

fn by_scenario(cells: &[Cell]) -> String {
    let mut text = String::from(
        "scenario,strategy,verdict,unit,median_change,ci_low,ci_high,share_better,tail_change,baseline_cost,on_frontier,regret,rank,best_share\n",
    );
    for c in cells {
        let _ = writeln!(
            text,
            "{},{},{},USD,{},{},{},{},{},{},{},{},{},{}",
            c.scenario,
            c.strategy,
            c.verdict(),
            number(c.change.median),
            number(c.change.interval.0),
            number(c.change.interval.1),
            number(c.change.share_below),
            number(c.tail_change),
            number(c.baseline_cost),
            c.on_frontier,
            number(c.regret),
            c.rank,
            number(c.best_share)
        );
    }
    text
}

fn ranking(all: &[Overall]) -> String {
    let mut text =
        String::from("strategy,scenarios,worst_regret_usd,mean_rank,helps_in,nothing_in,hurts_in\n");
    for o in all {
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{}",
            o.strategy,
            o.scenarios,
            number(o.worst_regret),
            number(o.mean_rank),
            o.helps.join(" "),
            o.nothing.join(" "),
            o.hurts.join(" ")
        );
    }
    text
}

fn render(cells: &[Cell], all: &[Overall]) -> String {
    let mut text = String::from(
        "\nWhat each strategy changes in value added lost, on the same replicates (median, 95 % interval of the median)\n",
    );
    let mut scenario = "";
    for c in cells.iter().filter(|c| c.strategy != NO_STRATEGY) {
        if c.scenario != scenario {
            scenario = &c.scenario;
            let _ = writeln!(text, "\n{scenario}");
        }
        let (low, high) = c.change.interval;
        let change = match c.finding {
            Finding::NoEffect => c.verdict().to_owned(),
            _ => format!(
                "{}: {} ({} to {})",
                c.verdict(),
                signed_money(c.change.median),
                signed_money(low),
                signed_money(high)
            ),
        };
        let _ = writeln!(text, "  {:<24} {change}", c.strategy);
    }
    text.push_str("\nOver all of them, costs included: least worst regret first\n");
    for o in all {
        let nothing = if o.nothing.is_empty() || o.strategy == NO_STRATEGY {
            String::new()
        } else {
            format!("; no effect in {}", o.nothing.join(", "))
        };
        let _ = writeln!(
            text,
            "  {:<24} worst regret {:<14} mean rank {:.1} (scenarios: {}){nothing}",
            o.strategy,
            money(o.worst_regret),
            o.mean_rank,
            o.scenarios
        );
    }
    text
}
