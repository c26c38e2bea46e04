//! The files as they are written: worlds, scenarios and strategies in RON. Resolving them is elsewhere.

use crate::leaf::Leaf;
use crate::problem::{Place, Problems, Source};
use serde::Deserialize;
use std::sync::Arc;

/// A world: the chain at rest, in tables beside the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "World", deny_unknown_fields)]
pub struct WorldDocument<'a> {
    /// Id; the file's name without ending.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// Title.
    #[serde(borrow)]
    pub name: Leaf<'a>,
    /// First day of the calendar: 1 January of the year that the tables describe the state of.
    #[serde(borrow)]
    pub as_of: Leaf<'a>,
    /// Year whose US dollars prices are in.
    #[serde(borrow)]
    pub currency_year: Leaf<'a>,
    /// Region whose price is the home price of a control.
    #[serde(borrow)]
    pub home: Leaf<'a>,
    /// Reporting regions.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Stages, upstream first.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Tables, each a list of CSV files.
    #[serde(borrow)]
    pub tables: Leaf<'a>,
    /// What the charts show first.
    #[serde(borrow)]
    pub headline: Leaf<'a>,
}

/// A reporting region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionDocument {
    /// Key as it is printed in files.
    pub id: String,
    /// Name as it is printed in charts.
    pub name: String,
}

/// A stage of the chain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageDocument<'a> {
    /// Name.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// Margin over cash cost at reference prices.
    #[serde(borrow)]
    pub margin: Leaf<'a>,
    /// Share of sales under contract.
    #[serde(borrow)]
    pub contract: Leaf<'a>,
    /// Time that moving orders to another supplier takes.
    #[serde(borrow)]
    pub switching: Leaf<'a>,
}

/// What a briefing shows first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadlineDocument {
    /// Commodities whose prices are charted, in order.
    pub prices: Vec<String>,
}

/// File names of each table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TablesDocument {
    pub elements: Vec<String>,
    pub countries: Vec<String>,
    pub commodities: Vec<String>,
    pub assays: Vec<String>,
    pub contents: Vec<String>,
    pub recipes: Vec<String>,
    pub separation: Vec<String>,
    pub facilities: Vec<String>,
    pub sectors: Vec<String>,
    pub intensity: Vec<String>,
    pub plans: Vec<String>,
    pub trade: Vec<String>,
    pub affinity: Vec<String>,
    pub routes: Vec<String>,
    pub parameters: Vec<String>,
    pub recorded: Vec<String>,
}

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

/// One event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDocument<'a> {
    /// Name within the scenario.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// What kind of event.
    #[serde(borrow)]
    pub kind: Leaf<'a>,
    /// What it touches.
    #[serde(borrow)]
    pub target: Leaf<'a>,
    /// Full size.
    #[serde(borrow)]
    pub magnitude: Leaf<'a>,
    /// First day.
    #[serde(borrow)]
    pub start: Leaf<'a>,
    /// Time from the first day to full size.
    #[serde(borrow)]
    pub ramp: Option<Leaf<'a>>,
    /// Time at full size.
    #[serde(borrow)]
    pub duration: Leaf<'a>,
    /// Time from full size back to nothing.
    #[serde(borrow)]
    pub recovery: Option<Leaf<'a>>,
    /// Share of the refused volume that flows all the same.
    #[serde(borrow)]
    pub leakage: Option<Leaf<'a>>,
    /// Time until the leakage is up.
    #[serde(borrow)]
    pub leakage_ramp: Option<Leaf<'a>>,
    /// Extra price on what leaks.
    #[serde(borrow)]
    pub leakage_premium: Option<Leaf<'a>>,
    /// Where the numbers come from.
    #[serde(borrow)]
    pub evidence: Leaf<'a>,
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum EventKind {
    /// Exports on the targeted links may not exceed a share of what was normal.
    ExportCap,
    /// The targeted facilities lose a share of their capacity.
    CapacityLoss,
    /// The targeted port or land crossing passes only a share of what reaches it; the rest waits.
    TransportDelay,
    /// Plans of the targeted sectors and regions change.
    DemandShift,
}

/// What an event touches. Empty lists mean "all".
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TargetDocument<'a> {
    /// Stages of the commodity.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Commodities.
    #[serde(borrow)]
    pub commodities: Vec<Leaf<'a>>,
    /// Elements that the commodity contains.
    #[serde(borrow)]
    pub elements: Vec<Leaf<'a>>,
    /// Countries or regions of the seller.
    #[serde(borrow)]
    pub origins: Vec<Leaf<'a>>,
    /// Countries or regions of the buyer.
    #[serde(borrow)]
    pub destinations: Vec<Leaf<'a>>,
    /// Agents by id (all parts of a split one by the id before the number).
    #[serde(borrow)]
    pub agents: Vec<Leaf<'a>>,
    /// Sectors.
    #[serde(borrow)]
    pub sectors: Vec<Leaf<'a>>,
    /// Ports or land crossings.
    #[serde(borrow)]
    pub gateways: Vec<Leaf<'a>>,
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

/// A strategy: measures from a date.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Strategy", deny_unknown_fields)]
pub struct StrategyDocument<'a> {
    /// Id; the file's name without ending.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// Title.
    #[serde(borrow)]
    pub name: Leaf<'a>,
    /// Date of the knowledge in it.
    #[serde(borrow)]
    pub as_of: Leaf<'a>,
    /// What it does, in a paragraph.
    #[serde(borrow)]
    pub story: Leaf<'a>,
    /// Day of the decision.
    #[serde(borrow)]
    pub date: Leaf<'a>,
    /// Time from the decision to the first effect.
    #[serde(borrow)]
    pub lead_time: Leaf<'a>,
    /// What is done.
    #[serde(borrow, default)]
    pub measures: Vec<Leaf<'a>>,
    /// Yearly cost of holding stock: storage, decay and obsolescence, as a share of its value.
    #[serde(borrow)]
    pub carrying_cost: Leaf<'a>,
    /// Who pays.
    #[serde(borrow)]
    pub payer: Leaf<'a>,
    /// Where the numbers come from.
    #[serde(borrow)]
    pub evidence: Leaf<'a>,
}

/// Who pays for a strategy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Payer {
    /// Taxpayers.
    Public,
    /// The firms that hold the stock.
    Firm,
    /// Buyers of the final goods.
    Consumer,
}

impl Payer {
    /// As it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Firm => "firm",
            Self::Consumer => "consumer",
        }
    }
}

/// One measure of a strategy.
#[derive(Clone, Debug, Deserialize)]
pub enum MeasureDocument<'a> {
    /// Firms hold more input stock.
    #[serde(borrow)]
    Buffer(BufferDocument<'a>),
    /// A government holds a stock and releases it in a shortage.
    #[serde(borrow)]
    Stockpile(StockpileDocument<'a>),
}

/// Firms hold more input stock.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BufferDocument<'a> {
    /// Stages of the firms.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Sectors of final producers (empty: all).
    #[serde(borrow, default)]
    pub sectors: Vec<Leaf<'a>>,
    /// Regions or countries of the firms.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Inputs that are held (empty: all).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
    /// Cover on top of the usual one.
    #[serde(borrow)]
    pub cover: Leaf<'a>,
    /// Time over which it is built up.
    #[serde(borrow)]
    pub fill: Leaf<'a>,
}

/// A government's stock of one commodity for the users in one region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockpileDocument<'a> {
    /// Region or country.
    #[serde(borrow)]
    pub region: Leaf<'a>,
    /// What is held.
    #[serde(borrow)]
    pub commodity: Leaf<'a>,
    /// Cover of the users' use.
    #[serde(borrow)]
    pub cover: Leaf<'a>,
    /// Time over which it is filled.
    #[serde(borrow)]
    pub fill: Leaf<'a>,
    /// Fill rate of the users below which it is released.
    #[serde(borrow)]
    pub trigger: Leaf<'a>,
    /// Greatest weekly release as a share of the users' use.
    #[serde(borrow)]
    pub release: Leaf<'a>,
}

/// Reads the outer form of a file; a problem if it has none.
pub fn parse<'a, T: Deserialize<'a>>(source: &'a Arc<Source>, problems: &mut Problems) -> Option<T> {
    match crate::leaf::options().from_str(&source.text) {
        Ok(document) => Some(document),
        Err(error) => {
            let start = source.offset(error.span.start.line, error.span.start.col);
            let end = source.offset(error.span.end.line, error.span.end.col);
            let start = start.min(source.text.len());
            let span = start..end.clamp((start + 1).min(source.text.len()), source.text.len());
            crate::leaf::report(&error.code, &Place { source: Arc::clone(source), span }, problems);
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
        "event" => ask::<EventDocument<'_>>(PROBE),
        "target" => ask::<TargetDocument<'_>>(PROBE),
        "evidence" => ask::<EvidenceDocument>(PROBE),
        "Buffer" => ask::<BufferDocument<'_>>(PROBE),
        "Stockpile" => ask::<StockpileDocument<'_>>(PROBE),
        _ => Vec::new(),
    }
}
