//! Closed forms through the engine that runs the chain: a world file describes each toy.

use crate::shipped::{central, toy};
use crate::{figure, shown};
use chokepoint_core::chance::{Chance, Entity, Stream, normal_quantile};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::{Ordering, Role};
use chokepoint_core::outcome::lines::reason;
use chokepoint_core::plan::{Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::week::step;
use chokepoint_scenario::Experiment;

/// The builder's output of each week from the shock on, as a share of plan.
fn built(experiment: &Experiment, weeks: u32) -> Vec<f64> {
    let plan = &experiment.arms[1].plan;
    let replicates = central(experiment);
    let mut state = State::<f64>::at_reference(&experiment.network, plan, &replicates);
    let builder = experiment.network.producer_range().start;
    let mut built = Vec::new();
    for week in 0..experiment.scope.shock + weeks {
        step(&mut state, &experiment.network, plan, &replicates, week);
        if week >= experiment.scope.shock {
            built.push(state.agents.activity[builder] / state.producers.plan[0]);
        } else {
            assert!(
                (state.agents.activity[builder] - 100.0).abs() < 1e-9,
                "at the reference level in week {week}"
            );
        }
    }
    built
}

/// Weeks that the builder misses.
const MISSED: [usize; 6] = [14, 15, 16, 17, 18, 19];

/// Buffer arithmetic: covers of 3, 2, 4 and 1 weeks and a week's transit on each of four links.
#[test]
fn an_outage_of_sixteen_weeks_first_misses_week_fourteen_and_misses_exactly_six() {
    let built = built(&toy("outage-16"), 60);
    let missed: Vec<usize> = (0..built.len()).filter(|w| built[*w] < 1.0 - 1e-9).collect();
    assert_eq!(missed, MISSED);
    assert!(missed.iter().all(|w| built[*w] < 1e-9));
    let weeks = |missed: &[usize]| format!("{} to {}", missed[0], missed[missed.len() - 1]);
    figure("closed-forms.outage.theory", weeks(&MISSED));
    figure("closed-forms.outage", weeks(&missed));
}

/// The mine is four makers away from the builder, and each of them has run out of what the one before makes.
#[test]
fn the_builder_runs_out_of_what_its_maker_makes_and_at_the_root_of_it_is_what_the_mine_digs() {
    let experiment = toy("outage-16");
    let network = &experiment.network;
    let tally = crate::shipped::tally(&experiment, "no-strategy", &central(&experiment));
    let line = &tally.lines[network.producer_range().start];
    let mined = network.outputs[network.agents[0].outputs.start as usize].commodity;
    assert_eq!((line.cause, line.reason), (0.0, reason::SUPPLIERS));
    assert_eq!((line.root, line.root_reason), (f64::from(mined.0), reason::SUPPLIERS));
    assert_ne!(network.inputs[network.agents[network.facilities].inputs.start as usize].commodity, mined);
    let baseline = crate::shipped::tally(&experiment, "baseline", &central(&experiment));
    assert_eq!(baseline.lines[network.producer_range().start].root, -1.0);
}

#[test]
fn an_outage_of_ten_weeks_misses_nothing() {
    assert!(built(&toy("outage-10"), 60).iter().all(|x| (x - 1.0).abs() < 1e-9));
}

/// Share that is left of the scarcest ore.
const SCARCEST: f64 = 0.6;

/// Static Leontief: without stocks and with nothing that adapts, the scarcest input decides.
#[test]
fn without_stocks_the_loss_is_that_of_the_scarcest_input() {
    let mut experiment = toy("leontief");
    for input in &mut experiment.network.inputs {
        input.cover_weeks = 0.0;
    }
    let built = built(&experiment, 100);
    // ore for c falls to 70 %, ore for d to 60 %: 60 % of the goods
    for (week, share) in built.iter().enumerate().skip(10) {
        assert!((share - SCARCEST).abs() < 1e-9, "week {week}: {share}");
    }
    figure("closed-forms.leontief.theory", shown(100.0 * SCARCEST, 1));
    figure("closed-forms.leontief", shown(100.0 * built[built.len() - 1], 1));
}

const WEEKS: u32 = 20_000;

/// One buyer with so many weeks of transit and cover, and normal demand around 100 a week.
fn retail(lag: u32, cover: f64, window: u32, sd: f64) -> (Experiment, Plan, Replicates<f64>) {
    let mut experiment = toy("retail-calm");
    let network = &mut experiment.network;
    network.ordering = Ordering::BaseStock { window };
    network.links[0].lag_weeks = lag;
    network.inputs[0].mean_lag = f64::from(lag);
    network.inputs[0].cover_weeks = cover;
    let producer = network.producer_range().start;
    if let Role::Producer(producer) = &mut network.agents[producer].role {
        // customers wait as long as it takes
        producer.patience_weeks = 1e12;
    }
    let mut replicates = central(&experiment);
    let chance = Chance::new(1, 0);
    let normal = |week: u32| normal_quantile(chance.uniform(Stream::Demand, Entity::named("toy"), week));
    replicates.demand = (0..WEEKS).map(|week| 1.0 + sd * normal(week)).collect();
    let plan = Plan { weeks: WEEKS, ..Plan::default() };
    (experiment, plan, replicates)
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / values.len() as f64
}

/// Variance of orders over that of demand.
fn bullwhip(lag: u32, cover: f64) -> f64 {
    let (experiment, plan, replicates) = retail(lag, cover, 5, 0.05);
    let mut state = State::<f64>::at_reference(&experiment.network, &plan, &replicates);
    let (mut orders, mut demand) = (Vec::new(), Vec::new());
    for week in 0..plan.weeks {
        step(&mut state, &experiment.network, &plan, &replicates, week);
        if week >= 20 {
            orders.push(state.inputs.ordered[0]);
            demand.push(state.producers.plan[0]);
        }
    }
    variance(&orders) / variance(&demand)
}

/// What theory gives for one week and for four, and how near it is met.
const BULLWHIP: [(f64, f64); 2] = [(1.48, 0.009), (3.88, 0.055)];

/// Chen et al. (2000): 1 + 2L/p + 2L²/p².
#[test]
fn orders_swing_more_than_demand_by_the_bullwhip_formula() {
    let (short, long) = (bullwhip(1, 0.0), bullwhip(1, 3.0));
    let [(one, near_one), (four, near_four)] = BULLWHIP;
    figure("closed-forms.weeks", shown(f64::from(WEEKS), 0));
    figure("closed-forms.bullwhip.short", shown(short, 3));
    figure("closed-forms.bullwhip.short.theory", format!("{one} ± {near_one}"));
    figure("closed-forms.bullwhip.long", shown(long, 3));
    figure("closed-forms.bullwhip.long.theory", format!("{four} ± {near_four}"));
    assert!((short - one).abs() < near_one, "{short}");
    assert!((long - four).abs() < near_four, "{long}");
    // lag or cover: what counts is their sum
    assert!((bullwhip(4, 0.0) - four).abs() < near_four);
}

/// Mean stock and mean backlog at the end of a week under a fixed target.
fn stock_and_backlog(lag: u32, target: f64, sd: f64) -> (f64, f64) {
    let (experiment, plan, replicates) = retail(lag, target / 100.0 - f64::from(lag), 0, sd);
    let mut state = State::<f64>::at_reference(&experiment.network, &plan, &replicates);
    let (mut stock, mut backlog) = (0.0, 0.0);
    for week in 0..plan.weeks {
        step(&mut state, &experiment.network, &plan, &replicates, week);
        stock += state.inputs.stock[0];
        backlog += state.producers.backlog[0];
    }
    (stock / f64::from(WEEKS), backlog / f64::from(WEEKS))
}

/// Expected part above zero of a normal variable with mean z·σ: σ·(φ(z) + z·Φ(z)).
fn above(z: f64, sd: f64) -> f64 {
    let density = exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
    // Φ by its inverse: the quantile function is the one that is tested against statrs
    let (mut low, mut high) = (1e-9, 1.0 - 1e-9);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal_quantile(middle) < z { low = middle } else { high = middle }
    }
    sd * (density + z * low)
}

#[test]
fn a_base_stock_of_four_weeks_costs_what_theory_says() {
    // four weeks of demand are 400 ± 20; the target of 420 stands one standard deviation above
    let (stock, backlog) = stock_and_backlog(4, 420.0, 0.1);
    let (expected_stock, expected_backlog) = (above(1.0, 20.0), above(-1.0, 20.0));
    figure("closed-forms.stock", shown(stock, 2));
    figure("closed-forms.stock.theory", shown(expected_stock, 2));
    figure("closed-forms.backlog", shown(backlog, 3));
    figure("closed-forms.backlog.theory", shown(expected_backlog, 3));
    assert!((stock / expected_stock - 1.0).abs() < 0.03);
    assert!((backlog / expected_backlog - 1.0).abs() < 0.10);
}

#[test]
fn the_newsvendors_critical_ratio_costs_least() {
    // holding 1, shortage 4: the best target covers demand in 80 % of weeks, z = 0.8416
    let cost = |z: f64| {
        let (stock, short) = stock_and_backlog(1, 100.0 + 10.0 * z, 0.1);
        stock + 4.0 * short
    };
    let best = cost(0.8416);
    let expected = above(0.8416, 10.0) + 4.0 * above(-0.8416, 10.0);
    figure("closed-forms.newsvendor", shown(best, 3));
    figure("closed-forms.newsvendor.theory", shown(expected, 3));
    assert!((best / expected - 1.0).abs() < 0.02, "{best} {expected}");
    assert!(cost(0.4) > best && cost(1.3) > best);
}

/// Under constant elasticity the rent is ρ = p₀·(κ^(−1/ε) − 1).
#[test]
fn a_quotas_rent_is_that_of_constant_elasticity() {
    let experiment = toy("retail-quota");
    let (plan, replicates) = (&experiment.arms[1].plan, central(&experiment));
    let mut state = State::<f64>::at_reference(&experiment.network, plan, &replicates);
    for week in 0..experiment.scope.shock + 1000 {
        step(&mut state, &experiment.network, plan, &replicates, week);
    }
    let elasticity = replicates.behaviour.rent_elasticity;
    let expected = 1000.0 * (exp(-ln(0.9) / elasticity) - 1.0);
    let rent = state.control.pools[0].rent;
    figure("closed-forms.rent", shown(rent, 1));
    figure("closed-forms.rent.theory", shown(expected, 1));
    assert!((rent / expected - 1.0).abs() < 1e-3, "{rent} {expected}");
    assert!((state.control.pools[0].used - 90.0).abs() < 1e-3);
}
