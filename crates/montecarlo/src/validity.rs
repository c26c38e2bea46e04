//! Whether a run stays where the model is known to hold: parameters within their calibrated ranges, prices and stocks within
//! what crises on record have shown.

use crate::runner::Ensemble;
use chokepoint_core::scope::Series;
use chokepoint_scenario::Experiment;
use serde::{Deserialize, Serialize};

/// Prices over reference: the greatest rise on record is that of cerium oxide outside China in 2011, some forty times.
pub const PRICES: (f64, f64) = (0.02, 50.0);
/// Weeks of use in stock: two years. Rules of ordering are meant for less.
pub const COVER: (f64, f64) = (0.0, 104.0);

/// What left its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutsideKind {
    /// A parameter that a user set.
    Parameter,
    /// A price, over reference.
    Price,
    /// An input stock, weeks of use.
    Stock,
}

/// One number that left its bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outside {
    /// What it is.
    pub kind: OutsideKind,
    /// Parameter, commodity or stage by id.
    pub what: String,
    /// Region key, or `outside` for all but the controlling country; empty for a parameter.
    pub place: String,
    /// Least value: of a series, the least 5th percentile of any week and arm.
    pub low: f64,
    /// Greatest value: of a series, the greatest 95th percentile of any week and arm.
    pub high: f64,
    /// Where the model is known to hold.
    pub bounds: (f64, f64),
}

/// Everything that left its bounds, parameters first.
pub fn outside(experiment: &Experiment, ensemble: &Ensemble) -> Vec<Outside> {
    let world = &experiment.world;
    let mut found: Vec<Outside> = world
        .beyond
        .iter()
        .map(|beyond| Outside {
            kind: OutsideKind::Parameter,
            what: beyond.parameter.clone(),
            place: String::new(),
            low: beyond.set.0,
            high: beyond.set.1,
            bounds: beyond.calibrated,
        })
        .collect();
    let region = |r: usize| world.regions[r].id.clone();
    let width = experiment.scope.series.len();
    for (place, series) in experiment.scope.series.iter().enumerate() {
        let (kind, what, where_it_is, bounds) = match series {
            Series::HomePrice(c) => {
                (OutsideKind::Price, world.commodities[c.at()].id.clone(), region(world.home), PRICES)
            }
            Series::OutsidePrice(c) => {
                (OutsideKind::Price, world.commodities[c.at()].id.clone(), "outside".to_owned(), PRICES)
            }
            Series::Cover(s, r) => {
                (OutsideKind::Stock, world.stages[s.at()].id.clone(), region(r.at()), COVER)
            }
            _ => continue,
        };
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for bands in &ensemble.bands {
            for cell in (place..bands.cells()).step_by(width) {
                let p = bands.quantiles(cell).p;
                (low, high) = (low.min(p[0]), high.max(p[4]));
            }
        }
        if low < bounds.0 || high > bounds.1 {
            found.push(Outside { kind, what, place: where_it_is, low, high, bounds });
        }
    }
    found
}
