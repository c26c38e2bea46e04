//! The share of what sectors use that passed a traced country.

use crate::names::{Names, short};
use crate::pairing::spread;
use crate::runner::Ensemble;
use chokepoint_core::network::{Agent, Producer};
use chokepoint_core::outcome::exposure::origins;
use chokepoint_core::scope::producers;
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// `exposure.csv`: the share of each sector's inputs that passed a traced country, at the reference level and in the year from the shock.
pub fn exposure(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let names = Names(experiment);
    let network = &experiment.network;
    let k = network.tracing.traces.len();
    let rest = chokepoint_core::outcome::exposure::at_reference(network);
    let mut text = "arm,region,sector,origin,unit,rest,n,mean,p5,p50,p95\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for cell in 0..network.regions * network.sectors {
            let (region, sector) = (cell / network.sectors, cell % network.sectors);
            let here =
                |(_, a, p): (usize, &Agent, &Producer)| a.region.at() == region && p.sector.at() == sector;
            if !producers(network).any(here) {
                continue;
            }
            for trace in origins(network) {
                let place = cell * k + trace;
                let shares: Vec<f64> =
                    ensemble.exposure[arm].iter().map(|run| f64::from(run[place])).collect();
                let (p5, p50, p95) = spread(&shares);
                let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
                let _ = writeln!(
                    text,
                    "{},{},{},{},share,{},{},{},{},{},{}",
                    info.id,
                    names.region(Some(region)),
                    names.sector(Some(sector)),
                    experiment.world.traces[trace],
                    short(rest[place]),
                    shares.len(),
                    short(mean),
                    short(p5),
                    short(p50),
                    short(p95)
                );
            }
        }
    }
    text
}
