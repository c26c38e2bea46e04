//! A world that has been read, checked and balanced: names, parameters, and everything to build a network from.

use crate::balance::Balance;
use crate::calendar::Calendar;
use crate::experiment::Uncertain;
use crate::posterior::Posterior;
use crate::problem::Source;
use chokepoint_core::chance::Distribution;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// Whether it uses magnets.
    pub magnet: bool,
    /// Unit of its good.
    pub unit: String,
    /// Extra output above plan that catching up may use, share.
    pub overtime_share: f64,
    /// Weeks over which a backlog is worked off.
    pub catch_up_weeks: f64,
    /// Mean weeks before a waiting customer is lost.
    pub patience_weeks: f64,
    /// Shares of its firms in a country.
    pub firm_shares: Vec<f64>,
    /// Weeks of input stock of those firms.
    pub firm_cover_weeks: Vec<f64>,
}

/// What an agent is, as files tell it.
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
pub struct WorksInfo {
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
    /// In the model at rest.
    pub modelled: f64,
    /// Unit of both.
    pub unit: String,
}

/// The chain at rest with all its names.
#[derive(Clone, Debug)]
pub struct World {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
    /// First day of the calendar.
    pub as_of: Date,
    /// Year of the US dollars.
    pub currency_year: i64,
    /// Reporting regions.
    pub regions: Vec<Named>,
    /// Index of the region whose price is the home price.
    pub home: usize,
    /// Stages, upstream first.
    pub stages: Vec<Stage>,
    /// Elements.
    pub elements: Vec<Named>,
    /// Countries.
    pub countries: Vec<Country>,
    /// Commodities.
    pub commodities: Vec<CommodityInfo>,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Ports and land crossings.
    pub gateways: Vec<String>,
    /// Traces, as the network numbers them.
    pub traces: Vec<String>,
    /// Agents, as the network numbers them.
    pub agents: Vec<AgentInfo>,
    /// What building takes, by facility, before it is drawn; empty in a world without the table `investment`.
    pub works: Vec<WorksInfo>,
    /// Uncertain values.
    pub parameters: BTreeMap<String, Parameter>,
    /// Uncertain values that a user set beyond what they are calibrated to.
    pub beyond: Vec<Beyond>,
    /// Fitted values that are drawn in place of their priors.
    pub posterior: Option<Posterior>,
    /// Commodities whose prices are charted.
    pub headline_prices: Vec<usize>,
    /// The network at rest.
    pub network: chokepoint_core::network::Network,
    /// How the balance closed.
    pub balance: Balance,
    /// The files that it was read from.
    pub files: Vec<Arc<Source>>,
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

impl World {
    /// Its calendar.
    pub fn calendar(&self) -> Calendar {
        Calendar { first_year: self.as_of.year() }
    }

    /// Indices of the countries that a region key or country code stands for; empty if none.
    pub fn countries_of(&self, key: &str) -> Vec<usize> {
        let of = |matches: &dyn Fn(&Country) -> bool| -> Vec<usize> {
            self.countries.iter().enumerate().filter(|(_, c)| matches(c)).map(|(i, _)| i).collect()
        };
        match self.regions.iter().position(|r| r.id == key) {
            Some(region) => of(&|c| c.region == region),
            None => of(&|c| c.id == key),
        }
    }

    /// Every key that [`World::countries_of`] knows.
    pub fn place_names(&self) -> impl Iterator<Item = &str> {
        self.regions.iter().map(|r| r.id.as_str()).chain(self.countries.iter().map(|c| c.id.as_str()))
    }
}
