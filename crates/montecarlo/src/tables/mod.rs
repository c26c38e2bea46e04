//! The tables of a run as bytes: CSV and Parquet. Tidy, one row per observation, units in a column.

mod costs;
mod ensemble;
mod exposure;
mod flows;
mod outcomes;
mod plants;
mod series;
mod stops;

pub use costs::{costs, costs_by_year};
pub use ensemble::{columns, ensemble};
pub use exposure::exposure;
pub use flows::{flows, reference};
pub use outcomes::{break_even, distribution, outcomes, paired};
pub use plants::plants;
pub use series::{samples, series};
pub use stops::{stops, stops_by_month};

use crate::names::number;
use crate::pairing::spread;

/// Mean and range.
fn tail(values: &[f64]) -> String {
    let (p5, p50, p95) = spread(values);
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    format!("{},{},{},{}", number(mean), number(p5), number(p50), number(p95))
}
