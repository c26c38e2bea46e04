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
    /// Day on which it becomes known, if before its first.
    pub known: Option<f64>,
    pub ramp: Uncertain,
    pub duration: Uncertain,
    pub recovery: Uncertain,
    pub magnitude: Uncertain,
    pub leakage: Uncertain,
    pub leakage_ramp: Uncertain,
    pub leakage_premium: Uncertain,
    pub carrying: Uncertain,
    /// How a licensing authority works; only a licence has one.
    pub regime: Option<RegimeTiming>,
    /// What it hangs on; missing: it starts on its day.
    pub trigger: Option<Trigger>,
}

/// What an event hangs on, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Place among the timings of the event after whose start it comes.
    pub after: Option<usize>,
    /// Weeks from there, or from its own day if that is later.
    pub delay: Uncertain,
    /// Weeks from then on within which it comes on a random day.
    pub within: f64,
    /// Name of the draw of that day.
    pub day: String,
    /// Name of the draw of whether it comes.
    pub comes: String,
    /// Probability that it comes at all.
    pub chance: Option<Uncertain>,
    /// Whether that is a rate per year of the window.
    pub yearly: bool,
}

/// Two numbers that are drawn together.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Name of the number that follows.
    pub one: String,
    /// Name of the number that it follows.
    pub other: String,
    /// Correlation of their normal scores.
    pub rho: f64,
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
    /// Names of its numbers that are drawn.
    pub(super) fn drawn(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let drawn = |u: &&Uncertain| !matches!(u.distribution, Distribution::Fixed(_));
        names.extend(self.numbers().into_iter().filter(drawn).map(|u| u.name.as_str()));
        if let Some(trigger) = &self.trigger {
            names.extend((trigger.within > 0.0).then_some(trigger.day.as_str()));
            names.extend(trigger.chance.is_some().then_some(trigger.comes.as_str()));
        }
        names
    }

    /// Its numbers but its first day, which is the file's.
    fn numbers(&self) -> Vec<&Uncertain> {
        let mut numbers = vec![
            &self.ramp,
            &self.duration,
            &self.recovery,
            &self.magnitude,
            &self.leakage,
            &self.leakage_ramp,
            &self.leakage_premium,
            &self.carrying,
        ];
        if let Some(regime) = &self.regime {
            numbers.extend([&regime.processing.from, &regime.processing.to, &regime.processing.ramp]);
            numbers.extend([&regime.approval.from, &regime.approval.to, &regime.approval.ramp]);
            numbers.extend([&regime.refusal, &regime.validity]);
        }
        if let Some(trigger) = &self.trigger {
            numbers.push(&trigger.delay);
            numbers.extend(&trigger.chance);
        }
        numbers
    }

    fn numbers_mut(&mut self) -> Vec<&mut Uncertain> {
        let mut numbers = vec![
            &mut self.ramp,
            &mut self.duration,
            &mut self.recovery,
            &mut self.magnitude,
            &mut self.leakage,
            &mut self.leakage_ramp,
            &mut self.leakage_premium,
            &mut self.carrying,
        ];
        if let Some(regime) = &mut self.regime {
            for path in [&mut regime.processing, &mut regime.approval] {
                numbers.extend([&mut path.from, &mut path.to, &mut path.ramp]);
            }
            numbers.extend([&mut regime.refusal, &mut regime.validity]);
        }
        if let Some(trigger) = &mut self.trigger {
            numbers.push(&mut trigger.delay);
            numbers.extend(&mut trigger.chance);
        }
        numbers
    }
}

impl Experiment {
    /// Names of what is drawn.
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
