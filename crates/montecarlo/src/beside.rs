//! What others have published beside what this model finds for the same question.

use crate::outcomes::{Outcome, OutcomeKind};
use crate::pairing::spread;
use crate::runner::Ensemble;
use chokepoint_core::network::Role;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::published::{Amount, Estimate};

/// Weeks of a year, as plans count them.
const WEEKS_OF_A_YEAR: f64 = 52.0;

/// A published number with this model's, low, middle and high of both; ours is the 5th, 50th and 95th percentile.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside<'e> {
    /// The published number.
    pub estimate: &'e Estimate,
    /// Commodity, if it is a price, by place in the world.
    pub item: Option<usize>,
    /// Loss in US dollars, or the price over the one before; nothing where no gross domestic product is known.
    pub theirs: Option<[f64; 3]>,
    /// The same of this model: value added lost against the baseline, over the whole run.
    pub ours: [f64; 3],
    /// Gross domestic product of the region in a year, US dollars.
    pub gdp: Option<f64>,
}

/// Every estimate of the scenario whose strategy was run, in the order of the table.
pub fn beside<'e>(experiment: &'e Experiment, ensemble: &Ensemble) -> Vec<Beside<'e>> {
    let published = &experiment.published;
    let row = |estimate: &'e Estimate| {
        let arm = match &estimate.strategy {
            None => experiment.no_strategy()?,
            Some(id) => experiment.arms.iter().position(|arm| arm.id == *id)?,
        };
        let gdp = estimate.region.and_then(|region| published.gdp.get(region).copied().flatten());
        let price = match estimate.amount {
            Amount::Price(item, multiple) => Some((item, multiple)),
            Amount::OfGdp(_) | Amount::Usd(_) => None,
        };
        let (outcome, theirs) = match price {
            Some((item, multiple)) => (of(OutcomeKind::PricePeak, None, Some(item)), Some(multiple)),
            None => (of(OutcomeKind::ValueAddedLost, estimate.region, None), estimate.amount.usd(gdp)),
        };
        let place = ensemble.outcome(&outcome)?;
        let values = match price {
            Some(_) => ensemble.column(arm, place),
            None => ensemble.by_the_shock(experiment, arm, place),
        };
        let (low, middle, high) = spread(&values);
        Some(Beside { estimate, item: price.map(|(item, _)| item), theirs, ours: [low, middle, high], gdp })
    };
    published.estimates.iter().filter_map(row).collect()
}

fn of(measure: OutcomeKind, region: Option<usize>, item: Option<usize>) -> Outcome {
    Outcome { measure, region, sector: None, item }
}

/// Value added of all makers of final goods in a year at the reference level, US dollars: of a region, or of the world.
pub fn value_added(experiment: &Experiment, region: Option<usize>) -> f64 {
    let agents = experiment.network.agents.iter();
    let worth =
        agents.filter(|agent| region.is_none_or(|r| agent.region.at() == r)).map(|agent| match &agent.role {
            Role::Producer(producer) => agent.base_activity * producer.value_added_usd_per_unit,
            Role::Facility | Role::Reserve => 0.0,
        });
    worth.sum::<f64>() * WEEKS_OF_A_YEAR
}
