//! Phase 3: each final producer's plan this week, and catching up on its backlog.
//!
//! In words and with its notation: docs/model.md#demand.

use crate::lanes::Lane;
use crate::network::{Network, Role};
use crate::state::{Agents, Policy, Producers};

/// Plans follow luck and demand events; a backlog is worked off within the overtime limit.
///
/// ```text
/// plan   = base · demand(o)
/// wanted = plan + min(backlog / T_catch-up, overtime · base)
/// ```
#[inline(always)]
pub fn place<L: Lane>(
    agents: &mut Agents<L>,
    producers: &mut Producers<L>,
    policy: &Policy<L>,
    network: &Network,
) {
    for (p, a) in network.producer_range().enumerate() {
        let Role::Producer(producer) = &network.agents[a].role else {
            continue;
        };
        let usual = network.agents[a].base_activity;
        let plan = policy.demand[p] * usual;
        let catch_up = (producers.backlog[p] * (1.0 / producer.catch_up_weeks))
            .min(L::splat(producer.overtime_share * usual));
        producers.plan[p] = plan;
        agents.wanted[a] = plan + catch_up;
    }
}
