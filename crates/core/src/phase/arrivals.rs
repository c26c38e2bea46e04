//! Goods in transit that are due enter input stocks.
//!
//! In words and with its notation: docs/model.md#arrivals.

use crate::lanes::Lane;
use crate::plan::Now;
use crate::state::{Inputs, Links, Policy};

/// What was dispatched a lag ago arrives; at a gateway that an event closes, what is not diverted waits for it to open.
///
/// ```text
/// arrive = open(g)·due(g) + clear(g)·w(g);   w(g) ← w(g) + (1 − open(g))·due(g) − clear(g)·w(g)
/// stock(i) ← stock(i) + Σ arrive
/// ```
/// `due(g)` and `w(g)` are the buyer's goods that pass the gateway `g`. A closed port delays, it does not destroy.
#[inline(never)]
pub fn receive<L: Lane>(inputs: &mut Inputs<L>, links: &mut Links<L>, policy: &Policy<L>, now: Now<'_, L>) {
    let (network, week) = (now.network, now.week);
    for i in 0..network.inputs.len() {
        let mut arrived = L::zero();
        inputs.held[i] = L::zero();
        let rings = links.trade.rings_of[i] as usize..links.trade.rings_of[i + 1] as usize;
        for (ring, waiting) in links.trade.rings[rings.clone()].iter().zip(&mut links.waiting[rings]) {
            let slot = (ring.start + week % ring.weeks) as usize;
            let due = core::mem::replace(&mut links.transit[slot], L::zero());
            arrived += match ring.gateway {
                None => due,
                Some(gateway) => {
                    let held = due - policy.open[gateway.at()] * due;
                    let cleared = policy.clear[gateway.at()] * *waiting;
                    *waiting += held - cleared;
                    inputs.held[i] += *waiting;
                    due - held + cleared
                }
            };
        }
        inputs.arrived[i] = arrived;
        inputs.stock[i] += arrived;
        inputs.in_transit[i] = (inputs.in_transit[i] - arrived).positive();
    }
}
