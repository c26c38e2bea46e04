//! Score cards of the crises on record, for the page.

use super::bench::Bench;
use super::page::Figures;
use crate::commands::backtest::{lost, variants};
use crate::failure::Failure;
use chokepoint_input::library::ids;
use chokepoint_montecarlo::history::record::Recorder;
use chokepoint_montecarlo::history::score::{Card, Score};
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::history::{self, History};
use std::fmt::Write;
use std::path::Path;

/// Replicates of a card.
const REPLICATES: u32 = 256;

/// Cards, and what is lost without each mechanism, of the histories whose scenarios are among the experiments.
pub(super) fn pages<'e>(
    library: &Path,
    experiments: impl Iterator<Item = &'e Experiment>,
    bench: &Bench<'_>,
    figures: &mut Figures,
) -> Result<Vec<(String, String)>, Failure> {
    let studied: Vec<&str> = experiments.map(|experiment| experiment.scenario.id.as_str()).collect();
    let settings = Settings { replicates: REPLICATES, ..bench.settings };
    let folder = library.join("histories");
    let mut pages = Vec::new();
    for id in ids(&folder) {
        let path = folder.join(format!("{id}.ron"));
        let (mut history, mut experiment, _) = history::load(&path, None).map_err(Failure::Invalid)?;
        if !studied.contains(&experiment.scenario.id.as_str()) {
            continue;
        }
        bench.printer.note(&format!("{id}: the record"));
        let card = card(&history, &experiment, settings, bench)?;
        pages.push((format!("card-{id}.md"), table(&card)));
        figures_of(&format!("card.{id}"), &card, figures);
        let cases =
            bench.pool.install(|| variants(&history, &experiment, settings, bench.pool, bench.stop))?;
        let mut text = String::from("| without | numbers that are lost |\n| --- | --- |\n");
        for (taken, variant) in &cases {
            let names = lost(&card, variant);
            let shown = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            let _ = writeln!(text, "| {} | {shown} |", taken.name);
        }
        pages.push((format!("ablation-{id}.md"), text));
        if history.give_exports(&mut experiment) {
            let given = self::card(&history, &experiment, settings, bench)?;
            pages.push((format!("card-{id}-given-exports.md"), table(&given)));
            figures_of(&format!("card.{id}-given-exports"), &given, figures);
        }
    }
    Ok(pages)
}

fn card(
    history: &History,
    experiment: &Experiment,
    settings: Settings,
    bench: &Bench<'_>,
) -> Result<Card, Failure> {
    let recorder = Recorder::new(experiment, history, |_| true, false);
    let records = bench.pool.install(|| recorder.run(settings, |record| record, &|_| (), bench.stop))?;
    Ok(Card::new(history, &recorder, &records, settings.seed))
}

fn table(card: &Card) -> String {
    let drawn =
        card.posterior.as_ref().map_or_else(|| "the priors".to_owned(), |id| format!("the posterior `{id}`"));
    let mut text = format!(
        "{} replicates, seed {}, behaviour from {drawn}. Written by `chokepoint validation`.\n\n\
         | target | role | observed | P5 | P50 | P95 | inside | model | nothing changes | elasticity |\n\
         | --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |\n",
        card.replicates, card.seed
    );
    let n = |x: f64| format!("{x:.2}").replace('-', "−");
    for s in &card.scores {
        let role = if s.seen { format!("{}, seen", s.role) } else { s.role.to_owned() };
        let inside = match (s.unit, s.inside, s.informative) {
            ("probability", ..) => "–",
            (_, true, true) => "yes",
            (_, true, false) => "yes, wide",
            (_, false, _) => "no",
        };
        let _ = writeln!(
            text,
            "| {} ({}) | {role} | {} | {} | {} | {} | {inside} | {} | {} | {} |",
            s.id,
            s.unit,
            n(s.observed),
            n(s.p5),
            n(s.p50),
            n(s.p95),
            n(s.model),
            n(s.no_change),
            n(s.elasticity)
        );
    }
    text
}

fn figures_of(key: &str, card: &Card, figures: &mut Figures) {
    let tests: Vec<&Score> = card.tests().collect();
    let fitted: Vec<&Score> = card.scores.iter().filter(|s| s.role == "fitted").collect();
    let fresh: Vec<&&Score> = tests.iter().filter(|s| !s.seen).collect();
    figures.set(&format!("{key}.replicates"), card.replicates);
    figures.set(&format!("{key}.fitted.all"), fitted.len());
    figures.set(&format!("{key}.fitted.inside"), fitted.iter().filter(|s| s.inside).count());
    figures.set(&format!("{key}.scored.all"), tests.len());
    figures.set(&format!("{key}.scored.inside"), tests.iter().filter(|s| s.inside).count());
    let narrow = tests.iter().filter(|s| s.inside && s.informative);
    figures.set(&format!("{key}.scored.narrow"), narrow.count());
    figures.set(&format!("{key}.nearer"), tests.iter().filter(|s| s.beats_both()).count());
    figures.set(&format!("{key}.fresh.all"), fresh.len());
    figures.set(&format!("{key}.fresh.inside"), fresh.iter().filter(|s| s.inside).count());
    for s in &card.scores {
        for (name, value) in [("observed", s.observed), ("p5", s.p5), ("p50", s.p50), ("p95", s.p95)] {
            let shown = match s.unit {
                "%" => format!("{value:.0}"),
                _ => format!("{value:.2}"),
            };
            figures.set(&format!("{key}.{}.{name}", s.id), shown.replace('-', "−"));
        }
    }
}
