//! The loop: a week is the phases of the model in the order of its schedule.

use crate::lanes::Lane;
use crate::network::Network;
use crate::phase::ordering::Owed;
use crate::phase::production::{Given, Makers};
use crate::phase::shipping::Deals;
use crate::phase::sourcing::Asked;
use crate::phase::{
    arrivals, benchmark, construction, controls, demand, fringe, give, idling, investment, ordering, policy,
    pricing, production, quote, returns, shipping, sourcing, stockpile, thrifting, tracing, traders,
};
use crate::plan::{Now, Plan, Replicates};
use crate::state::{Bid, Board, Book, DeliveryRecord, Offers, Orders, State, Trading};
use crate::time::{QUARTER_WEEKS, Week, reviews_suppliers};
use core::ops::Range;

/// Reads finished weeks. Recording never stands inside a phase.
pub trait Observe<L> {
    /// Called when `week` is over.
    fn week_ended(&mut self, week: Week, network: &Network, plan: &Plan, state: &State<L>);
}

/// Runs one arm of the replicates side by side, from rest to the plan's last week.
#[inline]
pub fn run<L: Lane>(
    network: &Network,
    plan: &Plan,
    replicates: &Replicates<L>,
    observer: &mut impl Observe<L>,
) {
    let mut state = State::at_reference(network, plan, replicates);
    run_on(&mut state, 0..plan.weeks, network, plan, replicates, observer);
}

/// Runs some weeks on from a state at the start of the first.
#[inline]
pub fn run_on<L: Lane>(
    state: &mut State<L>,
    weeks: Range<Week>,
    network: &Network,
    plan: &Plan,
    replicates: &Replicates<L>,
    observer: &mut impl Observe<L>,
) {
    for week in weeks {
        step(state, network, plan, replicates, week);
        observer.week_ended(week, network, plan, state);
    }
}

/// One week: its phases in the order of `docs/model.md`.
///
/// Buyers and sellers read each other on the board alone. So a chain may be cut into pieces that go through each of the parts
/// below on their own ([`crate::shards`]).
#[inline]
pub fn step<L: Lane>(
    state: &mut State<L>,
    network: &Network,
    plan: &Plan,
    replicates: &Replicates<L>,
    week: Week,
) {
    let now = Now { network, plan, replicates, week };
    let mut board = core::mem::take(&mut state.board);
    let Board { bids, terms, records, shares } = &mut board;
    ask(state, bids, shares, now);
    offer(state, Offers { terms, records }, Orders { bids, shares }, now);
    trade(state, Book { terms, bids, shares }, now);
    if reviews_suppliers(week) {
        publish_records(state, records, now);
        review(state, records, shares, now);
    }
    build(state, now);
    state.board = board;
}

/// Phases 1 to 15. What is in force; goods arrive, plants run, buyers order.
pub(crate) fn ask<L: Lane>(state: &mut State<L>, bids: &mut [Bid<L>], shares: &[L], now: Now<'_, L>) {
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
        designs,
        traces,
        ..
    } = state;
    policy::enforce(policy, control, now);
    policy::destroy(inputs, outputs, now);
    fringe::enter(policy, outputs, now);
    arrivals::receive(inputs, links, policy, now);
    returns::come_back(returns, plants, agents, outputs, policy, now);
    give::stretch(designs, inputs, now);
    demand::place(agents, producers, inputs, policy, now);
    stockpile::keep(inputs, reserves, policy, now);
    tracing::receive(traces, inputs, reserves, now);
    let given = Given { policy, reserves, returns, traces };
    production::produce(Makers { agents, producers, plants }, outputs, inputs, given, now);
    ordering::order(inputs, bids, policy, plants, Owed { links, outputs, producers }, now);
    traders::trade(traders, outputs, policy, now);
    let trade = Trading { shares, outputs, traces, plants };
    controls::decide(control, inputs, policy, trade, now);
    quote::sell(control, markets, inputs, now);
    shipping::add_owed(outputs, inputs, links, control, shares, now);
}

/// Phases 16 to 19. Sellers ration what they have, learn from what they were asked for, and serve traders.
pub(crate) fn offer<L: Lane>(
    state: &mut State<L>,
    offers: Offers<'_, L>,
    orders: Orders<'_, L>,
    now: Now<'_, L>,
) {
    let State { outputs, inputs, links, control, policy, traders, plants, traces, .. } = state;
    shipping::ration(outputs, offers, orders, links, control, policy, now);
    shipping::expect(outputs, plants, now);
    shipping::serve_traders(traders, outputs, now);
    tracing::make(traces, traders, inputs, outputs, now);
}

/// Phases 20 to 26. Goods are sent, and prices posted and quoted for next week.
pub(crate) fn trade<L: Lane>(state: &mut State<L>, book: Book<'_, L>, now: Now<'_, L>) {
    let State { agents, outputs, inputs, links, control, markets, policy, plants, traders, traces, .. } =
        state;
    shipping::send(outputs, inputs, links, control, traces, Deals { book, markets, policy }, now);
    controls::settle(control, inputs, book.shares, policy, now);
    if now.network.base_stock().is_none() {
        pricing::ask(outputs, agents, policy, now);
        benchmark::follow(outputs, control, policy, now);
        pricing::post(outputs, agents, plants, policy, now);
        pricing::value(inputs, outputs, policy, now);
        quote::clear(markets, control, inputs, (outputs, traders), policy, now);
    }
}

/// Phase 27. Every four weeks sellers show how they stand.
pub(crate) fn publish_records<L: Lane>(state: &State<L>, records: &mut [DeliveryRecord<L>], now: Now<'_, L>) {
    sourcing::publish_records(records, &state.outputs, &state.plants, now);
}

/// Phases 28 to 30. Then buyers review suppliers and designs.
pub(crate) fn review<L: Lane>(
    state: &mut State<L>,
    records: &[DeliveryRecord<L>],
    shares: &mut [L],
    now: Now<'_, L>,
) {
    let State { inputs, links, control, markets, policy, designs, plants, .. } = state;
    sourcing::adapt(links, shares, inputs, policy, Asked { records, control, markets }, now);
    sourcing::qualify(links, inputs, policy, plants, now);
    thrifting::adapt(designs, inputs, policy, now);
}

/// Phases 31 to 34. Plants idle and restart, are decided and built.
pub(crate) fn build<L: Lane>(state: &mut State<L>, now: Now<'_, L>) {
    if now.network.ventures.is_empty() {
        return;
    }
    let State { agents, outputs, inputs, control, policy, plants, .. } = state;
    let reviews = now.week % QUARTER_WEEKS == QUARTER_WEEKS - 1;
    if reviews {
        investment::look_ahead(plants, inputs, outputs, control, policy, now);
    }
    idling::decide(plants, outputs, policy, reviews, now);
    if reviews {
        investment::decide(plants, outputs, inputs, policy, now);
    }
    construction::build(plants, agents, outputs, inputs, policy, now);
}
