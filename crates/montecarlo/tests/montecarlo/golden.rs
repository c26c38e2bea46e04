//! Outcomes of every shipped scenario as they were reviewed. A change of the model moves them: look at what moved, say why in
//! the changelog, and take the new ones with `GOLDEN=write cargo test -p chokepoint-montecarlo golden`.

use crate::shipped::{ran, scenarios};
use chokepoint_input::library::ids;
use chokepoint_montecarlo::names::{Names, number};
use chokepoint_montecarlo::outcomes::Measure;
use std::fmt::Write;
use std::path::Path;

/// What is kept of each arm: a mean over eight replicates, or over those in which it happened.
const KEPT: [Measure; 6] = [
    Measure::ValueAddedLost,
    Measure::LostShare,
    Measure::LateShare,
    Measure::LinesStopped,
    Measure::PricePeak,
    Measure::WeeksToPeak,
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

#[test]
fn outcomes_of_every_shipped_scenario_are_those_that_were_reviewed() {
    let mut text = "scenario,arm,outcome,mean_of_eight\n".to_owned();
    for id in ids(&scenarios()) {
        text.push_str(&outcomes(&id));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.csv");
    if std::env::var_os("GOLDEN").is_some_and(|wanted| wanted == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    let moved: Vec<String> = kept
        .lines()
        .zip(text.lines())
        .filter(|(was, is)| was != is)
        .map(|(was, is)| format!("was {was}\nis  {is}"))
        .collect();
    assert_eq!(kept.lines().count(), text.lines().count(), "rows came or went");
    assert!(
        moved.is_empty(),
        "{} outcomes moved, for example\n{}",
        moved.len(),
        moved[..moved.len().min(5)].join("\n")
    );
}
