//! What a licence squeeze rests on: the stocks of users, and the numbers that move its loss most.

use super::bench::Bench;
use super::page::{Figures, billions};
use crate::failure::Failure;
use chokepoint_montecarlo::rules::facts;
use chokepoint_montecarlo::sensitivity::morris;
use chokepoint_montecarlo::sensitivity::study::Study;
use chokepoint_scenario::Experiment;

/// The scenario.
pub(super) const SCENARIO: &str = "licence-squeeze";
/// The stocks of component makers and final producers.
const COVER: &str = "downstream_cover";
/// Walks through the space of uncertain numbers.
const TRAJECTORIES: u32 = 6;
/// Levels of each number.
const LEVELS: u32 = 4;
/// Resamples of the intervals, which are not shown here.
const RESAMPLES: u32 = 10;

/// Losses over the range of users' stocks, and the largest elementary effects.
pub(super) fn measure(
    experiment: &Experiment,
    bench: &Bench<'_>,
    figures: &mut Figures,
) -> Result<(), Failure> {
    if let Some(cover) = experiment.world.parameters.get(COVER) {
        let (low, high) = cover.distribution.range();
        figures.set("squeeze.cover.low", low);
        figures.set("squeeze.cover.high", high);
        for (name, value) in [("thin", low), ("middle", cover.distribution.central()), ("thick", high)] {
            let mut changed = experiment.clone();
            changed.fix(COVER, value);
            let ensemble = bench.run(&changed)?;
            let all = facts(&changed, &ensemble);
            let whole = all
                .iter()
                .find(|f| f.measure == "value_added_lost" && f.region.is_none() && f.sector.is_none());
            figures.set(&format!("squeeze.{name}"), billions(whole.map_or(0.0, |f| f.range.1)));
        }
    }
    let Some(study) = Study::new(experiment.clone(), "value_added_lost", bench.settings.seed) else {
        return Ok(());
    };
    let (factors, chance) = (study.names.len(), study.chance());
    let points = morris::design(factors, TRAJECTORIES, LEVELS, &chance);
    let outcomes = bench.pool.install(|| study.evaluate(&points, &|_| (), bench.stop))?;
    let screening = morris::effects(&points, &outcomes, factors, RESAMPLES, &chance);
    for (name, effect) in study.names.iter().zip(&screening.effects) {
        let short = name.rsplit('/').next().unwrap_or(name).replace('_', "-");
        figures.set(&format!("squeeze.factor.{short}"), billions(effect.mean_absolute));
    }
    Ok(())
}
