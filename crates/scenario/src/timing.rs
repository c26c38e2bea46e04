//! When events come, how large they are and what they depend on, before it is drawn.

use chokepoint_core::chance::Distribution;
use chokepoint_core::draw::Regime;
use chokepoint_world::uncertain::Uncertain;

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
    pub diversion: Uncertain,
    pub carrying: Uncertain,
    /// How a licensing authority works; only a licence has one.
    pub regime: Option<Regime<Uncertain>>,
    /// What it depends on; missing: it starts on its day.
    pub trigger: Option<Trigger>,
}

/// What an event depends on, before it is drawn.
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

impl Timing {
    /// Names of its numbers that are drawn.
    pub(crate) fn drawn(&self) -> Vec<&str> {
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
    pub fn numbers(&self) -> Vec<&Uncertain> {
        let mut numbers = vec![
            &self.ramp,
            &self.duration,
            &self.recovery,
            &self.magnitude,
            &self.leakage,
            &self.leakage_ramp,
            &self.leakage_premium,
            &self.diversion,
            &self.carrying,
        ];
        if let Some(regime) = &self.regime {
            numbers.extend(regime.numbers());
        }
        if let Some(trigger) = &self.trigger {
            numbers.push(&trigger.delay);
            numbers.extend(&trigger.chance);
        }
        numbers
    }

    pub(crate) fn numbers_mut(&mut self) -> Vec<&mut Uncertain> {
        let mut numbers = vec![
            &mut self.ramp,
            &mut self.duration,
            &mut self.recovery,
            &mut self.magnitude,
            &mut self.leakage,
            &mut self.leakage_ramp,
            &mut self.leakage_premium,
            &mut self.diversion,
            &mut self.carrying,
        ];
        if let Some(regime) = &mut self.regime {
            numbers.extend(regime.numbers_mut());
        }
        if let Some(trigger) = &mut self.trigger {
            numbers.push(&mut trigger.delay);
            numbers.extend(&mut trigger.chance);
        }
        numbers
    }
}
