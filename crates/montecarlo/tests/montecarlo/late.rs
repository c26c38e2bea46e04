//! Late or lost, by sector of every shipped world: of a stop, the share that is never made up is what is on record.

use crate::shipped::{central, shipped, toy};
use chokepoint_core::network::{Producer, Role};
use chokepoint_core::plan::{Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;
use chokepoint_scenario::Experiment;

/// Weeks before the stop: by then nothing is on its way any more.
const BEFORE: u32 = 30;
/// Weeks until nobody waits any more.
const AFTER: u32 = 1200;

/// Of what a stop of so many weeks leaves unbuilt, the share that is never made up.
fn share_lost(builder: Producer, replicates: &Replicates<f64>, stopped: u32) -> f64 {
    let mut experiment = toy("retail-calm");
    let network = &mut experiment.network;
    network.links[0].lag_weeks = BEFORE - 1;
    network.inputs[0].mean_lag = f64::from(BEFORE - 1);
    let place = network.producer_range().start;
    network.agents[place].role = Role::Producer(Producer { growth: 0.0, ..builder });
    let plan = Plan { weeks: BEFORE + stopped + AFTER, ..Plan::default() };
    let mut state = State::<f64>::at_reference(network, &plan, replicates);
    let (mut missed, mut lost) = (0.0, 0.0);
    for week in 0..plan.weeks {
        let stops = (BEFORE..BEFORE + stopped).contains(&week);
        state.inputs.stock[0] = if stops { 0.0 } else { 1e12 };
        step(&mut state, network, &plan, replicates, week);
        missed += (state.producers.plan[0] - state.agents.activity[place]).max(0.0);
        lost += state.producers.lost[0];
    }
    assert!(state.producers.backlog[0] < 1e-6 * missed, "somebody still waits");
    lost / missed
}

/// The sectors of a world by name, with what their final producers have in common.
fn sectors(experiment: &Experiment) -> Vec<(&str, Producer)> {
    let network = &experiment.network;
    let of = |sector: usize| {
        network.agents[network.producer_range()].iter().find_map(|agent| match agent.role {
            Role::Producer(producer) if producer.sector.at() == sector => Some(producer),
            _ => None,
        })
    };
    let names = experiment.world.sectors.iter().enumerate();
    names.filter_map(|(place, sector)| Some((sector.id.as_str(), of(place)?))).collect()
}

/// Numbers of behaviour at which the law is tried: at the centre, and at each end of each prior alone.
fn corners(experiment: &Experiment) -> Vec<Replicates<f64>> {
    let centre = central(experiment);
    let ends = |name: &str| {
        let prior = experiment.prior(name).unwrap();
        [0.05, 0.95].map(|p| prior.quantile(p))
    };
    let patience = ends("patience").map(|value| {
        let mut replicates = centre.clone();
        replicates.behaviour.patience = value;
        replicates
    });
    let full_use = ends("full_use_overtime").map(|value| {
        let mut replicates = centre.clone();
        replicates.behaviour.full_use_overtime = value;
        replicates
    });
    [vec![centre], patience.to_vec(), full_use.to_vec()].concat()
}

#[test]
fn of_short_and_long_stops_the_share_on_record_is_lost_in_every_sector_of_every_world() {
    for id in ["full-embargo", "quota-2010", "gallium-licensing"] {
        let experiment = shipped(id);
        for mut replicates in corners(&experiment) {
            replicates.trends = false;
            // who has a stock for ever orders nothing
            replicates.behaviour.order_flexibility = 2.0;
            for (sector, builder) in sectors(&experiment) {
                let usual = |stopped| {
                    let replicates =
                        Replicates { demand: Vec::new(), availability: Vec::new(), ..replicates.clone() };
                    share_lost(builder, &replicates, stopped)
                };
                for weeks in 1..=4 {
                    let share = usual(weeks);
                    assert!((0.1..=0.5).contains(&share), "{id}, {sector}, {weeks} weeks: {share}");
                }
                let long = usual(13);
                assert!((0.5..=0.9).contains(&long), "{id}, {sector}, 13 weeks: {long}");
                // plans fill all that overtime can make
                let asked = 1.0 + builder.overtime_share;
                for weeks in [1, 4] {
                    let demand = vec![asked; (BEFORE + weeks + AFTER) as usize];
                    let replicates = Replicates { demand, availability: Vec::new(), ..replicates.clone() };
                    let share = share_lost(builder, &replicates, weeks);
                    assert!((0.6..=0.9).contains(&share), "{id}, {sector}, full use, {weeks} weeks: {share}");
                }
            }
        }
    }
}
