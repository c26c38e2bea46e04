//! Traders hold stocks when prices rise, and unload them slowly.
//!
//! In words and with its notation: docs/model.md#traders.

use crate::lanes::{Lane, TINY};
use crate::phase::ordering::{HOARDING_BOUNDS, HORIZON_WEEKS, hoarding};
use crate::plan::Now;
use crate::state::{Outputs, Policy, Traders};

/// What traders ask a seller for, and what they sell back into its market.
///
/// ```text
/// target = W·e₀·clip(h·beyond(26·g + expected_rise, band), 0, 3.3)
/// order  = max(0, target − stock)/T_in;   unload = max(0, stock − target)/T_out
/// ```
/// `26·g + expected_rise` is the mean over the sellers of a market, by their orders at the reference level `e₀`, of the smoothed weekly log change
/// of what they post and of what was announced: traders follow the market, not one seller's trouble. Sellers
/// serve them after all users; what they unload stands beside the seller's own goods.
#[inline(never)]
pub fn trade<L: Lane>(
    traders: &mut Traders<L>,
    outputs: &mut Outputs<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    if network.base_stock().is_some() {
        return;
    }
    for market in &network.trader_markets {
        let (mut trend, mut size) = (L::zero(), TINY);
        for output in &network.traded[market.clone()] {
            let (o, weight) = (output.at(), network.outputs[output.at()].base_orders);
            let expected_rise = policy.expected_rise.get(o).copied().unwrap_or(L::zero());
            trend += (outputs.trend[o] * HORIZON_WEEKS + expected_rise) * weight;
            size += weight;
        }
        let hoard = hoarding(trend * (1.0 / size), behaviour).clip(0.0, HOARDING_BOUNDS.1);
        for t in market.clone() {
            let o = network.traded[t].at();
            let gap = behaviour.trader_weeks * hoard * network.outputs[o].base_orders - traders.stock[t];
            traders.order[t] = gap.positive() / behaviour.trader_load_weeks;
            let sold = ((-gap).positive() / behaviour.trader_unload_weeks).min(traders.stock[t]);
            traders.sold[t] = sold;
            traders.stock[t] -= sold;
            outputs.stock[o] += sold;
        }
    }
}
