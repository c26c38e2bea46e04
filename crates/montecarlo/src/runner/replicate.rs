//! What is asked of a run, and what one arm of one replicate gives.

use crate::plants::PlantRun;
use crate::replicates::Uncertainty;
use serde::{Deserialize, Serialize};
use std::sync::atomic::AtomicBool;

/// How many, and with what chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Number of replicates.
    pub replicates: u32,
    /// Seed.
    pub seed: u64,
    /// What is uncertain.
    pub uncertainty: Uncertainty,
}

impl Default for Settings {
    /// As the command line: 256 replicates, seed 1, everything uncertain.
    fn default() -> Self {
        Self { replicates: 256, seed: 1, uncertainty: Uncertainty::FULL }
    }
}

/// What became of the lines of one firm in one replicate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineStop {
    /// Greatest share of its lines that stood idle for want of an input, in whole lines.
    pub idle: f32,
    /// Weeks from the shock to the first stop; [`NEVER`](chokepoint_core::time::NEVER) if none.
    pub first: f32,
    /// Weeks stopped.
    pub weeks: f32,
    /// Weeks from the shock until it was back permanently; [`NEVER`](chokepoint_core::time::NEVER) if it never stopped.
    pub back: f32,
    /// Place, among the agent's inputs, of the one that was short; a code of `chokepoint_core::state` if none was.
    pub cause: f32,
    /// Why it was short: a code of `chokepoint_core::outcome::lines::reason`.
    pub reason: f32,
    /// Commodity at the root of it; -1 if none was short.
    pub root: f32,
    /// Why that was short.
    pub root_reason: f32,
}

impl LineStop {
    /// The same firm, had it not stopped.
    pub(crate) fn never(self) -> Self {
        let never = chokepoint_core::time::NEVER as f32;
        Self { idle: 0.0, first: never, weeks: 0.0, back: never, ..self }
    }
}

/// One arm of one replicate.
#[derive(Clone, Debug)]
pub struct ArmRun {
    /// In the order of the outcome list.
    pub outcomes: Vec<f64>,
    /// `[week × series + place]`.
    pub series: Vec<f32>,
    /// By agent that is a line.
    pub stops: Vec<LineStop>,
    /// Share of inputs that passed a traced country: `[(region × sectors + sector) × traces + trace]`.
    pub exposure: Vec<f32>,
    /// By facility; empty where nobody builds.
    pub plants: Vec<PlantRun>,
    /// `[cost × years + year]`, undiscounted US dollars, in the order of [`Cost::all`](crate::costs::Cost::all).
    pub costs: Vec<f64>,
    /// What moved, in the order of [`Ways::place`](crate::flows::Ways::place); only of the arm without a strategy.
    pub flows: Vec<f32>,
}

/// The run was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("interrupted before all replicates had run; no results were written")]
pub struct Interrupted;

/// What a run shows while it is at work, and how it is stopped.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Called after each batch how many replicates are done.
    pub progress: &'a (dyn Fn(u32) + Sync),
    /// Raised to stop.
    pub stop: &'a AtomicBool,
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").field("stop", self.stop).finish_non_exhaustive()
    }
}
