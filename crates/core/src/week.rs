//! The loop: a week is the phases of the model in the order of its schedule.

use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::{
    arrivals, construction, demand, fringe, idling, investment, licensing, ordering, policy, pricing,
    production, returns, shipping, sourcing, stockpile, thrifting, tracing, traders,
};
use crate::plan::{Future, Now, Plan, Week};
use crate::state::State;

/// Weeks between two reviews of suppliers and designs.
pub const REVIEW_WEEKS: u32 = 4;
/// Weeks between two reviews of plants: investment, idling, restart and exit.
pub const QUARTER_WEEKS: u32 = 13;

/// Reads finished weeks. Recording never stands inside a phase.
pub trait Observe<L> {
    /// Called when `week` is over.
    fn week_ended(&mut self, week: Week, network: &Network, plan: &Plan, state: &State<L>);
}

/// Runs one arm of the replicates side by side, from rest to the plan's last week.
#[inline]
pub fn run<L: Lane>(network: &Network, plan: &Plan, future: &Future<L>, observer: &mut impl Observe<L>) {
    let mut state = State::at_rest(network, plan, future);
    for week in 0..plan.weeks {
        step(&mut state, network, plan, future, week);
        observer.week_ended(week, network, plan, &state);
    }
}

/// One week.
#[inline]
pub fn step<L: Lane>(state: &mut State<L>, network: &Network, plan: &Plan, future: &Future<L>, week: Week) {
    let State {
        agents,
        producers,
        outputs,
        inputs,
        links,
        control,
        markets,
        policy,
        reserves,
        traders,
        designs,
        plants,
        returns,
        traces,
    } = state;
    let behaviour = &future.behaviour;
    let now = Now { network, plan, future, week };
    policy::enforce(policy, control, markets, network, plan, future, week);
    policy::destroy(inputs, outputs, plan, future, week);
    fringe::enter(policy, outputs, network);
    arrivals::receive(inputs, links, policy, network, week);
    returns::come_back(returns, plants, agents, outputs, policy, now);
    demand::place(agents, producers, policy, now);
    stockpile::keep(inputs, reserves, policy, behaviour, network, plan);
    tracing::receive(traces, inputs, reserves, network);
    production::produce(agents, producers, outputs, inputs, policy, (plants, returns), traces, now);
    ordering::order(inputs, links, outputs, producers, policy, plants, now);
    traders::trade(traders, outputs, policy, behaviour, network);
    licensing::decide(control, links, inputs, outputs, markets, traces, now);
    shipping::ration(outputs, inputs, links, control, (traders, policy), plants, now);
    tracing::make(traces, traders, inputs, outputs, network);
    shipping::send(outputs, inputs, links, control, traces, (markets, policy), now);
    licensing::settle(control, inputs, network, plan, future);
    if network.base_stock().is_none() {
        pricing::post(outputs, agents, plants, policy, behaviour, network);
        pricing::value(inputs, outputs, policy, network);
        pricing::bid_outside(markets, control, inputs, outputs, behaviour, network, plan);
    }
    if week % REVIEW_WEEKS == REVIEW_WEEKS - 1 {
        sourcing::adapt(links, inputs, outputs, control, markets, (plants, policy), behaviour, network);
        sourcing::qualify(links, inputs, policy, plants, behaviour, network);
        thrifting::adapt(designs, inputs, policy, behaviour, network);
    }
    if !network.ventures.is_empty() {
        let reviews = week % QUARTER_WEEKS == QUARTER_WEEKS - 1;
        if reviews {
            investment::look_ahead(plants, inputs, outputs, control, markets, now);
        }
        idling::decide(plants, outputs, policy, reviews, now);
        if reviews {
            investment::decide(plants, outputs, policy, now);
        }
        construction::build(plants, outputs, policy, now);
    }
}
