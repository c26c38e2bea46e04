//! Chart 13: the share of lines that have not yet stopped, week by week, without and with strategies.

use crate::context::{Context, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page};
use crate::plot::{Plot, Scale, apart, beside};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::network::Role;
use chokepoint_core::time::happened;
use chokepoint_scenario::NO_STRATEGY;
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Strategies beside none.
const MOST: usize = 4;
/// Weeks that are shown at most: what stops later stops for another reason.
const WEEKS: usize = 104;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survival {
    scenario: Named,
    /// Final producers' lines outside the controlling country.
    lines: usize,
    /// Replicates.
    n: usize,
    arms: Vec<Arm>,
}

/// One arm: no strategy first, then the strategies that keep most lines running.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Arm {
    strategy: Option<Named>,
    /// Share of lines that have not stopped by the end of each week since the shock: mean, 5th and 95th percentile over
    /// replicates.
    running: Vec<[f64; 3]>,
}

impl Survival {
    /// Takes them from a run; nothing without a shock.
    pub fn of(context: &Context<'_>) -> Option<Self> {
        let experiment = context.experiment;
        let none = experiment.no_strategy()?;
        let home = experiment.world.home;
        let abroad = |place: &usize| {
            let agent = &experiment.network.agents[context.ensemble.lines[*place]];
            matches!(agent.role, Role::Producer(_)) && agent.region.at() != home
        };
        let lines: Vec<usize> = (0..context.ensemble.lines.len()).filter(abroad).collect();
        let weeks = WEEKS.min(context.weeks() - context.shock());
        let running = |arm: usize| -> Vec<[f64; 3]> {
            // [replicate][week]: share of lines without a stop so far
            let draw: Vec<Vec<f64>> = context
                .ensemble
                .stops_by_the_shock(arm)
                .iter()
                .map(|stops| {
                    let mut stopped = vec![0.0; weeks];
                    for place in &lines {
                        let first = f64::from(stops[*place].first);
                        if happened(first) && (first as usize) < weeks {
                            stopped[first as usize] += 1.0;
                        }
                    }
                    let mut left = lines.len() as f64;
                    let of = |gone: &f64| {
                        left -= gone;
                        left / lines.len().max(1) as f64
                    };
                    stopped.iter().map(of).collect()
                })
                .collect();
            let at = |week: usize| {
                let values: Vec<f64> = draw.iter().map(|f| f[week]).collect();
                let (low, _, high) = chokepoint_montecarlo::pairing::spread(&values);
                let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
                [low, mean, high].map(rounded)
            };
            (0..weeks).map(at).collect()
        };
        let strategies =
            experiment.arms.iter().enumerate().filter(|(_, a)| a.shocked && a.strategy.is_some());
        let mut arms: Vec<Arm> = strategies
            .map(|(arm, info)| Arm {
                strategy: Some(Named::new(&info.id, &info.name)),
                running: running(arm),
            })
            .collect();
        arms.sort_by(|a, b| b.last().total_cmp(&a.last()));
        arms.truncate(MOST);
        arms.insert(0, Arm { strategy: None, running: running(none) });
        let n = context.ensemble.settings.replicates as usize;
        Some(Self { scenario: context.scenario(), lines: lines.len(), n, arms })
    }
}

impl Arm {
    /// Mean share that still runs in the last week.
    fn last(&self) -> f64 {
        self.running.last().map_or(1.0, |r| r[1])
    }

    fn name(&self, locale: &Locale) -> String {
        self.strategy.as_ref().map_or_else(|| locale.say("no-strategy", &[]), |s| locale.strategy(s))
    }

    fn colour(&self, place: usize) -> RGBColor {
        if self.strategy.is_some() { theme::SERIES[place - 1] } else { theme::BASELINE }
    }
}

impl ChartKind for Survival {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.scenario);
        let whole = |share: f64| locale.per_cent_round((100.0 * share).round() / 100.0);
        let none = self.arms[0].last();
        let weeks = self.arms[0].running.len().to_string();
        let stopped = whole(1.0 - none);
        let best = self.arms.iter().skip(1).max_by(|a, b| a.last().total_cmp(&b.last()));
        let title = match best.filter(|b| b.last() > none + 0.01) {
            Some(best) => locale.say(
                "survival-title",
                &[
                    ("stopped", &stopped),
                    ("strategy", &best.name(locale)),
                    ("with", &whole(1.0 - best.last())),
                    ("weeks", &weeks),
                ],
            ),
            None if none > 0.995 => locale.say("survival-title-none", &[("weeks", &weeks)]),
            None => locale.say("survival-title-alone", &[("stopped", &stopped), ("weeks", &weeks)]),
        };
        let each: Vec<String> = self
            .arms
            .iter()
            .map(|arm| {
                let value = locale.say("survival-each", &[("share", &whole(arm.last()))]);
                locale.say("row-each", &[("name", &arm.name(locale)), ("value", &value)])
            })
            .collect();
        let lines = locale.number(self.lines as f64, 0);
        Words {
            title: capital(&title),
            subtitle: locale.count(
                "survival-subtitle",
                self.n,
                &[("lines", &lines), ("scenario", &scenario)],
            ),
            alternative: locale.say("survival-alternative", &[("stopped", &stopped), ("weeks", &weeks)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "strategy,week,unit,lines,mean,p5,p95\n".to_owned();
        for arm in &self.arms {
            let id = arm.strategy.as_ref().map_or(NO_STRATEGY, |s| s.id.as_str());
            for (week, [low, mean, high]) in arm.running.iter().enumerate() {
                let _ = writeln!(text, "{id},{week},share of lines,{},{mean},{low},{high}", self.lines);
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let narrow = size.room() == Room::Narrow;
        let shown = &self.arms[..self.arms.len().min(if narrow { 3 } else { MOST + 1 })];
        let aside = if narrow { size.em(0.8) } else { page.body.width() * 3 / 10 };
        let marks: Vec<(f64, String)> =
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|m| (m, locale.per_cent_round(m))).to_vec();
        let rect = page.body.inset(beside(page, &marks), size.em(0.6), aside, size.em(3.0));
        let weeks = self.arms[0].running.len() as f64;
        let plot = Plot::new(page, rect, Scale::linear(0.0, weeks), Scale::linear(0.0, 1.0));
        plot.marks_up(&marks)?;
        let quarters: Vec<(f64, String)> =
            (0..=self.arms[0].running.len() / 13).map(|q| (13.0 * q as f64, (13 * q).to_string())).collect();
        plot.marks_across(&quarters, false)?;
        plot.base()?;
        let below = (rect.right, rect.bottom + size.em(2.4));
        page.text(&locale.say("survival-across", &[]), below, Ink::LABEL.right().colour(theme::GREY))?;
        // steps: a line that stops in a week is gone from its beginning on
        let steps = |level: usize, arm: &Arm| {
            let mut path = vec![(0.0, 1.0)];
            for (week, r) in arm.running.iter().enumerate() {
                let before = path.last().map_or(1.0, |p| p.1);
                path.extend([(week as f64, before), (week as f64, r[level])]);
            }
            plot.points(path.into_iter())
        };
        let none = &self.arms[0];
        page.area(crate::plot::band(&steps(2, none), &steps(0, none)), theme::tint(theme::BASELINE, 0.2))?;
        for (place, arm) in shown.iter().enumerate().rev() {
            page.line(steps(1, arm), arm.colour(place), if place == 0 { 5.0 } else { 3.0 })?;
        }
        if narrow {
            return Ok(());
        }
        let mut heights: Vec<i32> = shown.iter().map(|arm| plot.up(arm.last())).collect();
        apart(&mut heights, size.em(1.3), rect.top);
        for ((place, arm), y) in shown.iter().enumerate().zip(heights) {
            let left = rect.right + size.em(0.5);
            page.dot((left + size.em(0.3), y), size.em(0.3), arm.colour(place), true)?;
            let name = page.cut(&arm.name(locale), Ink::LABEL, aside - size.em(1.6));
            page.text(&name, (left + size.em(1.0), y), Ink::LABEL)?;
        }
        Ok(())
    }
}
