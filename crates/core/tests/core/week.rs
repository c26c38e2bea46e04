//! The week on a small world, with numbers by hand.

use crate::small::{ban, replicates, step as event, two_mines};
use chokepoint_core::id::{AgentId, GatewayId};
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::plan::{Draw, Effect, Event, Plan};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

/// Runs and gives the builder's output each week.
fn built(network: &chokepoint_core::network::Network, plan: &Plan, draws: Vec<Draw<f64>>) -> Vec<f64> {
    let replicates = replicates(draws);
    let mut state = State::<f64>::at_reference(network, plan, &replicates);
    (0..plan.weeks)
        .map(|week| {
            step(&mut state, network, plan, &replicates, week);
            state.agents.activity[2]
        })
        .collect()
}

#[test]
fn at_rest_nothing_moves() {
    let network = two_mines(3.0, 2);
    let plan = Plan { weeks: 520, ..Plan::default() };
    let replicates = replicates::<f64>(Vec::new());
    let mut state = State::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
        assert!((state.agents.activity[2] - 10.0).abs() < 1e-9);
        assert!((state.outputs.price[0] / 1000.0 - 1.0).abs() < 1e-9);
        assert!((state.inputs.stock[0] - 300.0).abs() < 1e-6);
    }
}

#[test]
fn a_ban_is_felt_when_transit_and_stock_are_used_up_not_before() {
    // stock 3 weeks and 2 weeks in transit of 100 t; 20 t a week still come from abroad.
    // weeks 10 and 11 still get 100 t. Then 300 t less (100 − 20) a week: 220, 140, 60, and week 15 has 60 + 20 of 100.
    let output = built(&two_mines(3.0, 2), &ban(40), vec![event(10.0, 30.0, 1.0)]);
    assert!(output[..15].iter().all(|x| (x - 10.0).abs() < 1e-9), "{:?}", &output[..16]);
    assert!(output[15] < 10.0, "{:?}", &output[10..18]);
    // orders to the mine abroad may grow by a fifth at most: no more than 24 t can have arrived a week
    assert!((output[15] - 8.0).abs() < 1.3, "{}", output[15]);
}

#[test]
fn more_stock_delays_the_stop() {
    let first_short = |cover: f64| {
        let output = built(&two_mines(cover, 2), &ban(60), vec![event(10.0, 50.0, 1.0)]);
        output.iter().position(|x| *x < 9.999).unwrap()
    };
    assert!(first_short(6.0) > first_short(3.0) && first_short(3.0) > first_short(1.0));
}

#[test]
fn under_a_ban_the_price_at_home_falls_and_the_quote_outside_rises() {
    let network = two_mines(3.0, 2);
    let plan = ban(62);
    let replicates = replicates(vec![event(10.0, 52.0, 1.0)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
    }
    assert!(state.outputs.price[0] < 900.0, "{}", state.outputs.price[0]);
    assert!(state.outputs.price[1] > 1500.0, "{}", state.outputs.price[1]);
    let bid = state.markets.home_price[0] * Lane::exp(state.markets.gap[0]);
    assert!(bid > 2000.0, "{bid}");
}

#[test]
fn a_closed_port_delays_but_does_not_destroy() {
    let mut network = two_mines(4.0, 2);
    network.gateways = 1;
    for link in &mut network.links {
        link.gateway = Some(GatewayId(0));
    }
    let closed = Plan {
        events: vec![Event { effect: Effect::TransportDelay(GatewayId(0)), draw: 0 }],
        gateways: vec![GatewayId(0)],
        weeks: 80,
        ..Plan::default()
    };
    let replicates = replicates(vec![event(10.0, 3.0, 1.0)]);
    let mut state = State::<f64>::at_reference(&network, &closed, &replicates);
    let (mut waited, mut made) = (0.0, 0.0);
    for week in 0..closed.weeks {
        step(&mut state, &network, &closed, &replicates, week);
        waited += state.links.waiting.iter().sum::<f64>();
        made += state.agents.activity[2];
    }
    // three weeks closed: 100 + 200 + 300 t-weeks of waiting, none left at the end, nothing lost
    assert!((waited - 600.0).abs() < 30.0, "{waited}");
    assert!(state.links.waiting.iter().sum::<f64>() < 1e-9);
    assert!((made - 800.0).abs() < 1e-6, "{made}");
}

#[test]
fn an_event_that_covers_part_of_a_week_acts_by_that_fraction() {
    let half = Draw { start: 10.5, ..event::<f64>(0.0, 1.0, 1.0) };
    assert_eq!(
        [half.intensity(9), half.intensity(10), half.intensity(11), half.intensity(12)],
        [0.0, 0.5, 0.5, 0.0]
    );
}

#[test]
fn a_backlog_is_caught_up_within_overtime_and_the_impatient_are_lost() {
    // an outage of every mine for 12 weeks empties all stocks; afterwards at most 11 goods a week are built
    let network = two_mines(1.0, 1);
    let plan = Plan {
        events: vec![Event { effect: Effect::CapacityLoss(vec![AgentId(0), AgentId(1)]), draw: 0 }],
        weeks: 200,
        ..Plan::default()
    };
    let replicates = replicates(vec![event(10.0, 12.0, 1.0)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    let (mut lost, mut due, mut made, mut most) = (0.0, 0.0, 0.0, 0.0_f64);
    for week in 0..plan.weeks {
        step(&mut state, &network, &plan, &replicates, week);
        lost += state.producers.lost[0];
        due += state.producers.plan[0];
        made += state.agents.activity[2];
        most = most.max(state.agents.activity[2]);
    }
    assert!(lost > 1.0 && most <= 11.0 + 1e-9, "{lost} {most}");
    // every good due was built, lost, or is still owed
    assert!((due - made - lost - state.producers.backlog[0]).abs() < 1e-6);
}

#[test]
fn mass_is_conserved_every_week_through_a_ban() {
    let network = two_mines(3.0, 2);
    let plan = ban(150);
    let replicates = replicates(vec![event(10.0, 60.0, 0.9)]);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    let held = |s: &State<f64>| -> f64 {
        s.outputs.stock.iter().chain(&s.inputs.stock).chain(&s.links.transit).chain(&s.links.waiting).sum()
    };
    for week in 0..plan.weeks {
        let before = held(&state);
        step(&mut state, &network, &plan, &replicates, week);
        let mined: f64 = state.outputs.produced.iter().sum();
        let gone: f64 = state.outputs.disposed.iter().sum::<f64>() + state.inputs.used[0];
        assert!(((before + mined - gone) / held(&state) - 1.0).abs() < 1e-12, "week {week}");
    }
}

#[test]
fn lane_k_of_a_batch_equals_that_replicate_alone_bit_for_bit() {
    let network = two_mines(3.0, 2);
    let plan = ban(120);
    let magnitude = |k: usize| 0.3 + 0.1 * k as f64;
    let batch = replicates(vec![Draw { magnitude: Eight::from_fn(magnitude), ..event(10.0, 50.0, 1.0) }]);
    let mut together = State::<Eight>::at_reference(&network, &plan, &batch);
    for week in 0..plan.weeks {
        step(&mut together, &network, &plan, &batch, week);
    }
    for k in 0..Eight::WIDTH {
        let single = replicates(vec![Draw { magnitude: magnitude(k), ..event(10.0, 50.0, 1.0) }]);
        let mut alone = State::<f64>::at_reference(&network, &plan, &single);
        for week in 0..plan.weeks {
            step(&mut alone, &network, &plan, &single, week);
        }
        for (lanes, scalar) in together.outputs.price.iter().zip(&alone.outputs.price) {
            assert_eq!(lanes.lane(k).to_bits(), scalar.to_bits());
        }
        for (lanes, scalar) in together.inputs.stock.iter().zip(&alone.inputs.stock) {
            assert_eq!(lanes.lane(k).to_bits(), scalar.to_bits());
        }
    }
}
