//! Bands over replicates: integer counts in fixed logarithmic bins, so that merging is addition.

use chokepoint_core::lanes::{exp, ln};

/// Least value that is told from zero.
const LEAST: f64 = 4e-3;
/// Log width of a bin. A percentile is placed inside its bin by its rank, but no nearer to the edge than a quarter:
/// it is off by at most three quarters of a bin, 1 %.
const WIDTH: f64 = 0.0133;
/// Number of bins: zero, then from [`LEAST`] to about 1,000.
const BINS: usize = 936;

/// Counts of many cells (one per arm, series and week).
#[derive(Clone, Debug)]
pub struct Bands {
    counts: Vec<u16>,
    sums: Vec<f64>,
    cells: usize,
    n: u32,
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
    /// Empty counts; memory is taken with the first replicate.
    pub fn new(cells: usize) -> Self {
        Self { counts: Vec::new(), sums: Vec::new(), cells, n: 0 }
    }

    /// Adds one replicate: a value per cell.
    pub fn add(&mut self, values: &[f32]) {
        debug_assert_eq!(values.len(), self.cells);
        if self.n == 0 {
            self.counts = vec![0; self.cells * BINS];
            self.sums = vec![0.0; self.cells];
        }
        for (cell, value) in values.iter().enumerate() {
            let value = f64::from(*value);
            self.counts[cell * BINS + bin(value)] += 1;
            self.sums[cell] += value;
        }
        self.n += 1;
    }

    /// Number of replicates added.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// Mean and percentiles of a cell.
    pub fn quantiles(&self, cell: usize) -> Quantiles {
        let counts = &self.counts[cell * BINS..(cell + 1) * BINS];
        let n = f64::from(self.n.max(1));
        let mut p = [0.0; 5];
        for (found, level) in p.iter_mut().zip(LEVELS) {
            let wanted = level * (n - 1.0);
            let mut below = 0.0;
            for (bin, count) in counts.iter().enumerate() {
                let count = f64::from(*count);
                if below + count > wanted {
                    *found = value(bin, (wanted - below + 0.5) / count);
                    break;
                }
                below += count;
            }
        }
        Quantiles { mean: self.sums[cell] / n, p }
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
        bands.add(&[0.0005]);
        assert_eq!(bands.quantiles(0).p, [0.0; 5]);
    }
}
