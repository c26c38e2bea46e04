//! A value in a RON file that remembers where it stands, and reads itself as a quantity, a date or a name.

use crate::limits::{MOST_ITEMS, MOST_STORY, MOST_TITLE, too_many};
use crate::parameters::reach;
use crate::problem::{Code, MOST_LETTERS, Place, Problems, Source, nearest, quoted};
use crate::reader::{Located, Reader};
use chokepoint_core::chance::Distribution;
use jiff::civil::Date;
use ron::value::RawValue;
use serde::Deserialize;
use std::sync::Arc;

/// The text of a value as it stands in its file.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub struct Leaf<'a>(#[serde(borrow)] &'a RawValue);

/// What a quantity measures. The unit is the tag in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share: `Percent(30)`. Kept as a fraction.
    Share,
    /// A time: `Days(13)`, `Weeks(8)`, `Months(12)`, `Years(5)`. Kept in weeks.
    Time,
    /// A yearly rate: `PercentPerYear(8)`. Kept as a fraction per year.
    Rate,
    /// A flow of mass: `TonnesPerYear(30000)`. Kept in tonnes a week.
    Flow,
    /// Mass for mass: `TonnesPerTonne(1.2)`.
    Ratio,
    /// A price: `UsdPerKg(110)`. Kept in US dollars per tonne.
    Price,
}

impl Unit {
    /// Tags with the factor to the kept unit.
    pub fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Share => &[("Percent", 0.01)],
            Self::Time => &[("Days", 1.0 / 7.0), ("Weeks", 1.0), ("Months", 52.0 / 12.0), ("Years", 52.0)],
            Self::Rate => &[("PercentPerYear", 0.01)],
            Self::Flow => &[("TonnesPerYear", 1.0 / 52.0)],
            Self::Ratio => &[("TonnesPerTonne", 1.0)],
            Self::Price => &[("UsdPerKg", 1000.0)],
        }
    }

    /// How a number of this measure is written.
    pub fn written(self) -> String {
        let units: Vec<String> = self.units().iter().map(|(unit, _)| format!("{unit}(n)")).collect();
        match &units[..] {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => units.join(""),
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Share => "a share such as `Percent(30)` or `Percent(Tri(10, 20, 40))`",
            Self::Time => "a time such as `Weeks(8)`, `Days(13)` or `Months(Tri(3, 12, 24))`",
            Self::Rate => "a yearly rate such as `PercentPerYear(8)`",
            Self::Flow => "a flow of mass such as `TonnesPerYear(30000)`",
            Self::Ratio => "mass for mass such as `TonnesPerTonne(1.2)`",
            Self::Price => "a price such as `UsdPerKg(110)`",
        }
    }
}

/// Spread of an uncertain number, in the order low, central, high.
#[derive(Deserialize)]
enum Spread {
    Tri(f64, f64, f64),
    Uniform(f64, f64),
    LogNormal(f64, f64, f64),
}

impl<'a> Leaf<'a> {
    /// The text without the white space and the comments around it.
    pub fn text(self) -> &'a str {
        self.0.trim().get_ron()
    }

    /// The parts of a tagged value, `Tag(inside)`: the tag, and what stands inside if it is one value.
    pub fn tagged(self) -> Option<(&'a str, Option<Leaf<'a>>)> {
        let (tag, rest) = self.text().split_once('(')?;
        let inside = rest.strip_suffix(')')?.trim_end().trim_end_matches(',');
        Some((tag.trim(), RawValue::from_ron(inside).ok().map(|raw| Leaf(raw.trim()))))
    }

    /// Reads any value that serde knows.
    pub fn read<T: Deserialize<'a>>(self, reader: &mut Reader<'_>) -> Option<T> {
        match options().from_str(self.text()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.report(&error, reader);
                None
            }
        }
    }

    /// Reports what the reader of RON says of this value, at its place in the file.
    pub fn report(self, error: &ron::error::SpannedError, reader: &mut Reader<'_>) {
        let place = reader.place(self);
        let length = reader.source.text.len();
        let inner = Source { path: reader.source.path.clone(), text: self.text().to_owned() };
        let start = inner.offset(error.span.start.line, error.span.start.col);
        let end = inner.offset(error.span.end.line, error.span.end.col).max(start + 1);
        let span = (place.span.start + start).min(length)..(place.span.start + end).min(length);
        report(&error.code, &Place { source: Arc::clone(reader.source), span }, reader.problems);
    }

    /// Reads a value and reports nothing: somebody else does.
    pub fn peek<T: Deserialize<'a>>(self) -> Option<T> {
        options().from_str(self.text()).ok()
    }

    /// Which of some words stands here.
    pub fn choice(self, words: &[&str], reader: &mut Reader<'_>) -> Option<usize> {
        let found = words.iter().position(|word| *word == self.text());
        if found.is_none() {
            let help = match nearest(self.text(), words.iter().copied()) {
                Some(best) => format!("did you mean `{best}`?"),
                None => format!("choices: {}", words.join(", ")),
            };
            let message = format!("`{}` is none of the choices", quoted(self.text()));
            reader.error(Code::UnknownField, self, message).label("not known").help(help);
        }
        found
    }

    /// Reads a number that is the same in every replicate: a spread would be drawn from by nobody.
    pub fn number(self, measure: Unit, within: (f64, f64), reader: &mut Reader<'_>) -> Option<f64> {
        match self.quantity(measure, within, reader)? {
            Distribution::Fixed(value) => Some(value),
            _ => {
                reader
                    .error(Code::WrongUnit, self, "this number is the same in every replicate")
                    .label("a spread, which nothing draws from")
                    .help(
                        "write one number; to see what it does, run variants or replace it with `--override`",
                    );
                None
            }
        }
    }

    /// Reads a text.
    pub fn string(self, reader: &mut Reader<'_>) -> Option<String> {
        self.read::<String>(reader)
    }

    /// Reads a title, which has to fit above a figure.
    pub fn title(self, reader: &mut Reader<'_>) -> Option<String> {
        self.at_most("title", MOST_TITLE, reader)
    }

    /// Reads a story, which has to fit on a page.
    pub fn story(self, reader: &mut Reader<'_>) -> Option<String> {
        self.at_most("story", MOST_STORY, reader)
    }

    fn at_most(self, what: &str, most: usize, reader: &mut Reader<'_>) -> Option<String> {
        let text = self.string(reader)?;
        if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            reader
                .error(Code::Syntax, self, format!("a {what} with a control character"))
                .label(format!("holds {}", control.escape_unicode()))
                .help("leave it out: no figure and no table can show it");
            return None;
        }
        if what == "title" && text.starts_with(['=', '+', '-', '@']) {
            reader
                .error(Code::Syntax, self, format!("a {what} that begins like a formula"))
                .label("a spreadsheet would compute it")
                .help("begin with a letter or a digit: titles stand in tables");
            return None;
        }
        let letters = text.chars().count();
        if letters <= most {
            return Some(text);
        }
        reader
            .error(Code::OutOfRange, self, format!("a {what} of {letters} letters is too long"))
            .label(format!("at most {most}"))
            .help("say it shorter: it stands in figures and briefings");
        None
    }

    /// Reads an id: some letters, digits, `-`, `_` and `.`, since it becomes the name of files and columns.
    pub fn id(self, reader: &mut Reader<'_>) -> Option<String> {
        let id = self.string(reader)?;
        if is_id(&id) {
            return Some(id);
        }
        reader
            .error(Code::OutOfRange, self, format!("`{}` is no id", quoted(&id)))
            .label("not letters and digits")
            .help(format!(
                "write 1 to {MOST_LETTERS} letters of the English alphabet, digits, `-`, `_` or `.`"
            ));
        None
    }

    /// Reads the id of a file, which is the file's name without its ending.
    pub fn file_id(self, reader: &mut Reader<'_>) -> Option<String> {
        let id = self.id(reader)?;
        let stem =
            reader.source.path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if stem != id {
            reader
                .error(
                    Code::Inconsistent,
                    self,
                    format!("the id `{id}` is not the file's name `{}`", quoted(&stem)),
                )
                .label("id")
                .help("let the two agree, so that results can be found by it");
        }
        Some(id)
    }

    /// Reads a date of the form "2026-01-31".
    pub fn date(self, reader: &mut Reader<'_>) -> Option<Date> {
        let text = self.string(reader)?;
        match text.parse::<Date>() {
            Ok(date) => Some(date),
            Err(_) => {
                reader
                    .error(Code::BadDate, self, format!("`{text}` is not a date"))
                    .label("no such day")
                    .help("write year-month-day, for example \"2026-01-31\"");
                None
            }
        }
    }

    /// Reads a quantity with its unit, as a distribution in the kept unit.
    pub fn quantity(
        self,
        measure: Unit,
        within: (f64, f64),
        reader: &mut Reader<'_>,
    ) -> Option<Distribution> {
        let wrong = |reader: &mut Reader<'_>, label: String| {
            let message = format!("expected {}", measure.example());
            let help = "write the unit around the number, so that a wrong unit is found here".to_owned();
            reader.error(Code::WrongUnit, self, message).label(label).help(help);
        };
        let Some((tag, inside)) = self.text().split_once('(') else {
            wrong(reader, format!("`{}` has no unit", self.text()));
            return None;
        };
        let Some((_, factor)) = measure.units().iter().find(|(unit, _)| *unit == tag.trim()) else {
            wrong(reader, format!("`{}` is not a unit for this", tag.trim()));
            return None;
        };
        let inside = inside.trim().strip_suffix(')').unwrap_or(inside).trim();
        let Some(distribution) = spread(inside) else {
            wrong(
                reader,
                format!(
                    "`{inside}` is neither a number nor `Tri(low, mode, high)`, `Uniform(low, high)` or `LogNormal(p5, median, p95)`"
                ),
            );
            return None;
        };
        let distribution = scale(distribution, *factor);
        if matches!(distribution, Distribution::Fixed(value) if !value.is_finite()) {
            reader
                .error(Code::OutOfRange, self, "this number is too great")
                .label(format!("`{inside}`"))
                .help("write it in a greater unit, or a number that a computer can hold");
            return None;
        }
        if !ordered(distribution) {
            reader.error(Code::OutOfRange, self, "low, central and high are not in this order").label(format!("`{inside}`")).help("write the least value first and the greatest last, all of them finite, and of a log-normal above zero");
            return None;
        }
        let (low, high) = reach(distribution);
        if low < within.0 - 1e-12 || high > within.1 + 1e-12 {
            let (from, to) = (within.0 / factor, within.1 / factor);
            // a log-normal has no ends: its rare draws lie far out
            let (what, label) = match distribution {
                Distribution::LogNormal { .. } => {
                    let (low, high) = (low / factor, high / factor);
                    ("may be drawn", format!("draws from {tag}({low:.2}) to {tag}({high:.2})"))
                }
                _ => ("is", "outside what it may be".to_owned()),
            };
            reader
                .error(Code::OutOfRange, self, format!("`{}` {what} outside {from} to {to}", self.text()))
                .label(label)
                .help(format!("give a value from {tag}({from}) to {tag}({to})"));
            return None;
        }
        Some(distribution)
    }
}

impl Located for Leaf<'_> {
    fn place(&self, source: &Arc<Source>) -> Place {
        let text = self.text();
        let start = (text.as_ptr() as usize).saturating_sub(source.text.as_ptr() as usize);
        let span = start.min(source.text.len())..(start + text.len()).min(source.text.len());
        Place { source: Arc::clone(source), span }
    }
}

/// The items of a list, none of them if there are too many.
pub fn items<'a, 'b>(what: &str, list: &'b [Leaf<'a>], reader: &mut Reader<'_>) -> &'b [Leaf<'a>] {
    if list.len() <= MOST_ITEMS {
        return list;
    }
    too_many(what, list.len(), MOST_ITEMS, &reader.place(list[MOST_ITEMS]), reader.problems);
    &[]
}

/// Whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=MOST_LETTERS).contains(&text.len()) && text.chars().all(letter)
}

/// RON as every file is read: optional fields are written without `Some`.
pub fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(crate::limits::MOST_DEPTH)
}

/// A number or a spread of one.
fn spread(text: &str) -> Option<Distribution> {
    if let Ok(value) = text.replace('_', "").parse::<f64>() {
        return value.is_finite().then_some(Distribution::Fixed(value));
    }
    Some(match options().from_str::<Spread>(text).ok()? {
        Spread::Tri(low, mode, high) => Distribution::Triangular { low, mode, high },
        Spread::Uniform(low, high) => Distribution::Uniform { low, high },
        Spread::LogNormal(p5, median, p95) => Distribution::LogNormal { p5, median, p95 },
    })
}

fn scale(distribution: Distribution, k: f64) -> Distribution {
    match distribution {
        Distribution::Fixed(value) => Distribution::Fixed(value * k),
        Distribution::Uniform { low, high } => Distribution::Uniform { low: low * k, high: high * k },
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: low * k, mode: mode * k, high: high * k }
        }
        Distribution::LogNormal { p5, median, p95 } => {
            Distribution::LogNormal { p5: p5 * k, median: median * k, p95: p95 * k }
        }
    }
}

/// Whether a distribution is one: finite, in order, above zero where it must be.
pub fn ordered(distribution: Distribution) -> bool {
    match distribution {
        Distribution::Fixed(value) => value.is_finite(),
        Distribution::Uniform { low, high } => low.is_finite() && high.is_finite() && low <= high,
        Distribution::Triangular { low, mode, high } => {
            low.is_finite() && high.is_finite() && low <= mode && mode <= high
        }
        Distribution::LogNormal { p5, median, p95 } => {
            p95.is_finite() && 0.0 < p5 && p5 <= median && median <= p95
        }
    }
}

/// Turns what the RON reader says into a problem with the nearest known name.
pub fn report(error: &ron::Error, place: &Place, problems: &mut Problems) {
    use ron::Error as E;
    let options = |expected: &[&'static str]| expected.join(", ");
    let (code, message, label, help) = match error {
        E::NoSuchStructField { expected, found, .. } => (
            Code::UnknownField,
            format!("there is no field `{found}` here"),
            "not known".to_owned(),
            match nearest(found, expected.iter().copied()) {
                Some(best) => format!("did you mean `{best}`?"),
                None => format!("fields here: {}", options(expected)),
            },
        ),
        E::NoSuchEnumVariant { expected, found, .. } => (
            Code::UnknownField,
            format!("`{found}` is none of the choices"),
            "not known".to_owned(),
            match nearest(found, expected.iter().copied()) {
                Some(best) => format!("did you mean `{best}`?"),
                None => format!("choices: {}", options(expected)),
            },
        ),
        E::MissingStructField { field, .. } => (
            Code::MissingField,
            format!("the field `{field}` is missing"),
            "it belongs in here".to_owned(),
            format!("add `{field}: …,`; `chokepoint init DIR` writes a scenario that has every field"),
        ),
        E::DuplicateStructField { field, .. } => (
            Code::Duplicate,
            format!("the field `{field}` is given twice"),
            "second time".to_owned(),
            "keep one of the two".to_owned(),
        ),
        E::ExceededRecursionLimit => (
            Code::Syntax,
            format!("there are more than {} brackets within each other", crate::limits::MOST_DEPTH),
            "too deep".to_owned(),
            "close some of them first".to_owned(),
        ),
        E::ExpectedFloat | E::ExpectedInteger | E::FloatUnderscore => (
            Code::Syntax,
            error.to_string(),
            "the reader stopped here".to_owned(),
            "dates and names stand in quotation marks: \"2026-01-31\"".to_owned(),
        ),
        E::ExpectedNamedStructLike(_)
        | E::ExpectedStructLike
        | E::ExpectedStructLikeEnd
        | E::ExpectedDifferentStructName { .. } => (
            Code::Syntax,
            "brackets around the fields are expected here".to_owned(),
            "the reader stopped here".to_owned(),
            "write a record as `(field: value, …)`, and a measure with two brackets: `Buffer((…))`"
                .to_owned(),
        ),
        E::ExpectedComma | E::ExpectedStringEnd => (
            Code::Syntax,
            error.to_string(),
            "the reader stopped here".to_owned(),
            "look above this place: is a comma or a quotation mark missing?".to_owned(),
        ),
        other => (
            Code::Syntax,
            other.to_string(),
            "the reader stopped here".to_owned(),
            "compare with a scenario that runs: `chokepoint init DIR` writes one".to_owned(),
        ),
    };
    problems.error(code, place, message).label(label).help(help);
}
