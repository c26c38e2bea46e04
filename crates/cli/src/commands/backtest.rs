//! `chokepoint backtest`: the model against a crisis of the past, with a score card, misses shown.

use super::calibrate::find;
use crate::arguments::BacktestOptions;
use crate::failure::Failure;
use crate::printer::{Printer, pretty};
use crate::results;
use crate::{machine, manifest};
use chokepoint_charts::kind::backtest::Backtest;
use chokepoint_charts::locale::Named;
use chokepoint_charts::{Chart, Credit, FigureSet};
use chokepoint_montecarlo::history::prices;
use chokepoint_montecarlo::history::record::Recorder;
use chokepoint_montecarlo::history::score::{Card, INFORMATIVE, Score};
use chokepoint_montecarlo::results::{Asked, Input};
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::history::{self, History, Variant};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

pub(crate) fn backtest(options: &BacktestOptions, printer: Printer) -> Result<(), Failure> {
    let path = find(&options.history)?;
    let (mut history, mut experiment, warnings) =
        history::load(&path, options.overrides.clone()).map_err(Failure::Invalid)?;
    if options.given_exports && !history.give_exports(&mut experiment) {
        let id = &history.id;
        return Err(Failure::Usage(format!(
            "the history `{id}` has no record of what was shipped under a quota"
        )));
    }
    printer.warnings(&warnings);
    if options.prior {
        experiment.drop_posterior();
    }
    experiment.files.extend(history.files.iter().cloned());
    let out = options.out.clone().unwrap_or_else(|| {
        let given = if options.given_exports { "-given-exports" } else { "" };
        PathBuf::from("output").join(format!("backtest-{}{given}", history.id))
    });
    let mut folder = results::open(&out, options.force, printer)?;
    let settings = options.amount.settings();
    let stop = machine::interrupt();
    let pool = machine::pool(options.amount.chance.threads)?;
    let recorder = Recorder::new(&experiment, &history, |_| true, true);
    let bar = machine::progress(settings.replicates, printer.hides_progress());
    let report = |n: u32| bar.inc(u64::from(n));
    let records = pool.install(|| recorder.run(settings, |record| record, &report, &stop))?;
    bar.finish_and_clear();
    let card = Card::new(&history, &recorder, &records, settings.seed);
    let variants =
        if options.variants { variants(&history, &experiment, settings, &pool, &stop)? } else { Vec::new() };
    folder.write("scorecard.csv", card.csv().as_bytes())?;
    folder.write("scorecard.json", pretty(&card).as_bytes())?;
    let prices = prices::table(&history, &recorder, &records)
        .map_err(|e| Failure::Machine(format!("cannot write the table of prices: {e}")))?;
    folder.write("prices.csv", &prices)?;
    if options.variants {
        folder.write("variants.csv", variants_csv(&card, &variants).as_bytes())?;
    }
    let inputs = manifest::inputs(&experiment, None);
    let credit = credit(&history, &experiment, &inputs, settings);
    let panel = Backtest::of(&history, &recorder, &records, &card);
    let figure_set = FigureSet { credit, charts: vec![Chart::Backtest(panel)] };
    pool.install(|| results::figures(&mut folder, &figure_set, printer))?;
    let manifest =
        manifest::manifest(&experiment, settings, Asked::by("backtest"), inputs, folder.files(), &warnings);
    folder.write("manifest.json", manifest.as_bytes())?;
    let place = folder.finish()?;
    printer.result(&card, || render(&history, &experiment, &card) + &without(&card, &variants));
    printer.talk(&format!("Tables and charts are in {}\n", place.display()));
    Ok(())
}

/// Replicates of a variant: enough to see which numbers it loses.
const MOST_OF_A_VARIANT: u32 = 128;

/// The score card of the model with each mechanism taken out.
pub(super) fn variants<'h>(
    history: &'h History,
    experiment: &Experiment,
    settings: Settings,
    pool: &rayon::ThreadPool,
    stop: &AtomicBool,
) -> Result<Vec<(&'h Variant, Card)>, Failure> {
    let settings = Settings { replicates: settings.replicates.min(MOST_OF_A_VARIANT), ..settings };
    let mut cards = Vec::new();
    for variant in &history.variants {
        let mut changed = experiment.clone();
        variant.set.iter().for_each(|(name, value)| changed.fix(name, *value));
        let recorder = Recorder::new(&changed, history, |_| true, false);
        let records = pool.install(|| recorder.run(settings, |record| record, &|_| {}, stop))?;
        cards.push((variant, Card::new(history, &recorder, &records, settings.seed)));
    }
    Ok(cards)
}

/// Which numbers the whole model holds and the variant does not.
pub(super) fn lost<'c>(whole: &'c Card, variant: &Card) -> Vec<&'c str> {
    let pairs = whole.scores.iter().zip(&variant.scores);
    pairs.filter(|(with, without)| with.inside && !without.inside).map(|(s, _)| s.id.as_str()).collect()
}

fn variants_csv(card: &Card, variants: &[(&Variant, Card)]) -> String {
    let mut text = String::from("variant,target,observed,p5,p50,p95,inside,inside_in_the_whole_model\n");
    for (taken, variant) in variants {
        for (with, s) in card.scores.iter().zip(&variant.scores) {
            let _ = writeln!(
                text,
                "{},{},{},{:.4},{:.4},{:.4},{},{}",
                taken.id, s.id, s.observed, s.p5, s.p50, s.p95, s.inside, with.inside
            );
        }
    }
    text
}

/// What each mechanism is needed for.
fn without(card: &Card, variants: &[(&Variant, Card)]) -> String {
    if variants.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nWithout a mechanism, nothing else changed: numbers that are lost\n");
    for (taken, variant) in variants {
        let lost = lost(card, variant);
        let shown = if lost.is_empty() { "none".to_owned() } else { lost.join(", ") };
        let held = variant.scores.iter().filter(|s| s.inside).count();
        let _ = writeln!(text, "  {:<30} holds {held:>2}; loses {shown}", taken.name);
    }
    text
}

/// The score card in words and numbers.
fn render(history: &History, experiment: &Experiment, card: &Card) -> String {
    let drawn = match &card.posterior {
        Some(id) => format!("parameters from the posterior `{id}`"),
        None => "parameters from their priors: nothing was fitted".to_owned(),
    };
    let mut text = format!(
        "\n{}\n{} replicates, seed {}; world {}; {drawn}.\n\n  {:<63} {:>4} {:>8} {:>8} {:>8} {:>8}  {:<8} {:>6} {:>6} {:>6}\n",
        history.name,
        card.replicates,
        card.seed,
        experiment.world.id,
        "",
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
        "\nOf {} values that were not fitted {} lie inside P5 to P95, {} of them with a range no wider than {INFORMATIVE:.0} times; \
         the model is closer than both naive forecasts in {}.\n\
         {} of them were not looked at while the model was built: {} lie inside, {} of them that narrow.\n\
         Last columns: score of the model, of \"nothing changes\" and of a constant elasticity (CRPS, in logs for multiples; Brier for probabilities); less is better.",
        tests.len(),
        count(&|s| s.inside),
        count(&|s| s.inside && s.informative),
        count(&Score::beats_both),
        count(&|s| !s.seen),
        count(&|s| !s.seen && s.inside),
        count(&|s| !s.seen && s.inside && s.informative),
    );
    text
}

fn line(s: &Score) -> String {
    let unit = match s.unit {
        "probability" => String::new(),
        unit => format!(" ({unit})"),
    };
    let seen = if s.seen { "seen" } else { "" };
    let verdict = match (s.unit, s.inside, s.informative) {
        ("probability", ..) => "",
        (_, true, true) => "inside",
        (_, true, false) => "too wide",
        (_, false, _) => "MISSED",
    };
    format!(
        "  {:<63} {:>4} {:>8.2} {:>8.2} {:>8.2} {:>8.2}  {verdict:<8} {:>6.2} {:>6.2} {:>6.2}\n",
        format!("{}{unit}", s.name),
        seen,
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
fn credit(history: &History, experiment: &Experiment, inputs: &[Input], settings: Settings) -> Credit {
    let arms: Vec<String> = experiment.arms.iter().map(|a| a.id.clone()).collect();
    let digest = manifest::run_digest(inputs, settings, &arms);
    Credit {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        subject: Named::new(&history.id, &history.name),
        world: experiment.world.id.clone(),
        replicates: settings.replicates,
        digest,
    }
}
