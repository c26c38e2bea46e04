//! `chokepoint run`: the main job.

use crate::arguments::RunOptions;
use crate::failure::{self, Failure};
use crate::keeping::{self, Keeper};
use crate::manifest;
use crate::results;
use crate::terminal;
use chokepoint_charts::{Context, Sheet};
use chokepoint_montecarlo::accounts::{self, BreakEvenRow};
use chokepoint_montecarlo::flows;
use chokepoint_montecarlo::plants;
use chokepoint_montecarlo::results::{Folder, ResultsError};
use chokepoint_montecarlo::runner::{self, Ensemble, MOST_RUNS, Settings};
use chokepoint_montecarlo::stops;
use chokepoint_montecarlo::summary::{self, Summary};
use chokepoint_montecarlo::tables::{self, PairedRow};
use chokepoint_report::Brief;
use chokepoint_scenario::experiment::{self, Experiment, Request};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub(crate) fn run(options: &RunOptions, json: bool, quiet: bool) -> Result<(), Failure> {
    let (experiment, warnings) = experiment::load(&request(options)).map_err(Failure::Invalid)?;
    if !quiet && !warnings.0.is_empty() {
        terminal::err(&failure::render(&warnings));
    }
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("output").join(&experiment.scenario.id));
    let mut folder = results::open(&out, options.force, quiet)?;
    let most = options.amount.settings();
    affordable(&experiment, most)?;
    let inputs = manifest::inputs(&experiment, options.overrides.as_deref());
    let arms: Vec<String> = experiment.arms.iter().map(|a| a.id.clone()).collect();
    let stop = interrupt();
    let pool = pool(options.amount.chance.threads)?;
    let started = jiff::Timestamp::now();
    let mut ensemble = Ensemble::empty(&experiment, most);
    let key = keeping::key(&inputs, most, &arms);
    let every = Duration::from_secs(u64::from(options.keep_every));
    let mut keeper = Keeper::open(&folder, &key, every, quiet, (&mut ensemble, most.replicates));
    let work = Work { experiment: &experiment, pool: &pool, stop: &stop, hidden: quiet || json };
    if work.enough(&mut ensemble, options, &mut keeper).is_err() {
        return Err(keeper.interrupted(&ensemble, most.replicates));
    }
    let settings = ensemble.settings;
    let paired = pool.install(|| tables::pair(&experiment, &ensemble));
    let break_even = pool.install(|| accounts::break_evens(&experiment, &ensemble));
    let summary = summary::summarise(&experiment, &ensemble, &paired, &break_even);
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
        return Err(keeper.interrupted(&ensemble, most.replicates));
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
    pool.install(|| files.write(&mut folder))?;
    let manifest = manifest::manifest(&experiment, settings, &inputs, &folder.files(), &warnings);
    folder.write("manifest.json", manifest.as_bytes())?;
    folder.write("run.log", log(started, &pool, settings).as_bytes())?;
    if stop.load(Ordering::Relaxed) {
        return Err(keeper.interrupted(&ensemble, most.replicates));
    }
    let place = folder.finish()?;
    keeper.done();
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

/// Refuses what would fill the machine, before anything is run.
fn affordable(experiment: &Experiment, settings: Settings) -> Result<(), Failure> {
    let arms = u32::try_from(experiment.arms.len()).unwrap_or(u32::MAX);
    let runs = settings.replicates.saturating_mul(arms);
    if runs <= MOST_RUNS {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{} futures under {arms} arms are {runs} runs, and at most {MOST_RUNS} are kept at once: ask for at most {} futures, or for fewer strategies",
        settings.replicates,
        MOST_RUNS / arms
    )))
}

/// What a run works with.
struct Work<'a> {
    experiment: &'a Experiment,
    pool: &'a rayon::ThreadPool,
    stop: &'a AtomicBool,
    hidden: bool,
}

impl Work<'_> {
    /// All replicates, or as many as it takes for the headline to be known within the tolerance.
    fn enough(
        &self,
        ensemble: &mut Ensemble,
        options: &RunOptions,
        keeper: &mut Keeper,
    ) -> Result<(), runner::Interrupted> {
        let most = options.amount.settings().replicates;
        let mut wanted = if options.tolerance.is_some() { FIRST.min(most) } else { most };
        loop {
            if wanted >= ensemble.settings.replicates {
                self.extend(ensemble, wanted, keeper)?;
                let loss = summary::headline(self.experiment, ensemble);
                let within = options.tolerance.is_none_or(|tolerance| {
                    let (low, high) = loss.interval;
                    (loss.median - low).max(high - loss.median) <= tolerance * loss.median.abs()
                });
                if within || wanted >= most {
                    return Ok(());
                }
            }
            wanted = wanted.saturating_mul(2).min(most);
        }
    }

    fn extend(
        &self,
        ensemble: &mut Ensemble,
        wanted: u32,
        keeper: &mut Keeper,
    ) -> Result<(), runner::Interrupted> {
        let bar = progress(wanted, self.hidden);
        bar.set_position(u64::from(ensemble.settings.replicates));
        bar.reset_eta();
        let report = |_: u32| bar.inc(8);
        let watch = runner::Watch { progress: &report, stop: self.stop };
        let mut kept = |ensemble: &Ensemble| keeper.saw(ensemble);
        let done = self.pool.install(|| runner::extend(self.experiment, ensemble, wanted, watch, &mut kept));
        bar.finish_and_clear();
        done
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

/// A flag that Ctrl-C raises; the run stops before the next arm of a batch. A second Ctrl-C ends the program at once.
pub(crate) fn interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    // a second handler in the same process is refused; then Ctrl-C simply ends it
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
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
    fn write(&self, folder: &mut Folder) -> Result<(), Failure> {
        let (e, r) = (self.experiment, self.ensemble);
        folder.write_with("outcomes.csv", |out| tables::outcomes(e, r, out))?;
        folder.write_with("series.csv", |out| tables::series(e, r, out))?;
        folder.write_with("samples.csv", |out| tables::samples(e, r, out))?;
        let mut put = |name: &str, text: String| folder.write(name, text.as_bytes());
        put("summary.json", to_json(self.summary))?;
        put("briefing.json", self.brief.to_json())?;
        put("paired.csv", tables::paired(e, r, self.paired))?;
        put("stops.csv", stops::stops(e, r))?;
        put("stops_by_month.csv", stops::by_month(e, r))?;
        put("exposure.csv", accounts::exposure(e, r))?;
        put("costs.csv", accounts::costs(e, r))?;
        put("costs_by_year.csv", accounts::costs_by_year(e, r))?;
        put("distribution.csv", accounts::distribution(e, r))?;
        put("break_even.csv", accounts::break_even(e, self.break_even))?;
        put("flows.csv", flows::table(e, r))?;
        put("plants.csv", plants::table(e, r))?;
        let parquet = tables::ensemble(e, r)
            .map_err(|source| ResultsError::Parquet { path: PathBuf::from("ensemble.parquet"), source })?;
        folder.write("ensemble.parquet", &parquet)?;
        results::figures(folder, self.sheet)
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
