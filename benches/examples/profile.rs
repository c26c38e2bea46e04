//! The week of the shipped embargo over and over, for a profiler to look at: `profile [ROUNDS] [1|8] [THREADS]`, and
//! `SCENARIO` another scenario's file. Prints the size of the chain and nanoseconds per link, week and replicate of a
//! thread.
// timing is what a bench is for
#![allow(clippy::disallowed_methods)]

use chokepoint_benches::{WEEKS, experiment_of, weeks};
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_scenario::Experiment;
use std::path::PathBuf;
use std::time::Instant;

/// The allocator of the program.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let argument = |place: usize| std::env::args().nth(place).and_then(|x| x.parse::<u32>().ok());
    let experiment = experiment_of(std::env::var_os("SCENARIO").map(PathBuf::from));
    let (network, plan) = (&experiment.network, &experiment.arms[1].plan);
    println!(
        "{} agents, {} outputs, {} inputs, {} links, {} of them controlled, {} traces",
        network.agents.len(),
        network.outputs.len(),
        network.inputs.len(),
        network.links.len(),
        plan.controlled.len(),
        network.tracing.traces.len()
    );
    let rounds = argument(1).unwrap_or(10);
    let threads = argument(3).unwrap_or(1);
    match argument(2) {
        Some(1) => time::<f64>(&experiment, rounds, threads),
        _ => time::<Eight>(&experiment, rounds, threads),
    }
}

fn time<L: Lane>(experiment: &Experiment, rounds: u32, threads: u32) {
    let replicates = draw_replicates::<L>(experiment, 1, 0, Uncertainty::FULL);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..rounds).for_each(|_| weeks(experiment, &replicates)));
        }
    });
    let work = f64::from(rounds * WEEKS) * (L::WIDTH * experiment.network.links.len()) as f64;
    println!("{} side by side: {:.2} ns", L::WIDTH, start.elapsed().as_nanos() as f64 / work);
}
