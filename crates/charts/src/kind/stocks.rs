//! Chart 14: days of cover by stage in the region that loses most.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::Page;
use crate::plot::{self, Mark, Scale, band, key, key_height, ticks};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::Series;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Share of the cover before the shock that has to go for a stock to count as run down.
const CLEAR: f64 = 0.1;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stocks {
    span: Span,
    region: Named,
    stages: Vec<StageStocks>,
}

/// What the buyers of one stage hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StageStocks {
    stage: Named,
    /// 5th, 50th and 95th percentile of the days of use in stock, by week.
    days: Vec<[f64; 3]>,
    /// Median without the shock.
    baseline: Vec<f64>,
}

impl Stocks {
    /// Takes them from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let key = context.summary.by_region.first().map_or("", |(key, _)| key.as_str());
        let world = &context.experiment.world;
        let region =
            world.regions.iter().position(|r| r.id == key).expect("the summary names regions of the world");
        let series = context.experiment.scope.series.iter().enumerate();
        let of = |(place, series): (usize, &Series)| {
            let Series::Cover(stage, there) = series else { return None };
            let id = &world.stages[stage.at()].id;
            let days = |c: [f64; 5]| [c[0], c[2], c[4]].map(|weeks| rounded(7.0 * weeks));
            (there.at() == region).then(|| StageStocks {
                stage: Named::new(id, id),
                days: context.bands(context.arm(), place).into_iter().map(days).collect(),
                baseline: context.bands(0, place).iter().map(|c| rounded(7.0 * c[2])).collect(),
            })
        };
        Self { span: context.span(), region: context.region(region), stages: series.filter_map(of).collect() }
    }

    /// Median in the month before the shock; the least after it, and how many weeks after.
    fn fall(&self, stage: &StageStocks) -> (f64, f64, usize) {
        let shock = self.span.shock;
        let month = &stage.days[shock.saturating_sub(4)..shock.max(1)];
        let before = month.iter().map(|d| d[1]).sum::<f64>() / month.len().max(1) as f64;
        let after = stage.days[shock..].iter().enumerate();
        let least = after.min_by(|a, b| a.1[1].total_cmp(&b.1[1]));
        least.map_or((before, before, 0), |(week, days)| (before, days[1], week))
    }

    /// The stage whose stock falls by the greatest share, if one does clearly.
    fn hardest(&self) -> Option<(&StageStocks, (f64, f64, usize))> {
        let falls = self.stages.iter().map(|stage| (stage, self.fall(stage)));
        let share = |(before, least, _): (f64, f64, usize)| 1.0 - least / before.max(1e-9);
        falls.max_by(|a, b| share(a.1).total_cmp(&share(b.1))).filter(|(_, fall)| share(*fall) > CLEAR)
    }
}

impl ChartKind for Stocks {
    fn words(&self, locale: &Locale) -> Words {
        let place = locale.form("region", &self.region, ".place");
        let scenario = locale.name("scenario", &self.span.scenario);
        let days = |value: f64| locale.number(value, 0);
        let title = match self.hardest() {
            Some((stage, (before, least, week))) => {
                let made = locale.form("stage", &stage.stage, ".made");
                let (before, least, week) = (days(before), days(least), week.to_string());
                locale.say(
                    "stocks-title",
                    &[
                        ("made", &made),
                        ("place", &place),
                        ("before", &before),
                        ("least", &least),
                        ("week", &week),
                    ],
                )
            }
            None => locale.say("stocks-title-none", &[("place", &place)]),
        };
        let each: Vec<String> = self
            .stages
            .iter()
            .map(|stage| {
                let (before, least, week) = self.fall(stage);
                let name = locale.name("stage", &stage.stage);
                let (before, least, week) = (days(before), days(least), week.to_string());
                locale.say(
                    "stocks-each",
                    &[("stage", &name), ("before", &before), ("least", &least), ("week", &week)],
                )
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.say("stocks-subtitle", &[("place", &place), ("scenario", &scenario)]),
            alternative: locale.count("stocks-alternative", self.stages.len(), &[("place", &place)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "date,region,stage,unit,p5,p50,p95,baseline_p50\n".to_owned();
        for stage in &self.stages {
            for ((day, [low, middle, high]), baseline) in
                self.span.days.iter().zip(&stage.days).zip(&stage.baseline)
            {
                let (region, stage) = (&self.region.id, &stage.stage.id);
                let _ = writeln!(text, "{day},{region},{stage},days of use,{low},{middle},{high},{baseline}");
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let hue = theme::region(&self.region.id);
        let entries: Vec<(Mark, String)> = [
            (Mark::Line(theme::INK, 4.0), "key-median"),
            (Mark::Box(theme::tint(theme::INK, 0.18)), "key-ninety"),
            (Mark::Dashes(theme::BASELINE), "key-baseline"),
        ]
        .into_iter()
        .map(|(mark, id)| (mark, locale.say(id, &[])))
        .collect();
        let below = key_height(page, &entries, page.body.width());
        let area = page.body.inset(0, 0, 0, below);
        // a narrow figure shows the stage of the title
        let hardest = self.hardest().map(|(stage, _)| stage);
        let shown: Vec<&StageStocks> = match (size.room(), hardest) {
            (Room::Narrow, Some(stage)) => vec![stage],
            (Room::Narrow, None) => self.stages.iter().take(1).collect(),
            _ => self.stages.iter().collect(),
        };
        let columns = shown.len().min(if size.room() == Room::Wide { 3 } else { 2 });
        let cells = area.grid(columns, shown.len().div_ceil(columns.max(1)), (size.em(1.2), size.em(0.3)));
        for (stage, cell) in shown.iter().zip(cells) {
            let top =
                stage.days.iter().map(|d| d[2]).chain(stage.baseline.iter().copied()).fold(1.0, f64::max);
            let marks = ticks(0.0, top);
            let plot = plot::Panel {
                heading: &locale.name("stage", &stage.stage),
                weeks: self.span.weeks(),
                years: self.span.years(),
                window: self.span.window,
                y: Scale::linear(0.0, marks[marks.len() - 1]),
                marks: marks
                    .iter()
                    .map(|m| (*m, locale.number(*m, usize::from(*m < 5.0 && *m > 0.0))))
                    .collect(),
                aside: size.em(0.4),
            }
            .draw(page, cell)?;
            let curve = |level: usize| plot.weekly(stage.days.iter().map(|d| d[level]));
            page.area(band(&curve(2), &curve(0)), theme::tint(hue, 0.18))?;
            page.dashes(plot.weekly(stage.baseline.iter().copied()), theme::BASELINE, 3.0)?;
            page.line(curve(1), hue, 4.0)?;
        }
        key(page, &entries, (page.body.left, page.body.bottom - below), Some(page.body.width()))?;
        Ok(())
    }
}
