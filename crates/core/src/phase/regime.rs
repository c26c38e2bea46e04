//! How much a licensing regime holds back.
//!
//! In words and with its notation: docs/model.md#licensing.

use crate::draw::Regime;
use crate::lanes::{Lane, SMALL};
use crate::plan::LicensedLink;
use crate::slices::Slices;
use crate::state::Queues;
use crate::time::Week;

/// Which part of a week's applications a regime holds back: the size of a licence that is not a mere form.
///
/// ```text
/// hold = 1 − (1 − min(P, 1))·h·(1 − refusal)
/// ```
#[inline(always)]
pub(super) fn hold<L: Lane>(regime: &Regime<L>, since: L) -> L {
    let processing = regime.processing.at(since).positive();
    let at_once = (L::one() - processing).positive() * hazard(regime, since, processing);
    L::one() - at_once * (L::one() - regime.refusal)
}

/// The same on a link some of whose users are refused.
#[inline(always)]
pub(super) fn held<L: Lane>(regime: &Regime<L>, licensed: &LicensedLink, since: L, week: Week) -> L {
    let form = L::one() - hold(regime, since);
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
    let withheld = L::one() - granted * regime.approval.at(since).clip(0.0, 1.0);
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
pub(super) fn hazard<L: Lane>(regime: &Regime<L>, since: L, processing: L) -> L {
    let left = (L::one() - regime.approval.at(since)).clip(0.0, 1.0);
    L::one() - (left.ln() / processing.max(L::splat(1e-3))).exp()
}
