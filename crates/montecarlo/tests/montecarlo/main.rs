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
mod published;
mod random;
mod recovery;
mod results;
mod same;
mod sensitivity;
mod shipped;
mod short_run;
mod triggers;

/// A measured figure of docs/validation.md.
pub(crate) fn figure(key: &str, value: impl std::fmt::Display) {
    println!("figure\t{key}\t{value}");
}

/// A line of a table of docs/validation.md.
pub(crate) fn table(name: &str, line: &str) {
    println!("table\t{name}\t{line}");
}

/// A number as a page shows it: so many digits after the point, commas at thousands, a minus sign.
pub(crate) fn shown(value: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", value.abs());
    let point = text.find('.').unwrap_or(text.len());
    let nothing = text.chars().all(|c| c == '0' || c == '.');
    let mut shown = String::from(if value < 0.0 && !nothing { "−" } else { "" });
    for (place, c) in text.char_indices() {
        if place > 0 && place < point && (point - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(c);
    }
    shown
}

/// Numbers beside each other.
pub(crate) fn listed(values: &[f64], digits: usize) -> String {
    values.iter().map(|value| shown(*value, digits)).collect::<Vec<_>>().join(", ")
}
