//! The model of **chokepoint**: an agent-based simulation of a mineral's value chain, week by week.
//!
//! Read [`week::run`] first: it is the model's table of contents. Each phase's rule stands in its own file
//! under [`phase`]. The core knows no files, clock, threads or text: commodities, stages, countries and firms
//! are indices that the scenario crate gives meaning to.

pub mod behaviour;
pub mod chance;
pub mod design;
pub mod draw;
pub mod grid;
pub mod id;
pub mod lanes;
pub mod network;
pub mod outcome;
pub mod phase;
pub mod plan;
mod rest;
pub mod scope;
pub mod shards;
pub mod slices;
pub mod state;
pub mod time;
pub mod week;
