//! Small plants that nobody registers come and go with their price.
//!
//! In words and with its notation: docs/model.md#fringe.

use crate::lanes::Lane;
use crate::plan::Now;
use crate::state::{Outputs, Policy};

/// What is open of each fringe this week.
///
/// ```text
/// avail(a) ← avail(a)·min(most, (p̄/p₀)^ε)
/// ```
/// `p̄` is the slow price of what the fringe sells: it opens when a price has been high for a while, not on one good week.
#[inline(never)]
pub fn enter<L: Lane>(policy: &mut Policy<L>, outputs: &Outputs<L>, now: Now<'_, L>) {
    let network = now.network;
    for fringe in &network.fringes {
        let a = fringe.agent.at();
        let o = network.agents[a].outputs.start as usize;
        let costlier = (outputs.slow_price[o] * (1.0 / network.outputs[o].reference_price)).ln();
        let open = (costlier * fringe.elasticity).exp().min(L::splat(fringe.most));
        policy.availability[a] = policy.availability[a] * open;
    }
}
