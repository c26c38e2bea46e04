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
    // licences change from week to week, all else only with its size
    let sizes = (0..now.plan.events.len()).map(|e| size_of(policy, slice, e, now));
    let licensed = !queues.applied.is_empty();
    if !licensed && outlets.sizes.iter().copied().eq(sizes.clone()) {
        return;
    }
    outlets.sizes.iter_mut().zip(sizes).for_each(|(known, size)| *known = size);
    outlets.kept_back.fill(L::zero());
    for (e, event) in now.plan.events.iter().enumerate() {
        let size = outlets.sizes[e];
        if size == L::zero() {
            continue;
        }
        let mut deepen = |link: usize, size: L| {
            let kept_back = &mut outlets.kept_back[place[link] as usize];
            *kept_back = kept_back.max(size.min(L::one()));
        };
        match &event.effect {
            Effect::ExportCap(links) => links.iter().for_each(|link| deepen(link.at(), size)),
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

/// Size of an event in a slice, if it is one that keeps trade back.
#[inline(always)]
fn size_of<L: Lane>(policy: &Policy<L>, slice: usize, event: usize, now: Now<'_, L>) -> L {
    let keeps_back = now.plan.events[event].effect.deepest_binds();
    if keeps_back { policy.slices.size(slice, event) } else { L::zero() }
}

/// What of what an event refuses flows all the same this week, before enforcement.
///
/// ```text
/// leak  = (leakage + (1 − leakage)·diversion·free)·up                         up: see [`leaks_up`]
/// free  = (1 − closed / q of this event here)⁺
/// ```
pub(super) struct Leak<L> {
    leakage: L,
    diversion: L,
    up: L,
}

impl<L: Lane> Leak<L> {
    /// The leak of an event of the plan.
    #[inline(always)]
    pub(super) fn of(policy: &Policy<L>, event: usize, now: Now<'_, L>) -> Self {
        let draw = &now.replicates.draws[now.plan.events[event].draw];
        Self { leakage: draw.leakage, diversion: draw.diversion, up: leaks_up(policy, event, now) }
    }

    /// Its share on a link, of which so much is kept back: `kept_back` is q; 0 where nobody sells on.
    #[inline(always)]
    pub(super) fn at(&self, outlets: &Outlets<L>, place: usize, kept_back: L) -> L {
        let sold_on = self.diversion * outlets.free(place, kept_back);
        (self.leakage + (L::one() - self.leakage) * sold_on) * self.up
    }
}
