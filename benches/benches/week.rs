//! Nanoseconds per link, week and replicate: lanes on one and two threads, and the plain-loop reference.
//!
//! `cargo bench` prints Criterion's times and, at the end, a line per variant and the ratios.
#![allow(missing_docs)]
// timing is what a bench is for
#![allow(clippy::disallowed_methods)]

use chokepoint_benches::bandwidth::{bytes_a_week, read_modify_write};
use chokepoint_benches::{Reference, WEEKS, experiment, weeks};
use chokepoint_core::lanes::Eight;
use chokepoint_core::plan::Replicates;
use chokepoint_montecarlo::chain::{Chain, OnThreads};
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_scenario::Experiment;
use criterion::{Criterion, Throughput};
use rayon::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The allocator of the program.
#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn plain(experiment: &Experiment, replicates: &Replicates<f64>) {
    let mut reference = Reference::at_reference(&experiment.network, &experiment.arms[1].plan, replicates);
    for week in 0..WEEKS {
        reference.step(week);
    }
    black_box(reference.prices().sum::<f64>());
}

/// Least time of some runs of `f`, which does the work of `replicates`, per link-week and replicate.
fn nanoseconds(experiment: &Experiment, replicates: usize, f: impl Fn()) -> f64 {
    let least = (0..7)
        .map(|_| {
            let start = Instant::now();
            f();
            start.elapsed()
        })
        .min()
        .unwrap_or(Duration::ZERO);
    let work = experiment.network.links.len() as f64 * f64::from(WEEKS) * replicates as f64;
    least.as_nanos() as f64 / work
}

fn main() {
    let experiment = experiment();
    // trends are on: demand grows, goods come back, plants are built
    let one = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::FULL);
    let eight = draw_replicates::<Eight>(&experiment, 1, 0, Uncertainty::FULL);
    let links = experiment.network.links.len() as u64;
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("week");
    group.throughput(Throughput::Elements(links * u64::from(WEEKS)));
    group.bench_function("plain loop, one replicate", |b| b.iter(|| plain(&experiment, &one)));
    group.bench_function("kernel, one replicate", |b| b.iter(|| weeks(&experiment, &one)));
    group.throughput(Throughput::Elements(8 * links * u64::from(WEEKS)));
    group.bench_function("kernel, eight replicates", |b| b.iter(|| weeks(&experiment, &eight)));
    group.finish();
    criterion.final_summary();

    let reference = nanoseconds(&experiment, 1, || plain(&experiment, &one));
    let single = nanoseconds(&experiment, 1, || weeks(&experiment, &one));
    let batch = nanoseconds(&experiment, 8, || weeks(&experiment, &eight));
    let batches: Vec<Replicates<Eight>> =
        (0..4).map(|b| draw_replicates(&experiment, 1, 8 * b, Uncertainty::FULL)).collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let Ok(pool) = pool else { return f64::NAN };
        let all = || batches.par_iter().for_each(|replicates| weeks(&experiment, replicates));
        nanoseconds(&experiment, 32, || pool.install(all))
    };
    let (one_thread, two_threads) = (on(1), on(2));
    println!("\n{links} links, {WEEKS} weeks; ns per link-week and replicate (least of seven)");
    println!("plain loop               {reference:8.2}");
    println!("kernel, one replicate    {single:8.2}   ratio {:.2}", reference / single);
    println!("kernel, eight replicates {batch:8.2}   ratio {:.2}", reference / batch);
    println!("eight, one thread        {one_thread:8.2}");
    println!("eight, two threads       {two_threads:8.2}   ratio to one {:.2}", one_thread / two_threads);
    scale();
}

/// One run of chains of all sizes, against what memory gives.
fn scale() {
    let bandwidth = read_modify_write();
    println!("\nread-modify-write {:.1} GB/s on {} threads", bandwidth / 1e9, rayon::current_num_threads());
    println!("agents, links, ns per link-week, GB/s that a week must move, share of the above");
    for agents in [300, 1_000, 10_000, 100_000, 1_000_000] {
        let Ok(mut chain) = Chain::made_up(agents, 1) else { return };
        // begun before, so that the shock is in what is timed; then whole reviews
        let weeks = (40_000_000 / chain.links as u32).clamp(4, 400).next_multiple_of(4);
        (0..12).for_each(|_| chain.step(&OnThreads));
        let start = Instant::now();
        (0..weeks).for_each(|_| chain.step(&OnThreads));
        let week = start.elapsed().as_secs_f64() / f64::from(weeks);
        let moved = bytes_a_week(&chain) / week;
        let each = week * 1e9 / chain.links as f64;
        println!(
            "{agents:>9} {:>9} {each:8.1} {:8.1} {:6.0} %",
            chain.links,
            moved / 1e9,
            100.0 * moved / bandwidth
        );
    }
}
