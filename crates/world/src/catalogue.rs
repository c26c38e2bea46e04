//! What a world consists of: its things with their names, before anything is balanced.

use crate::uncertain::Uncertain;
use chokepoint_core::chance::Distribution;

/// A named thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Id as it is written in files.
    pub id: String,
    /// Name as it is printed.
    pub name: String,
}

/// A stage with its economics.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Id and name.
    pub id: String,
    /// Margin over cash cost at reference prices, share.
    pub margin: f64,
    /// Share of sales under contract.
    pub contract: f64,
    /// Weeks that moving orders to another qualified supplier takes.
    pub switching_weeks: f64,
    /// Weeks that qualifying a supplier takes.
    pub qualification_weeks: f64,
    /// Share of a price trend that buyers take to go on.
    pub speculation: f64,
    /// Whether its goods are quoted: they have one price, that of the country that sells most of them.
    pub quoted: bool,
    /// Whether its plants are lines, as final producers are: their stops are followed.
    pub lines: bool,
}

/// A commodity.
#[derive(Clone, Debug, PartialEq)]
pub struct CommodityInfo {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Index of its stage.
    pub stage: usize,
    /// Unit of its mass.
    pub unit: String,
    /// US dollars per tonne.
    pub reference_price: f64,
    /// Tonnes of each element in a tonne.
    pub contents: Vec<f64>,
}

/// A country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub id: String,
    /// Name.
    pub name: String,
    /// Index of its region.
    pub region: usize,
    /// Index of its route area.
    pub area: usize,
}

/// A sector of final demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Sector {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Unit of its good.
    pub unit: String,
    /// Extra output above plan that catching up may use, share.
    pub overtime_share: f64,
    /// Weeks over which a backlog is worked off.
    pub catch_up_weeks: f64,
    /// Mean weeks before a waiting customer is lost.
    pub patience_weeks: f64,
    /// Whether each of its inputs makes a product of its own.
    pub apart: bool,
    /// Shares of its firms in a country.
    pub firm_shares: Vec<f64>,
    /// Weeks of input stock of those firms.
    pub firm_cover_weeks: Vec<f64>,
}

/// What an agent is, as files state it.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentInfo {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Index of its sector, for final producers.
    pub sector: Option<usize>,
}

/// What building a facility takes, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstructionInfo {
    /// Weeks from the decision to first output; of a committed project, from the start of the calendar.
    pub lead: Uncertain,
    /// Factor on the capital.
    pub overrun: Uncertain,
}

/// An uncertain value with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name.
    pub name: String,
    /// Prior.
    pub distribution: Distribution,
    /// Unit as printed.
    pub unit: String,
    /// Publication, or reason of a judgement.
    pub source: String,
    /// high, med, low or judgement.
    pub grade: String,
    /// What it does.
    pub note: String,
}

/// A recorded number and what the model has in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What.
    pub what: String,
    /// On record.
    pub recorded: f64,
    /// In the model at the reference level.
    pub modelled: f64,
    /// Unit of both.
    pub unit: String,
}

/// A parameter that a user set beyond its calibrated range.
#[derive(Clone, Debug, PartialEq)]
pub struct Beyond {
    /// Name.
    pub parameter: String,
    /// Least and greatest value that is set.
    pub set: (f64, f64),
    /// Least and greatest value of the world's table.
    pub calibrated: (f64, f64),
}
