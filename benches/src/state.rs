//! The chain in plain structs, and the arithmetic of its rules.

use chokepoint_core::id::{LinkId, RegionId};
use chokepoint_core::network::{Link, Network};
use chokepoint_core::plan::{Plan, Replicates};

/// What a buyer holds of one commodity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stock {
    /// What it is offered for this quarter.
    pub(crate) offered: f64,
    pub(crate) stock: f64,
    pub(crate) cover: f64,
    pub(crate) target: f64,
    pub(crate) in_transit: f64,
    pub(crate) arrived: f64,
    pub(crate) intensity: f64,
    pub(crate) potential: f64,
    /// What its user does without, the most so far, and use over that of the design.
    pub(crate) given: f64,
    pub(crate) most_given: f64,
    pub(crate) stretch: f64,
    /// Activity that it allows, and how deep its lines have drawn.
    pub(crate) possible: f64,
    pub(crate) depth: f64,
    pub(crate) short_use: f64,
    pub(crate) long_use: f64,
    pub(crate) usual_use: f64,
    pub(crate) ordered: f64,
    /// What is at stake on a tonne over its price, of who is ranked, and how much a tonne of the order weighs.
    pub(crate) stake: Option<f64>,
    pub(crate) rank: f64,
    pub(crate) bought: f64,
    pub(crate) paid: f64,
    pub(crate) fill: f64,
    pub(crate) worth: f64,
    pub(crate) inverse_worth: f64,
    pub(crate) log_offer: f64,
    pub(crate) trend: f64,
    /// Factor by which its buyer expects use to grow in a week.
    pub(crate) growth: f64,
    /// What investors reckon that it is offered for.
    pub(crate) outlook: f64,
    /// Bought abroad this week, before tariffs and freight.
    pub(crate) imported: f64,
    pub(crate) traces: Vec<f64>,
    pub(crate) traces_in_transit: Vec<f64>,
}

/// What a seller holds of one commodity, and what it asks for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    /// What buyers are asked this quarter.
    pub(crate) bid: f64,
    /// Logarithm of the price towards which the seller moves.
    pub(crate) asking: f64,
    pub(crate) stock: f64,
    pub(crate) cover: f64,
    pub(crate) expected: f64,
    pub(crate) usual: f64,
    /// Orders beyond what it expects, and short of it, smoothed.
    pub(crate) missed: f64,
    pub(crate) wasted: f64,
    pub(crate) price: f64,
    pub(crate) slow_price: f64,
    pub(crate) slow_anchor: f64,
    pub(crate) acceptable_price: f64,
    pub(crate) trend: f64,
    pub(crate) contract: f64,
    pub(crate) spot: f64,
    pub(crate) speculation: f64,
    pub(crate) bids: f64,
    pub(crate) by_worth: f64,
    pub(crate) put: f64,
    pub(crate) shipped: f64,
    /// Levels at which contracts and spot orders are served.
    pub(crate) for_contracts: f64,
    pub(crate) for_spot: f64,
    /// Factor by which its seller expects orders to grow in a week.
    pub(crate) growth: f64,
    /// What investors reckon that its buyers are offered it for.
    pub(crate) outlook: f64,
    /// What buyers would pay for it, and how much of it, added up in a review of plants.
    pub(crate) reckoned: f64,
    pub(crate) reckoned_for: f64,
    /// Sold abroad this week, before tariffs and freight.
    pub(crate) exported: f64,
    pub(crate) traces: Vec<f64>,
}

/// One link.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trade {
    pub(crate) share: f64,
    pub(crate) reliability: f64,
    /// What may ship; in a review, what the choice of suppliers weighs.
    pub(crate) order: f64,
    pub(crate) asked: f64,
    pub(crate) sent: f64,
    pub(crate) pipe: Vec<f64>,
    /// Weeks of qualification left, of a supplier that is not qualified at the reference level.
    pub(crate) qualification: Option<f64>,
    pub(crate) controlled: bool,
    /// Long-run orders until a cap is known, grown by the outlook since.
    pub(crate) normal: f64,
    pub(crate) known: f64,
    /// In which part of the week a cap stands, and its size there.
    pub(crate) part: f64,
    pub(crate) size: f64,
    pub(crate) leak: f64,
    /// Share of the trade of its good from its country to others that a cap on it leaves free.
    pub(crate) free: f64,
    pub(crate) premium: f64,
    pub(crate) legal: f64,
    pub(crate) leaked: f64,
    /// Of what was sent, what came round the caps.
    pub(crate) round: f64,
    pub(crate) detour: Vec<f64>,
}

/// Buyers of a controlled good in one region.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) market: usize,
    pub(crate) region: RegionId,
    /// Each with the value at stake and its controlled links.
    pub(crate) buyers: Vec<(usize, f64, Vec<usize>)>,
    pub(crate) links: Vec<usize>,
    pub(crate) log_quote: f64,
}

/// Who speculates on one seller's goods.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trader {
    pub(crate) stock: f64,
    pub(crate) order: f64,
    pub(crate) bought: f64,
    pub(crate) sold: f64,
    pub(crate) traces: Vec<f64>,
}

/// A design that gives way to price.
#[derive(Clone, Debug)]
pub(crate) struct Design {
    pub(crate) decided: f64,
    pub(crate) intensity: f64,
    pub(crate) least: f64,
}

/// The chain in plain structs.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    pub(crate) network: &'a Network,
    pub(crate) plan: &'a Plan,
    pub(crate) replicates: &'a Replicates<f64>,
    pub(crate) stocks: Vec<Stock>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) trades: Vec<Trade>,
    pub(crate) homes: Vec<f64>,
    pub(crate) spots: Vec<Spot>,
    pub(crate) spot_of: Vec<Option<usize>>,
    pub(crate) traders: Vec<Trader>,
    pub(crate) designs: Vec<Design>,
    pub(crate) plants: Vec<Plant>,
    pub(crate) goods: Vec<Goods>,
    pub(crate) activity: Vec<f64>,
    pub(crate) wanted: Vec<f64>,
    pub(crate) cost_ratio: Vec<f64>,
    pub(crate) backlog: Vec<f64>,
    pub(crate) reference_cost: Vec<f64>,
}

pub(crate) fn positive(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}
pub(crate) fn least(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
pub(crate) fn most(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
pub(crate) fn clip(x: f64, low: f64, high: f64) -> f64 {
    least(most(x, low), high)
}
pub(crate) fn beyond(x: f64, band: f64) -> f64 {
    positive(x - band) - positive(-x - band)
}

/// One facility in the long run.
#[derive(Clone, Debug)]
pub(crate) struct Plant {
    /// Activity a week that stands.
    pub(crate) installed: f64,
    /// Activity a week of a project under construction, and the weeks of work in it.
    pub(crate) adding: f64,
    pub(crate) work: f64,
    /// Additions to a plant that stands, by thirds of the way to their completion.
    pub(crate) thirds: [f64; 3],
    pub(crate) running: bool,
    pub(crate) closed: bool,
    pub(crate) margin: f64,
    /// Weeks of losses in a row, of being idle, and of restart work left.
    pub(crate) losing: f64,
    pub(crate) idle: f64,
    pub(crate) restart: f64,
    /// What additions have cost and is not written off.
    pub(crate) book: f64,
    /// This week: spent on capacity, spent on a restart, lost by closing.
    pub(crate) capital: f64,
    pub(crate) restarting: f64,
    pub(crate) closing: f64,
}

/// Goods in use that one collector will find: tonnes of scrap by cohort and age.
#[derive(Clone, Debug)]
pub(crate) struct Goods {
    pub(crate) cohorts: Vec<Vec<f64>>,
}

/// Of each capped link: share of the trade of its good from its country to others that the cap leaves free.
pub(crate) fn free(network: &Network, capped: &[LinkId]) -> Vec<f64> {
    let good = |link: &Link| {
        let seller = &network.outputs[link.seller.at()];
        let country = |agent: chokepoint_core::id::AgentId| network.agents[agent.at()].country;
        let (home, buyer) = (country(seller.agent), country(network.inputs[link.buyer.at()].agent));
        (home != buyer).then_some((home, seller.commodity))
    };
    let capped: Vec<&Link> = capped.iter().map(|link| &network.links[link.at()]).collect();
    let of = |link: &&Link| {
        let Some(own) = good(link) else { return 0.0 };
        let flow = |other: &&&Link| good(other) == Some(own);
        let all: f64 = network.links.iter().filter(|other| flow(&other)).map(|other| other.base_flow).sum();
        let closed: f64 = capped.iter().filter(|other| flow(other)).map(|other| other.base_flow).sum();
        positive(1.0 - closed / all)
    };
    capped.iter().map(of).collect()
}
