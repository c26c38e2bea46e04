//! How the baseline of a world drifts when nothing happens: stocks by stage and region, and prices inside against outside.

use crate::replicates::Uncertainty;
use crate::runner::{Ensemble, Settings, run};
use chokepoint_core::scope::Series;
use chokepoint_input::problem::{Problems, Source};
use chokepoint_scenario::{Experiment, Request, load_in};
use chokepoint_world::world::World;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Years that are looked at.
pub const YEARS: usize = 5;
/// Replicates that are run.
pub const REPLICATES: u32 = 16;
/// Weeks of use in stock over those of the reference level: within a quarter of them.
pub const STOCKS: (f64, f64) = (0.75, 1.25);
/// Price inside the controlling country over that outside, both over reference, of what it exports net: at most.
pub const INSIDE: f64 = 1.02;

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Weeks of use in stock of a stage in a region, over those at the start: ids of both.
    Stock(String, String),
    /// Price inside over price outside, of a commodity that the controlling country exports net: its id.
    Inside(String),
    /// Price over reference of a commodity: its id, and the controlling country's region or `outside`.
    Price(String, String),
}

/// One number by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// What it is.
    pub followed: Followed,
    /// Mean over the weeks of each year of the median over replicates.
    pub years: Vec<f64>,
}

impl Drift {
    /// The year that is furthest beyond what it should stay in, if any is.
    pub fn beyond(&self) -> Option<f64> {
        let (low, high) = match self.followed {
            Followed::Stock(..) => STOCKS,
            Followed::Inside(_) => (0.0, INSIDE),
            Followed::Price(..) => return None,
        };
        let out = |value: &f64| (value - high).max(low - value);
        let furthest = self.years.iter().copied().max_by(|a, b| out(a).total_cmp(&out(b)))?;
        (out(&furthest) > 0.0).then_some(furthest)
    }
}

/// The baseline of a world: nothing happens for some years.
pub(crate) fn baseline(world: &World, library: &Path, years: usize) -> Result<Experiment, Problems> {
    let text = format!(
        "Scenario(id: \"drift\", name: \"Baseline\", status: hypothetical, as_of: \"{}\", world: \"{}\", \
         horizon: Years({years}), story: \"Nothing happens.\", events: [])",
        world.as_of, world.id
    );
    let source = Arc::new(Source { path: library.join("drift.ron"), text });
    let request = Request { strategies: Some(Vec::new()), ..Request::default() };
    load_in(world, &source, library, &request).map(|(experiment, _)| experiment)
}

/// Runs the baseline of a world and follows it. `library` is the folder of scenarios that the world is in.
///
/// # Errors
/// What keeps the world from running.
pub fn of(world: &World, library: &Path) -> Result<Vec<Drift>, Problems> {
    let experiment = baseline(world, library, YEARS)?;
    let settings = Settings { replicates: REPLICATES, seed: 1, uncertainty: Uncertainty::FULL };
    let ensemble = run(&experiment, settings, &|_| (), &AtomicBool::new(false));
    Ok(ensemble.map(|ensemble| follow(&experiment, &ensemble)).unwrap_or_default())
}

fn follow(experiment: &Experiment, ensemble: &Ensemble) -> Vec<Drift> {
    let (world, series) = (&experiment.world, &experiment.scope.series);
    let width = series.len();
    let weeks = |place: usize| -> Vec<f64> {
        let cells = (place..ensemble.bands[0].cells()).step_by(width);
        cells.map(|cell| ensemble.bands[0].quantiles(cell).p[2]).collect()
    };
    let by_year = |weeks: &[f64]| -> Vec<f64> {
        let years = weeks.chunks(52).take(YEARS);
        years.map(|year| year.iter().sum::<f64>() / year.len() as f64).collect()
    };
    let mut found = Vec::new();
    for (place, one) in series.iter().enumerate() {
        match one {
            Series::Cover(stage, region) => {
                let weeks = weeks(place);
                let over: Vec<f64> = weeks.iter().map(|w| w / weeks[0]).collect();
                let (stage, region) = (&world.stages[stage.at()].id, &world.regions[region.at()].id);
                let followed = Followed::Stock(stage.clone(), region.clone());
                found.push(Drift { followed, years: by_year(&over) });
            }
            Series::HomePrice(c) | Series::OutsidePrice(c) => {
                let home = matches!(one, Series::HomePrice(_));
                let there = if home { world.regions[world.home].id.clone() } else { "outside".to_owned() };
                let id = world.commodities[c.at()].id.clone();
                let years = by_year(&weeks(place));
                if let Some(outside) = series.iter().position(|s| *s == Series::OutsidePrice(*c))
                    && home
                    && exports_net(world, c.at())
                {
                    let outside = by_year(&weeks(outside));
                    let years =
                        years.iter().zip(&outside).map(|(inside, outside)| inside / outside).collect();
                    found.push(Drift { followed: Followed::Inside(id.clone()), years });
                }
                found.push(Drift { followed: Followed::Price(id, there), years });
            }
            _ => {}
        }
    }
    found
}

/// Whether the controlling country sells more of a commodity abroad than it buys there, at the reference level.
fn exports_net(world: &World, commodity: usize) -> bool {
    let network = &world.network;
    let mut net = 0.0;
    for link in &network.links {
        let output = &network.outputs[link.seller.at()];
        if output.commodity.at() != commodity {
            continue;
        }
        let home = |agent: usize| network.agents[agent].region.at() == world.home;
        let (from, to) = (home(output.agent.at()), home(network.inputs[link.buyer.at()].agent.at()));
        net += match (from, to) {
            (true, false) => link.base_flow,
            (false, true) => -link.base_flow,
            _ => 0.0,
        };
    }
    net > 0.0
}
