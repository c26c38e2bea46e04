//! A plant that did not run at the reference level: what it orders before it has anything in stock, and who adds to a plant.

use crate::small::{replicates, two_mines};
use chokepoint_core::design::ThriftRule;
use chokepoint_core::id::{AgentId, CommodityId, InputId, OutputId, StageId};
use chokepoint_core::lanes::exp;
use chokepoint_core::network::{Commodity, Network, Status, Venture};
use chokepoint_core::phase::ordering::FIRST_FILL_WEEKS;
use chokepoint_core::plan::{Construction, Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::time::{REVIEW_WEEKS, SPIN_UP_WEEKS};
use chokepoint_core::week::step;

fn weeks(weeks: u32) -> Plan {
    Plan { weeks, ..Plan::default() }
}

/// A builder of ten goods a week that needs ten tonnes each of two commodities: one mine for each.
fn two_goods() -> Network {
    let mut network = two_mines(4.0, 2);
    network.commodities.push(Commodity { ..network.commodities[0].clone() });
    for a in 0..2 {
        (network.agents[a].base_activity, network.agents[a].capacity) = (100.0, 110.0);
        network.outputs[a].base_orders = 100.0;
        (network.links[a].base_share, network.links[a].base_flow) = (1.0, 100.0);
    }
    network.outputs[1].commodity = CommodityId(1);
    let mut second = network.inputs[0].clone();
    second.commodity = CommodityId(1);
    second.links = 1..2;
    network.inputs[0].links = 0..1;
    network.inputs.push(second);
    network.links[1].buyer = InputId(1);
    network.agents[2].inputs = 0..2;
    network
}

/// Stocks and transit are gone, and suppliers have delivered so much of what was ordered: what is ordered for.
fn ordered_for(fill: [f64; 2]) -> [f64; 2] {
    let network = two_goods();
    let (plan, replicates) = (weeks(2), replicates::<f64>(Vec::new()));
    let mut state = State::at_reference(&network, &plan, &replicates);
    state.inputs.stock.fill(0.0);
    state.links.transit.fill(0.0);
    state.inputs.fill_rate = fill.to_vec();
    step(&mut state, &network, &plan, &replicates, 0);
    assert_eq!(state.agents.activity[2], 0.0);
    [state.inputs.potential_use[0], state.inputs.potential_use[1]]
}

#[test]
fn what_is_merely_not_there_yet_does_not_hold_back_orders_for_the_rest() {
    // nothing is in stock and everything is delivered as ordered: the whole plan's need of both
    assert_eq!(ordered_for([1.0, 1.0]), [100.0, 100.0]);
    // the first is not delivered: nothing can be built, and the second does not pile up
    assert_eq!(ordered_for([0.6, 1.0]), [100.0, 0.0]);
    // four fifths of it are: half way between
    let half = ordered_for([0.8, 1.0]);
    assert!((half[0] - 100.0).abs() < 1e-9 && (half[1] - 50.0).abs() < 1e-9, "{half:?}");
    // two that are short together do not talk each other's orders down
    assert_eq!(ordered_for([0.6, 0.6]), [100.0, 100.0]);
}

/// The mine abroad is a refinery of ore from home that is being built: 20 t of metal a week out of as much ore.
fn refinery(begun: f64) -> Network {
    let mut network = two_goods();
    network.outputs[1].base_orders = 0.0;
    (network.agents[1].base_activity, network.agents[1].capacity) = (0.0, 20.0);
    network.agents[1].stage = StageId(1);
    // it earns more than its ore costs
    network.agents[1].own_cost_usd = 100.0;
    network.outputs[1].reference_price = 2000.0;
    network.agents[0].capacity = 200.0;
    // the builder buys both goods at home, and may buy the refinery's
    let mut at_home = network.outputs[0].clone();
    at_home.commodity = CommodityId(1);
    (at_home.drives, at_home.reference_price) = (false, 2000.0);
    network.outputs.insert(1, at_home);
    network.agents[0].outputs = 0..2;
    network.agents[1].outputs = 2..3;
    network.agents[2].outputs = 3..3;
    network.outputs[2].agent = AgentId(1);
    network.links[1].seller = OutputId(1);
    let mut offer = network.links[1].clone();
    (offer.seller, offer.base_share, offer.base_flow, offer.entry_share) = (OutputId(2), 0.0, 0.0, 0.2);
    network.links.push(offer);
    network.inputs[1].links = 1..3;
    // and the refinery buys ore at home
    let mut ore = network.inputs[0].clone();
    (ore.agent, ore.per_activity, ore.base_use, ore.links) = (AgentId(1), 1.0, 0.0, 3..4);
    network.inputs.push(ore);
    let mut feed = network.links[0].clone();
    (feed.buyer, feed.base_share, feed.base_flow) = (InputId(2), 1.0, 0.0);
    network.links.push(feed);
    network.agents[1].inputs = 2..3;
    let venture = |status: Status, begun: f64| Venture {
        status,
        expands: false,
        losing_below: 0.0,
        capex_usd: 0.0,
        ramp_weeks: 20.0,
        required_return: 0.1,
        life_years: 20.0,
        restart_usd: 0.0,
        restart_share: 1.0,
        begun,
        chain: None,
        owner: None,
    };
    network.ventures = vec![venture(Status::Running, 0.0), venture(Status::Committed, begun)];
    network
}

fn building() -> Replicates<f64> {
    Replicates {
        construction: vec![Construction { lead: 10.0, overrun: 1.0 }; 2],
        trends: true,
        ..replicates(Vec::new())
    }
}

fn run_to(network: &Network, replicates: &Replicates<f64>, until: u32) -> State<f64> {
    let plan = weeks(until);
    let mut state = State::at_reference(network, &plan, replicates);
    for week in 0..until {
        step(&mut state, network, &plan, replicates, week);
    }
    state
}

#[test]
fn a_plant_that_is_run_in_orders_for_its_plan_and_fills_its_stock_within_a_quarter() {
    let (network, replicates) = (refinery(0.0), building());
    // half way up the ramp ten tonnes a week stand; no ore has come before, and none was used
    let until = SPIN_UP_WEEKS + 20;
    let mut state = run_to(&network, &replicates, until);
    assert!((state.plants.installed[1] - 10.0).abs() < 1e-9);
    let plan = weeks(until + 14);
    let wanted = state.agents.wanted[1];
    assert!(wanted > 0.0);
    assert!(state.inputs.short_run_use[2] >= wanted && state.inputs.long_run_use[2] >= wanted);
    // complete, it still fills its stock: by a thirteenth of the gap a week, not by a fifth of its use at most
    for week in until..until + 14 {
        step(&mut state, &network, &plan, &replicates, week);
    }
    let inputs = &state.inputs;
    let pipeline = inputs.long_run_use[2] * (network.inputs[2].mean_lag - 1.0);
    let gap = inputs.target[2] + pipeline - inputs.stock[2] - (inputs.in_transit[2] - inputs.bought[2]);
    let by_hand = inputs.short_run_use[2] + gap / FIRST_FILL_WEEKS;
    assert!((inputs.ordered[2] - by_hand).abs() < 1e-9, "{} {by_hand}", inputs.ordered[2]);
    assert!(inputs.used[2] > 0.0);
}

#[test]
fn customers_are_as_far_with_qualifying_a_project_as_it_is_with_being_built() {
    // of 104 weeks a quarter is done when the calendar starts, and the rest while it is built and run in
    let replicates = building();
    let left = |begun: f64, until: u32| run_to(&refinery(begun), &replicates, until).links.qualification[0];
    assert_eq!(left(0.25, 1), 78.0);
    assert_eq!(left(0.0, 1), 104.0);
    assert!(left(0.25, SPIN_UP_WEEKS + 82) <= 0.0 && left(0.0, SPIN_UP_WEEKS + 82) > 20.0);
}

#[test]
fn nobody_adds_to_a_plant_whose_feed_does_not_come() {
    let mut network = refinery(0.0);
    network.ventures[1].status = Status::Running;
    network.ventures[1].expands = true;
    network.agents[1].base_activity = 20.0;
    let replicates = building();
    let added = |fill: f64| {
        let plan = weeks(SPIN_UP_WEEKS + 13);
        let mut state = State::at_reference(&network, &plan, &replicates);
        for week in 0..plan.weeks {
            state.inputs.fill_rate[2] = fill;
            state.outputs.expected_orders[2] = 30.0;
            step(&mut state, &network, &plan, &replicates, week);
        }
        state.plants.thirds[3..6].iter().sum::<f64>() + state.plants.installed[1] - 20.0
    };
    assert!(added(1.0) > 0.5, "{}", added(1.0));
    assert_eq!(added(0.5), 0.0);
}

#[test]
fn designs_get_leaner_by_the_year_whatever_the_price_where_demand_grows() {
    let mut network = two_mines(4.0, 2);
    network.thrifts = vec![ThriftRule {
        inputs: vec![InputId(0)],
        substitute: None,
        elasticity: 0.0,
        floor: 0.5,
        delay_weeks: 26.0,
        weeks: 52.0,
        kept_share: 0.6,
        cost_share: 0.1,
        trend: 0.03,
        give: None,
    }];
    let until = SPIN_UP_WEEKS + 104;
    let reviewed = until - 1 - (until % REVIEW_WEEKS);
    let years = f64::from(reviewed - SPIN_UP_WEEKS) / 52.0;
    let growing = Replicates { trends: true, ..replicates(Vec::new()) };
    let leaner = run_to(&network, &growing, until).inputs.intensity[0];
    assert!((leaner - exp(-0.03 * years)).abs() < 1e-12, "{leaner}");
    assert!((leaner - 0.942).abs() < 0.002, "{leaner}");
    let still = run_to(&network, &replicates(Vec::new()), until).inputs.intensity[0];
    assert_eq!(still, 1.0);
}
