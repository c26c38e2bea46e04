//! What moves from one stage and region to another.

use serde::{Deserialize, Serialize};

/// A flow, contained tonnes a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Flow {
    /// Stage and region of the sellers.
    pub(super) from: [usize; 2],
    /// Stage and region of the buyers.
    pub(super) to: [usize; 2],
    /// Mean before the shock.
    pub(super) before: f64,
    /// Mean while it is in force.
    pub(super) during: f64,
    /// 5th, 50th and 95th percentile of that.
    pub(super) range: [f64; 3],
}

impl Flow {
    pub(super) fn downstream(&self) -> bool {
        self.to[0] > self.from[0]
    }
}
