//! What a replicate draws of an event: size, times, and how an authority works.

use crate::lanes::{Lane, SMALL};
use crate::time::Week;

/// Size and timing of one event in each replicate. Times are weeks from the start of spin-up, in fractions.
#[derive(Clone, Copy, Debug)]
pub struct Draw<L> {
    /// First moment.
    pub start: L,
    /// The moment from which it is known: that of its announcement, or its first.
    pub known: L,
    /// Weeks from the first moment to full size.
    pub ramp: L,
    /// Weeks at full size, after the ramp.
    pub duration: L,
    /// Weeks from full size back to nothing.
    pub recovery: L,
    /// Full size.
    pub magnitude: L,
    /// Share of the refused volume that flows all the same once `leakage_ramp` weeks have passed.
    pub leakage: L,
    /// Weeks until the leakage is fully up.
    pub leakage_ramp: L,
    /// Extra price on what leaks, share.
    pub leakage_premium: L,
    /// Share of the rest of it that third countries would sell on if all of the good's trade with others were free.
    pub diversion: L,
    /// Yearly cost of holding the stock of a buffer or a reserve, share of its value.
    pub carrying: L,
    /// How a licensing authority works; only a licence has one.
    pub regime: Option<Regime<L>>,
}

/// A number that moves in a line from one value to another and then stays: as it is drawn, or as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Path<L> {
    /// Value at the start of the event.
    pub from: L,
    /// Value from `ramp` weeks on.
    pub to: L,
    /// Weeks between the two.
    pub ramp: L,
}

impl<D> Path<D> {
    /// The same path of something made of each of its numbers.
    pub fn map<E>(&self, of: &mut impl FnMut(&D) -> E) -> Path<E> {
        Path { from: of(&self.from), to: of(&self.to), ramp: of(&self.ramp) }
    }

    /// Its numbers.
    pub fn numbers(&self) -> [&D; 3] {
        [&self.from, &self.to, &self.ramp]
    }

    /// Its numbers, to change them.
    pub fn numbers_mut(&mut self) -> [&mut D; 3] {
        [&mut self.from, &mut self.to, &mut self.ramp]
    }
}

impl<D> Regime<D> {
    /// The same regime of something made of each of its numbers.
    pub fn map<E>(&self, of: &mut impl FnMut(&D) -> E) -> Regime<E> {
        Regime {
            processing: self.processing.map(of),
            approval: self.approval.map(of),
            spread: of(&self.spread),
            refusal: of(&self.refusal),
            validity: of(&self.validity),
        }
    }

    /// Its numbers.
    pub fn numbers(&self) -> impl Iterator<Item = &D> {
        let paths = self.processing.numbers().into_iter().chain(self.approval.numbers());
        paths.chain([&self.spread, &self.refusal, &self.validity])
    }

    /// Its numbers, to change them.
    pub fn numbers_mut(&mut self) -> impl Iterator<Item = &mut D> {
        let paths = self.processing.numbers_mut().into_iter().chain(self.approval.numbers_mut());
        paths.chain([&mut self.spread, &mut self.refusal, &mut self.validity])
    }
}

impl<L: Lane> Path<L> {
    /// The same value throughout.
    pub fn constant(value: L) -> Self {
        Self { from: value, to: value, ramp: L::one() }
    }
    /// The value so many weeks after the start.
    #[inline(always)]
    pub fn at(&self, since: L) -> L {
        let done = (since / self.ramp.max(L::splat(SMALL))).clip(0.0, 1.0);
        self.from + (self.to - self.from) * done
    }
}

/// How a licensing authority works: as it is drawn, or as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regime<L> {
    /// P: weeks before an application is decided at the earliest.
    pub processing: Path<L>,
    /// a: share of the ripe applications that is granted within a further processing time.
    pub approval: Path<L>,
    /// σ: standard deviation of the logarithm of the processing time between applications; zero, all take as long.
    pub spread: L,
    /// Share of all applications that is refused.
    pub refusal: L,
    /// Weeks within which a licence must be used.
    pub validity: L,
}

impl<L: Lane> Draw<L> {
    /// The moment at which nothing of it is left.
    #[inline(always)]
    pub fn gone(&self) -> L {
        self.start + self.ramp + self.duration + self.recovery
    }

    /// Share of its full size at a moment, 0 to 1.
    ///
    /// ```text
    /// level(τ) = clip((τ − start)/ramp, 0, 1) · clip((gone − τ)/recovery, 0, 1)
    /// ```
    #[inline(always)]
    pub fn level(&self, moment: L) -> L {
        let tiny = L::splat(SMALL);
        let up = ((moment - self.start) / self.ramp.max(tiny)).clip(0.0, 1.0);
        let down = ((self.gone() - moment) / self.recovery.max(tiny)).clip(0.0, 1.0);
        up * down
    }

    /// Mean intensity over the week, 0 to 1: an event that covers part of a week acts by that fraction.
    ///
    /// ```text
    /// I(t) = ∫ over the week of level(τ) dτ
    /// ```
    /// Steps are integrated exactly; ramps by their value in the middle of the covered part.
    #[inline(always)]
    pub fn intensity(&self, week: Week) -> L {
        let from = L::splat(f64::from(week));
        let to = L::splat(f64::from(week) + 1.0);
        let a = from.max(self.start);
        let b = to.min(self.gone());
        (b - a).positive() * self.level((a + b) * 0.5)
    }

    /// Whether the event starts in this week: 1 or 0.
    #[inline(always)]
    pub fn begins(&self, week: Week) -> L {
        let after = self.start - L::splat(f64::from(week));
        let not_over = L::where_less(after, L::one(), L::one(), L::zero());
        L::where_less(after, L::zero(), L::zero(), not_over)
    }
}
