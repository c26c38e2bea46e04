//! Who is served first: a mine sells 80 t a week to one builder and 20 t to another, who loses ten times as much for want of a
//! tonne.

use crate::diversion::two_countries;
use crate::small::replicates;
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

fn unequal_stakes() -> Network {
    let mut network = two_countries();
    network.inputs[0].worth = 20_000.0;
    network.inputs[1].worth = 200_000.0;
    // all is spot: contracts and spot are served alike, one after the other
    network.links.iter_mut().for_each(|link| link.contract_share = 0.0);
    network.outputs[0].cover_weeks = 0.1;
    network
}

/// A mine that makes this share of its capacity from the tenth week on.
fn short_mine(share: f64, triage: f64) -> Replicates<f64> {
    let mut replicates = replicates(Vec::new());
    replicates.behaviour.triage = triage;
    replicates.availability = (0..60).map(|week| if week < 10 { 1.0 } else { share }).collect();
    replicates
}

/// In the twentieth week: ordered and sent, by builder, and what the mine shipped.
fn served(network: &Network, replicates: &Replicates<f64>) -> ([f64; 2], [f64; 2], f64, State<f64>) {
    let plan = Plan { weeks: 60, ..Plan::default() };
    let mut state = State::<f64>::at_reference(network, &plan, replicates);
    (0..20).for_each(|week| step(&mut state, network, &plan, replicates, week));
    let ordered = [0, 1].map(|i: usize| state.board.bids[i].ordered);
    let sent = [0, 1].map(|i: usize| state.inputs.bought[i]);
    (ordered, sent, state.outputs.shipped[0], state)
}

#[test]
fn without_triage_a_short_seller_serves_all_alike() {
    let (ordered, sent, shipped, _) = served(&unequal_stakes(), &short_mine(0.5, 0.0));
    let fill = shipped / (ordered[0] + ordered[1]);
    assert!(fill < 0.6, "{fill}");
    for i in 0..2 {
        assert!((sent[i] - fill * ordered[i]).abs() < 1e-9 * ordered[i], "{i}: {sent:?} {ordered:?}");
    }
}

#[test]
fn with_triage_whom_a_stopped_line_costs_most_gets_all_and_no_tonne_is_made() {
    for triage in [1.0, 8.0] {
        let (ordered, sent, shipped, _) = served(&unequal_stakes(), &short_mine(0.5, triage));
        assert!((sent[1] - ordered[1]).abs() < 1e-9, "{triage}: {sent:?} {ordered:?}");
        assert!((sent[0] + sent[1] - shipped).abs() < 1e-9 * shipped, "{triage}: {sent:?} {shipped}");
        assert!(shipped < 0.6 * (ordered[0] + ordered[1]));
    }
}

#[test]
fn a_very_short_seller_serves_by_need_times_what_is_at_stake_and_strictly_where_that_counts_much() {
    let network = unequal_stakes();
    // stakes are as 10 to 1, needs as 80 to 20: a tenth goes 0.8 to 2.0
    let (.., state) = served(&network, &short_mine(0.1, 1.0));
    let [large, small] = [0, 1].map(|i: usize| state.inputs.bought[i]);
    let needs = [0, 1].map(|i: usize| state.inputs.potential_use[i].min(state.inputs.ordered[i]));
    assert!((small / large - 10.0 * needs[1] / needs[0]).abs() < 1e-9, "{small} {large} {needs:?}");
    // to the power 8: one in a hundred million
    let (_, sent, shipped, _) = served(&network, &short_mine(0.1, 8.0));
    assert!(sent[0] < 1e-6 * shipped && (sent[1] / shipped - 1.0).abs() < 1e-6, "{sent:?} {shipped}");
}

#[test]
fn an_order_beyond_need_buys_no_rank() {
    let (ordered, _, _, state) = served(&unequal_stakes(), &short_mine(0.1, 1.0));
    let price = 1000.0;
    for (i, stake) in [20_000.0, 200_000.0].into_iter().enumerate() {
        let need = state.inputs.potential_use[i];
        assert!(ordered[i] > 1.01 * need, "who is short orders more than it needs: {ordered:?} {need}");
        let weight = state.board.bids[i].rank * ordered[i];
        assert!((weight / (need * stake / price) - 1.0).abs() < 1e-9, "{weight}");
    }
}

#[test]
fn a_seller_that_is_not_short_serves_everybody_to_the_bit_as_without_triage() {
    let network = unequal_stakes();
    let (_, with, _, _) = served(&network, &short_mine(1.0, 2.0));
    let (_, without, _, _) = served(&network, &short_mine(1.0, 0.0));
    assert_eq!(with, without);
}
