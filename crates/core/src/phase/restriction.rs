//! What a restriction of a size lets pass, and what leaks around it: the same for caps, licences and quotas.
//!
//! In words and with its notation: docs/model.md#controls.

use crate::behaviour::Behaviour;
use crate::lanes::{Lane, SMALL};
use crate::plan::Now;
use crate::state::Policy;

/// Share of what is ordered beyond normal trade that a control of a size refuses.
///
/// ```text
/// bite = 1 − (1 − s)^k
/// ```
#[inline(always)]
pub(super) fn bite<L: Lane>(size: L, behaviour: &Behaviour<L>) -> L {
    L::one() - passes_beyond(size, behaviour)
}

/// Share of what is wanted beyond what is normal that a control of a size lets pass: `(1 − s)^k`, nothing at full size.
#[inline(always)]
pub(super) fn passes_beyond<L: Lane>(size: L, behaviour: &Behaviour<L>) -> L {
    let left = (L::one() - size).clip(0.0, 1.0);
    let share = (behaviour.cap_tightness * left.ln()).exp();
    L::where_less(L::zero(), left, share, L::zero())
}

/// What a control of a size lets pass of what is wanted, `normal` being what is normal.
///
/// ```text
/// pass = min(wanted, (1 − s)·N + (1 − s)^k·(wanted − N)⁺);   all of it at size zero
/// ```
#[inline(always)]
pub(super) fn lets_pass<L: Lane>(wanted: L, normal: L, size: L, behaviour: &Behaviour<L>) -> L {
    let beyond = passes_beyond(size, behaviour) * (wanted - normal).positive();
    let most = (L::one() - size).positive() * normal + beyond;
    L::where_less(L::zero(), size, wanted.min(most), wanted)
}

/// How far the leakage of an event is up this week.
///
/// ```text
/// up = clip((t + ½ − begun)/leakage_ramp, 0, 1)          begun: the start of the unbroken run of equal events
/// ```
#[inline(always)]
pub(super) fn leaks_up<L: Lane>(policy: &Policy<L>, event: usize, now: Now<'_, L>) -> L {
    let draw = &now.replicates.draws[now.plan.events[event].draw];
    let since = policy.slices.since(event, now.week);
    (since / draw.leakage_ramp.max(L::splat(SMALL))).clip(0.0, 1.0)
}

/// Share of what would leak on a link that is not stopped by enforcement.
#[inline(always)]
pub(super) fn undetected<L: Lane>(policy: &Policy<L>, place: usize) -> L {
    match policy.depths.detected.mean.get(place) {
        Some(detected) => (L::one() - *detected).positive(),
        None => L::one(),
    }
}
