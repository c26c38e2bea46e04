//! The baseline of a world beside outlooks that others published.

use crate::drift::baseline;
use crate::history::record::{Recorder, SimulatedRecord};
use crate::pairing::spread;
use crate::replicates::Uncertainty;
use crate::runner::{Interrupted, Settings};
use chokepoint_core::id::{CommodityId, RegionId, StageId};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::scope::{Scope, Series};
use chokepoint_input::problem::Problems;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::published::{Followed, Outlook, outlooks};
use chokepoint_world::world::World;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Years that are run: 2025 to 2030 in a world that starts in 2025.
pub const YEARS: usize = 6;
/// Weeks of a year.
const WEEKS: usize = 52;

/// A published outlook with what the baseline does by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The outlook.
    pub outlook: Outlook,
    /// First year.
    pub first: u32,
    /// 5th, 50th and 95th percentile over replicates by year; of growth the one number to the last year in each.
    pub years: Vec<[f64; 3]>,
}

impl Compared {
    /// The model's range in the year of the outlook; not numbers if that year is not run.
    pub fn ours(&self) -> [f64; 3] {
        let place = self.outlook.year.checked_sub(self.first);
        let year = place.and_then(|place| self.years.get(place as usize));
        year.copied().unwrap_or([f64::NAN; 3])
    }

    /// Whether the model's median lies in the published range.
    pub fn inside(&self) -> bool {
        let [low, _, high] = self.outlook.range;
        (low..=high).contains(&self.ours()[1])
    }
}

/// Runs the baseline of a world and holds it against the outlooks of a library.
///
/// # Errors
/// What is wrong with the table of outlooks or keeps the world from running.
pub fn compare(
    world: &World,
    library: &Path,
    replicates: u32,
    stop: &AtomicBool,
) -> Result<Result<Vec<Compared>, Interrupted>, Problems> {
    let outlooks = outlooks(library, world)?;
    if outlooks.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let experiment = baseline(world, library, YEARS)?;
    let mut series: Vec<Series> = outlooks.iter().flat_map(|outlook| needs(&outlook.followed)).collect();
    series.sort_unstable();
    series.dedup();
    let scope = Scope { series, ..experiment.scope.clone() };
    let recorder = Recorder { experiment: &experiment, plan: experiment.arms[0].plan.clone(), scope };
    let settings = Settings { replicates, seed: 1, uncertainty: Uncertainty::FULL };
    let records = recorder.run(settings, |record| record, &|_| (), stop);
    Ok(records.map(|records| outlooks.into_iter().map(|o| of(o, &recorder, &records)).collect()))
}

fn needs(followed: &Followed) -> Vec<Series> {
    match followed {
        Followed::Price { item, outside } => {
            let item = CommodityId::from(*item);
            vec![if *outside { Series::OutsidePrice(item) } else { Series::HomePrice(item) }]
        }
        Followed::LargestShare(stage) => vec![Series::LargestShare(StageId::from(*stage))],
        Followed::Made { items, regions, .. } => items
            .iter()
            .flat_map(|item| {
                regions.iter().map(|r| Series::Made(CommodityId::from(*item), RegionId::from(*r)))
            })
            .collect(),
    }
}

fn of(outlook: Outlook, recorder: &Recorder<'_>, records: &[SimulatedRecord]) -> Compared {
    let by_replicate: Vec<Vec<f64>> =
        records.iter().map(|record| by_year(&outlook.followed, recorder, record)).collect();
    let years = (0..YEARS).map(|year| {
        let values: Vec<f64> = by_replicate.iter().map(|years| years[year]).collect();
        let (low, middle, high) = spread(&values);
        [low, middle, high]
    });
    let first = recorder.experiment.calendar().date(recorder.scope.from).year();
    Compared { years: years.collect(), first: u32::try_from(first).unwrap_or(0), outlook }
}

/// What is followed by year in one replicate, in the unit of the outlook.
fn by_year(followed: &Followed, recorder: &Recorder<'_>, record: &SimulatedRecord) -> Vec<f64> {
    let world = &recorder.experiment.world;
    let of_week = |week: u32| -> f64 {
        let sum: f64 = needs(followed).into_iter().map(|series| recorder.at(record, series, week)).sum();
        match followed {
            Followed::Price { item, .. } => sum * world.commodities[*item].reference_price * 1e-3,
            Followed::LargestShare(_) => 100.0 * sum,
            Followed::Made { .. } => sum * WEEKS as f64,
        }
    };
    let weeks: Vec<f64> =
        (recorder.scope.from..recorder.plan.weeks).map(of_week).take(YEARS * WEEKS).collect();
    let years: Vec<f64> =
        weeks.chunks(WEEKS).map(|year| year.iter().sum::<f64>() / year.len() as f64).collect();
    match followed {
        Followed::Made { growth: true, .. } => {
            let spans = (years.len() - 1) as f64;
            let grown = exp(ln(years[years.len() - 1] / years[0]) / spans) - 1.0;
            vec![100.0 * grown; years.len()]
        }
        Followed::Made { more: true, .. } => {
            let at_start = at_reference(followed, recorder.experiment);
            years.iter().map(|made| made - at_start).collect()
        }
        _ => years,
    }
}

/// What is made at the reference level, tonnes a year.
fn at_reference(followed: &Followed, experiment: &Experiment) -> f64 {
    let Followed::Made { items, regions, .. } = followed else { return 0.0 };
    let network = &experiment.network;
    let made = network.outputs.iter().filter(|o| items.contains(&o.commodity.at())).map(|output| {
        let agent = &network.agents[output.agent.at()];
        if regions.contains(&agent.region.at()) { agent.base_activity * output.per_activity } else { 0.0 }
    });
    made.sum::<f64>() * WEEKS as f64
}
