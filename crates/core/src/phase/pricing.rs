//! Sellers move posted prices; buyers learn what their inputs are worth.
//!
//! In words and with its notation: docs/model.md#pricing.

use crate::lanes::{DUST, Lane, SMALL};
use crate::network::{Network, Output};
use crate::plan::Now;
use crate::state::{Agents, Inputs, Outputs, Plants, Policy};

/// Bounds of the log response to cover: prices fall slower than they rise.
const COVER_BOUNDS: (f64, f64) = (-0.7, 1.0);

/// Price over the cost anchor below which no cap goes: there the seller himself would are idle.
const STANDS_STILL: f64 = super::production::HALF_POINT - super::production::HALF_WIDTH;

/// Cash cost of a maker over its price at the reference level: the margin of a converter is a few per cent.
const CASH_COST: f64 = 0.94;

/// Least net-back that counts, share of the reference price.
const LEAST_WORTH: f64 = 0.02;

/// What each seller would ask next week by its own cost, expectations and stocks.
///
/// ```text
/// x   = clip(−ln((stock + e)/(cover·e + e)), −0.7, 1) + clip(ln(orders that may ship/shipped), 0, 1)
/// a   = p₀·cost/cost₀
/// ask = ln(a) + θ·(ln(p̄) − k_b·ln(ā) − (1 − k_b)·ln(a) + expected_rise) + γ·x
/// ```
/// What is expected is the usual price, or with `k_b` the usual price over cost: a maker then passes a costlier input on at the
/// speed at which prices are posted, not at that at which expectations move.
/// `expected_rise` is the log rise that was announced. For joint outputs the cost of the basket is anchored, not each product's. A
/// seller counts the coming week's output `e` with its stock: without it a line that keeps a week of stock would see a shortage
/// in every busy week.
#[inline(never)]
pub fn ask<L: Lane>(outputs: &mut Outputs<L>, agents: &Agents<L>, policy: &Policy<L>, now: Now<'_, L>) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    for (o, output) in network.outputs.iter().enumerate() {
        let tiny = L::splat(SMALL * output.base_orders + DUST);
        let users = outputs.contract_orders[o] + outputs.spot_orders[o];
        let asked = users + outputs.speculation[o];
        let coming = outputs.expected_orders[o] + tiny;
        let pressure = pressure(
            outputs.stock[o] + coming,
            outputs.cover[o] * outputs.expected_orders[o] + coming,
            asked + tiny,
            outputs.shipped[o] + tiny,
        );
        let anchor = (agents.cost_ratio[output.agent.at()] * output.reference_price).ln();
        let expected_rise = policy.expected_rise.get(o).copied().unwrap_or(L::zero());
        let usual_cost = anchor.towards(outputs.slow_anchor[o].ln(), behaviour.pass_through);
        let expected = outputs.slow_price[o].ln() - usual_cost + expected_rise;
        outputs.asking[o] =
            anchor + behaviour.expectation_weight * expected + behaviour.price_response * pressure;
    }
}

/// Posts prices for next week.
///
/// ```text
/// ln p ← (1−s)·ln p + s·(ask + cut − θ·c̄ut),   p ≤ max(w, 0.7·a),   w = Σ bid / Σ (bid/worth)
/// p̄ ← p̄ + s_e·(p − p̄);   ā ← ā + s_e·(a − ā);   g ← g + s_g·(Δ ln p − g)
/// ```
/// The cap is the harmonic mean of what the goods are worth to those who order
/// them and would still run at the price that is asked: a few who could pay anything do not make the price for the many. It
/// is never below what a plant that is idle on its margin would earn: nobody sells cheaper than that because its
/// customers lose money.
/// A maker of one product out of bought goods does not ask less than its cash cost, 0.94·a, of which a price war may cut.
/// A project asks what its buyers pay others until it is complete (see [`super::investment::look_ahead`]).
#[inline(never)]
pub fn post<L: Lane>(
    outputs: &mut Outputs<L>,
    agents: &Agents<L>,
    plants: &Plants<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    for (o, output) in network.outputs.iter().enumerate() {
        let tiny = L::splat(SMALL * output.base_orders + DUST);
        let cost = agents.cost_ratio[output.agent.at()] * output.reference_price;
        let mut target = outputs.asking[o];
        if let Some(cut) = policy.support.cut.get(o) {
            // what is expected is the usual price; of the cut it holds a slow average already
            target += *cut - behaviour.expectation_weight * outputs.slow_cut[o];
            outputs.slow_cut[o] = outputs.slow_cut[o].towards(*cut, behaviour.expectation_speed);
        }
        let before = outputs.log_price[o];
        let price = before.towards(target, behaviour.price_speed).exp();
        // with no orders there is no bid to cap the price with: it may fall, not rise
        let worth = (outputs.bids[o] + tiny) / (outputs.orders_by_worth[o] + tiny / outputs.price[o]);
        let price = price.min(worth.max(cost * STANDS_STILL));
        let price = match (converts(network, output), policy.support.cut.get(o)) {
            (false, _) => price,
            (true, None) => price.max(cost * CASH_COST),
            (true, Some(cut)) => price.max(cost * cut.exp() * CASH_COST),
        };
        let price = match newcomer(plants, network, output) {
            Some(new) => L::where_less(L::zero(), new, plants.price_asked[o], price),
            None => price,
        };
        let log_price = price.ln();
        outputs.trend[o] = outputs.trend[o].towards(log_price - before, behaviour.trend_speed);
        outputs.price[o] = price;
        outputs.log_price[o] = log_price;
        outputs.slow_price[o] = outputs.slow_price[o].towards(price, behaviour.expectation_speed);
        outputs.slow_anchor[o] = outputs.slow_anchor[o].towards(cost, behaviour.expectation_speed);
        outputs.acceptable_price[o] = price + behaviour.pass_through * (worth - price).positive();
    }
}

/// Whether a product is all that its maker makes, out of goods that it buys: it slows down before it sells below cash cost.
#[inline(always)]
fn converts(network: &Network, output: &Output) -> bool {
    let agent = &network.agents[output.agent.at()];
    let driving = network.outputs[network.outputs_of(agent)].iter().filter(|o| o.drives).count();
    !agent.inputs.is_empty() && output.drives && driving == 1
}

/// Whether the seller of a product is a project that is being built or run in; none where it ran at the reference level.
#[inline(always)]
fn newcomer<L: Lane>(plants: &Plants<L>, network: &Network, output: &Output) -> Option<L> {
    let a = output.agent.at();
    let project = network.agents[a].base_activity == 0.0 && !network.ventures.is_empty();
    project.then(|| plants.adding[a])
}

/// What cover and unmet orders do to a log price, before γ.
#[inline(always)]
fn pressure<L: Lane>(stock: L, target: L, asked: L, shipped: L) -> L {
    let cover = (target / stock).ln().clip(COVER_BOUNDS.0, COVER_BOUNDS.1);
    let unmet = if asked == shipped { L::zero() } else { (asked / shipped).ln().clip(0.0, 1.0) };
    cover + unmet
}

/// What an input is worth to its buyer: what its outputs earn less all other costs.
///
/// ```text
/// worth(i) = ((Σ b(j)·c(j)·(1 − σ₀(j)) − own − Σ over k ≠ i of paid(k)·m(k)·c(k)) / (m(i)·c(i)))⁺,   b = p + k_b·(w − p)⁺
/// ```
/// A final producer's is what a stopped line costs (fixed by the world). `b` is what the buyers of an output would bear: a
/// maker who can pass a costlier input on does not hold its price down.
#[inline(never)]
pub fn value<L: Lane>(inputs: &mut Inputs<L>, outputs: &Outputs<L>, policy: &Policy<L>, now: Now<'_, L>) {
    let network = now.network;
    for agent in &network.agents[..network.facilities] {
        let mut margin = L::splat(-agent.own_cost_usd);
        for o in network.outputs_of(agent) {
            let output = &network.outputs[o];
            let earned = policy.support.earned(o, outputs.acceptable_price[o]);
            margin += earned * (output.per_activity * (1.0 - output.surplus_share));
        }
        for i in network.inputs_of(agent) {
            margin -= inputs.paid_price[i] * inputs.intensity[i] * network.inputs[i].per_activity;
        }
        for i in network.inputs_of(agent) {
            let taken = inputs.intensity[i] * network.inputs[i].per_activity;
            let worth = inputs.paid_price[i] + margin / taken;
            inputs.worth[i] = worth.positive();
            let least = LEAST_WORTH * network.inputs[i].reference_price;
            inputs.inverse_worth[i] = L::one() / worth.max(L::splat(least));
        }
    }
}
