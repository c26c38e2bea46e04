//! Numbers that are drawn once a replicate, before they are drawn: parameters of the world, numbers of events and measures.

use super::Experiment;
use chokepoint_core::chance::Distribution;

/// An uncertain number of an event, under the name that addresses its draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// Name: `scenario/event/field` or `strategy/measure/field`.
    pub name: String,
    /// Distribution, in weeks or as a share.
    pub distribution: Distribution,
}

/// Size and timing of an event, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Timing {
    pub start: Uncertain,
    pub ramp: Uncertain,
    pub duration: Uncertain,
    pub recovery: Uncertain,
    pub magnitude: Uncertain,
    pub leakage: Uncertain,
    pub leakage_ramp: Uncertain,
    pub leakage_premium: Uncertain,
    /// How a licensing authority works; only a licence has one.
    pub regime: Option<RegimeTiming>,
}

/// A number that moves in a line from one value to another, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct PathTiming {
    pub from: Uncertain,
    pub to: Uncertain,
    pub ramp: Uncertain,
}

/// How a licensing authority works, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct RegimeTiming {
    pub processing: PathTiming,
    pub approval: PathTiming,
    pub refusal: Uncertain,
    pub validity: Uncertain,
}

impl Timing {
    /// Its numbers but its first day, which is the file's.
    fn numbers(&self) -> [&Uncertain; 7] {
        [
            &self.ramp,
            &self.duration,
            &self.recovery,
            &self.magnitude,
            &self.leakage,
            &self.leakage_ramp,
            &self.leakage_premium,
        ]
    }

    fn numbers_mut(&mut self) -> [&mut Uncertain; 7] {
        [
            &mut self.ramp,
            &mut self.duration,
            &mut self.recovery,
            &mut self.magnitude,
            &mut self.leakage,
            &mut self.leakage_ramp,
            &mut self.leakage_premium,
        ]
    }
}

impl Experiment {
    /// Names of what is drawn; of a licensing authority its terms are drawn too, but not named here.
    pub fn uncertain_names(&self) -> Vec<&str> {
        let parameters = self.world.parameters.keys().map(String::as_str);
        let numbers = self.timings.iter().flat_map(Timing::numbers);
        parameters.chain(numbers.map(|u| u.name.as_str())).collect()
    }

    /// Prior of a number.
    pub fn prior(&self, name: &str) -> Option<Distribution> {
        let parameter = self.world.parameters.get(name).map(|p| p.distribution);
        let mut numbers = self.timings.iter().flat_map(Timing::numbers);
        parameter.or_else(|| numbers.find(|u| u.name == name).map(|u| u.distribution))
    }

    /// Leaves everything to its prior; the file of fitted sets no longer counts as read.
    pub fn drop_posterior(&mut self) {
        if let Some(posterior) = self.world.posterior.take() {
            self.files.retain(|file| file.path != posterior.source.path);
        }
    }

    /// Sets a number, in place of what was fitted and of its prior.
    pub fn fix(&mut self, name: &str, value: f64) {
        if let Some(posterior) = &mut self.world.posterior {
            posterior.forget(name);
        }
        if let Some(parameter) = self.world.parameters.get_mut(name) {
            parameter.distribution = Distribution::Fixed(value);
        }
        let numbers = self.timings.iter_mut().flat_map(Timing::numbers_mut);
        numbers.filter(|u| u.name == name).for_each(|u| u.distribution = Distribution::Fixed(value));
    }
}
