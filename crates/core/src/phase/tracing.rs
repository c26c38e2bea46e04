//! Origin and content: shares that ride with material through every stock, recipe and shipment.
//!
//! In words and with its notation: docs/model.md#origin-and-content-what-arrived.

use crate::grid::Grid;
use crate::id::{InputId, OutputId};
use crate::lanes::{Lane, TINY};
use crate::network::{Agent, Network, Role, Trace, Tracing};
use crate::plan::Now;
use crate::state::{Inputs, Outputs, Purchase, Reserves, Traces, Traders};

/// Goods that arrived, or that a reserve released, mix into the stock that they enter.
///
/// ```text
/// x(i) ← (x(i)·stock before + x_transit(i)·arrived + x_reserve·released) / stock now
/// ```
#[inline(never)]
pub fn receive<L: Lane>(
    traces: &mut Traces<L>,
    inputs: &Inputs<L>,
    reserves: &mut Reserves<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    let k = network.tracing.traces.len();
    if k == 0 {
        return;
    }
    // a reserve's own arrivals were in its stock when it released
    for i in 0..network.inputs.len() {
        let arrived = inputs.arrived[i];
        let released = reserves.released.get(i).copied().unwrap_or(L::zero());
        let released = match network.agents[network.inputs[i].agent.at()].role {
            Role::Reserve => -released,
            _ => released,
        };
        let before = (inputs.stock[i] - arrived - released).positive();
        let mix = Mix::new(before, arrived);
        mix.all(traces.inputs.row_mut(i.into()), traces.transit.row(i.into()));
    }
    for (route, released) in network.releases.iter().zip(&reserves.by_route) {
        let to = route.to.at();
        let before = (inputs.stock[to] - reserves.unmixed[to]).positive();
        let mix = Mix::new(before, *released);
        for trace in 0..k {
            let given = traces.inputs[(route.from, trace)];
            mix.mix(&mut traces.inputs[(route.to, trace)], given);
        }
        reserves.unmixed[to] = (reserves.unmixed[to] - *released).positive();
    }
}

/// What was made mixes into output stocks and traders' stocks.
///
/// ```text
/// x_made(a)  = 1 where the agent stamps it, else Σ ω(i)·x(i)            origin
/// x_made(a)  = Σ γ(i)·m(i)·x(i),  1 for a product that is nothing else   content
/// x(j)      ← (x(j)·stock before + x_made·put in stock + x_trader·unloaded) / stock before shipping
/// ```
/// `ω(i)` is the share of an input in the contained mass of the recipe, `γ(i)` its share of the traced elements.
#[inline(never)]
pub fn make<L: Lane>(
    traces: &mut Traces<L>,
    traders: &mut Traders<L>,
    inputs: &Inputs<L>,
    outputs: &Outputs<L>,
    now: Now<'_, L>,
) {
    let network = now.network;
    let k = network.tracing.traces.len();
    if k == 0 {
        return;
    }
    let put = |o: usize| outputs.produced[o] - outputs.disposed[o];
    for (t, output) in network.traded.iter().enumerate() {
        let (o, sold) = (output.at(), traders.sold[t]);
        let before = (outputs.stock[o] + outputs.shipped[o] - put(o) - sold).positive();
        let mix = Mix::new(before, sold);
        mix.all(traces.outputs.row_mut(*output), traders.traces.row(t));
    }
    for (a, agent) in network.agents[..network.facilities].iter().enumerate() {
        for trace in 0..k {
            traces.made[trace] = made(traces, inputs, network, a, agent, trace);
        }
        for o in network.outputs_of(agent) {
            let before = (outputs.stock[o] + outputs.shipped[o] - put(o)).positive();
            let mix = Mix::new(before, put(o));
            for trace in 0..k {
                let pure = network.outputs[o].pure == Some(trace);
                let made = if pure { L::one() } else { traces.made[trace] };
                mix.mix(&mut traces.outputs[(o.into(), trace)], made);
            }
        }
    }
    for (t, output) in network.traded.iter().enumerate() {
        let bought = traders.bought[t];
        let held = (traders.stock[t] - bought).positive();
        let mix = Mix::new(held, bought);
        mix.all(traders.traces.row_mut(t), traces.outputs.row(*output));
    }
}

/// What was shipped to a buyer mixes into what is on its way to it; `sent` stands by its links.
///
/// ```text
/// x_transit(i) ← (x_transit(i)·in transit before + Σ x(j)·shipped(l)) / in transit now
/// ```
/// Goods in transit to one buyer are mixed: a shipment's trace arrives spread over the buyer's transit times.
#[inline(always)]
pub(super) fn load<L: Lane>(
    traces: &mut Traces<L>,
    inputs: &Inputs<L>,
    i: usize,
    purchases: &[Purchase],
    sent: &[L],
) {
    let before = (inputs.in_transit[i] - inputs.bought[i]).positive() + L::splat(TINY);
    let all = L::one() / (before + inputs.bought[i]);
    let load = Load { purchases, sent, outputs: &traces.outputs, before, all };
    let on_its_way = traces.transit.row_mut(i.into());
    let k = on_its_way.len();
    // several at a time, so that what was sent is read once and the sums stay in registers
    let mut from = 0;
    while from + FEW <= k {
        load.add::<FEW>(&mut on_its_way[from..], from);
        from += FEW;
    }
    while from < k {
        load.add::<1>(&mut on_its_way[from..], from);
        from += 1;
    }
}

/// Traces that are added up side by side.
const FEW: usize = 4;

/// What a buyer was sent this week, and what was on its way before.
struct Load<'a, L> {
    purchases: &'a [Purchase],
    sent: &'a [L],
    /// Traces of what sellers hold.
    outputs: &'a Grid<OutputId, usize, L>,
    before: L,
    /// One over all that is on its way now.
    all: L,
}

impl<L: Lane> Load<'_, L> {
    /// Adds `N` of the traces of what was sent, from `from` on, to what is on its way.
    #[inline(always)]
    fn add<const N: usize>(&self, on_its_way: &mut [L], from: usize) {
        let mut sums: [L; N] = core::array::from_fn(|trace| on_its_way[trace] * self.before);
        for (purchase, sent) in self.purchases.iter().zip(self.sent) {
            let shares: &[L; N] = self.outputs.part(OutputId(purchase.seller), from);
            for trace in 0..N {
                sums[trace] += *sent * shares[trace];
            }
        }
        for trace in 0..N {
            on_its_way[trace] = sums[trace] * self.all;
        }
    }
}

/// The mean of two shares by weight; without weights the first stays.
struct Mix<L> {
    weight: L,
    added: L,
    all: L,
}

impl<L: Lane> Mix<L> {
    #[inline(always)]
    fn new(before: L, added: L) -> Self {
        let weight = before + L::splat(TINY);
        Self { weight, added, all: L::one() / (weight + added) }
    }

    #[inline(always)]
    fn mix(&self, share: &mut L, other: L) {
        *share = (*share * self.weight + other * self.added) * self.all;
    }

    #[inline(always)]
    fn all(&self, shares: &mut [L], others: &[L]) {
        shares.iter_mut().zip(others).for_each(|(share, other)| self.mix(share, *other));
    }
}

/// Share of what an agent makes this week.
#[inline(always)]
fn made<L: Lane>(
    traces: &Traces<L>,
    inputs: &Inputs<L>,
    network: &Network,
    a: usize,
    agent: &Agent,
    trace: usize,
) -> L {
    if network.tracing.stamps[(a.into(), trace)] {
        return L::one();
    }
    match network.tracing.traces[trace] {
        Trace::Origin { .. } => taken(traces, network, agent, trace, |_| L::one()),
        Trace::Content(_) if agent.inputs.is_empty() => L::one(),
        Trace::Content(_) => {
            taken(traces, network, agent, trace, |i| inputs.intensity[i] * inputs.stretch[i])
        }
    }
}

/// Weighted mean share of what an agent takes.
#[inline(always)]
fn taken<L: Lane>(
    traces: &Traces<L>,
    network: &Network,
    agent: &Agent,
    trace: usize,
    factor: impl Fn(usize) -> L,
) -> L {
    let mut sum = L::zero();
    for i in network.inputs_of(agent) {
        let at = (InputId::from(i), trace);
        sum += traces.inputs[at] * factor(i) * network.tracing.weights[at];
    }
    sum
}

/// Content of what an agent takes, over that at the reference level.
#[inline(always)]
pub(super) fn content_taken<L: Lane>(
    traces: &Traces<L>,
    network: &Network,
    agent: &Agent,
    trace: usize,
) -> L {
    taken(traces, network, agent, trace, |_| L::one())
}

impl Tracing {
    /// Traces of a network whose weights and stamps are set, at the shares that they have when nothing moves.
    pub fn settle(&mut self, network: &Network) {
        let k = self.traces.len();
        let start = |_, trace: usize| match self.traces[trace] {
            Trace::Origin { .. } => 0.0,
            Trace::Content(_) => 1.0,
        };
        self.outputs = Grid::from_fn(network.outputs.len(), k, start);
        self.inputs = Grid::from_fn(network.inputs.len(), k, start);
        // shares travel down the chain once a sweep; scrap brings them back up
        for _ in 0..400 {
            if self.sweep(network) < 1e-15 {
                break;
            }
        }
    }

    /// One pass over the chain; gives the greatest change of an origin.
    fn sweep(&mut self, network: &Network) -> f64 {
        let k = self.traces.len();
        let mut moved = 0.0_f64;
        for (a, agent) in network.agents[..network.facilities].iter().enumerate() {
            for trace in 0..k {
                if matches!(self.traces[trace], Trace::Content(_)) {
                    continue;
                }
                let mixed = network
                    .inputs_of(agent)
                    .map(|i| self.inputs[(i.into(), trace)] * self.weights[(i.into(), trace)]);
                let made = if self.stamps[(a.into(), trace)] { 1.0 } else { mixed.sum() };
                for o in network.outputs_of(agent) {
                    self.outputs[(o.into(), trace)] = made;
                }
            }
        }
        for (i, input) in network.inputs.iter().enumerate() {
            for trace in 0..k {
                if matches!(self.traces[trace], Trace::Content(_)) {
                    continue;
                }
                let share = network
                    .links_of(input)
                    .map(|l| {
                        let link = &network.links[l];
                        link.base_share * self.outputs[(link.seller, trace)]
                    })
                    .sum::<f64>();
                moved = moved.max((share - self.inputs[(i.into(), trace)]).abs());
                self.inputs[(i.into(), trace)] = share;
            }
        }
        moved
    }
}
