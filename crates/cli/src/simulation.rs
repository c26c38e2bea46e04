//! Simulates an experiment and writes everything that a run writes.

use crate::failure::Failure;
use crate::keeping::{self, Keeper};
use crate::machine::{self, progress};
use crate::manifest;
use crate::printer::{Printer, pretty};
use crate::results;
use chokepoint_charts::{Context, FigureSet};
use chokepoint_input::problem::Problems;
use chokepoint_montecarlo::findings::Findings;
use chokepoint_montecarlo::results::{Asked, Folder, ResultsError};
use chokepoint_montecarlo::runner::{self, Ensemble, MOST_RUNS, Settings};
use chokepoint_montecarlo::summary::{self, Summary};
use chokepoint_montecarlo::tables;
use chokepoint_report::Brief;
use chokepoint_scenario::Experiment;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What is simulated, and how.
pub(crate) struct Simulation<'a> {
    pub(crate) experiment: &'a Experiment,
    pub(crate) warnings: &'a Problems,
    /// What was asked for, for the manifest.
    pub(crate) asked: Asked,
    /// The library that the files come from.
    pub(crate) library: Option<&'a Path>,
    /// Replicates, or the most of them if there is a tolerance.
    pub(crate) settings: Settings,
    pub(crate) tolerance: Option<f64>,
    pub(crate) threads: Option<u16>,
    pub(crate) keep_every: Duration,
    pub(crate) printer: Printer,
}

impl Simulation<'_> {
    /// Runs and writes everything, and puts it in place.
    pub(crate) fn into_folder(self, folder: &mut Folder) -> Result<(Summary, PathBuf), Failure> {
        let most = self.settings;
        affordable(self.experiment, most)?;
        let inputs = manifest::inputs(self.experiment, self.library);
        let stop = machine::interrupt();
        let pool = machine::pool(self.threads)?;
        let started = jiff::Timestamp::now();
        let mut ensemble = Ensemble::empty(self.experiment, most);
        let key = keeping::key(&inputs, most, &manifest::arms(self.experiment));
        let mut keeper =
            Keeper::open(folder, &key, self.keep_every, self.printer, &mut ensemble, most.replicates);
        let work = Work {
            experiment: self.experiment,
            pool: &pool,
            stop: &stop,
            hidden: self.printer.hides_progress(),
        };
        if work.enough(&mut ensemble, most.replicates, self.tolerance, &mut keeper).is_err() {
            return Err(keeper.interrupted(&ensemble, most.replicates));
        }
        let settings = ensemble.settings;
        let digest = manifest::run_digest(&inputs, settings, &manifest::arms(self.experiment));
        let outputs = pool.install(|| Outputs::of(self.experiment, &ensemble, digest));
        if stop.load(Ordering::Relaxed) {
            return Err(keeper.interrupted(&ensemble, most.replicates));
        }
        pool.install(|| outputs.write(self.experiment, &ensemble, folder, self.printer))?;
        let manifest =
            manifest::manifest(self.experiment, settings, self.asked, inputs, folder.files(), self.warnings);
        folder.write("manifest.json", manifest.as_bytes())?;
        folder.write("run.log", log(started, &pool, settings).as_bytes())?;
        if stop.load(Ordering::Relaxed) {
            return Err(keeper.interrupted(&ensemble, most.replicates));
        }
        let place = folder.finish()?;
        keeper.done();
        Ok((outputs.findings.summary, place))
    }
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
        "{} replicates under {arms} arms are {runs} runs, and at most {MOST_RUNS} are kept at once: ask for at most {} replicates, or for fewer strategies",
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
        most: u32,
        tolerance: Option<f64>,
        keeper: &mut Keeper,
    ) -> Result<(), runner::Interrupted> {
        let mut wanted = if tolerance.is_some() { FIRST.min(most) } else { most };
        loop {
            if wanted >= ensemble.settings.replicates {
                self.extend(ensemble, wanted, keeper)?;
                let loss = summary::headline(self.experiment, ensemble);
                let within = tolerance.is_none_or(|tolerance| {
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

/// What is reported of an ensemble.
struct Outputs {
    findings: Findings,
    figure_set: FigureSet,
    brief: Brief,
}

impl Outputs {
    fn of(experiment: &Experiment, ensemble: &Ensemble, digest: String) -> Self {
        let findings = Findings::of(experiment, ensemble);
        let Findings { summary, break_even, .. } = &findings;
        let context = Context { experiment, ensemble, summary, break_even, digest: &digest };
        let (figure_set, brief) = (FigureSet::of(&context), Brief::of(&context));
        Self { findings, figure_set, brief }
    }

    /// Writes one file after the other, so that only one is in memory.
    fn write(
        &self,
        e: &Experiment,
        r: &Ensemble,
        folder: &mut Folder,
        printer: Printer,
    ) -> Result<(), Failure> {
        folder.write_with("outcomes.csv", |out| tables::outcomes(e, r, out))?;
        folder.write_with("series.csv", |out| tables::series(e, r, out))?;
        folder.write_with("samples.csv", |out| tables::samples(e, r, out))?;
        let mut put = |name: &str, text: String| folder.write(name, text.as_bytes());
        put("summary.json", pretty(&self.findings.summary))?;
        put("briefing.json", self.brief.to_json())?;
        put("paired.csv", tables::paired(e, r, &self.findings.paired))?;
        put("stops.csv", tables::stops(e, r))?;
        put("stops_by_month.csv", tables::stops_by_month(e, r))?;
        put("exposure.csv", tables::exposure(e, r))?;
        put("costs.csv", tables::costs(e, r))?;
        put("costs_by_year.csv", tables::costs_by_year(e, r))?;
        put("distribution.csv", tables::distribution(e, r))?;
        put("break_even.csv", tables::break_even(e, &self.findings.break_even))?;
        put("flows.csv", tables::flows(e, r))?;
        put("reference.csv", tables::reference(e))?;
        put("plants.csv", tables::plants(e, r))?;
        let parquet = tables::ensemble(e, r)
            .map_err(|source| ResultsError::Parquet { path: PathBuf::from("ensemble.parquet"), source })?;
        folder.write("ensemble.parquet", &parquet)?;
        results::figures(folder, &self.figure_set, printer)
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
