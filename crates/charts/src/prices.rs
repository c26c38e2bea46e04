//! Chart 2: price indices at home and outside, a panel per commodity, one logarithmic scale.

use crate::fan::the;
use crate::figure::{ChartError, Context, Figure, Page, Stand, Words, band};
use crate::theme;
use chokepoint_core::lanes::ln;
use chokepoint_core::scope::Series;
use std::fmt::Write;

const LEFT: i32 = 150;
const PANEL_WIDTH: i32 = 640;
const PANEL_HEIGHT: i32 = 320;
const COLUMN_STEP: i32 = 890;
const ROW_STEP: i32 = 420;
const TOP: i32 = 220;
/// Scale marks, per cent of the month before the shock.
const MARKS: [f64; 9] = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0];

/// One panel's numbers, 100 = month before the shock.
struct Panel {
    name: String,
    id: String,
    home: Vec<[f64; 5]>,
    outside: Vec<[f64; 5]>,
}

/// Draws it.
pub fn draw(context: &Context<'_>) -> Result<Figure, ChartError> {
    let panels = panels(context);
    let words = words(context, &panels);
    let csv = csv(context, &panels);
    let (low, high) = scale(&panels);
    Page::draw(&context.credit(), "02-prices", &words, csv, |page| {
        for (index, panel) in panels.iter().take(4).enumerate() {
            let corner = (LEFT + COLUMN_STEP * (index as i32 % 2), TOP + ROW_STEP * (index as i32 / 2));
            draw_panel(page, context, panel, corner, (low, high), theme::SERIES[index])?;
        }
        Ok(())
    })
}

fn panels(context: &Context<'_>) -> Vec<Panel> {
    let world = &context.experiment.world;
    world
        .headline_prices
        .iter()
        .map(|c| Panel {
            name: world.commodities[*c].name.clone(),
            id: world.commodities[*c].id.clone(),
            home: index(context, |s| matches!(s, Series::HomePrice(x) if x.at() == *c)),
            outside: index(context, |s| matches!(s, Series::OutsidePrice(x) if x.at() == *c)),
        })
        .collect()
}

/// A series' bands over its median in the four weeks before the shock.
fn index(context: &Context<'_>, wanted: impl Fn(&Series) -> bool) -> Vec<[f64; 5]> {
    let Some(place) = context.experiment.scope.series.iter().position(wanted) else { return Vec::new() };
    let bands = &context.ensemble.bands[context.arm()];
    let cells: Vec<[f64; 5]> =
        (0..context.weeks()).map(|w| bands.quantiles(w * context.width() + place).p).collect();
    let shock = context.shock();
    let month = &cells[shock.saturating_sub(4)..shock.max(1)];
    let before = month.iter().map(|c| c[2]).sum::<f64>() / month.len().max(1) as f64;
    cells.iter().map(|c| c.map(|v| 100.0 * v / before.max(1e-9))).collect()
}

fn scale(panels: &[Panel]) -> (f64, f64) {
    let all = panels.iter().flat_map(|p| p.home.iter().chain(&p.outside));
    let (mut low, mut high) = (50.0_f64, 200.0_f64);
    for cell in all {
        low = low.min(cell[0]);
        high = high.max(cell[4]);
    }
    let low = MARKS.iter().rev().copied().find(|m| *m <= low).unwrap_or(10.0);
    let high = MARKS.iter().copied().find(|m| *m >= high).unwrap_or(5000.0);
    (low, high)
}

fn peak(cells: &[[f64; 5]], from: usize) -> (usize, f64) {
    cells.iter().enumerate().skip(from).fold(
        (from, 0.0),
        |best, (week, c)| {
            if c[2] > best.1 { (week, c[2]) } else { best }
        },
    )
}

fn words(context: &Context<'_>, panels: &[Panel]) -> Words {
    let home = &context.experiment.world.regions[context.experiment.world.home].name;
    let dearest = panels
        .iter()
        .max_by(|a, b| peak(&a.outside, context.shock()).1.total_cmp(&peak(&b.outside, context.shock()).1));
    let title = match dearest {
        Some(p) if peak(&p.outside, context.shock()).1 > 125.0 => {
            let (week, top) = peak(&p.outside, context.shock());
            let at_home = p.home.get(week).map_or(0.0, |c| c[2]);
            format!(
                "{} costs x{:.1} outside {home} at its peak, x{:.1} inside",
                p.name,
                top / 100.0,
                at_home / 100.0
            )
        }
        _ => format!("No clear price gap between {home} and the rest"),
    };
    let alternative = panels
        .iter()
        .map(|p| {
            let (week, top) = peak(&p.outside, context.shock());
            format!("{}: outside median peaks at {top:.0} in week {}.", p.name, week - context.shock())
        })
        .collect::<Vec<_>>()
        .join(" ");
    Words {
        title,
        subtitle: format!(
            "Price paid, 100 = month before the shock, log scale; {home} solid, outside {} dashed with nine runs in ten",
            the(home)
        ),
        alternative,
    }
}

fn draw_panel(
    page: &Page<'_>,
    context: &Context<'_>,
    panel: &Panel,
    (left, top): (i32, i32),
    (low, high): (f64, f64),
    hue: plotters::style::RGBColor,
) -> Result<(), ChartError> {
    let (right, bottom) = (left + PANEL_WIDTH, top + PANEL_HEIGHT);
    let weeks = context.weeks() as f64;
    let x = |week: f64| left + (f64::from(PANEL_WIDTH) * week / weeks).round() as i32;
    let y = |value: f64| {
        let share = (ln(value.clamp(low, high)) - ln(low)) / (ln(high) - ln(low));
        bottom - (f64::from(PANEL_HEIGHT) * share).round() as i32
    };
    page.text(&panel.name, (left, top - 28), theme::LABEL + 2.0, true, theme::INK, Stand::Left)?;
    if let Some((from, to)) = context.shock_window() {
        page.rectangle([(x(from), top), (x(to).max(x(from) + 4), bottom)], theme::SHADE)?;
    }
    for mark in MARKS.iter().filter(|m| **m >= low && **m <= high) {
        page.line(vec![(left, y(*mark)), (right, y(*mark))], theme::GRID, 1)?;
        let at = (left - 14, y(*mark));
        page.text(&format!("{mark:.0}"), at, theme::LABEL, false, theme::INK, Stand::Right)?;
    }
    for (week, year) in context.years() {
        let at = (x(week as f64), bottom + 26);
        page.text(&year, at, theme::LABEL - 1.0, false, theme::INK, Stand::Middle)?;
    }
    let curve = |cells: &[[f64; 5]], level: usize| -> Vec<(i32, i32)> {
        cells.iter().enumerate().map(|(w, c)| (x(w as f64), y(c[level]))).collect()
    };
    if !panel.outside.is_empty() {
        page.area(band(&curve(&panel.outside, 4), &curve(&panel.outside, 0)), theme::tint(hue, 0.15))?;
        page.dashes(curve(&panel.outside, 2), hue, 4)?;
    }
    if !panel.home.is_empty() {
        page.line(curve(&panel.home, 2), hue, 4)?;
    }
    end_labels(page, context, panel, right, &y)
}

/// Names and end values at the right of the lines, pushed apart where they would touch.
fn end_labels(
    page: &Page<'_>,
    context: &Context<'_>,
    panel: &Panel,
    right: i32,
    y: &dyn Fn(f64) -> i32,
) -> Result<(), ChartError> {
    let home = &context.experiment.world.regions[context.experiment.world.home].name;
    let last = |cells: &[[f64; 5]]| cells.last().map(|c| c[2]);
    let mut marks: Vec<(i32, String)> = Vec::new();
    if let Some(value) = last(&panel.outside) {
        let top = peak(&panel.outside, context.shock()).1;
        marks.push((y(value), format!("outside x{:.1}, peak x{:.1}", value / 100.0, top / 100.0)));
    }
    if let Some(value) = last(&panel.home) {
        marks.push((y(value), format!("{home} x{:.1}", value / 100.0)));
    }
    marks.sort_by_key(|m| m.0);
    if let [first, second] = &mut marks[..] {
        let gap = 30 - (second.0 - first.0);
        if gap > 0 {
            first.0 -= gap / 2;
            second.0 += gap - gap / 2;
        }
    }
    for (at, text) in marks {
        page.text(&text, (right + 10, at), theme::LABEL - 3.0, false, theme::INK, Stand::Left)?;
    }
    Ok(())
}

fn csv(context: &Context<'_>, panels: &[Panel]) -> String {
    let calendar = context.experiment.calendar();
    let mut text = "date,item,market,unit,p5,p25,p50,p75,p95\n".to_owned();
    for panel in panels {
        for (market, cells) in [("home", &panel.home), ("outside", &panel.outside)] {
            for (week, p) in cells.iter().enumerate() {
                let date = calendar.date(context.experiment.scope.from + week as u32);
                let _ = writeln!(
                    text,
                    "{date},{},{market},100 = month before the shock,{:.1},{:.1},{:.1},{:.1},{:.1}",
                    panel.id, p[0], p[1], p[2], p[3], p[4]
                );
            }
        }
    }
    text
}
