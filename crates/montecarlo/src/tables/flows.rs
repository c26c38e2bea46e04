//! What moved between stages and regions.

use crate::names::{Names, number};
use crate::pairing::spread;
use crate::runner::Ensemble;
use chokepoint_core::id::StageId;
use chokepoint_scenario::Experiment;
use std::collections::BTreeMap;
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

/// `reference.csv`: what moves of each good from region to region in a week at the reference level, in tonnes and in US dollars
/// at reference prices, and how much of that is on links that an event of the scenario touches.
pub fn reference(experiment: &Experiment) -> String {
    let network = &experiment.network;
    let controlled: BTreeMap<u32, ()> =
        experiment.arms[0].plan.controlled.iter().map(|c| (c.link.0, ())).collect();
    let mut flows: BTreeMap<(usize, usize, usize), (f64, f64)> = BTreeMap::new();
    for (l, link) in (0_u32..).zip(&network.links) {
        let input = &network.inputs[link.buyer.at()];
        let from = network.agents[network.outputs[link.seller.at()].agent.at()].region.at();
        let to = network.agents[input.agent.at()].region.at();
        if link.base_flow > 0.0 {
            let (all, touched) = flows.entry((input.commodity.at(), from, to)).or_default();
            *all += link.base_flow;
            *touched += if controlled.contains_key(&l) { link.base_flow } else { 0.0 };
        }
    }
    let names = Names(experiment);
    let mut text = "item,from_region,to_region,unit,per_week,controlled_per_week,usd_per_week\n".to_owned();
    for ((item, from, to), (all, touched)) in flows {
        let commodity = &network.commodities[item];
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{}",
            names.item(Some(item)),
            names.region(Some(from)),
            names.region(Some(to)),
            experiment.world.commodities[item].unit,
            number(all),
            number(touched),
            number(all * commodity.reference_price)
        );
    }
    text
}
