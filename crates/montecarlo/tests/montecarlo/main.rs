//! Laws, rest and patterns on the shipped world.
// a test that cannot go on fails: that is what unwrap says here
#![allow(clippy::unwrap_used)]

mod cases;
mod chain;
mod closed_forms;
mod directions;
mod drift;
mod episodes;
mod events;
mod first_stops;
mod flows;
mod golden;
mod history;
mod joined;
mod late;
mod laws;
mod library;
mod long_run;
mod orderings;
mod patterns;
mod random;
mod recovery;
mod results;
mod same;
mod sensitivity;
mod shipped;
mod short_run;
mod triggers;
