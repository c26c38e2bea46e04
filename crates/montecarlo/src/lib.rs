//! Many replicates of one experiment: what is drawn, how replicates run in parallel, how they are paired and reduced.
//!
//! Nothing here depends on the number of threads or of replicates: a replicate's draws follow from its number
//! alone, batches are reduced in order, and no clock is read. Start at [`prelude`].

pub mod bands;
pub mod beside;
pub mod break_even;
pub mod chain;
pub mod comparison;
pub mod costs;
pub mod drift;
pub mod effects;
pub mod findings;
pub mod flows;
pub mod history;
pub mod laws;
pub mod names;
pub mod outcomes;
pub mod outlook;
pub mod pairing;
pub mod plants;
pub mod portfolio;
pub mod prelude;
pub mod replicates;
pub mod results;
pub mod rules;
pub mod runner;
pub mod sensitivity;
pub mod summary;
pub mod tables;
pub mod validity;
pub mod welfare;
