//! The model as a function of its uncertain numbers: points of the unit cube in, one outcome each out.

use super::draws::Purpose;
use crate::names::Names;
use crate::outcomes::{Outcome, OutcomeKind, list};
use crate::replicates::Uncertainty;
use crate::runner::{ArmRun, Interrupted, Settings, each};
use chokepoint_core::chance::{Chance, Distribution, Entity, Stream};
use chokepoint_core::id::to_u32;
use chokepoint_core::time::NEVER;
use chokepoint_scenario::Experiment;
use chokepoint_world::posterior::{Posterior, Take};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Points that run at a time: results are kept of the outcome alone.
const CHUNK: usize = 512;
/// How near a prior's ends a point may come, as a quantile: a log-normal has none.
const EDGE: f64 = 0.01;
/// Random variation stays out, so that what moves is what was moved.
const UNCERTAINTY: Uncertainty = Uncertainty { variation: false, parameters: false, trends: true };

/// What is asked: which outcome, of which arm against which.
#[derive(Clone, Debug)]
pub struct Study {
    experiment: Experiment,
    /// Names of the factors.
    pub names: Vec<String>,
    /// Their priors.
    pub priors: Vec<Distribution>,
    /// The outcome that is asked for.
    pub outcome: Outcome,
    /// Its place among the outcomes.
    place: usize,
    arm: usize,
    against: Option<usize>,
    seed: u64,
}

/// The outcomes that can be asked for, as `measure`, `measure/REGION`, `measure/REGION/sector`, `measure/commodity`.
pub fn outcome_names(experiment: &Experiment) -> Vec<String> {
    list(experiment).iter().map(|o| label(experiment, o)).collect()
}

fn label(experiment: &Experiment, o: &Outcome) -> String {
    let names = Names(experiment);
    let mut parts = vec![o.measure.name()];
    parts.extend(o.region.map(|r| names.region(Some(r))));
    parts.extend(o.sector.map(|s| names.sector(Some(s))));
    parts.extend(o.item.map(|c| names.item(Some(c))));
    parts.join("/")
}

/// Whether a measure is a time in weeks, which may never come.
fn is_time(measure: OutcomeKind) -> bool {
    matches!(
        measure,
        OutcomeKind::FirstStop
            | OutcomeKind::WeeksToPeak
            | OutcomeKind::WeeksToHalf
            | OutcomeKind::FirstNewOutput
    )
}

impl Study {
    /// The loss of a scenario, or what its only strategy changes of it; `None` if there is no such outcome.
    pub fn new(mut experiment: Experiment, outcome: &str, seed: u64) -> Option<Self> {
        let outcomes = list(&experiment);
        let place = outcomes.iter().position(|o| label(&experiment, o) == outcome)?;
        let outcome = outcomes[place].clone();
        // every number is drawn from its own prior: what was fitted together cannot be moved one by one
        experiment.drop_posterior();
        let strategy = experiment.arms.iter().position(|a| a.strategy.is_some() && a.shocked);
        let none = experiment.bare();
        // prices and times are reported as they are, sums against the same replicate without the shock
        let sum = !is_time(outcome.measure) && outcome.measure != OutcomeKind::PricePeak;
        let (arm, against) = match strategy {
            Some(strategy) => (strategy, Some(none)),
            None => (none, (sum && none != 0).then_some(0)),
        };
        let names = experiment.uncertain_names();
        let mut factors: Vec<(String, Distribution)> = Vec::new();
        for name in names {
            let Some(prior) = experiment.prior(name) else { continue };
            if prior.range().0 < prior.range().1 && !factors.iter().any(|(known, _)| known == name) {
                factors.push((name.to_owned(), prior));
            }
        }
        let kept: Vec<usize> = against.into_iter().chain([arm]).collect();
        experiment.arms = kept.iter().map(|a| experiment.arms[*a].clone()).collect();
        let (names, priors) = factors.into_iter().unzip();
        let arm = kept.len() - 1;
        Some(Self { experiment, names, priors, outcome, place, arm, against: (arm > 0).then_some(0), seed })
    }

    /// Unit of the outcome.
    pub fn unit(&self) -> &'static str {
        self.outcome.measure.unit()
    }

    /// Keeps only some factors; the others stay central.
    pub fn keep(&mut self, places: &[usize]) {
        self.names = places.iter().map(|p| self.names[*p].clone()).collect();
        self.priors = places.iter().map(|p| self.priors[*p]).collect();
    }

    /// The value of a factor at a place in the unit interval.
    pub fn value(&self, factor: usize, u: f64) -> f64 {
        self.priors[factor].quantile(u.clamp(EDGE, 1.0 - EDGE))
    }

    /// Draws for designs and resamples.
    pub fn chance(&self) -> impl Fn(u32, u32, u32) -> f64 + use<> {
        let seed = self.seed;
        let entities: Vec<Entity> = (0..=Purpose::Rows as u32)
            .map(|stream| Entity::named(&format!("sensitivity/{stream}")))
            .collect();
        move |stream, row, column| {
            Chance::new(seed, row).uniform(Stream::Design, entities[stream as usize], column)
        }
    }

    /// Runs the model at points of the unit cube: one outcome each.
    pub fn evaluate(
        &self,
        points: &[Vec<f64>],
        progress: &(dyn Fn(u32) + Sync),
        stop: &AtomicBool,
    ) -> Result<Vec<f64>, Interrupted> {
        let mut outcomes = Vec::with_capacity(points.len());
        let mut experiment = self.experiment.clone();
        for chunk in points.chunks(CHUNK) {
            let values = |point: &Vec<f64>| -> Vec<f64> {
                point.iter().enumerate().map(|(factor, u)| self.value(factor, *u)).collect()
            };
            experiment.world.posterior = Some(Posterior {
                id: "design".to_owned(),
                names: self.names.clone(),
                sets: chunk.iter().map(values).collect(),
                take: Take::InTurn,
                source: Arc::clone(&experiment.files[0]),
            });
            let replicates = to_u32(chunk.len());
            let settings = Settings { replicates, seed: self.seed, uncertainty: UNCERTAINTY };
            let done = to_u32(outcomes.len());
            let take = |_: u32, run: &ArmRun| self.taken(run);
            let arms = each(&experiment, settings, &|n| progress(done + n), stop, &take)?;
            outcomes.extend(
                (0..chunk.len())
                    .map(|k| arms[self.arm][k] - self.against.map_or(0.0, |other| arms[other][k])),
            );
        }
        Ok(outcomes)
    }

    /// The outcome of a replicate; what never happened counts as the end of the run.
    fn taken(&self, run: &ArmRun) -> f64 {
        let value = run.outcomes[self.place];
        let scope = &self.experiment.scope;
        let most = f64::from(self.experiment.arms[self.arm].plan.weeks - scope.shock);
        // only times can be "never": a sum of money may be as large
        if is_time(self.outcome.measure) && value >= NEVER * 0.5 { most } else { value }
    }
}
