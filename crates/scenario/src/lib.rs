//! A world, a scenario's events and strategies to arms: what the Monte Carlo runs, or every reason why not.
//!
//! All complaining happens while files are read: [`load`] collects every problem of a file with its place, a label and
//! help. What comes out can be trusted by the core and by the Monte Carlo.

mod arms;
mod events;
pub mod history;
pub mod kinds;
mod load;
pub mod measures;
mod overrides;
pub mod published;
mod resolver;
pub mod schema;
mod select;
mod served_first;
pub mod shelf;
mod strategies;
mod strategy;
mod targets;
mod timing;
mod triggers;

pub use arms::{
    Arm, BASELINE, BASELINE_WITH, EventInfo, Experiment, LEAD_WEEKS, NO_STRATEGY, Request, ScenarioInfo,
    StrategyInfo,
};
pub use load::{host, load, load_in};
pub use timing::{Correlation, Timing, Trigger};
