//! Phase 3, second part: reserves post orders and release to their users in a shortage.

use crate::id::InputId;
use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::{Behaviour, Effect, Plan, ReserveRule};
use crate::state::{Inputs, Policy, Reserves};

/// Fills towards its target outside a shortage; in one, releases pro rata to what its users lack.
///
/// ```text
/// lack(i)  = max(0, (cover + buffer)·d_l − stock)                       of each user
/// φ        = mean fill rate of the users, weighted by use
/// release  = min(stock, q·use, Σ lack) while φ < trigger, else 0
/// order    = max(0, min((target − stock − transit)/T_adj, target/T_fill)) while φ ≥ trigger, else 0
/// ```
#[inline(always)]
pub fn keep<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &mut Reserves<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    plan: &Plan,
) {
    if network.releases.is_empty() {
        return;
    }
    reserves.released.fill(L::zero());
    for event in &plan.events {
        if let Effect::Reserve(rule) = &event.effect {
            serve(inputs, reserves, policy, behaviour, network, rule);
        }
    }
}

#[inline(always)]
fn serve<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &mut Reserves<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    network: &Network,
    rule: &ReserveRule,
) {
    let s = rule.stock.at();
    let lack = |inputs: &Inputs<L>, user: InputId| {
        let i = user.at();
        ((inputs.cover[i] + policy.buffer[i]) * inputs.long_run_use[i] - inputs.stock[i]).positive()
    };
    let tiny = L::splat(1e-12);
    let (mut lacking, mut filled, mut weight) = (L::zero(), L::zero(), tiny);
    for route in network.releases.iter().filter(|route| route.from == rule.stock) {
        let i = route.to.at();
        lacking += lack(inputs, route.to);
        filled += inputs.fill_rate[i] * inputs.long_run_use[i];
        weight += inputs.long_run_use[i];
    }
    let short = L::where_less(filled / weight, L::splat(rule.trigger_fill_rate), L::one(), L::zero());
    let rate = L::splat(rule.release_share * rule.users_use);
    let release = inputs.stock[s].min(rate).min(lacking) * short;
    let per_lack = release / lacking.max(tiny);
    for route in network.releases.iter().filter(|route| route.from == rule.stock) {
        let given = lack(inputs, route.to) * per_lack;
        inputs.stock[route.to.at()] += given;
        reserves.released[route.to.at()] = given;
    }
    inputs.stock[s] = (inputs.stock[s] - release).positive();
    reserves.released[s] = release;
    let target = policy.reserve_weeks[s] * rule.users_use;
    let gap = (target - inputs.stock[s] - inputs.in_transit[s]) / behaviour.adjustment_weeks;
    let calm = L::one() - short;
    inputs.ordered[s] = gap.min(target * (1.0 / rule.fill_weeks)).positive() * calm;
}
