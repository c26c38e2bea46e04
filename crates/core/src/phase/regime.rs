//! How much a licensing regime holds back.
//!
//! In words and with its notation: docs/model.md#licensing.

use crate::draw::Regime;
use crate::lanes::{Lane, SMALL};
use crate::plan::{LicenceClass, LicensedLink};
use crate::slices::Slices;
use crate::state::{FIFTHS, Queues};
use crate::time::Week;

/// How a regime deals with the applications of a class: weeks before one is decided at the earliest, and the share of those that
/// are ripe that is granted within a further such time.
#[inline(always)]
pub(super) fn dealt<L: Lane>(regime: &Regime<L>, class: LicenceClass, since: L) -> (L, L) {
    let processing = (regime.processing.at(since) * class.time).positive();
    let approval = (regime.approval.at(since) * class.approval).clip(0.0, 1.0);
    (processing, approval)
}

/// Which part of a week's applications a regime holds back: the size of a licence that is not a mere form.
///
/// ```text
/// hold = 1 − (1 − min(P, 1))·h·(1 − refusal)
/// ```
#[inline(always)]
pub(super) fn hold<L: Lane>(regime: &Regime<L>, class: LicenceClass, since: L) -> L {
    let (processing, approval) = dealt(regime, class, since);
    let at_once = (L::one() - processing).positive() * hazard(approval, processing);
    L::one() - at_once * (L::one() - regime.refusal)
}

/// The same on a link some of whose users are refused.
#[inline(always)]
pub(super) fn held<L: Lane>(regime: &Regime<L>, licensed: &LicensedLink, since: L, week: Week) -> L {
    let form = L::one() - hold(regime, licensed.class, since);
    L::one() - form * (1.0 - refused_share(licensed, week))
}

/// What of the ripe applications on a link a regime does not grant within a further processing time; next to nothing, and
/// not nothing, where it grants all after a while, so that who waits is worse off than who needs no licence.
///
/// ```text
/// withheld = 1 − (1 − refusal)·(1 − class)·a     where held > 0
/// ```
#[inline(always)]
pub(super) fn withheld<L: Lane>(regime: &Regime<L>, licensed: &LicensedLink, since: L, week: Week) -> L {
    let granted = (L::one() - regime.refusal) * (1.0 - refused_share(licensed, week));
    let withheld = L::one() - granted * dealt(regime, licensed.class, since).1;
    let held = held(regime, licensed, since, week);
    L::where_less(L::zero(), held, withheld.max(L::splat(SMALL)), L::zero())
}

/// Share of the applications on a link that is refused because of who uses the goods in the end.
#[inline(always)]
pub(super) fn refused_share(licensed: &LicensedLink, week: Week) -> f64 {
    let refused = licensed.refused.iter().filter(|class| week < class.until);
    refused.map(|class| class.share).sum::<f64>().min(1.0)
}

/// Share of what a controlled link carries that general licences exempt in a slice of the week: the greatest.
#[inline(always)]
pub(super) fn exempt<L: Lane>(queues: &Queues<L>, policy: &Slices<L>, slice: usize, place: usize) -> L {
    let covering = queues.general.iter().filter(|(_, covered)| covered[place]);
    covering.fold(L::zero(), |most, (event, _)| most.max(policy.size(slice, *event)))
}

/// Weekly hazard of a ripe application.
#[inline(always)]
pub(super) fn hazard<L: Lane>(approval: L, processing: L) -> L {
    L::one() - ((L::one() - approval).ln() / processing.max(L::splat(1e-3))).exp()
}

/// Processing times of five equal parts of the applications over the usual one: log-normal, each part at its middle.
///
/// ```text
/// x₁ … x₅ = e^(σ·z),   z at 10, 30, 50, 70 and 90 % of a standard normal variable
/// ```
#[inline(always)]
pub(super) fn fifths<L: Lane>(spread: L) -> [L; FIFTHS] {
    const Z: [f64; FIFTHS] =
        [-1.281_551_565_544_6, -0.524_400_512_708_041, 0.0, 0.524_400_512_708_041, 1.281_551_565_544_6];
    Z.map(|z| (spread * z).exp())
}
