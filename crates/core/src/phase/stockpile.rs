//! Reserves post orders and release to their users in a shortage.
//!
//! In words and with its notation: docs/model.md#reserves.

use crate::behaviour::Behaviour;
use crate::id::InputId;
use crate::lanes::{DUST, Lane, SMALL};
use crate::network::Network;
use crate::plan::Now;
use crate::plan::{Allocation, Effect, ReserveRule};
use crate::state::{Inputs, Policy, Reserves};

/// Fills towards its target outside a shortage; releases in one; then buys back.
///
/// ```text
/// lack(i)  = max(0, (cover + buffer)·d_l − stock)                       of each user
/// φ        = mean fill rate of the users, weighted by use
/// release  = min(stock, q·use, Σ lack) while φ < trigger, else 0
/// order    = max(0, min((target − stock − transit − queued)/T_adj, target/T)) while φ ≥ trigger, else 0
/// T        = T_fill, and T_back once something was released and not bought back
/// ```
/// Shared pro rata to lack; or pro rata to use at the reference level, up to lack; or to lack with some users served first.
#[inline(never)]
pub fn keep<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &mut Reserves<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    let (network, behaviour, plan) = (now.network, &now.replicates.behaviour, now.plan);
    if network.releases.is_empty() {
        return;
    }
    reserves.released.fill(L::zero());
    reserves.by_route.fill(L::zero());
    reserves.unmixed.fill(L::zero());
    for event in &plan.events {
        if let Effect::Reserve(rule) = &event.effect {
            let (released, short) = serve(inputs, reserves, policy, network, rule);
            fill(inputs, reserves, policy, behaviour, rule, released, short);
        }
    }
}

/// Releases to the users; gives what was released, and 1 in a shortage.
#[inline(always)]
fn serve<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &mut Reserves<L>,
    policy: &Policy<L>,
    network: &Network,
    rule: &ReserveRule,
) -> (L, L) {
    let s = rule.stock.at();
    let tiny = L::splat(DUST);
    let users = || network.releases.iter().enumerate().filter(|(_, route)| route.from == rule.stock);
    let (mut lacking, mut first, mut filled, mut weight) = (L::zero(), L::zero(), L::zero(), tiny);
    for (_, route) in users() {
        let i = route.to.at();
        let lack = lack(inputs, policy, route.to);
        lacking += lack;
        if route.first {
            first += lack;
        }
        filled += inputs.fill_rate[i] * inputs.long_run_use[i];
        weight += inputs.long_run_use[i];
    }
    let short = L::where_less(filled / weight, L::splat(rule.trigger_fill_rate), L::one(), L::zero());
    let rate = L::splat(rule.release_share * rule.users_use);
    let release = inputs.stock[s].min(rate).min(lacking) * short;
    let to_first = release.min(first);
    let (per_first, per_rest) =
        (to_first / first.max(tiny), (release - to_first) / (lacking - first).max(tiny));
    let mut given_in_all = L::zero();
    for (place, route) in users() {
        let lack = lack(inputs, policy, route.to);
        let given = match rule.allocation {
            Allocation::Lack => lack * (release / lacking.max(tiny)),
            Allocation::Use => {
                let of_use = network.inputs[route.to.at()].base_use / rule.users_use;
                lack.min(release * of_use)
            }
            Allocation::First if route.first => lack * per_first,
            Allocation::First => lack * per_rest,
        };
        inputs.stock[route.to.at()] += given;
        reserves.released[route.to.at()] += given;
        reserves.unmixed[route.to.at()] += given;
        reserves.by_route[place] = given;
        given_in_all += given;
    }
    inputs.stock[s] = (inputs.stock[s] - given_in_all).positive();
    reserves.released[s] = given_in_all;
    (given_in_all, short)
}

/// What a user's stock is short of, without hoarding: a reserve does not feed panic.
#[inline(always)]
fn lack<L: Lane>(inputs: &Inputs<L>, policy: &Policy<L>, user: InputId) -> L {
    let i = user.at();
    ((inputs.cover[i] + policy.buffer[i]) * inputs.long_run_use[i] - inputs.stock[i]).positive()
}

/// Orders what is missing.
#[inline(always)]
fn fill<L: Lane>(
    inputs: &mut Inputs<L>,
    reserves: &mut Reserves<L>,
    policy: &Policy<L>,
    behaviour: &Behaviour<L>,
    rule: &ReserveRule,
    released: L,
    short: L,
) {
    let s = rule.stock.at();
    let to_buy_back = (reserves.to_buy_back[s] + released - inputs.arrived[s]).positive();
    reserves.to_buy_back[s] = to_buy_back;
    let weeks = L::where_less(
        L::splat(SMALL * rule.users_use),
        to_buy_back,
        L::splat(rule.buy_back_weeks),
        L::splat(rule.fill_weeks),
    );
    let target = policy.reserve_weeks[s] * rule.users_use;
    let missing = target - inputs.stock[s] - inputs.in_transit[s] - inputs.queued[s];
    let gap = missing / behaviour.adjustment_weeks;
    inputs.ordered[s] = gap.min(target / weeks).positive() * (L::one() - short);
}
