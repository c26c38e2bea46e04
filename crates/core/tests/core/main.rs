//! The core on its own: lanes, chance, and the week on small worlds with numbers by hand.
// a test that cannot go on fails: that is what unwrap says here
#![allow(clippy::unwrap_used)]

mod adaptation;
mod ahead;
mod benchmark;
mod chance;
mod controls;
mod diversion;
mod flows;
mod give;
mod joint;
mod lanes;
mod late;
mod licences;
mod new_plants;
mod plan;
mod plants;
mod products;
mod quote;
mod small;
mod stocks;
mod thin_lines;
mod triage;
mod week;

/// A measured figure of docs/validation.md.
pub(crate) fn figure(key: &str, value: impl std::fmt::Display) {
    println!("figure\t{key}\t{value}");
}
