//! What moved between stages and regions.

use crate::names::{Names, number};
use crate::pairing::spread;
use crate::runner::Ensemble;
use chokepoint_core::id::StageId;
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// `flows.csv`: contained tonnes a year of each element between stages and regions, in the scenario without a strategy.
pub fn flows(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let names = Names(experiment);
    let ways = &ensemble.ways;
    let stage = |stage: StageId| &experiment.world.stages[stage.at()].id;
    let mut text =
        "period,element,from_stage,from_region,to_stage,to_region,unit,n,mean,p5,p50,p95\n".to_owned();
    for (period, name) in ["before", "during"].into_iter().enumerate() {
        for (e, element) in experiment.world.elements.iter().enumerate() {
            for (w, (from, to)) in ways.ways.iter().enumerate() {
                let values = |period: usize| -> Vec<f64> {
                    let place = period * ways.places() + ways.place(w, e);
                    ensemble.flows.iter().map(|run| f64::from(run[place])).collect()
                };
                // what is cut wholly is reported as nothing
                if values(0).iter().chain(&values(1)).all(|tonnes| *tonnes == 0.0) {
                    continue;
                }
                let values = values(period);
                let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
                let (p5, p50, p95) = spread(&values);
                let _ = writeln!(
                    text,
                    "{name},{},{},{},{},{},t/year,{},{},{},{},{}",
                    element.id,
                    stage(from.0),
                    names.region(Some(from.1.at())),
                    stage(to.0),
                    names.region(Some(to.1.at())),
                    values.len(),
                    number(mean),
                    number(p5),
                    number(p50),
                    number(p95)
                );
            }
        }
    }
    text
}
