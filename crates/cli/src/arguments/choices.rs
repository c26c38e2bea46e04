//! What an option may be, where it is one of a few.

use chokepoint_charts::locale::Language;
use clap::ValueEnum;

/// Formats of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Vector, text as text.
    Svg,
    /// Pixels, once and twice as many.
    Png,
    /// A page, text as text, fonts inside.
    Pdf,
}

/// Languages of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English.
    En,
    /// French.
    Fr,
}

impl Lang {
    pub(crate) fn language(self) -> Language {
        match self {
            Self::En => Language::English,
            Self::Fr => Language::French,
        }
    }
}

/// Formats of a briefing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// One file for a screen, which needs no network.
    Html,
    /// For paper, with bookmarks, and the summary on one page (needs the cargo feature `pdf`).
    Pdf,
}

/// Sizes of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaperOption {
    /// 210 × 297 mm.
    A4,
    /// 8½ × 11 inches.
    Letter,
}

/// What a mix is judged by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum AimOption {
    /// Mean value added lost, mean over the scenarios.
    Expected,
    /// Mean of the worst twentieth of the replicates, mean over the scenarios.
    Tail,
    /// Greatest mean loss, over the scenarios, beyond that of the best mix for each.
    Regret,
}

/// Whose money a budget is.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PayerOption {
    /// Public money.
    Public,
    /// Everybody's: public, firms', consumers'.
    All,
}

/// How mixes are searched.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SearchOption {
    /// Step by step: what avoids most for a further dollar.
    Greedy,
    /// All mixes of at most eight strategies.
    Exact,
}
