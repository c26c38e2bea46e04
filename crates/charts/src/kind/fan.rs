//! Chart 1: unmet demand over time with its bands, in the region that loses most.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page};
use crate::plot::{Mark, Plot, Scale, band, key, key_height, ticks};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::Series;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Single runs that are drawn beside the bands.
const SINGLE_RUNS: usize = 7;
/// Share of plan in the worst week below which a shortfall does not show.
const CLEAR: f64 = 0.01;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    span: Span,
    region: Named,
    /// 5th, 25th, 50th, 75th and 95th percentile of what is not built, share of plan, by week.
    cells: Vec<[f64; 5]>,
    /// Median without the shock.
    baseline: Vec<f64>,
    /// Single runs.
    samples: Vec<Vec<f64>>,
}

impl Fan {
    /// Takes them from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let key = context.summary.by_region.first().map_or("", |(key, _)| key.as_str());
        let regions = &context.experiment.world.regions;
        let region =
            regions.iter().position(|r| r.id == key).expect("the summary names regions of the world");
        let series = &context.experiment.scope.series;
        let here = |s: &Series| matches!(s, Series::UnmetRegion(r) if r.at() == region);
        let place = series.iter().position(here).expect("every run records the unmet demand of each region");
        let sample = |weeks: &Vec<f32>| -> Vec<f64> {
            weeks.chunks(context.width()).map(|row| rounded(f64::from(row[place]))).collect()
        };
        Self {
            span: context.span(),
            region: context.region(region),
            cells: context.bands(context.arm(), place),
            baseline: context.bands(0, place).iter().map(|c| c[2]).collect(),
            samples: context.ensemble.samples[context.arm()].iter().take(SINGLE_RUNS).map(sample).collect(),
        }
    }

    /// The week after the shock with the worst median, and its percentiles.
    fn worst(&self) -> (usize, [f64; 5]) {
        let after = self.cells[self.span.shock..].iter().enumerate();
        let worst = after.max_by(|a, b| a.1[2].total_cmp(&b.1[2]).then(b.0.cmp(&a.0)));
        worst.map_or((0, [0.0; 5]), |(week, p)| (week, *p))
    }

    fn title(&self, locale: &Locale) -> String {
        let (week, peak) = self.worst();
        let subject = locale.form("region", &self.region, ".subject");
        let place = locale.form("region", &self.region, ".place");
        let names = [("region", subject.as_str()), ("place", place.as_str())];
        let most = self.cells[self.span.shock..].iter().map(|c| c[4]).fold(0.0, f64::max);
        if self.span.window.is_none() {
            return capital(&locale.say("fan-title-baseline", &[]));
        }
        if peak[2] >= CLEAR {
            let share = locale.per_cent_range([peak[0], peak[2], peak[4]]);
            let week = week.to_string();
            return capital(
                &locale.say("fan-title", &[names[0], names[1], ("share", &share), ("week", &week)]),
            );
        }
        if most >= CLEAR {
            let most = locale.per_cent(most);
            return capital(&locale.say("fan-title-tail", &[names[0], names[1], ("most", &most)]));
        }
        capital(&locale.say("fan-title-none", &names))
    }

    fn entries(locale: &Locale, most: usize) -> Vec<(Mark, String)> {
        let hue = theme::INK;
        [
            (Mark::Line(hue, 5.0), "key-median"),
            (Mark::Box(theme::tint(hue, 0.36)), "key-half"),
            (Mark::Box(theme::tint(hue, 0.16)), "key-ninety"),
            (Mark::Line(theme::tint(hue, 0.55), 1.0), "key-single"),
            (Mark::Dashes(theme::BASELINE), "key-baseline"),
        ]
        .into_iter()
        .take(most)
        .map(|(mark, id)| (mark, locale.say(id, &[])))
        .collect()
    }
}

impl ChartKind for Fan {
    fn words(&self, locale: &Locale) -> Words {
        let (week, peak) = self.worst();
        let region = locale.form("region", &self.region, ".place");
        let scenario = locale.name("scenario", &self.span.scenario);
        let shares = peak.map(|p| locale.per_cent(p));
        let week = week.to_string();
        Words {
            title: self.title(locale),
            subtitle: locale.say("fan-subtitle", &[("place", &region), ("scenario", &scenario)]),
            alternative: locale
                .say("fan-alternative", &[("place", &region), ("median", &shares[2]), ("week", &week)]),
            description: locale.say(
                "fan-description",
                &[
                    ("place", &region),
                    ("weeks", &self.span.weeks().to_string()),
                    ("week", &week),
                    ("median", &shares[2]),
                    ("half", &locale.range(&shares[1], &shares[3])),
                    ("nine", &locale.range(&shares[0], &shares[4])),
                ],
            ),
        }
    }

    fn csv(&self) -> String {
        let mut text = "date,region,unit,p5,p25,p50,p75,p95,baseline_p50\n".to_owned();
        for ((day, p), baseline) in self.span.days.iter().zip(&self.cells).zip(&self.baseline) {
            let [a, b, c, d, e] = p;
            let _ = writeln!(text, "{day},{},share of plan,{a},{b},{c},{d},{e},{baseline}", self.region.id);
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let wide = size.room() > Room::Narrow;
        let entries = Self::entries(locale, if wide { 5 } else { 3 });
        let widest = entries.iter().map(|(_, t)| page.width(t, Ink::LABEL)).fold(0.0, f64::max);
        let aside = if wide { widest as i32 + size.em(3.6) } else { size.em(0.5) };
        let below = if wide { 0 } else { key_height(page, &entries, page.body.width()) };
        let rect = page.body.inset(size.em(3.4), size.em(1.6), aside, below + size.em(1.9));
        let shown = self.samples.iter().flatten().copied();
        let top = self.cells.iter().map(|c| c[4]).chain(shown).fold(0.05, f64::max);
        let marks = ticks(0.0, top);
        let top = marks.last().copied().unwrap_or(1.0);
        let plot =
            Plot::new(page, rect, Scale::linear(0.0, self.span.weeks() as f64), Scale::linear(0.0, top));
        shock(page, &plot, &self.span, locale)?;
        plot.marks_up(&marks.iter().map(|m| (*m, locale.per_cent_round(*m))).collect::<Vec<_>>())?;
        plot.marks_across(&self.span.years(), false)?;
        plot.base()?;
        let curve =
            |level: usize| plot.points(self.cells.iter().enumerate().map(|(w, c)| (w as f64, c[level])));
        let hue = theme::region(&self.region.id);
        page.area(band(&curve(4), &curve(0)), theme::tint(hue, 0.16))?;
        page.area(band(&curve(3), &curve(1)), theme::tint(hue, 0.36))?;
        let line = |values: &[f64]| plot.points(values.iter().enumerate().map(|(w, v)| (w as f64, *v)));
        for sample in &self.samples {
            page.line(line(sample), theme::tint(hue, 0.55), 1.0)?;
        }
        page.dashes(line(&self.baseline), theme::BASELINE, 3.0)?;
        page.line(curve(2), hue, 5.0)?;
        if wide {
            key(page, &entries, (rect.right + size.em(0.8), rect.top), None)?;
        } else {
            key(page, &entries, (page.body.left, page.body.bottom - below), Some(page.body.width()))?;
        }
        Ok(())
    }
}

/// The time of the shock, shaded and named.
pub(super) fn shock(
    page: &Page<'_>,
    plot: &Plot<'_, '_>,
    span: &Span,
    locale: &Locale,
) -> Result<(), ChartError> {
    let Some((from, to)) = span.window else { return Ok(()) };
    plot.shade(from, to)?;
    let at = (plot.across(from), plot.rect.top - page.size.em(0.8));
    page.text(&locale.say("shock-window", &[]), at, Ink::LABEL.colour(theme::GREY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn fan(median: f64, most: f64) -> Fan {
        let span = Span {
            days: ["2026-01-05", "2026-01-12"].map(str::to_owned).to_vec(),
            shock: 0,
            window: Some((0.0, 1.0)),
            scenario: Named::new("test", "Test"),
        };
        let cells = vec![[0.0, 0.0, median, 0.02, 0.05], [0.0, 0.0, 0.0, 0.0, most]];
        Fan { span, region: Named::new("CA", "Canada"), cells, baseline: vec![0.0; 2], samples: Vec::new() }
    }

    #[test]
    fn a_title_says_that_stocks_absorb_the_shock_only_if_they_do_over_the_90_per_cent_range() {
        let title = |median, most| fan(median, most).title(Language::English.locale());
        assert_eq!(
            title(0.002, 0.009),
            "Canada falls up to 5.0\u{a0}% short of plan (90\u{a0}% range), under 1\u{a0}% at the median"
        );
        assert_eq!(
            title(0.03, 0.05),
            "Canada falls 3.0\u{a0}% (0.0 to 5.0\u{a0}%) short of planned output at worst, in week 0"
        );
        let mut none = fan(0.002, 0.009);
        none.span.window = None;
        assert_eq!(none.title(Language::English.locale()), "No shock: no shortfall");
        none.span.window = Some((0.0, 1.0));
        none.cells[0][4] = 0.005;
        assert_eq!(
            none.title(Language::English.locale()),
            "No clear shortfall in Canada: stocks absorb the shock"
        );
        assert_eq!(
            none.title(Language::French.locale()),
            "Aucun manque net au Canada\u{a0}: les stocks amortissent le choc"
        );
    }
}
