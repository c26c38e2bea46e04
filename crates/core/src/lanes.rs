//! The number that the kernels compute with: one replicate, or several side by side.
//!
//! Every operation is elementwise and is built from the same scalar code, so lane `k` of a batch holds,
//! bit for bit, what that replicate gives when it runs alone. Nothing here fuses a multiplication with an
//! addition, so the result does not depend on the instruction set either.

use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
// the widest vectors that the build's instruction set has: see docs/performance.md for what they are worth
#[cfg(not(target_feature = "avx512f"))]
use wide::{f64x4 as Vector, u64x4 as Bits};
#[cfg(target_feature = "avx512f")]
use wide::{f64x8 as Vector, u64x8 as Bits};

/// Least divisor: where it takes the place of zero, what is divided is zero as well, and so is the quotient.
pub(crate) const TINY: f64 = 1e-300;
/// An amount of goods, in their unit, below which there is none.
pub(crate) const DUST: f64 = 1e-12;
/// Share of a usual amount that is rounding; of weeks and prices, the least that is not zero.
pub(crate) const SMALL: f64 = 1e-9;

/// Replicates in one vector.
const SIDE_BY_SIDE: usize = size_of::<Vector>() / size_of::<f64>();

/// One `f64` per replicate. Implemented by `f64` (one replicate) and [`Lanes`] (several).
pub trait Lane:
    Copy
    + Send
    + Sync
    + PartialEq
    + core::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + Mul<f64, Output = Self>
    + 'static
{
    /// Number of replicates side by side.
    const WIDTH: usize;

    /// The same value in every lane.
    fn splat(value: f64) -> Self;
    /// Lane `k` is `f(k)`.
    fn from_fn(f: impl FnMut(usize) -> f64) -> Self;
    /// The value of lane `k`.
    fn lane(self, k: usize) -> f64;
    /// `then` where `a < b`, else `otherwise`: a select, not a branch.
    fn where_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// 2ⁿ, where the low bits of `shifted` hold the integer n (see [`exp`]).
    fn two_to(shifted: Self) -> Self;
    /// `(k, m)` with `self = 2ᵏ·m` and √½ ≤ m < √2, for normal positive numbers.
    fn split(self) -> (Self, Self);

    /// Zero in every lane.
    #[inline(always)]
    fn zero() -> Self {
        Self::splat(0.0)
    }
    /// One in every lane.
    #[inline(always)]
    fn one() -> Self {
        Self::splat(1.0)
    }
    /// The smaller of two. Neither may be NaN.
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self::where_less(self, other, self, other)
    }
    /// The larger of two. Neither may be NaN.
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self::where_less(other, self, self, other)
    }
    /// Between `low` and `high`.
    #[inline(always)]
    fn clip(self, low: f64, high: f64) -> Self {
        self.max(Self::splat(low)).min(Self::splat(high))
    }
    /// At least zero.
    #[inline(always)]
    fn positive(self) -> Self {
        self.max(Self::zero())
    }
    /// `eˣ`, see [`exp`].
    #[inline(always)]
    fn exp(self) -> Self {
        exp(self)
    }
    /// Natural logarithm, see [`ln`].
    #[inline(always)]
    fn ln(self) -> Self {
        ln(self)
    }
    /// What is left of `self` outside ±`band`: zero inside, shifted towards zero outside.
    #[inline(always)]
    fn beyond(self, band: Self) -> Self {
        (self - band).positive() - (-self - band).positive()
    }
    /// Moves towards `target` by the share `speed`.
    #[inline(always)]
    fn towards(self, target: Self, speed: Self) -> Self {
        self + speed * (target - self)
    }
}

impl Lane for f64 {
    const WIDTH: usize = 1;
    #[inline(always)]
    fn splat(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn from_fn(mut f: impl FnMut(usize) -> f64) -> Self {
        f(0)
    }
    #[inline(always)]
    fn lane(self, _: usize) -> f64 {
        self
    }
    #[inline(always)]
    fn where_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        if a < b { then } else { otherwise }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
    #[inline(always)]
    fn two_to(shifted: Self) -> Self {
        f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let bits = self.to_bits().wrapping_add(ONE_LESS_SQRT_HALF);
        let exponent = f64::from_bits(ROUND.to_bits() + (bits >> 52)) - (ROUND + 1023.0);
        (exponent, f64::from_bits((bits & MANTISSA) + SQRT_HALF))
    }
}

/// Replicates side by side, in `Q` vectors of four, or of eight where the instruction set has them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Lanes<const Q: usize>([Vector; Q]);

/// The usual batch: eight replicates.
pub type Eight = Lanes<{ 8 / SIDE_BY_SIDE }>;

macro_rules! elementwise {
    ($($trait:ident $method:ident $op:tt),*) => {$(
        impl<const Q: usize> $trait for Lanes<Q> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(core::array::from_fn(|q| self.0[q] $op other.0[q]))
            }
        }
    )*};
}
elementwise!(Add add +, Sub sub -, Mul mul *, Div div /);

impl<const Q: usize> Mul<f64> for Lanes<Q> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: f64) -> Self {
        self * Self::splat(other)
    }
}
impl<const Q: usize> Neg for Lanes<Q> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(self.0.map(|a| -a))
    }
}
impl<const Q: usize> AddAssign for Lanes<Q> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl<const Q: usize> SubAssign for Lanes<Q> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<const Q: usize> Lane for Lanes<Q> {
    const WIDTH: usize = SIDE_BY_SIDE * Q;
    #[inline(always)]
    fn splat(value: f64) -> Self {
        Self([Vector::splat(value); Q])
    }
    #[inline(always)]
    fn from_fn(mut f: impl FnMut(usize) -> f64) -> Self {
        Self(core::array::from_fn(|q| Vector::new(core::array::from_fn(|k| f(SIDE_BY_SIDE * q + k)))))
    }
    #[inline(always)]
    fn lane(self, k: usize) -> f64 {
        self.0[k / SIDE_BY_SIDE].to_array()[k % SIDE_BY_SIDE]
    }
    #[inline(always)]
    fn where_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        Self(core::array::from_fn(|q| a.0[q].simd_lt(b.0[q]).select(then.0[q], otherwise.0[q])))
    }
    // one instruction on x86, which selects as above even between zeros of two signs; elsewhere it need not
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Self(core::array::from_fn(|q| self.0[q].fast_min(other.0[q])))
    }
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Self(core::array::from_fn(|q| self.0[q].fast_max(other.0[q])))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(self.0.map(Vector::sqrt))
    }
    #[inline(always)]
    fn two_to(shifted: Self) -> Self {
        Self(shifted.0.map(|x| {
            let bits: Bits = bytemuck::cast(x);
            bytemuck::cast((bits + Bits::splat(1023)) << 52u64)
        }))
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let bits: [Bits; Q] = self.0.map(|x| {
            let bits: Bits = bytemuck::cast(x);
            bits + Bits::splat(ONE_LESS_SQRT_HALF)
        });
        let exponent = bits.map(|b| {
            let shifted: Vector = bytemuck::cast((b >> 52u64) + Bits::splat(ROUND.to_bits()));
            shifted - Vector::splat(ROUND + 1023.0)
        });
        let mantissa = bits.map(|b| bytemuck::cast((b & Bits::splat(MANTISSA)) + Bits::splat(SQRT_HALF)));
        (Self(exponent), Self(mantissa))
    }
}

/// 1.5 · 2⁵²: adding it rounds to the nearest integer and leaves that integer in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// Bits of √½.
const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
/// Bits of 1 less bits of √½: adding it lets the exponent carry at √½ instead of at 1.
const ONE_LESS_SQRT_HALF: u64 = 0x3ff0_0000_0000_0000 - SQRT_HALF;
/// The mantissa of a double.
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// `eˣ` with a relative error below 4e-16, for |x| ≤ 700 (arguments beyond are clipped).
///
/// ```text
/// x = n·ln 2 + r, |r| ≤ ln 2 / 2;   eˣ = 2ⁿ · Σ rᵏ/k!  (k = 0 … 13)
/// ```
#[inline(always)]
pub fn exp<L: Lane>(x: L) -> L {
    const C: [f64; 12] = [
        1.0 / 6_227_020_800.0,
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
    ];
    let x = x.clip(-700.0, 700.0);
    let shifted = x * core::f64::consts::LOG2_E + L::splat(ROUND);
    let n = shifted - L::splat(ROUND);
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut p = L::splat(C[0]);
    for c in &C[1..] {
        p = p * r + L::splat(*c);
    }
    ((p * r * r + r) + L::one()) * L::two_to(shifted)
}

/// Natural logarithm with a relative error below 4e-16; arguments below 1e-300 count as 1e-300.
///
/// ```text
/// x = 2ᵏ·m, √½ ≤ m < √2;   f = (m−1)/(m+1);   ln x = k·ln 2 + 2·Σ f^(2i+1)/(2i+1)  (i = 0 … 10)
/// ```
#[inline(always)]
pub fn ln<L: Lane>(x: L) -> L {
    const C: [f64; 10] = [
        2.0 / 21.0,
        2.0 / 19.0,
        2.0 / 17.0,
        2.0 / 15.0,
        2.0 / 13.0,
        2.0 / 11.0,
        2.0 / 9.0,
        2.0 / 7.0,
        2.0 / 5.0,
        2.0 / 3.0,
    ];
    let (k, m) = x.max(L::splat(TINY)).split();
    let f = (m - L::one()) / (m + L::one());
    let s = f * f;
    let mut p = L::splat(C[0]);
    for c in &C[1..] {
        p = p * s + L::splat(*c);
    }
    k * LN2_HIGH + ((p * s * f + k * LN2_LOW) + f * 2.0)
}

/// A list of nothing.
pub(crate) fn zeros<L: Lane>(n: usize) -> Vec<L> {
    vec![L::zero(); n]
}

/// A list of ones.
pub(crate) fn ones<L: Lane>(n: usize) -> Vec<L> {
    vec![L::one(); n]
}
