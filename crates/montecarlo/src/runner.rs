//! Replicates in parallel: batches of eight side by side, every arm on the same draws, reduced in order.

use crate::bands::Bands;
use crate::costs::{self, Address};
use crate::flows::Ways;
use crate::future::{Uncertainty, futures};
use crate::outcomes::{self, Outcome};
use crate::plants::{self, PlantRun};
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::outcome::{NEVER, Tally};
use chokepoint_core::plan::{Future, SPIN_UP_WEEKS, Week};
use chokepoint_core::week;
use chokepoint_scenario::experiment::Experiment;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Batches that are held in memory before they are reduced. A constant: results may not depend on the machine.
const CHUNK: usize = 16;
/// Replicates whose weekly series are kept as samples.
pub const SAMPLES: usize = 10;

/// How many, and with what chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Number of replicates.
    pub replicates: u32,
    /// Seed.
    pub seed: u64,
    /// What is uncertain.
    pub uncertainty: Uncertainty,
}

/// What became of one line in one replicate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Weeks from the shock to the first stop; [`NEVER`] if none.
    pub first: f32,
    /// Weeks stopped.
    pub weeks: f32,
    /// Weeks from the shock until it was back for good; [`NEVER`] if it never stopped.
    pub back: f32,
    /// Place, among the agent's inputs, of the one that was short; a code of `chokepoint_core::state` if none was.
    pub cause: f32,
    /// Why it was short: a code of `chokepoint_core::outcome::lines::reason`.
    pub reason: f32,
    /// Commodity at the root of it; -1 if none was short.
    pub root: f32,
    /// Why that was short.
    pub root_reason: f32,
}

/// One arm of one replicate.
#[derive(Clone, Debug)]
pub struct ArmRun {
    /// In the order of the outcome list.
    pub outcomes: Vec<f64>,
    /// `[week × series + place]`.
    pub series: Vec<f32>,
    /// By agent that is a line.
    pub stops: Vec<Stop>,
    /// Share of inputs that passed a traced country: `[(region × sectors + sector) × traces + trace]`.
    pub exposure: Vec<f32>,
    /// By facility; empty where nobody builds.
    pub plants: Vec<PlantRun>,
    /// `[cost × years + year]`, undiscounted US dollars, in the order of [`costs::Cost::all`].
    pub costs: Vec<f64>,
    /// What moved, in the order of [`Ways::place`]; only of the arm without a strategy.
    pub flows: Vec<f32>,
}

/// Everything that was kept of a run.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// Settings.
    pub settings: Settings,
    /// Outcomes, in order.
    pub outcomes: Vec<Outcome>,
    /// `[arm][replicate][outcome]`.
    pub values: Vec<Vec<Vec<f64>>>,
    /// `[arm]`: bands over `[week × series + place]`.
    pub bands: Vec<Bands>,
    /// `[arm][replicate]`: weekly series of the first replicates.
    pub samples: Vec<Vec<Vec<f32>>>,
    /// Agents that are lines.
    pub lines: Vec<usize>,
    /// `[arm][replicate][line]`.
    pub stops: Vec<Vec<Vec<Stop>>>,
    /// `[arm][replicate]`: exposure, see [`ArmRun::exposure`].
    pub exposure: Vec<Vec<Vec<f32>>>,
    /// `[arm][replicate][facility]`.
    pub plants: Vec<Vec<Vec<PlantRun>>>,
    /// `[arm][replicate]`: costs by year, see [`ArmRun::costs`].
    pub costs: Vec<Vec<Vec<f64>>>,
    /// Between which stages and regions goods move.
    pub ways: Ways,
    /// `[replicate]`: what moved in the scenario without a strategy, see [`ArmRun::flows`].
    pub flows: Vec<Vec<f32>>,
    /// `[arm][replicate]`: monthly means of the headline series, `[month × headline + place]`.
    pub monthly: Vec<Vec<Vec<f32>>>,
    /// Headline series: places in the scope.
    pub headline: Vec<usize>,
    /// The arm whose flows are kept.
    bare: usize,
}

/// The run was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("interrupted before all replicates had run; nothing was written")]
pub struct Interrupted;

/// Runs all arms of all replicates. `progress` is told how many replicates are done.
pub fn run(
    experiment: &Experiment,
    settings: Settings,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
) -> Result<Ensemble, Interrupted> {
    let mut ensemble = Ensemble::empty(experiment, settings);
    let kept = ensemble.clone();
    let months = Months::new(experiment);
    let work = |first| batch_arms::<Eight>(experiment, &kept, settings, first);
    in_batches(settings, progress, stop, work, |arms, first| ensemble.keep(arms, first, &months))?;
    Ok(ensemble)
}

/// Runs all arms of all replicates and keeps only what `take` takes of each: `[arm][replicate]`.
pub fn each<T: Send>(
    experiment: &Experiment,
    settings: Settings,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
    take: &(dyn Fn(u32, &ArmRun) -> T + Sync),
) -> Result<Vec<Vec<T>>, Interrupted> {
    let kept = Ensemble::empty(experiment, settings);
    let work = |first: u32| -> Vec<Vec<T>> {
        let of = |lanes: Vec<ArmRun>| (first..).zip(&lanes).map(|(k, run)| take(k, run)).collect();
        batch_arms::<Eight>(experiment, &kept, settings, first).into_iter().map(of).collect()
    };
    let mut taken: Vec<Vec<T>> = experiment.arms.iter().map(|_| Vec::new()).collect();
    in_batches(settings, progress, stop, work, |arms, first| {
        let left = settings.replicates.saturating_sub(first) as usize;
        taken.iter_mut().zip(arms).for_each(|(all, lanes)| all.extend(lanes.into_iter().take(left)));
    })?;
    Ok(taken)
}

/// Works on batches in parallel and keeps what comes of them in order.
fn in_batches<R: Send>(
    settings: Settings,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
    work: impl Fn(u32) -> R + Sync,
    mut keep: impl FnMut(R, u32),
) -> Result<(), Interrupted> {
    let width = u32::try_from(Eight::WIDTH).unwrap_or(1);
    let batches: Vec<u32> = (0..settings.replicates.div_ceil(width)).collect();
    let done = std::sync::atomic::AtomicU32::new(0);
    for chunk in batches.chunks(CHUNK) {
        let runs: Vec<Option<R>> = chunk
            .par_iter()
            .map(|batch| {
                if stop.load(Ordering::Relaxed) {
                    return None;
                }
                let run = work(batch * width);
                let before = done.fetch_add(width, Ordering::Relaxed);
                progress((before + width).min(settings.replicates));
                Some(run)
            })
            .collect();
        for (batch, run) in chunk.iter().zip(runs) {
            keep(run.ok_or(Interrupted)?, batch * width);
        }
    }
    Ok(())
}

/// All arms of the replicates `first … first + L::WIDTH`: `[arm][lane]`.
pub fn batch_arms<L: Lane>(
    experiment: &Experiment,
    ensemble: &Ensemble,
    settings: Settings,
    first: u32,
) -> Vec<Vec<ArmRun>> {
    let future = futures::<L>(experiment, settings.seed, first, settings.uncertainty);
    let bare = experiment.bare();
    let quiet = quiet_weeks(experiment, &future);
    let (past, shared) = week::past(&experiment.network, &experiment.arms[0].plan, &future, quiet);
    experiment
        .arms
        .iter()
        .enumerate()
        .map(|(place, arm)| {
            let mut tally = Tally::<L>::new(&experiment.network, &arm.plan, &experiment.scope);
            let state = past.under(&experiment.network, &arm.plan, &future);
            week::run_on(state, shared, &experiment.network, &arm.plan, &future, &mut tally);
            (0..L::WIDTH)
                .map(|lane| {
                    let replicate = first + u32::try_from(lane).unwrap_or(0);
                    let address = (settings.uncertainty, settings.seed, replicate);
                    let mut run = arm_run(experiment, ensemble, &tally, lane, address);
                    if place == bare {
                        run.flows = ensemble.ways.kept(&experiment.network, &tally, lane);
                    }
                    run
                })
                .collect()
        })
        .collect()
}

/// Weeks before anything is recorded and before any event of any arm has begun in any replicate: all arms share them, so
/// they are run once.
fn quiet_weeks<L: Lane>(experiment: &Experiment, future: &Future<L>) -> Week {
    let starts = future.draws.iter().flat_map(|draw| (0..L::WIDTH).map(|lane| draw.start.lane(lane)));
    let first = starts.fold(f64::INFINITY, f64::min).floor().max(0.0);
    let quiet = if first < f64::from(SPIN_UP_WEEKS) { first as Week } else { SPIN_UP_WEEKS };
    quiet.min(experiment.scope.from)
}

/// What is kept of one arm of one replicate.
fn arm_run<L: Lane>(
    experiment: &Experiment,
    ensemble: &Ensemble,
    tally: &Tally<'_, L>,
    lane: usize,
    address: Address,
) -> ArmRun {
    let costs = costs::by_year(tally, lane);
    let stop = |a: &usize| {
        let line = &tally.lines[*a];
        Stop {
            first: line.first_stop.lane(lane) as f32,
            weeks: line.weeks_stopped.lane(lane) as f32,
            back: line.back_for_good.lane(lane) as f32,
            cause: line.cause.lane(lane) as f32,
            reason: line.reason.lane(lane) as f32,
            root: line.root.lane(lane) as f32,
            root_reason: line.root_reason.lane(lane) as f32,
        }
    };
    ArmRun {
        outcomes: outcomes::values(experiment, &ensemble.outcomes, (tally, &costs), lane, address),
        series: tally.series.iter().map(|x| x.lane(lane) as f32).collect(),
        stops: ensemble.lines.iter().map(stop).collect(),
        exposure: exposure(tally, lane),
        plants: plants::kept(experiment, tally, lane),
        costs,
        flows: Vec::new(),
    }
}

/// Traced over used value of one lane.
fn exposure<L: Lane>(tally: &Tally<'_, L>, lane: usize) -> Vec<f32> {
    let (used, traced) = (&tally.exposure.used, &tally.exposure.traced);
    let k = traced.len() / used.len().max(1);
    let share = |place: usize| (traced[place].lane(lane) / used[place / k].lane(lane).max(1e-300)) as f32;
    (0..traced.len()).map(share).collect()
}

/// Recorded weeks by calendar month.
#[derive(Clone, Debug)]
pub struct Months {
    /// Year and month, in order.
    pub months: Vec<(i16, i8)>,
    /// Month of each recorded week.
    pub of_week: Vec<usize>,
}

impl Months {
    /// The months of an experiment's recorded weeks.
    pub fn new(experiment: &Experiment) -> Self {
        let calendar = experiment.calendar();
        let weeks = experiment.arms[0].plan.weeks;
        let mut months: Vec<(i16, i8)> = Vec::new();
        let mut of_week = Vec::new();
        for week in experiment.scope.from..weeks {
            let month = calendar.month(week);
            if months.last() != Some(&month) {
                months.push(month);
            }
            of_week.push(months.len() - 1);
        }
        Self { months, of_week }
    }
}

impl Ensemble {
    /// Room for the results of an experiment.
    pub fn empty(experiment: &Experiment, settings: Settings) -> Self {
        use chokepoint_core::scope::Series;
        let arms = experiment.arms.len();
        let weeks = (experiment.arms[0].plan.weeks - experiment.scope.from) as usize;
        let cells = weeks * experiment.scope.series.len();
        let headline = experiment
            .scope
            .series
            .iter()
            .enumerate()
            .filter(|(_, s)| match s {
                Series::UnmetRegion(_) => true,
                Series::HomePrice(c) | Series::OutsidePrice(c) => {
                    experiment.world.headline_prices.contains(&c.at())
                }
                _ => false,
            })
            .map(|(place, _)| place)
            .collect();
        Self {
            settings,
            outcomes: outcomes::list(experiment),
            values: vec![Vec::new(); arms],
            bands: vec![Bands::new(cells); arms],
            samples: vec![Vec::new(); arms],
            lines: (0..experiment.network.agents.len())
                .filter(|a| outcomes::is_line(experiment, *a))
                .collect(),
            stops: vec![Vec::new(); arms],
            exposure: vec![Vec::new(); arms],
            plants: vec![Vec::new(); arms],
            costs: vec![Vec::new(); arms],
            ways: Ways::of(&experiment.network),
            flows: Vec::new(),
            bare: experiment.bare(),
            monthly: vec![Vec::new(); arms],
            headline,
        }
    }

    /// Reduces one batch. Lanes beyond the last replicate are dropped.
    fn keep(&mut self, mut arms: Vec<Vec<ArmRun>>, first: u32, months: &Months) {
        let left = self.settings.replicates.saturating_sub(first) as usize;
        let bare = arms[self.bare].iter_mut().take(left);
        self.flows.extend(bare.map(|run| std::mem::take(&mut run.flows)));
        let headline = self.headline.clone();
        let slots = self
            .bands
            .par_iter_mut()
            .zip(&mut self.values)
            .zip(&mut self.samples)
            .zip(&mut self.stops)
            .zip(&mut self.monthly)
            .zip(&mut self.exposure)
            .zip(&mut self.plants)
            .zip(&mut self.costs)
            .zip(arms);
        slots.for_each(
            |((((((((bands, values), samples), stops), monthly), exposure), plants), costs), lanes)| {
                for run in lanes.into_iter().take(left) {
                    bands.add(&run.series);
                    values.push(run.outcomes);
                    stops.push(run.stops);
                    exposure.push(run.exposure);
                    plants.push(run.plants);
                    costs.push(run.costs);
                    monthly.push(monthly_means(&run.series, &headline, months));
                    if samples.len() < SAMPLES {
                        samples.push(run.series);
                    }
                }
            },
        );
    }

    /// Place of an outcome in the list.
    pub fn outcome(&self, wanted: &Outcome) -> Option<usize> {
        self.outcomes.iter().position(|o| o == wanted)
    }

    /// Values of one outcome over the replicates of an arm.
    pub fn column(&self, arm: usize, outcome: usize) -> Vec<f64> {
        self.values[arm].iter().map(|row| row[outcome]).collect()
    }

    /// Whether a number is finite for its reader: times that never came are not.
    pub fn happened(value: f64) -> bool {
        value < NEVER * 0.5
    }
}

fn monthly_means(series: &[f32], headline: &[usize], months: &Months) -> Vec<f32> {
    let width = series.len() / months.of_week.len();
    let mut sums = vec![0.0_f64; months.months.len() * headline.len()];
    let mut weeks = vec![0.0_f64; months.months.len()];
    for (week, month) in months.of_week.iter().enumerate() {
        weeks[*month] += 1.0;
        for (place, from) in headline.iter().enumerate() {
            sums[month * headline.len() + place] += f64::from(series[week * width + from]);
        }
    }
    sums.iter().enumerate().map(|(i, sum)| (sum / weeks[i / headline.len()]) as f32).collect()
}
