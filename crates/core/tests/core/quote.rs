//! What comes round a control, and its quote: a mine sells 80 t a week to one builder and 20 t to another in the same region,
//! who loses ten times as much for want of a tonne.

use crate::diversion::two_countries;
use crate::small::{ban, replicates, step as event, two_mines};
use chokepoint_core::id::{AgentId, CommodityId, CountryId, InputId, LinkId, RegionId};
use chokepoint_core::lanes::Lane;
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Controlled, Draw, Effect, Event, Market, Plan, Replicates};
use chokepoint_core::state::{State, stakes};
use chokepoint_core::week::step;

const SMALL_USERS_STAKE: f64 = 200_000.0;

fn two_builders() -> Network {
    let mut network = two_countries();
    (network.agents[2].country, network.agents[2].region) = (CountryId(1), RegionId(1));
    network.inputs[0].worth = 20_000.0;
    network.inputs[1].worth = SMALL_USERS_STAKE;
    network
}

/// From week 10 on a cap of this size on both links, of which this leaks at once.
fn cap(size: f64, leakage: f64) -> (Plan, Replicates<f64>) {
    let links = vec![LinkId(0), LinkId(1)];
    let plan = Plan {
        events: vec![Event { effect: Effect::ExportCap(links.clone()), draw: 0 }],
        markets: vec![Market { commodity: CommodityId(0), links }],
        controlled: (0..2)
            .map(|l| Controlled { link: LinkId(l), market: Some(0), detour_weeks: 0 })
            .collect(),
        weeks: 150,
        ..Plan::default()
    };
    let draw = Draw { leakage, leakage_premium: 0.5, ..event(10.0, 140.0, size) };
    let mut replicates = replicates(vec![draw]);
    replicates.behaviour.quote_most = 1000.0;
    (plan, replicates)
}

fn at(week: u32, network: &Network, plan: &Plan, replicates: &Replicates<f64>) -> State<f64> {
    let mut state = State::<f64>::at_reference(network, plan, replicates);
    (0..=week).for_each(|week| step(&mut state, network, plan, replicates, week));
    state
}

fn quote_in(week: u32, (plan, replicates): &(Plan, Replicates<f64>)) -> f64 {
    at(week, &two_builders(), plan, replicates).markets.quote[0]
}

#[test]
fn where_nothing_is_controlled_both_prices_are_the_price_at_home() {
    let (plan, replicates) = cap(0.0, 0.5);
    let state = at(60, &two_builders(), &plan, &replicates);
    assert!(state.markets.quote[0] == 1.0 && state.markets.gap[0] == 0.0);
    for place in 0..2 {
        let posted = state.outputs.price[0];
        assert!(state.control.licensed_price(place, posted) == posted);
        assert!(state.control.quoted_price(place, posted, &state.markets) == posted);
        assert!(state.control.quoted_bill[place] == 0.0);
    }
}

#[test]
fn with_nothing_to_be_had_the_quote_goes_to_the_greatest_value_at_stake_and_its_volume_to_nothing() {
    let (plan, replicates) = cap(1.0, 0.0);
    let state = at(140, &two_builders(), &plan, &replicates);
    let quote = state.markets.home_price[0] * state.markets.quote[0];
    assert!((quote / SMALL_USERS_STAKE - 1.0).abs() < 0.01, "{quote}");
    assert!(state.control.shipped.iter().all(|shipped| *shipped == 0.0));
    // as far as goods have ever been quoted
    let (plan, mut replicates) = cap(1.0, 0.0);
    replicates.behaviour.quote_most = 3.0;
    let state = at(140, &two_builders(), &plan, &replicates);
    assert!((state.markets.quote[0] - 3.0).abs() < 1e-6, "{}", state.markets.quote[0]);
}

#[test]
fn the_more_comes_round_the_control_the_lower_the_quote() {
    let quotes = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0].map(|leakage| quote_in(60, &cap(1.0, leakage)));
    assert!(quotes.windows(2).all(|w| w[1] <= w[0] * (1.0 + 1e-9)), "{quotes:?}");
    assert!(quotes[0] > 10.0 * quotes[7], "{quotes:?}");
}

#[test]
fn free_sellers_goods_hold_the_quote_down_and_what_they_post_holds_it_up() {
    let quote = |stock: f64, posted: f64| {
        let (network, plan, mut replicates) =
            (two_mines(3.0, 2), ban(62), replicates(vec![event(10.0, 52.0, 1.0)]));
        replicates.behaviour.quote_most = 4.0;
        replicates.behaviour.price_speed = 1.0;
        let mut state = at(40, &network, &plan, &replicates);
        state.outputs.stock[1] = stock;
        state.outputs.price[1] = posted * state.outputs.price[0];
        let (outputs, traders) = (&state.outputs, &state.traders);
        let now =
            chokepoint_core::plan::Now { network: &network, plan: &plan, replicates: &replicates, week: 40 };
        chokepoint_core::phase::quote::clear(
            &mut state.markets,
            &state.control,
            &state.inputs,
            (outputs, traders),
            &state.policy,
            now,
        );
        state.markets.quote[0]
    };
    // the builder lacks 80 t: nothing is left over, or more than that
    assert!((quote(0.0, 1.0) - 4.0).abs() < 1e-9);
    assert!((quote(1000.0, 1.0) - 1.0).abs() < 1e-9);
    // nobody sells cheaper round a control than free sellers do
    assert!((quote(0.0, 5.0) - 5.0).abs() < 1e-9);
}

#[test]
fn what_comes_round_goes_to_whom_it_is_worth_most_and_no_tonne_is_made() {
    let leaked = |to_highest: f64| {
        let (plan, mut replicates) = cap(1.0, 0.1);
        replicates.behaviour.sold_to_highest = to_highest;
        let state = at(60, &two_builders(), &plan, &replicates);
        let all = 0.1 * (state.control.asked[0] + state.control.asked[1]);
        let share = [0, 1].map(|place: usize| state.control.leaked[place] / all);
        assert!((share[0] + share[1] - 1.0).abs() < 1e-9, "{share:?}");
        (share, state.control.asked[1] / (state.control.asked[0] + state.control.asked[1]))
    };
    // 10 t: the small user could take 20 and gets all; by orders it would get its share of orders; and half way
    let (share, _) = leaked(1.0);
    assert!(share[0].abs() < 1e-9, "{share:?}");
    let (share, orders) = leaked(0.0);
    assert!((share[1] - orders).abs() < 1e-9, "{share:?} {orders}");
    let (share, orders) = leaked(0.5);
    assert!((share[1] - (0.5 + 0.5 * orders)).abs() < 1e-9, "{share:?} {orders}");
}

#[test]
fn a_buyer_reckons_with_what_it_may_get_at_what_that_costs_and_pays_that() {
    let (network, (plan, mut replicates)) = (two_builders(), cap(0.5, 0.5));
    replicates.behaviour.quote_most = 3.0;
    let before = at(90, &network, &plan, &replicates);
    let mut state = before.clone();
    step(&mut state, &network, &plan, &replicates, 91);
    let (control, posted) = (&state.control, before.outputs.price[0]);
    for place in 0..2 {
        let quoted = (posted * before.markets.quote[0]).max(posted * 1.5);
        let (legal, leaked) = (control.legal[place], control.leaked[place]);
        assert!(leaked > 1.0 && quoted > 2.0 * posted, "{leaked} {quoted}");
        let offer = (legal * posted + leaked * quoted) / (legal + leaked) + 50.0;
        assert!((Lane::exp(state.inputs.log_offer[place]) / offer - 1.0).abs() < 1e-12);
        let round = control.shipped[place] - control.shipped_legally[place];
        assert!((control.quoted_bill[place] - round * quoted).abs() < 1e-6);
    }
}

#[test]
fn a_quote_at_which_nothing_is_sold_moves_nobody() {
    let run = |most: f64| {
        let (network, (plan, mut replicates)) = (two_builders(), cap(0.7, 0.0));
        replicates.behaviour.quote_most = most;
        at(120, &network, &plan, &replicates)
    };
    let (with, without) = (run(1000.0), run(1.0));
    let quotes = (with.markets.quote[0], without.markets.quote[0]);
    assert!(quotes.0 > 2.0 && quotes.1 == 1.0, "{quotes:?}");
    for (a, b) in [
        (&with.inputs.stock, &without.inputs.stock),
        (&with.inputs.paid_price, &without.inputs.paid_price),
        (&with.inputs.log_offer, &without.inputs.log_offer),
        (&with.inputs.ordered, &without.inputs.ordered),
        (&with.outputs.price, &without.outputs.price),
        (&with.agents.activity, &without.agents.activity),
    ] {
        assert!(a == b, "{a:?} {b:?}");
    }
}

#[test]
fn at_stake_is_what_is_not_earned_down_to_the_final_user() {
    let mut network = two_mines(3.0, 2);
    assert_eq!(stakes(&network), vec![50_000.0]);
    // the second mine becomes a smelter of 2 t of ore a tonne at 500 of its own cost: (50,000 − 500)/2 a tonne of ore
    network.inputs.insert(0, network.inputs[0].clone());
    let (ore, metal) = (&mut network.inputs[0], 1);
    (ore.agent, ore.per_activity, ore.links) = (AgentId(1), 2.0, 0..1);
    network.inputs[metal].links = 1..2;
    (network.agents[1].inputs, network.agents[2].inputs) = (0..1, 1..2);
    network.agents[1].own_cost_usd = 500.0;
    network.links[1].buyer = InputId(1);
    assert_eq!(stakes(&network), vec![24_750.0, 50_000.0]);
    network.inputs[metal].worth = 0.0;
    assert_eq!(stakes(&network)[metal], 1050.0, "no less than its price");
}

#[test]
fn nothing_comes_round_a_control_on_which_nothing_leaks() {
    // two bans, one of which leaks: the small user's link is under the other
    let (mut plan, mut replicates) = cap(1.0, 0.1);
    plan.events =
        (0..2).map(|l| Event { effect: Effect::ExportCap(vec![LinkId(l)]), draw: l as usize }).collect();
    replicates.draws.push(Draw { leakage: 0.0, ..replicates.draws[0] });
    replicates.behaviour.sold_to_highest = 1.0;
    let state = at(60, &two_builders(), &plan, &replicates);
    assert!(state.control.leaked[1] == 0.0, "{:?}", state.control.leaked);
    assert!((state.control.leaked[0] - 0.1 * state.control.asked[0]).abs() < 1e-9);
}
