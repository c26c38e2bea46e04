//! Worlds as they are written.

use crate::leaf::Leaf;
use serde::Deserialize;

/// A world: the chain at the reference level, in tables beside the file.
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
    /// How buyers order: `smooth` unless said otherwise.
    #[serde(borrow)]
    pub ordering: Option<Leaf<'a>>,
    /// Whose stocks traders hold; missing: nobody's.
    #[serde(borrow)]
    pub traders: Option<Leaf<'a>>,
    /// Origins that are followed through the chain.
    #[serde(borrow, default)]
    pub origins: Vec<Leaf<'a>>,
    /// Fitted parameters that are drawn in place of their priors.
    #[serde(borrow)]
    pub posterior: Option<Leaf<'a>>,
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
    /// Time that moving orders to another qualified supplier takes.
    #[serde(borrow)]
    pub switching: Leaf<'a>,
    /// Time that qualifying a supplier takes.
    #[serde(borrow)]
    pub qualification: Leaf<'a>,
    /// Share of a price trend that buyers take to go on.
    #[serde(borrow)]
    pub speculation: Leaf<'a>,
    /// Whether its plants are lines, as final producers are: their stops are followed.
    #[serde(default)]
    pub lines: bool,
    /// Whether its goods are quoted: their sellers post what those of the country ask that sells most.
    #[serde(default)]
    pub quoted: bool,
}

/// Whose stocks traders hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TradersDocument<'a> {
    /// Countries or regions of the sellers.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Stages of what they sell.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
}

/// An origin that is followed through the chain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginDocument<'a> {
    /// Name as it is printed.
    #[serde(borrow)]
    pub id: Leaf<'a>,
    /// Region that stamps it.
    #[serde(borrow)]
    pub region: Leaf<'a>,
    /// Stage that stamps it; missing: any.
    #[serde(borrow)]
    pub stage: Option<Leaf<'a>>,
}

/// How buyers order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum OrderingDocument {
    /// Expected use and a share of the gap to the stock target.
    #[serde(rename = "smooth")]
    Smooth,
    /// Up to the target every week; a window of zero keeps the target at the reference level.
    #[serde(rename = "base_stock")]
    BaseStock {
        /// Past demands that the target follows.
        window: u32,
    },
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
    #[serde(default)]
    pub thrifting: Vec<String>,
    #[serde(default)]
    pub growth: Vec<String>,
    #[serde(default)]
    pub investment: Vec<String>,
    #[serde(default)]
    pub projects: Vec<String>,
    #[serde(default)]
    pub returns: Vec<String>,
    #[serde(default)]
    pub collectors: Vec<String>,
    #[serde(default)]
    pub fringe: Vec<String>,
    #[serde(default)]
    pub lines: Vec<String>,
}
