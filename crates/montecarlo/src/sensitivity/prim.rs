//! The Patient Rule Induction Method: a box in the space of factors in which the outcomes of interest are dense.
//!
//! J. H. Friedman and N. I. Fisher, "Bump hunting in high-dimensional data", Statistics and Computing 9 (1999). Its
//! use to discover scenarios, coverage, density and quasi-p-values are from B. P. Bryant and R. J. Lempert, "Thinking
//! inside the box", Technological Forecasting and Social Change 77 (2010).

use super::binomial::upper_tail;
use super::peeling::{FREE, Sample, Tally, within};

/// How patient and how far the search is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Share of a box's rows that one step peels off or pastes on.
    pub alpha: f64,
    /// Least share of all rows that a box holds.
    pub minimum_support: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { alpha: 0.05, minimum_support: 0.05 }
    }
}

/// The part of one factor's range that a box takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restriction {
    /// Which factor.
    pub factor: usize,
    /// Least value inside; minus infinity where the box is open below.
    pub low: f64,
    /// Greatest value inside; infinity where it is open above.
    pub high: f64,
    /// Chance that the box would be as dense by random variation if this restriction did nothing. It is optimistic, for the
    /// search has looked at many restrictions on the same rows.
    pub quasi_p: f64,
}

/// A box and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Hyperbox {
    /// By factor, in order; a factor that is not named is free.
    pub restrictions: Vec<Restriction>,
    /// Share of all interesting rows that is inside.
    pub coverage: f64,
    /// Share of the rows inside that is interesting.
    pub density: f64,
    /// Share of all rows that is inside.
    pub mass: f64,
    /// Number of rows inside.
    pub rows: usize,
}

impl Hyperbox {
    /// Whether a point is inside.
    pub fn holds(&self, point: &[f64]) -> bool {
        self.restrictions.iter().all(|r| r.low <= point[r.factor] && point[r.factor] <= r.high)
    }

    /// Least and greatest value inside, by factor.
    pub fn limits(&self, factors: usize) -> Vec<(f64, f64)> {
        let mut limits = vec![FREE; factors];
        for r in &self.restrictions {
            limits[r.factor] = (r.low, r.high);
        }
        limits
    }
}

/// Every box from all rows down to the smallest, then the smallest grown again.
///
/// `points` has a row per run and a column per factor, of finite values; `interesting` says of each run whether it is
/// of interest. From one box to the next a single end of a single factor is peeled: the one that raises
/// the density most per row given up. Ends that share a value go together, so that factors with few values
/// are treated fairly. Peeling stops at the least support or where all rows are interesting; then ends are pasted on as
/// long as the density does not fall. Which of the boxes to take is a choice between coverage and density: see
/// [`choose`].
pub fn trajectory(points: &[Vec<f64>], interesting: &[bool], settings: Settings) -> Vec<Hyperbox> {
    debug_assert_eq!(points.len(), interesting.len());
    let sample = Sample { points, interesting };
    let factors = points.first().map_or(0, Vec::len);
    let least = ((settings.minimum_support * points.len() as f64).ceil() as usize).max(1);
    let mut limits = vec![FREE; factors];
    let mut found = vec![measure(points, interesting, &limits)];
    while found.last().is_some_and(|last| last.density < 1.0)
        && sample.peel(&mut limits, settings.alpha, least)
    {
        found.push(measure(points, interesting, &limits));
    }
    while sample.paste(&mut limits, settings.alpha) {
        found.push(measure(points, interesting, &limits));
    }
    found
}

/// The densest box among those that cover at least a share of what is interesting; of two as dense the one that covers
/// more. None if no box covers as much.
pub fn choose(trajectory: &[Hyperbox], coverage: f64) -> Option<&Hyperbox> {
    let order = |a: &&Hyperbox, b: &&Hyperbox| {
        a.density.total_cmp(&b.density).then(a.coverage.total_cmp(&b.coverage))
    };
    trajectory.iter().filter(|found| found.coverage >= coverage).max_by(order)
}

/// A box grown at its ends as long as its density does not fall.
pub fn paste(points: &[Vec<f64>], interesting: &[bool], from: &Hyperbox, alpha: f64) -> Hyperbox {
    let mut limits = from.limits(points.first().map_or(0, Vec::len));
    while (Sample { points, interesting }).paste(&mut limits, alpha) {}
    measure(points, interesting, &limits)
}

/// What a box given by its limits holds of a sample, which need not be the one that it was found on: rows that the
/// search has not seen show how much of its density is random variation.
///
/// ```text
/// quasi-p of factor j = P(X ≥ interesting rows inside),   X ~ Binomial(rows inside, q_j)
/// q_j = density of the box without its restriction of j
/// ```
pub fn measure(points: &[Vec<f64>], interesting: &[bool], limits: &[(f64, f64)]) -> Hyperbox {
    let restricted: Vec<usize> = (0..limits.len()).filter(|k| limits[*k] != FREE).collect();
    let mut inside = Tally::default();
    let mut kept_out = vec![Tally::default(); limits.len()];
    for (point, hit) in points.iter().zip(interesting) {
        let mut broken = restricted.iter().filter(|k| !within(point[**k], limits[**k]));
        match (broken.next(), broken.next()) {
            (None, _) => inside.add(*hit),
            (Some(alone), None) => kept_out[*alone].add(*hit),
            _ => {}
        }
    }
    let restriction = |factor: &usize| {
        let (low, high) = limits[*factor];
        let without = inside.and(kept_out[*factor]).density();
        Restriction { factor: *factor, low, high, quasi_p: upper_tail(inside.rows, inside.hits, without) }
    };
    Hyperbox {
        restrictions: restricted.iter().map(restriction).collect(),
        coverage: inside.hits as f64 / interesting.iter().filter(|hit| **hit).count().max(1) as f64,
        density: inside.density(),
        mass: inside.rows as f64 / points.len().max(1) as f64,
        rows: inside.rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensitivity::draws::tests::chance;

    fn uniform(rows: u32, factors: u32, seed: u64) -> Vec<Vec<f64>> {
        let draw = chance(seed);
        (0..rows).map(|row| (0..factors).map(|k| draw(0, row, k)).collect()).collect()
    }

    /// Interesting where the first factor is in [0.2, 0.6] and the second in [0.7, 1].
    fn planted(points: &[Vec<f64>]) -> Vec<bool> {
        points.iter().map(|x| 0.2 <= x[0] && x[0] <= 0.6 && x[1] >= 0.7).collect()
    }

    #[test]
    fn a_planted_box_among_five_factors_is_found_and_no_other_factor_is_restricted() {
        for seed in 0..5 {
            let points = uniform(1500, 5, seed);
            let interesting = planted(&points);
            let boxes = trajectory(&points, &interesting, Settings::default());
            let found = paste(&points, &interesting, choose(&boxes, 0.9).unwrap(), 0.05);
            assert!(found.coverage > 0.9 && found.density > 0.9);
            let sure: Vec<&Restriction> = found.restrictions.iter().filter(|r| r.quasi_p <= 0.05).collect();
            assert_eq!(sure.iter().map(|r| r.factor).collect::<Vec<usize>>(), [0, 1]);
            assert!((sure[0].low - 0.2).abs() < 0.03 && (sure[0].high - 0.6).abs() < 0.03);
            assert!((sure[1].low - 0.7).abs() < 0.03 && sure[1].high == f64::INFINITY);
            // rows that the search has not seen say the same
            let fresh = uniform(1500, 5, seed + 100);
            let again = measure(&fresh, &planted(&fresh), &found.limits(5));
            assert!(again.coverage > 0.85 && again.density > 0.85);
        }
    }

    #[test]
    fn noise_gives_no_box_that_beats_the_base_rate_on_rows_not_seen() {
        for seed in 0..5 {
            let (points, fresh) = (uniform(1000, 5, seed), uniform(1000, 5, seed + 100));
            let noise = |seed| -> Vec<bool> { (0..1000).map(|row| chance(seed)(1, row, 0) < 0.3).collect() };
            let (interesting, undetected) = (noise(seed), noise(seed + 100));
            let boxes = trajectory(&points, &interesting, Settings::default());
            let found = choose(&boxes, 0.5).unwrap();
            let again = measure(&fresh, &undetected, &found.limits(5));
            let base = undetected.iter().filter(|hit| **hit).count() as f64 / 1000.0;
            // two standard errors of a share over the rows inside
            let error = (base * (1.0 - base) / again.rows as f64).sqrt();
            assert!((again.density - base).abs() < 2.0 * error, "seed {seed}");
            assert!(found.density < 0.45 && found.density - boxes[0].density < 0.12, "seed {seed}");
        }
    }

    #[test]
    fn the_first_peel_is_the_one_by_hand() {
        // ten rows; the last three are interesting: of all peels of two rows, the lowest two raise the density most
        let points: Vec<Vec<f64>> = (0..10).map(|k| vec![f64::from(k)]).collect();
        let interesting: Vec<bool> = (0..10).map(|k| k >= 7).collect();
        let settings = Settings { alpha: 0.2, minimum_support: 0.3 };
        let boxes = trajectory(&points, &interesting, settings);
        assert_eq!((boxes[0].density, boxes[0].coverage, boxes[0].mass), (0.3, 1.0, 1.0));
        assert!(boxes[0].restrictions.is_empty());
        let first = boxes[1].restrictions[0];
        assert_eq!((first.factor, first.low, first.high), (0, 1.5, f64::INFINITY));
        assert_eq!((boxes[1].density, boxes[1].rows), (3.0 / 8.0, 8));
        // all three of three inside, by random variation of 0.3 each
        let last = boxes.last().unwrap();
        assert_eq!((last.density, last.coverage, last.rows, last.restrictions[0].low), (1.0, 1.0, 3, 6.5));
        assert!((last.restrictions[0].quasi_p - 0.027).abs() < 1e-15);
    }

    #[test]
    fn pasting_takes_back_what_was_peeled_too_far() {
        let points: Vec<Vec<f64>> = (0..20).map(|k| vec![f64::from(k), f64::from(k % 3)]).collect();
        let interesting: Vec<bool> = (0..20).map(|k| (5..=14).contains(&k)).collect();
        let narrow = measure(&points, &interesting, &[(8.0, 11.0), FREE]);
        assert_eq!((narrow.density, narrow.coverage), (1.0, 0.4));
        let grown = paste(&points, &interesting, &narrow, 0.05);
        assert_eq!((grown.density, grown.coverage), (1.0, 1.0));
        assert_eq!((grown.restrictions[0].low, grown.restrictions[0].high), (4.5, 14.5));
    }

    #[test]
    fn rows_that_share_a_value_are_peeled_together() {
        // a switch: off in 60 rows, on in 40, and only what is on is interesting
        let points: Vec<Vec<f64>> = (0..100).map(|k| vec![if k < 60 { 0.0 } else { 1.0 }, 7.0]).collect();
        let interesting: Vec<bool> = (0..100).map(|k| k >= 60).collect();
        let boxes = trajectory(&points, &interesting, Settings::default());
        assert_eq!(boxes.len(), 2);
        assert_eq!((boxes[1].density, boxes[1].coverage, boxes[1].restrictions[0].low), (1.0, 1.0, 0.5));
    }

    #[test]
    fn the_choice_is_the_densest_box_that_covers_enough() {
        let of =
            |coverage, density| Hyperbox { restrictions: Vec::new(), coverage, density, mass: 0.5, rows: 1 };
        let boxes = [of(1.0, 0.2), of(0.9, 0.6), of(0.8, 0.7), of(0.85, 0.7), of(0.3, 1.0)];
        assert_eq!(choose(&boxes, 0.8), Some(&boxes[3]));
        assert_eq!(choose(&boxes, 0.9), Some(&boxes[1]));
        assert_eq!(choose(&boxes, 0.0), Some(&boxes[4]));
        assert_eq!(choose(&boxes[1..], 0.95), None);
    }

    #[test]
    fn no_box_is_smaller_than_the_least_support_and_none_is_lost_where_nothing_is_interesting() {
        let points = uniform(400, 3, 1);
        let settings = Settings { alpha: 0.05, minimum_support: 0.1 };
        let rare: Vec<bool> = (0..400).map(|k| k % 40 == 0).collect();
        assert!(trajectory(&points, &rare, settings).iter().all(|found| found.rows >= 40));
        let nothing = trajectory(&points, &[false; 400], settings);
        assert!(nothing.iter().all(|found| found.density == 0.0 && found.coverage == 0.0));
        let everything = trajectory(&points, &[true; 400], settings);
        assert_eq!((everything.len(), everything[0].coverage), (1, 1.0));
        assert_eq!(trajectory(&[], &[], settings).len(), 1);
    }
}
