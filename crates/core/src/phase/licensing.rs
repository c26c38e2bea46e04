//! A licence is a queue.
//!
//! In words and with its notation: docs/model.md#licensing.

use crate::id::LinkId;
use crate::lanes::{Lane, SMALL, TINY};
use crate::network::{Network, Trace};
use crate::phase::diversion::{Leak, survey};
use crate::phase::regime::{dealt, exempt, fifths, hazard, held, refused_share, withheld};
use crate::phase::restriction::undetected;
use crate::plan::{Effect, LicenceClass, Now};
use crate::state::{
    Control, FIFTHS, Inputs, LicenceTerms, Policy, QUEUE_WEEKS, Queues, Traces, UNCONTROLLED,
};
use crate::time::Week;

/// Longest wait for a licence that a buyer orders ahead for, weeks.
pub const LONGEST_WAIT: f64 = 26.0;

/// Applications are filed, ripen and are granted.
///
/// ```text
/// λ       = max over licences in force of m·level          share that needs a licence; overlapping licences are one application
/// λ·P, λ·(1 − h), λ·refused: of overlapping licences each the greatest
/// λ of each licence is less what general licences exempt
/// around  = λ − max λ·(1 − leak·hold·undetected), of the order     what goes around the regime
/// applies = (λ·what caps leave of the order − around)⁺·(1 − refusal)·(1 − refused class)
/// filed   = applies + expired                                 applications Q so far
/// ripe    = Q(t − P) − granted so far − withdrawn so far      P: processing time
/// granted = h·ripe,   h = 1 − (1 − a)^(1/P)                  a: share granted within a further processing time
/// licensed ← licensed + granted
/// ```
/// Only refused classes are lost; everything else waits until it is granted or withdrawn: a buyer who has more than it wants
/// withdraws applications, the oldest first. A licence that is not used within its validity applies anew. What needs a
/// licence no more, all of it once the regime is lifted, is dropped and ordered anew by the rule. Trade between third countries needs a licence only for
/// goods of which at least the threshold is of controlled origin.
///
/// How long a licence takes is learnt from those granted lately:
///
/// ```text
/// W = Σ̅ age·granted / Σ̅ granted, smoothed;   before the first grant the announced P
/// ```
#[inline(always)]
pub fn queue<L: Lane>(
    control: &mut Control<L>,
    inputs: &Inputs<L>,
    traces: &Traces<L>,
    policy: &Policy<L>,
    now: Now<'_, L>,
) {
    if control.queues.applied.is_empty() {
        return;
    }
    control.queues.week.fill(LicenceTerms::none());
    for slice in policy.slices.all() {
        survey(control, policy, slice, now);
        terms(control, traces, policy, slice, now);
        let weight = policy.slices.weight(slice);
        let Queues { week, terms, .. } = &mut control.queues;
        week.iter_mut().zip(terms).for_each(|(week, slice)| week.add(slice, weight));
    }
    for place in 0..control.links.len() {
        let q = control.queues.of_control[place];
        if q != UNCONTROLLED {
            let buyer = now.network.links[control.links[place] as usize].buyer.at();
            let pending = inputs.pending[buyer].max(L::splat(TINY));
            let withdrawn = (inputs.withdrawn[buyer] / pending).min(L::one());
            let (asked, capped) = (control.asked[place], control.capped[place]);
            control.queues.go_on(q as usize, asked, capped, withdrawn, now);
        }
    }
}

/// What licences ask for in a slice of the week, by queue.
pub(super) fn terms<L: Lane>(
    control: &mut Control<L>,
    traces: &Traces<L>,
    policy: &Policy<L>,
    slice: usize,
    now: Now<'_, L>,
) {
    let Control { queues, place, outlets, .. } = control;
    queues.terms.fill(LicenceTerms::none());
    for (e, event) in now.plan.events.iter().enumerate() {
        let Effect::Licence(rule) = &event.effect else { continue };
        let Some(regime) = &now.replicates.draws[event.draw].regime else { continue };
        let size = policy.slices.size(slice, e);
        if size == L::zero() {
            continue;
        }
        let since = policy.slices.since(e, now.week);
        let usual = dealt(regime, LicenceClass::USUAL, since);
        let usual = (usual.0, L::one() - hazard(usual.1, usual.0));
        let around = Leak::of(policy, e, now);
        let premium = now.replicates.draws[event.draw].leakage_premium;
        for licensed in &rule.links {
            let at = place[licensed.link.at()] as usize;
            let need = if licensed.foreign {
                let content = controlled_content(traces, now.network, licensed.link);
                L::where_less(content, L::splat(rule.content_threshold), L::zero(), size)
            } else {
                size
            };
            let need = need * (L::one() - exempt(queues, &policy.slices, slice, at));
            let refuses = refused_share(licensed, now.week);
            let (processing, slow) = if licensed.class == LicenceClass::USUAL {
                usual
            } else {
                let (processing, approval) = dealt(regime, licensed.class, since);
                (processing, L::one() - hazard(approval, processing))
            };
            // a licence that is granted to all at once is none, and nobody goes around what is a mere form
            let held = held(regime, licensed, since, now.week);
            // trade between third countries is not sold on by others
            let kept_back =
                if licensed.foreign { L::zero() } else { need * withheld(regime, licensed, since, now.week) };
            let leak = around.at(outlets, at, kept_back);
            let need = L::where_less(L::zero(), held, need, L::zero());
            queues.terms[queues.of_control[at] as usize].and(&LicenceTerms {
                need,
                held: need * (L::one() - leak * held * undetected(policy, at)),
                waits: need * processing,
                spreads: need * regime.spread,
                slow: need * slow,
                refuses: need * (L::one() - (L::one() - regime.refusal) * (1.0 - refuses)),
                expires: need / regime.validity.max(L::one()),
                premium,
                stands: L::where_less(L::zero(), need, L::one(), L::zero()),
            });
        }
    }
}

/// Greatest share of what a link carries that passed the controlled country at some stage.
#[inline(always)]
fn controlled_content<L: Lane>(traces: &Traces<L>, network: &Network, link: LinkId) -> L {
    let tracing = &network.tracing;
    let shares = traces.outputs.row(network.links[link.at()].seller).iter().zip(&tracing.traces);
    shares
        .filter(|(_, trace)| matches!(trace, Trace::Origin { .. }))
        .fold(L::zero(), |most, (share, _)| most.max(*share))
}

impl<L: Lane> Queues<L> {
    /// A week of one queue; `withdrawn` is the share of what is pending that its buyer withdraws.
    #[inline(always)]
    fn go_on(&mut self, q: usize, asked: L, capped: L, withdrawn: L, now: Now<'_, L>) {
        let Now { week, replicates, .. } = now;
        let known = replicates.behaviour.licence_wait_known;
        let terms = self.week[q];
        let processing = terms.processing();
        // applications are made, and withdrawn, the oldest first
        let before = self.pending(q);
        let around = terms.around() * asked;
        let need = (terms.need * capped - around).positive();
        let applies = need * (L::one() - terms.refused());
        self.refused[q] = (terms.held * asked - applies).positive();
        let share = terms.held * (L::one() - terms.refused());
        self.share[q] = L::where_less(L::zero(), asked, applies / asked.max(L::splat(TINY)), share);
        self.filed[q] = applies + self.expired[q];
        self.expired[q] = L::zero();
        self.applied[q] += self.filed[q];
        self.history[q * QUEUE_WEEKS + week as usize % QUEUE_WEEKS] = self.applied[q];
        self.dropped[q] = L::zero();
        self.drop(q, withdrawn * before);
        // what needs a licence no more is ordered anew; who does not know of it waits until it is granted, at once
        let needs = (terms.need / self.before[q].max(L::splat(TINY))).min(L::one());
        let fewer = L::where_less(L::zero(), self.before[q], L::one() - needs, L::zero());
        self.before[q] = terms.need;
        self.drop(q, known * fewer * (L::one() - withdrawn) * before);
        let (by_now, waited) = self.ripen(q, processing, terms.spread(), week);
        let ripe = (by_now - (self.granted[q] + self.withdrawn[q])).positive();
        // those that were ripe before are a week older
        let older = self.ripe[q].min(ripe);
        let ages = self.ages[q] + older + (ripe - older) * waited;
        let hazard = terms.hazard();
        let granted = hazard * ripe;
        self.ripe[q] = ripe - granted;
        self.ages[q] = ages * (L::one() - hazard);
        self.given[q] = granted;
        self.granted[q] += granted;
        self.licensed[q] += granted;
        self.offered[q] = self.licensed[q];
        self.ready[q] = L::zero();
        self.learn(q, granted, hazard * ages, terms, now);
    }

    /// Applications that are ripe, cumulated, and how long those have waited that have just ripened.
    ///
    /// ```text
    /// ripe so far = Σ ⅕·Q(t − P·x_k)
    /// ```
    /// What is ripe stays ripe.
    #[inline(always)]
    fn ripen(&mut self, q: usize, processing: L, spread: L, week: Week) -> (L, L) {
        let slots = &self.history[q * QUEUE_WEEKS..(q + 1) * QUEUE_WEEKS];
        let untils = &mut self.ripe_until[q * FIFTHS..(q + 1) * FIFTHS];
        let now = L::splat(f64::from(week));
        let usual = (now - processing).max(untils[FIFTHS / 2]);
        let by_now = applied_by(slots, usual, week);
        if spread == L::zero() {
            untils.fill(usual);
            return (by_now, processing);
        }
        let (mut ripe, mut ripened, mut longer) = (by_now, L::splat(TINY), L::zero());
        for (until, time) in untils.iter_mut().zip(fifths(spread)) {
            let takes = processing * time;
            let (was, is) = (*until, (now - takes).max(*until));
            *until = is;
            let by_then = applied_by(slots, is, week);
            ripe += (by_then - by_now) * (1.0 / FIFTHS as f64);
            let new = by_then - applied_by(slots, was, week);
            ripened += new;
            longer += new * (takes - processing);
        }
        (ripe, processing + longer / ripened)
    }

    /// How long those waited that were granted lately.
    #[inline(always)]
    fn learn(&mut self, q: usize, granted: L, ages: L, terms: LicenceTerms<L>, now: Now<'_, L>) {
        let speed = now.replicates.behaviour.reliability_speed;
        // what was known of a regime is forgotten with it
        let stands = L::where_less(L::zero(), terms.stands, L::one(), L::zero());
        self.lately[q] = self.lately[q].towards(granted, speed) * stands;
        self.lately_aged[q] = self.lately_aged[q].towards(ages, speed) * stands;
        let seen = self.lately_aged[q] / self.lately[q].max(L::splat(TINY));
        let base = L::splat(SMALL) * self.applied[q];
        self.wait[q] = L::where_less(base, self.lately[q], seen, terms.processing());
    }

    /// Takes applications out of a queue, the oldest first.
    #[inline(always)]
    fn drop(&mut self, q: usize, tonnes: L) {
        self.withdrawn[q] += tonnes;
        self.dropped[q] += tonnes;
        let left = (self.ripe[q] - tonnes).positive();
        self.ages[q] = self.ages[q] * (left / self.ripe[q].max(L::splat(TINY)));
        self.ripe[q] = left;
    }
}

/// What licences let ship in a slice of the week, on the links that wait for them.
///
/// ```text
/// legal = (1 − λ)·order + licensed;   leaked = around
/// ```
#[inline(always)]
pub(super) fn ready<L: Lane>(control: &mut Control<L>, weight: L) {
    let Control { queues, now, asked, .. } = control;
    for (place, asked) in asked.iter().enumerate() {
        let (q, asked) = (queues.of_control[place], *asked);
        if q == UNCONTROLLED {
            continue;
        }
        let q = q as usize;
        let (terms, week) = (&queues.terms[q], &queues.week[q]);
        // what is licensed ships while the regime stands, and if it stands no more at once
        let rate =
            L::where_less(L::zero(), week.stands, terms.stands / week.stands.max(L::splat(TINY)), L::one());
        now.legal[place] = asked - terms.need * asked + rate * queues.licensed[q];
        now.leaked[place] = terms.around() * asked;
        now.premium[place] = terms.premium;
        now.bound[place] = terms.stands;
        queues.ready[q] += weight * now.legal[place];
    }
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

/// After shipping: what was used of licences, and what each buyer knows of its queues.
///
/// ```text
/// licensed ← licensed − shipped under licence;   expired = licensed / validity
/// queued(i)  = Σ over its links of applied − granted − withdrawn + licensed + expired
/// wait(i)    = Σ over its links of share·(share of its orders that queues)·min(W, 26)
/// ```
pub(super) fn settle<L: Lane>(
    control: &mut Control<L>,
    inputs: &mut Inputs<L>,
    shares: &[L],
    now: Now<'_, L>,
) {
    for list in [&mut inputs.queued, &mut inputs.pending, &mut inputs.licence_wait] {
        list.fill(L::zero());
    }
    let known = now.replicates.behaviour.licence_wait_known;
    for place in 0..control.links.len() {
        let q = control.queues.of_control[place];
        if q == UNCONTROLLED {
            continue;
        }
        let q = q as usize;
        let l = control.links[place] as usize;
        let buyer = now.network.links[l].buyer.at();
        let queues = &mut control.queues;
        // of what might have shipped as far as licences go, what did; the licensed have their part in it
        let filled = (control.shipped_legally[place] / queues.ready[q].max(L::splat(TINY))).min(L::one());
        let left = (queues.licensed[q] - queues.offered[q] * filled).positive();
        let expired = left * queues.week[q].expiry();
        queues.licensed[q] = left - expired;
        queues.expired[q] = expired;
        inputs.queued[buyer] += queues.waiting(q);
        inputs.pending[buyer] += queues.pending(q);
        let wait = queues.wait[q].min(L::splat(LONGEST_WAIT));
        inputs.licence_wait[buyer] += shares[l] * queues.share[q] * wait * known;
    }
}
