//! Phase 2: goods in transit that are due enter input stocks.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::Week;
use crate::state::{Inputs, Links, Policy, UNGATED};

/// What was dispatched a lag ago arrives; at a gateway only the open share of what waits passes.
///
/// ```text
/// w(l) ← w(l) + due(l);   arrive = open(g)·w(l);   w(l) ← w(l) − arrive
/// stock(i) ← stock(i) + Σ arrive
/// ```
/// A closed port delays, it does not destroy.
#[inline(always)]
pub fn receive<L: Lane>(
    inputs: &mut Inputs<L>,
    links: &mut Links<L>,
    policy: &Policy<L>,
    network: &Network,
    week: Week,
) {
    for (i, input) in network.inputs.iter().enumerate() {
        let mut arrived = L::zero();
        for l in network.links_of(input) {
            let link = &network.links[l];
            let slot = (links.pipe_start[l] + week % link.lag_weeks) as usize;
            let due = links.pipe[slot];
            arrived += match (links.gate[l], link.gateway) {
                (UNGATED, _) | (_, None) => due,
                (gate, Some(gateway)) => {
                    let waiting = links.waiting[gate as usize] + due;
                    let passes = policy.open[gateway.at()] * waiting;
                    links.waiting[gate as usize] = waiting - passes;
                    passes
                }
            };
        }
        inputs.stock[i] += arrived;
        inputs.in_transit[i] = (inputs.in_transit[i] - arrived).positive();
    }
}
