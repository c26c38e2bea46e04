//! Third countries sell on what they may still buy.
//!
//! In words and with its notation: docs/model.md#diversion.

use crate::lanes::Lane;
use crate::phase::regime::{exempt, withheld};
use crate::phase::restriction::leaks_up;
use crate::plan::{Effect, Now};
use crate::state::{Control, Outlets, Policy};

/// How much of each good's trade abroad controls keep back in a slice of the week.
///
/// ```text
/// q(l)    = max over caps, quotas and licences in force on l of s, of a licence times what it withholds
/// closed  = Σ share(l)·q(l)                                  over all trade of a good from a country to others
/// ```
#[inline(always)]
pub(super) fn survey<L: Lane>(control: &mut Control<L>, policy: &Policy<L>, slice: usize, now: Now<'_, L>) {
    let draws = &now.replicates.draws;
    if now.plan.events.iter().all(|e| draws[e.draw].diversion == L::zero()) {
        return;
    }
    let Control { outlets, place, queues, .. } = control;
    outlets.kept_back.fill(L::zero());
    for (e, event) in now.plan.events.iter().enumerate() {
        let size = if event.effect.deepest_binds() { policy.slices.size(slice, e) } else { L::zero() };
        if size == L::zero() {
            continue;
        }
        let mut deepen = |link: usize, size: L| {
            let kept_back = &mut outlets.kept_back[place[link] as usize];
            *kept_back = kept_back.max(size.min(L::one()));
        };
        match &event.effect {
            Effect::ExportCap { links, .. } => links.iter().for_each(|link| deepen(link.at(), size)),
            Effect::Quota(rule) if !rule.in_tonnes => {
                let links = rule.groups.iter().flat_map(|group| &group.links);
                links.for_each(|link| deepen(link.at(), size));
            }
            Effect::Licence(rule) => {
                let Some(regime) = &draws[event.draw].regime else { continue };
                let since = policy.slices.since(e, now.week);
                for licensed in rule.links.iter().filter(|licensed| !licensed.foreign) {
                    let at = place[licensed.link.at()] as usize;
                    let need = size * (L::one() - exempt(queues, &policy.slices, slice, at));
                    deepen(licensed.link.at(), need * withheld(regime, licensed, since, now.week));
                }
            }
            _ => {}
        }
    }
    outlets.closed.fill(L::zero());
    for (place, good) in outlets.of_control.iter().enumerate() {
        if let Some(good) = good {
            outlets.closed[*good] += outlets.kept_back[place] * outlets.share[place];
        }
    }
}

/// Share of what an event refuses on a link that flows all the same this week, before enforcement.
///
/// ```text
/// leak  = (leakage + (1 − leakage)·diversion·free)·up                         up: see [`leaks_up`]
/// free  = (1 − closed / q of this event here)⁺
/// ```
/// `kept_back` is q; 0 where nobody sells on.
#[inline(always)]
pub(super) fn leak<L: Lane>(
    outlets: &Outlets<L>,
    policy: &Policy<L>,
    (event, place): (usize, usize),
    kept_back: L,
    now: Now<'_, L>,
) -> L {
    let draw = &now.replicates.draws[now.plan.events[event].draw];
    let sold_on = draw.diversion * outlets.free(place, kept_back);
    (draw.leakage + (L::one() - draw.leakage) * sold_on) * leaks_up(policy, event, now)
}
