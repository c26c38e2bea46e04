//! What became of plants.

use crate::names::{Names, number, short, time};
use crate::pairing::spread;
use crate::plants::PlantRun;
use crate::runner::Ensemble;
use chokepoint_core::time::{NEVER, happened};
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// `plants.csv`: what became of every project, and of every other plant that was idle or closed.
pub fn plants(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let names = Names(experiment);
    let mut text = "arm,plant,name,stage,region,project,n,share_built,share_in_output,first_output_p5,first_output_p50,first_output_p95,share_idled,share_closed,capacity_p5,capacity_p50,capacity_p95\n".to_owned();
    for (arm, info) in experiment.arms.iter().enumerate() {
        for a in 0..experiment.network.ventures.len() {
            let runs: Vec<PlantRun> = ensemble.plants[arm].iter().map(|run| run[a]).collect();
            let agent = &experiment.network.agents[a];
            let project = agent.base_activity == 0.0;
            let share = |f: &dyn Fn(&PlantRun) -> f32| {
                let some = runs.iter().filter(|r| happened(f64::from(f(r)))).count();
                some as f64 / runs.len().max(1) as f64
            };
            let (idled, closed) = (share(&|r| r.first_idle), share(&|r| r.closed));
            let built = share(&|r| r.decided);
            if !project && idled == 0.0 && closed == 0.0 {
                continue;
            }
            let first: Vec<f64> = runs
                .iter()
                .map(|r| f64::from(r.first_output))
                .filter(|week| project && happened(*week))
                .collect();
            let share_first = if project { first.len() as f64 / runs.len().max(1) as f64 } else { 1.0 };
            let when = if first.is_empty() { (NEVER, NEVER, NEVER) } else { spread(&first) };
            let capacity = spread(&runs.iter().map(|r| f64::from(r.capacity)).collect::<Vec<f64>>());
            let name = experiment.agents[a].name.replace('"', "'");
            let _ = writeln!(
                text,
                "{},{},\"{name}\",{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                info.id,
                experiment.agents[a].id,
                experiment.world.stages[agent.stage.at()].id,
                names.region(Some(agent.region.at())),
                if project { "yes" } else { "no" },
                runs.len(),
                short(built),
                short(share_first),
                time(when.0),
                time(when.1),
                time(when.2),
                short(idled),
                short(closed),
                number(capacity.0),
                number(capacity.1),
                number(capacity.2)
            );
        }
    }
    text
}
