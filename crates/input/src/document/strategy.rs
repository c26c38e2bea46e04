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
    /// World that it is written for; missing: any that knows its names.
    #[serde(borrow)]
    pub world: Option<Leaf<'a>>,
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

/// Who pays for a strategy or for one of its measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Payer {
    /// Taxpayers.
    Public,
    /// The firms that hold the stock.
    Firm,
    /// Buyers of the final goods.
    Consumer,
}

impl From<Payer> for chokepoint_core::plan::Payer {
    fn from(payer: Payer) -> Self {
        match payer {
            Payer::Public => Self::Public,
            Payer::Firm => Self::Firm,
            Payer::Consumer => Self::Consumer,
        }
    }
}

impl From<chokepoint_core::plan::Payer> for Payer {
    fn from(payer: chokepoint_core::plan::Payer) -> Self {
        use chokepoint_core::plan::Payer as Pays;
        match payer {
            Pays::Public => Self::Public,
            Pays::Firm => Self::Firm,
            Pays::Consumer => Self::Consumer,
        }
    }
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
    /// A share of firms' orders is served first.
    #[serde(borrow)]
    Priority(OrdersDocument<'a>),
    /// Firms share data and hoard less.
    #[serde(borrow)]
    DataExchange(OrdersDocument<'a>),
    /// Firms hear of a shock before it comes and stock up.
    #[serde(borrow)]
    Notice(NoticeDocument<'a>),
    /// Firms take no more than a share from one country.
    #[serde(borrow)]
    SourcingCap(SourcingCapDocument<'a>),
    /// Projects are built whatever prices do.
    #[serde(borrow)]
    Build(ProgrammeDocument<'a>),
    /// A share of the capital is given.
    #[serde(borrow)]
    Grant(ProgrammeDocument<'a>),
    /// A share of the capital comes back as tax.
    #[serde(borrow)]
    InvestmentCredit(ProgrammeDocument<'a>),
    /// A share of the processing cost comes back as tax.
    #[serde(borrow)]
    ProductionCredit(ProgrammeDocument<'a>),
    /// A share of the capital is lent below what owners ask.
    #[serde(borrow)]
    Loan(ProgrammeDocument<'a>),
    /// The same from an export credit agency.
    #[serde(borrow)]
    ExportCredit(ProgrammeDocument<'a>),
    /// Prices below a floor are made up for; above it a share comes back.
    #[serde(borrow)]
    PriceFloor(ProgrammeDocument<'a>),
    /// A share of the output is sold ahead at one price.
    #[serde(borrow)]
    Offtake(ProgrammeDocument<'a>),
    /// A share of goods at the end of their life is collected.
    #[serde(borrow)]
    Collect(ProgrammeDocument<'a>),
}

/// A support programme for facilities; the kind of measure says which numbers it needs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeDocument<'a> {
    /// Facilities by id (empty: all that the other lists leave).
    #[serde(borrow, default)]
    pub plants: Vec<Leaf<'a>>,
    /// Their stages (empty: all).
    #[serde(borrow, default)]
    pub stages: Vec<Leaf<'a>>,
    /// Their regions or countries (empty: all).
    #[serde(borrow, default)]
    pub regions: Vec<Leaf<'a>>,
    /// What they make (empty: anything).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
    /// Share of the capital, of the cost, of the output or of the returns.
    #[serde(borrow)]
    pub share: Option<Leaf<'a>>,
    /// How much below what owners ask the interest is.
    #[serde(borrow)]
    pub cut: Option<Leaf<'a>>,
    /// Floor, or price of the sale.
    #[serde(borrow)]
    pub price: Option<Leaf<'a>>,
    /// Share of the price above the floor that goes back.
    #[serde(borrow)]
    pub upside: Option<Leaf<'a>>,
    /// How long it is paid; missing: for good.
    #[serde(borrow)]
    pub term: Option<Leaf<'a>>,
    /// Time until it is in full force.
    #[serde(borrow)]
    pub fill: Option<Leaf<'a>>,
    /// Who pays, if not the strategy's payer.
    #[serde(borrow)]
    pub payer: Option<Leaf<'a>>,
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

/// How firms order changes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrdersDocument<'a> {
    /// Stages of the firms.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Sectors of final producers, and of makers most of whose output ends in them (empty: all).
    #[serde(borrow, default)]
    pub sectors: Vec<Leaf<'a>>,
    /// Regions or countries of the firms.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Inputs whose orders change (empty: all).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
    /// Share of orders that is served first, or of hoarding that is left out.
    #[serde(borrow)]
    pub share: Leaf<'a>,
}

/// Firms hear of a shock before it comes and stock up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeDocument<'a> {
    /// Stages of the firms.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Sectors of final producers (empty: all).
    #[serde(borrow, default)]
    pub sectors: Vec<Leaf<'a>>,
    /// Regions or countries of the firms.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Inputs that they stock up (empty: all).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
    /// How long before the first shock they hear.
    #[serde(borrow)]
    pub notice: Leaf<'a>,
    /// Cover on top of the usual one that they order then.
    #[serde(borrow)]
    pub cover: Leaf<'a>,
}

/// Firms take no more than a share from one country.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcingCapDocument<'a> {
    /// Stages of the firms.
    #[serde(borrow)]
    pub stages: Vec<Leaf<'a>>,
    /// Sectors of final producers (empty: all).
    #[serde(borrow, default)]
    pub sectors: Vec<Leaf<'a>>,
    /// Regions or countries of the firms.
    #[serde(borrow)]
    pub regions: Vec<Leaf<'a>>,
    /// Inputs under the cap (empty: all).
    #[serde(borrow, default)]
    pub commodities: Vec<Leaf<'a>>,
    /// Countries or regions whose sellers are capped together.
    #[serde(borrow)]
    pub origins: Vec<Leaf<'a>>,
    /// Greatest share.
    #[serde(borrow)]
    pub cap: Leaf<'a>,
    /// Time from the first effect until the cap is in full force.
    #[serde(borrow)]
    pub fill: Leaf<'a>,
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
    /// Who pays, if not the strategy's payer.
    #[serde(borrow)]
    pub payer: Option<Leaf<'a>>,
    /// Yearly cost of holding it, if not the strategy's.
    #[serde(borrow)]
    pub carrying_cost: Option<Leaf<'a>>,
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
    /// Who pays, if not the strategy's payer.
    #[serde(borrow)]
    pub payer: Option<Leaf<'a>>,
    /// Yearly cost of holding it, if not the strategy's.
    #[serde(borrow)]
    pub carrying_cost: Option<Leaf<'a>>,
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
