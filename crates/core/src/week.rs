//! The loop: a week is the phases of the model in the order of its schedule.

use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::{
    arrivals, construction, controls, demand, fringe, idling, investment, ordering, policy, pricing,
    production, returns, shipping, sourcing, stockpile, thrifting, tracing, traders,
};
use crate::plan::{Future, Now, Plan};
use crate::state::{Bid, Board, Record, State, Terms};
use crate::time::{QUARTER_WEEKS, Week, reviews_suppliers};
use core::ops::Range;

/// Reads finished weeks. Recording never stands inside a phase.
pub trait Observe<L> {
    /// Called when `week` is over.
    fn week_ended(&mut self, week: Week, network: &Network, plan: &Plan, state: &State<L>);
}

/// Runs one arm of the replicates side by side, from rest to the plan's last week.
#[inline]
pub fn run<L: Lane>(network: &Network, plan: &Plan, future: &Future<L>, observer: &mut impl Observe<L>) {
    let mut state = State::at_rest(network, plan, future);
    run_on(&mut state, 0..plan.weeks, network, plan, future, observer);
}

/// Runs some weeks on from a state at the start of the first.
#[inline]
pub fn run_on<L: Lane>(
    state: &mut State<L>,
    weeks: Range<Week>,
    network: &Network,
    plan: &Plan,
    future: &Future<L>,
    observer: &mut impl Observe<L>,
) {
    for week in weeks {
        step(state, network, plan, future, week);
        observer.week_ended(week, network, plan, state);
    }
}

/// One week.
#[inline]
pub fn step<L: Lane>(state: &mut State<L>, network: &Network, plan: &Plan, future: &Future<L>, week: Week) {
    let now = Now { network, plan, future, week };
    // the board belongs to all agents, the rest of a state to one or the other: see `shards`
    let mut board = core::mem::take(&mut state.board);
    let Board { bids, terms, records, shares } = &mut board;
    ask(state, bids, shares, now);
    offer(state, (terms, records), (bids, shares), now);
    trade(state, (terms, bids, shares), now);
    if reviews_suppliers(week) {
        present(state, records, now);
        review(state, records, shares, now);
    }
    build(state, now);
    state.board = board;
}

/// What is in force; goods arrive, plants run, buyers order.
pub(crate) fn ask<L: Lane>(state: &mut State<L>, bids: &mut [Bid<L>], shares: &[L], now: Now<'_, L>) {
    let Now { network, plan, future, week } = now;
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
        plants,
        returns,
        traces,
        ..
    } = state;
    policy::enforce(policy, control, markets, network, plan, future, week);
    policy::destroy(inputs, outputs, plan, future, week);
    fringe::enter(policy, outputs, network);
    arrivals::receive(inputs, links, policy, network, week);
    returns::come_back(returns, plants, agents, outputs, policy, now);
    demand::place(agents, producers, policy, now);
    stockpile::keep(inputs, reserves, policy, &future.behaviour, network, plan);
    tracing::receive(traces, inputs, reserves, network);
    production::produce(agents, producers, outputs, inputs, policy, (plants, returns), traces, now);
    ordering::order((inputs, bids), links, outputs, producers, policy, plants, now);
    traders::trade(traders, outputs, policy, &future.behaviour, network);
    controls::decide(control, shares, inputs, outputs, markets, traces, (policy, plants), now);
    shipping::take_up_owed(outputs, inputs, links, control, shares, network);
}

/// Sellers ration what they have.
pub(crate) fn offer<L: Lane>(
    state: &mut State<L>,
    (terms, records): (&mut [Terms<L>], &mut [Record<L>]),
    read: (&[Bid<L>], &[L]),
    now: Now<'_, L>,
) {
    let State { outputs, inputs, links, control, policy, traders, plants, traces, .. } = state;
    shipping::ration(outputs, (terms, records), read, links, control, (traders, policy), plants, now);
    tracing::make(traces, traders, inputs, outputs, now.network);
}

/// Goods are sent, and prices posted for next week.
pub(crate) fn trade<L: Lane>(state: &mut State<L>, read: (&[Terms<L>], &[Bid<L>], &[L]), now: Now<'_, L>) {
    let Now { network, plan, future, .. } = now;
    let behaviour = &future.behaviour;
    let State { agents, outputs, inputs, links, control, markets, policy, plants, traces, .. } = state;
    shipping::send(outputs, inputs, links, control, traces, read, (markets, policy), now);
    controls::settle(control, inputs, read.2, policy, now);
    if network.base_stock().is_none() {
        pricing::post(outputs, agents, plants, policy, behaviour, network);
        pricing::value(inputs, outputs, policy, network);
        pricing::bid_outside(markets, control, inputs, outputs, behaviour, network, plan);
    }
}

/// Every four weeks sellers say how they stand.
pub(crate) fn present<L: Lane>(state: &State<L>, records: &mut [Record<L>], now: Now<'_, L>) {
    sourcing::present(records, &state.outputs, &state.plants, now.network);
}

/// Then buyers review suppliers and designs.
pub(crate) fn review<L: Lane>(
    state: &mut State<L>,
    records: &[Record<L>],
    shares: &mut [L],
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.future.behaviour);
    let State { inputs, links, control, markets, policy, designs, plants, .. } = state;
    sourcing::adapt((links, shares), inputs, records, control, markets, policy, behaviour, network);
    sourcing::qualify(links, inputs, policy, plants, behaviour, network);
    thrifting::adapt(designs, inputs, policy, behaviour, network);
}

/// Plants idle and restart, are decided and built.
pub(crate) fn build<L: Lane>(state: &mut State<L>, now: Now<'_, L>) {
    if now.network.ventures.is_empty() {
        return;
    }
    let State { outputs, inputs, control, markets, policy, plants, .. } = state;
    let reviews = now.week % QUARTER_WEEKS == QUARTER_WEEKS - 1;
    if reviews {
        investment::look_ahead(plants, inputs, outputs, (control, markets), policy, now);
    }
    idling::decide(plants, outputs, policy, reviews, now);
    if reviews {
        investment::decide(plants, outputs, policy, now);
    }
    construction::build(plants, outputs, policy, now);
}
