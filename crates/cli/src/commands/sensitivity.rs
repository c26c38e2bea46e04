//! `chokepoint sensitivity`: which assumptions move an outcome, and when it exceeds a bound.

use crate::arguments::{Method, SensitivityOptions};
use crate::failure::Failure;
use crate::printer::{Printer, pretty};
use crate::results;
use crate::{machine, manifest};
use chokepoint_charts::format::{money, signed_money};
use chokepoint_charts::kind::{boxes, tornado};
use chokepoint_charts::locale::Named;
use chokepoint_charts::outcome::OutcomeName;
use chokepoint_charts::{Chart, Credit, FigureSet};
use chokepoint_montecarlo::pairing::quantile;
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::results::Asked;
use chokepoint_montecarlo::runner::Settings;
use chokepoint_montecarlo::sensitivity::study::{Study, outcome_names};
use chokepoint_montecarlo::sensitivity::{morris, prim, sobol};
use chokepoint_scenario::Request;
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Levels of the screening's grid.
const LEVELS: u32 = 4;
/// Resamples behind the intervals.
const RESAMPLES: u32 = 1000;
/// Factors on the terminal.
const SHOWN: usize = 12;
/// Share of the outcomes of interest that a box must hold.
const COVERAGE: f64 = 0.5;
/// Share that counts as the worst where no bound is given.
const WORST: f64 = 0.2;

/// What a factor does, for tables; what a method does not give is empty.
#[derive(Debug, Default, Serialize)]
struct Row {
    factor: String,
    low: f64,
    high: f64,
    mean_effect: Option<f64>,
    mean_absolute_effect: Option<f64>,
    deviation: Option<f64>,
    first: Option<f64>,
    total: Option<f64>,
    interval_low: Option<f64>,
    interval_high: Option<f64>,
    quasi_p: Option<f64>,
    /// Of a box: from and to, as shares of the distribution.
    #[serde(skip)]
    share: [f64; 2],
}

/// What is found.
#[derive(Debug, Serialize)]
struct Found {
    scenario: String,
    outcome: String,
    strategy: Option<String>,
    unit: &'static str,
    method: &'static str,
    runs: u32,
    left_out: usize,
    /// Of boxes: bound, share of outcomes beyond it, of them inside, of what is inside beyond it.
    above: Option<[f64; 4]>,
    factors: Vec<Row>,
}

/// Runs the model, counting.
struct Model<'a> {
    study: &'a Study,
    hidden: bool,
    stop: &'a AtomicBool,
    runs: u32,
}

impl Model<'_> {
    fn at(&mut self, points: &[Vec<f64>]) -> Result<Vec<f64>, Failure> {
        let n = u32::try_from(points.len()).unwrap_or(u32::MAX);
        let bar = machine::progress(n, self.hidden);
        let outcomes = self.study.evaluate(points, &|done| bar.set_position(u64::from(done)), self.stop)?;
        bar.finish_and_clear();
        self.runs += n;
        Ok(outcomes)
    }
}

pub(crate) fn sensitivity(options: &SensitivityOptions, printer: Printer) -> Result<(), Failure> {
    let request = Request {
        scenario: options.scenario.clone(),
        strategies: Some(options.strategy.iter().cloned().collect()),
        all_strategies: false,
        overrides: options.overrides.clone(),
        decisions: Vec::new(),
    };
    let (experiment, warnings) = chokepoint_scenario::load(&request).map_err(Failure::Invalid)?;
    printer.warnings(&warnings);
    let scenario = experiment.scenario.id.clone();
    let seed = options.chance.seed;
    let Some(study) = Study::new(experiment.clone(), &options.outcome, seed) else {
        return Err(unknown_outcome(&options.outcome, &outcome_names(&experiment)));
    };
    let method = match options.method {
        Method::Morris => "morris",
        Method::Sobol => "sobol",
        Method::Prim => "prim",
    };
    let out =
        options.out.clone().unwrap_or_else(|| PathBuf::from("output").join(format!("{scenario}-{method}")));
    let mut folder = results::open(&out, options.force, printer)?;
    let stop = machine::interrupt();
    let pool = machine::pool(options.chance.threads)?;
    let (rows, above, left_out, runs) = pool.install(|| -> Result<_, Failure> {
        let mut model = Model { study: &study, hidden: printer.hides_progress(), stop: &stop, runs: 0 };
        match options.method {
            Method::Morris => {
                let (rows, left_out) = screen(&mut model, options)?;
                Ok((rows, None, left_out, model.runs))
            }
            Method::Sobol => {
                let (rows, left_out) = shares(&mut model, options)?;
                Ok((rows, None, left_out, model.runs))
            }
            Method::Prim => {
                let (rows, above) = boxes(&mut model, options)?;
                Ok((rows, Some(above), 0, model.runs))
            }
        }
    })?;
    let found = Found {
        scenario,
        outcome: options.outcome.clone(),
        strategy: options.strategy.clone(),
        unit: study.unit(),
        method,
        runs,
        left_out,
        above,
        factors: rows,
    };
    folder.write("sensitivity.csv", table(&found).as_bytes())?;
    folder.write("sensitivity.json", pretty(&found).as_bytes())?;
    let inputs = manifest::inputs(&experiment, None);
    let uncertainty = Uncertainty { variation: false, parameters: true, trends: true };
    let settings = Settings { replicates: runs, seed, uncertainty };
    let arms: Vec<String> = experiment.arms.iter().map(|a| a.id.clone()).collect();
    let credit = Credit {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        subject: Named::new(&found.scenario, &experiment.scenario.name),
        world: experiment.world.id.clone(),
        replicates: runs,
        digest: manifest::run_digest(&inputs, settings, &arms),
    };
    let chart = chart_of(&found, OutcomeName::of(&experiment, &study.outcome), &credit.subject);
    results::figures(&mut folder, &FigureSet { charts: vec![chart], credit }, printer)?;
    let manifest = manifest::manifest(
        &experiment,
        settings,
        Asked::by("sensitivity"),
        inputs,
        folder.files(),
        &warnings,
    );
    folder.write("manifest.json", manifest.as_bytes())?;
    let place = folder.finish()?;
    printer.result(&found, || render(&found));
    printer.talk(&format!("Tables are in {}\n", place.display()));
    Ok(())
}

/// The figure of what is found: which assumptions move the outcome, or the box in which it exceeds its bound.
fn chart_of(found: &Found, outcome: OutcomeName, scenario: &Named) -> Chart {
    let (scenario, unit, runs) = (scenario.clone(), found.unit.to_owned(), found.runs as usize);
    if let Some([bound, beyond, coverage, density]) = found.above {
        let restriction = |r: &Row| boxes::Restriction {
            factor: r.factor.clone(),
            share: r.share,
            range: [r.low, r.high],
            quasi_p: r.quasi_p.unwrap_or(1.0),
        };
        let restrictions = found.factors.iter().map(restriction).collect();
        return Chart::Boxes(boxes::Boxes {
            scenario,
            outcome,
            unit,
            runs,
            bound,
            beyond,
            coverage,
            density,
            restrictions,
        });
    }
    let measure = if found.method == "sobol" { tornado::Method::Variance } else { tornado::Method::Effect };
    let factor = |r: &Row| tornado::Factor {
        factor: r.factor.clone(),
        range: [r.low, r.high],
        size: r.total.or(r.mean_absolute_effect).unwrap_or(0.0),
        interval: [r.interval_low.unwrap_or(0.0), r.interval_high.unwrap_or(0.0)],
        alone: r.first.or(r.mean_effect).unwrap_or(0.0),
    };
    let factors = found.factors.iter().map(factor).collect();
    Chart::Tornado(tornado::Tornado { scenario, outcome, unit, runs, measure, factors })
}

fn unknown_outcome(wanted: &str, known: &[String]) -> Failure {
    let measure = wanted.split('/').next().unwrap_or_default();
    let mut near: Vec<&str> =
        known.iter().map(String::as_str).filter(|k| k.split('/').next() == Some(measure)).collect();
    if near.is_empty() {
        near = known.iter().map(String::as_str).filter(|k| !k.contains('/')).collect();
    }
    near.truncate(24);
    Failure::Usage(format!("there is no outcome `{wanted}`; there is: {}", near.join(", ")))
}

fn row(study: &Study, factor: usize) -> Row {
    let (low, high) = (study.value(factor, 0.05), study.value(factor, 0.95));
    Row { factor: study.names[factor].clone(), low, high, ..Row::default() }
}

/// Elementary effects of all factors, greatest first.
fn screen(model: &mut Model<'_>, options: &SensitivityOptions) -> Result<(Vec<Row>, usize), Failure> {
    let (study, chance) = (model.study, model.study.chance());
    let factors = study.names.len();
    let points = morris::design(factors, options.trajectories, LEVELS, &chance);
    let outcomes = model.at(&points)?;
    let screening = morris::effects(&points, &outcomes, factors, RESAMPLES, &chance);
    let of = |(factor, effect): (usize, &morris::Effect)| Row {
        mean_effect: Some(effect.mean),
        mean_absolute_effect: Some(effect.mean_absolute),
        deviation: Some(effect.deviation),
        interval_low: Some(effect.interval.0),
        interval_high: Some(effect.interval.1),
        ..row(study, factor)
    };
    let mut rows: Vec<Row> = screening.effects.iter().enumerate().map(of).collect();
    rows.sort_by(|a, b| {
        b.mean_absolute_effect.unwrap_or(0.0).total_cmp(&a.mean_absolute_effect.unwrap_or(0.0))
    });
    Ok((rows, screening.left_out))
}

/// Shares of variance of the factors that the screening ranks highest; the others stay central.
fn shares(model: &mut Model<'_>, options: &SensitivityOptions) -> Result<(Vec<Row>, usize), Failure> {
    let (screened, _) = screen(model, options)?;
    let places: Vec<usize> = screened
        .iter()
        .take(options.factors as usize)
        .filter_map(|r| model.study.names.iter().position(|n| *n == r.factor))
        .collect();
    let mut study = model.study.clone();
    study.keep(&places);
    let mut inner = Model { study: &study, runs: model.runs, ..*model };
    let chance = study.chance();
    let design = sobol::design(places.len(), options.rows, &chance);
    let (a, b) = (inner.at(&design.a)?, inner.at(&design.b)?);
    let ab: Vec<Vec<f64>> =
        (0..places.len()).map(|factor| inner.at(&design.ab(factor))).collect::<Result<_, _>>()?;
    model.runs = inner.runs;
    let indices = sobol::indices(&a, &b, &ab, RESAMPLES, &chance);
    let of = |(factor, index): (usize, &sobol::Index)| Row {
        first: Some(index.first),
        total: Some(index.total),
        interval_low: Some(index.total_interval.0),
        interval_high: Some(index.total_interval.1),
        ..row(&study, factor)
    };
    let mut rows: Vec<Row> = indices.factors.iter().enumerate().map(of).collect();
    rows.sort_by(|a, b| b.total.unwrap_or(0.0).total_cmp(&a.total.unwrap_or(0.0)));
    Ok((rows, indices.left_out))
}

/// The box of factors in which the outcome exceeds a bound most often.
fn boxes(model: &mut Model<'_>, options: &SensitivityOptions) -> Result<(Vec<Row>, [f64; 4]), Failure> {
    let (study, chance) = (model.study, model.study.chance());
    let points = sobol::design(study.names.len(), options.rows, &chance).a;
    let outcomes = model.at(&points)?;
    let bound = options.above.unwrap_or_else(|| {
        let mut sorted = outcomes.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        quantile(&sorted, 1.0 - WORST)
    });
    let interesting: Vec<bool> = outcomes.iter().map(|x| *x > bound).collect();
    let beyond = interesting.iter().filter(|x| **x).count() as f64 / outcomes.len().max(1) as f64;
    let settings = prim::Settings::default();
    let trajectory = prim::trajectory(&points, &interesting, settings);
    let Some(chosen) = prim::choose(&trajectory, COVERAGE) else {
        return Ok((Vec::new(), [bound, beyond, 0.0, 0.0]));
    };
    let found = prim::paste(&points, &interesting, chosen, settings.alpha);
    let of = |r: &prim::Restriction| Row {
        low: study.value(r.factor, r.low.clamp(0.0, 1.0)),
        high: study.value(r.factor, r.high.clamp(0.0, 1.0)),
        quasi_p: Some(r.quasi_p),
        share: [r.low.max(0.0), r.high.min(1.0)],
        ..row(study, r.factor)
    };
    let mut rows: Vec<Row> = found.restrictions.iter().map(of).collect();
    rows.sort_by(|a, b| a.quasi_p.unwrap_or(1.0).total_cmp(&b.quasi_p.unwrap_or(1.0)));
    Ok((rows, [bound, beyond, found.coverage, found.density]))
}

fn table(found: &Found) -> String {
    let mut text = String::from(
        "scenario,outcome,strategy,method,factor,low,high,mean_effect,mean_absolute_effect,deviation,first,total,interval_low,interval_high,quasi_p\n",
    );
    let cell = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.6e}"));
    for r in &found.factors {
        let _ = writeln!(
            text,
            "{},{},{},{},{},{:.6},{:.6},{}",
            found.scenario,
            found.outcome,
            found.strategy.as_deref().unwrap_or(""),
            found.method,
            r.factor,
            r.low,
            r.high,
            [
                r.mean_effect,
                r.mean_absolute_effect,
                r.deviation,
                r.first,
                r.total,
                r.interval_low,
                r.interval_high,
                r.quasi_p
            ]
            .map(cell)
            .join(",")
        );
    }
    text
}

/// An amount of the outcome in its unit.
fn amount(found: &Found, value: f64) -> String {
    match found.unit {
        "USD" if value < 0.0 => signed_money(value),
        "USD" => money(value),
        "share" => format!("{:.1} %", 100.0 * value),
        unit => format!("{value:.2} {unit}"),
    }
}

fn render(found: &Found) -> String {
    let what = match &found.strategy {
        Some(strategy) => format!("what {strategy} changes of {}", found.outcome),
        None => found.outcome.clone(),
    };
    let mut text = format!("\n{}: {what}, {} runs, random variation left out\n", found.scenario, found.runs);
    if let Some([bound, beyond, coverage, density]) = found.above {
        let _ = writeln!(text, "Above {} in {:.0} % of runs.", amount(found, bound), 100.0 * beyond);
        if found.factors.is_empty() {
            text.push_str("No box holds half of them more densely than the whole.\n");
            return text;
        }
        let _ = writeln!(
            text,
            "In {:.0} % of the runs inside this box, which holds {:.0} % of all such runs:",
            100.0 * density,
            100.0 * coverage
        );
        for r in found.factors.iter().take(SHOWN) {
            let p = r.quasi_p.unwrap_or(1.0);
            let weak = if p > 0.05 { "  (may be by chance)" } else { "" };
            let _ = writeln!(
                text,
                "  {:<52} {:>10.4} to {:<10.4} quasi-p {p:.1e}{weak}",
                r.factor, r.low, r.high
            );
        }
        return text;
    }
    text.push_str(match found.method {
        "sobol" => "  share of variance                                      alone   total  95 % interval of the total\n",
        _ => "  mean effect over the range, size                           size  95 % interval                  mean\n",
    });
    for r in found.factors.iter().take(SHOWN) {
        let (low, high) = (r.interval_low.unwrap_or(0.0), r.interval_high.unwrap_or(0.0));
        let _ = match (r.first, r.total) {
            (Some(first), Some(total)) => {
                writeln!(text, "  {:<52} {first:>7.2} {total:>7.2}  {low:.2} to {high:.2}", r.factor)
            }
            _ => writeln!(
                text,
                "  {:<48} {:>14}  {:<24} {:>12}",
                r.factor,
                amount(found, r.mean_absolute_effect.unwrap_or(0.0)),
                format!("{} to {}", amount(found, low), amount(found, high)),
                amount(found, r.mean_effect.unwrap_or(0.0))
            ),
        };
    }
    text
}
