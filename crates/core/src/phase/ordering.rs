//! Phase 5: each buyer orders up to its target and splits the order over its suppliers.

use crate::lanes::Lane;
use crate::network::{Network, Role};
use crate::plan::Behaviour;
use crate::state::{Inputs, Links, Policy};

/// Expected use, and a share of the gap between target and position.
///
/// ```text
/// d_s ← d_s + s_f·(d − d_s);   d_l ← d_l + s_l·(d − d_l)          d: use if this input alone were plenty
/// w     = (cover + buffer)·d_l + (lag̅ − 1)·d_l
/// order = max(0, d_s + min((w − stock − transit) / T_adj, f·d_l))
/// order(l) = share(l)·order
/// ```
/// No buyer can call off more than the share `f` beyond his use: what he is short of from one supplier he cannot simply
/// double with another, and a larger stock target alone does not draw more goods through a shortage.
/// Goods in transit count in full; at the moment of ordering a pipeline of `lag` weeks holds `lag − 1` of them.
#[inline(always)]
pub fn order<L: Lane>(
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
) {
    for (i, input) in network.inputs.iter().enumerate() {
        if !matches!(network.agents[input.agent.at()].role, Role::Reserve) {
            let potential = inputs.potential_use[i];
            let short = inputs.short_run_use[i].towards(potential, behaviour.forecast_speed);
            let long = inputs.long_run_use[i].towards(potential, behaviour.long_run_speed);
            let cover = inputs.cover[i] + policy.buffer[i];
            let wanted = (cover + L::splat(input.mean_lag - 1.0)) * long;
            let gap = wanted - inputs.stock[i] - inputs.in_transit[i];
            inputs.ordered[i] = (short
                + (gap / behaviour.adjustment_weeks).min(behaviour.order_flexibility * long))
            .positive();
            inputs.short_run_use[i] = short;
            inputs.long_run_use[i] = long;
        }
        let ordered = inputs.ordered[i];
        for l in network.links_of(input) {
            links.order[l] = links.share[l] * ordered;
        }
    }
}
