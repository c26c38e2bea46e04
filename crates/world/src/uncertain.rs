//! A number that is drawn once a replicate, before it is drawn.

use chokepoint_core::chance::Distribution;

/// An uncertain number of an event, under the name that addresses its draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// Name: `scenario/event/field` or `strategy/measure/field`.
    pub name: String,
    /// Distribution, in weeks or as a share.
    pub distribution: Distribution,
}

/// A constant less a distribution.
pub fn before(distribution: Distribution, moment: f64) -> Distribution {
    match distribution {
        Distribution::Fixed(value) => Distribution::Fixed(moment - value),
        Distribution::Uniform { low, high } => {
            Distribution::Uniform { low: moment - high, high: moment - low }
        }
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: moment - high, mode: moment - mode, high: moment - low }
        }
        Distribution::LogNormal { p5, median, p95 } => {
            Distribution::Triangular { low: moment - p95, mode: moment - median, high: moment - p5 }
        }
    }
}

/// A distribution moved by a constant.
pub fn shift(distribution: Distribution, by: f64) -> Distribution {
    match distribution {
        Distribution::Fixed(value) => Distribution::Fixed(value + by),
        Distribution::Uniform { low, high } => Distribution::Uniform { low: low + by, high: high + by },
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: low + by, mode: mode + by, high: high + by }
        }
        // a shifted log-normal is not one; its quantiles are close to a triangle's over the same range
        Distribution::LogNormal { p5, median, p95 } => {
            Distribution::Triangular { low: p5 + by, mode: median + by, high: p95 + by }
        }
    }
}
