//! Posted prices, and what inputs are worth.

use crate::state::{Reference, clip, least, most, positive};
use chokepoint_core::lanes::{exp, ln};

/// Price over the cost anchor under which a seller would not run.
const STANDS_STILL: f64 = 0.85 - 0.15;

/// Cash cost of a converter over its price at the reference level.
const CASH_COST: f64 = 0.94;
/// Least net-back that counts, share of the reference price.
const LEAST_WORTH: f64 = 0.02;

/// What cover and unmet orders do to a log price.
fn pressure(stock: f64, target: f64, asked: f64, shipped: f64) -> f64 {
    clip(ln(target / stock), -0.7, 1.0) + clip(ln(asked / shipped), 0.0, 1.0)
}

impl Reference<'_> {
    /// What sellers ask by themselves.
    pub(super) fn ask(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (o, output) in network.outputs.iter().enumerate() {
            let offer = &mut self.offers[o];
            let tiny = 1e-9 * output.base_orders + 1e-12;
            let asked = offer.contract + offer.spot + offer.speculation;
            let coming = offer.expected + tiny;
            let wanted = offer.cover * offer.expected + coming;
            let x = pressure(offer.stock + coming, wanted, asked + tiny, offer.shipped + tiny);
            let anchor = ln(self.cost_ratio[output.agent.at()] * output.reference_price);
            let usual_cost = anchor + behaviour.pass_through * (ln(offer.slow_anchor) - anchor);
            let expected = ln(offer.slow_price) - usual_cost;
            offer.asking = anchor + behaviour.expectation_weight * expected + behaviour.price_response * x;
        }
    }

    /// Sellers of a good that is quoted move towards what the country asks that sells most of it.
    pub(super) fn follow(&mut self) {
        let weight = self.replicates.behaviour.benchmark_weight;
        for benchmark in &self.network.benchmarks {
            let log_reference = |o: usize| ln(self.network.outputs[o].reference_price);
            let risen: f64 = benchmark
                .makers
                .iter()
                .map(|maker| {
                    let o = maker.output.at();
                    maker.share * (self.offers[o].asking - log_reference(o))
                })
                .sum();
            let held: Vec<f64> = benchmark
                .exports
                .iter()
                .map(|links| {
                    let trades = links.iter().map(|(l, share)| (&self.trades[l.at()], share));
                    trades.map(|(trade, share)| share * trade.part * self.depth(trade.size)).sum()
                })
                .collect();
            let makers = benchmark.makers.iter().map(|maker| (maker.output.at(), weight));
            let others = benchmark.followers.iter().map(|other| {
                let bound = other.sells.iter().fold(0.0, |bound, (region, _)| most(bound, held[*region]));
                (other.output.at(), weight * positive(1.0 - bound))
            });
            let moves: Vec<(usize, f64)> = makers.chain(others).collect();
            for (o, weight) in moves {
                let benchmark = log_reference(o) + risen;
                let asking = &mut self.offers[o].asking;
                *asking += weight * (benchmark - *asking);
            }
        }
    }

    /// Sellers post next week's prices.
    pub(super) fn post(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (o, output) in network.outputs.iter().enumerate() {
            let offer = &mut self.offers[o];
            let tiny = 1e-9 * output.base_orders + 1e-12;
            let anchor = ln(self.cost_ratio[output.agent.at()] * output.reference_price);
            let before = ln(offer.price);
            let price = exp(before + behaviour.price_speed * (offer.asking - before));
            let worth = (offer.bids + tiny) / (offer.by_worth + tiny / offer.price);
            let price = least(price, most(worth, exp(anchor) * STANDS_STILL));
            let a = output.agent.at();
            let agent = &network.agents[a];
            let alone = network.outputs_of(agent).filter(|o| network.outputs[*o].drives).count() == 1;
            let converts = !agent.inputs.is_empty() && output.drives && alone;
            let price = if converts { most(price, exp(anchor) * CASH_COST) } else { price };
            let newcomer = network.agents[a].base_activity == 0.0 && self.plants[a].adding > 0.0;
            let price = if newcomer { offer.bid } else { price };
            offer.trend += behaviour.trend_speed * (ln(price) - before - offer.trend);
            offer.price = price;
            offer.slow_price += behaviour.expectation_speed * (price - offer.slow_price);
            offer.slow_anchor += behaviour.expectation_speed * (exp(anchor) - offer.slow_anchor);
            offer.acceptable_price = price + behaviour.pass_through * positive(worth - price);
        }
    }

    /// What an input is worth to its buyer: what its outputs earn less all other costs.
    pub(super) fn value(&mut self) {
        let network = self.network;
        for agent in &network.agents[..network.facilities] {
            let mut margin = -agent.own_cost_usd;
            for o in network.outputs_of(agent) {
                let output = &network.outputs[o];
                margin +=
                    self.offers[o].acceptable_price * (output.per_activity * (1.0 - output.surplus_share));
            }
            for i in network.inputs_of(agent) {
                let s = &self.stocks[i];
                margin -= s.paid * s.intensity * network.inputs[i].per_activity;
            }
            for i in network.inputs_of(agent) {
                let (s, input) = (&mut self.stocks[i], &network.inputs[i]);
                let worth = s.paid + margin / (s.intensity * input.per_activity);
                s.worth = positive(worth);
                s.inverse_worth = 1.0 / most(worth, LEAST_WORTH * input.reference_price);
            }
        }
    }
}
