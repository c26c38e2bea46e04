//! Firms of many lines with unequal stocks, with numbers by hand.

use crate::small::{replicates, step as event, two_mines};
use chokepoint_core::id::LinkId;
use chokepoint_core::lanes::Lane;
use chokepoint_core::network::{Network, Role};
use chokepoint_core::plan::{Controlled, Effect, Event, Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// The builder runs lines whose stocks spread; it has no overtime, so that it needs 100 t every week.
fn builder(cover: f64, spread: f64) -> Network {
    let mut network = two_mines(cover, 1);
    network.inputs[0].spread = spread;
    if let Role::Producer(producer) = &mut network.agents[2].role {
        producer.overtime_share = 0.0;
    }
    network
}

/// Deliveries on these links stop in week 10 for so many weeks; none from week 11 on.
fn halt(links: &[u32], lasts: f64) -> (Plan, Replicates<f64>) {
    let links: Vec<LinkId> = links.iter().copied().map(LinkId).collect();
    let controlled = links.iter().map(|link| Controlled { link: *link, market: None, detour_weeks: 0 });
    let plan = Plan {
        controlled: controlled.collect(),
        events: vec![Event { effect: Effect::ExportCap(links), draw: 0 }],
        weeks: 200,
        ..Plan::default()
    };
    (plan, replicates(vec![event(10.0, lasts, 1.0)]))
}

/// Share of the lines that run, week by week from the first that lacks a delivery.
fn running(network: &Network, (plan, replicates): &(Plan, Replicates<f64>), weeks: usize) -> Vec<f64> {
    let mut state = State::<f64>::at_reference(network, plan, replicates);
    let mut running = Vec::new();
    for week in 0..11 + weeks as u32 {
        let held = state.inputs.stock[0];
        step(&mut state, network, plan, replicates, week);
        if week >= 11 {
            running.push(state.agents.activity[2] / 10.0);
        }
        // what was used is what ran, and what is not used is still there
        let (used, stock) = (state.inputs.used[0], state.inputs.stock[0]);
        assert!((used - 10.0 * state.agents.activity[2]).abs() < 1e-9);
        assert!((held + state.inputs.arrived[0] - used - stock).abs() < 1e-9);
    }
    running
}

#[test]
fn in_a_total_halt_the_thin_lines_stop_first_and_the_rest_one_after_another() {
    // stocks of 4 weeks with σ = 0.5: of week k the share H(k) − H(k + 1) runs, H(t) = 4·Φ(d + σ) − t·Φ(d), d = ln(4/t)/σ − σ/2
    let running = running(&builder(4.0, 0.5), &halt(&[0, 1], 60.0), 10);
    let by_hand =
        [0.999188, 0.948535, 0.753249, 0.509378, 0.316502, 0.189623, 0.112329, 0.066642, 0.039858, 0.02411];
    for (week, (is, ought)) in running.iter().zip(by_hand).enumerate() {
        assert!((is - ought).abs() < 2e-6, "week {week}: {is} {ought}");
    }
}

#[test]
fn what_still_arrives_goes_to_the_lines_by_need_and_only_the_gap_is_drawn_from_stocks() {
    // a fifth still arrives: 0.2 + H(0.8·k) − H(0.8·(k + 1))
    let mut halt = halt(&[0], 60.0);
    // orders neither grow nor move to the mine abroad
    halt.1.behaviour.order_flexibility = 0.0;
    halt.1.behaviour.sourcing_speed = 0.0;
    let running = running(&builder(4.0, 0.5), &halt, 8);
    let by_hand = [0.99985, 0.983916, 0.894844, 0.742872, 0.588868, 0.465292, 0.376589, 0.31633];
    for (week, (is, ought)) in running.iter().zip(by_hand).enumerate() {
        assert!((is - ought).abs() < 2e-6, "week {week}: {is} {ought}");
    }
}

#[test]
fn at_rest_no_line_stops_whatever_the_spread_and_the_cover() {
    for cover in [0.5, 4.0, 26.0] {
        for spread in [0.05, 0.5, 1.0, 2.5] {
            let network = builder(cover, spread);
            let (plan, replicates) = (Plan { weeks: 60, ..Plan::default() }, replicates(Vec::new()));
            let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
            for week in 0..60 {
                step(&mut state, &network, &plan, &replicates, week);
                assert_eq!(state.agents.activity[2], 10.0, "cover {cover}, spread {spread}, week {week}");
            }
        }
    }
}

#[test]
fn without_a_spread_a_firm_is_one_line_to_the_bit() {
    let halt = halt(&[0, 1], 20.0);
    let alike = running(&builder(4.0, 0.0), &halt, 80);
    let mut switched_off = halt.clone();
    switched_off.1.behaviour.dispersion = f64::splat(0.0);
    assert_eq!(running(&builder(4.0, 0.5), &switched_off, 80), alike);
    // one stock of four weeks: all lines stop in the same week
    assert_eq!(&alike[..6], [1.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
}

#[test]
fn when_deliveries_come_back_thin_lines_fill_up_and_all_run_again() {
    let running = running(&builder(4.0, 0.5), &halt(&[0, 1], 4.0), 180);
    assert!(running[3] < 0.6, "{}", running[3]);
    // deliveries meet the need of every line from their first week on
    assert!(running[4..].iter().all(|share| *share > 1.0 - 1e-9), "{:?}", &running[..12]);
}
