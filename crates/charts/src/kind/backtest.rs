//! The back-test panel: observed prices over the modelled band, a panel for each commodity, one logarithmic scale each.

use crate::context::rounded;
use crate::figure::ChartKind;
use crate::locale::{Locale, Named};
use crate::page::{Page, Rect};
use crate::plot::{self, Scale, band};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::time::Week;
use chokepoint_montecarlo::history::record::{Recorder, SimulatedRecord};
use chokepoint_montecarlo::history::score::{Card, Score};
use chokepoint_montecarlo::pairing::spread;
use chokepoint_scenario::history::{History, Observation};
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Panels on a page.
const MOST: usize = 4;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    history: Named,
    days: Vec<String>,
    panels: Vec<Panel>,
    /// Numbers that were not fitted, those inside the band, and those nearer than both naive forecasts.
    tests: [usize; 3],
}

/// One commodity outside the controlling country, and at home: 5th, 50th and 95th percentile by week, US dollars per kg.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Panel {
    item: Named,
    outside: Vec<[f64; 3]>,
    home: Vec<[f64; 3]>,
    seen: Vec<Seen>,
}

/// An observed price: first week and the week after the last, counted from the first day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Seen {
    weeks: (usize, usize),
    usd_per_kg: f64,
    outside: bool,
}

impl Backtest {
    /// Takes them from a back-test: the commodities with observations, in the order of the world's headline.
    pub fn of(history: &History, recorder: &Recorder<'_>, records: &[SimulatedRecord], card: &Card) -> Self {
        let world = &recorder.experiment.world;
        let from = recorder.scope.from;
        let bands = |c: usize, outside: bool| -> Vec<[f64; 3]> {
            let week = |w: Week| {
                let weeks = w..w + 1;
                let values: Vec<f64> =
                    records.iter().map(|r| recorder.price(r, c, outside, &weeks)).collect();
                let (low, middle, high) = spread(&values);
                [low, middle, high].map(rounded)
            };
            (from..recorder.plan.weeks).map(week).collect()
        };
        let seen = |o: &Observation| Seen {
            weeks: (o.weeks.start.saturating_sub(from) as usize, o.weeks.end.saturating_sub(from) as usize),
            usd_per_kg: o.usd_per_kg,
            outside: o.outside,
        };
        let panel = |c: &usize| Panel {
            item: Named::new(&world.commodities[*c].id, &world.commodities[*c].name),
            outside: bands(*c, true),
            home: bands(*c, false),
            seen: history.prices.iter().filter(|s| s.commodity == *c).map(seen).collect(),
        };
        let shown =
            world.headline_prices.iter().filter(|c| history.prices.iter().any(|s| s.commodity == **c));
        let calendar = recorder.experiment.calendar();
        let tests: Vec<&Score> = card.tests().collect();
        Self {
            history: Named::new(&history.id, &history.name),
            days: (from..recorder.plan.weeks).map(|w| calendar.date(w).to_string()).collect(),
            panels: shown.take(MOST).map(panel).collect(),
            tests: [
                tests.len(),
                tests.iter().filter(|s| s.inside).count(),
                tests.iter().filter(|s| s.beats_both()).count(),
            ],
        }
    }

    fn years(&self) -> Vec<(f64, String)> {
        let year = |week: usize| self.days[week].split('-').next().unwrap_or_default();
        let begins = (1..self.days.len()).filter(|w| year(*w) != year(*w - 1));
        begins.map(|w| (w as f64, year(w).to_owned())).collect()
    }
}

impl ChartKind for Backtest {
    fn words(&self, locale: &Locale) -> Words {
        let [all, inside, ahead] = self.tests.map(|n| n.to_string());
        let words = [("all", all.as_str()), ("inside", inside.as_str()), ("ahead", ahead.as_str())];
        let each: Vec<String> = self
            .panels
            .iter()
            .map(|p| {
                let modelled = p.outside.iter().map(|c| c[1]).fold(0.0, f64::max);
                let seen = p.seen.iter().filter(|s| s.outside).map(|s| s.usd_per_kg).fold(0.0, f64::max);
                let item = locale.name("item", &p.item);
                let (modelled, seen) = (locale.number(modelled, 0), locale.number(seen, 0));
                locale.say("backtest-each", &[("item", &item), ("modelled", &modelled), ("seen", &seen)])
            })
            .collect();
        Words {
            title: locale.say("backtest-title", &words),
            subtitle: locale.say("backtest-subtitle", &words),
            alternative: locale.say("backtest-alternative", &words),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "from,until,item,market,unit,kind,p5,p50,p95\n".to_owned();
        for panel in &self.panels {
            for (market, cells) in [("outside", &panel.outside), ("home", &panel.home)] {
                for (day, [low, middle, high]) in self.days.iter().zip(cells) {
                    let _ = writeln!(
                        text,
                        "{day},{day},{},{market},USD/kg,modelled,{low},{middle},{high}",
                        panel.item.id
                    );
                }
            }
            for seen in &panel.seen {
                let day = |week: usize| self.days.get(week).map_or("", String::as_str);
                let market = if seen.outside { "outside" } else { "home" };
                let (from, until) = (day(seen.weeks.0), day(seen.weeks.1.saturating_sub(1)));
                let _ = writeln!(
                    text,
                    "{from},{until},{},{market},USD/kg,observed,,{},",
                    panel.item.id, seen.usd_per_kg
                );
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let (columns, shown) = if size.room() == Room::Narrow { (1, 1) } else { (2, MOST) };
        let count = self.panels.len().min(shown);
        let cells = page.body.cells(count, columns, (size.em(2.0), size.em(0.4)));
        for ((panel, cell), hue) in self.panels.iter().zip(&cells).zip(theme::SERIES) {
            self.panel(page, locale, panel, *cell, hue)?;
        }
        Ok(())
    }
}

impl Backtest {
    fn panel(
        &self,
        page: &Page<'_>,
        locale: &Locale,
        panel: &Panel,
        cell: Rect,
        hue: RGBColor,
    ) -> Result<(), ChartError> {
        let size = page.size;
        let y = scale(panel);
        let shown = |m: f64| (m, locale.number(m, if m >= 1.0 { 0 } else { 2 }));
        let plot = plot::Panel {
            heading: &locale.name("item", &panel.item),
            weeks: self.days.len(),
            years: self.years(),
            window: None,
            y,
            marks: marks(y.low, y.high).into_iter().map(shown).collect(),
            aside: size.em(0.5),
        }
        .draw(page, cell)?;
        let curve = |cells: &[[f64; 3]], level: usize| plot.weekly(cells.iter().map(|c| c[level]));
        page.area(band(&curve(&panel.outside, 2), &curve(&panel.outside, 0)), theme::tint(hue, 0.18))?;
        page.line(curve(&panel.outside, 1), hue, 4.0)?;
        page.dashes(curve(&panel.home, 1), hue, 3.0)?;
        for seen in &panel.seen {
            let (from, end) = (seen.weeks.0 as f64, seen.weeks.1 as f64);
            let y = plot.up(seen.usd_per_kg);
            if end - from > 2.0 {
                page.line(vec![(plot.across(from), y), (plot.across(end), y)], theme::INK, 2.0)?;
            }
            page.dot((plot.across((from + end) / 2.0), y), size.em(0.3), theme::INK, seen.outside)?;
        }
        Ok(())
    }
}

/// Bounds of the scale: what is drawn, to whole marks.
fn scale(panel: &Panel) -> Scale {
    let modelled = panel.outside.iter().chain(&panel.home).flatten().copied();
    let observed = panel.seen.iter().map(|s| s.usd_per_kg);
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    for value in modelled.chain(observed).filter(|v| v.is_finite() && *v > 0.0) {
        low = low.min(value);
        high = high.max(value);
    }
    let decade = |value: f64| exp(ln(10.0) * (ln(value.max(1e-9)) / ln(10.0)).floor());
    let down = [5.0, 2.0, 1.0].iter().map(|k| k * decade(low)).find(|m| *m <= low);
    let up = [1.0, 2.0, 5.0, 10.0].iter().map(|k| k * decade(high)).find(|m| *m >= high);
    Scale::log(down.unwrap_or(low), up.unwrap_or(high))
}

/// Marks 1, 2 and 5 of every decade between the bounds.
fn marks(low: f64, high: f64) -> Vec<f64> {
    let mut marks = Vec::new();
    let mut decade = 1e-3;
    while decade <= high {
        marks.extend([1.0, 2.0, 5.0].map(|k| k * decade));
        decade *= 10.0;
    }
    let all: Vec<f64> = marks.into_iter().filter(|m| *m >= low * 0.999 && *m <= high * 1.001).collect();
    // a wide scale is reported by its decades
    if all.len() > 9 {
        all.into_iter().filter(|m| (ln(*m) / ln(10.0) + 1e-9).fract().abs() < 1e-6).collect()
    } else {
        all
    }
}
