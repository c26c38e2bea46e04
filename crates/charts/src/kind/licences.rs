//! Chart 16: the licence queue: filed, pending and granted week by week, and what share is granted in a panel of its own.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, capital};
use crate::page::Page;
use crate::plot::{self, Mark, Scale, band, key, key_height, ticks};
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::{Licences as Counted, Series};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Weeks over which the share granted is taken.
const QUARTER: usize = 13;

/// Its numbers: medians by week, in weeks of what the licensed links carry at the reference level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Licences {
    span: Span,
    filed: Vec<f64>,
    /// 5th, 50th and 95th percentile.
    pending: Vec<[f64; 3]>,
    granted: Vec<f64>,
}

impl Licences {
    /// Takes them from a run; nothing where no licence is asked for.
    pub fn of(context: &Context<'_>) -> Option<Self> {
        let series = &context.experiment.scope.series;
        let cells = |wanted: Counted| -> Option<Vec<[f64; 5]>> {
            let place = series.iter().position(|s| *s == Series::Licences(wanted))?;
            Some(context.bands(context.arm(), place))
        };
        let median = |cells: Vec<[f64; 5]>| cells.iter().map(|c| c[2]).collect();
        Some(Self {
            span: context.span(),
            filed: median(cells(Counted::Filed)?),
            pending: cells(Counted::Pending)?.into_iter().map(|c| [c[0], c[2], c[4]]).collect(),
            granted: median(cells(Counted::Granted)?),
        })
    }

    /// Granted over filed in the quarter before each week; nothing where nothing was filed.
    fn approval(&self) -> Vec<Option<f64>> {
        let sum = |values: &[f64], week: usize| -> f64 {
            values[(week + 1).saturating_sub(QUARTER)..=week].iter().sum()
        };
        (0..self.filed.len())
            .map(|week| {
                let filed = sum(&self.filed, week);
                (filed > 0.01).then(|| rounded((sum(&self.granted, week) / filed).min(1.0)))
            })
            .collect()
    }

    /// The longest median queue, and how many weeks after the shock.
    fn longest(&self) -> (f64, usize) {
        let after = self.pending[self.span.shock..].iter().enumerate();
        let longest = after.max_by(|a, b| a.1[1].total_cmp(&b.1[1]).then(b.0.cmp(&a.0)));
        longest.map_or((0.0, 0), |(week, pending)| (pending[1], week))
    }
}

impl ChartKind for Licences {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.span.scenario);
        let (longest, week) = self.longest();
        let (queue, week) = (locale.short(longest), week.to_string());
        let sum = |values: &[f64]| values.iter().sum::<f64>();
        let granted = (sum(&self.granted) / sum(&self.filed).max(1e-9)).min(1.0);
        let share = locale.per_cent_round((100.0 * granted).round() / 100.0);
        let words = [("queue", queue.as_str()), ("week", week.as_str()), ("share", share.as_str())];
        let id = if longest > 0.05 { "licences-title" } else { "licences-title-none" };
        Words {
            title: capital(&locale.say(id, &words)),
            subtitle: locale.say("licences-subtitle", &[("scenario", &scenario)]),
            alternative: locale.say("licences-alternative", &words),
            description: locale.say("licences-description", &words),
        }
    }

    fn csv(&self) -> String {
        let mut text =
            "date,unit,filed_p50,pending_p5,pending_p50,pending_p95,granted_p50,granted_share\n".to_owned();
        let approval = self.approval();
        for (week, day) in self.span.days.iter().enumerate() {
            let [low, middle, high] = self.pending[week];
            let share = approval[week].map_or_else(String::new, |s| s.to_string());
            let _ = writeln!(
                text,
                "{day},weeks of trade at the reference level,{},{low},{middle},{high},{},{share}",
                self.filed[week], self.granted[week]
            );
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let hue = theme::SERIES[5];
        let entries: Vec<(Mark, String)> = [
            (Mark::Box(theme::tint(hue, 0.25)), "licences-pending"),
            (Mark::Line(theme::SERIES[1], 3.0), "licences-filed"),
            (Mark::Line(theme::SERIES[0], 3.0), "licences-granted"),
        ]
        .into_iter()
        .map(|(mark, id)| (mark, locale.say(id, &[])))
        .collect();
        let below = key_height(page, &entries, page.body.width());
        let cells = page.body.inset(0, 0, 0, below).grid(1, 2, (0, size.em(0.3)));
        let panel = |heading: &str, y: Scale, marks: Vec<(f64, String)>, place: usize| {
            plot::Panel {
                heading,
                weeks: self.span.weeks(),
                years: self.span.years(),
                window: self.span.window,
                y,
                marks,
                aside: size.em(0.4),
            }
            .draw(page, cells[place])
        };
        let top = self.pending.iter().map(|p| p[2]).chain(self.filed.iter().copied()).fold(0.5, f64::max);
        let marks = ticks(0.0, top);
        let shown = marks.iter().map(|m| (*m, locale.short(*m))).collect();
        let y = Scale::linear(0.0, marks[marks.len() - 1]);
        let plot = panel(&locale.say("licences-queue", &[]), y, shown, 0)?;
        let curve = |level: usize| plot.weekly(self.pending.iter().map(|p| p[level]));
        page.area(band(&curve(2), &curve(0)), theme::tint(hue, 0.25))?;
        page.line(curve(1), hue, 4.0)?;
        page.line(plot.weekly(self.filed.iter().copied()), theme::SERIES[1], 3.0)?;
        page.line(plot.weekly(self.granted.iter().copied()), theme::SERIES[0], 3.0)?;
        let shares = [0.0, 0.5, 1.0].map(|m| (m, locale.per_cent_round(m))).to_vec();
        let plot = panel(&locale.say("licences-approval", &[]), Scale::linear(0.0, 1.0), shares, 1)?;
        let known: Vec<(f64, f64)> = self
            .approval()
            .into_iter()
            .enumerate()
            .filter_map(|(week, share)| share.map(|share| (week as f64, share)))
            .collect();
        page.line(plot.points(known.into_iter()), theme::SERIES[0], 4.0)?;
        key(page, &entries, (page.body.left, page.body.bottom - below), Some(page.body.width()))?;
        Ok(())
    }
}
