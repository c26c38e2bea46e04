//! What can go wrong, how it is reported and with which exit status.

use chokepoint_charts::ChartError;
use chokepoint_input::problem::{Problem, Problems, Severity};
use chokepoint_montecarlo::results::ResultsError;
use chokepoint_montecarlo::runner::Interrupted;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource};
use std::io::IsTerminal;
use std::ops::Range;

/// Why the program stops with another status than 0.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Input files have problems.
    #[error("invalid input")]
    Invalid(Problems),
    /// The command line asks for what cannot be.
    #[error("{0}")]
    Usage(String),
    /// Results could not be written.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The user interrupted.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// The user interrupted, and what was finished is kept.
    #[error("{0}")]
    Kept(String),
    /// The run is finished, and leaves the range in which the model is known to hold.
    #[error(
        "the run is finished; numbers outside the range in which the model is known to hold: {0} (`outside` in summary.json)"
    )]
    Outside(usize),
    /// A run that was made again came out differently.
    #[error("{0}")]
    Differs(String),
    /// The machine refused.
    #[error("{0}")]
    Machine(String),
}

impl Failure {
    /// Exit status.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Invalid(_) | Self::Usage(_) | Self::Results(ResultsError::Exists(_)) => 2,
            Self::Interrupted(_) | Self::Kept(_) => 130,
            Self::Outside(_) => 3,
            Self::Differs(_) => 4,
            Self::Results(_) | Self::Chart(_) | Self::Machine(_) => 1,
        }
    }
}

/// Problems as a reader wants them: place, code line, label, help.
pub(crate) fn render(problems: &Problems) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stderr().is_terminal();
    let theme = if plain { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::unicode() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(110);
    let mut text = String::new();
    for problem in &problems.0 {
        let _ = handler.render_report(&mut text, report(problem).as_ref());
        text.push('\n');
    }
    text
}

fn report(problem: &Problem) -> miette::Report {
    let severity = match problem.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
    };
    let shown = Shown::of(problem);
    let diagnostic = MietteDiagnostic::new(&problem.message)
        .with_code(problem.code.name())
        .with_severity(severity)
        .with_help(&problem.help)
        .with_label(LabeledSpan::new_with_span(Some(problem.label.clone()), shown.span));
    miette::Report::new(diagnostic).with_source_code(NamedSource::new(shown.name, shown.text))
}

/// Longest line that is shown whole, bytes.
const LONGEST: usize = 1_000;
/// What is shown of a longer one before and after the place, bytes.
const AROUND: usize = 120;

/// What a reader sees of a file.
struct Shown {
    name: String,
    text: String,
    span: Range<usize>,
}

impl Shown {
    /// The file, or the surroundings of the place if its line is too long for any screen.
    fn of(problem: &Problem) -> Self {
        let (text, span, name) =
            (&problem.source.text, &problem.span, problem.source.path.display().to_string());
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
        if end - start <= LONGEST {
            return Self { name, text: text.clone(), span: span.clone() };
        }
        let (line, column) = problem.source.line_column(span.start);
        let from = text.floor_char_boundary(span.start.saturating_sub(AROUND).max(start));
        let to = text.ceil_char_boundary((span.end.min(span.start + AROUND) + AROUND).min(end));
        let shown = span.start - from..span.end.min(to) - from;
        Self {
            name: format!("{name}, line {line}, column {column}, of which this is a part"),
            text: text[from..to].replace(['\n', '\r'], " "),
            span: shown,
        }
    }
}

/// Problems for programs.
pub(crate) fn problems_json(problems: &Problems) -> String {
    let rows: Vec<serde_json::Value> = problems
        .0
        .iter()
        .map(|p| {
            let (line, column) = p.source.line_column(p.span.start);
            serde_json::json!({
                "file": p.source.path.display().to_string(), "line": line, "column": column,
                "severity": if p.severity == Severity::Error { "error" } else { "warning" },
                "code": p.code.name(), "message": p.message, "label": p.label, "help": p.help,
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(rows))
}
