//! Values that a user puts in place of the files'.

use crate::load::{self, Replacements};
use crate::problem::{Code, Place, Problems};
use chokepoint_core::chance::Distribution;
use std::path::Path;

/// Values that a user puts in place of the files': world cells and numbers of events.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    pub(super) tables: Replacements,
    numbers: Vec<(String, Distribution, Place, bool)>,
}

impl Overrides {
    pub(super) fn read(path: Option<&Path>, problems: &mut Problems) -> Self {
        let mut overrides = Self::default();
        let Some(path) = path else { return overrides };
        let columns = ["parameter", "value", "unit", "low", "high", "source", "note"];
        let Some(table) = crate::table::Table::read(path, &columns, problems) else {
            return overrides;
        };
        for row in table.records() {
            let name = row.text("parameter").to_owned();
            let place = row.place("parameter");
            if load::parameters().contains(&name.as_str()) {
                for column in ["value", "low", "high"] {
                    let text = if row.text(column).is_empty() { row.text("value") } else { row.text(column) };
                    overrides.tables.0.push((
                        format!("parameters.{name}.{column}"),
                        text.to_owned(),
                        place.clone(),
                    ));
                }
            } else if name.contains('/') {
                let bounds = (-1e12, 1e12);
                let Some(value) = row.number("value", bounds, problems) else {
                    continue;
                };
                let low = row.optional("low", bounds, problems).unwrap_or(value);
                let high = row.optional("high", bounds, problems).unwrap_or(value);
                let factor = unit_factor(row, problems);
                let distribution = if low < high {
                    Distribution::Triangular { low: low * factor, mode: value * factor, high: high * factor }
                } else {
                    Distribution::Fixed(value * factor)
                };
                overrides.numbers.push((name, distribution, place, false));
            } else {
                overrides.tables.0.push((name, row.text("value").to_owned(), place));
            }
        }
        overrides
    }

    /// Names of the parameters and numbers that are replaced.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let parameters = self.tables.0.iter().filter_map(|(cell, _, _)| {
            cell.strip_prefix("parameters.").and_then(|rest| rest.split('.').next())
        });
        parameters.chain(self.numbers.iter().map(|(name, ..)| name.as_str()))
    }

    pub(super) fn apply(&mut self, name: &str, distribution: Distribution) -> Distribution {
        for (overridden, value, _, used) in &mut self.numbers {
            if overridden == name {
                *used = true;
                return *value;
            }
        }
        distribution
    }

    pub(super) fn complain_unused(&self, problems: &mut Problems) {
        for (name, _, place, used) in &self.numbers {
            if !used {
                problems.error(
                    Code::UnknownName,
                    place,
                    format!("no event or measure of this run has a number called `{name}`"),
                    "not used".to_owned(),
                    "write scenario/event/field, for example dytb-halt-us/halt/duration".to_owned(),
                );
            }
        }
    }
}

/// Factor from the unit of an override to weeks or shares.
fn unit_factor(row: crate::table::Record<'_>, problems: &mut Problems) -> f64 {
    match row.text("unit").to_lowercase().as_str() {
        "%" | "percent" => 0.01,
        "days" => 1.0 / 7.0,
        "weeks" | "share" | "" => 1.0,
        "months" => 52.0 / 12.0,
        "years" => 52.0,
        other => {
            problems.unknown(
                &row.place("unit"),
                "unit",
                other,
                ["percent", "share", "days", "weeks", "months", "years"],
            );
            1.0
        }
    }
}
