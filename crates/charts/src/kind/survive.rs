//! Chart 12: how long each sector runs on after the shock, and how long it is down.

use super::strategies::note_of_rest;
use crate::context::{Context, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page};
use crate::plot::{Mark, Rows, Scale, key, key_height};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::time::happened;
use chokepoint_montecarlo::pairing::quantile;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Rows, at most.
const MOST: usize = 12;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survive {
    scenario: Named,
    /// Replicates.
    n: usize,
    /// Weeks from the shock to the horizon: what never stops, or is never back, counts as that.
    horizon: f64,
    rows: Vec<Row>,
}

/// A sector of a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Row {
    sector: Named,
    region: Named,
    /// 10th, 50th and 90th percentile of the weeks from the shock to the first stop of a line.
    survive: [f64; 3],
    /// Median of the weeks from the shock until its lines run again permanently.
    back: f64,
    /// Share of replicates in which lines stop.
    stops: f64,
    /// 5th, 50th and 95th percentile of the greatest share of its lines that stand idle.
    idle: [f64; 3],
}

impl Survive {
    /// Takes them from a run; nothing without a shock.
    pub fn of(context: &Context<'_>) -> Option<Self> {
        let experiment = context.experiment;
        let world = &experiment.world;
        let none = experiment.no_strategy()?;
        let horizon = f64::from(context.summary.horizon_weeks);
        // the sectors that lose most
        let mut losing: Vec<_> = context.summary.stops.iter().collect();
        losing.sort_by(|a, b| b.value_added_lost.p50.total_cmp(&a.value_added_lost.p50));
        losing.truncate(MOST);
        let replicates = context.ensemble.stops_by_the_shock(none);
        let row = |stop: &&chokepoint_montecarlo::summary::SectorStop| {
            let sector = world.sectors.iter().position(|s| s.id == stop.sector)?;
            let region = world.regions.iter().position(|r| r.id == stop.region)?;
            let lines = context.ensemble.firms(experiment, region, sector);
            let weeks = |value: f32| if happened(f64::from(value)) { f64::from(value) } else { horizon };
            let mut first: Vec<f64> = Vec::new();
            let mut back: Vec<f64> = Vec::new();
            for stops in &replicates {
                let start = lines.iter().map(|l| weeks(stops[*l].first)).fold(horizon, f64::min);
                let stopped = lines.iter().filter(|l| happened(f64::from(stops[**l].first)));
                let end = stopped.map(|l| weeks(stops[*l].back)).fold(start, f64::max);
                first.push(start);
                back.push(end);
            }
            first.sort_unstable_by(f64::total_cmp);
            back.sort_unstable_by(f64::total_cmp);
            Some(Row {
                sector: Named::new(&stop.sector, &world.sectors[sector].name),
                region: context.region(region),
                survive: [0.1, 0.5, 0.9].map(|level| rounded(quantile(&first, level))),
                back: rounded(quantile(&back, 0.5)),
                stops: rounded(stop.share_stopped),
                idle: [stop.idle_lines.p5, stop.idle_lines.p50, stop.idle_lines.p95].map(rounded),
            })
        };
        let mut rows: Vec<Row> = losing.iter().filter_map(row).collect();
        rows.sort_by(|a, b| a.survive[1].total_cmp(&b.survive[1]));
        let n = context.ensemble.settings.replicates as usize;
        Some(Self { scenario: context.scenario(), n, horizon, rows })
    }

    fn weeks(&self, locale: &Locale, weeks: f64) -> String {
        let number = locale.number(weeks, 0);
        if weeks >= self.horizon { locale.say("survive-beyond", &[("n", &number)]) } else { number }
    }

    fn render(&self, locale: &Locale, row: &Row) -> String {
        let [low, middle, high] = row.survive.map(|w| self.weeks(locale, w));
        let range = locale.range(&low, &high);
        let back = self.weeks(locale, row.back);
        let id = if row.survive[1] >= self.horizon { "survive-runs" } else { "survive-value" };
        let idle = locale.per_cent_round((100.0 * row.idle[1]).round() / 100.0);
        locale.say(id, &[("week", &middle), ("range", &range), ("back", &back), ("idle", &idle)])
    }
}

impl ChartKind for Survive {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.scenario);
        let name = |row: &Row| {
            let sector = locale.name("sector", &row.sector);
            locale
                .say("survive-name", &[("sector", &sector), ("region", &locale.name("region", &row.region))])
        };
        let title = match self.rows.first() {
            None => locale.say("survive-title-none", &[]),
            Some(row) if row.survive[1] >= self.horizon => locale.say("survive-title-few", &[]),
            Some(row) => {
                let sector = locale.name("sector", &row.sector);
                let place = locale.form("region", &row.region, ".place");
                let (week, back) = (self.weeks(locale, row.survive[1]), self.weeks(locale, row.back));
                let words =
                    [("sector", sector.as_str()), ("place", &place), ("week", &week), ("back", &back)];
                locale.say("survive-title", &words)
            }
        };
        let each: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let value = self.render(locale, row);
                locale.say("row-each", &[("name", &name(row)), ("value", &value)])
            })
            .collect();
        let description = if each.is_empty() { title.clone() } else { each.join(" ") };
        Words {
            title: capital(&title),
            subtitle: locale.count("survive-subtitle", self.n, &[("scenario", &scenario)]),
            alternative: locale.count("survive-alternative", self.rows.len(), &[]),
            description,
        }
    }

    fn csv(&self) -> String {
        let mut text =
            "region,sector,unit,n,share_stopped,survive_p10,survive_p50,survive_p90,back_p50,idle_p5,idle_p50,idle_p95\n".to_owned();
        for row in &self.rows {
            let [low, middle, high] = row.survive;
            let _ = writeln!(
                text,
                "{},{},weeks,{},{},{low},{middle},{high},{},{},{},{}",
                row.region.id,
                row.sector.id,
                self.n,
                row.stops,
                row.back,
                row.idle[0],
                row.idle[1],
                row.idle[2]
            );
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        if self.rows.is_empty() {
            let at = ((page.body.left + page.body.right) / 2, (page.body.top + page.body.bottom) / 2);
            let text = locale.say("survive-title-none", &[]);
            return page.text(&text, at, Ink::LABEL.middle().colour(theme::GREY));
        }
        let entries: Vec<(Mark, String)> = [
            (Mark::Box(theme::tint(theme::SERIES[5], 0.55)), "survive-runs-on"),
            (Mark::Box(theme::SERIES[1]), "survive-down"),
            (Mark::Line(theme::INK, 3.0), "survive-range"),
        ]
        .into_iter()
        .take(if size.room() == Room::Narrow { 2 } else { 3 })
        .map(|(mark, id)| (mark, locale.say(id, &[])))
        .collect();
        let below = key_height(page, &entries, page.body.width());
        let rows = Rows::within(
            page,
            page.body.inset(0, 0, 0, below),
            self.rows.len(),
            Scale::linear(0.0, self.horizon),
        );
        let quarters: Vec<(f64, String)> = (0..=(self.horizon / 26.0) as usize)
            .map(|k| 26.0 * k as f64)
            .map(|week| (week, locale.number(week, 0)))
            .collect();
        rows.plot.marks_across(&quarters, true)?;
        rows.plot.base()?;
        let half = (rows.at.get(1).map_or(size.em(1.6), |y| y - rows.at[0]) * 3 / 10).min(size.em(0.6));
        for (row, r) in self.rows.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            let sector = locale.name("sector", &r.sector);
            let region = locale.name("region", &r.region);
            let name = locale.say("survive-name", &[("sector", &sector), ("region", &region)]);
            rows.label(row, &name, &self.render(locale, r), theme::INK)?;
            let [low, middle, high] = r.survive.map(|week| rows.plot.across(week));
            let back = rows.plot.across(r.back);
            let bar =
                |left: i32, right: i32| crate::page::Rect { left, right, top: y - half, bottom: y + half };
            page.rectangle(bar(rows.plot.rect.left, middle), theme::tint(theme::SERIES[5], 0.55))?;
            if back > middle {
                page.rectangle(bar(middle, back), theme::SERIES[1])?;
            }
            page.line(vec![(low, y), (high, y)], theme::INK, 3.0)?;
            for edge in [low, high] {
                page.line(vec![(edge, y - half / 2), (edge, y + half / 2)], theme::INK, 3.0)?;
            }
        }
        key(page, &entries, (page.body.left, page.body.bottom - below), Some(page.body.width()))?;
        match note_of_rest(locale, rows.at.len(), self.rows.len()) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}
