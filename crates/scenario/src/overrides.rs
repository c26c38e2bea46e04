//! Values that a user puts in place of the files'.

use chokepoint_core::chance::Distribution;
use chokepoint_input::leaf::{Unit, ordered};
use chokepoint_input::parameters::parameters;
use chokepoint_input::problem::{Code, Place, Problems, Source, nearest};
use chokepoint_input::problem::{MOST_PROBLEMS, quoted};
use chokepoint_input::record::Field;
use chokepoint_input::table::Replacements;
use chokepoint_input::table::{CsvRow, Table};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Values that a user puts in place of the files': world cells and numbers of events.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) tables: Replacements,
    numbers: Vec<Number>,
    /// The file.
    pub(crate) source: Option<Arc<Source>>,
    /// Numbers that the run has, to find the nearest of a misspelt one.
    asked: Vec<String>,
    problems: Problems,
}

/// A number of an event or measure.
#[derive(Debug)]
struct Number {
    name: String,
    distribution: Distribution,
    /// What its unit measures, if it has one.
    unit: Option<Unit>,
    place: Place,
    used: bool,
}

impl Overrides {
    pub(crate) fn read(path: Option<&Path>, problems: &mut Problems) -> Self {
        let mut overrides = Self::default();
        let Some(path) = path else { return overrides };
        let columns = ["parameter", "value", "unit", "low", "high", "source", "note"];
        let Some(table) = Table::read(path, &columns, problems) else {
            return overrides;
        };
        overrides.source = Some(Arc::clone(&table.source));
        if table.records().next().is_none() {
            problems
                .warn(Code::TouchesNothing, &table.place(), "this file replaces nothing")
                .label("no rows below")
                .help("write a row for each number: parameter,value,unit,low,high,source,note");
        }
        let mut seen = BTreeSet::new();
        for row in table.records().filter(|row| columns.iter().any(|column| !row.text(column).is_empty())) {
            let name = row.text("parameter");
            if !seen.insert(name) {
                problems
                    .error(
                        Code::Duplicate,
                        &row.place("parameter"),
                        format!("`{}` is replaced twice", quoted(name)),
                    )
                    .label("second time")
                    .help("keep one of the two rows");
                continue;
            }
            overrides.row(row, problems);
        }
        overrides
    }

    fn row(&mut self, row: CsvRow<'_>, problems: &mut Problems) {
        let name = row.text("parameter").to_owned();
        let place = row.place("parameter");
        let half = row.text("low").is_empty() != row.text("high").is_empty();
        if half {
            let (given, missing) = if row.text("low").is_empty() { ("high", "low") } else { ("low", "high") };
            problems
                .error(
                    Code::MissingField,
                    &row.place(given),
                    format!("`{}` has one end of a range", quoted(&name)),
                )
                .label(format!("`{given}` without `{missing}`"))
                .help("write both ends, or neither for a number that is the same in every replicate");
            return;
        }
        if parameters().contains(&name.as_str()) {
            for column in ["value", "low", "high"] {
                let from = if row.text(column).is_empty() { "value" } else { column };
                let cell = format!("parameters.{name}.{column}");
                self.tables.0.push((cell, row.text(from).to_owned(), row.place(from)));
            }
        } else if name.contains('/') {
            self.numbers.extend(number(name, place, row, problems));
        } else if name.contains('.') {
            self.tables.0.push((name, row.text("value").to_owned(), row.place("value")));
        } else {
            problems.unknown(&place, "parameter", &name, parameters());
        }
    }

    /// Names of the parameters and numbers that are replaced.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let parameters = self.tables.0.iter().filter_map(|(cell, _, _)| {
            cell.strip_prefix("parameters.").and_then(|rest| rest.split('.').next())
        });
        parameters.chain(self.numbers.iter().map(|number| number.name.as_str()))
    }

    /// The number of that name, or what the user puts in its place, which must be what its field may hold.
    pub(crate) fn apply(&mut self, name: &str, field: &Field, distribution: Distribution) -> Distribution {
        self.asked.push(name.to_owned());
        let Some(number) = self.numbers.iter_mut().find(|number| number.name == name) else {
            return distribution;
        };
        // one number may stand at several places
        if core::mem::replace(&mut number.used, true) {
            return number.distribution;
        }
        let Some((measure, within)) = field.number() else { return distribution };
        let (low, high) = number.distribution.range();
        if low < within.0 - 1e-12 || high > within.1 + 1e-12 {
            self.problems
                .error(
                    Code::OutOfRange,
                    &number.place,
                    format!("`{name}` would be from {low} to {high}, outside {} to {}", within.0, within.1),
                )
                .label("outside what it may be")
                .help("times are given here in weeks, shares as fractions of one");
        } else if let (None, Some(units)) = (number.unit, units_of(measure)) {
            self.problems
                .error(Code::WrongUnit, &number.place, format!("`{name}` has no unit"))
                .label("the column `unit` is empty")
                .help(format!("write {units} in the column `unit`"));
        } else if number.unit.is_some_and(|unit| !fits(unit, measure)) {
            let (needs, unit) = match measure {
                Unit::Time => ("a time", TIMES),
                Unit::Share | Unit::Rate => ("a share", SHARES),
                Unit::Flow => ("a flow", "nothing: it is in tonnes a week"),
                Unit::Ratio => ("a ratio", "nothing: it is in tonnes for a tonne"),
                Unit::Price => ("a price", "nothing: it is in US dollars a tonne"),
            };
            self.problems
                .error(Code::WrongUnit, &number.place, format!("`{name}` is {needs}"))
                .label("its unit measures something else")
                .help(format!("write {unit} in the column `unit`"));
        }
        number.distribution
    }

    pub(crate) fn complain_unused(&self, problems: &mut Problems) {
        problems.0.extend(self.problems.0.iter().cloned());
        for number in self.numbers.iter().filter(|number| !number.used).take(MOST_PROBLEMS + 1) {
            let help = match nearest(&number.name, self.asked.iter().map(String::as_str)) {
                Some(best) => format!("did you mean `{best}`?"),
                None => "write scenario/event/field, for example dytb-halt-us/halt/duration; a strategy's numbers \
                         can be replaced if the strategy is run"
                    .to_owned(),
            };
            problems
                .error(
                    Code::UnknownName,
                    &number.place,
                    format!("no event or measure of this run has a number called `{}`", quoted(&number.name)),
                )
                .label("not used")
                .help(help);
        }
    }
}

/// A number of an event or measure as its row gives it.
fn number(name: String, place: Place, row: CsvRow<'_>, problems: &mut Problems) -> Option<Number> {
    let bounds = (-1e12, 1e12);
    let value = row.number("value", bounds, problems)?;
    let low = row.optional("low", bounds, problems).unwrap_or(value);
    let high = row.optional("high", bounds, problems).unwrap_or(value);
    let (unit, factor) = unit(row, problems);
    let distribution = if low < high {
        Distribution::Triangular { low: low * factor, mode: value * factor, high: high * factor }
    } else {
        Distribution::Fixed(value * factor)
    };
    if low > high || !ordered(distribution) {
        problems
            .error(Code::OutOfRange, &row.place("value"), "low, value and high are not in this order")
            .label(format!("{low}, {value}, {high}"))
            .help("write the least value in `low` and the greatest in `high`");
        return None;
    }
    Some(Number { name, distribution, unit, place, used: false })
}

/// Units of times and of shares, as they are written.
const TIMES: &str = "days, weeks, months or years";
const SHARES: &str = "percent or share";

/// The units that a number must say, if its field can be given in several.
fn units_of(measure: Unit) -> Option<&'static str> {
    match measure {
        Unit::Time => Some(TIMES),
        Unit::Share | Unit::Rate => Some(SHARES),
        Unit::Flow | Unit::Ratio | Unit::Price => None,
    }
}

/// Whether a unit measures what a field holds; a yearly rate is a share of a year.
fn fits(unit: Unit, field: Unit) -> bool {
    unit == field || (unit == Unit::Share && field == Unit::Rate)
}

/// What the unit of a row measures, and the factor from it to weeks or shares.
fn unit(row: CsvRow<'_>, problems: &mut Problems) -> (Option<Unit>, f64) {
    match row.text("unit").to_lowercase().as_str() {
        "" => (None, 1.0),
        "%" | "percent" => (Some(Unit::Share), 0.01),
        "share" => (Some(Unit::Share), 1.0),
        "days" => (Some(Unit::Time), 1.0 / 7.0),
        "weeks" => (Some(Unit::Time), 1.0),
        "months" => (Some(Unit::Time), 52.0 / 12.0),
        "years" => (Some(Unit::Time), 52.0),
        other => {
            let units = ["percent", "share", "days", "weeks", "months", "years"];
            problems.unknown(&row.place("unit"), "unit", other, units);
            (None, 1.0)
        }
    }
}
