//! What became of plants: which projects were built, when they first made something, who was idle, who closed.

use chokepoint_core::lanes::Lane;
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::plants::PlantOutcome;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_core::time::{NEVER, happened};
use chokepoint_scenario::Experiment;

/// What is kept of a plant in a replicate. Weeks count from the first shock.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PlantRun {
    /// Week in which capacity was first added; [`NEVER`] if none was.
    pub decided: f32,
    /// Week of the first output, if it was not there at the reference level; [`NEVER`] if there was none.
    pub first_output: f32,
    /// Week in which it first was idle; [`NEVER`] if it never did.
    pub first_idle: f32,
    /// Week in which it closed; [`NEVER`] if it did not.
    pub closed: f32,
    /// Capacity at the end over that at the reference level, or over what a project is built for.
    pub capacity: f32,
}

/// Weeks from the start of the calendar to the first shock.
fn shock(experiment: &Experiment) -> f64 {
    f64::from(experiment.scope.shock) - f64::from(SPIN_UP_WEEKS)
}

fn since(experiment: &Experiment, week: f64) -> f64 {
    if happened(week) { week - shock(experiment) } else { NEVER }
}

/// All plants of one lane.
pub(crate) fn kept<L: Lane>(experiment: &Experiment, tally: &Tally<'_, L>, lane: usize) -> Vec<PlantRun> {
    let of = |(a, plant): (usize, &PlantOutcome<L>)| PlantRun {
        decided: since(experiment, plant.decided.lane(lane)) as f32,
        first_output: since(experiment, plant.first_output.lane(lane)) as f32,
        first_idle: since(experiment, plant.first_idle.lane(lane)) as f32,
        closed: since(experiment, plant.closed.lane(lane)) as f32,
        capacity: (plant.installed.lane(lane) / experiment.network.agents[a].capacity.max(1e-300)) as f32,
    };
    tally.plants.iter().enumerate().map(of).collect()
}

/// Places of the projects among the facilities.
pub(crate) fn projects(experiment: &Experiment) -> impl Iterator<Item = usize> + '_ {
    let n = experiment.network.ventures.len();
    (0..n).filter(|a| experiment.network.agents[*a].base_activity == 0.0)
}

/// Weeks from the shock to the first output of a project outside the controlling country that was decided after the shock.
pub(crate) fn first_new_output<L: Lane>(experiment: &Experiment, tally: &Tally<'_, L>, lane: usize) -> f64 {
    projects(experiment)
        .filter(|a| experiment.network.agents[*a].region != experiment.scope.home)
        .map(|a| &tally.plants[a])
        .filter(|plant| plant.decided.lane(lane) >= shock(experiment))
        .map(|plant| since(experiment, plant.first_output.lane(lane)))
        .fold(NEVER, f64::min)
}

/// Share of the projects that made something and later was idle.
pub(crate) fn entrants_idled<L: Lane>(experiment: &Experiment, tally: &Tally<'_, L>, lane: usize) -> f64 {
    let (mut entered, mut idled) = (0.0, 0.0);
    for a in projects(experiment) {
        let plant = &tally.plants[a];
        if happened(plant.first_output.lane(lane)) {
            entered += 1.0;
            idled += f64::from(u8::from(happened(plant.first_idle.lane(lane))));
        }
    }
    idled / f64::max(entered, 1.0)
}
