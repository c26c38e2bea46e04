//! Uncertain parameters, and the numbers on record.

use super::Draft;
use super::rows::{Feed, NOT_NEGATIVE, ObservedRecord};
use crate::catalogue::Parameter;
use chokepoint_core::chance::Distribution;
use chokepoint_input::parameters;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::{CsvRow, Table};

impl Draft {
    pub(super) fn read_parameters(&mut self, tables: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            let name = row.text("parameter").to_owned();
            let bounds = (-1e9, 1e9);
            let Some(value) = row.number("value", bounds, problems) else {
                continue;
            };
            let low = row.optional("low", bounds, problems).unwrap_or(value);
            let high = row.optional("high", bounds, problems).unwrap_or(value);
            let distribution = match row.text("distribution") {
                "" | "fixed" => Distribution::Fixed(value),
                "uniform" => Distribution::Uniform { low, high },
                "triangular" => Distribution::Triangular { low, mode: value, high },
                "lognormal" => Distribution::LogNormal { p5: low, median: value, p95: high },
                other => {
                    problems.unknown(
                        &row.place("distribution"),
                        "distribution",
                        other,
                        ["fixed", "uniform", "triangular", "lognormal"],
                    );
                    continue;
                }
            };
            if !chokepoint_input::leaf::ordered(distribution) || value < low || value > high {
                problems
                    .error(
                        Code::OutOfRange,
                        &row.place("value"),
                        format!("`{name}`: low, value and high are not in this order"),
                    )
                    .label(format!("{low}, {value}, {high}"))
                    .help("write the least value in `low` and the greatest in `high`");
                continue;
            }
            let (may, reach) = (parameters::bounds(&name), parameters::reach(distribution));
            if reach.0 < may.0 || reach.1 > may.1 {
                problems
                    .error(
                        Code::OutOfRange,
                        &row.place(if value < may.0 || value > may.1 { "value" } else { "high" }),
                        format!(
                            "`{name}` may be drawn from {} to {}, outside {} to {}",
                            reach.0, reach.1, may.0, may.1
                        ),
                    )
                    .label("outside what it may be")
                    .help("the rules of a week mean nothing there; docs/model.md says what the number is");
                continue;
            }
            let parameter = Parameter {
                name: name.clone(),
                distribution,
                unit: row.text("unit").to_owned(),
                source: row.text("source").to_owned(),
                grade: row.text("grade").to_owned(),
                note: row.text("note").to_owned(),
            };
            self.parameters.insert(name, parameter);
        }
    }

    pub(super) fn read_records(&mut self, tables: &[Table], problems: &mut Problems) {
        let stages = self.stage_index();
        for row in tables.iter().flat_map(Table::records) {
            let stage = row.lookup("stage", "stage", &stages, problems);
            let value = row.number("value", NOT_NEGATIVE, problems);
            let counts = self.counted(row, problems);
            let feed = match row.text("feed") {
                "" => Some(None),
                "primary" => Some(Some(Feed::Primary)),
                "scrap" => Some(Some(Feed::Scrap)),
                other => {
                    problems.unknown(&row.place("feed"), "feed", other, ["primary", "scrap"]);
                    None
                }
            };
            if let (Some(stage), Some(value), Some(counts), Some(feed)) = (stage, value, counts, feed) {
                self.records.push(ObservedRecord {
                    stage,
                    material: row.text("material").to_owned(),
                    counts,
                    feed,
                    place: row.text("region_or_country").to_owned(),
                    measure: row.text("measure").to_owned(),
                    value,
                    unit: row.text("unit").to_owned(),
                });
            }
        }
    }

    /// Elements by which an output on record is counted: those named, or `all`.
    fn counted(&self, row: CsvRow<'_>, problems: &mut Problems) -> Option<Vec<usize>> {
        let elements = self.element_index();
        let names = row.text("counts");
        if names == "all" {
            return Some((0..self.elements.len()).collect());
        }
        let mut found = Vec::new();
        for name in names.split_whitespace() {
            match elements.get(name) {
                Some(element) => found.push(*element),
                None => {
                    let known = elements.keys().map(String::as_str).chain(["all"]);
                    problems.unknown(&row.place("counts"), "element", name, known);
                    return None;
                }
            }
        }
        Some(found)
    }
}
