//! Where each input makes a product of its own, with numbers by hand.

use crate::small::{ban, replicates, step as event, two_mines};
use chokepoint_core::id::InputId;
use chokepoint_core::network::{Network, Role};
use chokepoint_core::plan::Plan;
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// The builder makes 8 goods a week of what comes from home and 2 of what comes from abroad; all in one good, or apart.
fn two_products(apart: bool) -> Network {
    let mut network = two_mines(4.0, 1);
    let other = network.inputs[0].clone();
    network.inputs.push(other);
    for (i, tonnes) in [(0, 8.0), (1, 2.0)] {
        network.inputs[i].per_activity = tonnes;
        network.inputs[i].base_use = 10.0 * tonnes;
        network.inputs[i].links = i as u32..i as u32 + 1;
        network.links[i].buyer = InputId(i as u32);
        network.links[i].base_share = 1.0;
    }
    network.agents[2].inputs = 0..2;
    if let Role::Producer(producer) = &mut network.agents[2].role {
        (producer.apart, producer.overtime_share) = (apart, 0.0);
    }
    network
}

/// Goods built, and what is left of both stocks, in the twentieth week of a ban on what comes from home.
fn under_a_ban(apart: bool) -> (f64, [f64; 2]) {
    let network = two_products(apart);
    let (plan, replicates) = (ban(40), replicates(vec![event(10.0, 60.0, 1.0)]));
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..30 {
        step(&mut state, &network, &plan, &replicates, week);
    }
    (state.agents.activity[2], [state.inputs.used[0], state.inputs.used[1]])
}

#[test]
fn a_want_of_one_oxide_stops_the_product_that_is_made_of_it_and_no_other() {
    // what comes from home is a ban's: of ten goods the two of the other oxide are still made, of 20 t
    let (built, used) = under_a_ban(true);
    assert!((built - 2.0).abs() < 1e-9, "{built}");
    assert!(used[0].abs() < 1e-9 && (used[1] - 20.0).abs() < 1e-9, "{used:?}");
    let (built, used) = under_a_ban(false);
    assert!(built.abs() < 1e-9 && used[1].abs() < 1e-9, "{built} {used:?}");
}

#[test]
fn at_rest_all_products_are_made() {
    let network = two_products(true);
    let (plan, replicates) = (Plan { weeks: 30, ..Plan::default() }, replicates(Vec::new()));
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..30 {
        step(&mut state, &network, &plan, &replicates, week);
        assert_eq!(state.agents.activity[2], 10.0);
    }
}
