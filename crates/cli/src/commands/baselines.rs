//! The tables of `docs/validation.md` that say what the baseline of a world does on its own.

use super::list;
use crate::failure::Failure;
use chokepoint_montecarlo::drift::{self, Drift, Followed};
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// A page with the drift of each world that a list of experiments is in, each once.
pub(super) fn page<'e>(experiments: impl Iterator<Item = &'e Experiment>) -> Result<String, Failure> {
    let (mut text, mut done) = (String::new(), Vec::new());
    for world in experiments.map(|experiment| &experiment.world) {
        if done.contains(&&world.id) {
            continue;
        }
        done.push(&world.id);
        let found = drift::of(world, &list::library()?).map_err(Failure::Invalid)?;
        let _ = writeln!(
            text,
            "World `{}`, nothing happens; medians of {} replicates, mean of each year. Written by `chokepoint validation`.\n",
            world.id,
            drift::REPLICATES
        );
        let headline = |good: &str| world.headline_prices.iter().any(|c| world.commodities[*c].id == good);
        text += &table(&found, "weeks of stock over the start", |f| match f {
            Followed::Stock(stage, region) => Some(format!("{stage}, {region}")),
            _ => None,
        });
        text += &table(&found, "price over reference", |f| match f {
            Followed::Price(good, place) if headline(good) => Some(format!("{good}, {place}")),
            _ => None,
        });
        text += &table(&found, "price inside over outside, of what is exported net", |f| match f {
            Followed::Inside(good) => Some(good.clone()),
            _ => None,
        });
    }
    Ok(text)
}

/// One table: the rows that have a name here. What is beyond its bounds is marked.
fn table(found: &[Drift], title: &str, name: impl Fn(&Followed) -> Option<String>) -> String {
    let rows: Vec<(String, &Drift)> =
        found.iter().filter_map(|drift| Some((name(&drift.followed)?, drift))).collect();
    let within = rows.iter().filter(|(_, drift)| drift.beyond().is_none()).count();
    let years: String = (1..=drift::YEARS).map(|year| format!(" year {year} |")).collect();
    let mut text = format!("| {title} |{years} |\n| --- |{} --- |\n", " ---: |".repeat(drift::YEARS));
    for (name, drift) in &rows {
        let years: String = drift.years.iter().map(|year| format!(" {year:.2} |")).collect();
        let _ =
            writeln!(text, "| {name} |{years} {} |", if drift.beyond().is_some() { "beyond" } else { "" });
    }
    let bounded = rows.iter().any(|(_, drift)| !matches!(drift.followed, Followed::Price(..)));
    let kept = format!("{within} of {} within bounds.\n\n", rows.len());
    text + "\n" + if bounded { &kept } else { "" }
}
