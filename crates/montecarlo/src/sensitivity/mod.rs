//! Global sensitivity analysis: which uncertain numbers move an outcome, how much of its variance each carries, and in
//! which part of their space the outcomes of interest lie.
//!
//! The estimators draw nothing by themselves: every draw comes from the caller at an address.

mod binomial;
mod directions;
pub mod draws;
pub mod morris;
mod peeling;
pub mod prim;
pub mod sobol;
pub mod study;
