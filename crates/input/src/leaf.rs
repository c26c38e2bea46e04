//! A value in a RON file that remembers where it stands, and reads itself as a quantity, a date or a name.

use crate::limits::{MOST_ITEMS, MOST_STORY, MOST_TITLE, too_many};
use crate::parameters::reach;
use crate::problem::{Code, MOST_LETTERS, Place, Problems, Source, quoted};
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
pub enum Measure {
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

impl Measure {
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
    /// The text without surrounding white space.
    pub fn text(self) -> &'a str {
        self.0.get_ron().trim()
    }

    /// Where it stands. `source` must be the file it was read from.
    pub fn place(self, source: &Arc<Source>) -> Place {
        let raw = self.0.get_ron();
        let start = (raw.as_ptr() as usize).saturating_sub(source.text.as_ptr() as usize);
        let start = start + (raw.len() - raw.trim_start().len());
        let span = start.min(source.text.len())..(start + self.text().len()).min(source.text.len());
        Place { source: Arc::clone(source), span }
    }

    /// Reads any value that serde knows.
    pub fn read<T: Deserialize<'a>>(self, source: &Arc<Source>, problems: &mut Problems) -> Option<T> {
        match options().from_str(self.text()) {
            Ok(value) => Some(value),
            Err(error) => {
                let place = self.place(source);
                let inner = Source { path: source.path.clone(), text: self.text().to_owned() };
                let start = inner.offset(error.span.start.line, error.span.start.col);
                let end = inner.offset(error.span.end.line, error.span.end.col).max(start + 1);
                let from = place.span.start + start;
                let span = from.min(source.text.len())..(place.span.start + end).min(source.text.len());
                report(&error.code, &Place { source: Arc::clone(source), span }, problems);
                None
            }
        }
    }

    /// Reads a text.
    pub fn string(self, source: &Arc<Source>, problems: &mut Problems) -> Option<String> {
        self.read::<String>(source, problems)
    }

    /// Reads a title, which has to fit above a figure.
    pub fn title(self, source: &Arc<Source>, problems: &mut Problems) -> Option<String> {
        self.at_most("title", MOST_TITLE, source, problems)
    }

    /// Reads a story, which has to fit on a page.
    pub fn story(self, source: &Arc<Source>, problems: &mut Problems) -> Option<String> {
        self.at_most("story", MOST_STORY, source, problems)
    }

    fn at_most(
        self,
        what: &str,
        most: usize,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<String> {
        let text = self.string(source, problems)?;
        let letters = text.chars().count();
        if letters <= most {
            return Some(text);
        }
        problems.error(
            Code::OutOfRange,
            &self.place(source),
            format!("a {what} of {letters} letters is too long"),
            format!("at most {most}"),
            "say it shorter: it stands in figures and briefings".to_owned(),
        );
        None
    }

    /// Reads an id: some letters, digits, `-`, `_` and `.`, since it becomes the name of files and columns.
    pub fn id(self, source: &Arc<Source>, problems: &mut Problems) -> Option<String> {
        let id = self.string(source, problems)?;
        if is_id(&id) {
            return Some(id);
        }
        problems.error(
            Code::OutOfRange,
            &self.place(source),
            format!("`{}` is no id", quoted(&id)),
            "not letters and digits".to_owned(),
            format!("write 1 to {MOST_LETTERS} letters of the English alphabet, digits, `-`, `_` or `.`"),
        );
        None
    }

    /// Reads the id of a file, which is the file's name without its ending.
    pub fn file_id(self, source: &Arc<Source>, problems: &mut Problems) -> Option<String> {
        let id = self.id(source, problems)?;
        let stem = source.path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if stem != id {
            problems.error(
                Code::Inconsistent,
                &self.place(source),
                format!("the id `{id}` is not the file's name `{}`", quoted(&stem)),
                "id".to_owned(),
                "let the two agree, so that results can be found by it".to_owned(),
            );
        }
        Some(id)
    }

    /// Reads a date of the form "2026-01-31".
    pub fn date(self, source: &Arc<Source>, problems: &mut Problems) -> Option<Date> {
        let text = self.string(source, problems)?;
        match text.parse::<Date>() {
            Ok(date) => Some(date),
            Err(_) => {
                problems.error(
                    Code::BadDate,
                    &self.place(source),
                    format!("`{text}` is not a date"),
                    "no such day".to_owned(),
                    "write year-month-day, for example \"2026-01-31\"".to_owned(),
                );
                None
            }
        }
    }

    /// Reads a quantity with its unit, as a distribution in the kept unit.
    pub fn quantity(
        self,
        measure: Measure,
        within: (f64, f64),
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<Distribution> {
        let place = self.place(source);
        let wrong = |problems: &mut Problems, label: String| {
            let message = format!("expected {}", measure.example());
            let help = "write the unit around the number, so that a wrong unit is found here".to_owned();
            problems.error(Code::WrongUnit, &place, message, label, help);
        };
        let Some((tag, inside)) = self.text().split_once('(') else {
            wrong(problems, format!("`{}` has no unit", self.text()));
            return None;
        };
        let Some((_, factor)) = measure.units().iter().find(|(unit, _)| *unit == tag.trim()) else {
            wrong(problems, format!("`{}` is not a unit for this", tag.trim()));
            return None;
        };
        let inside = inside.trim().strip_suffix(')').unwrap_or(inside).trim();
        let Some(distribution) = spread(inside) else {
            wrong(
                problems,
                format!(
                    "`{inside}` is neither a number nor `Tri(low, mode, high)`, `Uniform(low, high)` or `LogNormal(p5, median, p95)`"
                ),
            );
            return None;
        };
        let distribution = scale(distribution, *factor);
        if !ordered(distribution) {
            problems.error(
                Code::OutOfRange,
                &place,
                "low, central and high are not in this order".to_owned(),
                format!("`{inside}`"),
                "write the least value first and the greatest last, all of them finite, and of a log-normal above zero"
                    .to_owned(),
            );
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
            problems.error(
                Code::OutOfRange,
                &place,
                format!("`{}` {what} outside {from} to {to}", self.text()),
                label,
                format!("give a value from {tag}({from}) to {tag}({to})"),
            );
            return None;
        }
        Some(distribution)
    }
}

/// The items of a list, none of them if there are too many.
pub fn items<'a, 'b>(
    what: &str,
    list: &'b [Leaf<'a>],
    source: &Arc<Source>,
    problems: &mut Problems,
) -> &'b [Leaf<'a>] {
    if list.len() <= MOST_ITEMS {
        return list;
    }
    too_many(what, list.len(), MOST_ITEMS, &list[MOST_ITEMS].place(source), problems);
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
            match nearest(found, expected) {
                Some(best) => format!("did you mean `{best}`?"),
                None => format!("fields here: {}", options(expected)),
            },
        ),
        E::NoSuchEnumVariant { expected, found, .. } => (
            Code::UnknownField,
            format!("`{found}` is none of the choices"),
            "not known".to_owned(),
            match nearest(found, expected) {
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
        E::ExpectedNamedStructLike(_) | E::ExpectedStructLikeEnd | E::ExpectedDifferentStructName { .. } => (
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
    problems.error(code, place, message, label, help);
}

fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    crate::problem::nearest(name, known.iter().copied())
}
