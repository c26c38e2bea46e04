//! Orders, traders, controls, shipping and the choice of suppliers.

use crate::make::{HALF_POINT, HALF_WIDTH};
use crate::state::{Reference, Stock, beyond, clip, least, most, positive};
use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::{Input, Role};
use chokepoint_core::time::REVIEW_WEEKS;
use chokepoint_core::time::{SPIN_UP_WEEKS, Week};

/// Weeks over which a plant that is new fills its stocks.
const FIRST_FILL_WEEKS: f64 = 13.0;
/// Weeks over which a trend is carried on.
const HORIZON_WEEKS: f64 = 26.0;
/// Least and greatest hoarding, share of cover.
const LEAST_HOARD: f64 = -0.2;
const GREATEST_HOARD: f64 = 3.3;
/// Least share of an order that its buyer needs.
const LEAST_NEED: f64 = 1e-6;
/// Level at which everybody is served in full.
const PLENTY: f64 = 1e300;

fn hoarding(expected_rise: f64, behaviour: &Behaviour<f64>) -> f64 {
    behaviour.hoarding * beyond(expected_rise, behaviour.hoarding_band)
}

/// Weeks of long-run use that a buyer wants in stock now.
fn wanted_cover(s: &Stock, input: &Input, behaviour: &Behaviour<f64>) -> f64 {
    let expected_rise = s.trend * (HORIZON_WEEKS * input.speculation);
    let missing = positive(behaviour.reliability_threshold - s.fill);
    let hoard = hoarding(expected_rise, behaviour) + behaviour.hoarding_fill * missing;
    let hoard = clip(hoard, LEAST_HOARD, GREATEST_HOARD);
    let costlier = s.log_offer - ln(input.reference_price);
    let destocking = clip(exp(-(behaviour.stock_elasticity * costlier)), 0.25, 1.25);
    s.cover * destocking * (1.0 + hoard)
}

/// Level at which what there is serves orders, each with the weight of a tonne: whoever has the greatest weight is served in full
/// as long as that leaves enough.
fn level(mut orders: Vec<(f64, f64)>, there_is: f64) -> f64 {
    if there_is >= orders.iter().map(|(order, _)| order).sum() {
        return PLENTY;
    }
    orders.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (mut left, mut level) = (there_is, 0.0);
    for place in 0..orders.len() {
        let (order, rank) = orders[place];
        let weights: f64 = orders[place..].iter().map(|(order, rank)| order * rank).sum();
        // those before are served in full, whatever rounding leaves
        level = most(left / most(weights, 1e-300), level);
        if level * rank < 1.0 {
            break;
        }
        level = 1.0 / rank;
        left -= order;
    }
    level
}

/// What a buyer bought, for how much, and how much of its orders was filled.
fn book(s: &mut Stock, input: &Input, behaviour: &Behaviour<f64>, bought: f64, bill: f64) {
    let tiny = 1e-9 * input.base_use + 1e-12;
    let seen = (bought + tiny) / (s.ordered + tiny);
    if input.base_use > 0.0 || s.ordered > 0.0 {
        s.fill += behaviour.reliability_speed * (seen - s.fill);
    }
    s.bought = bought;
    s.in_transit += bought;
    let weight = behaviour.paid_price_speed * (bought / (bought + (0.1 * input.base_use + 1e-12)));
    let price = (bill + s.paid * 1e-12) / (bought + 1e-12);
    s.paid += weight * (price - s.paid);
}

impl Reference<'_> {
    /// Buyers order expected use, which grows, and a share of the gap to their target.
    pub(super) fn order(&mut self, week: Week) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (i, input) in network.inputs.iter().enumerate() {
            let s = &mut self.stocks[i];
            if !matches!(network.agents[input.agent.at()].role, Role::Reserve) {
                if week >= SPIN_UP_WEEKS {
                    s.short_use *= s.growth;
                    s.long_use *= s.growth;
                    s.usual_use *= s.growth;
                }
                s.usual_use += behaviour.usual_speed * (s.potential - s.usual_use);
                let remembered = if input.base_use > 0.0 { behaviour.usual_weight } else { 0.0 };
                let planned = s.potential + remembered * (s.usual_use - s.potential);
                s.short_use += behaviour.forecast_speed * (planned - s.short_use);
                s.long_use += behaviour.long_run_speed * (planned - s.long_use);
                s.target = wanted_cover(s, input, behaviour) * s.long_use;
                let wanted = s.target + s.long_use * (input.mean_lag - 1.0);
                let gap = wanted - s.stock - s.in_transit;
                let limit = behaviour.order_flexibility * s.long_use;
                let change = if input.base_use > 0.0 {
                    least(gap / behaviour.adjustment_weeks, limit)
                } else {
                    gap * (1.0 / FIRST_FILL_WEEKS)
                };
                s.ordered = positive(s.short_use + most(change, -limit));
            }
            let need = clip(s.potential / most(s.ordered, 1e-300), LEAST_NEED, 1.0);
            s.rank = s.stake.map_or(1.0, |stake| stake * need);
            for l in network.links_of(input) {
                self.trades[l].order = self.trades[l].share * s.ordered;
            }
        }
    }

    /// Traders load when their market's prices rise and unload slowly.
    pub(super) fn speculate(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for market in &network.trader_markets {
            let (mut trend, mut size) = (0.0, 1e-300);
            for output in &network.traded[market.clone()] {
                let weight = network.outputs[output.at()].base_orders;
                trend += (self.offers[output.at()].trend * HORIZON_WEEKS) * weight;
                size += weight;
            }
            let hoard = clip(hoarding(trend * (1.0 / size), behaviour), 0.0, GREATEST_HOARD);
            for t in market.clone() {
                let o = network.traded[t].at();
                let trader = &mut self.traders[t];
                let gap = behaviour.trader_weeks * hoard * network.outputs[o].base_orders - trader.stock;
                trader.order = positive(gap) / behaviour.trader_load_weeks;
                trader.sold = least(positive(-gap) / behaviour.trader_unload_weeks, trader.stock);
                trader.stock -= trader.sold;
                self.offers[o].stock += trader.sold;
            }
        }
    }

    /// Caps cut orders on controlled links; part of what they refuse leaks.
    pub(super) fn control(&mut self, week: Week) {
        let depths: Vec<f64> = self.trades.iter().map(|trade| self.depth(trade.size)).collect();
        for ((trade, link), depth) in self.trades.iter_mut().zip(&self.network.links).zip(depths) {
            trade.asked = trade.order;
            trade.legal = trade.order;
            if trade.controlled {
                let buyer = &self.stocks[link.buyer.at()];
                if trade.known < f64::from(week) {
                    trade.normal *= if week >= SPIN_UP_WEEKS { buyer.growth } else { 1.0 };
                } else {
                    trade.normal = trade.share * buyer.long_use;
                }
                let beyond = (1.0 - depth) * positive(trade.asked - trade.normal);
                let capped = least(trade.asked, positive(1.0 - trade.size) * trade.normal + beyond);
                let capped = if trade.size > 0.0 { capped } else { trade.asked };
                trade.legal = trade.part * capped + (1.0 - trade.part) * trade.asked;
                trade.leaked = trade.part * trade.leak * (trade.asked - capped);
            }
        }
    }

    /// Sellers add up what may ship and ration it; traders get what users leave.
    pub(super) fn sell(&mut self, week: Week) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for offer in &mut self.offers {
            (offer.contract, offer.spot, offer.bids, offer.by_worth) = (0.0, 0.0, 0.0, 0.0);
        }
        let mut asked_for = vec![(Vec::new(), Vec::new()); self.offers.len()];
        for (link, trade) in network.links.iter().zip(&self.trades) {
            let contract = least(trade.legal, link.contract_share * link.base_flow);
            let offer = &mut self.offers[link.seller.at()];
            let buyer = &self.stocks[link.buyer.at()];
            let (contracts, spot) = &mut asked_for[link.seller.at()];
            contracts.push((contract, buyer.rank));
            spot.push((trade.order - contract, buyer.rank));
            offer.contract += contract;
            offer.spot += trade.order - contract;
            let x =
                clip((buyer.worth / offer.price - (HALF_POINT - HALF_WIDTH)) * (0.5 / HALF_WIDTH), 0.0, 1.0);
            let bid = trade.order * (x * x * (3.0 - x * 2.0));
            offer.bids += bid;
            offer.by_worth += bid * buyer.inverse_worth;
        }
        let orders = asked_for.into_iter().zip(&network.outputs);
        for (offer, ((contracts, spot), output)) in self.offers.iter_mut().zip(orders) {
            let asked = offer.contract + offer.spot;
            offer.shipped = least(asked, offer.stock);
            let for_contract = least(offer.shipped, offer.contract);
            offer.for_contracts = level(contracts, for_contract);
            offer.for_spot = level(spot, offer.shipped - for_contract);
            offer.stock -= offer.shipped;
            if week >= SPIN_UP_WEEKS {
                offer.expected *= offer.growth;
                offer.usual *= offer.growth;
            }
            let error = asked - offer.expected;
            offer.missed += 0.2 * (positive(error) - offer.missed);
            offer.wasted += 0.2 * (positive(-error) - offer.wasted);
            let size =
                offer.missed + offer.wasted + offer.expected * 0.05 + (1e-9 * output.base_orders + 1e-12);
            let low = clip((offer.missed / size - 0.6) * (1.0 / (1.0 - 0.6)), 0.0, 1.0);
            offer.usual += behaviour.usual_speed * (asked - offer.usual);
            let remembered =
                if output.base_orders > 0.0 { behaviour.usual_weight * (1.0 - low) } else { 0.0 };
            let heard = asked + remembered * (offer.usual - asked);
            offer.expected += most(behaviour.forecast_speed, low * 0.5) * (heard - offer.expected);
        }
        for (trader, output) in self.traders.iter_mut().zip(&network.traded) {
            let offer = &mut self.offers[output.at()];
            let bought = least(trader.order, positive(offer.stock - offer.expected));
            trader.bought = bought;
            trader.stock += bought;
            offer.stock -= bought;
            offer.shipped += bought;
            offer.speculation = bought;
        }
    }

    /// Goods enter transit; buyers book them and see what is asked; trade between regions is added up.
    pub(super) fn buy(&mut self, week: Week) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for offer in &mut self.offers {
            offer.exported = 0.0;
        }
        let quotes: Vec<f64> = (0..network.links.len()).map(|l| self.quote(l)).collect();
        for (i, input) in network.inputs.iter().enumerate() {
            let (mut bought, mut bill, mut offered, mut offers) = (0.0, 0.0, 0.0, 0.0);
            let mut imported = 0.0;
            for l in network.links_of(input) {
                let (link, trade) = (&network.links[l], &mut self.trades[l]);
                let offer = &self.offers[link.seller.at()];
                let contract = least(trade.legal, link.contract_share * link.base_flow);
                let rank = self.stocks[i].rank;
                let fill = least(offer.for_spot * rank, 1.0);
                let by_contract = contract * least(offer.for_contracts * rank, 1.0);
                let by_spot = (trade.legal - contract) * fill;
                let mut cost = by_contract * offer.slow_price + by_spot * offer.price;
                let mut departs = by_contract + by_spot;
                trade.sent = departs;
                let posted = offer.price;
                let quoted = posted * most(quotes[l], 1.0 + trade.premium);
                if trade.controlled {
                    let leaked = trade.leaked * fill;
                    cost += leaked * quoted;
                    trade.sent += leaked;
                    trade.round = leaked;
                    // a third country is a while on the way
                    departs += if trade.detour.is_empty() {
                        leaked
                    } else {
                        let slot = week as usize % trade.detour.len();
                        core::mem::replace(&mut trade.detour[slot], leaked)
                    };
                }
                if link.foreign {
                    imported += cost;
                    self.offers[link.seller.at()].exported += cost;
                }
                bought += trade.sent;
                bill += cost * (1.0 + link.tariff) + trade.sent * link.freight;
                offered += trade.legal + trade.leaked;
                let at_spot = trade.legal * posted + trade.leaked * quoted;
                offers += at_spot * (1.0 + link.tariff) + (trade.legal + trade.leaked) * link.freight;
                let tiny = 1e-9 * link.base_flow + 1e-12;
                let seen = (trade.sent + tiny) / (trade.asked + tiny);
                trade.reliability += behaviour.reliability_speed * (seen - trade.reliability);
                trade.pipe[(week % link.lag_weeks) as usize] = departs;
            }
            let s = &mut self.stocks[i];
            s.imported = imported;
            book(s, input, behaviour, bought, bill);
            let before = s.log_offer;
            if offered > 0.0 {
                s.log_offer = ln(offers / most(offered, 1e-300));
            }
            s.trend += behaviour.trend_speed * (s.log_offer - before - s.trend);
        }
    }

    /// Every four weeks: supplier shares move towards what price, reliability and capacity suggest.
    pub(super) fn choose_suppliers(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for input in &network.inputs {
            let mut mean = 0.0;
            for l in network.links_of(input) {
                let quote = self.quote(l);
                let (link, trade) = (&network.links[l], &mut self.trades[l]);
                let posted = self.offers[link.seller.at()].price;
                let quoted = posted * most(quote, 1.0 + trade.premium);
                let round = trade.leaked / most(trade.legal + trade.leaked, 1e-300);
                let posted = posted + round * (quoted - posted);
                let delivered = posted * (1.0 + link.tariff) + link.freight;
                trade.order = ln(delivered * (1.0 / link.usual_price));
                mean += trade.share * trade.order;
            }
            let mut total = 0.0;
            for l in network.links_of(input) {
                let (link, trade) = (&network.links[l], &mut self.trades[l]);
                let relative = beyond(trade.order - mean, behaviour.sourcing_price_band);
                let unreliable = positive(behaviour.reliability_threshold - trade.reliability);
                let choice =
                    -(behaviour.sourcing_price * relative) - behaviour.sourcing_reliability * unreliable;
                let usual = match trade.qualification {
                    None => link.base_share,
                    Some(left) if left > 0.0 => 0.0,
                    Some(_) => link.entry_share,
                };
                let seller = network.outputs[link.seller.at()].agent.at();
                let open = self.plants[seller].open(network.agents[seller].capacity);
                trade.order = exp(choice) * usual * open;
                total += trade.order;
            }
            let per_review = f64::from(REVIEW_WEEKS) / input.switching_weeks;
            let speed = least(behaviour.sourcing_speed * per_review, 1.0);
            let scale = 1.0 / most(total, 1e-300);
            for l in network.links_of(input) {
                let trade = &mut self.trades[l];
                trade.share += speed * (trade.order * scale - trade.share);
            }
        }
    }

    /// Every four weeks: a shortage, or a project that is being built, starts the qualification of other suppliers,
    /// which is then carried through. Nobody can test what neither stands nor is being built.
    pub(super) fn qualify(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (trade, link) in self.trades.iter_mut().zip(&network.links) {
            if let Some(left) = &mut trade.qualification {
                let i = link.buyer.at();
                let all = network.inputs[i].qualification_weeks / behaviour.qualification_speed;
                let seller = network.outputs[link.seller.at()].agent.at();
                let exists = self.plants[seller].installed + self.plants[seller].adding > 0.0;
                let new = network.agents[seller].base_activity <= 0.0;
                let short = self.stocks[i].fill < behaviour.qualification_trigger;
                if exists && (new || short || *left < all) {
                    *left = positive(*left - f64::from(REVIEW_WEEKS));
                }
            }
        }
    }
}
