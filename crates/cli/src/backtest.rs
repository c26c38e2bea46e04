//! `chokepoint backtest`: the model against a crisis of the past, with a score card, misses shown.

use crate::arguments::BacktestOptions;
use crate::calibrate::find;
use crate::failure::{self, Failure};
use crate::{manifest, run, terminal};
use chokepoint_charts::figure::Credit;
use chokepoint_montecarlo::future::Uncertainty;
use chokepoint_montecarlo::history::record::{Record, Recorder};
use chokepoint_montecarlo::history::score::{Card, INFORMATIVE, Score};
use chokepoint_montecarlo::results::Folder;
use chokepoint_scenario::experiment::Experiment;
use chokepoint_scenario::history::{self, History};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

pub(crate) fn backtest(options: &BacktestOptions, json: bool, quiet: bool) -> Result<(), Failure> {
    let path = find(&options.history)?;
    let (history, mut experiment, warnings) =
        history::load(&path, options.overrides.clone()).map_err(Failure::Invalid)?;
    if !quiet && !warnings.0.is_empty() {
        terminal::err(&failure::render(&warnings));
    }
    if options.prior {
        experiment.world.posterior = None;
    }
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from("output").join(format!("backtest-{}", history.id)));
    let folder = Folder::open(&out, options.force)?;
    let replicates = options.replicates.unwrap_or(options.tier.replicates());
    let stop = run::interrupt();
    let pool = run::pool(options.threads)?;
    let recorder = Recorder::new(&experiment, &history, |_| true, true);
    let bar = run::progress(replicates, quiet || json);
    let report = |n: u32| bar.inc(u64::from(n));
    let records =
        pool.install(|| recorder.run(options.seed, Uncertainty::FULL, replicates, &report, &stop))?;
    bar.finish_and_clear();
    let card = Card::new(&history, &recorder, &records, options.seed);
    folder.write("scorecard.csv", card.csv().as_bytes())?;
    folder.write("scorecard.json", to_json(&card).as_bytes())?;
    folder.write("prices.csv", prices(&history, &recorder, &records).as_bytes())?;
    let variants = if options.variants {
        let replicates = replicates.min(MOST_OF_A_VARIANT);
        variants(&history, &experiment, (options.seed, replicates), &pool, &stop)?
    } else {
        Vec::new()
    };
    if options.variants {
        folder.write("variants.csv", variants_csv(&card, &variants).as_bytes())?;
    }
    let credit = credit(&history, &experiment, &card);
    let figure = chokepoint_charts::backtest::draw(&history, &recorder, &records, &card, &credit)?;
    folder.write(&format!("charts/{}.svg", figure.name), figure.svg.as_bytes())?;
    folder.write(&format!("charts/{}.png", figure.name), &figure.png)?;
    folder.write(&format!("charts/{}.csv", figure.name), figure.csv.as_bytes())?;
    folder.write(&format!("charts/{}.json", figure.name), figure.json.as_bytes())?;
    let place = folder.finish()?;
    if json {
        terminal::out(&to_json(&card));
    } else {
        terminal::out(&told(&history, &experiment, &card));
        terminal::out(&without(&card, &variants));
    }
    if !quiet {
        terminal::err(&format!("Tables and charts are in {}\n", place.display()));
    }
    Ok(())
}

/// Replicates of a variant: enough to see which numbers it loses.
const MOST_OF_A_VARIANT: u32 = 128;

/// The score card of the model with each mechanism taken out.
fn variants(
    history: &History,
    experiment: &Experiment,
    (seed, replicates): (u64, u32),
    pool: &rayon::ThreadPool,
    stop: &AtomicBool,
) -> Result<Vec<(String, Card)>, Failure> {
    let mut cards = Vec::new();
    for variant in &history.variants {
        let mut changed = experiment.clone();
        variant.set.iter().for_each(|(name, value)| changed.fix(name, *value));
        let recorder = Recorder::new(&changed, history, |_| true, false);
        let records = pool.install(|| recorder.run(seed, Uncertainty::FULL, replicates, &|_| {}, stop))?;
        cards.push((variant.name.clone(), Card::new(history, &recorder, &records, seed)));
    }
    Ok(cards)
}

/// Which numbers the whole model holds and the variant does not.
fn lost<'c>(whole: &'c Card, variant: &Card) -> Vec<&'c str> {
    let pairs = whole.scores.iter().zip(&variant.scores);
    pairs.filter(|(with, without)| with.inside && !without.inside).map(|(s, _)| s.id.as_str()).collect()
}

fn variants_csv(card: &Card, variants: &[(String, Card)]) -> String {
    let mut text = String::from("variant,target,observed,p5,p50,p95,inside,inside_in_the_whole_model\n");
    for (name, variant) in variants {
        for (with, s) in card.scores.iter().zip(&variant.scores) {
            let _ = writeln!(
                text,
                "{name},{},{},{:.4},{:.4},{:.4},{},{}",
                s.id, s.observed, s.p5, s.p50, s.p95, s.inside, with.inside
            );
        }
    }
    text
}

/// What each mechanism is needed for.
fn without(card: &Card, variants: &[(String, Card)]) -> String {
    if variants.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nWithout a mechanism, nothing else changed: numbers that are lost\n");
    for (name, variant) in variants {
        let lost = lost(card, variant);
        let told = if lost.is_empty() { "none".to_owned() } else { lost.join(", ") };
        let held = variant.scores.iter().filter(|s| s.inside).count();
        let _ = writeln!(text, "  {name:<30} holds {held:>2}; loses {told}");
    }
    text
}

fn to_json(card: &Card) -> String {
    serde_json::to_string_pretty(card).map(|s| s + "\n").unwrap_or_default()
}

/// Observed prices beside the modelled band in the same weeks.
fn prices(history: &History, recorder: &Recorder<'_>, records: &[Record]) -> String {
    let calendar = recorder.experiment.calendar();
    let mut text = String::from("from,until,commodity,market,unit,observed,p5,p50,p95,source\n");
    for seen in &history.prices {
        let modelled: Vec<f64> =
            records.iter().map(|r| recorder.price(r, seen.commodity, seen.outside, &seen.weeks)).collect();
        let (p5, p50, p95) = chokepoint_montecarlo::pairing::spread(&modelled);
        let _ = writeln!(
            text,
            "{},{},{},{},USD/kg,{},{p5:.2},{p50:.2},{p95:.2},\"{}\"",
            calendar.date(seen.weeks.start),
            calendar.date(seen.weeks.end - 1),
            recorder.experiment.world.commodities[seen.commodity].id,
            if seen.outside { "outside" } else { "home" },
            seen.usd_per_kg,
            seen.source.replace('"', "'"),
        );
    }
    text
}

/// The score card in words and numbers.
fn told(history: &History, experiment: &Experiment, card: &Card) -> String {
    let drawn = match &card.posterior {
        Some(id) => format!("parameters from the posterior `{id}`"),
        None => "parameters from their priors: nothing was fitted".to_owned(),
    };
    let mut text = format!(
        "\n{}\n{} replicates, seed {}; world {}; {drawn}.\n\n  {:<58} {:>8} {:>8} {:>8} {:>8}  {:<8} {:>6} {:>6} {:>6}\n",
        history.name,
        card.replicates,
        card.seed,
        experiment.world.id,
        "",
        "observed",
        "P5",
        "P50",
        "P95",
        "",
        "model",
        "same",
        "elast.",
    );
    for (head, role) in [("Fitted", "fitted"), ("Scored, never fitted", "scored")] {
        let _ = writeln!(text, "{head}");
        for score in card.scores.iter().filter(|s| s.role == role) {
            text.push_str(&line(score));
        }
    }
    let tests: Vec<&Score> = card.tests().collect();
    let count = |f: &dyn Fn(&Score) -> bool| tests.iter().filter(|s| f(s)).count();
    let _ = writeln!(
        text,
        "\nOf {} numbers that were never fitted {} lie inside P5 to P95, {} of them with a band no wider than {INFORMATIVE:.0} times; \
         the model is nearer than both naive forecasts in {}.\n\
         Last columns: score of the model, of \"nothing changes\" and of a constant elasticity (CRPS, in logs for multiples; Brier for probabilities); less is better.",
        tests.len(),
        count(&|s| s.inside),
        count(&|s| s.inside && s.informative),
        count(&Score::beats_both),
    );
    text
}

fn line(s: &Score) -> String {
    let unit = match s.unit {
        "probability" => String::new(),
        unit => format!(" ({unit})"),
    };
    let verdict = match (s.unit, s.inside, s.informative) {
        ("probability", ..) => "",
        (_, true, true) => "inside",
        (_, true, false) => "too wide",
        (_, false, _) => "MISSED",
    };
    format!(
        "  {:<58} {:>8.2} {:>8.2} {:>8.2} {:>8.2}  {verdict:<8} {:>6.2} {:>6.2} {:>6.2}\n",
        format!("{}{unit}", s.name),
        s.observed,
        s.p5,
        s.p50,
        s.p95,
        s.model,
        s.no_change,
        s.elasticity
    )
}

/// What stands under the figures.
fn credit(history: &History, experiment: &Experiment, card: &Card) -> Credit {
    let mut text = format!("{} {} {}", env!("CARGO_PKG_VERSION"), card.seed, card.replicates);
    for source in experiment.files.iter().chain(&history.files) {
        text.push_str(&manifest::digest(source.text.as_bytes()));
    }
    let digest = manifest::digest(text.as_bytes())[..16].to_owned();
    let source = format!(
        "Source: chokepoint {}, back-test {}, world {}, {} runs, run {digest}. Observed prices: see the table beside the figure.",
        env!("CARGO_PKG_VERSION"),
        history.id,
        experiment.world.id,
        card.replicates,
    );
    Credit { source, digest }
}
