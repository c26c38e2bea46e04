//! The files as they are written: worlds, scenarios and strategies in RON. Resolving them is elsewhere.

mod history;
mod strategy;
mod world;

pub use history::*;
pub use strategy::*;
pub use world::*;

use crate::leaf::Leaf;
use crate::problem::Place;
use crate::reader::Reader;
use serde::Deserialize;
use std::sync::Arc;

/// A scenario: one story of shocks.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Scenario", deny_unknown_fields)]
pub struct ScenarioDocument<'a> {
    /// Id; the file's name without ending.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// Title.
    #[serde(borrow)]
    pub name: Leaf<'a>,
    /// Whether it happened.
    #[serde(borrow)]
    pub status: Leaf<'a>,
    /// Date of the knowledge in it.
    #[serde(borrow)]
    pub as_of: Leaf<'a>,
    /// World that it happens in.
    #[serde(borrow)]
    pub world: Leaf<'a>,
    /// Time simulated after the first shock.
    #[serde(borrow)]
    pub horizon: Leaf<'a>,
    /// Strategies that it is run with by default.
    #[serde(borrow, default)]
    pub strategies: Vec<Leaf<'a>>,
    /// The story in a paragraph.
    #[serde(borrow)]
    pub story: Leaf<'a>,
    /// What happens.
    #[serde(borrow, default)]
    pub events: Vec<Leaf<'a>>,
    /// Numbers that are drawn together.
    #[serde(borrow, default)]
    pub correlations: Vec<Leaf<'a>>,
}

/// Whether the events of a scenario happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Status {
    /// They happened.
    #[serde(rename = "historical")]
    Historical,
    /// They are in force on the scenario's date.
    #[serde(rename = "in_force")]
    InForce,
    /// Decided, and suspended on the scenario's date.
    #[serde(rename = "suspended")]
    Suspended,
    /// Made up.
    #[serde(rename = "hypothetical")]
    Hypothetical,
}

impl Status {
    /// As it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Historical => "historical",
            Self::InForce => "in force",
            Self::Suspended => "suspended",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// Where numbers come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceDocument {
    /// How good the source is.
    pub grade: Grade,
    /// Publication and year, or the reason of a judgement.
    pub source: String,
}

/// Grade of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Good to about ±5 %.
    High,
    /// Good to about ±20 %.
    Med,
    /// Order of magnitude.
    Low,
    /// No source.
    Judgement,
}

impl Grade {
    /// As it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Med => "med",
            Self::Low => "low",
            Self::Judgement => "judgement",
        }
    }
}

/// Reads the outer form of a file; a problem if it has none.
pub fn parse<'a, T: Deserialize<'a>>(reader: &mut Reader<'a>) -> Option<T> {
    match crate::leaf::options().from_str(&reader.source.text) {
        Ok(document) => Some(document),
        Err(error) => {
            let start = reader.source.offset(error.span.start.line, error.span.start.col);
            let end = reader.source.offset(error.span.end.line, error.span.end.col);
            let start = start.min(reader.source.text.len());
            let span = start..end.clamp((start + 1).min(reader.source.text.len()), reader.source.text.len());
            crate::leaf::report(
                &error.code,
                &Place { source: Arc::clone(reader.source), span },
                reader.problems,
            );
            None
        }
    }
}

/// The fields that the reader knows of a record, in order: what it says when it meets one that it does not know.
pub fn known_fields(record: &str) -> Vec<&'static str> {
    fn ask<'a, T: Deserialize<'a>>(text: &'a str) -> Vec<&'static str> {
        match crate::leaf::options().from_str::<T>(text) {
            Err(ron::error::SpannedError {
                code: ron::Error::NoSuchStructField { expected, .. }, ..
            }) => expected.to_vec(),
            _ => Vec::new(),
        }
    }
    const PROBE: &str = "(no_such_field: 0)";
    match record {
        "Scenario" => ask::<ScenarioDocument<'_>>("Scenario(no_such_field: 0)"),
        "Strategy" => ask::<StrategyDocument<'_>>("Strategy(no_such_field: 0)"),
        "evidence" => ask::<EvidenceDocument>(PROBE),
        "History" => ask::<HistoryDocument<'_>>("History(no_such_field: 0)"),
        "naive" => ask::<NaiveDocument<'_>>(PROBE),
        "variant" => ask::<VariantDocument<'_>>(PROBE),
        "number on record" => ask::<TargetOfHistory<'_>>(PROBE),
        _ => Vec::new(),
    }
}
