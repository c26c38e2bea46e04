//! Replicates in parallel: batches of eight side by side, every arm on the same draws, reduced in order.

use crate::costs::{self, Address};
use crate::outcomes;
use crate::plants;
use crate::replicates::draw_replicates;
use chokepoint_core::id::to_u32;
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::outcome::Tally;
use chokepoint_scenario::Experiment;
use std::sync::atomic::{AtomicBool, Ordering};

mod ensemble;
mod in_order;
mod lineage;
mod replicate;

pub use ensemble::{Ensemble, Months, SAMPLES};
use in_order::in_order;
use lineage::Lineage;
pub use replicate::{ArmRun, Interrupted, LineStop, Settings, Watch};

/// Most replicates of a run.
pub const MOST_REPLICATES: u32 = 100_000;
/// Most runs (replicates times arms) whose outcomes are kept at once: at some 30 KB each, 6 GB.
pub const MOST_RUNS: u32 = 200_000;

/// Runs all arms of all replicates. `progress` is reported how many replicates are done.
pub fn run(
    experiment: &Experiment,
    settings: Settings,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
) -> Result<Ensemble, Interrupted> {
    let mut ensemble = Ensemble::empty(experiment, settings);
    extend(experiment, &mut ensemble, settings.replicates, Watch { progress, stop }, &mut |_| ())?;
    Ok(ensemble)
}

/// Runs the replicates that an ensemble lacks up to `wanted`. `kept` sees the ensemble after each batch that is added to
/// it; an interrupted run leaves in it the batches that were finished in order.
pub fn extend(
    experiment: &Experiment,
    ensemble: &mut Ensemble,
    wanted: u32,
    watch: Watch<'_>,
    kept: &mut (dyn FnMut(&Ensemble) + Send),
) -> Result<(), Interrupted> {
    let settings = ensemble.settings;
    let months = Months::new(experiment);
    let (lineage, form) = (Lineage::of(experiment), Ensemble::empty(experiment, settings));
    let work = |first| batch_unless::<Eight>(experiment, &lineage, &form, settings, first, watch.stop);
    in_order(settings.replicates..wanted, watch, work, |arms, first| {
        ensemble.keep(arms, first, wanted, &months);
        kept(ensemble);
    })
}

/// Runs all arms of all replicates and keeps only what `take` takes of each: `[arm][replicate]`.
pub fn each<T: Send>(
    experiment: &Experiment,
    settings: Settings,
    progress: &(dyn Fn(u32) + Sync),
    stop: &AtomicBool,
    take: &(dyn Fn(u32, &ArmRun) -> T + Sync),
) -> Result<Vec<Vec<T>>, Interrupted> {
    let (lineage, form) = (Lineage::of(experiment), Ensemble::empty(experiment, settings));
    let work = |first: u32| -> Option<Vec<Vec<T>>> {
        let of = |lanes: Vec<ArmRun>| (first..).zip(&lanes).map(|(k, run)| take(k, run)).collect();
        let arms = batch_unless::<Eight>(experiment, &lineage, &form, settings, first, stop)?;
        Some(arms.into_iter().map(of).collect())
    };
    let mut taken: Vec<Vec<T>> = experiment.arms.iter().map(|_| Vec::new()).collect();
    in_order(0..settings.replicates, Watch { progress, stop }, work, |arms, first| {
        let left = settings.replicates.saturating_sub(first) as usize;
        taken.iter_mut().zip(arms).for_each(|(all, lanes)| all.extend(lanes.into_iter().take(left)));
    })?;
    Ok(taken)
}

/// All arms of the replicates `first … first + L::WIDTH`: `[arm][lane]`.
pub fn batch_arms<L: Lane>(
    experiment: &Experiment,
    ensemble: &Ensemble,
    settings: Settings,
    first: u32,
) -> Vec<Vec<ArmRun>> {
    let (lineage, go) = (Lineage::of(experiment), AtomicBool::new(false));
    batch_unless::<L>(experiment, &lineage, ensemble, settings, first, &go)
        .expect("nobody raises the flag that interrupts")
}

/// The same; nothing if `stop` is raised meanwhile.
fn batch_unless<L: Lane>(
    experiment: &Experiment,
    lineage: &Lineage,
    form: &Ensemble,
    settings: Settings,
    first: u32,
    stop: &AtomicBool,
) -> Option<Vec<Vec<ArmRun>>> {
    let replicates = draw_replicates::<L>(experiment, settings.seed, first, settings.uncertainty);
    let bare = experiment.bare();
    let end = |arm: usize, tally: &Tally<'_, L>| -> Vec<ArmRun> {
        let of = |lane| {
            let replicate = first + to_u32(lane);
            let address = (settings.uncertainty, settings.seed, replicate);
            let mut run = arm_run(experiment, form, tally, lane, address);
            if arm == bare {
                run.flows = form.ways.kept(&experiment.network, tally, lane);
            }
            run
        };
        (0..L::WIDTH).map(of).collect()
    };
    lineage.run(experiment, &replicates, &|| stop.load(Ordering::Relaxed), &end)
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
        LineStop {
            idle: outcomes::idle_lines(experiment, *a, line.most_idle.lane(lane)) as f32,
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
        outcomes: outcomes::values(experiment, &ensemble.outcomes, tally, &costs, lane, address),
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
    let cells = tally.exposure.used.cells().iter().enumerate();
    let of = |(cell, used): (usize, &L)| {
        let used = used.lane(lane).max(1e-300);
        tally.exposure.traced.row(cell).iter().map(move |traced| (traced.lane(lane) / used) as f32)
    };
    cells.flat_map(of).collect()
}
