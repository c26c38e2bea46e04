//! Tables of who stopped and why, who is exposed, and who pays.

use crate::outcomes::Measure;
use crate::pairing::spread;
use crate::runner::{Ensemble, Stop};
use crate::tables::{Names, number, short, time};
use chokepoint_core::network::{Agent, Producer};
use chokepoint_core::outcome::exposure::origins;
use chokepoint_core::outcome::lines::reason;
use chokepoint_core::scope::producers;
use chokepoint_core::state::{BOUND_BY_CAPACITY, BOUND_BY_MARGIN};
use chokepoint_scenario::experiment::Experiment;
use std::fmt::Write;

/// `stops.csv`: which lines stopped, in what share of replicates, when, for how long and for want of what.
pub fn stops(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let names = Names(experiment);
    let mut text = "arm,line,stage,region,sector,n,share_stopped,first_week_p5,first_week_p50,first_week_p95,weeks_stopped_p50,back_week_p50,main_cause,main_cause_share,main_reason,main_reason_share\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (place, agent) in ensemble.lines.iter().enumerate() {
            let stopped: Vec<_> = ensemble.stops[arm]
                .iter()
                .map(|lines| lines[place])
                .filter(|stop| Ensemble::happened(f64::from(stop.first)))
                .collect();
            if stopped.is_empty() {
                continue;
            }
            let of = |f: &dyn Fn(&Stop) -> f32| {
                spread(&stopped.iter().map(|s| f64::from(f(s))).collect::<Vec<f64>>())
            };
            let first = of(&|s| s.first);
            let (cause, share) = main_cause(experiment, *agent, &stopped);
            let (reason, reason_share) = main_reason(&stopped);
            let network_agent = &experiment.network.agents[*agent];
            let _ = writeln!(
                text,
                "{},{},{},{},{},{},{},{},{},{},{},{},{cause},{},{reason},{}",
                info.id,
                experiment.agents[*agent].id,
                experiment.world.stages[network_agent.stage.at()].id,
                names.region(Some(network_agent.region.at())),
                names.sector(experiment.agents[*agent].sector),
                ensemble.settings.replicates,
                short(stopped.len() as f64 / f64::from(ensemble.settings.replicates)),
                time(first.0),
                time(first.1),
                time(first.2),
                time(of(&|s| s.weeks).1),
                time(of(&|s| s.back).1),
                short(share),
                short(reason_share)
            );
        }
    }
    text
}

/// What limited the line at most first stops, and in what share of them: an input, its capacity, or its margin.
fn main_cause(experiment: &Experiment, agent: usize, stops: &[Stop]) -> (String, f64) {
    let inputs = experiment.network.inputs_of(&experiment.network.agents[agent]);
    let (code, share) = most_frequent(stops.iter().map(|s| s.cause));
    let code = f64::from(code);
    let name = if code >= 0.0 {
        let commodity = experiment.network.inputs[inputs.start + code as usize].commodity.at();
        Names(experiment).item(Some(commodity)).to_owned()
    } else if code == BOUND_BY_CAPACITY {
        "capacity".to_owned()
    } else if code == BOUND_BY_MARGIN {
        "margin".to_owned()
    } else {
        "orders".to_owned()
    };
    (name, share)
}

/// Why the input was short at most first stops, and in what share of them.
fn main_reason(stops: &[Stop]) -> (&'static str, f64) {
    let (code, share) = most_frequent(stops.iter().map(|s| s.reason));
    (reason::NAMES.get(code as usize).copied().unwrap_or(""), share)
}

/// The most frequent code, the least of those that tie, and its share.
fn most_frequent(codes: impl Iterator<Item = f32>) -> (f32, f64) {
    let mut sorted: Vec<f32> = codes.collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let (mut best, mut most) = (0.0, 0);
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() > most {
            (best, most) = (run[0], run.len());
        }
    }
    (best, most as f64 / sorted.len().max(1) as f64)
}

/// `exposure.csv`: the share of each sector's inputs that passed a traced country, at rest and in the year from the shock.
pub fn exposure(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let names = Names(experiment);
    let network = &experiment.network;
    let k = network.tracing.traces.len();
    let rest = chokepoint_core::outcome::exposure::at_rest(network);
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

/// `costs.csv`: the ledger of each arm by payer and kind.
pub fn costs(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text = "arm,payer,kind,cost,unit,n,mean,p5,p50,p95\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for (place, outcome) in ensemble.outcomes.iter().enumerate() {
            let Measure::Cost(cost) = outcome.measure else { continue };
            let values = ensemble.column(arm, place);
            if values.iter().all(|v| *v == 0.0) {
                continue;
            }
            let (p5, p50, p95) = spread(&values);
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            let _ = writeln!(
                text,
                "{},{},{},{},USD,{},{},{},{},{}",
                info.id,
                cost.payer(info).name(),
                cost.kind().name(),
                cost.name(),
                values.len(),
                number(mean),
                number(p5),
                number(p50),
                number(p95)
            );
        }
    }
    text
}
