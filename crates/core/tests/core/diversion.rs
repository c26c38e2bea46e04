//! What third countries sell on, with numbers by hand: one mine sells 80 t a week to one country and 20 t to another.

use crate::small::{replicates, step as event, two_mines};
use chokepoint_core::id::{AgentId, CountryId, InputId, LinkId, OutputId, RegionId};
use chokepoint_core::network::Network;
use chokepoint_core::plan::{
    Controlled, Draw, Effect, Event, LicenceClass, LicenceRule, LicensedLink, Path, Plan, RefusedClass,
    Regime, Replicates,
};
use chokepoint_core::state::State;
use chokepoint_core::time::Week;
use chokepoint_core::week::step;

pub(crate) fn two_countries() -> Network {
    let mut network = two_mines(20.0, 2);
    let mine = network.agents[0].clone();
    let builder = network.agents[2].clone();
    let of = |country: u32, share: f64, inputs: u32| {
        let mut agent = builder.clone();
        (agent.country, agent.region) = (CountryId(country), RegionId(country));
        (agent.base_activity, agent.capacity) = (10.0 * share, 11.0 * share);
        agent.inputs = inputs..inputs + 1;
        agent.outputs = 1..1;
        agent
    };
    network.agents = vec![mine, of(1, 0.8, 0), of(2, 0.2, 1)];
    (network.agents[0].base_activity, network.agents[0].capacity) = (100.0, 110.0);
    (network.facilities, network.producers) = (1, 2);
    (network.countries, network.regions) = (3, 3);
    network.outputs.truncate(1);
    network.outputs[0].base_orders = 100.0;
    let bought = |agent: u32, share: f64| {
        let mut input = network.inputs[0].clone();
        (input.agent, input.base_use) = (AgentId(agent), 100.0 * share);
        input.links = agent - 1..agent;
        input
    };
    network.inputs = vec![bought(1, 0.8), bought(2, 0.2)];
    let link = |buyer: u32, flow: f64| {
        let mut link = network.links[0].clone();
        (link.seller, link.buyer) = (OutputId(0), InputId(buyer));
        (link.base_share, link.base_flow) = (1.0, flow);
        link
    };
    network.links = vec![link(0, 80.0), link(1, 20.0)];
    network
}

fn plan(events: Vec<Effect>) -> Plan {
    Plan {
        events: events.into_iter().enumerate().map(|(draw, effect)| Event { effect, draw }).collect(),
        controlled: (0..2).map(|l| Controlled { link: LinkId(l), market: None, detour_weeks: 3 }).collect(),
        weeks: 60,
        ..Plan::default()
    }
}

fn cap(links: &[u32]) -> Effect {
    Effect::ExportCap(links.iter().map(|l| LinkId(*l)).collect())
}

fn licence(links: &[u32], refused: f64) -> Effect {
    let refused = vec![RefusedClass { share: refused, until: Week::MAX }];
    let of = |l: &u32| LicensedLink {
        link: LinkId(*l),
        refused: refused.clone(),
        foreign: false,
        class: LicenceClass::USUAL,
    };
    let links = links.iter().map(of).collect();
    Effect::Licence(LicenceRule { links, content_threshold: 0.0 })
}

/// From week 10 on: a tenth of what is refused leaks within two weeks, and others sell on.
fn draw(size: f64, diversion: f64) -> Draw<f64> {
    Draw { leakage: 0.1, leakage_ramp: 2.0, leakage_premium: 0.5, diversion, ..event(10.0, 50.0, size) }
}

/// The same of an authority that decides after four weeks and grants everything that it does not refuse.
fn regime(diversion: f64) -> Draw<f64> {
    let regime = Regime {
        processing: Path::constant(4.0),
        approval: Path::constant(1.0),
        spread: 0.0,
        refusal: 0.0,
        validity: 26.0,
    };
    Draw { regime: Some(regime), ..draw(1.0, diversion) }
}

/// What goes round the control on the first link in week 20, share of what is refused there.
fn leak(effects: Vec<Effect>, draws: Vec<Draw<f64>>) -> f64 {
    let state = at_week_20(effects, draws);
    let control = &state.control;
    control.leaked[0] / (control.asked[0] - control.legal[0])
}

fn at_week_20(effects: Vec<Effect>, draws: Vec<Draw<f64>>) -> State<f64> {
    let (network, plan, replicates): (Network, Plan, Replicates<f64>) =
        (two_countries(), plan(effects), replicates(draws));
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    (0..=20).for_each(|week| step(&mut state, &network, &plan, &replicates, week));
    state
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} {b}");
}

#[test]
fn of_a_ban_on_one_country_others_sell_on_as_much_as_their_trade_is_free() {
    // a fifth of the trade is free: 0.1 + 0.9 · 0.5 · 0.2
    close(leak(vec![cap(&[0])], vec![draw(1.0, 0.5)]), 0.1 + 0.9 * 0.5 * 0.2);
    // of a cap on half of it as well: what the other country lacks nothing of is a fifth
    close(leak(vec![cap(&[0])], vec![draw(0.5, 0.5)]), 0.1 + 0.9 * 0.5 * 0.2);
}

#[test]
fn of_a_control_on_all_countries_nothing_more_leaks() {
    for size in [0.2, 0.7, 1.0] {
        close(leak(vec![cap(&[0, 1])], vec![draw(size, 0.5)]), 0.1);
    }
}

#[test]
fn a_weaker_control_on_the_others_leaves_part_of_their_trade() {
    // a ban here, a cap of a half there: 0.8 + 0.2 · ½ of the trade are closed
    let leak = leak(vec![cap(&[0]), cap(&[1])], vec![draw(1.0, 0.5), draw(0.5, 0.5)]);
    close(leak, 0.1 + 0.9 * 0.5 * 0.1);
}

#[test]
fn without_diversion_what_is_free_elsewhere_changes_nothing() {
    close(leak(vec![cap(&[0])], vec![draw(0.7, 0.0)]), 0.1);
    close(leak(vec![cap(&[0, 1])], vec![draw(0.7, 0.0)]), 0.1);
}

#[test]
fn who_waits_for_a_licence_buys_elsewhere_too() {
    // a licence costs no more than a ban: what goes round it is the same, whoever is refused
    let around = |refused: f64, links: &[u32]| {
        let state = at_week_20(vec![licence(links, refused)], vec![regime(0.5)]);
        state.control.leaked[0] / state.control.asked[0]
    };
    close(around(0.0, &[0]), 0.1 + 0.9 * 0.5 * 0.2);
    close(around(0.5, &[0]), 0.1 + 0.9 * 0.5 * 0.2);
    close(around(0.5, &[0, 1]), 0.1);
}

#[test]
fn what_is_sold_on_comes_out_of_what_the_others_are_sold() {
    // the mine can make 110 t; nothing is created: what all get is what it makes and had in stock
    let (network, plan) = (two_countries(), plan(vec![cap(&[0])]));
    let replicates = replicates(vec![draw(1.0, 1.0)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..60 {
        let before = state.outputs.stock[0];
        step(&mut state, &network, &plan, &replicates, week);
        let out = state.outputs.produced[0] - state.outputs.disposed[0] + before - state.outputs.stock[0];
        let sold: f64 = state.control.shipped.iter().sum();
        assert!((out - sold).abs() < 1e-9, "week {week}: {out} {sold}");
    }
}
