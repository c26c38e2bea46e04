//! A world that has been read, checked and balanced: names, parameters, and everything to build a network from.

use crate::balance::Balance;
use crate::catalogue::{
    AgentInfo, Beyond, CommodityInfo, ConstructionInfo, Country, Named, Parameter, Sector, Stage,
};
use crate::posterior::Posterior;
use chokepoint_input::calendar::Calendar;
use chokepoint_input::problem::Source;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The chain at the reference level with all its names.
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
    pub construction: Vec<ConstructionInfo>,
    /// Uncertain values.
    pub parameters: BTreeMap<String, Parameter>,
    /// Uncertain values that a user set beyond what they are calibrated to.
    pub beyond: Vec<Beyond>,
    /// Fitted values that are drawn in place of their priors.
    pub posterior: Option<Posterior>,
    /// Commodities whose prices are charted.
    pub headline_prices: Vec<usize>,
    /// The network at the reference level.
    pub network: chokepoint_core::network::Network,
    /// How the balance closed.
    pub balance: Balance,
    /// The files that it was read from.
    pub files: Vec<Arc<Source>>,
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
