//! Bands over replicates: integer counts in fixed logarithmic bins, so that merging is addition.

use chokepoint_core::lanes::{exp, ln};
use serde::{Deserialize, Serialize};

/// Least value that is reported from zero.
const LEAST: f64 = 1e-6;
/// Log width of a bin. A value is placed inside its bin by its rank, but no nearer to the edge than a quarter: it is off by
/// at most three quarters of a bin, 1 %.
const WIDTH: f64 = 0.0133;
/// Number of bins: zero, then from [`LEAST`] to about a million: tonnes a week among them.
const BINS: usize = 2080;

/// Counts of many cells (one per series and week).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    cells: Vec<Cell>,
    n: u32,
}

/// Counts of one cell: from the least bin that a replicate fell into to the greatest. Most cells need a few dozen of
/// the [`BINS`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Cell {
    sum: f64,
    /// Values shown as zero.
    nothing: u32,
    /// Bin of the first count.
    first: u16,
    counts: Box<[u32]>,
}

impl Cell {
    fn add(&mut self, value: f64) {
        self.sum += value;
        match bin(value) {
            0 => self.nothing += 1,
            bin => self.counts[self.place(bin)] += 1,
        }
    }

    /// Place of a bin among the counts, which are widened if it lies outside.
    fn place(&mut self, bin: usize) -> usize {
        let (first, n) = (usize::from(self.first), self.counts.len());
        if n > 0 && (first..first + n).contains(&bin) {
            return bin - first;
        }
        let (from, to) = if n == 0 { (bin, bin) } else { (first.min(bin), (first + n - 1).max(bin)) };
        let mut wider = vec![0; to - from + 1];
        if n > 0 {
            wider[first - from..first - from + n].copy_from_slice(&self.counts);
        }
        self.counts = wider.into_boxed_slice();
        self.first = u16::try_from(from).unwrap_or(u16::MAX);
        bin - from
    }

    /// Bins and counts, least first.
    fn bins(&self) -> impl Iterator<Item = (usize, u32)> + Clone + '_ {
        let counts = (usize::from(self.first)..).zip(self.counts.iter().copied());
        std::iter::once((0, self.nothing)).chain(counts)
    }
}

/// What is known of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantiles {
    /// Mean.
    pub mean: f64,
    /// 5th, 25th, 50th, 75th and 95th percentile, off by at most 1 %.
    pub p: [f64; 5],
}

/// Percentiles that are kept.
pub const LEVELS: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

fn bin(value: f64) -> usize {
    if value < LEAST {
        return 0;
    }
    let place = ln(value / LEAST) / WIDTH;
    1 + (place as usize).min(BINS - 2)
}

/// The value at a share of a bin.
fn value(bin: usize, share: f64) -> f64 {
    if bin == 0 { 0.0 } else { LEAST * exp((bin as f64 - 1.0 + share.clamp(0.25, 0.75)) * WIDTH) }
}

impl Bands {
    /// Empty counts.
    pub fn new(cells: usize) -> Self {
        Self { cells: vec![Cell::default(); cells], n: 0 }
    }

    /// Adds one replicate: a value per cell.
    pub fn add(&mut self, values: &[f32]) {
        debug_assert_eq!(values.len(), self.cells.len());
        for (cell, value) in self.cells.iter_mut().zip(values) {
            cell.add(f64::from(*value));
        }
        self.n += 1;
    }

    /// Number of replicates added.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// Number of cells.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Mean and percentiles of a cell, by the definition of [`crate::pairing::quantile`].
    pub fn quantiles(&self, cell: usize) -> Quantiles {
        let cell = &self.cells[cell];
        let last = f64::from(self.n.saturating_sub(1));
        let mut of_rank = OfRank { bins: cell.bins(), bin: 0, below: 0, count: 0 };
        let p = LEVELS.map(|level| {
            let place = level * last;
            let low = place.floor();
            let (from, share) = (of_rank.value(low as u32), place - low);
            if share > 0.0 { from + share * (of_rank.next(low as u32 + 1) - from) } else { from }
        });
        Quantiles { mean: cell.sum / f64::from(self.n.max(1)), p }
    }
}

/// Values by their rank, for ranks that rise.
struct OfRank<I> {
    bins: I,
    /// The bin that is at hand, replicates below it, and those in it.
    bin: usize,
    below: u32,
    count: u32,
}

impl<I: Iterator<Item = (usize, u32)> + Clone> OfRank<I> {
    /// The value of a rank, counted from zero, that is not below the last one asked for.
    fn value(&mut self, rank: u32) -> f64 {
        while rank >= self.below + self.count {
            let Some((bin, count)) = self.bins.next() else { break };
            (self.below, self.bin, self.count) = (self.below + self.count, bin, count);
        }
        if self.count == 0 {
            return 0.0;
        }
        value(self.bin, (f64::from(rank - self.below) + 0.5) / f64::from(self.count))
    }

    /// The same; the next one asked for may be lower again.
    fn next(&self, rank: u32) -> f64 {
        OfRank { bins: self.bins.clone(), ..*self }.value(rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_of_a_known_sample_are_within_one_per_cent() {
        let mut bands = Bands::new(1);
        for k in 1..=1001 {
            bands.add(&[k as f32 / 100.0]);
        }
        let q = bands.quantiles(0);
        for (value, level) in q.p.iter().zip(LEVELS) {
            let exact = (1.0 + level * 1000.0) / 100.0;
            assert!((value / exact - 1.0).abs() < 0.011, "{value} {exact}");
        }
        assert!((q.mean - 5.01).abs() < 1e-6);
    }

    #[test]
    fn what_is_nearly_zero_counts_as_zero() {
        let mut bands = Bands::new(1);
        bands.add(&[0.0]);
        bands.add(&[0.000_000_5]);
        assert_eq!(bands.quantiles(0).p, [0.0; 5]);
    }

    #[test]
    fn percentiles_lie_between_neighbours_as_everywhere_else() {
        // eight values: the 95th percentile is at 6.65, between 70 and 110 thousandths, not the value below
        let values = [0.0_f32, 0.0, 0.0, 0.001, 0.002, 0.03, 0.07, 0.11];
        let mut bands = Bands::new(1);
        values.iter().for_each(|x| bands.add(&[*x]));
        let sorted = values.map(f64::from);
        for (found, level) in bands.quantiles(0).p.iter().zip(LEVELS) {
            let exact = crate::pairing::quantile(&sorted, level);
            assert!((found - exact).abs() <= 0.011 * exact, "{level}: {found} {exact}");
        }
        assert!((bands.quantiles(0).p[4] - 0.096).abs() < 0.001);
    }

    #[test]
    fn the_order_in_which_replicates_come_changes_no_percentile() {
        let (mut up, mut down) = (Bands::new(1), Bands::new(1));
        for k in 0..50_u8 {
            up.add(&[f32::from(k) * 3.0]);
            down.add(&[f32::from(49 - k) * 3.0]);
        }
        assert_eq!(up.quantiles(0), down.quantiles(0));
    }

    #[test]
    fn more_replicates_than_two_bytes_count() {
        let mut bands = Bands::new(1);
        for k in 0..100_000_u32 {
            bands.add(&[if k < 70_000 { 1.0 } else { 2.0 }]);
        }
        let q = bands.quantiles(0);
        assert!((q.p[2] - 1.0).abs() < 0.011 && (q.p[3] - 2.0).abs() < 0.022, "{:?}", q.p);
        assert!((q.mean - 1.3).abs() < 1e-9);
    }
}
