//! Prices outside the controlling country: what goods that come round a control are quoted at, by good and region.

use crate::id::{InputId, RegionId, to_u32};
use crate::lanes::{self, Lane, TINY};
use crate::network::{Network, Role};
use crate::plan::{Market, Plan};

/// "This link has no outside price."
pub const NO_MARKET: u32 = u32::MAX;

/// Controlled goods by their place in [`Plan::markets`], and in each the regions of their buyers.
#[derive(Clone, Debug)]
pub struct Markets<L> {
    /// What the controlled sellers post, weighted by flow at the reference level, by market.
    pub home_price: Vec<L>,
    /// The commodity's reference price, and the logarithm of the home price at the reference level.
    pub reference: Vec<(f64, f64)>,
    /// u of a market: mean over its regions, by how far controls bind on what they buy.
    pub gap: Vec<L>,
    /// The regions, market by market.
    pub spots: Vec<Spot>,
    /// Place of a controlled link's region in `spots`, or [`NO_MARKET`].
    pub spot_of: Vec<u32>,
    /// u: log of the quote over the home price, by region.
    pub log_quote: Vec<L>,
    /// eᵘ.
    pub quote: Vec<L>,
    /// Sellers that no event controls, by market.
    pub free: Vec<FreeSellers>,
    /// What came round controls and what is still lacking, by region, while it is reckoned.
    pub(crate) thin: Vec<(L, L)>,
    /// Bidders of one region, while they are compared.
    pub(crate) bidders: Vec<Bidder<L>>,
}

/// Buyers of a controlled good in one region.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Its market.
    pub market: usize,
    /// Where they buy.
    pub region: RegionId,
    /// The buyers; reserves are not among them.
    pub buyers: Vec<SpotBuyer>,
    /// The controlled links to them and to reserves, with their share of the flow at the reference level.
    pub links: Vec<(u32, f64)>,
    /// What they buy on those at the reference level, tonnes a week.
    pub flow: f64,
}

/// A buyer of a controlled good.
#[derive(Clone, Debug)]
pub struct SpotBuyer {
    /// What it buys.
    pub input: InputId,
    /// Logarithm of the value at stake, US dollars per tonne ([`stakes`]).
    pub log_stake: f64,
    /// Its controlled links, by their place.
    pub places: Vec<u32>,
}

/// Outputs of a market's good made in countries whose sales no event controls.
#[derive(Clone, Debug, Default)]
pub struct FreeSellers {
    /// The outputs.
    pub outputs: Vec<u32>,
    /// Traders in them, by place in [`Network::traded`].
    pub traders: Vec<u32>,
}

/// What one bids for, and the most that it pays.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bidder<L> {
    /// Tonnes a week.
    pub(crate) wants: L,
    /// Logarithm of the most that it pays, over the home price.
    pub(crate) log_most: L,
}

impl<L: Lane> Markets<L> {
    pub(crate) fn new(network: &Network, plan: &Plan) -> Self {
        let stakes = if plan.markets.is_empty() { Vec::new() } else { stakes(network) };
        let mut spots: Vec<Spot> = Vec::new();
        let mut spot_of = vec![NO_MARKET; plan.controlled.len()];
        for (place, controlled) in plan.controlled.iter().enumerate() {
            let Some(market) = controlled.market else { continue };
            let link = &network.links[controlled.link.at()];
            let buyer = network.buyer_of(link);
            let known = spots.iter().position(|s| s.market == market && s.region == buyer.region);
            let s = known.unwrap_or_else(|| {
                let (buyers, links) = (Vec::new(), Vec::new());
                spots.push(Spot { market, region: buyer.region, buyers, links, flow: 0.0 });
                spots.len() - 1
            });
            spot_of[place] = to_u32(s);
            let spot = &mut spots[s];
            spot.links.push((to_u32(place), link.base_flow));
            spot.flow += link.base_flow;
            if matches!(buyer.role, Role::Reserve) {
                continue;
            }
            match spot.buyers.iter_mut().find(|b| b.input == link.buyer) {
                Some(known) => known.places.push(to_u32(place)),
                None => spot.buyers.push(SpotBuyer {
                    input: link.buyer,
                    log_stake: lanes::ln(stakes[link.buyer.at()]),
                    places: vec![to_u32(place)],
                }),
            }
        }
        for spot in &mut spots {
            let all = if spot.flow > 0.0 { spot.flow } else { spot.links.len() as f64 };
            let share = |flow: f64| if spot.flow > 0.0 { flow / all } else { 1.0 / all };
            spot.links.iter_mut().for_each(|(_, flow)| *flow = share(*flow));
        }
        let reference: Vec<(f64, f64)> = plan.markets.iter().map(|m| reference(network, m)).collect();
        let n = spots.len();
        let most = spots.iter().map(|spot| spot.links.len().max(spot.buyers.len())).max();
        Self {
            home_price: reference.iter().map(|(price, _)| L::splat(*price)).collect(),
            gap: vec![L::zero(); reference.len()],
            reference,
            spot_of,
            log_quote: vec![L::zero(); n],
            quote: vec![L::one(); n],
            spots,
            free: plan.markets.iter().map(|m| free_sellers(network, m)).collect(),
            thin: vec![(L::zero(), L::zero()); n],
            bidders: Vec::with_capacity(most.unwrap_or(0)),
        }
    }

    /// eᵘ on a controlled link, 1 where there is no quote.
    #[inline(always)]
    pub fn markup(&self, place: usize) -> L {
        match self.spot_of[place] {
            NO_MARKET => L::one(),
            spot => self.quote[spot as usize],
        }
    }
}

/// A commodity's reference price, and the logarithm of what the controlled sellers post at the reference level, by flow.
fn reference(network: &Network, market: &Market) -> (f64, f64) {
    let price = network.commodities[market.commodity.at()].reference_price;
    let (mut home, mut flow) = (0.0, 0.0);
    for link in market.links.iter().map(|link| &network.links[link.at()]) {
        home += network.outputs[link.seller.at()].reference_price * link.base_flow;
        flow += link.base_flow;
    }
    (price, lanes::ln(if flow > 0.0 { home / flow } else { price }))
}

fn free_sellers(network: &Network, market: &Market) -> FreeSellers {
    let country = |o: usize| network.agents[network.outputs[o].agent.at()].country;
    let controlled = |o: usize| {
        let sellers = market.links.iter().map(|link| network.links[link.at()].seller.at());
        sellers.into_iter().any(|seller| country(seller) == country(o))
    };
    let outputs: Vec<u32> = (0..network.outputs.len())
        .filter(|o| network.outputs[*o].commodity == market.commodity && !controlled(*o))
        .map(to_u32)
        .collect();
    let traded = |t: &usize| outputs.contains(&network.traded[*t].0);
    let traders = (0..network.traded.len()).filter(traded).map(to_u32).collect();
    FreeSellers { outputs, traders }
}

/// The value at stake on a tonne of each input, US dollars: what is not earned without it, down to the final users.
///
/// ```text
/// stake(i) = worth(i)                                                       of a final producer
/// stake(i) = max(p₀(i), (Σ W(j)·c(j)·(1 − σ₀(j)) − own − Σ over k ≠ i of p₀(k)·c(k)) / c(i))     W(j): mean stake of its buyers, by flow
/// ```
/// All at the reference level. Who sells to nobody there has its reference price at stake.
pub fn stakes(network: &Network) -> Vec<f64> {
    let mut stakes: Vec<f64> = network.inputs.iter().map(|i| i.worth.max(i.reference_price)).collect();
    let mut sold: Vec<f64> = network.outputs.iter().map(|o| o.reference_price).collect();
    // what is at stake downstream reaches one stage further up each time; loops of scrap settle
    for _ in 0..2 * network.stages {
        let mut flow = vec![0.0; sold.len()];
        let mut worth = vec![0.0; sold.len()];
        for link in &network.links {
            flow[link.seller.at()] += link.base_flow;
            worth[link.seller.at()] += link.base_flow * stakes[link.buyer.at()];
        }
        for ((sold, worth), flow) in sold.iter_mut().zip(&worth).zip(&flow).filter(|(_, flow)| **flow > TINY)
        {
            *sold = worth / flow;
        }
        for agent in &network.agents[..network.facilities] {
            let earned = network.outputs_of(agent).fold(-agent.own_cost_usd, |sum, o| {
                let output = &network.outputs[o];
                sum + sold[o] * output.per_activity * (1.0 - output.surplus_share)
            });
            let cost = |i: usize| network.inputs[i].reference_price * network.inputs[i].per_activity;
            let margin = network.inputs_of(agent).fold(earned, |left, i| left - cost(i));
            for i in network.inputs_of(agent) {
                let input = &network.inputs[i];
                stakes[i] = input.reference_price.max(input.reference_price + margin / input.per_activity);
            }
        }
    }
    stakes
}
