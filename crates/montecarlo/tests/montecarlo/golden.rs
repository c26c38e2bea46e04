//! Outcomes of every shipped scenario as they were reviewed. A change of the model moves them: look at what moved, say why in
//! the changelog, and take the new ones with `GOLDEN=write cargo test --release -p chokepoint-montecarlo golden`. It says what
//! moved and fails once, so that a gate in which the variable is set by mistake does not pass.

use crate::shipped::{ran, scenarios};
use chokepoint_input::library::ids;
use chokepoint_montecarlo::names::{Names, number};
use chokepoint_montecarlo::outcomes::OutcomeKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// What is kept of each arm: a mean over eight replicates, or over those in which it happened.
const KEPT: [OutcomeKind; 6] = [
    OutcomeKind::ValueAddedLost,
    OutcomeKind::LostShare,
    OutcomeKind::LateShare,
    OutcomeKind::LinesStopped,
    OutcomeKind::PricePeak,
    OutcomeKind::WeeksToPeak,
];

fn outcomes(id: &str) -> String {
    let run = ran(id);
    let (experiment, ensemble) = (&run.0, &run.1);
    let names = Names(experiment);
    let mut text = String::new();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (place, outcome) in ensemble.outcomes.iter().enumerate() {
            if KEPT.contains(&outcome.measure) && outcome.region.is_none() && outcome.sector.is_none() {
                let values = ensemble.column(arm, place);
                let mean = values.iter().sum::<f64>() / values.len() as f64;
                let _ = writeln!(text, "{id},{},{},{}", info.id, names.outcome(outcome), number(mean));
            }
        }
    }
    text
}

/// Values by scenario, and there by arm and outcome.
fn by_scenario(table: &str) -> BTreeMap<&str, BTreeMap<&str, f64>> {
    let mut scenarios: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let (scenario, rest) = line.split_once(',').unwrap();
        let (outcome, value) = rest.rsplit_once(',').unwrap();
        // what never happened has no number
        let value = if value.is_empty() { f64::NAN } else { value.parse().unwrap() };
        scenarios.entry(scenario).or_default().insert(outcome, value);
    }
    scenarios
}

/// What moved from one table to another, a line for each scenario: how many outcomes, and the one that moved most.
fn moves(was: &str, is: &str) -> Vec<String> {
    let (was, is) = (by_scenario(was), by_scenario(is));
    let ids: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let mut lines = Vec::new();
    for id in ids {
        let none = BTreeMap::new();
        let (before, after) = (was.get(id).unwrap_or(&none), is.get(id).unwrap_or(&none));
        let came = after.keys().filter(|o| !before.contains_key(*o)).count();
        let went = before.keys().filter(|o| !after.contains_key(*o)).count();
        let mut moved: Vec<(f64, &str, f64, f64)> = before
            .iter()
            .filter_map(|(o, old)| after.get(o).map(|new| (*o, *old, *new)))
            .filter(|(_, old, new)| old != new && !(old.is_nan() && new.is_nan()))
            .map(|(o, old, new)| {
                let size = if old.is_nan() || new.is_nan() || old == 0.0 {
                    f64::INFINITY
                } else {
                    (new / old - 1.0).abs()
                };
                (size, o, old, new)
            })
            .collect();
        moved.sort_by(|a, b| b.0.total_cmp(&a.0));
        if let Some((size, outcome, old, new)) = moved.first() {
            let n = moved.len();
            lines.push(format!(
                "{id}: {n} outcomes moved, most {outcome}: {old} to {new} ({:+.3} %)",
                100.0 * size * (new - old).signum()
            ));
        }
        if came + went > 0 {
            lines.push(format!("{id}: {came} outcomes came, {went} went"));
        }
    }
    lines
}

#[test]
fn outcomes_of_every_shipped_scenario_are_those_that_were_reviewed() {
    let mut text = "scenario,arm,outcome,mean_of_eight\n".to_owned();
    for id in ids(&scenarios()) {
        text.push_str(&outcomes(&id));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.csv");
    let kept = std::fs::read_to_string(&path).unwrap();
    let moved = moves(&kept, &text);
    let wanted = std::env::var_os("GOLDEN").is_some_and(|wanted| wanted == "write");
    if wanted {
        std::fs::write(&path, &text).unwrap();
    }
    let taken = if wanted { "\nthey are taken: run the test again without GOLDEN" } else { "" };
    assert!(moved.is_empty(), "{}{taken}", moved.join("\n"));
    assert_eq!(kept, text, "the same numbers, written in another way or order");
}

#[test]
fn what_moved_is_reported_by_scenario_with_the_largest_move() {
    let table = |rows: &[&str]| format!("scenario,arm,outcome,mean_of_eight\n{}\n", rows.join("\n"));
    let was = table(&["ban,none,lost,100", "ban,none,late,10", "ban,none,peak,", "quiet,none,lost,1"]);
    let is = table(&[
        "ban,none,lost,104",
        "ban,none,late,8",
        "ban,none,peak,",
        "quiet,none,lost,1",
        "quiet,none,late,0",
    ]);
    let expected =
        ["ban: 2 outcomes moved, most none,late: 10 to 8 (-20.000 %)", "quiet: 1 outcomes came, 0 went"];
    assert_eq!(moves(&was, &is), expected);
}
