//! What is on record of a crisis, and how each number of it is taken.

use crate::arms::Experiment;
use chokepoint_core::plan::Effect;
use chokepoint_core::time::Week;
use chokepoint_input::problem::Source;
use std::ops::Range;
use std::sync::Arc;

/// A crisis of the past.
#[derive(Clone, Debug)]
pub struct History {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
    /// The story.
    pub story: String,
    /// Id of the arm of the experiment that is held against the record.
    pub arm: String,
    /// What the naive forecast by elasticity takes: share kept, elasticity.
    pub naive: (f64, f64),
    /// What was shipped under the first quota in fact: from which week on, gross tonnes a week.
    pub realised: Vec<(Week, f64)>,
    /// Names of the numbers that a calibration fits.
    pub fitted: Vec<String>,
    /// The model with a mechanism taken out.
    pub variants: Vec<Variant>,
    /// What is on record.
    pub targets: Vec<Target>,
    /// Observed prices.
    pub prices: Vec<Observation>,
    /// Files that were read beside those of the experiment.
    pub files: Vec<Arc<Source>>,
}

/// The model with a mechanism taken out.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Id.
    pub id: String,
    /// What is taken out.
    pub name: String,
    /// Numbers that are set.
    pub set: Vec<(String, f64)>,
}

/// One number on record.
#[derive(Clone, Debug)]
pub struct Target {
    /// Id.
    pub id: String,
    /// In words.
    pub name: String,
    /// Whether a calibration may use it; what counts as a distance of one.
    pub fit: Option<f64>,
    /// Whether it was looked at while the model or the inputs of its scenario were built.
    pub seen: bool,
    /// How it is taken.
    pub statistic: Statistic,
    /// What is on record.
    pub observed: f64,
    /// Publication and year.
    pub source: String,
    /// Grade.
    pub grade: &'static str,
}

/// How a number is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// Mean price of a basket (commodity, weight) in the second window over that in the first.
    Multiple {
        /// Commodities with weights.
        basket: Vec<(usize, f64)>,
        /// Outside the controlling country, or at home.
        outside: bool,
        /// First window.
        from: Range<Week>,
        /// Second window.
        to: Range<Week>,
    },
    /// Months from the start of the window to the highest outside price, mean over commodities.
    MonthsToPeak {
        /// Commodities.
        prices: Vec<usize>,
        /// Window.
        within: Range<Week>,
    },
    /// Months from the highest outside price in the window until it has halved; to its end if it did not.
    MonthsToHalf {
        /// Commodities.
        prices: Vec<usize>,
        /// Window.
        within: Range<Week>,
    },
    /// Outside over home price as recorded.
    Gap {
        /// Commodity.
        price: usize,
        /// Window.
        over: Range<Week>,
        /// Factor on the home price.
        home_factor: f64,
    },
    /// What was shipped of goods on controlled trade in the window over the reference level.
    Exports {
        /// Goods with the regions that buy them and what they buy a week at the reference level, tonnes.
        flows: Vec<(usize, usize, f64)>,
        /// Window.
        over: Range<Week>,
    },
    /// Per cent by which what was shipped under the quota in the window differs from a tonnage.
    QuotaExports {
        /// Window.
        over: Range<Week>,
        /// Gross tonnes for the window.
        tonnes: f64,
    },
    /// Per cent by which what a region got under the quota changed.
    QuotaImports {
        /// Region.
        region: usize,
        /// First window.
        from: Range<Week>,
        /// Second window.
        to: Range<Week>,
    },
    /// Output of a stage in some regions in the second window over that in the first.
    Output {
        /// Stage.
        stage: usize,
        /// Regions.
        regions: Vec<usize>,
        /// First window.
        from: Range<Week>,
        /// Second window.
        to: Range<Week>,
    },
    /// One if all plants were built and one of them was idle by a week.
    Fails {
        /// Places of the plants among the agents.
        plants: Vec<usize>,
        /// Week.
        by: Week,
    },
}

impl Statistic {
    /// Unit as printed.
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Multiple { .. } | Self::Gap { .. } | Self::Output { .. } => "x",
            Self::MonthsToPeak { .. } | Self::MonthsToHalf { .. } => "months",
            Self::QuotaExports { .. } | Self::QuotaImports { .. } => "%",
            Self::Exports { .. } => "of usual",
            Self::Fails { .. } => "probability",
        }
    }

    /// Whether distances are taken in logs: of ratios.
    pub fn is_ratio(&self) -> bool {
        self.unit() == "x"
    }

    /// First week (exclusive) by which everything that it needs has happened.
    pub fn until(&self) -> Week {
        match self {
            Self::Multiple { to, .. } | Self::QuotaImports { to, .. } | Self::Output { to, .. } => to.end,
            Self::MonthsToPeak { within, .. } | Self::MonthsToHalf { within, .. } => within.end,
            Self::Gap { over, .. } | Self::QuotaExports { over, .. } | Self::Exports { over, .. } => over.end,
            Self::Fails { by, .. } => by + 1,
        }
    }
}

/// An observed price.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Commodity.
    pub commodity: usize,
    /// Whether it was paid outside the controlling country.
    pub outside: bool,
    /// Weeks that it is the mean of.
    pub weeks: Range<Week>,
    /// US dollars per kilogram, without value-added tax.
    pub usd_per_kg: f64,
    /// Publication.
    pub source: String,
}

impl History {
    /// Takes what was shipped under the quota as given: the allowance becomes what was shipped from the first day of the
    /// record on, and numbers about that are left out. Gives whether there is such a record.
    pub fn give_exports(&mut self, experiment: &mut Experiment) -> bool {
        let Some((first, _)) = self.realised.first() else { return false };
        for arm in &mut experiment.arms {
            let quota = arm.plan.events.iter_mut().find_map(|event| match &mut event.effect {
                Effect::Quota(rule) => Some(rule),
                _ => None,
            });
            if let Some(rule) = quota {
                rule.steps.retain(|(from, _)| from < first);
                rule.steps.extend(&self.realised);
            }
        }
        self.targets.retain(|target| !matches!(target.statistic, Statistic::QuotaExports { .. }));
        true
    }
}
