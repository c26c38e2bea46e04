//! The tables of `docs/validation.md` that say what the baseline of a world does on its own.

use super::page::Figures;
use crate::commands::list;
use crate::failure::Failure;
use chokepoint_charts::Chart;
use chokepoint_charts::kind::outlooks::Outlooks;
use chokepoint_charts::locale::Named;
use chokepoint_montecarlo::drift::{self, Drift, Followed};
use chokepoint_montecarlo::outlook::{self, Compared};
use chokepoint_scenario::Experiment;
use std::fmt::Write;
use std::sync::atomic::AtomicBool;

/// A page with the drift of each world that a list of experiments is in, each once, and the figures beside outlooks.
pub(super) fn page<'e>(
    experiments: impl Iterator<Item = &'e Experiment>,
    figures: &mut Figures,
) -> Result<(String, Vec<(Named, Chart)>), Failure> {
    let (mut text, mut done, mut charts) = (String::new(), Vec::new(), Vec::new());
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
        let stop = AtomicBool::new(false);
        let compared = outlook::compare(world, &list::library()?, drift::REPLICATES, &stop);
        let compared = compared.map_err(Failure::Invalid)??;
        text += &beside_outlooks(&compared);
        let named = Named::new(&world.id, &world.name);
        let chart = Outlooks::of(&named, &compared).map(Chart::Outlooks);
        charts.extend(chart.map(|chart| (named, chart)));
        // worlds without outlooks are not written about
        if !compared.is_empty() {
            figures_of(&found, &compared, figures);
        }
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
    Ok((text, charts))
}

/// Stocks, prices and outlooks as figures.
fn figures_of(found: &[Drift], compared: &[Compared], figures: &mut Figures) {
    let stocks = || found.iter().filter(|drift| matches!(drift.followed, Followed::Stock(..)));
    figures.set("baseline.all", stocks().count());
    figures.set("baseline.within", stocks().filter(|drift| drift.beyond().is_none()).count());
    figures.set("baseline.outlooks.all", compared.len());
    figures.set("baseline.outlooks.inside", compared.iter().filter(|row| row.inside()).count());
    for drift in found {
        let Some(last) = drift.years.last() else { continue };
        match &drift.followed {
            Followed::Price(good, place) => {
                let place = if place == "outside" { "outside" } else { "inside" };
                figures.set(&format!("baseline.price.{good}.{place}"), format!("{last:.2}"));
            }
            Followed::Inside(good) => {
                figures.set(&format!("baseline.inside-over-outside.{good}"), format!("{last:.2}"));
            }
            Followed::Stock(..) => {}
        }
    }
}

/// What others published of the years to come, beside the baseline.
fn beside_outlooks(compared: &[Compared]) -> String {
    let Some(first) = compared.first() else { return String::new() };
    let years: String =
        (0..outlook::YEARS).map(|year| format!(" {} |", first.first as usize + year)).collect();
    let mut text = format!(
        "| beside outlooks | unit |{years} published for |  | |\n| --- | --- |{} ---: | ---: | --- |\n",
        " ---: |".repeat(outlook::YEARS)
    );
    for row in compared {
        let n = |x: f64| shown(x, &row.outlook.range);
        // a growth rate is one number
        let course = row.years.windows(2).any(|w| w[0] != w[1]);
        let cell = |(place, [_, middle, _]): (usize, &[f64; 3])| {
            if course || place + 1 == row.years.len() {
                format!(" {} |", n(*middle))
            } else {
                " |".to_owned()
            }
        };
        let years: String = row.years.iter().enumerate().map(cell).collect();
        let [low, value, high] = row.outlook.range;
        let _ = writeln!(
            text,
            "| {} | {} |{years} {} | {} ({} to {}) | {} |",
            row.outlook.name,
            row.outlook.unit,
            row.outlook.year,
            n(value),
            n(low),
            n(high),
            if row.inside() { "" } else { "beyond" }
        );
    }
    let inside = compared.iter().filter(|row| row.inside()).count();
    let _ = writeln!(text, "\n{inside} of {} inside what was published. Sources:\n", compared.len());
    for row in compared {
        let _ = writeln!(text, "- {}: {}", row.outlook.name, row.outlook.source);
    }
    text + "\n"
}

/// A number with as many digits as the range it stands beside asks for.
fn shown(x: f64, range: &[f64; 3]) -> String {
    let digits = usize::from(range[2].abs() < 20.0);
    format!("{x:.digits$}").replace('-', "−")
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
