//! Chart 2: price indices at home and outside, a panel per commodity, one logarithmic scale.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page, Rect};
use crate::plot::{self, Scale, apart, band};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::Series;
use chokepoint_montecarlo::summary::LEAST_SOLD;
use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Scale marks, per cent of the month before the shock.
const MARKS: [f64; 9] = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0];
/// Index of the median outside from which on a gap is reported.
const CLEAR: f64 = 125.0;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    span: Span,
    home: Named,
    panels: Vec<Panel>,
}

/// One commodity, 100 = month before the shock: 5th, 25th, 50th, 75th and 95th percentile by week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Panel {
    item: Named,
    home: Vec<[f64; 5]>,
    outside: Vec<[f64; 5]>,
    /// What goods are quoted at that come round controls; empty where nothing of it is controlled.
    quote: Vec<[f64; 5]>,
    /// Weeks in which goods are sold at it.
    sold: Vec<usize>,
}

impl Panel {
    /// Weeks in which what comes round controls is sold at a quote, and the quote.
    fn quoted(&self) -> impl Iterator<Item = (usize, [f64; 5])> {
        self.sold.iter().map(|week| (*week, self.quote[*week]))
    }

    /// The highest median of the quote; zero where nothing is sold at it.
    fn top_quote(&self) -> f64 {
        self.quoted().fold(0.0, |top, (_, cell)| cell[2].max(top))
    }
}

impl Prices {
    /// Takes them from a run.
    pub fn of(context: &Context<'_>) -> Self {
        let world = &context.experiment.world;
        let panel = |c: &usize| Panel {
            item: Named::new(&world.commodities[*c].id, &world.commodities[*c].name),
            home: index(context, |s| matches!(s, Series::HomePrice(x) if x.at() == *c)),
            outside: index(context, |s| matches!(s, Series::OutsidePrice(x) if x.at() == *c)),
            quote: index(context, |s| matches!(s, Series::SpotQuote(m) if context.market(*m) == *c)),
            sold: sold(context, |s| matches!(s, Series::SpotVolume(m) if context.market(*m) == *c)),
        };
        Self {
            span: context.span(),
            home: context.region(world.home),
            panels: world.headline_prices.iter().take(4).map(panel).collect(),
        }
    }

    /// Week after the shock and index of the highest median.
    fn peak(&self, cells: &[[f64; 5]]) -> (usize, f64) {
        let after = cells.iter().enumerate().skip(self.span.shock);
        after.fold((self.span.shock, 0.0), |best, (week, c)| if c[2] > best.1 { (week, c[2]) } else { best })
    }

    /// The panel with the highest peak outside.
    fn costliest(&self) -> Option<usize> {
        let peak = |k: &usize| self.peak(&self.panels[*k].outside).1;
        (0..self.panels.len()).max_by(|a, b| peak(a).total_cmp(&peak(b)))
    }

    fn scale(&self) -> Scale {
        let all = self.panels.iter().flat_map(|p| p.home.iter().chain(&p.outside));
        let (mut low, mut high) = (50.0_f64, 200.0_f64);
        for cell in all {
            low = low.min(cell[0]);
            high = high.max(cell[4]);
        }
        for quoted in self.panels.iter().flat_map(Panel::quoted) {
            high = high.max(quoted.1[2]);
        }
        let low = MARKS.iter().rev().copied().find(|m| *m <= low).unwrap_or(10.0);
        Scale::log(low, MARKS.iter().copied().find(|m| *m >= high).unwrap_or(5000.0))
    }
}

/// A series' bands over its median in the four weeks before the shock.
fn index(context: &Context<'_>, wanted: impl Fn(&Series) -> bool) -> Vec<[f64; 5]> {
    let Some(place) = context.experiment.scope.series.iter().position(wanted) else { return Vec::new() };
    let cells = context.bands(context.arm(), place);
    let shock = context.shock();
    let month = &cells[shock.saturating_sub(4)..shock.max(1)];
    let before = month.iter().map(|c| c[2]).sum::<f64>() / month.len().max(1) as f64;
    cells.iter().map(|c| c.map(|v| rounded(100.0 * v / before.max(1e-9)))).collect()
}

/// Weeks from the shock on in which the median of a volume is one that counts.
fn sold(context: &Context<'_>, wanted: impl Fn(&Series) -> bool) -> Vec<usize> {
    let Some(place) = context.experiment.scope.series.iter().position(wanted) else { return Vec::new() };
    let cells = context.bands(context.arm(), place);
    let weeks = cells.iter().enumerate().skip(context.shock());
    let weeks: Vec<usize> = weeks.filter(|(_, c)| c[2] >= LEAST_SOLD).map(|(week, _)| week).collect();
    // a line needs two
    let runs = weeks.chunk_by(|a, b| b - a == 1).filter(|run| run.len() > 1);
    runs.flatten().copied().collect()
}

impl ChartKind for Prices {
    fn words(&self, locale: &Locale) -> Words {
        let home = locale.form("region", &self.home, ".subject");
        let place = locale.form("region", &self.home, ".place");
        let peak = |p: &Panel| self.peak(&p.outside).1;
        let costliest = self.costliest().map(|place| &self.panels[place]);
        let times = |index: f64| locale.number(index / 100.0, 1);
        let title = match costliest {
            Some(p) if peak(p) > CLEAR => {
                let (week, top) = self.peak(&p.outside);
                let at_home = p.home.get(week).map_or(0.0, |c| c[2]);
                let item = locale.name("item", &p.item);
                locale.say(
                    "prices-title",
                    &[
                        ("item", &item),
                        ("home", &home),
                        ("place", &place),
                        ("outside", &times(top)),
                        ("inside", &times(at_home)),
                    ],
                )
            }
            _ => locale.say("prices-title-none", &[("home", &home)]),
        };
        let each: Vec<String> = self
            .panels
            .iter()
            .map(|p| {
                let (week, top) = self.peak(&p.outside);
                let week = (week - self.span.shock).to_string();
                let item = locale.name("item", &p.item);
                locale.say("prices-each", &[("item", &item), ("times", &times(top)), ("week", &week)])
            })
            .collect();
        let scenario = locale.name("scenario", &self.span.scenario);
        Words {
            title: capital(&title),
            subtitle: capital(
                &locale
                    .say("prices-subtitle", &[("home", &home), ("place", &place), ("scenario", &scenario)]),
            ),
            alternative: locale.count("prices-alternative", self.panels.len(), &[("place", &place)]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "date,item,market,unit,p5,p25,p50,p75,p95\n".to_owned();
        for panel in &self.panels {
            let all = |cells: &[[f64; 5]]| cells.iter().copied().enumerate().collect::<Vec<_>>();
            for (market, cells) in [
                ("home", all(&panel.home)),
                ("outside", all(&panel.outside)),
                ("quote", panel.quoted().collect()),
            ] {
                for (week, [a, b, c, d, e]) in cells {
                    let day = &self.span.days[week];
                    let _ = writeln!(
                        text,
                        "{day},{},{market},100 = month before the shock,{a},{b},{c},{d},{e}",
                        panel.item.id
                    );
                }
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let (columns, shown) = match size.room() {
            Room::Wide | Room::Middle => (2, 4),
            Room::Narrow => (1, 1),
        };
        let count = self.panels.len().min(shown);
        let cells = page.body.cells(count, columns, (size.em(1.0), size.em(0.4)));
        // a narrow figure shows the commodity of the title
        let first = if shown == 1 { self.costliest().unwrap_or(0) } else { 0 };
        let panels = self.panels.iter().zip(theme::SERIES).skip(first);
        for ((panel, hue), cell) in panels.zip(&cells) {
            self.panel(page, locale, panel, *cell, hue)?;
        }
        Ok(())
    }
}

impl Prices {
    fn panel(
        &self,
        page: &Page<'_>,
        locale: &Locale,
        panel: &Panel,
        cell: Rect,
        hue: RGBColor,
    ) -> Result<(), ChartError> {
        let size = page.size;
        let labels = self.end_labels(locale, panel, size.room() == Room::Wide);
        let widest = labels.iter().map(|(_, t)| page.width(t, Ink::LABEL)).fold(0.0, f64::max) as i32;
        let aside = widest.min(cell.width() * 2 / 5) + size.em(0.7);
        let y = self.scale();
        let within = MARKS.iter().filter(|m| (y.low..=y.high).contains(*m));
        let plot = plot::Panel {
            heading: &locale.name("item", &panel.item),
            weeks: self.span.weeks(),
            years: self.span.years(),
            window: self.span.window,
            y,
            marks: within.map(|m| (*m, locale.number(*m, 0))).collect(),
            aside,
        }
        .draw(page, cell)?;
        let curve = |cells: &[[f64; 5]], level: usize| plot.weekly(cells.iter().map(|c| c[level]));
        if !panel.outside.is_empty() {
            page.area(band(&curve(&panel.outside, 4), &curve(&panel.outside, 0)), theme::tint(hue, 0.15))?;
            page.dashes(curve(&panel.outside, 2), hue, 4.0)?;
        }
        if !panel.home.is_empty() {
            page.line(curve(&panel.home, 2), hue, 4.0)?;
        }
        if panel.top_quote() > CLEAR {
            let points = curve(&panel.quote, 2);
            for weeks in panel.sold.chunk_by(|a, b| b - a == 1) {
                let run = weeks.iter().map(|week| points[*week]).collect();
                page.line(run, theme::tint(hue, 0.7), 1.5)?;
            }
        }
        let mut at: Vec<i32> = labels.iter().map(|(value, _)| plot.up(*value)).collect();
        apart(&mut at, size.em(1.2), plot.rect.top);
        for ((_, text), y) in labels.iter().zip(at) {
            let text = page.cut(text, Ink::LABEL, aside - size.em(0.4));
            page.text(&text, (plot.rect.right + size.em(0.4), y), Ink::LABEL)?;
        }
        Ok(())
    }

    /// Names and end values at the right of the lines.
    fn end_labels(&self, locale: &Locale, panel: &Panel, long: bool) -> Vec<(f64, String)> {
        let last = |cells: &[[f64; 5]]| cells.last().map(|c| c[2]);
        let times = |index: f64| locale.number(index / 100.0, 1);
        let mut labels = Vec::new();
        if let Some(value) = last(&panel.outside) {
            let top = self.peak(&panel.outside).1;
            let words = [("times", times(value)), ("peak", times(top))];
            let words: Vec<(&str, &str)> = words.iter().map(|(k, v)| (*k, v.as_str())).collect();
            labels.push((
                value,
                locale.say(if long { "prices-outside" } else { "prices-outside-short" }, &words),
            ));
        }
        let top = panel.top_quote();
        if top > CLEAR {
            labels.push((top, locale.say("prices-quote", &[("peak", &times(top))])));
        }
        if let Some(value) = last(&panel.home) {
            let home = locale.name("region", &self.home);
            labels.push((value, locale.say("prices-home", &[("home", &home), ("times", &times(value))])));
        }
        labels
    }
}
