//! A chain in pieces: one run of a chain that is too large for one core, or for one core's cache.
//!
//! A piece is some agents that stand together, with their inputs, outputs and the links to their suppliers: a chain of
//! its own, but for what it reads of other agents, which stands on the one [`Board`]. A week has four stages; within
//! one, each piece writes its own stretch of the board, and reads all of what an earlier stage has left there. So pieces
//! may be worked on in any order or at once ([`Executor`]): the results are those of the whole chain, to the bit.

use crate::id::{AgentId, InputId};
use crate::lanes::Lane;
use crate::network::{Link, Network, Ordering};
use crate::phase::triage::log_stakes;
use crate::plan::{Effect, Event, Now, Plan, Replicates};
use crate::state::{Board, Book, Control, Offered, Offers, Orders, Sale, State, Trade, sales};
use crate::time::Week;
use crate::week;
use core::ops::Range;

/// Who works on the pieces of a chain.
pub trait Executor {
    /// Does `work` on every item, in any order or at once.
    fn each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync);
}

/// One after the other.
#[derive(Clone, Copy, Debug)]
pub struct InTurn;

impl Executor for InTurn {
    fn each<T: Send>(&self, items: Vec<T>, work: impl Fn(T) + Send + Sync) {
        items.into_iter().for_each(work);
    }
}

/// Why a chain cannot be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardError {
    /// It has something that belongs to no agent alone: reserves, traders, owners, projects, collectors, fringes,
    /// benchmarks, designs, traces, kept orders, or random variation by week.
    Network,
    /// An event touches more than the capacity or the plans of agents.
    Event,
}

/// Some agents that stand together.
#[derive(Clone, Debug)]
pub struct Piece<L> {
    /// Their chain without its links: those stand in the state's trade, where sellers count through the whole chain.
    pub network: Network,
    /// What befalls them.
    pub plan: Plan,
    /// How they stand.
    pub state: State<L>,
    /// Where they stand among all agents.
    pub agents: Range<usize>,
}

/// A chain in pieces.
#[derive(Clone, Debug)]
pub struct Shards<L> {
    /// The pieces, in order.
    pub pieces: Vec<Piece<L>>,
    /// What all agents read of each other.
    pub board: Board<L>,
}

impl<L: Lane> Shards<L> {
    /// Cuts a chain into pieces of about so many links and agents, and sets them at the reference level.
    ///
    /// # Errors
    /// What keeps it whole.
    pub fn cut(
        network: Network,
        plan: &Plan,
        replicates: &Replicates<L>,
        size: usize,
    ) -> Result<Self, ShardError> {
        can_be_cut(&network, plan, replicates)?;
        let outputs = network.outputs.len();
        let log_stakes = log_stakes(&network, replicates);
        let mut bought = 0;
        let cuts = cuts(&network, size.max(1));
        let mut parts = parts(network, &cuts);
        let (all_sales, all_of) = sell(&parts, outputs);
        let mut board = Board::default();
        let mut pieces = Vec::with_capacity(parts.len());
        let mut sellers = all_of.into_iter();
        let mut from = 0;
        for (mut network, agents) in parts.drain(..) {
            let plan = of_agents(plan, &agents);
            let control = Control::new(&network, &plan);
            let mut trade = Trade::of_buyers(&network, &plan, &control.place);
            trade.sales_of = sellers.by_ref().take(network.outputs.len()).collect();
            let to = trade.sales_of.last().map_or(from, |of| of.end);
            trade.sales = all_sales[from as usize..to as usize].to_vec();
            for of in &mut trade.sales_of {
                for at in [&mut of.abroad, &mut of.home, &mut of.controlled, &mut of.end] {
                    *at -= from;
                }
            }
            from = to;
            let mut state = State::with_trade(&network, &plan, replicates, control, trade);
            board.append(core::mem::take(&mut state.board));
            let inputs = bought..bought + network.inputs.len();
            bought = inputs.end;
            if let Some(log_stakes) = &log_stakes {
                state.inputs.rank_by(&log_stakes[inputs], replicates);
            }
            // the week reads them in the order of trade
            network.links = Vec::new();
            pieces.push(Piece { network, plan, state, agents });
        }
        Ok(Self { pieces, board })
    }

    /// One week of all pieces.
    pub fn step(&mut self, replicates: &Replicates<L>, week: Week, executor: &impl Executor) {
        let Board { bids, terms, records, shares } = &mut self.board;
        let pieces = &mut self.pieces;
        {
            let own = stretches(bids, pieces, |piece| piece.network.inputs.len());
            let read = parts_of(shares, pieces, links_of);
            let items = pieces.iter_mut().zip(own).zip(read).collect();
            executor.each(items, |((piece, bids), shares): ((&mut Piece<L>, _), _)| {
                let (state, now) = piece.now(replicates, week);
                week::ask(state, bids, shares, now);
            });
        }
        {
            let own = stretches(terms, pieces, |piece| piece.network.outputs.len());
            let kept = stretches(records, pieces, |piece| piece.network.outputs.len());
            let (bids, shares) = (&**bids, &**shares);
            let items = pieces.iter_mut().zip(own).zip(kept).collect();
            executor.each(items, |((piece, terms), records): ((&mut Piece<L>, _), _)| {
                let (state, now) = piece.now(replicates, week);
                week::offer(state, Offers { terms, records }, Orders { bids, shares }, now);
            });
        }
        {
            let reviews = crate::time::reviews_suppliers(week);
            let own = parts_of(bids, pieces, |piece| piece.network.inputs.len());
            let read = parts_of(shares, pieces, links_of);
            let kept = stretches(records, pieces, |piece| piece.network.outputs.len());
            let terms = &**terms;
            let items = pieces.iter_mut().zip(own).zip(read).zip(kept).collect();
            executor.each(items, |(((piece, bids), shares), records): (((&mut Piece<L>, _), _), _)| {
                let (state, now) = piece.now(replicates, week);
                week::trade(state, Book { terms, bids, shares }, now);
                if reviews {
                    week::publish_records(state, records, now);
                }
            });
        }
        if crate::time::reviews_suppliers(week) {
            let own = stretches(shares, pieces, links_of);
            let records = &**records;
            let items = pieces.iter_mut().zip(own).collect();
            executor.each(items, |(piece, shares): (&mut Piece<L>, _)| {
                let (state, now) = piece.now(replicates, week);
                week::review(state, records, shares, now);
            });
        }
    }
}

impl<L: Lane> Piece<L> {
    fn now<'a>(&'a mut self, replicates: &'a Replicates<L>, week: Week) -> (&'a mut State<L>, Now<'a, L>) {
        (&mut self.state, Now { network: &self.network, plan: &self.plan, replicates, week })
    }
}

/// Links to the suppliers of a piece.
fn links_of<L>(piece: &Piece<L>) -> usize {
    piece.state.links.trade.purchases.len()
}

/// Each piece's stretch of a list, to write.
fn stretches<'a, L, T>(
    mut all: &'a mut [T],
    pieces: &[Piece<L>],
    length: impl Fn(&Piece<L>) -> usize,
) -> Vec<&'a mut [T]> {
    let cut = |piece: &Piece<L>| {
        let (own, rest) = core::mem::take(&mut all).split_at_mut(length(piece));
        all = rest;
        own
    };
    pieces.iter().map(cut).collect()
}

/// Each piece's stretch of a list, to read.
fn parts_of<'a, L, T>(
    mut all: &'a [T],
    pieces: &[Piece<L>],
    length: impl Fn(&Piece<L>) -> usize,
) -> Vec<&'a [T]> {
    let cut = |piece: &Piece<L>| {
        let (own, rest) = all.split_at(length(piece));
        all = rest;
        own
    };
    pieces.iter().map(cut).collect()
}

fn can_be_cut<L: Lane>(network: &Network, plan: &Plan, replicates: &Replicates<L>) -> Result<(), ShardError> {
    let alone = network.releases.is_empty()
        && network.traded.is_empty()
        && network.thrifts.is_empty()
        && network.ventures.is_empty()
        && network.owners.is_empty()
        && network.collectors.is_empty()
        && network.fringes.is_empty()
        && network.benchmarks.is_empty()
        && network.tracing.traces.is_empty()
        && network.ordering == Ordering::Smooth
        && network.links.iter().all(|l| l.entry_share == 0.0)
        && replicates.demand.is_empty()
        && replicates.availability.is_empty();
    if !alone {
        return Err(ShardError::Network);
    }
    let local = |e: &Event| matches!(e.effect, Effect::CapacityLoss(_) | Effect::DemandShift(_));
    let local = plan.events.iter().all(local) && plan.controlled.is_empty() && plan.gateways.is_empty();
    if local { Ok(()) } else { Err(ShardError::Event) }
}

/// Where pieces end, by agent: a cut falls where links and agents so far pass a multiple of the size.
fn cuts(network: &Network, size: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut held = 0;
    for (a, agent) in network.agents.iter().enumerate() {
        held += 1 + network.inputs_of(agent).map(|i| network.inputs[i].links.len()).sum::<usize>();
        if held >= size {
            ends.push(a + 1);
            held = 0;
        }
    }
    if ends.last() != Some(&network.agents.len()) {
        ends.push(network.agents.len());
    }
    ends
}

/// The chains of the pieces, from the last to the first so that what is cut off is given back.
fn parts(mut network: Network, ends: &[usize]) -> Vec<(Network, Range<usize>)> {
    let mut parts = Vec::with_capacity(ends.len());
    for (place, end) in ends.iter().enumerate().rev() {
        let start = if place == 0 { 0 } else { ends[place - 1] };
        let first = &network.agents[start];
        let (outputs, inputs) = (first.outputs.start, first.inputs.start);
        let links =
            network.inputs.get(inputs as usize).map_or(network.links.len(), |i| i.links.start as usize);
        let mut part = Network {
            commodities: network.commodities.clone(),
            agents: cut_off(&mut network.agents, start),
            outputs: cut_off(&mut network.outputs, outputs as usize),
            inputs: cut_off(&mut network.inputs, inputs as usize),
            links: cut_off(&mut network.links, links),
            facilities: network.facilities.clamp(start, *end) - start,
            ..sizes(&network)
        };
        part.producers = part.agents.len() - part.facilities;
        for agent in &mut part.agents {
            agent.outputs = agent.outputs.start - outputs..agent.outputs.end - outputs;
            agent.inputs = agent.inputs.start - inputs..agent.inputs.end - inputs;
        }
        let own = |agent: AgentId| AgentId::from(agent.at() - start);
        part.outputs.iter_mut().for_each(|o| o.agent = own(o.agent));
        for input in &mut part.inputs {
            input.agent = own(input.agent);
            input.links = input.links.start - links as u32..input.links.end - links as u32;
        }
        part.links.iter_mut().for_each(|l| l.buyer = InputId(l.buyer.0 - inputs));
        parts.push((part, start..*end));
    }
    parts.reverse();
    parts
}

/// What stands from a place on, in a list of its own.
fn cut_off<T>(all: &mut Vec<T>, from: usize) -> Vec<T> {
    let off = all.split_off(from);
    all.shrink_to_fit();
    off
}

/// A chain without anything in it, of the same countries, regions, stages and sectors.
fn sizes(network: &Network) -> Network {
    Network {
        elements: network.elements,
        countries: network.countries,
        regions: network.regions,
        stages: network.stages,
        lines: network.lines.clone(),
        sectors: network.sectors,
        gateways: network.gateways,
        ..Network::default()
    }
}

/// The sales of all sellers, with buyers and links counted through the whole chain.
fn sell(parts: &[(Network, Range<usize>)], outputs: usize) -> (Vec<Sale>, Vec<crate::state::SalesOf>) {
    let offered = || {
        let (mut links, mut inputs) = (0_u32, 0_u32);
        parts.iter().flat_map(move |(part, _)| {
            let (first_link, first_input) = (links, inputs);
            links += part.links.len() as u32;
            inputs += part.inputs.len() as u32;
            part.links.iter().zip(first_link..).map(move |(link, l): (&Link, u32)| Offered {
                seller: link.seller.at(),
                group: usize::from(!link.foreign),
                waits: false,
                sale: Sale {
                    buyer: first_input + link.buyer.0,
                    link: l,
                    first: link.contract_share * link.base_flow,
                },
            })
        })
    };
    sales(outputs, offered)
}

/// What of a plan befalls some agents.
fn of_agents(plan: &Plan, agents: &Range<usize>) -> Plan {
    let own = |all: &[AgentId]| -> Vec<AgentId> {
        let own = all.iter().filter(|a| agents.contains(&a.at()));
        own.map(|a| AgentId::from(a.at() - agents.start)).collect()
    };
    let events = plan.events.iter().map(|event| Event {
        effect: match &event.effect {
            Effect::CapacityLoss(all) => Effect::CapacityLoss(own(all)),
            Effect::DemandShift(all) => Effect::DemandShift(own(all)),
            other => other.clone(),
        },
        draw: event.draw,
    });
    Plan { events: events.collect(), weeks: plan.weeks, ..Plan::default() }
}
