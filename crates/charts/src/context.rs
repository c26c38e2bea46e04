//! What the figures of a run are taken from.

use crate::locale::Named;
use crate::words::Credit;
use chokepoint_montecarlo::break_even::BreakEvenRow;
use chokepoint_montecarlo::runner::Ensemble;
use chokepoint_montecarlo::summary::Summary;
use chokepoint_scenario::Experiment;
use serde::{Deserialize, Serialize};

/// A finished run.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// Its results.
    pub ensemble: &'a Ensemble,
    /// Their summary.
    pub summary: &'a Summary,
    /// Whether strategies pay for themselves.
    pub break_even: &'a [BreakEvenRow],
    /// Digest of the run.
    pub digest: &'a str,
}

/// The weeks that a figure spans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// First day of each recorded week.
    pub days: Vec<String>,
    /// Recorded week of the first shock.
    pub shock: usize,
    /// First and last recorded week of the shocks, at central values; nothing without a shock.
    pub window: Option<(f64, f64)>,
    /// The scenario.
    pub scenario: Named,
}

impl Span {
    /// Number of weeks.
    pub fn weeks(&self) -> usize {
        self.days.len()
    }

    /// The years that begin within the weeks: week and label.
    pub fn years(&self) -> Vec<(f64, String)> {
        let year = |week: usize| self.days[week].split('-').next().unwrap_or_default();
        (1..self.weeks())
            .filter(|w| year(*w) != year(*w - 1))
            .map(|w| (w as f64, year(w).to_owned()))
            .collect()
    }
}

impl Context<'_> {
    /// The arm that is shown: the scenario without a strategy, or the baseline if nothing happens.
    pub fn arm(&self) -> usize {
        self.experiment.bare()
    }

    /// Width of a week's row of series.
    pub fn width(&self) -> usize {
        self.experiment.scope.series.len()
    }

    /// Recorded weeks.
    pub fn weeks(&self) -> usize {
        (self.experiment.arms[0].plan.weeks - self.experiment.scope.from) as usize
    }

    /// Recorded week of the first shock.
    pub fn shock(&self) -> usize {
        (self.experiment.scope.shock - self.experiment.scope.from) as usize
    }

    /// The scenario by id and title.
    pub fn scenario(&self) -> Named {
        Named::new(&self.summary.scenario, &self.summary.name)
    }

    /// A region by key and name.
    pub fn region(&self, region: usize) -> Named {
        let region = &self.experiment.world.regions[region];
        Named::new(&region.id, &region.name)
    }

    /// Commodity of a market.
    pub fn market(&self, market: usize) -> usize {
        self.experiment.arms[self.arm()].plan.markets[market].commodity.at()
    }

    /// Percentiles of a series, week by week.
    pub fn bands(&self, arm: usize, place: usize) -> Vec<[f64; 5]> {
        let bands = &self.ensemble.bands[arm];
        (0..self.weeks()).map(|w| bands.quantiles(w * self.width() + place).p.map(rounded)).collect()
    }

    /// The weeks that are recorded.
    pub fn span(&self) -> Span {
        let calendar = self.experiment.calendar();
        let from = self.experiment.scope.from;
        let days = (0..self.weeks()).map(|w| calendar.date(from + w as u32).to_string()).collect();
        Span { days, shock: self.shock(), window: self.shock_window(), scenario: self.scenario() }
    }

    fn shock_window(&self) -> Option<(f64, f64)> {
        let from = f64::from(self.experiment.scope.from);
        let events = &self.experiment.scenario.events;
        let mut window = (f64::INFINITY, f64::NEG_INFINITY);
        for event in events {
            let t = &self.experiment.timings[event.draw];
            let start = t.start.distribution.central();
            let length = t.ramp.distribution.central() + t.duration.distribution.central();
            window = (window.0.min(start - from), window.1.max(start + length - from));
        }
        (!events.is_empty()).then(|| (rounded(window.0), rounded(window.1.min(self.weeks() as f64))))
    }

    /// What stands under a figure.
    pub fn credit(&self) -> Credit {
        Credit {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            subject: self.scenario(),
            world: self.summary.world.clone(),
            replicates: self.summary.replicates,
            digest: self.digest.to_owned(),
        }
    }
}

/// Five significant digits: what a figure can show, and what a file of it holds.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.4e}").parse().expect("what was written as a number is read as one")
}
