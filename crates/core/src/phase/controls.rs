//! What of the orders may ship: caps, licence queues and quota pools, each by itself, and the least of them.
//!
//! In words and with its notation: docs/model.md#controls.

use crate::id::LinkId;
use crate::lanes::{Lane, TINY};
use crate::network::Network;
use crate::phase::diversion::{Leak, survey};
use crate::phase::quota::quotas;
use crate::phase::restriction::{lets_pass, undetected};
use crate::phase::{licensing, quota};
use crate::plan::{Effect, Now};
use crate::state::{Control, Inputs, Policy, Traces, Trading, UNCONTROLLED};
use crate::time::SPIN_UP_WEEKS;

/// Cuts orders on controlled links to what may ship.
///
/// ```text
/// of each control by itself:   what it lets ship legally, and what leaks round it
/// may     = ∫ over the week of min over controls in force of (legal + leaked)
/// legal, leaked, premium: those of the control that binds
/// ```
/// A cap of size `s` on a link whose normal trade is `N`:
///
/// ```text
/// wanted  = max(order, what licences let ship)
/// legal   = min(wanted, (1 − s)·N + (1 − s)^k·(wanted − N)⁺);   leaked = leak·undetected·(wanted − legal)
/// ```
/// What licences and quotas let ship: [`licensing::queue`], [`quota::allow`]. What is refused is neither kept nor seen by the
/// seller: it cannot raise the price.
#[inline(never)]
pub fn decide<L: Lane>(
    control: &mut Control<L>,
    inputs: &mut Inputs<L>,
    policy: &mut Policy<L>,
    trade: Trading<'_, L>,
    now: Now<'_, L>,
) {
    ask(control, trade.shares, inputs, now.network);
    if control.idle {
        control.legal.copy_from_slice(&control.asked);
        return;
    }
    know(control, inputs, policy, trade, now);
    capped(control, policy, now);
    licensing::queue(control, inputs, trade.traces, policy, now);
    control.kept.fill(L::one());
    for quota in quotas(now.plan) {
        quota::go_on(control, policy, quota, now);
    }
    for quota in quotas(now.plan) {
        quota::allow(control, inputs, policy, trade, quota, now);
    }
    least(control, trade.traces, policy, now);
    forgo(control, inputs, now.network);
}

/// What each link's buyer asks for.
#[inline(always)]
fn ask<L: Lane>(control: &mut Control<L>, shares: &[L], inputs: &Inputs<L>, network: &Network) {
    for (asked, l) in control.asked.iter_mut().zip(&control.links) {
        *asked = shares[*l as usize] * inputs.ordered[network.links[*l as usize].buyer.at()];
    }
}

/// Normal trade of each link: its long-run orders, until a control on it is known; from then on only the outlook moves it.
///
/// ```text
/// N = share·d_l     until known;   N ← N·e^(g/52) after
/// ```
#[inline(always)]
fn know<L: Lane>(
    control: &mut Control<L>,
    inputs: &Inputs<L>,
    policy: &Policy<L>,
    trade: Trading<'_, L>,
    now: Now<'_, L>,
) {
    let Trading { shares, plants, .. } = trade;
    let week = L::splat(f64::from(now.week));
    let grows = now.week >= SPIN_UP_WEEKS && !plants.growth.is_empty();
    for (place, l) in control.links.iter().enumerate() {
        let buyer = now.network.links[*l as usize].buyer.at();
        let usual = shares[*l as usize] * inputs.long_run_use[buyer];
        let normal = &mut control.normal[place];
        let grown =
            if grows { *normal * plants.growth[now.network.inputs[buyer].agent.at()] } else { *normal };
        *normal = L::where_less(policy.known[place], week, grown, usual);
    }
}

/// What caps leave of each order over the week: nobody applies for a licence for what may not be shipped anyway.
#[inline(always)]
fn capped<L: Lane>(control: &mut Control<L>, policy: &Policy<L>, now: Now<'_, L>) {
    if control.queues.applied.is_empty() {
        return;
    }
    control.capped.fill(L::zero());
    for slice in policy.slices.all() {
        control.now.start(&control.asked);
        for (e, event) in now.plan.events.iter().enumerate() {
            let size = policy.slices.size(slice, e);
            if let Effect::ExportCap(links) = &event.effect
                && size != L::zero()
            {
                for link in links {
                    let place = control.place[link.at()] as usize;
                    let left = &mut control.now.legal[place];
                    let (asked, normal) = (control.asked[place], control.normal[place]);
                    *left = left.min(lets_pass(asked, normal, size, &now.replicates.behaviour));
                }
            }
        }
        let weight = policy.slices.weight(slice);
        control.capped.iter_mut().zip(&control.now.legal).for_each(|(all, left)| *all += weight * *left);
    }
}

/// The least that any control lets ship, slice by slice of the week.
#[inline(always)]
fn least<L: Lane>(control: &mut Control<L>, traces: &Traces<L>, policy: &Policy<L>, now: Now<'_, L>) {
    let slices = &policy.slices;
    for list in [&mut control.legal, &mut control.leaked, &mut control.premium, &mut control.stopped] {
        list.fill(L::zero());
    }
    for slice in slices.all() {
        control.now.start(&control.asked);
        survey(control, policy, slice, now);
        let weight = slices.weight(slice);
        if !control.queues.applied.is_empty() {
            if slices.all().len() > 1 {
                licensing::terms(control, traces, policy, slice, now);
            }
            licensing::ready(control, weight);
        }
        let Control { now: passing, asked, stopped, .. } = control;
        for place in 0..asked.len() {
            let licensed = passing.legal[place] + passing.leaked[place];
            passing.wanted[place] = asked[place].max(licensed);
            stopped[place] += weight * licensed;
        }
        let mut pools = quotas(now.plan);
        for (e, event) in now.plan.events.iter().enumerate() {
            match &event.effect {
                Effect::ExportCap(links) => {
                    let size = slices.size(slice, e);
                    if size != L::zero() {
                        cap(control, policy, links, (e, size), now);
                    }
                }
                Effect::Quota(_) => {
                    let premium = now.replicates.draws[event.draw].leakage_premium;
                    if let Some(quota) = pools.next() {
                        quota::bind(control, policy, quota, slices.stands(slice, e), premium);
                    }
                }
                _ => {}
            }
        }
        let Control { now: passing, legal, leaked, premium, .. } = control;
        for place in 0..legal.len() {
            legal[place] += weight * passing.legal[place];
            leaked[place] += weight * passing.leaked[place];
            premium[place] += weight * passing.leaked[place] * passing.premium[place];
        }
    }
    for place in 0..control.links.len() {
        control.premium[place] = control.premium[place] / control.leaked[place].max(L::splat(TINY));
        // what adds up to the order but for the last digits is the order: where nothing is refused nothing changes
        let (asked, legal) = (control.asked[place], control.legal[place]);
        let no_more = L::where_less(asked * (1.0 + 1e-14), legal, legal, asked);
        control.legal[place] = L::where_less(asked * (1.0 - 1e-14), legal, no_more, legal);
        let may = control.legal[place] + control.leaked[place];
        let refused = match control.queues.of_control[place] {
            UNCONTROLLED => L::zero(),
            queue => control.queues.refused[queue as usize],
        };
        control.stopped[place] = refused + (control.stopped[place] - may).positive();
    }
}

/// What one cap lets pass.
#[inline(always)]
fn cap<L: Lane>(
    control: &mut Control<L>,
    policy: &Policy<L>,
    links: &[LinkId],
    (event, size): (usize, L),
    now: Now<'_, L>,
) {
    let premium = now.replicates.draws[now.plan.events[event].draw].leakage_premium;
    let stands = L::where_less(L::zero(), size, L::one(), L::zero());
    let around = Leak::of(policy, event, now);
    for link in links {
        let place = control.place[link.at()] as usize;
        let wanted = control.now.wanted[place];
        let legal = lets_pass(wanted, control.normal[place], size, &now.replicates.behaviour);
        let leak = around.at(&control.outlets, place, size) * undetected(policy, place);
        control.now.bind(place, legal, leak * (wanted - legal), premium, stands);
    }
}

/// What a buyer will not pay a quota's rent for is not asked for; what is refused is added up.
#[inline(always)]
fn forgo<L: Lane>(control: &mut Control<L>, inputs: &mut Inputs<L>, network: &Network) {
    inputs.stopped.fill(L::zero());
    for (place, l) in control.links.iter().enumerate() {
        let buyer = network.links[*l as usize].buyer.at();
        let forgone = control.asked[place] * (L::one() - control.kept[place]);
        control.asked[place] -= forgone;
        inputs.ordered[buyer] -= forgone;
        control.stopped[place] = (control.stopped[place] - forgone).positive();
        inputs.stopped[buyer] += control.stopped[place];
    }
}

/// After shipping: what was used of licences and pools.
#[inline(never)]
pub fn settle<L: Lane>(
    control: &mut Control<L>,
    inputs: &mut Inputs<L>,
    shares: &[L],
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    if now.plan.controlled.is_empty() || control.idle {
        return;
    }
    if !control.queues.applied.is_empty() {
        licensing::settle(control, inputs, shares, now);
    }
    for quota in quotas(now.plan) {
        quota::settle(control, policy, quota);
    }
}
