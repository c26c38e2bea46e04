//! The table of `docs/validation.md` that sets published estimates beside this model, with runs that change one thing.

use super::bench::Bench;
use super::page::{billions, significant};
use crate::failure::Failure;
use chokepoint_input::problem::Source;
use chokepoint_montecarlo::beside::{Beside, beside, value_added};
use chokepoint_montecarlo::names::Names;
use chokepoint_montecarlo::rules::{RULES, Rule};
use chokepoint_scenario::published::{Amount, Estimate, TENTH, of_the_world};
use chokepoint_scenario::{Experiment, Request, load, load_in};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One thing that is changed.
enum Change {
    /// Stocks of all stages at the low end of their ranges.
    ThinStocks,
    /// The same controls bind sales to everybody.
    Everybody,
    /// A rule is switched off.
    Without(Rule),
}

/// Rules whose loss could explain a difference: those that spare somebody.
const SPARE: [&str; 4] = ["give", "late", "quote", "triage"];

impl Change {
    fn all() -> impl Iterator<Item = Self> {
        let rules = RULES.into_iter().filter(|rule| SPARE.contains(&rule.id)).map(Self::Without);
        [Self::ThinStocks, Self::Everybody].into_iter().chain(rules)
    }

    fn name(&self) -> String {
        match self {
            Self::ThinStocks => "stocks at the low end".to_owned(),
            Self::Everybody => "to everybody".to_owned(),
            Self::Without(rule) => format!("without {}", rule.id),
        }
    }

    /// The experiment with this changed; nothing where there is nothing to change.
    fn of(
        &self,
        experiment: &Experiment,
        request: &Request,
        library: &Path,
    ) -> Result<Option<Experiment>, Failure> {
        let mut changed = experiment.clone();
        match self {
            Self::ThinStocks => {
                for name in ["downstream_cover", "upstream_cover"] {
                    let low = experiment.world.parameters.get(name).map(|p| p.distribution.range().0);
                    low.into_iter().for_each(|low| changed.fix(name, low));
                }
            }
            Self::Everybody => {
                let source = &experiment.files[0];
                let Some(text) = to_everybody(&source.text) else { return Ok(None) };
                let source = Arc::new(Source { text, ..Source::clone(source) });
                let loaded = load_in(&experiment.world, &source, library, request);
                changed = loaded.map_err(Failure::Invalid)?.0;
            }
            Self::Without(rule) => rule.switch_off(&mut changed),
        }
        Ok(Some(changed))
    }
}

/// A scenario's text with events whose targets are all destinations; nothing if they are already. Classes of buyers, which name
/// destinations too, stay.
fn to_everybody(text: &str) -> Option<String> {
    let (mut kept, mut rest, mut changed) = (String::new(), text, false);
    while let Some(at) = rest.find("target: (") {
        let end = at + rest[at..].find(')')?;
        let target = &rest[at..end];
        kept += &rest[..at];
        if let Some(from) = target.find("destinations: [") {
            let until = from + target[from..].find(']')? + 1;
            kept += &target[..from];
            kept += target[until..].trim_start_matches(',');
            changed = true;
        } else {
            kept += target;
        }
        rest = &rest[end..];
    }
    changed.then(|| kept + rest)
}

/// A scenario with estimates: this model's numbers, and those with each change.
struct Study<'e> {
    experiment: &'e Experiment,
    ours: Vec<Beside<'e>>,
    /// By change and estimate; nothing where there was nothing to change.
    changed: Vec<Option<Vec<[f64; 3]>>>,
}

/// The page with all estimates of a library.
pub(super) fn page(library: &Path, scenarios: &[PathBuf], bench: &Bench<'_>) -> Result<String, Failure> {
    let mut text = format!(
        "{} replicates, seed {}; value added lost in the region, billion US dollars, medians (P5 to P95), and per cent of a year’s gross domestic product. Written by `chokepoint validation`.\n\n",
        bench.settings.replicates, bench.settings.seed
    );
    text +=
        "| estimate | scenario | region | theirs | this model | all that it counts there in as many months |";
    Change::all().for_each(|change| text += &format!(" {} |", change.name()));
    text += "\n| --- | --- | --- | ---: | ---: | ---: |";
    Change::all().for_each(|_| text += " ---: |");
    text += "\n";
    let (mut counted, mut words) = (None, String::from("\n"));
    for scenario in scenarios {
        let request = request(scenario)?;
        let Some(request) = request else { continue };
        let (experiment, _) = load(&request).map_err(Failure::Invalid)?;
        counted = counted.or_else(|| Some(value_added(&experiment, None)));
        let ensemble = bench.run(&experiment)?;
        let ours = beside(&experiment, &ensemble);
        let mut changed = Vec::new();
        for change in Change::all() {
            let other = change.of(&experiment, &request, library)?;
            changed.push(match other {
                Some(other) => {
                    let ensemble = bench.run(&other)?;
                    Some(beside(&other, &ensemble).iter().map(|row| row.ours).collect())
                }
                None => None,
            });
        }
        ours.iter().for_each(|row| words += &named(row.estimate));
        text += &rows(&Study { experiment: &experiment, ours, changed });
    }
    if let Some(counted) = counted {
        for estimate in of_the_world(library).map_err(Failure::Invalid)?.iter().filter(|e| e.counts == TENTH)
        {
            let theirs = estimate.amount.usd(None).map_or(0.0, |usd| usd[1]);
            let _ = writeln!(
                text,
                "| {} | – | world | {} | {} | {} |{}",
                estimate.id,
                billions(theirs),
                billions(counted / 10.0),
                billions(counted),
                " – |".repeat(Change::all().count())
            );
            words += &named(estimate);
        }
    }
    Ok(text + &words)
}

/// What to load of a scenario with its estimates' strategies; nothing without estimates.
fn request(scenario: &Path) -> Result<Option<Request>, Failure> {
    let bare = Request { scenario: scenario.to_owned(), strategies: Some(Vec::new()), ..Request::default() };
    let (experiment, _) = load(&bare).map_err(Failure::Invalid)?;
    let estimates = &experiment.published.estimates;
    let mut strategies: Vec<String> = estimates.iter().filter_map(|e| e.strategy.clone()).collect();
    strategies.dedup();
    Ok((!estimates.is_empty()).then_some(Request { strategies: Some(strategies), ..bare }))
}

fn named(estimate: &Estimate) -> String {
    let later = if estimate.knows_the_crisis() { "; order of magnitude only" } else { "" };
    let counts = match estimate.counts.as_str() {
        "network" => "gross domestic product, with all industries that supply each other",
        "macro" => "output, by macroeconomic models",
        "input_output" => "gross domestic product, by input-output tables",
        "scaled" => "gross domestic product, scaled from 2010",
        "growth" => "growth of gross domestic product",
        "gdp" => "gross domestic product",
        _ => "output at risk",
    };
    format!("- `{}`: {}; {}; {counts}{later}\n", estimate.id, estimate.source, estimate.asked)
}

fn rows(study: &Study<'_>) -> String {
    let names = Names(study.experiment);
    let mut text = String::new();
    for (place, row) in study.ours.iter().enumerate() {
        let estimate = row.estimate;
        let of = match (row.item, estimate.region) {
            (Some(item), _) => names.item(Some(item)).to_owned(),
            (None, region) => names.region(region).to_owned(),
        };
        let of = match &estimate.strategy {
            Some(strategy) => format!("{of}, with {strategy}"),
            None => of,
        };
        let amount = |range: [f64; 3]| match estimate.amount {
            Amount::Price(..) => span(range, |x| format!("×{x:.1}")),
            Amount::OfGdp(_) | Amount::Usd(_) => match row.gdp {
                Some(gdp) => format!("{}; {} %", span(range, billions), significant(100.0 * range[1] / gdp)),
                None => span(range, billions),
            },
        };
        let ceiling = match row.item {
            Some(_) => "–".to_owned(),
            None => {
                let months = estimate.months / 12.0;
                amount([value_added(study.experiment, estimate.region) * months; 3])
            }
        };
        let _ = write!(
            text,
            "| {} | {} | {of} | {} | {} | {ceiling} |",
            estimate.id,
            study.experiment.scenario.id,
            row.theirs.map_or_else(|| "–".to_owned(), amount),
            amount(row.ours),
        );
        for changed in &study.changed {
            let shown = changed
                .as_ref()
                .and_then(|all| all.get(place))
                .map_or_else(|| "–".to_owned(), |r| amount(*r));
            text += &format!(" {shown} |");
        }
        text += "\n";
    }
    text
}

/// "12 (5 to 21)", or one number where all are alike.
fn span([low, middle, high]: [f64; 3], shown: impl Fn(f64) -> String) -> String {
    if shown(low) == shown(high) {
        return shown(middle);
    }
    format!("{} ({} to {})", shown(middle), shown(low), shown(high))
}

#[cfg(test)]
mod tests {
    use super::to_everybody;

    #[test]
    fn controls_of_one_country_become_controls_of_all_and_classes_of_buyers_stay() {
        let one = "target: (origins: [\"CN\"], destinations: [\"JP\"],), magnitude";
        assert_eq!(to_everybody(one).as_deref(), Some("target: (origins: [\"CN\"], ), magnitude"));
        let classes = "target: (origins: [\"CN\"]), refused: [(destinations: [\"US\"])]";
        assert_eq!(to_everybody(classes), None);
    }
}
