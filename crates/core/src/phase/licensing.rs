//! Phase 6: what of the orders may ship: caps, licence queues, quota pools; part of what they hold back leaks.
//!
//! In words and with its notation: docs/model.md#licensing.

use crate::id::LinkId;
use crate::lanes::Lane;
use crate::network::{Network, Trace};
use crate::phase::quota;
use crate::plan::{Draw, Effect, Future, LicenceRule, Now, Path, Plan, Regime, Week};
use crate::state::{Control, Inputs, Markets, Outputs, QUEUE_WEEKS, Traces, UNCAPPED, UNCONTROLLED};

/// Cuts orders on controlled links to what may ship.
///
/// ```text
/// legal   = min(order, cap·f₀)                       cap·order on a link that carries nothing at rest
/// legal  ← licence(legal);   legal ← quota(legal)
/// leaked  = leak·unseen·(what a cap refuses, and what needs a licence), and what is smuggled round a pool
/// may     = legal + leaked
/// ```
/// Licences and quotas act in the order of the scenario's events. What is refused is neither kept nor seen by the seller: it
/// cannot lift his price.
#[inline(never)]
pub fn decide<L: Lane>(
    control: &mut Control<L>,
    shares: &[L],
    inputs: &mut Inputs<L>,
    outputs: &Outputs<L>,
    markets: &Markets<L>,
    traces: &Traces<L>,
    now: Now<'_, L>,
) {
    let Now { network, plan, future, week } = now;
    if control.idle {
        for (place, l) in control.links.iter().enumerate() {
            let asked = shares[*l as usize] * inputs.ordered[network.links[*l as usize].buyer.at()];
            control.asked[place] = asked;
            control.legal[place] = asked;
        }
        return;
    }
    cap(control, shares, inputs, network);
    let mut pool = 0;
    for event in &plan.events {
        let draw = &future.draws[event.draw];
        match &event.effect {
            Effect::Licence(rule) => queue(control, traces, network, rule, draw, week),
            Effect::Quota(rule) => {
                quota::allow(control, inputs, outputs, markets, (rule, draw, pool), now);
                pool += 1;
            }
            _ => {}
        }
    }
    inputs.stopped.fill(L::zero());
    for place in 0..control.links.len() {
        let l = control.links[place] as usize;
        inputs.stopped[network.links[l].buyer.at()] += control.stopped[place];
    }
}

#[inline(always)]
fn cap<L: Lane>(control: &mut Control<L>, shares: &[L], inputs: &Inputs<L>, network: &Network) {
    for place in 0..control.links.len() {
        let l = control.links[place] as usize;
        let asked = shares[l] * inputs.ordered[network.links[l].buyer.at()];
        let free = L::splat(UNCAPPED);
        let cap = control.cap[place];
        let base = network.links[l].base_flow;
        let most = if base > 0.0 { cap * base } else { cap * asked };
        let most = L::where_less(cap, free, most, free);
        let legal = asked.min(most);
        control.asked[place] = asked;
        control.legal[place] = legal;
        control.stopped[place] = L::zero();
        control.leaked[place] = L::zero();
        refuse(control, place, asked - legal);
    }
}

/// Part of what is refused leaks.
#[inline(always)]
fn refuse<L: Lane>(control: &mut Control<L>, place: usize, refused: L) {
    let leaked = control.leak[place] * control.unseen[place] * refused;
    control.leaked[place] += leaked;
    control.stopped[place] += refused - leaked;
}

/// A licence is a queue: applications wait for the processing time and are then granted by a weekly hazard.
///
/// ```text
/// need    = λ·legal                                  λ: share that needs a licence (magnitude · intensity)
/// around  = leak·unseen·need                         what goes around the regime
/// refused = (need − around)·(1 − (1 − refusal)·(1 − refused class))
/// A      ← A + need − around − refused + expired     applications so far
/// ripe    = A(t − P) − granted so far                P: processing time
/// granted = h·ripe,   h = 1 − (1 − a)^(1/P)          a: share granted within a further processing time
/// legal   = (1 − λ)·legal + licensed + granted
/// ```
/// Only refused classes are lost; everything else waits. A licence that is not used within its validity applies anew.
/// Once the regime is lifted everything that waits is free. Trade between third countries needs a licence only for
/// goods of which at least the threshold is of controlled origin.
#[inline(always)]
fn queue<L: Lane>(
    control: &mut Control<L>,
    traces: &Traces<L>,
    network: &Network,
    rule: &LicenceRule,
    draw: &Draw<L>,
    week: Week,
) {
    let Some(regime) = &draw.regime else { return };
    let not_begun = L::where_less(L::splat(f64::from(week) + 1.0), draw.start, L::one(), L::zero());
    if not_begun == L::one() {
        return;
    }
    let size = draw.magnitude * draw.intensity(week);
    let in_force = L::where_less(L::zero(), size, L::one(), L::zero());
    let since = draw.since(week);
    let processing = regime.processing.at(since).max(L::one());
    let hazard = hazard(regime, since, processing, in_force);
    let now = L::splat(f64::from(week));
    // once lifted, everything is ripe
    let ripe_until = now - processing * in_force;
    for licensed in &rule.links {
        let place = control.place[licensed.link.at()] as usize;
        let queue = control.queues.of_control[place] as usize;
        let covered = if licensed.foreign {
            let content = controlled_content(traces, network, licensed.link);
            L::where_less(content, L::splat(rule.content_threshold), L::zero(), size)
        } else {
            size
        };
        let legal = control.legal[place];
        let need = covered * legal;
        let around = control.leak[place] * control.unseen[place] * need;
        let applies = (need - around) * ((L::one() - regime.refusal) * (1.0 - licensed.refused));
        control.leaked[place] += around;
        control.stopped[place] += need - around - applies;
        let q = &mut control.queues;
        q.filed[queue] = applies + q.expired[queue];
        q.applied[queue] += q.filed[queue];
        q.expired[queue] = L::zero();
        let slots = &mut q.history[queue * QUEUE_WEEKS..(queue + 1) * QUEUE_WEEKS];
        slots[week as usize % QUEUE_WEEKS] = q.applied[queue];
        let until = ripe_until.max(q.ripe_until[queue]);
        q.ripe_until[queue] = until;
        let ripe = (applied_by(slots, until, week) - q.granted[queue]).positive();
        let granted = hazard * ripe;
        q.given[queue] = granted;
        q.granted[queue] += granted;
        q.licensed[queue] += granted;
        q.offered[queue] = q.licensed[queue];
        control.legal[place] = legal - need + q.licensed[queue];
        q.ready[queue] = control.legal[place];
    }
}

/// Greatest share of what a link carries that passed the controlled country at some stage.
#[inline(always)]
fn controlled_content<L: Lane>(traces: &Traces<L>, network: &Network, link: LinkId) -> L {
    let tracing = &network.tracing;
    let k = tracing.traces.len();
    let seller = network.links[link.at()].seller.at();
    let shares = traces.outputs[seller * k..(seller + 1) * k].iter().zip(&tracing.traces);
    shares
        .filter(|(_, trace)| matches!(trace, Trace::Origin { .. }))
        .fold(L::zero(), |most, (share, _)| most.max(*share))
}

/// Weekly hazard of a ripe application.
#[inline(always)]
fn hazard<L: Lane>(regime: &Regime<L>, since: L, processing: L, in_force: L) -> L {
    let approval: &Path<L> = &regime.approval;
    let left = (L::one() - approval.at(since)).clip(0.0, 1.0);
    let hazard = L::one() - (left.ln() / processing).exp();
    L::one() - in_force + in_force * hazard
}

/// Applications made by a moment, cumulated: between two weeks they are spread evenly.
#[inline(always)]
fn applied_by<L: Lane>(history: &[L], moment: L, week: Week) -> L {
    L::from_fn(|k| {
        // applications of week w are all in by the moment w
        let moment = moment.lane(k).clamp(f64::from(week) - (QUEUE_WEEKS as f64 - 2.0), f64::from(week));
        if moment < 0.0 {
            return 0.0;
        }
        let whole = moment.floor();
        let at = whole as usize;
        let low = history[at % QUEUE_WEEKS].lane(k);
        let high = if at < week as usize { history[(at + 1) % QUEUE_WEEKS].lane(k) } else { low };
        low + (moment - whole) * (high - low)
    })
}

/// After shipping: what was used of licences and pools.
///
/// ```text
/// licensed ← licensed − shipped under licence;   expired = licensed / validity
/// queued(i) = Σ over its links of applied − granted + licensed + expired
/// ```
#[inline(never)]
pub fn settle<L: Lane>(
    control: &mut Control<L>,
    inputs: &mut Inputs<L>,
    network: &Network,
    plan: &Plan,
    future: &Future<L>,
) {
    if plan.controlled.is_empty() {
        return;
    }
    inputs.queued.fill(L::zero());
    let mut pool = 0;
    for event in &plan.events {
        match &event.effect {
            Effect::Licence(rule) => {
                let Some(regime) = &future.draws[event.draw].regime else { continue };
                let expiry = L::one() / regime.validity.max(L::one());
                for licensed in &rule.links {
                    let place = control.place[licensed.link.at()] as usize;
                    let queue = control.queues.of_control[place];
                    if queue == UNCONTROLLED {
                        continue;
                    }
                    let q = queue as usize;
                    let ready = control.queues.ready[q].max(L::splat(1e-300));
                    let filled = (control.shipped_legally[place] / ready).min(L::one());
                    let used = control.queues.offered[q] * filled;
                    let left = (control.queues.licensed[q] - used).positive();
                    let expired = left * expiry;
                    control.queues.licensed[q] = left - expired;
                    control.queues.expired[q] = expired;
                    inputs.queued[network.links[licensed.link.at()].buyer.at()] += control.queues.waiting(q);
                }
            }
            Effect::Quota(rule) => {
                quota::settle(control, rule, pool);
                pool += 1;
            }
            _ => {}
        }
    }
}
