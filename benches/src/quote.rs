//! What comes round caps, and its quote, in plain structs.

use crate::state::{Reference, Spot, Stock, clip, least, most, positive};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::{Network, Role};
use chokepoint_core::phase::quote::GIVES_UP;
use chokepoint_core::plan::Plan;
use chokepoint_core::state::stakes;

/// The spot markets of a plan, and the place among them of each controlled link.
pub(crate) fn spots(network: &Network, plan: &Plan) -> (Vec<Spot>, Vec<Option<usize>>) {
    let stakes = stakes(network);
    let (mut spots, mut of): (Vec<Spot>, _) = (Vec::new(), vec![None; network.links.len()]);
    for controlled in &plan.controlled {
        let (Some(market), l) = (controlled.market, controlled.link.at()) else { continue };
        let i = network.links[l].buyer.at();
        let buyer = &network.agents[network.inputs[i].agent.at()];
        let here = |spot: &Spot| spot.market == market && spot.region == buyer.region;
        let s = spots.iter().position(here).unwrap_or_else(|| {
            let (buyers, links) = (Vec::new(), Vec::new());
            spots.push(Spot { market, region: buyer.region, buyers, links, log_quote: 0.0 });
            spots.len() - 1
        });
        of[l] = Some(s);
        spots[s].links.push(l);
        if matches!(buyer.role, Role::Reserve) {
            continue;
        }
        match spots[s].buyers.iter_mut().find(|(known, ..)| *known == i) {
            Some((.., links)) => links.push(l),
            None => spots[s].buyers.push((i, stakes[i], vec![l])),
        }
    }
    (spots, of)
}

/// Logarithm of the most that a buyer pays, over the home price.
fn log_most(s: &Stock, stake: f64, home: f64) -> f64 {
    let empty = positive(1.0 - s.stock / most(s.cover * s.long_use, 1e-300));
    let at_stake = ln(stake) - ln(home);
    least(at_stake, empty * at_stake)
}

fn taken((wants, log_most): (f64, f64), log_price: f64) -> f64 {
    wants * clip((log_most - log_price) / GIVES_UP, 0.0, 1.0)
}

/// The price at which bidders take no more than there is, as its logarithm over the home price.
fn clearing(bidders: &[(f64, f64)], supply: f64) -> f64 {
    let mut low = bidders.iter().fold(0.0, |low, (_, most)| least(low, most - GIVES_UP));
    let mut high = bidders.iter().filter(|(wants, _)| *wants > 0.0).fold(low, |high, (_, x)| most(high, *x));
    let all = |price: f64| -> f64 { bidders.iter().map(|bidder| taken(*bidder, price)).sum() };
    for _ in 0..12 {
        let middle = (low + high) * 0.5;
        (low, high) = if all(middle) > supply { (middle, high) } else { (low, middle) };
    }
    let between = |low: f64, high: f64| {
        let (too_much, least) = (all(low), all(high));
        low + clip((too_much - supply) / most(too_much - least, 1e-300), 0.0, 1.0) * (high - low)
    };
    for _ in 0..3 {
        let price = between(low, high);
        (low, high) = if all(price) > supply { (price, high) } else { (low, price) };
    }
    between(low, high)
}

impl Reference<'_> {
    /// eᵘ of what comes round caps on a link.
    pub(crate) fn quote(&self, l: usize) -> f64 {
        self.spot_of[l].map_or(1.0, |s| exp(self.spots[s].log_quote))
    }

    /// What comes round caps goes to those to whom it is worth most.
    pub(super) fn sell_round(&mut self) {
        let share = self.replicates.behaviour.sold_to_highest;
        for spot in &self.spots {
            let trades = &mut self.trades;
            let pool: f64 = spot.buyers.iter().flat_map(|(.., links)| links).map(|l| trades[*l].leaked).sum();
            if pool == 0.0 {
                continue;
            }
            let room = |l: &usize| {
                let (lacks, leaked) = (trades[*l].asked - trades[*l].legal, trades[*l].leaked);
                if leaked > 0.0 { most(lacks, leaked) } else { 0.0 }
            };
            let bidders: Vec<(f64, f64)> = spot
                .buyers
                .iter()
                .map(|(i, stake, links)| {
                    let home = self.homes[spot.market];
                    (links.iter().map(room).sum(), log_most(&self.stocks[*i], *stake, home))
                })
                .collect();
            let price = clearing(&bidders, pool);
            let all: f64 = bidders.iter().map(|bidder| taken(*bidder, price)).sum();
            for ((.., links), bidder) in spot.buyers.iter().zip(&bidders) {
                let gets = taken(*bidder, price) * (pool / most(all, 1e-300));
                let leaked: f64 = links.iter().map(|l| trades[*l].leaked).sum();
                let less = least(gets / most(leaked, 1e-300), 1.0);
                let more = least(positive(gets - leaked) / most(bidder.0 - leaked, 1e-300), 1.0);
                for l in links {
                    let trade = &mut trades[*l];
                    let lacks = positive(trade.asked - trade.legal - trade.leaked);
                    let room = if trade.leaked > 0.0 { lacks } else { 0.0 };
                    let mine = trade.leaked * less + room * more;
                    trade.leaked += share * (mine - trade.leaked);
                }
            }
        }
        for trade in self.trades.iter_mut().filter(|trade| trade.controlled) {
            trade.order = trade.legal + trade.leaked;
        }
    }

    /// The quotes move towards what clears the thin rest.
    pub(super) fn clear(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (m, market) in self.plan.markets.iter().enumerate() {
            let (mut home, mut was, mut flow) = (0.0, 0.0, 0.0);
            for link in market.links.iter().map(|link| &network.links[link.at()]) {
                home += self.offers[link.seller.at()].price * link.base_flow;
                was += network.outputs[link.seller.at()].reference_price * link.base_flow;
                flow += link.base_flow;
            }
            if flow > 0.0 {
                self.homes[m] = home / flow;
            }
            let home = self.homes[m];
            let country = |o: usize| network.agents[network.outputs[o].agent.at()].country;
            let sellers: Vec<_> =
                market.links.iter().map(|l| country(network.links[l.at()].seller.at())).collect();
            let free = |o: &usize| {
                network.outputs[*o].commodity == market.commodity && !sellers.contains(&country(*o))
            };
            let (mut rest, mut is, mut base) = (0.0, 0.0, 0.0);
            for o in (0..network.outputs.len()).filter(free) {
                let (offer, output) = (&self.offers[o], &network.outputs[o]);
                rest += positive(offer.stock - offer.cover * offer.expected);
                is += offer.price * output.base_orders;
                base += output.reference_price * output.base_orders;
            }
            for (trader, output) in self.traders.iter().zip(&network.traded) {
                if free(&output.at()) {
                    rest += trader.stock / behaviour.trader_unload_weeks;
                }
            }
            let reference = network.commodities[market.commodity.at()].reference_price;
            let was = if flow > 0.0 { was / flow } else { reference };
            let posted = if base > 0.0 { ln(is / base) - ln(home / was) } else { 0.0 };
            let lacking = |(i, _, links): &(usize, f64, Vec<usize>)| {
                let s = &self.stocks[*i];
                let came: f64 = links.iter().map(|l| self.trades[*l].round).sum();
                (positive(s.ordered * (1.0 - 1e-9) - (s.bought - came) - s.given * s.long_use), came)
            };
            let of_market = |spot: &&Spot| spot.market == m;
            let buyers = self.spots.iter().filter(of_market).flat_map(|spot| &spot.buyers);
            let all: f64 = buyers.map(|buyer| lacking(buyer).0).sum();
            let mut quotes = Vec::new();
            for spot in self.spots.iter().filter(of_market) {
                let flow: f64 = spot.links.iter().map(|l| network.links[*l].base_flow).sum();
                let binding = |l: &usize| {
                    let share = if flow > 0.0 {
                        network.links[*l].base_flow / flow
                    } else {
                        1.0 / spot.links.len() as f64
                    };
                    share * self.trades[*l].part * self.depth(self.trades[*l].size)
                };
                let binding: f64 = spot.links.iter().map(binding).sum();
                let bidders: Vec<(f64, f64)> = spot
                    .buyers
                    .iter()
                    .map(|buyer| (lacking(buyer).0, log_most(&self.stocks[buyer.0], buyer.1, home)))
                    .collect();
                let came: f64 = spot.buyers.iter().map(|buyer| lacking(buyer).1).sum();
                let mine: f64 = bidders.iter().map(|(wants, _)| wants).sum();
                let price = clearing(&bidders, came + rest * mine / most(all, 1e-300));
                let price = positive(most(least(price, ln(behaviour.quote_most)), posted));
                quotes.push(spot.log_quote + behaviour.price_speed * (binding * price - spot.log_quote));
            }
            let spots = self.spots.iter_mut().filter(|spot| spot.market == m);
            spots.zip(quotes).for_each(|(spot, quote)| spot.log_quote = quote);
        }
    }
}
