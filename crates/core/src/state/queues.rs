//! What licences leave behind: queues of applications, and what they ask for.

use crate::id::to_u32;
use crate::lanes::{Lane, TINY};
use crate::plan::{Effect, Event, Plan};

/// "This link is not controlled."
pub const UNCONTROLLED: u32 = u32::MAX;
/// Weeks of applications that a licence queue remembers; a processing time is at least two weeks shorter.
pub const QUEUE_WEEKS: usize = 80;

/// Parts of the applications that take unequally long.
pub const FIFTHS: usize = 5;

/// What licences ask for on a link: overlapping ones are one application.
///
/// Each number is counted in shares of an order, so that a regime weighs as much as the trade that needs its licence.
#[derive(Clone, Copy, Debug)]
pub struct LicenceTerms<L> {
    /// λ: share of an order that needs a licence.
    pub need: L,
    /// Of that, what does not go around the regime.
    pub held: L,
    /// λ·P: weeks before an application is decided at the earliest.
    pub waits: L,
    /// λ·σ: spread of these weeks between applications.
    pub spreads: L,
    /// λ·(1 − h): what of a week's ripe applications is not granted.
    pub slow: L,
    /// Share of an order that is refused.
    pub refuses: L,
    /// λ times the share of what is licensed and not used that runs out in a week.
    pub expires: L,
    /// Extra price on what goes around.
    pub premium: L,
    /// Whether a licence is needed: 1 or 0; over a week, in which part of it.
    pub stands: L,
}

impl<L: Lane> LicenceTerms<L> {
    /// No licence is needed.
    pub(crate) fn none() -> Self {
        let none = L::zero();
        Self {
            need: none,
            held: none,
            waits: none,
            spreads: none,
            slow: none,
            refuses: none,
            expires: none,
            premium: none,
            stands: none,
        }
    }

    /// Another regime stands beside: one application, granted when the slower grants. Of everything the greater holds, so a
    /// regime that touches next to nothing changes next to nothing.
    #[inline(always)]
    pub(crate) fn and(&mut self, other: &Self) {
        let costlier = self.premium.max(other.premium);
        let as_much = L::where_less(other.held, self.held, self.premium, costlier);
        *self = Self {
            need: self.need.max(other.need),
            held: self.held.max(other.held),
            waits: self.waits.max(other.waits),
            spreads: self.spreads.max(other.spreads),
            slow: self.slow.max(other.slow),
            refuses: self.refuses.max(other.refuses),
            expires: self.expires.max(other.expires),
            premium: L::where_less(self.held, other.held, other.premium, as_much),
            stands: self.stands.max(other.stands),
        };
    }

    /// Adds a slice of the week to the terms of the week.
    #[inline(always)]
    pub(crate) fn add(&mut self, slice: &Self, weight: L) {
        self.need += weight * slice.need;
        self.held += weight * slice.held;
        self.waits += weight * slice.waits;
        self.spreads += weight * slice.spreads;
        self.slow += weight * slice.slow;
        self.refuses += weight * slice.refuses;
        self.expires += weight * slice.expires;
        self.premium += weight * slice.premium;
        self.stands += weight * slice.stands;
    }

    /// Share of an order that goes around the regime.
    #[inline(always)]
    pub fn around(&self) -> L {
        (self.need - self.held).positive()
    }

    /// P: weeks before an application is decided at the earliest.
    #[inline(always)]
    pub fn processing(&self) -> L {
        self.of_need(self.waits)
    }

    /// σ: standard deviation of the logarithm of these weeks between applications.
    #[inline(always)]
    pub fn spread(&self) -> L {
        self.of_need(self.spreads)
    }

    /// h: share of what is ripe that is granted in a week; all of it where no licence is needed.
    #[inline(always)]
    pub fn hazard(&self) -> L {
        L::one() - self.of_need(self.slow)
    }

    /// Share of the applications that is refused.
    #[inline(always)]
    pub fn refused(&self) -> L {
        self.of_need(self.refuses)
    }

    /// Share of what is licensed and not used that runs out in a week.
    #[inline(always)]
    pub fn expiry(&self) -> L {
        self.of_need(self.expires)
    }

    #[inline(always)]
    fn of_need(&self, part: L) -> L {
        part / self.need.max(L::splat(TINY))
    }
}

/// Licence queues: one per licensed link.
#[derive(Clone, Debug)]
pub struct Queues<L> {
    /// Place of a controlled link's queue, or [`UNCONTROLLED`].
    pub of_control: Vec<u32>,
    /// Class of a queue's buyer, of the first licence that covers its link ([`crate::plan::LicenceClass::place`]).
    pub class: Vec<u32>,
    /// Applications since the start, cumulated, as of each of the last weeks: `[queue × QUEUE_WEEKS + week % QUEUE_WEEKS]`.
    pub history: Vec<L>,
    /// Applications since the start, cumulated, tonnes.
    pub applied: Vec<L>,
    /// Of these, granted, tonnes.
    pub granted: Vec<L>,
    /// Applied for this week, tonnes.
    pub filed: Vec<L>,
    /// Granted this week, tonnes.
    pub given: Vec<L>,
    /// Granted and not yet shipped, tonnes.
    pub licensed: Vec<L>,
    /// What must apply anew next week because its licence has run out, tonnes.
    pub expired: Vec<L>,
    /// Moment, in weeks, up to which each fifth of the applications is ripe, the quickest first: `[queue × 5 + fifth]`.
    pub ripe_until: Vec<L>,
    /// Licensed tonnes among what may ship this week.
    pub offered: Vec<L>,
    /// All that may ship this week as far as licences go.
    pub ready: Vec<L>,
    /// Of the applications, withdrawn since the start, tonnes.
    pub withdrawn: Vec<L>,
    /// Withdrawn this week, tonnes.
    pub dropped: Vec<L>,
    /// Refused this week, tonnes.
    pub refused: Vec<L>,
    /// Share of an order that joins the queue.
    pub share: Vec<L>,
    /// Ripe and not granted, tonnes.
    pub ripe: Vec<L>,
    /// Weeks that these have waited, tonnes times weeks.
    pub ages: Vec<L>,
    /// Granted lately, smoothed, tonnes a week.
    pub lately: Vec<L>,
    /// The same times the weeks that they had waited.
    pub lately_aged: Vec<L>,
    /// W: weeks that an application takes, as its buyer knows it.
    pub wait: Vec<L>,
    /// λ of last week.
    pub before: Vec<L>,
    /// General licences: the event of the plan, and which controlled links it covers.
    pub general: Vec<(usize, Vec<bool>)>,
    /// What licences ask for in the slice of the week at hand.
    pub terms: Vec<LicenceTerms<L>>,
    /// The same over the week.
    pub week: Vec<LicenceTerms<L>>,
}

impl<L: Lane> Queues<L> {
    pub(crate) fn new(plan: &Plan, place: &[u32], controlled: usize) -> Self {
        let mut of_control = vec![UNCONTROLLED; controlled];
        let (mut n, mut class) = (0, Vec::new());
        for event in &plan.events {
            if let Effect::Licence(rule) = &event.effect {
                for licensed in &rule.links {
                    let queue = &mut of_control[place[licensed.link.at()] as usize];
                    if *queue == UNCONTROLLED {
                        *queue = to_u32(n);
                        class.push(licensed.class.place);
                        n += 1;
                    }
                }
            }
        }
        let zeros = || vec![L::zero(); n];
        Self {
            of_control,
            class,
            history: vec![L::zero(); n * QUEUE_WEEKS],
            applied: zeros(),
            granted: zeros(),
            filed: zeros(),
            given: zeros(),
            licensed: zeros(),
            expired: zeros(),
            ripe_until: vec![L::zero(); n * FIFTHS],
            offered: zeros(),
            ready: zeros(),
            withdrawn: zeros(),
            dropped: zeros(),
            refused: zeros(),
            share: zeros(),
            ripe: zeros(),
            ages: zeros(),
            lately: zeros(),
            lately_aged: zeros(),
            wait: zeros(),
            before: zeros(),
            general: general(plan, place, controlled),
            terms: vec![LicenceTerms::none(); n],
            week: vec![LicenceTerms::none(); n],
        }
    }

    /// Tonnes of a link that have been applied for and are neither granted nor withdrawn.
    #[inline(always)]
    pub fn pending(&self, queue: usize) -> L {
        (self.applied[queue] - self.granted[queue] - self.withdrawn[queue]).positive()
    }

    /// Tonnes of a link that wait for a licence or for shipment under one.
    #[inline(always)]
    pub fn waiting(&self, queue: usize) -> L {
        self.pending(queue) + self.licensed[queue] + self.expired[queue]
    }
}

/// The general licences of a plan, each with the controlled links that it covers.
pub(super) fn general(plan: &Plan, place: &[u32], controlled: usize) -> Vec<(usize, Vec<bool>)> {
    let of = |(e, event): (usize, &Event)| {
        let Effect::GeneralLicence(links) = &event.effect else { return None };
        let mut covered = vec![false; controlled];
        links.iter().for_each(|link| covered[place[link.at()] as usize] = true);
        Some((e, covered))
    };
    plan.events.iter().enumerate().filter_map(of).collect()
}
