//! `chokepoint synth`: a chain made up for tests of scale, run through its shock on all processors.

use crate::arguments::SynthOptions;
use crate::failure::Failure;
use crate::machine;
use crate::printer::Printer;
use chokepoint_montecarlo::chain::{Chain, OnThreads};
use serde::Serialize;

/// What a run of a made-up chain came to.
#[derive(Serialize)]
struct Outcome {
    agents: usize,
    links: usize,
    seed: u64,
    weeks: u32,
    threads: usize,
    seconds_to_build: f64,
    seconds_to_run: f64,
    nanoseconds_per_link_week: f64,
    /// Where the system shows.
    peak_bytes_per_link: Option<f64>,
    /// Final goods built over those planned, in the worst week and in the last.
    least_built: f64,
    week_of_least: u32,
    last_built: f64,
    digest: String,
}

pub(crate) fn synth(options: &SynthOptions, printer: Printer) -> Result<(), Failure> {
    let pool = machine::pool(options.chance.threads)?;
    let outcome = pool.install(|| simulate(options))?;
    printer.result(&outcome, || outcome.text());
    Ok(())
}

// what is measured here goes into no result but the figures of speed
#[allow(clippy::disallowed_methods)]
fn simulate(options: &SynthOptions) -> Result<Outcome, Failure> {
    let started = std::time::Instant::now();
    let mut chain = Chain::made_up(options.agents, options.chance.seed)
        .map_err(|whole| Failure::Machine(format!("the chain cannot be cut: {whole:?}")))?;
    let links = chain.links;
    let seconds_to_build = started.elapsed().as_secs_f64();
    let started = std::time::Instant::now();
    let (mut least_built, mut week_of_least, mut last_built) = (f64::INFINITY, 0, 1.0);
    for week in 0..options.weeks {
        chain.step(&OnThreads);
        last_built = chain.built();
        if last_built < least_built {
            (least_built, week_of_least) = (last_built, week);
        }
    }
    let seconds_to_run = started.elapsed().as_secs_f64();
    Ok(Outcome {
        agents: chain.agents,
        links,
        seed: options.chance.seed,
        weeks: options.weeks,
        threads: rayon::current_num_threads(),
        seconds_to_build,
        seconds_to_run,
        nanoseconds_per_link_week: seconds_to_run * 1e9 / (links as f64 * f64::from(options.weeks)),
        peak_bytes_per_link: peak_bytes().map(|bytes| bytes / links as f64),
        least_built,
        week_of_least,
        last_built,
        digest: format!("{:016x}", chain.digest()),
    })
}

/// The most memory that this process has held, where the system shows (Linux).
fn peak_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1024.0)
}

impl Outcome {
    fn text(&self) -> String {
        let memory = match self.peak_bytes_per_link {
            Some(bytes) => {
                format!("; {:.2} GB at most, {bytes:.0} bytes per link", bytes * self.links as f64 / 1e9)
            }
            None => String::new(),
        };
        format!(
            "A chain made up for tests of scale: {} agents, {} links (seed {}). Nothing in it is data.\n\
             Built in {:.1} s; {} weeks in {:.2} s on {} thread{}: {:.1} ns per link and week{memory}.\n\
             A year without nine tenths of the largest country's fifth stage: in the worst week (week {}) \
             final makers\nbuild {:.1} % of their plan, in the last {:.1} %.\n\
             Digest {}: the same for this size, seed and number of weeks on any number of threads.\n",
            self.agents,
            self.links,
            self.seed,
            self.seconds_to_build,
            self.weeks,
            self.seconds_to_run,
            self.threads,
            if self.threads == 1 { "" } else { "s" },
            self.nanoseconds_per_link_week,
            self.week_of_least,
            100.0 * self.least_built,
            100.0 * self.last_built,
            self.digest
        )
    }
}
