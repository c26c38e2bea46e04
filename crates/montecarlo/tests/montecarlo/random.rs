//! Laws on chains, shocks and rules of thumb that nobody chose.

use crate::same::reversed;
use chokepoint_core::behaviour::{Behaviour, made_up};
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::plan::{Draw, Effect, Event, Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::time::Week;
use chokepoint_core::{id::AgentId, week};
use chokepoint_input::parameters::bounds;
use chokepoint_montecarlo::laws;
use chokepoint_world::synthetic::{self, Synthetic};
use proptest::prelude::*;

const WEEKS: Week = 80;

/// A share of its range for each rule of thumb.
fn behaviour() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0_f64..1.0, Behaviour::<f64>::NAMES.len())
}

/// Rules of thumb near those of the shipped world.
fn usual<L: Lane>(shares: &[f64]) -> Behaviour<L> {
    let mut shares = shares.iter();
    Behaviour::from_names(|name| {
        let ((low, high), u) = (bounds(name), shares.next().copied().unwrap_or(0.5));
        L::splat((made_up(name) * (0.7 + 0.6 * u)).clamp(low, high))
    })
}

/// A chain whose goods all hold one element, a tonne a tonne: what is not in what is made is lost on the way.
fn chain(agents: u32, seed: u64) -> Synthetic {
    let mut chain = synthetic::chain(agents, seed);
    chain.network.elements = 1;
    chain.network.commodities.iter_mut().for_each(|c| c.contents = vec![1.0]);
    chain
}

/// Rules of thumb anywhere within what they may be; the cube keeps most of them near the lower end, where speeds lie.
fn rules<L: Lane>(shares: &[f64]) -> Behaviour<L> {
    let mut shares = shares.iter();
    Behaviour::from_names(|name| {
        let ((low, high), u) = (bounds(name), shares.next().copied().unwrap_or(0.5));
        L::splat(low + (high - low) * u * u * u)
    })
}

/// A shock to plants of a stage in a country.
#[derive(Clone, Debug)]
struct Shock {
    stage: usize,
    country: usize,
    start: f64,
    ramp: f64,
    duration: f64,
    magnitude: f64,
}

fn shock() -> impl Strategy<Value = Shock> {
    (0..7_usize, 0..7_usize, 5.0..30.0, 0.0..10.0, 1.0..60.0, 0.0..=1.0).prop_map(
        |(stage, country, start, ramp, duration, magnitude)| Shock {
            stage,
            country,
            start,
            ramp,
            duration,
            magnitude,
        },
    )
}

fn draw<L: Lane>(shock: &Shock) -> Draw<L> {
    let n = |value: f64| L::splat(value);
    Draw {
        start: n(shock.start),
        known: n(shock.start),
        ramp: n(shock.ramp),
        duration: n(shock.duration),
        recovery: n(0.0),
        magnitude: n(shock.magnitude),
        leakage: n(0.0),
        leakage_ramp: n(0.0),
        leakage_premium: n(0.0),
        diversion: n(0.0),
        carrying: n(0.0),
        regime: None,
    }
}

fn under(chain: &Synthetic, shock: &Shock) -> Plan {
    let struck = chain.network.agents.iter().enumerate();
    let struck = struck.filter(|(_, a)| a.stage.at() == shock.stage && a.country.at() == shock.country);
    let effect = Effect::CapacityLoss(struck.map(|(a, _)| AgentId::from(a)).collect());
    Plan { events: vec![Event { effect, draw: 0 }], weeks: WEEKS, ..Plan::default() }
}

fn replicates<L: Lane>(shares: &[f64], draws: Vec<Draw<L>>) -> Replicates<L> {
    Replicates {
        behaviour: rules(shares),
        draws,
        demand: Vec::new(),
        availability: Vec::new(),
        construction: Vec::new(),
        trends: false,
    }
}

fn end<L: Lane>(chain: &Synthetic, plan: &Plan, replicates: &Replicates<L>) -> State<L> {
    let mut state = State::at_reference(&chain.network, plan, replicates);
    (0..WEEKS).for_each(|week| week::step(&mut state, &chain.network, plan, replicates, week));
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mass_is_kept_nothing_is_below_zero_and_all_is_finite(
        agents in 50_u32..400, seed in any::<u64>(), shares in behaviour(), shock in shock(),
    ) {
        let chain = chain(agents, seed);
        let replicates = replicates::<f64>(&shares, vec![draw(&shock)]);
        prop_assert_eq!(laws::hold(&chain.network, &under(&chain, &shock), &replicates, WEEKS), Ok(()));
    }

    #[test]
    fn eight_side_by_side_have_the_bits_of_one(
        agents in 50_u32..200, seed in any::<u64>(), shares in behaviour(), shock in shock(),
    ) {
        let chain = chain(agents, seed);
        let plan = under(&chain, &shock);
        let one = end::<f64>(&chain, &plan, &replicates(&shares, vec![draw(&shock)]));
        let eight = end::<Eight>(&chain, &plan, &replicates(&shares, vec![draw(&shock)]));
        for (a, b) in one.outputs.price.iter().zip(&eight.outputs.price) {
            prop_assert_eq!(a.to_bits(), b.lane(5).to_bits());
        }
        for (a, b) in one.inputs.stock.iter().zip(&eight.inputs.stock) {
            prop_assert_eq!(a.to_bits(), b.lane(5).to_bits());
        }
    }

    #[test]
    fn the_baseline_stays_at_the_reference_level(agents in 50_u32..400, seed in any::<u64>(), shares in behaviour()) {
        let chain = chain(agents, seed);
        let plan = Plan { weeks: WEEKS, ..Plan::default() };
        let baseline = Replicates { behaviour: usual(&shares), ..replicates(&shares, Vec::new()) };
        let state = end::<f64>(&chain, &plan, &baseline);
        for (output, price) in chain.network.outputs.iter().zip(&state.outputs.price) {
            prop_assert!((price / output.reference_price - 1.0).abs() < 1e-6, "a price moved to {price}");
        }
    }

    #[test]
    fn the_order_of_agents_and_suppliers_changes_nothing_but_rounding(
        agents in 50_u32..200, seed in any::<u64>(), shares in behaviour(), shock in shock(),
    ) {
        let chain = chain(agents, seed);
        let plan = under(&chain, &shock);
        let replicates = Replicates { behaviour: usual(&shares), ..replicates(&shares, vec![draw(&shock)]) };
        let (network, moved, place) = reversed(&chain.network, &plan);
        let turned = Synthetic { network, plan: moved, replicates: replicates.clone() };
        let (a, b) = (end(&chain, &plan, &replicates), end(&turned, &turned.plan, &replicates));
        for (old, agent) in chain.network.agents.iter().enumerate() {
            let new = &turned.network.agents[place[old]];
            for (o, p) in chain.network.outputs_of(agent).zip(turned.network.outputs_of(new)) {
                let (x, y): (f64, f64) = (a.outputs.price[o], b.outputs.price[p]);
                prop_assert!((x / y - 1.0).abs() < 1e-9, "{x} and {y}");
            }
        }
    }
}
