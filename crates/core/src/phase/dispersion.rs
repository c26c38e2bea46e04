//! A firm is many lines with unequal stocks: of a gap in deliveries only the lines that still have stock are served.
//!
//! In words and with its notation: docs/model.md#dispersion.

use crate::lanes::{DUST, Lane, SMALL};

/// Depth beyond which nothing is left, in mean stocks.
const DEEPEST: f64 = 1e3;
/// Least share of lines with stock that a step towards the depth reckons with.
const FEWEST: f64 = 1e-6;

/// How the stocks of a firm's lines spread: log-normal around their usual mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread<L> {
    /// M: mean stock, tonnes.
    pub(super) mean: L,
    /// σ: standard deviation of the logarithm; zero, all lines are alike.
    pub(super) sigma: L,
}

/// One input of a firm this week, tonnes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Week<L> {
    /// What arrived.
    pub(super) arrived: L,
    /// In stock, with what arrived.
    pub(super) stock: L,
    /// What its lines need.
    pub(super) need: L,
}

impl<L: Lane> Spread<L> {
    /// What the lines go without, tonnes, and moves the depth to which stocks are drawn.
    ///
    /// ```text
    /// gap     = (need − arrived)⁺                        arrivals go to lines by need
    /// τ:        H(τ) = stock − arrived                   one step of Newton's method a week
    /// missing = gap − (H(τ) − H(τ + gap))                H(τ) − H(τ + gap) = ∫ P over the week
    /// ```
    /// The depth is left where the week draws it to; what comes in beyond need raises stocks, so that it falls again.
    #[inline(always)]
    pub(super) fn missing(self, depth: &mut L, week: Week<L>) -> L {
        let spread = Self { mean: self.mean.max(L::splat(DUST)), sigma: self.sigma.max(L::splat(SMALL)) };
        let arrived = week.arrived.min(week.stock);
        let held = week.stock - arrived;
        let gap = (week.need - arrived).positive();
        let shallow = spread.mean - held;
        // as long as no line is out of stock the depth is what the mean is short of; it never is less
        let (left, with_stock) = spread.left(*depth);
        let step = (left - held) / with_stock.max(L::splat(FEWEST));
        let deeper = (*depth + step).max(shallow).min(spread.mean * DEEPEST);
        let at = L::where_less(held, spread.mean, deeper, shallow);
        let drawn_to = at + gap;
        let served = (spread.left(at).0 - spread.left(drawn_to).0).positive().min(held);
        *depth = drawn_to;
        let missing = (gap - served).positive();
        L::where_less(L::zero(), drawn_to, missing, L::zero())
    }

    /// Mean stock that is left where every line has drawn to a depth, and the share of lines that have any left.
    ///
    /// ```text
    /// P(t) = Φ(d);   H(t) = E[(S₀ − t)⁺] = M·Φ(d + σ) − t·Φ(d);   d = ln(M/t)/σ − σ/2        1 and M − t for t ≤ 0
    /// ```
    #[inline(always)]
    fn left(self, depth: L) -> (L, L) {
        let relative = (depth / self.mean).max(L::splat(SMALL));
        let d = -(relative.ln() / self.sigma) - self.sigma * 0.5;
        let (with_stock, weighted) = (normal(d), normal(d + self.sigma));
        let none = L::splat(SMALL) * self.mean;
        let left = (self.mean * weighted - depth * with_stock).positive();
        (
            L::where_less(none, depth, left, self.mean - depth),
            L::where_less(none, depth, with_stock, L::one()),
        )
    }
}

/// Φ: share of a standard normal variable below a value, to 1e-7 (Abramowitz and Stegun 1964, 26.2.17).
///
/// ```text
/// Φ(x) = 1 − φ(x)·k·Σ bᵢ·kⁱ,   k = 1/(1 + 0.2316419·x)   for x ≥ 0;   Φ(−x) = 1 − Φ(x)
/// ```
#[inline(always)]
fn normal<L: Lane>(x: L) -> L {
    const B: [f64; 5] = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    const DENSITY: f64 = 0.398_942_280_401_432_7;
    let size = x.max(-x).min(L::splat(37.0));
    let k = L::one() / (size * 0.231_641_9 + L::one());
    let mut p = L::splat(B[0]);
    for b in &B[1..] {
        p = p * k + L::splat(*b);
    }
    let beyond = (size * size * -0.5).exp() * DENSITY * (p * k);
    L::where_less(x, L::zero(), beyond, L::one() - beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_below_a_value_is_that_of_the_tables() {
        // Abramowitz and Stegun 1964, table 26.1
        for (x, share) in [(0.0, 0.5), (1.0, 0.841_344_746), (2.0, 0.977_249_868), (-3.0, 0.001_349_898)] {
            assert!((normal::<f64>(x) - share).abs() < 1e-7, "{x}: {}", normal::<f64>(x));
        }
    }

    #[test]
    fn half_of_the_lines_are_out_of_stock_at_the_median_and_a_quarter_of_the_stock_is_left() {
        // M 1, σ 0.5: median e^(−σ²/2) = 0.8825. There d = 0: P = ½, H = Φ(½) − 0.8825/2 = 0.6915 − 0.4412
        let spread = Spread { mean: 1.0, sigma: 0.5 };
        let (left, with_stock) = spread.left(0.882_496_9);
        assert!((with_stock - 0.5).abs() < 1e-6 && (left - 0.250_214_1).abs() < 1e-6, "{with_stock} {left}");
    }
}
