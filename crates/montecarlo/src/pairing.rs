//! Differences between two arms on the same replicates, with bootstrap intervals.

use chokepoint_core::chance::{Chance, Entity, Stream};
use rand::RngExt;

/// Resamples of a bootstrap.
pub const RESAMPLES: usize = 1000;

/// A paired difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Median of the differences.
    pub median: f64,
    /// 95 % bootstrap interval of the median.
    pub interval: (f64, f64),
    /// Mean of the differences.
    pub mean: f64,
    /// 5th and 95th percentile of the differences.
    pub range: (f64, f64),
    /// Share of replicates in which the difference is below zero by more than what counts as no difference.
    pub share_below: f64,
    /// Size of the outcome: a difference of under a ten-thousandth of it is none.
    pub size: f64,
    /// Number of pairs.
    pub n: usize,
}

/// Share of what an outcome is without a strategy below which a change of it is none.
const NEGLIGIBLE: f64 = 1e-4;

/// What may be said of a paired difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Finding {
    /// It is less than a ten-thousandth of what there is, or comes after the event.
    #[serde(rename = "no effect in this event")]
    NoEffect,
    /// Its interval includes zero.
    #[serde(rename = "no clear difference")]
    Unclear,
    /// It is below zero: statistically distinguishable from no change.
    #[serde(rename = "lower")]
    Lower,
    /// It is above zero: statistically distinguishable from no change.
    #[serde(rename = "higher")]
    Higher,
}

impl Finding {
    /// As it is written in files and shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoEffect => "no effect in this event",
            Self::Unclear => "no clear difference",
            Self::Lower => "lower",
            Self::Higher => "higher",
        }
    }
}

impl Paired {
    /// What may be said of the difference.
    pub fn finding(&self, too_late: bool) -> Finding {
        let (low, high) = self.interval;
        match () {
            () if too_late || low.abs().max(high.abs()) <= NEGLIGIBLE * self.size => Finding::NoEffect,
            () if high < 0.0 => Finding::Lower,
            () if low > 0.0 => Finding::Higher,
            () => Finding::Unclear,
        }
    }
}

/// `with − without`, replicate by replicate. `size` is that of the outcome, beside which a difference counts or not; `name`
/// addresses the resampling.
pub fn paired(with: &[f64], without: &[f64], size: f64, seed: u64, name: &str) -> Paired {
    let mut differences: Vec<f64> = with.iter().zip(without).map(|(a, b)| a - b).collect();
    let n = differences.len();
    let size = size.abs();
    let below = differences.iter().filter(|d| **d < -NEGLIGIBLE * size).count();
    let mean = differences.iter().sum::<f64>() / n.max(1) as f64;
    differences.sort_unstable_by(f64::total_cmp);
    let mut random = Chance::new(seed, 0).sequence(Stream::Bootstrap, Entity::named(name));
    let mut medians: Vec<f64> = Vec::with_capacity(RESAMPLES);
    let mut counts = vec![0_u32; n];
    for _ in 0..RESAMPLES {
        counts.fill(0);
        for _ in 0..n {
            counts[random.random_range(0..n)] += 1;
        }
        medians.push(median_of_counts(&differences, &counts));
    }
    medians.sort_unstable_by(f64::total_cmp);
    Paired {
        median: quantile(&differences, 0.5),
        interval: (quantile(&medians, 0.025), quantile(&medians, 0.975)),
        mean,
        range: (quantile(&differences, 0.05), quantile(&differences, 0.95)),
        share_below: below as f64 / n.max(1) as f64,
        size,
        n,
    }
}

/// Mean; zero of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// `of(with) − of(without)` and its 95 % bootstrap interval: replicates are drawn again, the same ones on both sides.
pub fn judged(
    with: &[f64],
    without: &[f64],
    of: impl Fn(&[f64]) -> f64,
    seed: u64,
    name: &str,
) -> (f64, f64, f64) {
    let n = with.len();
    let mut random = Chance::new(seed, 0).sequence(Stream::Bootstrap, Entity::named(name));
    let (mut a, mut b) = (vec![0.0; n], vec![0.0; n]);
    let mut resampled: Vec<f64> = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        for k in 0..n {
            let drawn = random.random_range(0..n);
            (a[k], b[k]) = (with[drawn], without[drawn]);
        }
        resampled.push(of(&a) - of(&b));
    }
    resampled.sort_unstable_by(f64::total_cmp);
    (quantile(&resampled, 0.025), of(with) - of(without), quantile(&resampled, 0.975))
}

/// Median of a resample, given how often each sorted value was drawn.
fn median_of_counts(sorted: &[f64], counts: &[u32]) -> f64 {
    let n: u32 = counts.iter().sum();
    let at = |rank: u32| {
        let mut seen = 0;
        for (value, count) in sorted.iter().zip(counts) {
            seen += count;
            if seen > rank {
                return *value;
            }
        }
        sorted.last().copied().unwrap_or(0.0)
    };
    if n == 0 { 0.0 } else { 0.5 * (at((n - 1) / 2) + at(n / 2)) }
}

/// Quantile of sorted values, interpolated between neighbours.
pub fn quantile(sorted: &[f64], level: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = level * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    sorted[low] + (place - low as f64) * (sorted[high] - sorted[low])
}

/// P5, P50 and P95 of values that need not be sorted.
pub fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    (quantile(&sorted, 0.05), quantile(&sorted, 0.5), quantile(&sorted, 0.95))
}

/// Spearman's rank correlation of two samples; zero where one does not vary.
pub fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let sum =
        |f: &dyn Fn(f64, f64) -> f64| -> f64 { a.iter().zip(&b).map(|(x, y)| f(x - mean, y - mean)).sum() };
    let (both, one, other) = (sum(&|x, y| x * y), sum(&|x, _| x * x), sum(&|_, y| y * y));
    if one > 0.0 && other > 0.0 { both / (one * other).sqrt() } else { 0.0 }
}

/// Ranks from zero; equal values share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..].iter().take_while(|k| values[**k] == values[order[from]]).count();
        for k in &order[from..from + same] {
            ranks[*k] = from as f64 + (same as f64 - 1.0) / 2.0;
        }
        from += same;
    }
    ranks
}

/// Continuous ranked probability score of an ensemble: zero is perfect, in the unit of the values.
///
/// ```text
/// CRPS = mean |x − y| − ½·mean |x − x′|          y: what was observed; x, x′: members
/// ```
pub fn crps(members: &[f64], observed: f64) -> f64 {
    let mut sorted = members.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len().max(1) as f64;
    let away = sorted.iter().map(|x| (x - observed).abs()).sum::<f64>() / n;
    // over sorted values Σ Σ |x − x′| is a single sum
    let apart: f64 = sorted.iter().enumerate().map(|(k, x)| (2.0 * k as f64 + 1.0 - n) * x).sum();
    away - apart / (n * n)
}

/// Mean of the worst twentieth, the largest values; of fewer than twenty, the largest.
///
/// ```text
/// (Σ over the ⌊n/20⌋ largest + (n/20 − ⌊n/20⌋)·the next one) / (n/20)
/// ```
/// (Acerbi and Tasche, Journal of Banking & Finance 26, 2002.)
pub fn tail_mean(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let Some(largest) = sorted.first() else { return 0.0 };
    let (whole, part) = (sorted.len() / 20, (sorted.len() % 20) as f64 / 20.0);
    if whole == 0 {
        return *largest;
    }
    let sum = sorted[..whole].iter().sum::<f64>() + part * sorted.get(whole).copied().unwrap_or(0.0);
    sum / (whole as f64 + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_difference_has_no_spread() {
        let without: Vec<f64> = (0..100).map(f64::from).collect();
        let with: Vec<f64> = without.iter().map(|x| x - 3.0).collect();
        let p = paired(&with, &without, 50.0, 1, "test");
        assert_eq!((p.median, p.interval, p.share_below, p.n), (-3.0, (-3.0, -3.0), 1.0, 100));
    }

    #[test]
    fn nothing_is_called_lower_whose_interval_includes_zero_or_that_is_less_than_a_ten_thousandth() {
        let shown = |interval, size, too_late| {
            let p = Paired { interval, ..paired(&[0.0], &[0.0], size, 1, "test") };
            p.finding(too_late).words()
        };
        assert_eq!(shown((-3.0, -1.0), 100.0, false), "lower");
        assert_eq!(shown((1.0, 3.0), 100.0, false), "higher");
        assert_eq!(shown((-3.0, 0.0), 100.0, false), "no clear difference");
        assert_eq!(shown((-3.0, -1.0), 30_000.0, false), "no effect in this event");
        assert_eq!(shown((-3.0, -1.0), 100.0, true), "no effect in this event");
    }

    /// One replicate in twenty is avoided 100: the mean falls by 5, the mean of the worst twentieth by 100, the median not at
    /// all.
    #[test]
    fn what_helps_in_rare_bad_replicates_shows_in_the_mean_and_in_the_tail_and_not_in_the_median() {
        let without: Vec<f64> = (0..200).map(|k| if k % 20 == 0 { 100.0 } else { 0.0 }).collect();
        let with = vec![0.0; 200];
        assert_eq!(paired(&with, &without, 5.0, 1, "rare").interval, (0.0, 0.0));
        let (low, middle, high) = judged(&with, &without, mean, 1, "rare");
        assert!((middle + 5.0).abs() < 1e-9 && low < middle && middle < high && high < 0.0, "{low} {high}");
        let (low, middle, high) = judged(&with, &without, tail_mean, 1, "rare");
        assert!(middle == -100.0 && low == -100.0 && high < 0.0, "{low} {middle} {high}");
    }

    #[test]
    fn ranks_follow_order_and_not_size() {
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0, 4.0], &[1.0, 10.0, 100.0, 1e6]), 1.0);
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), -1.0);
        // ties share a rank: (0.5, 0.5, 2) against (0, 1, 2)
        assert!((rank_correlation(&[5.0, 5.0, 7.0], &[1.0, 2.0, 3.0]) - 0.75_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_point_forecast_scores_its_error_and_an_ensemble_less_its_spread() {
        assert_eq!(crps(&[3.0], 5.0), 2.0);
        // |0-1| and |2-1| have a mean of 1; pairs are 0, 2, 2, 0 apart: half of their mean is 0.5
        assert_eq!(crps(&[2.0, 0.0], 1.0), 0.5);
    }

    #[test]
    fn the_tail_is_the_mean_of_the_worst_twentieth() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(tail_mean(&values), (96.0 + 97.0 + 98.0 + 99.0 + 100.0) / 5.0);
        // a twentieth of thirty is one and a half: all of the largest and half of the next
        let values: Vec<f64> = (1..=30).map(f64::from).collect();
        assert!((tail_mean(&values) - (30.0 + 0.5 * 29.0) / 1.5).abs() < 1e-12);
        assert_eq!(tail_mean(&[3.0, 8.0, 5.0]), 8.0);
    }

    #[test]
    fn a_replicate_is_better_only_by_what_counts_as_a_difference() {
        // of a loss of a million, 50 dollars are nothing, 200 are something
        let without = [1e6; 4];
        let with = [1e6 - 50.0, 1e6 - 200.0, 1e6, 1e6 + 500.0];
        assert_eq!(paired(&with, &without, 1e6, 1, "test").share_below, 0.25);
    }

    #[test]
    fn a_bootstrap_interval_holds_the_median_and_shrinks_with_the_sample() {
        let draw = |n: u32| -> Vec<f64> { (0..n).map(|k| f64::from((k * 7919) % 1000)).collect() };
        let zeros = |n: u32| vec![0.0; n as usize];
        let small = paired(&draw(50), &zeros(50), 0.0, 1, "a");
        let large = paired(&draw(1000), &zeros(1000), 0.0, 1, "a");
        assert!(small.interval.0 <= small.median && small.median <= small.interval.1);
        assert!(large.interval.1 - large.interval.0 < small.interval.1 - small.interval.0);
    }
}
