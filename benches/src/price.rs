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
    /// Sellers post next week's prices.
    pub(super) fn post(&mut self) {
        let (network, behaviour) = (self.network, &self.replicates.behaviour);
        for (o, output) in network.outputs.iter().enumerate() {
            let offer = &mut self.offers[o];
            let tiny = 1e-9 * output.base_orders + 1e-12;
            let users = offer.contract + offer.spot;
            let asked = users + offer.speculation;
            let coming = offer.expected + tiny;
            let wanted = offer.cover * offer.expected + coming;
            let x = pressure(offer.stock + coming, wanted, asked + tiny, offer.shipped + tiny);
            let anchor = ln(self.cost_ratio[output.agent.at()] * output.reference_price);
            let usual_cost = anchor + behaviour.pass_through * (ln(offer.slow_anchor) - anchor);
            let expected = ln(offer.slow_price) - usual_cost;
            let target = anchor + behaviour.expectation_weight * expected + behaviour.price_response * x;
            let before = ln(offer.price);
            let price = exp(before + behaviour.price_speed * (target - before));
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
