//! Variance-based sensitivity: the share of an outcome's variance that each factor carries alone, and the share
//! that it carries together with the others.
//!
//! Layout and first-order estimator are from A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto and
//! S. Tarantola, "Variance based sensitivity analysis of model output", Computer Physics Communications 181 (2010);
//! the estimator of totals is from M. J. W. Jansen, "Analysis of variance designs for model output", Computer
//! Physics Communications 117 (1999).

use super::directions;
use super::draws::{Purpose, Uniform, address, bootstrap, interval, order};

/// Two samples of the unit cube, each a row per run and a column per factor. A design takes
/// rows × (factors + 2) runs: those of A, of B, and of each mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// The first sample.
    pub a: Vec<Vec<f64>>,
    /// The second sample.
    pub b: Vec<Vec<f64>>,
}

impl Design {
    /// `AB_i`: the rows of A with the column of one factor from B.
    pub fn ab(&self, factor: usize) -> Vec<Vec<f64>> {
        let mixed = |(a, b): (&Vec<f64>, &Vec<f64>)| {
            let mut row = a.clone();
            row[factor] = b[factor];
            row
        };
        self.a.iter().zip(&self.b).map(mixed).collect()
    }
}

/// Low-discrepancy points for A and B.
///
/// They are the first points of one Sobol' sequence in 2 × `factors` dimensions with the direction numbers of Joe and
/// Kuo (2008). Each factor takes two dimensions that follow each other, the first for A and the second for B: so it
/// keeps its points whatever comes after it, and on the test functions the errors are smaller than with A and B in
/// separate halves. Each dimension is shifted by an exclusive or with a drawn word, which keeps the points even and
/// makes each of them uniform. Above 64 factors the direction numbers end, and what is left is columns of a Latin
/// hypercube. `rows` is best a power of two: then every column fills `rows` equal cells once. No coordinate
/// is 0 or 1.
///
/// ```text
/// u = (x ⊕ shift + ½)/2³²          ⊕: exclusive or
/// ```
pub fn design(factors: usize, rows: u32, chance: Uniform<'_>) -> Design {
    let sample = |first: usize| -> Vec<Vec<f64>> {
        let columns: Vec<Vec<f64>> =
            (0..factors).map(|factor| column(2 * factor + first, rows, chance)).collect();
        (0..rows as usize).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
    };
    Design { a: sample(0), b: sample(1) }
}

/// One dimension of the points.
fn column(dimension: usize, rows: u32, chance: Uniform<'_>) -> Vec<f64> {
    const CELLS: f64 = 4_294_967_296.0;
    match directions::points(dimension, rows) {
        Some(points) => {
            let shift = (chance(Purpose::Shift as u32, 0, address(dimension)) * CELLS) as u32;
            points.iter().map(|point| (f64::from(point ^ shift) + 0.5) / CELLS).collect()
        }
        None => stratified(address(dimension), rows, chance),
    }
}

/// A column of a Latin hypercube: a draw in each of `rows` equal strata, in an order by chance.
fn stratified(dimension: u32, rows: u32, chance: Uniform<'_>) -> Vec<f64> {
    let strata = order(rows as usize, Purpose::Strata, dimension, chance);
    let inside = |row| chance(Purpose::Inside as u32, dimension, row).max(1e-9);
    (0..rows).zip(strata).map(|(row, stratum)| (stratum as f64 + inside(row)) / f64::from(rows)).collect()
}

/// Shares of one factor in the variance of the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// S: what the variance would lose in the mean if the factor were known. By chance it can be below zero.
    pub first: f64,
    /// T: what would be left in the mean if all other factors were known. T − S is carried in interactions.
    pub total: f64,
    /// 95 % bootstrap interval of S over rows.
    pub first_interval: (f64, f64),
    /// 95 % bootstrap interval of T over rows.
    pub total_interval: (f64, f64),
}

/// The shares of all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// By factor.
    pub factors: Vec<Index>,
    /// Rows that the indices rest on.
    pub used: usize,
    /// Rows left out, because one of their outcomes is not a finite number. What is left is no longer even: the
    /// indices hold for the part of the space that has outcomes.
    pub left_out: usize,
}

/// Indices from the outcomes of A, of B, and of each factor's mix.
///
/// ```text
/// V   = mean of (y − m)² over A and B,   m = mean of y over A and B
/// S_i = 1/N·Σ (y_B − m)·(y_ABi − y_A)/V          Saltelli and others (2010), b of table 2, centred
/// T_i = 1/(2N)·Σ (y_A − y_ABi)²/V                Jansen (1999)
/// ```
///
/// The first-order estimator is centred because its error grows with the square of the mean otherwise. The bootstrap
/// takes rows as if they were independent; low-discrepancy rows vary less, so that its intervals are too wide
/// rather than too narrow. Where the outcome does not vary, every index is zero.
pub fn indices(a: &[f64], b: &[f64], ab: &[Vec<f64>], resamples: u32, chance: Uniform<'_>) -> Indices {
    debug_assert!(a.len() == b.len() && ab.iter().all(|mix| mix.len() == a.len()));
    let finite =
        |row: &usize| a[*row].is_finite() && b[*row].is_finite() && ab.iter().all(|y| y[*row].is_finite());
    let kept: Vec<usize> = (0..a.len()).filter(finite).collect();
    let of = |outcomes: &[f64]| -> Vec<f64> { kept.iter().map(|row| outcomes[*row]).collect() };
    let (ya, yb) = (of(a), of(b));
    let mixes: Vec<Vec<f64>> = ab.iter().map(|mix| of(mix)).collect();
    let estimates = |weights: &[f64]| -> Vec<(f64, f64)> {
        let (mean, variance) = moments(&ya, &yb, weights);
        mixes.iter().map(|mix| estimate(&ya, &yb, mix, weights, mean, variance)).collect()
    };
    let mut drawn = vec![(Vec::new(), Vec::new()); mixes.len()];
    bootstrap(kept.len(), resamples, Purpose::Rows, chance, |counts| {
        for ((firsts, totals), (first, total)) in drawn.iter_mut().zip(estimates(counts)) {
            firsts.push(first);
            totals.push(total);
        }
    });
    let factors = estimates(&vec![1.0; kept.len()])
        .into_iter()
        .zip(&mut drawn)
        .map(|((first, total), (firsts, totals))| Index {
            first,
            total,
            first_interval: interval(firsts, first),
            total_interval: interval(totals, total),
        })
        .collect();
    Indices { factors, used: kept.len(), left_out: a.len() - kept.len() }
}

/// Mean and variance of the outcomes of A and B together, each row counted as often as `weights` says.
fn moments(a: &[f64], b: &[f64], weights: &[f64]) -> (f64, f64) {
    let n = 2.0 * weights.iter().sum::<f64>().max(1.0);
    let over = |value: &dyn Fn(f64) -> f64| -> f64 {
        a.iter().zip(b).zip(weights).map(|((a, b), weight)| weight * (value(*a) + value(*b))).sum::<f64>() / n
    };
    let mean = over(&|y| y);
    (mean, over(&|y| (y - mean) * (y - mean)))
}

/// First-order and total index of one factor from the outcomes of A, B and its mix.
fn estimate(a: &[f64], b: &[f64], ab: &[f64], weights: &[f64], mean: f64, variance: f64) -> (f64, f64) {
    if variance <= 0.0 {
        return (0.0, 0.0);
    }
    let (mut first, mut total, mut rows) = (0.0, 0.0, 0.0);
    for (((a, b), ab), weight) in a.iter().zip(b).zip(ab).zip(weights) {
        let moved = ab - a;
        first += weight * (b - mean) * moved;
        total += weight * moved * moved;
        rows += weight;
    }
    (first / (rows * variance), total / (2.0 * rows * variance))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::sensitivity::draws::tests::chance;
    use std::f64::consts::PI;

    /// Coefficients of the G function of the tests: the first factor matters most, the last four hardly.
    pub(crate) const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

    /// Sobol's G function: Π (|4x − 2| + a)/(1 + a).
    pub(crate) fn g(x: &[f64]) -> f64 {
        x.iter().zip(G).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
    }

    /// Indices of the G function in closed form.
    ///
    /// ```text
    /// V_i = 1/(3·(1 + a_i)²);   V = Π (1 + V_j) − 1;   S_i = V_i/V;   T_i = V_i·Π_(j≠i) (1 + V_j)/V
    /// ```
    fn g_exact() -> Vec<(f64, f64)> {
        let parts = G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let whole: f64 = parts.iter().map(|v| 1.0 + v).product();
        parts.iter().map(|v| (v / (whole - 1.0), v * whole / (1.0 + v) / (whole - 1.0))).collect()
    }

    /// Sine from −π to π by its series.
    fn sine(x: f64) -> f64 {
        let terms = (1..15_u32).scan(x, |term, k| {
            let now = *term;
            *term *= -x * x / f64::from(2 * k * (2 * k + 1));
            Some(now)
        });
        terms.sum()
    }

    /// The Ishigami function with a = 7 and b = 0.1; each factor goes from −π to π.
    fn ishigami(x: &[f64]) -> f64 {
        let z: Vec<f64> = x.iter().map(|x| PI * (2.0 * x - 1.0)).collect();
        let (first, second) = (sine(z[0]), sine(z[1]));
        first + 7.0 * second * second + 0.1 * z[2] * z[2] * z[2] * z[2] * first
    }

    fn analyse(design: &Design, resamples: u32, seed: u64, model: impl Fn(&[f64]) -> f64) -> Indices {
        let run = |rows: &[Vec<f64>]| -> Vec<f64> { rows.iter().map(|x| model(x)).collect() };
        let ab: Vec<Vec<f64>> = (0..design.a[0].len()).map(|factor| run(&design.ab(factor))).collect();
        indices(&run(&design.a), &run(&design.b), &ab, resamples, &chance(seed))
    }

    /// Largest error of the first-order and of the total indices.
    fn errors(found: &Indices, exact: &[(f64, f64)]) -> (f64, f64) {
        found.factors.iter().zip(exact).fold((0.0, 0.0), |(first, total), (index, (s, t))| {
            (f64::max(first, (index.first - s).abs()), f64::max(total, (index.total - t).abs()))
        })
    }

    #[test]
    fn the_ishigami_function_has_its_closed_form_within_two_hundredths() {
        let exact = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
        for seed in 0..5 {
            let found = analyse(&design(3, 1024, &chance(seed)), 0, seed, ishigami);
            let (first, total) = errors(&found, &exact);
            assert!(first < 0.02 && total < 0.02, "seed {seed}: {first} {total}");
        }
    }

    #[test]
    fn the_g_function_has_its_closed_form_within_three_hundredths() {
        for seed in 0..5 {
            let found = analyse(&design(8, 1024, &chance(seed)), 0, seed, g);
            let (first, total) = errors(&found, &g_exact());
            assert!(first < 0.03 && total < 0.03, "seed {seed}: {first} {total}");
        }
    }

    #[test]
    fn two_rows_by_hand() {
        // y_A = (0, 2), y_B = (2, 4): m = 2, V = (4 + 0 + 0 + 4)/4 = 2; y_AB = (1, 4): it moves by (1, 2)
        // S = ½·(0·1 + 2·2)/2 = 1;   T = ¼·(1 + 4)/2 = 0.625
        let found = indices(&[0.0, 2.0], &[2.0, 4.0], &[vec![1.0, 4.0]], 0, &chance(1));
        assert_eq!((found.factors[0].first, found.factors[0].total), (1.0, 0.625));
        assert_eq!(
            (found.factors[0].first_interval, found.factors[0].total_interval),
            ((1.0, 1.0), (0.625, 0.625))
        );
    }

    #[test]
    fn an_outcome_that_does_not_vary_has_only_zeros() {
        let found = analyse(&design(3, 64, &chance(1)), 20, 1, |_| 0.1);
        let zero = Index { first: 0.0, total: 0.0, first_interval: (0.0, 0.0), total_interval: (0.0, 0.0) };
        assert_eq!(found.factors, [zero; 3]);
        assert_eq!(indices(&[], &[], &[vec![]], 20, &chance(1)).factors, [zero]);
    }

    #[test]
    fn a_row_with_an_outcome_that_is_no_number_is_left_out_and_counted() {
        let (a, b) = ([0.0, 9.0, 2.0, 9.0], [2.0, f64::NAN, 4.0, 9.0]);
        let found = indices(&a, &b, &[vec![1.0, 9.0, 4.0, f64::INFINITY]], 10, &chance(1));
        assert_eq!((found.used, found.left_out), (2, 2));
        assert_eq!((found.factors[0].first, found.factors[0].total), (1.0, 0.625));
    }

    #[test]
    fn a_large_mean_does_not_spoil_the_indices() {
        let small = analyse(&design(3, 512, &chance(1)), 0, 1, ishigami);
        let large = analyse(&design(3, 512, &chance(1)), 0, 1, |x| 1e6 + ishigami(x));
        for (small, large) in small.factors.iter().zip(&large.factors) {
            assert!((small.first - large.first).abs() < 1e-7 && (small.total - large.total).abs() < 1e-7);
        }
    }

    #[test]
    fn a_design_fills_each_column_evenly_even_past_the_direction_numbers() {
        let design = design(70, 64, &chance(1));
        for (sample, factor) in [(&design.a, 0), (&design.a, 69), (&design.b, 0), (&design.b, 69)] {
            let mut cells: Vec<u32> = sample.iter().map(|row| (row[factor] * 64.0) as u32).collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..64), "factor {factor}");
        }
        assert!(design.a.iter().chain(&design.b).flatten().all(|u| 0.0 < *u && *u < 1.0));
        let mixed = design.ab(5);
        assert_eq!((mixed[7][5], mixed[7][6]), (design.b[7][5], design.a[7][6]));
    }

    #[test]
    fn the_intervals_hold_the_truth_of_a_linear_function_in_most_seeds() {
        // the variance of c·x is c²/12: shares of 9, 4 and 1 in 14, first-order and total alike
        let line = |x: &[f64]| 3.0 * x[0] + 2.0 * x[1] - x[2];
        let truth = [9.0 / 14.0, 4.0 / 14.0, 1.0 / 14.0];
        let (mut firsts, mut totals) = ([0; 3], [0; 3]);
        for seed in 0..40 {
            // independent rows, as the bootstrap takes them
            let draw = chance(seed);
            let sample =
                |stream| (0..128).map(|row| (0..3).map(|k| draw(stream, row, k)).collect()).collect();
            let found = analyse(&Design { a: sample(100), b: sample(101) }, 100, seed, line);
            for (k, index) in found.factors.iter().enumerate() {
                let holds = |(low, high): (f64, f64)| usize::from(low <= truth[k] && truth[k] <= high);
                firsts[k] += holds(index.first_interval);
                totals[k] += holds(index.total_interval);
            }
        }
        assert!(firsts.iter().chain(&totals).all(|held| *held >= 34), "of 40: {firsts:?} {totals:?}");
    }

    #[test]
    fn on_low_discrepancy_rows_the_intervals_are_rather_too_wide() {
        let line = |x: &[f64]| 3.0 * x[0] + 2.0 * x[1] - x[2];
        for seed in 0..10 {
            let found = analyse(&design(3, 128, &chance(seed)), 100, seed, line);
            for (index, truth) in found.factors.iter().zip([9.0 / 14.0, 4.0 / 14.0, 1.0 / 14.0]) {
                for (low, high) in [index.first_interval, index.total_interval] {
                    assert!(low <= truth && truth <= high, "seed {seed}: {low} {truth} {high}");
                }
            }
        }
    }
}
