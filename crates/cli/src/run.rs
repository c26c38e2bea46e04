//! `chokepoint run`: the main job.

use crate::arguments::RunOptions;
use crate::failure::{self, Failure};
use crate::manifest;
use crate::terminal;
use crate::written::Written;
use chokepoint_charts::{Context, Sheet};
use chokepoint_montecarlo::accounts::{self, BreakEvenRow};
use chokepoint_montecarlo::flows;
use chokepoint_montecarlo::plants;
use chokepoint_montecarlo::results::{Folder, ResultsError};
use chokepoint_montecarlo::runner::{self, Ensemble, Settings};
use chokepoint_montecarlo::stops;
use chokepoint_montecarlo::summary::{self, Summary};
use chokepoint_montecarlo::tables::{self, PairedRow};
use chokepoint_report::Brief;
use chokepoint_scenario::experiment::{self, Experiment, Request};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(crate) fn run(options: &RunOptions, json: bool, quiet: bool) -> Result<(), Failure> {
    let (experiment, warnings) = experiment::load(&request(options)).map_err(Failure::Invalid)?;
    if !quiet && !warnings.0.is_empty() {
        terminal::err(&failure::render(&warnings));
    }
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("output").join(&experiment.scenario.id));
    let folder = Folder::open(&out, options.force)?;
    let stop = interrupt();
    let pool = pool(options.amount.chance.threads)?;
    let started = jiff::Timestamp::now();
    let ensemble = enough(options, &experiment, &pool, &stop, quiet || json)?;
    let settings = ensemble.settings;
    let paired = pool.install(|| tables::pair(&experiment, &ensemble));
    let break_even = pool.install(|| accounts::break_evens(&experiment, &ensemble));
    let summary = summary::summarise(&experiment, &ensemble, &paired, &break_even);
    let inputs = manifest::inputs(&experiment, options.overrides.as_deref());
    let arms: Vec<String> = experiment.arms.iter().map(|a| a.id.clone()).collect();
    let digest = manifest::run_digest(&inputs, settings, &arms);
    let context = Context {
        experiment: &experiment,
        ensemble: &ensemble,
        summary: &summary,
        break_even: &break_even,
        digest: &digest,
    };
    let sheet = pool.install(|| Sheet::of(&context));
    let brief = Brief::of(&context);
    if stop.load(Ordering::Relaxed) {
        return Err(Failure::Interrupted(runner::Interrupted));
    }
    let files = Files {
        experiment: &experiment,
        ensemble: &ensemble,
        paired: &paired,
        break_even: &break_even,
        summary: &summary,
        sheet: &sheet,
        brief: &brief,
    };
    let mut written = Written::new(folder);
    pool.install(|| files.write(&mut written))?;
    let Written { folder, files } = written;
    let manifest = manifest::manifest(&experiment, settings, &inputs, &files, &warnings);
    folder.write("manifest.json", manifest.as_bytes())?;
    folder.write("run.log", log(started, &pool, settings).as_bytes())?;
    if stop.load(Ordering::Relaxed) {
        return Err(Failure::Interrupted(runner::Interrupted));
    }
    let place = folder.finish()?;
    if json {
        terminal::out(&to_json(&summary));
    } else {
        terminal::out(&text::summary(&experiment, &summary));
    }
    if !quiet {
        terminal::err(&format!("Tables and charts are in {}\n", place.display()));
    }
    Ok(())
}

/// Replicates with which a run to a tolerance begins; they double until it is met or the tier is reached.
const FIRST: u32 = 64;

/// All replicates, or as many as it takes for the headline to be known within the tolerance.
fn enough(
    options: &RunOptions,
    experiment: &Experiment,
    pool: &rayon::ThreadPool,
    stop: &AtomicBool,
    hidden: bool,
) -> Result<Ensemble, Failure> {
    let most = options.amount.settings();
    let mut settings = most;
    if options.tolerance.is_some() {
        settings.replicates = FIRST.min(most.replicates);
    }
    loop {
        let bar = progress(settings.replicates, hidden);
        let report = |_: u32| bar.inc(8);
        let ensemble = pool.install(|| runner::run(experiment, settings, &report, stop))?;
        bar.finish_and_clear();
        let loss = summary::headline(experiment, &ensemble);
        let within = options.tolerance.is_none_or(|tolerance| {
            let (low, high) = loss.interval;
            (loss.median - low).max(high - loss.median) <= tolerance * loss.median.abs()
        });
        if within || settings.replicates >= most.replicates {
            return Ok(ensemble);
        }
        settings.replicates = settings.replicates.saturating_mul(2).min(most.replicates);
    }
}

fn request(options: &RunOptions) -> Request {
    let listed: Vec<String> =
        options.strategies.iter().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    let strategies = match listed.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => None,
        ["none"] => Some(Vec::new()),
        _ => Some(listed.clone()),
    };
    let mut decisions = options.decision_dates.clone();
    decisions.sort_unstable();
    decisions.dedup();
    Request {
        scenario: options.scenario.clone(),
        strategies,
        all_strategies: listed == ["all"],
        overrides: options.overrides.clone(),
        decisions,
    }
}

/// A flag that Ctrl-C raises; the run stops between two batches and leaves nothing behind.
pub(crate) fn interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    // a second handler in the same process is refused; then Ctrl-C simply ends it
    let _ = ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed));
    stop
}

pub(crate) fn pool(threads: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    let mut builder = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = threads {
        builder = builder.num_threads(usize::from(threads));
    }
    builder.build().map_err(|error| Failure::Machine(format!("cannot start threads: {error}")))
}

/// Progress with the time left: batches all cost the same, so the mean so far is an honest guess.
pub(crate) fn progress(replicates: u32, hidden: bool) -> ProgressBar {
    let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(u64::from(replicates).next_multiple_of(8)), target);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} replicates, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// Everything that is written.
struct Files<'a> {
    experiment: &'a Experiment,
    ensemble: &'a Ensemble,
    paired: &'a [PairedRow],
    break_even: &'a [BreakEvenRow],
    summary: &'a Summary,
    sheet: &'a Sheet,
    brief: &'a Brief,
}

impl Files<'_> {
    /// Writes one file after the other, so that only one is in memory.
    fn write(&self, written: &mut Written) -> Result<(), Failure> {
        let (e, r) = (self.experiment, self.ensemble);
        let mut put = |name: &str, bytes: &[u8]| written.put(name, bytes);
        put("summary.json", to_json(self.summary).as_bytes())?;
        put("briefing.json", self.brief.to_json().as_bytes())?;
        put("outcomes.csv", tables::outcomes(e, r).as_bytes())?;
        put("series.csv", tables::series(e, r).as_bytes())?;
        put("samples.csv", tables::samples(e, r).as_bytes())?;
        put("paired.csv", tables::paired(e, r, self.paired).as_bytes())?;
        put("stops.csv", stops::stops(e, r).as_bytes())?;
        put("stops_by_month.csv", stops::by_month(e, r).as_bytes())?;
        put("exposure.csv", accounts::exposure(e, r).as_bytes())?;
        put("costs.csv", accounts::costs(e, r).as_bytes())?;
        put("costs_by_year.csv", accounts::costs_by_year(e, r).as_bytes())?;
        put("distribution.csv", accounts::distribution(e, r).as_bytes())?;
        put("break_even.csv", accounts::break_even(e, self.break_even).as_bytes())?;
        put("flows.csv", flows::table(e, r).as_bytes())?;
        put("plants.csv", plants::table(e, r).as_bytes())?;
        let parquet = tables::ensemble(e, r)
            .map_err(|source| ResultsError::Parquet { path: PathBuf::from("ensemble.parquet"), source })?;
        put("ensemble.parquet", &parquet)?;
        written.figures(self.sheet)
    }
}

/// The only file that may differ between two runs of the same inputs.
fn log(started: jiff::Timestamp, pool: &rayon::ThreadPool, settings: Settings) -> String {
    let now = jiff::Timestamp::now();
    format!(
        "started {started}\nfinished {now}\nseconds {:.1}\nthreads {}\nreplicates {}\nos {} {}\n",
        now.duration_since(started).as_secs_f64(),
        pool.current_num_threads(),
        settings.replicates,
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

fn to_json(summary: &Summary) -> String {
    serde_json::to_string_pretty(summary).map(|s| s + "\n").unwrap_or_default()
}

#[path = "summary.rs"]
mod text;
