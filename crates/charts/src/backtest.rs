//! The back-test panel: observed prices over the modelled band, a panel for each commodity, one logarithmic scale each.

use crate::figure::{ChartError, Credit, Figure, Page, Stand, Words, band};
use crate::theme;
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::plan::Week;
use chokepoint_montecarlo::history::record::{Record, Recorder};
use chokepoint_montecarlo::history::score::{Card, Score};
use chokepoint_montecarlo::pairing::spread;
use chokepoint_scenario::history::{History, Observation};
use std::fmt::Write;

const LEFT: i32 = 150;
const PANEL_WIDTH: i32 = 700;
const PANEL_HEIGHT: i32 = 320;
const COLUMN_STEP: i32 = 880;
const ROW_STEP: i32 = 420;
const TOP: i32 = 220;
/// Panels on a page.
const MOST: usize = 4;

/// One panel: a commodity outside the home region, and at home.
struct Panel<'a> {
    name: &'a str,
    id: &'a str,
    outside: Vec<[f64; 3]>,
    home: Vec<[f64; 3]>,
    seen: Vec<&'a Observation>,
}

/// Draws it. `credit` says where it comes from.
pub fn draw(
    history: &History,
    recorder: &Recorder<'_>,
    records: &[Record],
    card: &Card,
    credit: &Credit,
) -> Result<Figure, ChartError> {
    let panels = panels(history, recorder, records);
    let words = words(card, &panels);
    let csv = csv(recorder, &panels);
    Page::draw(credit, "19-backtest", &words, csv, |page| {
        for (index, panel) in panels.iter().enumerate() {
            let corner = (LEFT + COLUMN_STEP * (index as i32 % 2), TOP + ROW_STEP * (index as i32 / 2));
            draw_panel(page, recorder, panel, corner, theme::SERIES[index])?;
        }
        Ok(())
    })
}

/// The commodities with most observations outside the home region, in the order of the world's headline.
fn panels<'a>(history: &'a History, recorder: &Recorder<'a>, records: &[Record]) -> Vec<Panel<'a>> {
    let world = &recorder.experiment.world;
    let of = |c: usize| {
        let seen: Vec<&Observation> = history.prices.iter().filter(|s| s.commodity == c).collect();
        let bands = |outside: bool| {
            let week = |w: Week| {
                let weeks = w..w + 1;
                let values: Vec<f64> =
                    records.iter().map(|r| recorder.price(r, c, outside, &weeks)).collect();
                let (low, middle, high) = spread(&values);
                [low, middle, high]
            };
            (recorder.scope.from..recorder.plan.weeks).map(week).collect()
        };
        Panel {
            name: &world.commodities[c].name,
            id: &world.commodities[c].id,
            outside: bands(true),
            home: bands(false),
            seen,
        }
    };
    let shown = world.headline_prices.iter().filter(|c| history.prices.iter().any(|s| s.commodity == **c));
    shown.take(MOST).map(|c| of(*c)).collect()
}

fn words(card: &Card, panels: &[Panel<'_>]) -> Words {
    let tests: Vec<&Score> = card.tests().collect();
    let inside = tests.iter().filter(|s| s.inside).count();
    let ahead = tests.iter().filter(|s| s.beats_both()).count();
    let alternative = panels
        .iter()
        .map(|p| {
            let top = |cells: &[[f64; 3]]| cells.iter().map(|c| c[1]).fold(0.0, f64::max);
            let seen = p.seen.iter().filter(|s| s.outside).map(|s| s.usd_per_kg).fold(0.0, f64::max);
            format!(
                "{}: modelled median peaks at {:.0}, observed at {seen:.0} US dollars.",
                p.name,
                top(&p.outside)
            )
        })
        .collect::<Vec<_>>()
        .join(" ");
    Words {
        title: format!(
            "The model holds {inside} of {} numbers of the crisis that it was not fitted to",
            tests.len()
        ),
        subtitle: format!(
            "US dollars per kg, log scale: outside China, observed (dots) over nine runs in ten; at home, observed (rings), median dashed; nearer than both naive forecasts in {ahead}"
        ),
        alternative,
    }
}

fn draw_panel(
    page: &Page<'_>,
    recorder: &Recorder<'_>,
    panel: &Panel<'_>,
    (left, top): (i32, i32),
    hue: plotters::style::RGBColor,
) -> Result<(), ChartError> {
    let (right, bottom) = (left + PANEL_WIDTH, top + PANEL_HEIGHT);
    let (low, high) = scale(panel);
    let weeks = panel.outside.len().max(1) as f64;
    let x = |week: f64| left + (f64::from(PANEL_WIDTH) * week / weeks).round() as i32;
    let y = |value: f64| {
        let share = (ln(value.clamp(low, high)) - ln(low)) / (ln(high) - ln(low));
        bottom - (f64::from(PANEL_HEIGHT) * share).round() as i32
    };
    page.text(panel.name, (left, top - 28), theme::LABEL + 2.0, true, theme::INK, Stand::Left)?;
    for mark in marks(low, high) {
        page.line(vec![(left, y(mark)), (right, y(mark))], theme::GRID, 1)?;
        let at = (left - 14, y(mark));
        page.text(&plain(mark), at, theme::LABEL, false, theme::INK, Stand::Right)?;
    }
    let calendar = recorder.experiment.calendar();
    let year = |week: usize| calendar.date(recorder.scope.from + week as u32).year();
    for week in (1..panel.outside.len()).filter(|w| year(*w) != year(*w - 1)) {
        let at = (x(week as f64), bottom + 26);
        page.text(&year(week).to_string(), at, theme::LABEL - 1.0, false, theme::INK, Stand::Middle)?;
    }
    let curve = |cells: &[[f64; 3]], level: usize| -> Vec<(i32, i32)> {
        cells.iter().enumerate().map(|(w, c)| (x(w as f64), y(c[level]))).collect()
    };
    page.area(band(&curve(&panel.outside, 2), &curve(&panel.outside, 0)), theme::tint(hue, 0.18))?;
    page.line(curve(&panel.outside, 1), hue, 4)?;
    page.dashes(curve(&panel.home, 1), hue, 3)?;
    for seen in &panel.seen {
        let from = f64::from(seen.weeks.start.saturating_sub(recorder.scope.from));
        let end = f64::from(seen.weeks.end.saturating_sub(recorder.scope.from));
        let height = y(seen.usd_per_kg);
        if end - from > 2.0 {
            page.line(vec![(x(from), height), (x(end), height)], theme::INK, 2)?;
        }
        page.dot((x((from + end) / 2.0), height), 7, theme::INK, seen.outside)?;
    }
    Ok(())
}

/// Bounds of the scale: what is drawn, to whole marks.
fn scale(panel: &Panel<'_>) -> (f64, f64) {
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
    (down.unwrap_or(low), up.unwrap_or(high))
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
    // a wide scale is told by its decades
    if all.len() > 9 {
        all.into_iter().filter(|m| (ln(*m) / ln(10.0) + 1e-9).fract().abs() < 1e-6).collect()
    } else {
        all
    }
}

fn plain(value: f64) -> String {
    if value >= 1.0 { format!("{value:.0}") } else { format!("{value}") }
}

fn csv(recorder: &Recorder<'_>, panels: &[Panel<'_>]) -> String {
    let calendar = recorder.experiment.calendar();
    let mut text = "from,until,item,market,unit,kind,p5,p50,p95\n".to_owned();
    for panel in panels {
        for (market, cells) in [("outside", &panel.outside), ("home", &panel.home)] {
            for (week, p) in cells.iter().enumerate() {
                let date = calendar.date(recorder.scope.from + week as u32);
                let _ = writeln!(
                    text,
                    "{date},{date},{},{market},USD/kg,modelled,{:.2},{:.2},{:.2}",
                    panel.id, p[0], p[1], p[2]
                );
            }
        }
        for seen in &panel.seen {
            let _ = writeln!(
                text,
                "{},{},{},{},USD/kg,observed,,{},",
                calendar.date(seen.weeks.start),
                calendar.date(seen.weeks.end - 1),
                panel.id,
                if seen.outside { "outside" } else { "home" },
                seen.usd_per_kg
            );
        }
    }
    text
}
