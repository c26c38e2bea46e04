//! A good that is quoted: a mine at home sells 80 t a week to a builder abroad, and a mine abroad 20 t.

use crate::small::{ban, behaviour, replicates, step as event, two_mines};
use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::id::{LinkId, OutputId};
use chokepoint_core::lanes::ln;
use chokepoint_core::network::{Benchmark, Follower, Network, Quoted};
use chokepoint_core::phase::benchmark;
use chokepoint_core::plan::{Now, Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;

const AT_HOME: usize = 0;
const ABROAD: usize = 1;

fn quoted() -> Network {
    let log_reference = ln(1000.0);
    let benchmark = Benchmark {
        makers: vec![Quoted { output: OutputId(0), share: 1.0, log_reference }],
        exports: vec![vec![(LinkId(0), 1.0)]],
        followers: vec![Follower { output: OutputId(1), log_reference, sells: vec![(0, 1.0)] }],
    };
    Network { benchmarks: vec![benchmark], ..two_mines(3.0, 2) }
}

fn weighing(benchmark_weight: f64, plan: &Plan) -> Replicates<f64> {
    let draws = plan.events.iter().map(|_| event(10.0, 52.0, 1.0)).collect();
    Replicates { behaviour: Behaviour { benchmark_weight, ..behaviour() }, ..replicates(draws) }
}

/// What both ask over the reference price, as logarithms, where the mine at home would ask 0.2 more by itself and the mine abroad
/// 0.1 less.
fn asked(network: &Network, weight: f64, plan: &Plan, change: impl Fn(&mut State<f64>)) -> [f64; 2] {
    let replicates = weighing(weight, plan);
    let mut state = State::<f64>::at_reference(network, plan, &replicates);
    (state.outputs.asking[AT_HOME], state.outputs.asking[ABROAD]) = (ln(1000.0) + 0.2, ln(1000.0) - 0.1);
    change(&mut state);
    let now = Now { network, plan, replicates: &replicates, week: 0 };
    benchmark::follow(&mut state.outputs, &state.control, &state.policy, now);
    [AT_HOME, ABROAD].map(|o| state.outputs.asking[o] - ln(1000.0))
}

fn near(asked: [f64; 2], expected: [f64; 2]) {
    assert!(asked.iter().zip(&expected).all(|(a, e)| (a - e).abs() < 1e-12), "{asked:?} {expected:?}");
}

#[test]
fn a_seller_abroad_asks_what_the_country_asks_that_sells_most() {
    near(asked(&quoted(), 1.0, &Plan::default(), |_| ()), [0.2, 0.2]);
    near(asked(&quoted(), 0.5, &Plan::default(), |_| ()), [0.2, 0.05]);
    near(asked(&quoted(), 0.0, &Plan::default(), |_| ()), [0.2, -0.1]);
}

#[test]
fn sellers_of_the_country_that_sells_most_move_towards_their_mean() {
    let mut network = quoted();
    let log_reference = ln(1000.0);
    let maker = |output: u32, share: f64| Quoted { output: OutputId(output), share, log_reference };
    network.benchmarks[0].makers = vec![maker(0, 0.8), maker(1, 0.2)];
    network.benchmarks[0].followers.clear();
    // 0.8·0.2 − 0.2·0.1 = 0.14
    near(asked(&network, 0.5, &Plan::default(), |_| ()), [0.17, 0.02]);
    near(asked(&network, 1.0, &Plan::default(), |_| ()), [0.14, 0.14]);
}

#[test]
fn where_exports_to_its_buyers_are_held_back_a_seller_goes_by_its_own_orders() {
    let plan = ban(62);
    let held = |share: f64| asked(&quoted(), 1.0, &plan, |s| s.policy.depths.control_bite.mean[0] = share);
    near(held(0.0), [0.2, 0.2]);
    near(held(0.5), [0.2, 0.05]);
    near(held(1.0), [0.2, -0.1]);
}

#[test]
fn a_seller_abroad_asks_what_exports_cost_with_rents_and_duties() {
    let plan = ban(62);
    let with = |rent: f64, duty: f64| {
        asked(&quoted(), 1.0, &plan, |s| (s.control.rent[0], s.control.export_duty[0]) = (rent, duty))
    };
    near(with(0.0, 0.25), [0.2, 0.2 + ln(1.25)]);
    near(with(500.0, 0.0), [0.2, 0.2 + ln(1.5)]);
}

/// Prices of both mines after half a year in which the mine abroad began with three times its stock.
fn after_a_glut(network: &Network, weight: f64) -> Vec<f64> {
    let (plan, replicates) = (Plan::default(), weighing(weight, &Plan::default()));
    let mut state = State::<f64>::at_reference(network, &plan, &replicates);
    state.outputs.stock[ABROAD] *= 3.0;
    (0..26).for_each(|week| step(&mut state, network, &plan, &replicates, week));
    state.outputs.price
}

#[test]
fn a_glut_of_one_seller_hardly_lowers_the_price_of_a_good_that_is_quoted() {
    let alone = after_a_glut(&two_mines(3.0, 2), 0.9);
    let quoted = after_a_glut(&quoted(), 0.9);
    assert!(alone[ABROAD] < 950.0, "{alone:?}");
    assert!(quoted[ABROAD] > 980.0 && quoted[ABROAD] < 1000.0, "{quoted:?}");
}

#[test]
fn without_weight_the_week_is_that_without_a_benchmark_to_the_bit() {
    assert_eq!(after_a_glut(&two_mines(3.0, 2), 0.0), after_a_glut(&quoted(), 0.0));
}
