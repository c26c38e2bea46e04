//! Names and numbers as they are written in tables.

use crate::outcomes::Outcome;
use chokepoint_core::time::happened;
use chokepoint_scenario::Experiment;

/// Names of an experiment's things, for rows.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a>(pub &'a Experiment);

impl Names<'_> {
    /// Region key.
    pub fn region(&self, region: Option<usize>) -> &str {
        region.map_or("", |r| self.0.world.regions[r].id.as_str())
    }
    /// Sector id.
    pub fn sector(&self, sector: Option<usize>) -> &str {
        sector.map_or("", |s| self.0.world.sectors[s].id.as_str())
    }
    /// Commodity id.
    pub fn item(&self, item: Option<usize>) -> &str {
        item.map_or("", |c| self.0.world.commodities[c].id.as_str())
    }
    /// An outcome in one word, for addresses and messages.
    pub fn outcome(&self, o: &Outcome) -> String {
        let parts = [o.measure.name(), self.region(o.region), self.sector(o.sector), self.item(o.item)];
        parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("/")
    }
}

/// Seven significant digits, enough for every use and the same on every machine.
pub fn number(value: f64) -> String {
    let rounded = format!("{value:.6e}").parse::<f64>().expect("what was written as a number is read as one");
    format!("{rounded}")
}

/// A time in weeks; nothing for one that never came.
pub fn time(value: f64) -> String {
    if happened(value) { number(value) } else { String::new() }
}

/// Four significant digits: the bands are good to one per cent.
pub(crate) fn short(value: f64) -> String {
    let rounded = format!("{value:.3e}").parse::<f64>().expect("what was written as a number is read as one");
    format!("{rounded}")
}
