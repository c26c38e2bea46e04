//! Strategies and their measures as they are written.

use crate::leaf::Leaf;
use serde::Deserialize;

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
    /// A government, or several together, hold a stock and release it in a shortage.
    #[serde(borrow)]
    Stockpile(StockpileDocument<'a>),
    /// Firms qualify other suppliers.
    #[serde(borrow)]
    Qualify(QualifyDocument<'a>),
    /// Firms design an input out.
    #[serde(borrow)]
    Thrift(ThriftDocument<'a>),
}

/// Firms qualify other suppliers before they need them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualifyDocument<'a> {
    /// Stages of the firms.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Sectors of final producers (empty: all).
    #[serde(borrow, default)]
    pub sectors: Vec<Leaf<'a>>,
    /// Regions or countries of the firms.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Inputs whose suppliers are qualified (empty: all).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
}

/// Firms design an input out, whatever its price.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThriftDocument<'a> {
    /// Stages of the firms.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Sectors of final producers (empty: all).
    #[serde(borrow, default)]
    pub sectors: Vec<Leaf<'a>>,
    /// Regions or countries of the firms.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Inputs that are designed out (empty: all that can be).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
    /// Share of the input that new designs do without.
    #[serde(borrow)]
    pub share: Leaf<'a>,
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

/// A stock of one commodity for the users in one region, or in several that pool it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockpileDocument<'a> {
    /// Region or country.
    #[serde(borrow)]
    pub region: Option<Leaf<'a>>,
    /// Regions or countries that share one stock.
    #[serde(borrow, default)]
    pub pool: Vec<Leaf<'a>>,
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
    /// How a release is shared: by what users lack unless said otherwise.
    #[serde(borrow)]
    pub allocation: Option<Leaf<'a>>,
    /// Sectors whose users are served first, directly or through what they make.
    #[serde(borrow, default)]
    pub first: Vec<Leaf<'a>>,
    /// Time over which it buys back what it has released; missing: the fill time.
    #[serde(borrow)]
    pub buy_back: Option<Leaf<'a>>,
}

/// How a release is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum AllocationDocument {
    /// Pro rata to what each lacks.
    #[serde(rename = "lack")]
    Lack,
    /// Pro rata to what each uses at rest.
    #[serde(rename = "use")]
    Use,
}
