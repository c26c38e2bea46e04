//! The same answer whatever the machine and however many replicates.

use crate::shipped::shipped;
use chokepoint_core::id::LinkId;
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Effect, Plan};
use chokepoint_montecarlo::future::Uncertainty;
use chokepoint_montecarlo::runner::{Ensemble, Settings, batch_arms, run};
use chokepoint_montecarlo::tables;
use chokepoint_scenario::experiment::Experiment;
use std::sync::atomic::AtomicBool;

fn settings(replicates: u32) -> Settings {
    Settings { replicates, seed: 1, uncertainty: Uncertainty::FULL }
}

fn on_threads(experiment: &Experiment, threads: usize, replicates: u32) -> Ensemble {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| run(experiment, settings(replicates), &|_| (), &AtomicBool::new(false))).unwrap()
}

#[test]
fn one_and_eight_threads_give_the_same_bytes() {
    let experiment = shipped("dytb-halt-us");
    let (one, eight) = (on_threads(&experiment, 1, 24), on_threads(&experiment, 8, 24));
    assert_eq!(tables::outcomes(&experiment, &one), tables::outcomes(&experiment, &eight));
    assert_eq!(tables::series(&experiment, &one), tables::series(&experiment, &eight));
    assert_eq!(tables::samples(&experiment, &one), tables::samples(&experiment, &eight));
    assert_eq!(tables::stops(&experiment, &one), tables::stops(&experiment, &eight));
    assert_eq!(tables::ensemble(&experiment, &one).unwrap(), tables::ensemble(&experiment, &eight).unwrap());
    let (a, b) = (tables::pair(&experiment, &one), tables::pair(&experiment, &eight));
    assert_eq!(tables::paired(&experiment, &one, &a), tables::paired(&experiment, &eight, &b));
}

#[test]
fn replicate_17_of_32_equals_replicate_17_of_256_and_replicate_17_alone() {
    let experiment = shipped("port-strike");
    let (few, many) = (on_threads(&experiment, 2, 32), on_threads(&experiment, 2, 256));
    let alone = batch_arms::<f64>(&experiment, &few, settings(1), 17);
    for (arm, alone) in alone.iter().enumerate() {
        let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
        assert_eq!(bits(&few.values[arm][17]), bits(&many.values[arm][17]));
        assert_eq!(bits(&few.values[arm][17]), bits(&alone[0].outcomes));
        assert_eq!(few.stops[arm][17], alone[0].stops);
    }
}

#[test]
fn a_strategy_shifts_nobodys_luck() {
    let with = shipped("dytb-halt-us");
    let mut request = chokepoint_scenario::experiment::Request {
        scenario: crate::shipped::scenarios().join("dytb-halt-us.ron"),
        ..Default::default()
    };
    request.strategies = Some(Vec::new());
    let (without, _) = chokepoint_scenario::experiment::load(&request).unwrap();
    let (a, b) = (on_threads(&with, 2, 8), on_threads(&without, 2, 8));
    assert_eq!(a.values[1].len(), b.values[1].len());
    for (x, y) in a.values[1].iter().flatten().zip(b.values[1].iter().flatten()) {
        assert!((x - y).abs() <= 1e-9 * x.abs().max(1.0), "{x} {y}");
    }
}

#[test]
fn an_interrupted_run_gives_nothing() {
    let experiment = shipped("port-strike");
    assert!(run(&experiment, settings(32), &|_| (), &AtomicBool::new(true)).is_err());
}

/// The same network with each buyer's suppliers in the opposite order.
pub(crate) fn links_reversed(network: &Network, plan: &Plan) -> (Network, Plan) {
    let (mut network, mut plan) = (network.clone(), plan.clone());
    let mut moved = vec![0_u32; network.links.len()];
    for input in &network.inputs {
        let (from, to) = (input.links.start, input.links.end);
        for l in from..to {
            moved[l as usize] = from + to - 1 - l;
        }
        network.links[from as usize..to as usize].reverse();
    }
    let renumber = |links: &mut Vec<LinkId>| {
        for link in links {
            *link = LinkId(moved[link.at()]);
        }
    };
    for event in &mut plan.events {
        if let Effect::ExportCap { links, .. } = &mut event.effect {
            renumber(links);
        }
    }
    for market in &mut plan.markets {
        renumber(&mut market.links);
    }
    (network, plan)
}
