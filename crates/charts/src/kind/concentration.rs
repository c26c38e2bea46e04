//! Chart 15: concentration of each stage over countries, with the thresholds of competition law and the largest share.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::Page;
use crate::plot::{self, Scale, band};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::Series;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Moderately and highly concentrated (US merger guidelines of 2010).
const THRESHOLDS: [f64; 2] = [1500.0, 2500.0];
/// The index of a single country.
const MOST: f64 = 10_000.0;
/// The cap on one country's share that is talked of.
const CAP: f64 = 0.65;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    span: Span,
    stages: Vec<StageShares>,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StageShares {
    stage: Named,
    /// 5th, 50th and 95th percentile of the index, 0 to 10,000, by week.
    index: Vec<[f64; 3]>,
    /// Median share of the largest country in the last quarter before the shock, and of the horizon.
    largest: (f64, f64),
}

impl StageShares {
    fn ends(&self) -> (f64, f64) {
        (self.index.first().map_or(0.0, |i| i[1]), self.index.last().map_or(0.0, |i| i[1]))
    }
}

impl Concentration {
    /// Takes them from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let world = &context.experiment.world;
        let series = &context.experiment.scope.series;
        let shock = context.shock();
        let of = |(place, s): (usize, &Series)| {
            let Series::Concentration(stage) = s else { return None };
            let id = &world.stages[stage.at()].id;
            let index = |c: [f64; 5]| [c[0], c[2], c[4]].map(|v| rounded(MOST * v));
            let share = series.iter().position(|s| matches!(s, Series::LargestShare(x) if x == stage))?;
            let share: Vec<f64> = context.bands(context.arm(), share).iter().map(|c| c[2]).collect();
            let mean = |weeks: &[f64]| rounded(weeks.iter().sum::<f64>() / weeks.len().max(1) as f64);
            Some(StageShares {
                stage: Named::new(id, id),
                index: context.bands(context.arm(), place).into_iter().map(index).collect(),
                largest: (
                    mean(&share[shock.saturating_sub(13)..shock.max(1)]),
                    mean(&share[share.len().saturating_sub(13)..]),
                ),
            })
        };
        let stages = series.iter().enumerate().filter_map(of).collect();
        Self { span: context.span(), stages }
    }
}

impl ChartKind for Concentration {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.span.scenario);
        let above = self.stages.iter().filter(|s| s.largest.1 > CAP).count();
        let most = self.stages.iter().max_by(|a, b| a.largest.1.total_cmp(&b.largest.1));
        let cap = locale.per_cent_round(CAP);
        let title = match most {
            Some(stage) => {
                let name = locale.name("stage", &stage.stage);
                let share = locale.per_cent_round((100.0 * stage.largest.1).round() / 100.0);
                locale.count(
                    "concentration-title",
                    above,
                    &[("stage", &name), ("share", &share), ("cap", &cap)],
                )
            }
            None => locale.say("concentration-title-none", &[]),
        };
        let each: Vec<String> = self
            .stages
            .iter()
            .map(|s| {
                let (from, to) = s.ends();
                let name = locale.name("stage", &s.stage);
                let (from, to) = (locale.number(from, 0), locale.number(to, 0));
                let share = locale.per_cent_round((100.0 * s.largest.1).round() / 100.0);
                locale.say(
                    "concentration-each",
                    &[("stage", &name), ("from", &from), ("to", &to), ("share", &share)],
                )
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.say("concentration-subtitle", &[("scenario", &scenario)]),
            alternative: locale.count("concentration-alternative", above, &[("cap", &cap)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "date,stage,unit,p5,p50,p95\n".to_owned();
        for stage in &self.stages {
            for (day, [low, middle, high]) in self.span.days.iter().zip(&stage.index) {
                let _ = writeln!(text, "{day},{},HHI 0 to 10000,{low},{middle},{high}", stage.stage.id);
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let (columns, most) = match size.room() {
            Room::Wide => (4, 8),
            Room::Middle => (3, 9),
            Room::Narrow => (2, 4),
        };
        // a small figure shows the most concentrated
        let mut shown: Vec<&StageShares> = self.stages.iter().collect();
        if shown.len() > most {
            shown.sort_by(|a, b| b.largest.1.total_cmp(&a.largest.1));
            shown.truncate(most);
        }
        let columns = columns.min(shown.len().max(1));
        let cells = page.body.grid(columns, shown.len().div_ceil(columns), (size.em(0.8), size.em(0.3)));
        let marks: Vec<(f64, String)> =
            [0.0, 5000.0, MOST].iter().map(|m| (*m, locale.number(*m, 0))).collect();
        for (stage, cell) in shown.iter().zip(cells) {
            let share = locale.per_cent_round((100.0 * stage.largest.1).round() / 100.0);
            let name = locale.name("stage", &stage.stage);
            let plot = plot::Panel {
                heading: &locale.say("concentration-heading", &[("stage", &name), ("share", &share)]),
                weeks: self.span.weeks(),
                years: self.span.years(),
                window: self.span.window,
                y: Scale::linear(0.0, MOST),
                marks: marks.clone(),
                aside: size.em(0.4),
            }
            .draw(page, cell)?;
            for threshold in THRESHOLDS {
                let y = plot.up(threshold);
                page.dashes(vec![(plot.rect.left, y), (plot.rect.right, y)], theme::BASELINE, 1.0)?;
            }
            let hue = if stage.largest.1 > CAP { theme::SERIES[1] } else { theme::SERIES[0] };
            let curve = |level: usize| plot.weekly(stage.index.iter().map(|i| i[level]));
            page.area(band(&curve(2), &curve(0)), theme::tint(hue, 0.2))?;
            page.line(curve(1), hue, 4.0)?;
        }
        Ok(())
    }
}
