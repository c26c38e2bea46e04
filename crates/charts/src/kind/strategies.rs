//! What each strategy changes: the numbers that several charts show.

use crate::context::{Context, rounded};
use crate::locale::{Locale, Named};
use crate::page::{Ink, Page};
use crate::theme;
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::pairing::{Finding, quantile, tail_mean};
use chokepoint_montecarlo::welfare::Verdict;
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Strategies of one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strategies {
    /// The scenario.
    pub scenario: Named,
    /// Replicates.
    pub n: usize,
    /// Loss without a strategy.
    pub none: Loss,
    /// Strategies, the one that avoids most at the median first.
    pub rows: Vec<Strategy>,
}

/// Value added lost against the same replicates without the shock, US dollars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loss {
    /// 5th, 25th, 50th, 75th and 95th percentile.
    pub p: [f64; 5],
    /// Mean of the worst twentieth.
    pub tail: f64,
}

/// One strategy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strategy {
    /// Id and title.
    pub strategy: Named,
    /// Loss with it.
    pub loss: Loss,
    /// Change of the loss on the same replicates: lower end of the 95 % interval, median, upper end.
    pub change: [f64; 3],
    /// 5th and 95th percentile of the change.
    pub spread: (f64, f64),
    /// Share of replicates in which less is lost.
    pub better: f64,
    /// What may be said of it.
    pub finding: Finding,
    /// What having it costs all regions in a replicate without the shock, present value: low, mean, high. Nothing if unknown.
    pub baseline_cost: Option<[f64; 3]>,
    /// Whether it pays for itself.
    pub pays: Option<Pays>,
}

/// Whether a strategy pays for itself, over all regions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pays {
    /// Whatever happens, by the means; the 95 % interval of the yearly probability: 0 where it pays off without a shock, 1 where it does not break even.
    Anyway([f64; 2]),
    /// However likely the shock is, by the means; likewise.
    Never([f64; 2]),
    /// It neither costs nor helps.
    NoEffect,
    /// From a yearly probability of the shock on: low, central, high.
    From([f64; 3]),
}

impl Strategies {
    /// Takes them from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
        let place = context.ensemble.place(&all);
        let loss = |arm: usize| {
            let mut values = context.ensemble.by_the_shock(context.experiment, arm, place);
            let tail = rounded(tail_mean(&values));
            values.sort_unstable_by(f64::total_cmp);
            Loss { p: [0.05, 0.25, 0.5, 0.75, 0.95].map(|level| rounded(quantile(&values, level))), tail }
        };
        let row = |effect: &chokepoint_montecarlo::summary::StrategyEffect| {
            let arm = context.experiment.arms.iter().position(|a| a.id == effect.strategy)?;
            let numbers = context
                .break_even
                .iter()
                .find(|b| b.region.is_none() && b.strategy == effect.strategy)
                .map(|b| &b.numbers);
            let (low, high) = effect.interval;
            Some(Strategy {
                strategy: Named::new(&effect.strategy, &effect.name),
                loss: loss(arm),
                change: [low, effect.median_change, high].map(rounded),
                spread: (rounded(effect.range.0), rounded(effect.range.1)),
                better: rounded(effect.share_better),
                finding: effect.finding,
                baseline_cost: numbers.map(|n| [n.cost.1, n.cost.0, n.cost.2].map(rounded)),
                pays: numbers.map(|n| match n.verdict {
                    Verdict::PaysAnyway => Pays::Anyway([n.yearly.0, n.yearly.1].map(rounded)),
                    Verdict::Never => Pays::Never([n.yearly.0, n.yearly.1].map(rounded)),
                    Verdict::NoEffect => Pays::NoEffect,
                    Verdict::Above { yearly, .. } => {
                        Pays::From([n.yearly.0, yearly, n.yearly.1].map(rounded))
                    }
                }),
            })
        };
        Self {
            scenario: context.scenario(),
            n: context.ensemble.settings.replicates as usize,
            none: loss(context.arm()),
            rows: context.summary.strategies.iter().filter_map(row).collect(),
        }
    }

    /// The strategy that avoids most at the median, if it is distinguishable from no strategy.
    pub fn best(&self) -> Option<&Strategy> {
        let clear = self.rows.iter().filter(|s| s.finding == Finding::Lower);
        clear.min_by(|a, b| a.change[1].total_cmp(&b.change[1]))
    }

    /// Every number, tidy.
    pub fn csv(&self) -> String {
        let mut text = "scenario,strategy,unit,n,loss_p5,loss_p25,loss_p50,loss_p75,loss_p95,loss_worst_twentieth,change_p50,change_ci_low,change_ci_high,change_p5,change_p95,share_better,finding,baseline_cost,baseline_cost_low,baseline_cost_high,pays,yearly_probability,yearly_low,yearly_high\n".to_owned();
        let loss = |l: &Loss| {
            let p = l.p;
            format!("{},{},{},{},{},{}", p[0], p[1], p[2], p[3], p[4], l.tail)
        };
        let (scenario, n) = (&self.scenario.id, self.n);
        let _ = writeln!(text, "{scenario},none,USD,{n},{},,,,,,,,,,,,,,", loss(&self.none));
        for row in &self.rows {
            let [low, middle, high] = row.change;
            let cost = row.baseline_cost.map_or_else(|| ",,".to_owned(), |[l, m, h]| format!("{m},{l},{h}"));
            let pays = match row.pays {
                None => ",,,".to_owned(),
                Some(Pays::Anyway([l, h])) => format!("pays off without a shock,,{l},{h}"),
                Some(Pays::Never([l, h])) => format!("does not break even,,{l},{h}"),
                Some(Pays::NoEffect) => "no effect,,,".to_owned(),
                Some(Pays::From([l, m, h])) => format!("above,{m},{l},{h}"),
            };
            let _ = writeln!(
                text,
                "{scenario},{},USD,{n},{},{middle},{low},{high},{},{},{},{},{cost},{pays}",
                row.strategy.id,
                loss(&row.loss),
                row.spread.0,
                row.spread.1,
                row.better,
                row.finding.words()
            );
        }
        text
    }
}

impl Strategy {
    /// Its colour: grey where nothing clear is said of it.
    pub fn colour(&self) -> RGBColor {
        match self.finding {
            Finding::Lower | Finding::Higher => theme::SERIES[5],
            Finding::NoEffect | Finding::Unclear => theme::BASELINE,
        }
    }

    /// Its title in a language.
    pub fn name(&self, locale: &Locale) -> String {
        locale.strategy(&self.strategy)
    }
}

/// What is said of a finding.
pub fn finding(locale: &Locale, finding: Finding) -> String {
    let id = match finding {
        Finding::NoEffect => "finding-no-effect",
        Finding::Unclear => "finding-unclear",
        Finding::Lower => "finding-lower",
        Finding::Higher => "finding-higher",
    };
    locale.say(id, &[])
}

/// A note that some rows are in the table only.
pub fn note_of_rest(locale: &Locale, shown: usize, all: usize) -> Option<String> {
    (shown < all).then(|| locale.count("rows-left-out", all - shown, &[]))
}

/// Where a figure has no row to show.
pub fn empty(page: &Page<'_>, locale: &Locale) -> Result<(), crate::words::ChartError> {
    let at = ((page.body.left + page.body.right) / 2, (page.body.top + page.body.bottom) / 2);
    page.text(&locale.say("no-strategies", &[]), at, Ink::LABEL.middle().colour(theme::GREY))
}
