//! A plant that loses cash idles, restarts when it pays again, and closes after a long time.
//!
//! In words and with its notation: docs/model.md#idling.

use crate::lanes::Lane;
use crate::network::Status;
use crate::plan::Now;
use crate::state::{Outputs, Plants, Policy, entry};
use crate::time::SPIN_UP_WEEKS;

/// Smoothing of the margin: about a quarter.
const MARGIN_SPEED: f64 = 1.0 / 13.0;
/// Revenue over cash cost, at what the market asks this quarter, from which an idle plant is restarted.
const RESTART_MARGIN: f64 = 1.05;

/// Follows the margin of a plant that could run.
///
/// ```text
/// m ← m + (revenue/cost − m)/13
/// ```
#[inline(always)]
pub fn count<L: Lane>(plants: &mut Plants<L>, a: usize, earned: L) {
    if let Some(margin) = plants.margin.get_mut(a) {
        *margin = margin.towards(earned, L::splat(MARGIN_SPEED));
    }
}

/// Counts weeks of losses and of standing still, every week; decides once a quarter.
///
/// ```text
/// losing ← m < b: losing + 1;   else 0                   b: what the owner bears, 0.85 to 1
/// idle when losing ≥ T_idle and something is installed;   idle → restart when revenue at p̂ ≥ 1.05·cost at q̂, after T_restart weeks
/// close when idle for T_close: what was installed is gone
/// ```
#[inline(never)]
pub fn decide<L: Lane>(
    plants: &mut Plants<L>,
    outputs: &Outputs<L>,
    policy: &Policy<L>,
    reviews: bool,
    now: Now<'_, L>,
) {
    let (network, behaviour) = (now.network, &now.replicates.behaviour);
    if now.week < SPIN_UP_WEEKS {
        return;
    }
    let (none, all) = (L::zero(), L::one());
    for (a, venture) in network.ventures.iter().enumerate() {
        let stands = L::where_less(none, plants.installed[a], all, none);
        let runs = plants.running[a];
        let loses = L::where_less(plants.margin[a], L::splat(venture.losing_below), stands * runs, none);
        plants.losing[a] = (plants.losing[a] + all) * loses;
        plants.idle[a] = (plants.idle[a] + all) * (all - runs);
        plants.restarting[a] = none;
        plants.closing[a] = none;
        // a restart that has begun goes on
        let restarts = L::where_less(none, plants.restart[a], all, none);
        let left = (plants.restart[a] - restarts).positive();
        let finished = restarts * L::where_less(none, left, none, all);
        plants.restart[a] = left;
        plants.running[a] = plants.running[a].max(finished);
        plants.margin[a] = L::where_less(none, finished, L::splat(RESTART_MARGIN), plants.margin[a]);
        plants.losing[a] = plants.losing[a] * (all - finished);
        if !reviews {
            continue;
        }
        let runs = plants.running[a];
        let idles = runs * L::where_less(plants.losing[a], behaviour.idling_weeks, none, all);
        plants.running[a] = runs * (all - idles);
        let idle = (all - plants.running[a]) * (all - plants.closed[a]);
        let pays =
            L::where_less(outlook(plants, outputs, policy, now, a), L::splat(RESTART_MARGIN), none, all);
        let waits = L::where_less(none, plants.restart[a], none, all);
        let begins = idle * (all - idles) * pays * waits;
        plants.restart[a] =
            L::where_less(none, begins, behaviour.restart_weeks * venture.restart_share, plants.restart[a]);
        plants.restarting[a] = begins * plants.installed[a] * venture.restart_usd;
        let waits = L::where_less(none, plants.restart[a], none, all);
        let closes = idle * waits * L::where_less(plants.idle[a], behaviour.closing_weeks, none, all);
        let closes = if venture.status == Status::Running { closes } else { closes * stands };
        plants.closing[a] = closes * plants.book[a];
        plants.closed[a] = plants.closed[a].max(closes);
        plants.installed[a] = plants.installed[a] * (all - closes);
        plants.adding[a] = plants.adding[a] * (all - closes);
        for third in 3 * a..3 * a + 3 {
            plants.thirds[third] = plants.thirds[third] * (all - closes);
        }
        plants.book[a] = plants.book[a] * (all - closes);
    }
}

/// Revenue over cash cost at what the market asks this quarter.
#[inline(always)]
fn outlook<L: Lane>(
    plants: &Plants<L>,
    outputs: &Outputs<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
    a: usize,
) -> L {
    let network = now.network;
    let agent = &network.agents[a];
    let (mut revenue, mut cost) = (L::zero(), L::splat(agent.own_cost_usd));
    cost -= entry(&policy.support.credit, a) * agent.own_cost_usd;
    for o in network.outputs_of(agent) {
        let output = &network.outputs[o];
        let earned = policy.support.expected(o, plants.price_asked[o], entry(&outputs.slow_cut, o));
        revenue += earned * (output.per_activity * (1.0 - output.surplus_share));
    }
    for i in network.inputs_of(agent) {
        cost += plants.cost_asked[i] * network.inputs[i].per_activity;
    }
    revenue / cost
}
