//! Draws of the sensitivity analysis: each is a function of its address, and the caller gives that function.

use crate::pairing::quantile;
use chokepoint_core::id::to_u32;

/// A uniform draw in [0, 1) at (stream, row, column). The same address always gives the same draw.
pub type Uniform<'a> = &'a dyn Fn(u32, u32, u32) -> f64;

/// What a draw is for: the stream of its address. No two share one, so one function serves a whole analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Where a trajectory starts, by (trajectory, factor).
    Base = 1,
    /// Whether a trajectory steps up or down, by (trajectory, factor).
    Direction = 2,
    /// In which order a trajectory moves the factors, by (trajectory, place).
    Order = 3,
    /// The shift of a dimension of low-discrepancy points, by (0, dimension).
    Shift = 4,
    /// The order of the strata of a Latin hypercube, by (dimension, place).
    Strata = 5,
    /// The place inside a stratum of a Latin hypercube, by (dimension, row).
    Inside = 6,
    /// Resampling of trajectories, by (resample, draw).
    Trajectories = 7,
    /// Resampling of rows, by (resample, draw).
    Rows = 8,
}

/// A number as a part of an address.
pub(crate) fn address(number: usize) -> u32 {
    to_u32(number)
}

/// One of `n` places, all alike; `n` is at least one.
pub(crate) fn pick(draw: f64, n: usize) -> usize {
    ((draw * n as f64) as usize).min(n - 1)
}

/// The places 0 to `n` − 1 in an order by chance, all orders alike (Fisher and Yates).
pub(crate) fn order(n: usize, purpose: Purpose, row: u32, chance: Uniform<'_>) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        places.swap(last, pick(chance(purpose as u32, row, address(last)), last + 1));
    }
    places
}

/// Calls `visit` once for each resample with how often each unit was drawn.
pub(crate) fn bootstrap(
    units: usize,
    resamples: u32,
    purpose: Purpose,
    chance: Uniform<'_>,
    mut visit: impl FnMut(&[f64]),
) {
    let mut counts = vec![0.0; units];
    for resample in 0..resamples {
        counts.fill(0.0);
        for draw in 0..units {
            counts[pick(chance(purpose as u32, resample, address(draw)), units)] += 1.0;
        }
        visit(&counts);
    }
}

/// 95 % percentile interval of bootstrapped values, which it sorts; both ends `estimate` where there is none.
pub(crate) fn interval(values: &mut [f64], estimate: f64) -> (f64, f64) {
    if values.is_empty() {
        return (estimate, estimate);
    }
    values.sort_unstable_by(f64::total_cmp);
    (quantile(values, 0.025), quantile(values, 0.975))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// One step of splitmix64.
    fn mixed(word: u64) -> u64 {
        let word = word.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ word >> 31
    }

    /// Addressed draws of the tests.
    pub(crate) fn chance(seed: u64) -> impl Fn(u32, u32, u32) -> f64 {
        move |stream, row, column| {
            let word =
                mixed(mixed(seed << 32 | u64::from(stream)) ^ (u64::from(row) << 32 | u64::from(column)));
            (word >> 11) as f64 / 9_007_199_254_740_992.0
        }
    }

    #[test]
    fn an_order_holds_every_place_once_and_differs_by_row() {
        let chance = chance(1);
        let first = order(50, Purpose::Order, 0, &chance);
        let mut sorted = first.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..50));
        assert_ne!(first, order(50, Purpose::Order, 1, &chance));
        assert_eq!(first, order(50, Purpose::Order, 0, &chance));
    }

    #[test]
    fn a_resample_draws_as_many_units_as_there_are() {
        let mut resamples = 0;
        bootstrap(30, 20, Purpose::Rows, &chance(1), |counts| {
            assert_eq!(counts.iter().sum::<f64>(), 30.0);
            resamples += 1;
        });
        assert_eq!(resamples, 20);
    }
}
