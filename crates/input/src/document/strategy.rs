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
