//! Stocks, orders, goods in transit and prices of one week: a struct of arrays, one lane value per entry.
//!
//! The state is split by who writes it, so that a phase can be handed exactly what it may change.
//! Tonnes (units for final goods), tonnes per week, US dollars per tonne.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::{Future, Plan};

/// A cap that never binds, as a multiple of the baseline flow.
pub const UNCAPPED: f64 = 1e12;
/// "No event closes this link's gateway."
pub const UNGATED: u32 = u32::MAX;
/// "This link is not controlled."
pub const UNCONTROLLED: u32 = u32::MAX;

/// Agents, by [`crate::id::AgentId`].
#[derive(Clone, Debug)]
pub struct Agents<L> {
    /// Activity this week.
    pub activity: Vec<L>,
    /// Activity wanted this week before inputs limit it (a producer: plan and catching up).
    pub wanted: Vec<L>,
    /// Unit cost now over unit cost at rest.
    pub cost_ratio: Vec<L>,
    /// Which input limited the activity: its place among the agent's inputs, or −1.
    pub binding: Vec<L>,
}

/// Final producers, by their place among the producers.
#[derive(Clone, Debug)]
pub struct Producers<L> {
    /// Goods due this week.
    pub plan: Vec<L>,
    /// Goods due earlier, not yet built, whose customers still wait.
    pub backlog: Vec<L>,
    /// Goods whose customers gave up this week.
    pub lost: Vec<L>,
}

/// Outputs, by [`crate::id::OutputId`].
#[derive(Clone, Debug)]
pub struct Outputs<L> {
    /// In stock.
    pub stock: Vec<L>,
    /// Weeks of cover wanted.
    pub cover: Vec<L>,
    /// Expected orders per week.
    pub expected_orders: Vec<L>,
    /// Posted price.
    pub price: Vec<L>,
    /// Slow average of the posted price: what a contract pays and what is expected.
    pub slow_price: Vec<L>,
    /// Orders under contract that may ship.
    pub contract_orders: Vec<L>,
    /// Spot orders that may ship.
    pub spot_orders: Vec<L>,
    /// Orders weighted by what they are worth to their buyers, US dollars.
    pub worth_of_orders: Vec<L>,
    /// φ_c: share of contract orders that is filled.
    pub contract_fill: Vec<L>,
    /// φ_s: share of spot orders that is filled.
    pub spot_fill: Vec<L>,
    /// Shipped this week.
    pub shipped: Vec<L>,
    /// Made this week.
    pub produced: Vec<L>,
    /// Disposed of this week.
    pub disposed: Vec<L>,
}

/// Inputs, by [`crate::id::InputId`].
#[derive(Clone, Debug)]
pub struct Inputs<L> {
    /// In stock.
    pub stock: Vec<L>,
    /// Weeks of cover wanted, without what a buffer adds ([`Policy::buffer`]).
    pub cover: Vec<L>,
    /// Dispatched by sellers, not yet here.
    pub in_transit: Vec<L>,
    /// Use this week.
    pub used: Vec<L>,
    /// Use if this input were plenty.
    pub potential_use: Vec<L>,
    /// Short-run expected use per week.
    pub short_run_use: Vec<L>,
    /// Long-run expected use per week.
    pub long_run_use: Vec<L>,
    /// Ordered this week.
    pub ordered: Vec<L>,
    /// Dispatched to this buyer this week.
    pub bought: Vec<L>,
    /// What was dispatched this week costs, delivered, US dollars.
    pub bill: Vec<L>,
    /// Average delivered price paid.
    pub paid_price: Vec<L>,
    /// Fill rate seen, smoothed.
    pub fill_rate: Vec<L>,
    /// The most that a tonne is worth to the buyer (net-back).
    pub worth: Vec<L>,
}

/// Links, by [`crate::id::LinkId`].
#[derive(Clone, Debug)]
pub struct Links<L> {
    /// Share of the buyer's orders.
    pub share: Vec<L>,
    /// Reliability seen: shipped over ordered, smoothed.
    pub reliability: Vec<L>,
    /// Ordered this week, then what of it may ship.
    pub order: Vec<L>,
    /// Goods in transit by week of arrival: `[pipe_start[link] + week % lag]`.
    pub pipe: Vec<L>,
    /// Where a link's goods in transit begin in `pipe`.
    pub pipe_start: Vec<u32>,
    /// Goods that wait at a gateway, by place among the gated links.
    pub waiting: Vec<L>,
    /// Place of a link among those whose gateway some event may close, or [`UNGATED`].
    pub gate: Vec<u32>,
}

/// Controlled links, by their place in [`Control::links`].
#[derive(Clone, Debug)]
pub struct Control<L> {
    /// The links that some event of the scenario may cap.
    pub links: Vec<u32>,
    /// Place of a link among the controlled ones, or [`UNCONTROLLED`].
    pub place: Vec<u32>,
    /// Greatest flow as a multiple of the baseline flow.
    pub cap: Vec<L>,
    /// Share of the refused volume that leaks.
    pub leak: Vec<L>,
    /// Extra price on what leaks.
    pub premium: Vec<L>,
    /// What the buyer asked for before the cap.
    pub asked: Vec<L>,
    /// Multiple of the posted price that is paid on this link.
    pub markup: Vec<L>,
    /// Shipped this week.
    pub shipped: Vec<L>,
}

/// Markets with an outside price, by their place in [`Plan::markets`].
#[derive(Clone, Debug)]
pub struct Markets<L> {
    /// 1 while a control is in force.
    pub binding: Vec<L>,
    /// u: log of the outside price over the home price.
    pub gap: Vec<L>,
    /// Slow average of u.
    pub slow_gap: Vec<L>,
    /// Home price: what the controlled sellers post, weighted by baseline flow.
    pub home_price: Vec<L>,
    /// Home price at rest.
    pub reference: Vec<f64>,
    /// Place of a controlled link's market.
    pub of_control: Vec<u32>,
}

/// What is in force this week.
#[derive(Clone, Debug)]
pub struct Policy<L> {
    /// Share of capacity that events leave, by agent.
    pub availability: Vec<L>,
    /// Share of what reaches a gateway that passes or is diverted this week.
    pub open: Vec<L>,
    /// Share of what waits at a gateway that is cleared this week.
    pub clear: Vec<L>,
    /// Factor on a producer's plan.
    pub demand: Vec<L>,
    /// Weeks of cover that buffers add, by input.
    pub buffer: Vec<L>,
    /// Weeks of its users' use that a reserve wants, by input (zero: not yet decided).
    pub reserve_weeks: Vec<L>,
}

/// Reserves, by their stock's place among the network's inputs.
#[derive(Clone, Debug)]
pub struct Reserves<L> {
    /// Released to this input this week (users), taken from this stock (reserves).
    pub released: Vec<L>,
}

/// Everything that changes from week to week.
#[derive(Clone, Debug)]
pub struct State<L> {
    /// Agents.
    pub agents: Agents<L>,
    /// Final producers.
    pub producers: Producers<L>,
    /// Outputs.
    pub outputs: Outputs<L>,
    /// Inputs.
    pub inputs: Inputs<L>,
    /// Links.
    pub links: Links<L>,
    /// Controlled links.
    pub control: Control<L>,
    /// Outside prices.
    pub markets: Markets<L>,
    /// What is in force.
    pub policy: Policy<L>,
    /// Reserves.
    pub reserves: Reserves<L>,
    /// Unit cost at rest, by agent.
    pub reference_cost: Vec<f64>,
}

impl<L: Lane> State<L> {
    /// The chain at its rest point: stocks at target, pipelines full, prices at reference.
    pub fn at_rest(network: &Network, plan: &Plan, future: &Future<L>) -> Self {
        let zeros = |n: usize| vec![L::zero(); n];
        let ones = |n: usize| vec![L::one(); n];
        let scale = |agent: &crate::network::Agent| {
            if agent.stage.at() + 2 >= network.stages {
                future.behaviour.downstream_cover
            } else {
                future.behaviour.upstream_cover
            }
        };
        let out = &network.outputs;
        let inp = &network.inputs;
        let out_cover: Vec<L> =
            out.iter().map(|o| scale(&network.agents[o.agent.at()]) * o.cover_weeks).collect();
        let in_cover: Vec<L> =
            inp.iter().map(|i| scale(&network.agents[i.agent.at()]) * i.cover_weeks).collect();
        let use_at_rest: Vec<L> = inp.iter().map(|i| L::splat(i.base_use)).collect();
        let outputs = Outputs {
            stock: out.iter().zip(&out_cover).map(|(o, c)| *c * o.base_orders).collect(),
            cover: out_cover,
            expected_orders: out.iter().map(|o| L::splat(o.base_orders)).collect(),
            price: out.iter().map(|o| L::splat(o.reference_price)).collect(),
            slow_price: out.iter().map(|o| L::splat(o.reference_price)).collect(),
            contract_orders: zeros(out.len()),
            spot_orders: zeros(out.len()),
            worth_of_orders: zeros(out.len()),
            contract_fill: zeros(out.len()),
            spot_fill: zeros(out.len()),
            shipped: zeros(out.len()),
            produced: zeros(out.len()),
            disposed: zeros(out.len()),
        };
        let mut inputs = Inputs {
            stock: inp.iter().zip(&in_cover).map(|(i, c)| *c * i.base_use).collect(),
            cover: in_cover,
            in_transit: zeros(inp.len()),
            used: zeros(inp.len()),
            potential_use: use_at_rest.clone(),
            short_run_use: use_at_rest.clone(),
            long_run_use: use_at_rest,
            ordered: zeros(inp.len()),
            bought: zeros(inp.len()),
            bill: zeros(inp.len()),
            paid_price: inp.iter().map(|i| L::splat(i.reference_price)).collect(),
            fill_rate: ones(inp.len()),
            worth: inp.iter().map(|i| L::splat(i.worth)).collect(),
        };
        let links = Links::at_rest(network, plan, &mut inputs);
        let (control, of_control) = Control::new(network, plan);
        let reference: Vec<f64> =
            plan.markets.iter().map(|m| network.commodities[m.commodity.at()].reference_price).collect();
        let markets = Markets {
            binding: zeros(plan.markets.len()),
            gap: zeros(plan.markets.len()),
            slow_gap: zeros(plan.markets.len()),
            home_price: reference.iter().map(|p| L::splat(*p)).collect(),
            reference,
            of_control,
        };
        let reference_cost = network
            .agents
            .iter()
            .map(|agent| {
                let bought: f64 =
                    network.inputs_of(agent).map(|i| inp[i].per_activity * inp[i].reference_price).sum();
                agent.own_cost_usd + bought
            })
            .collect();
        crate::phase::pricing::value(&mut inputs, &outputs, network);
        let n = network.agents.len();
        Self {
            agents: Agents {
                activity: network.agents.iter().map(|a| L::splat(a.base_activity)).collect(),
                wanted: network.agents.iter().map(|a| L::splat(a.base_activity)).collect(),
                cost_ratio: ones(n),
                binding: vec![L::splat(-1.0); n],
            },
            producers: Producers {
                plan: zeros(network.producers),
                backlog: zeros(network.producers),
                lost: zeros(network.producers),
            },
            outputs,
            links,
            control,
            markets,
            policy: Policy {
                availability: ones(n),
                open: ones(network.gateways),
                clear: ones(network.gateways),
                demand: ones(network.producers),
                buffer: zeros(inp.len()),
                reserve_weeks: zeros(inp.len()),
            },
            reserves: Reserves { released: zeros(inp.len()) },
            reference_cost,
            inputs,
        }
    }
}

impl<L: Lane> Links<L> {
    fn at_rest(network: &Network, plan: &Plan, inputs: &mut Inputs<L>) -> Self {
        let mut gate = vec![UNGATED; network.links.len()];
        let mut gated = 0;
        for (place, link) in gate.iter_mut().zip(&network.links) {
            if link.gateway.is_some_and(|g| plan.gateways.contains(&g)) {
                *place = gated;
                gated += 1;
            }
        }
        let mut pipe = Vec::new();
        let mut pipe_start = Vec::with_capacity(network.links.len());
        for link in &network.links {
            pipe_start.push(u32::try_from(pipe.len()).unwrap_or(u32::MAX));
            for _ in 0..link.lag_weeks {
                pipe.push(L::splat(link.base_flow));
            }
            inputs.in_transit[link.buyer.at()] += L::splat(link.base_flow * f64::from(link.lag_weeks));
        }
        let n = network.links.len();
        Self {
            share: network.links.iter().map(|l| L::splat(l.base_share)).collect(),
            reliability: vec![L::one(); n],
            order: vec![L::zero(); n],
            pipe,
            pipe_start,
            waiting: vec![L::zero(); gated as usize],
            gate,
        }
    }
}

impl<L: Lane> Control<L> {
    fn new(network: &Network, plan: &Plan) -> (Self, Vec<u32>) {
        let mut links = Vec::new();
        let mut place = vec![UNCONTROLLED; network.links.len()];
        let mut of_control = Vec::new();
        for (index, market) in plan.markets.iter().enumerate() {
            for link in &market.links {
                if place[link.at()] == UNCONTROLLED {
                    place[link.at()] = u32::try_from(links.len()).unwrap_or(u32::MAX);
                    links.push(link.0);
                    of_control.push(u32::try_from(index).unwrap_or(u32::MAX));
                }
            }
        }
        let n = links.len();
        let control = Self {
            links,
            place,
            cap: vec![L::splat(UNCAPPED); n],
            leak: vec![L::zero(); n],
            premium: vec![L::zero(); n],
            asked: vec![L::zero(); n],
            markup: vec![L::one(); n],
            shipped: vec![L::zero(); n],
        };
        (control, of_control)
    }
}
