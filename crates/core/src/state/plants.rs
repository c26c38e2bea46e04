//! How facilities stand in the long run, and goods in use by age.

use crate::lanes::Lane;
use crate::lanes::{TINY, ones, zeros};
use crate::network::{Agent, Network, Status, Venture};
use crate::plan::Replicates;

/// How facilities stand in the long run, by facility; empty where [`crate::network::Network::ventures`] is.
#[derive(Clone, Debug)]
pub struct Plants<L> {
    /// Activity per week that the plant is built for now.
    pub installed: Vec<L>,
    /// Activity per week of a project that is being built.
    pub adding: Vec<L>,
    /// Weeks of work done on it.
    pub work: Vec<L>,
    /// Activity per week that a plant which runs is adding, by how far it is: `[3 × facility + third]`.
    pub thirds: Vec<L>,
    /// Factor by which an agent expects its activity to grow in a week; empty where demand does not grow.
    pub growth: Vec<L>,
    /// The same for the orders for an output.
    pub order_growth: Vec<L>,
    /// 1 while it runs, 0 while it is idle or is closed.
    pub running: Vec<L>,
    /// Revenue over cash cost of running it, smoothed over a quarter; support is in.
    pub margin: Vec<L>,
    /// Revenue over cash cost this week of all plants of an owner that stand, by place in the network's owners.
    pub owner_margin: Vec<L>,
    /// Weeks running in which that was below what its owner bears.
    pub losing: Vec<L>,
    /// Weeks for which it has was idle.
    pub idle: Vec<L>,
    /// Weeks of restart work left; zero: no restart is in progress.
    pub restart: Vec<L>,
    /// 1 once it is closed permanently.
    pub closed: Vec<L>,
    /// Capital that its additions have cost and that is not yet written off, US dollars.
    pub book: Vec<L>,
    /// Capital spent this week, US dollars.
    pub capital: Vec<L>,
    /// Spent on restarts this week, US dollars.
    pub restarting: Vec<L>,
    /// Capital not yet written off that is lost this week because it closes, US dollars.
    pub closing: Vec<L>,
    /// What buyers are asked for its products, by output: the price that investors reckon with, US dollars per tonne.
    pub price_outlook: Vec<L>,
    /// What its inputs are offered for, by input, likewise.
    pub cost_outlook: Vec<L>,
    /// The same prices this quarter, not smoothed: what a restart is decided by.
    pub price_asked: Vec<L>,
    /// What inputs are offered for this quarter, likewise.
    pub cost_asked: Vec<L>,
    /// Scratch of a review: weights and sums, by output.
    pub sums: Vec<L>,
}

/// Goods in use by age: `[cohort × ages]` of all collectors in a row, tonnes of scrap.
#[derive(Clone, Debug)]
pub struct Returns<L> {
    /// In use.
    pub ages: Vec<L>,
    /// Returned this week, by collector.
    pub returned: Vec<L>,
    /// Collected beyond what price brings this week, by collector.
    pub pushed: Vec<L>,
    /// What may be collected this week, by facility: only collectors' places are read.
    pub within_reach: Vec<L>,
}

impl<L: Lane> Plants<L> {
    pub(crate) fn at_reference(network: &Network, replicates: &Replicates<L>) -> Self {
        let n = network.ventures.len();
        let weekly = |rate: f64| (replicates.behaviour.demand_growth * (rate / 52.0)).exp();
        let some = |n: usize| if network.ventures.is_empty() { 0 } else { n };
        let installed = |(a, v): (usize, &Venture)| {
            L::splat(if v.status == Status::Running { network.agents[a].capacity } else { 0.0 })
        };
        Self {
            installed: if n == 0 {
                network.agents[..network.facilities].iter().map(|a| L::splat(a.capacity)).collect()
            } else {
                network.ventures.iter().enumerate().map(installed).collect()
            },
            adding: zeros(n),
            work: zeros(n),
            thirds: zeros(3 * n),
            growth: if replicates.trends {
                network.agents.iter().map(|a| weekly(a.outlook)).collect()
            } else {
                Vec::new()
            },
            order_growth: if replicates.trends {
                network.outputs.iter().map(|o| weekly(o.outlook)).collect()
            } else {
                Vec::new()
            },
            running: ones(network.facilities),
            margin: network.agents[..n]
                .iter()
                .map(|agent| L::splat(margin_at_rest(network, agent)))
                .collect(),
            owner_margin: zeros(network.owners.len()),
            losing: zeros(n),
            idle: zeros(n),
            restart: zeros(n),
            closed: zeros(n),
            book: zeros(n),
            capital: zeros(n),
            restarting: zeros(n),
            closing: zeros(n),
            price_outlook: network.outputs[..some(network.outputs.len())]
                .iter()
                .map(|o| L::splat(network.commodities[o.commodity.at()].reference_price))
                .collect(),
            cost_outlook: network.inputs[..some(network.inputs.len())]
                .iter()
                .map(|i| L::splat(i.reference_price))
                .collect(),
            price_asked: network.outputs[..some(network.outputs.len())]
                .iter()
                .map(|o| L::splat(network.commodities[o.commodity.at()].reference_price))
                .collect(),
            cost_asked: network.inputs[..some(network.inputs.len())]
                .iter()
                .map(|i| L::splat(i.reference_price))
                .collect(),
            sums: zeros(some(2 * network.outputs.len())),
        }
    }
}

/// Revenue over cash cost at reference prices.
fn margin_at_rest(network: &Network, agent: &Agent) -> f64 {
    let revenue: f64 = network
        .outputs_of(agent)
        .map(|o| &network.outputs[o])
        .map(|o| o.per_activity * (1.0 - o.surplus_share) * o.reference_price)
        .sum();
    let bought: f64 = network
        .inputs_of(agent)
        .map(|i| &network.inputs[i])
        .map(|i| i.per_activity * i.reference_price)
        .sum();
    revenue / (agent.own_cost_usd + bought).max(TINY)
}

impl<L: Lane> Returns<L> {
    pub(crate) fn at_reference(network: &Network) -> Self {
        let cohorts = || network.collectors.iter().flat_map(|c| &c.cohorts);
        Self {
            ages: cohorts().flat_map(|c| c.at_reference()).map(L::splat).collect(),
            returned: zeros(network.collectors.len()),
            pushed: zeros(network.collectors.len()),
            within_reach: zeros(if network.collectors.is_empty() { 0 } else { network.facilities }),
        }
    }
}
