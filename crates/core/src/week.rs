//! The loop: a week is the phases of the model in the order of its schedule.

use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::{arrivals, demand, ordering, policy, pricing, production, shipping, sourcing, stockpile};
use crate::plan::{Future, Plan, Week};
use crate::state::State;

/// Weeks between two reviews of suppliers.
pub const REVIEW_WEEKS: u32 = 4;

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
        reference_cost,
    } = state;
    let behaviour = &future.behaviour;
    policy::enforce(policy, control, markets, network, plan, future, week);
    arrivals::receive(inputs, links, policy, network, week);
    demand::place(agents, producers, policy, network);
    stockpile::keep(inputs, reserves, policy, behaviour, network, plan);
    production::produce(agents, producers, outputs, inputs, policy, behaviour, network, reference_cost);
    ordering::order(inputs, links, policy, behaviour, network);
    shipping::restrict(control, links, markets, network);
    shipping::dispatch(outputs, inputs, links, control, behaviour, network, week);
    pricing::post(outputs, agents, behaviour, network);
    pricing::value(inputs, outputs, network);
    pricing::bid_outside(markets, control, inputs, outputs, policy, behaviour, network, plan);
    if week % REVIEW_WEEKS == REVIEW_WEEKS - 1 {
        sourcing::adapt(links, inputs, outputs, control, behaviour, network);
    }
}
