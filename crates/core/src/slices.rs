//! A week in slices: cut where an event begins or ends, so that within a slice what is in force does not change.
//!
//! Of several controls on one trade the deepest binds, moment by moment. So two that follow each other within a week act as
//! one throughout, and two that are alike act as one.

use crate::draw::{Draw, Regime};
use crate::lanes::Lane;
use crate::plan::{Effect, Plan, Replicates};
use crate::time::Week;

/// Moments closer than this are one, weeks.
const SEAM: f64 = 1e-6;

/// The slices of a week, and the size of each event in each of them.
#[derive(Clone, Debug)]
pub struct Slices<L> {
    /// Events of the plan whose edges cut a week: those of which the deepest binds.
    cutting: Vec<usize>,
    /// By event of the plan: the start of the unbroken run of equal events that it belongs to.
    begun: Vec<L>,
    /// By event of the plan: those just before it in that run, and in which replicates.
    follows: Vec<Vec<(usize, L)>>,
    /// By event of the plan: those that stand in the same run, and in which replicates.
    alike: Vec<Vec<(usize, L)>>,
    /// By event of the plan: 1 where it does something while it stands; else it cuts no week.
    acts: Vec<L>,
    /// Room for the moments at which a week is cut.
    moments: Vec<L>,
    /// By slice: its share of the week.
    weights: Vec<L>,
    /// Whether each event of the plan stands (1 or 0): `[slice × events + event]`.
    stands: Vec<L>,
    /// Its intensity, there.
    levels: Vec<L>,
    /// Its size, there: magnitude times intensity.
    sizes: Vec<L>,
    /// Number of slices this week.
    n: usize,
}

impl<L: Lane> Slices<L> {
    pub(crate) fn new(plan: &Plan, replicates: &Replicates<L>) -> Self {
        let draws = &replicates.draws;
        let deepest = |e: &usize| plan.events[*e].effect.deepest_binds();
        let cutting: Vec<usize> = (0..plan.events.len()).filter(deepest).collect();
        let mut begun: Vec<L> = plan.events.iter().map(|e| draws[e.draw].start).collect();
        let mut follows = vec![Vec::new(); plan.events.len()];
        let mut alike = vec![Vec::new(); plan.events.len()];
        let pairs: Vec<(usize, usize)> = cutting
            .iter()
            .flat_map(|e| cutting.iter().map(move |f| (*e, *f)))
            .filter(|(e, f)| e != f && plan.events[*e].effect == plan.events[*f].effect)
            .collect();
        let draw = |e: usize| &draws[plan.events[e].draw];
        // a run may have many parts: each sweep hands the beginning on by one
        for _ in 0..cutting.len() {
            for (e, f) in &pairs {
                let goes_on = goes_on(draw(*e), draw(*f));
                begun[*e] = L::where_less(L::zero(), goes_on, begun[*e].min(begun[*f]), begun[*e]);
            }
        }
        for (e, f) in &pairs {
            let before = draw(*f).start - draw(*e).start;
            let before = L::where_less(before, L::splat(-SEAM), goes_on(draw(*e), draw(*f)), L::zero());
            follows[*e].push((*f, before));
            let apart = (begun[*e] - begun[*f]).max(begun[*f] - begun[*e]);
            let runs = L::where_less(apart, L::splat(SEAM), equal(draw(*e), draw(*f)), L::zero());
            alike[*e].push((*f, runs));
        }
        let slices = 2 * cutting.len() + 1;
        Self {
            acts: plan.events.iter().map(|e| acts(&e.effect, &draws[e.draw])).collect(),
            begun,
            follows,
            alike,
            moments: vec![L::zero(); slices + 1],
            weights: vec![L::zero(); slices],
            stands: vec![L::zero(); slices * plan.events.len()],
            levels: vec![L::zero(); slices * plan.events.len()],
            sizes: vec![L::zero(); slices * plan.events.len()],
            n: 0,
            cutting,
        }
    }

    /// Cuts a week.
    pub(crate) fn cut(&mut self, plan: &Plan, replicates: &Replicates<L>, week: Week) {
        let (from, to) = (L::splat(f64::from(week)), L::splat(f64::from(week) + 1.0));
        let draw = |e: usize| &replicates.draws[plan.events[e].draw];
        self.moments[0] = from;
        self.n = 0;
        for e in &self.cutting {
            for edge in [draw(*e).start, draw(*e).gone()] {
                let edge = edge.max(from).min(to);
                let edge = L::where_less(L::zero(), self.acts[*e], edge, from);
                let within = (edge - from) * (to - edge);
                if within != L::zero() {
                    self.n += 1;
                    self.moments[self.n] = edge;
                }
            }
        }
        self.n += 1;
        self.moments[self.n] = to;
        if self.n > 2 {
            sort(&mut self.moments[1..self.n]);
        }
        for slice in 0..self.n {
            let (a, b) = (self.moments[slice], self.moments[slice + 1]);
            self.weights[slice] = b - a;
            let middle = (a + b) * 0.5;
            for e in &self.cutting {
                let draw = draw(*e);
                let covered = L::where_less(draw.start, middle, L::one(), L::zero());
                let covered = L::where_less(middle, draw.gone(), covered, L::zero());
                let at = slice * plan.events.len() + e;
                self.stands[at] = covered;
                self.levels[at] = covered * draw.level(middle);
                self.sizes[at] = self.levels[at] * draw.magnitude;
            }
        }
    }

    /// The slices of the week.
    #[inline(always)]
    pub fn all(&self) -> core::ops::Range<usize> {
        0..self.n
    }

    /// Share of the week.
    #[inline(always)]
    pub fn weight(&self, slice: usize) -> L {
        self.weights[slice]
    }

    /// Size of an event of the plan in a slice: magnitude times intensity; only of events of which the deepest binds.
    #[inline(always)]
    pub fn size(&self, slice: usize, event: usize) -> L {
        self.sizes[slice * self.begun.len() + event]
    }

    /// Intensity of an event in a slice.
    #[inline(always)]
    pub fn level(&self, slice: usize, event: usize) -> L {
        self.levels[slice * self.begun.len() + event]
    }

    /// Whether an event stands in a slice, 1 or 0, of whatever size.
    #[inline(always)]
    pub fn stands(&self, slice: usize, event: usize) -> L {
        self.stands[slice * self.begun.len() + event]
    }

    /// In which part of the week an event stands, or one that it makes a run with.
    #[inline(always)]
    pub fn part(&self, event: usize) -> L {
        self.all().fold(L::zero(), |sum, slice| {
            let stands = self.alike[event]
                .iter()
                .fold(self.stands(slice, event), |most, (f, runs)| most.max(*runs * self.stands(slice, *f)));
            sum + self.weight(slice) * stands
        })
    }

    /// Mean size of an event over the week.
    #[inline(always)]
    pub fn mean(&self, event: usize) -> L {
        (0..self.n).fold(L::zero(), |sum, slice| sum + self.weight(slice) * self.size(slice, event))
    }

    /// Weeks since the unbroken run of equal events began in which an event stands, in the middle of the week.
    #[inline(always)]
    pub fn since(&self, event: usize, week: Week) -> L {
        L::splat(f64::from(week) + 0.5) - self.begun[event]
    }

    /// The events that one goes on from, and in which replicates (1 or 0).
    pub fn follows(&self, event: usize) -> &[(usize, L)] {
        &self.follows[event]
    }
}

/// Whether an event does anything while it stands: 1 or 0.
pub(crate) fn acts<L: Lane>(effect: &Effect, draw: &Draw<L>) -> L {
    let sized = |size: L| {
        let some = L::where_less(L::zero(), size, L::one(), L::zero());
        L::where_less(size, L::zero(), L::one(), some)
    };
    match (effect, &draw.regime) {
        (Effect::Quota(rule), _) if rule.in_tonnes => L::one(),
        (Effect::Licence(rule), Some(regime)) => {
            let refuses = rule.links.iter().flat_map(|link| &link.refused).any(|class| class.share > 0.0);
            if refuses {
                return sized(draw.magnitude);
            }
            let (p, a) = (regime.processing, regime.approval);
            let slow = (L::one() - a.from).max(L::one() - a.to).max(p.from).max(p.to).max(regime.refusal);
            sized(draw.magnitude * slow)
        }
        _ => sized(draw.magnitude),
    }
}

/// Whether all numbers of two events but their times are the same: 1 or 0.
fn equal<L: Lane>(event: &Draw<L>, other: &Draw<L>) -> L {
    let mut equal = L::one();
    let pairs = [
        (event.magnitude, other.magnitude),
        (event.leakage, other.leakage),
        (event.leakage_ramp, other.leakage_ramp),
        (event.leakage_premium, other.leakage_premium),
        (event.diversion, other.diversion),
    ];
    let regimes =
        event.regime.iter().zip(&other.regime).flat_map(|(a, b)| numbers(a).into_iter().zip(numbers(b)));
    for (a, b) in pairs.into_iter().chain(regimes) {
        let apart = (a - b).max(b - a);
        equal = L::where_less(L::zero(), apart, L::zero(), equal);
    }
    equal
}

/// Whether an event begins while an equal one stands, or just as it ends: 1 or 0.
fn goes_on<L: Lane>(event: &Draw<L>, other: &Draw<L>) -> L {
    let early = event.start - other.start;
    let late = other.gone() - event.start;
    let stands = L::where_less(early, L::splat(-SEAM), L::zero(), equal(event, other));
    L::where_less(late, L::splat(-SEAM), L::zero(), stands)
}

fn numbers<L: Lane>(regime: &Regime<L>) -> [L; 8] {
    let (p, a) = (regime.processing, regime.approval);
    [p.from, p.to, p.ramp, a.from, a.to, a.ramp, regime.refusal, regime.validity]
}

/// Sorts moments in each replicate by itself.
fn sort<L: Lane>(moments: &mut [L]) {
    for last in (1..moments.len()).rev() {
        for k in 0..last {
            let (a, b) = (moments[k], moments[k + 1]);
            (moments[k], moments[k + 1]) = (a.min(b), a.max(b));
        }
    }
}

/// The greatest of several sizes at each place, moment by moment, and its mean over the week.
#[derive(Clone, Debug, Default)]
pub struct Deepest<L> {
    /// Mean over the week.
    pub mean: Vec<L>,
    /// Greatest in the slice at hand.
    now: Vec<L>,
}

impl<L: Lane> Deepest<L> {
    pub(crate) fn new(places: usize) -> Self {
        Self { mean: vec![L::zero(); places], now: vec![L::zero(); places] }
    }

    /// Whether it has no places.
    pub fn is_empty(&self) -> bool {
        self.mean.is_empty()
    }

    /// Starts a week.
    pub(crate) fn clear(&mut self) {
        self.mean.fill(L::zero());
    }

    #[inline(always)]
    pub(crate) fn deepen(&mut self, place: usize, size: L) {
        self.now[place] = self.now[place].max(size);
    }

    /// Ends a slice at a place; once more does nothing.
    #[inline(always)]
    pub(crate) fn end(&mut self, place: usize, weight: L) {
        self.mean[place] += weight * core::mem::replace(&mut self.now[place], L::zero());
    }
}
