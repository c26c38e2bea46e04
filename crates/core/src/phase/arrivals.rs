//! Phase 2: goods in transit that are due enter input stocks.
//!
//! In words and with its notation: docs/model.md#arrivals.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::Week;
use crate::state::{Inputs, Links, Policy, UNGATED};

/// What was dispatched a lag ago arrives; at a gateway that an event closes, what is not diverted waits for it to open.
///
/// ```text
/// arrive = open(g)·due(l) + clear(g)·w(l);   w(l) ← w(l) + (1 − open(g))·due(l) − clear(g)·w(l)
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
                    let held = due - policy.open[gateway.at()] * due;
                    let cleared = policy.clear[gateway.at()] * links.waiting[gate as usize];
                    links.waiting[gate as usize] += held - cleared;
                    due - held + cleared
                }
            };
        }
        inputs.arrived[i] = arrived;
        inputs.stock[i] += arrived;
        inputs.in_transit[i] = (inputs.in_transit[i] - arrived).positive();
    }
}
