//! The number that the kernels compute with: one replicate, or several side by side.
//!
//! Every operation is elementwise and is built from the same scalar code, so lane `k` of a batch holds,
//! bit for bit, what that replicate gives when it runs alone. Nothing here fuses a multiplication with an
//! addition, so the result does not depend on the instruction set either.

use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

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
    /// `f` of every lane.
    fn map(self, f: impl Fn(f64) -> f64) -> Self;
    /// `f` of every pair of lanes.
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self;
    /// `then` where `a < b`, else `otherwise`: a select, not a branch.
    fn where_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self;

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
        self.zip(other, |a, b| if a < b { a } else { b })
    }
    /// The larger of two. Neither may be NaN.
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a > b { a } else { b })
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
        self.map(exp)
    }
    /// Natural logarithm, see [`ln`].
    #[inline(always)]
    fn ln(self) -> Self {
        self.map(ln)
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
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        f(self)
    }
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        f(self, other)
    }
    #[inline(always)]
    fn where_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        if a < b { then } else { otherwise }
    }
}

/// `N` replicates side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Lanes<const N: usize>(pub [f64; N]);

macro_rules! elementwise {
    ($($trait:ident $method:ident $op:tt),*) => {$(
        impl<const N: usize> $trait for Lanes<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let mut out = [0.0; N];
                for ((o, a), b) in out.iter_mut().zip(self.0).zip(other.0) {
                    *o = a $op b;
                }
                Self(out)
            }
        }
    )*};
}
elementwise!(Add add +, Sub sub -, Mul mul *, Div div /);

impl<const N: usize> Mul<f64> for Lanes<N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: f64) -> Self {
        self.map(|a| a * other)
    }
}
impl<const N: usize> Neg for Lanes<N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|a| -a)
    }
}
impl<const N: usize> AddAssign for Lanes<N> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl<const N: usize> SubAssign for Lanes<N> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<const N: usize> Lane for Lanes<N> {
    const WIDTH: usize = N;
    #[inline(always)]
    fn splat(value: f64) -> Self {
        Self([value; N])
    }
    #[inline(always)]
    fn from_fn(f: impl FnMut(usize) -> f64) -> Self {
        Self(core::array::from_fn(f))
    }
    #[inline(always)]
    fn lane(self, k: usize) -> f64 {
        self.0[k]
    }
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let mut out = [0.0; N];
        for (o, a) in out.iter_mut().zip(self.0) {
            *o = f(a);
        }
        Self(out)
    }
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let mut out = [0.0; N];
        for ((o, a), b) in out.iter_mut().zip(self.0).zip(other.0) {
            *o = f(a, b);
        }
        Self(out)
    }
    #[inline(always)]
    fn where_less(a: Self, b: Self, then: Self, otherwise: Self) -> Self {
        let mut out = [0.0; N];
        for k in 0..N {
            out[k] = if a.0[k] < b.0[k] { then.0[k] } else { otherwise.0[k] };
        }
        Self(out)
    }
}

/// 1.5 · 2⁵²: adding it rounds to the nearest integer and leaves that integer in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// `eˣ` with a relative error below 4e-16, for |x| ≤ 700 (arguments beyond are clipped).
///
/// ```text
/// x = n·ln 2 + r, |r| ≤ ln 2 / 2;   eˣ = 2ⁿ · Σ rᵏ/k!  (k = 0 … 13)
/// ```
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = if x < -700.0 { -700.0 } else { x };
    let x = if x > 700.0 { 700.0 } else { x };
    let shifted = x * core::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
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
    let mut p = C[0];
    let mut k = 1;
    while k < C.len() {
        p = p * r + C[k];
        k += 1;
    }
    let p = (p * r * r + r) + 1.0;
    let two_to_n = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    p * two_to_n
}

/// Natural logarithm with a relative error below 4e-16; arguments below 1e-300 count as 1e-300.
///
/// ```text
/// x = 2ᵏ·m, √½ ≤ m < √2;   f = (m−1)/(m+1);   ln x = k·ln 2 + 2·Σ f^(2i+1)/(2i+1)  (i = 0 … 10)
/// ```
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    let x = if x < 1e-300 { 1e-300 } else { x };
    let bits = x.to_bits().wrapping_add(1f64.to_bits() - SQRT_HALF);
    let k = f64::from_bits(ROUND.to_bits() + (bits >> 52)) - (ROUND + 1023.0);
    let m = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + SQRT_HALF);
    let f = (m - 1.0) / (m + 1.0);
    let s = f * f;
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
    let mut p = C[0];
    let mut i = 1;
    while i < C.len() {
        p = p * s + C[i];
        i += 1;
    }
    k * LN2_HIGH + ((p * s * f + k * LN2_LOW) + 2.0 * f)
}
