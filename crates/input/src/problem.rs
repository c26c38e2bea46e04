//! What is wrong with a file: every problem at once, each with its place, a label and help.

use core::fmt;
use core::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Errors, and warnings, that are reported.
pub const MOST_PROBLEMS: usize = 200;
/// Letters of an id, of a name that is looked for among those that are known, or of one that is quoted.
pub const MOST_LETTERS: usize = 80;

/// A file's text, kept to show the place of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it was read, as the user named it.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Line and column (both from 1, column in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let before = &self.text.as_bytes()[..offset];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        (line, column)
    }

    /// Byte offset of a line and column (both from 1).
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = if line <= 1 {
            0
        } else {
            self.text.match_indices('\n').nth(line - 2).map_or(self.text.len(), |(at, _)| at + 1)
        };
        let rest = &self.text[start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used; the reader should know.
    Warning,
}

/// The kinds of problems. The code is stable: it may be searched for and is listed in the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// The file cannot be read.
    Unreadable,
    /// The text is not RON, or not CSV.
    Syntax,
    /// A field that must be there is missing.
    MissingField,
    /// A field, variant or column that is not known.
    UnknownField,
    /// A name that stands for nothing.
    UnknownName,
    /// The same name twice.
    Duplicate,
    /// A number outside what it may be.
    OutOfRange,
    /// A value in the wrong unit or of the wrong kind.
    WrongUnit,
    /// Not a date of the calendar, or outside the simulated years.
    BadDate,
    /// An event or measure that matches nothing.
    TouchesNothing,
    /// Numbers that do not fit each other.
    Inconsistent,
    /// The balance of the world leaves its tolerance.
    Balance,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::Unreadable,
        Self::Syntax,
        Self::MissingField,
        Self::UnknownField,
        Self::UnknownName,
        Self::Duplicate,
        Self::OutOfRange,
        Self::WrongUnit,
        Self::BadDate,
        Self::TouchesNothing,
        Self::Inconsistent,
        Self::Balance,
    ];

    /// As it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Syntax => "syntax",
            Self::MissingField => "missing-field",
            Self::UnknownField => "unknown-field",
            Self::UnknownName => "unknown-name",
            Self::Duplicate => "duplicate",
            Self::OutOfRange => "out-of-range",
            Self::WrongUnit => "wrong-unit",
            Self::BadDate => "bad-date",
            Self::TouchesNothing => "touches-nothing",
            Self::Inconsistent => "inconsistent",
            Self::Balance => "balance",
        }
    }
}

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What happened, one sentence.
    pub message: String,
    /// The file.
    pub source: Arc<Source>,
    /// The bytes that the label points at.
    pub span: Range<usize>,
    /// What stands at the place.
    pub label: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.source.line_column(self.span.start);
        write!(
            f,
            "{}:{line}:{column}: {}: {} ({}). {}",
            self.source.path.display(),
            self.code.name(),
            self.message,
            self.label,
            self.help
        )
    }
}

/// All problems found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Whether any of them is an error.
    pub fn fatal(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Error)
    }

    /// Begins to report an error.
    pub fn error(&mut self, code: Code, place: &Place, message: impl Into<String>) -> Report<'_> {
        self.report(Severity::Error, code, place, message.into())
    }

    /// Begins to report a warning.
    pub fn warn(&mut self, code: Code, place: &Place, message: impl Into<String>) -> Report<'_> {
        self.report(Severity::Warning, code, place, message.into())
    }

    fn report(&mut self, severity: Severity, code: Code, place: &Place, message: String) -> Report<'_> {
        let problem = Problem {
            code,
            severity,
            message,
            source: Arc::clone(&place.source),
            span: place.span.clone(),
            label: String::new(),
            help: String::new(),
        };
        Report { problems: self, problem }
    }

    fn reported(&self, severity: Severity) -> usize {
        self.0.iter().filter(|p| p.severity == severity).count()
    }

    fn push(&mut self, problem: Problem) {
        let reported = self.reported(problem.severity);
        if reported > MOST_PROBLEMS {
            return;
        }
        let Problem { source, span, .. } = &problem;
        // a place is always one of the text, and between two letters
        let start = source.text.floor_char_boundary(span.start.min(source.text.len()));
        let end = source.text.ceil_char_boundary(span.end.clamp(start, source.text.len()));
        let mut problem = Problem { span: start..end, ..problem };
        if reported == MOST_PROBLEMS {
            problem.message = format!("there is more than these {MOST_PROBLEMS}");
            problem.label = "the next stands here".to_owned();
            problem.help = "fix these first, and ask again".to_owned();
        }
        self.0.push(problem);
    }

    /// Adds "nothing is called …" with the nearest name.
    pub fn unknown<'a>(
        &mut self,
        place: &Place,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        // no more are reported, so nothing is searched for it
        if self.reported(Severity::Error) > MOST_PROBLEMS {
            return;
        }
        let known: Vec<&str> = known.into_iter().collect();
        let help = match nearest(name, known.iter().copied()) {
            Some(best) => format!("did you mean `{best}`?"),
            None => {
                let shown: Vec<&str> = known.iter().copied().take(12).collect();
                let more = if known.len() > shown.len() { ", …" } else { "" };
                format!("known: {}{more}", shown.join(", "))
            }
        };
        self.error(Code::UnknownName, place, format!("there is no {what} called `{}`", quoted(name)))
            .label("not known")
            .help(help);
    }

    /// The problems as an error if any is one, else nothing.
    pub fn into_result(self) -> Result<Self, Self> {
        if self.fatal() { Err(self) } else { Ok(self) }
    }
}

/// A problem that still lacks its label and its help; it is reported when it has both.
#[must_use = "a problem is reported once it has its help"]
#[derive(Debug)]
pub struct Report<'p> {
    problems: &'p mut Problems,
    problem: Problem,
}

impl Report<'_> {
    /// What stands at the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.problem.label = label.into();
        self
    }

    /// What to do: with it the problem is reported.
    pub fn help(mut self, help: impl Into<String>) {
        self.problem.help = help.into();
        self.problems.push(self.problem);
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl core::error::Error for Problems {}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Range<usize>,
}

/// The known name nearest to `name`, if one is near enough to be a slip of the keyboard.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // no slip of the keyboard is that long, and comparing takes the square of the length
    if name.chars().count() > MOST_LETTERS {
        return None;
    }
    let lower = name.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&lower, &k.to_lowercase()), k))
        .filter(|(distance, k)| *distance <= (k.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}

/// A name as it is quoted: its first letters.
pub fn quoted(name: &str) -> String {
    let mut letters = name.chars();
    let head: String = letters.by_ref().take(MOST_LETTERS).collect();
    if letters.next().is_none() { head } else { format!("{head}…") }
}
