//! Chart 1: unmet demand over time with its bands, in the region that loses most.

use crate::figure::{ChartError, Context, Figure, Page, Stand, Words, band, ticks};
use crate::format::percent;
use crate::theme;
use chokepoint_core::scope::Series;
use std::fmt::Write;

const LEFT: i32 = 170;
const RIGHT: i32 = 1560;
const TOP: i32 = 190;
const BOTTOM: i32 = 940;
/// Single runs that are drawn beside the bands.
const SINGLE_RUNS: usize = 7;
/// Share of plan in the worst week below which a shortfall does not show.
const CLEAR: f64 = 0.01;

/// Draws it.
pub fn draw(context: &Context<'_>) -> Result<Figure, ChartError> {
    let (region, place) = worst_region(context);
    let width = context.width();
    let weeks = context.weeks();
    let bands = &context.ensemble.bands[context.arm()];
    let calm = &context.ensemble.bands[0];
    let cells: Vec<[f64; 5]> = (0..weeks).map(|w| bands.quantiles(w * width + place).p).collect();
    let base: Vec<f64> = (0..weeks).map(|w| calm.quantiles(w * width + place).p[2]).collect();
    let name = &context.experiment.world.regions[region].name;
    let words = words(context, name, &cells);
    let csv = csv(context, &cells, &base);
    Page::draw(&context.credit(), "01-fan", &words, csv, |page| {
        let samples = &context.ensemble.samples[context.arm()];
        let shown =
            samples.iter().take(SINGLE_RUNS).flat_map(|s| s.chunks(width)).map(|row| f64::from(row[place]));
        let top = cells.iter().map(|c| c[4]).chain(shown).fold(0.05, f64::max);
        let ticks = ticks(top);
        let top = ticks.last().copied().unwrap_or(1.0);
        let x = |week: f64| LEFT + (f64::from(RIGHT - LEFT) * week / weeks as f64).round() as i32;
        let y = |value: f64| BOTTOM - (f64::from(BOTTOM - TOP) * value.clamp(0.0, top) / top).round() as i32;
        shock(page, context, &x)?;
        axes(page, context, &x, &y, &ticks)?;
        let curve = |level: usize| -> Vec<(i32, i32)> {
            cells.iter().enumerate().map(|(w, c)| (x(w as f64), y(c[level]))).collect()
        };
        let hue = theme::region(&context.experiment.world.regions[region].id);
        page.area(band(&curve(4), &curve(0)), theme::tint(hue, 0.16))?;
        page.area(band(&curve(3), &curve(1)), theme::tint(hue, 0.36))?;
        for sample in samples.iter().take(SINGLE_RUNS) {
            let path = sample
                .chunks(width)
                .enumerate()
                .map(|(w, row)| (x(w as f64), y(f64::from(row[place]))))
                .collect();
            page.line(path, theme::tint(hue, 0.55), 1)?;
        }
        let baseline = base.iter().enumerate().map(|(w, v)| (x(w as f64), y(*v))).collect();
        page.dashes(baseline, theme::BASELINE, 3)?;
        page.line(curve(2), hue, 5)?;
        key(page, &cells)
    })
}

/// The region with the largest median loss, and its series.
fn worst_region(context: &Context<'_>) -> (usize, usize) {
    let regions = &context.experiment.world.regions;
    let key = context.summary.by_region.first().map_or("", |(key, _)| key.as_str());
    let region = regions.iter().position(|r| r.id == key).unwrap_or(0);
    let place = context.experiment.scope.series.iter().position(|s| match s {
        Series::UnmetRegion(r) => r.at() == region,
        _ => false,
    });
    (region, place.unwrap_or(0))
}

fn words(context: &Context<'_>, region: &str, cells: &[[f64; 5]]) -> Words {
    let after = &cells[context.shock()..];
    let worst = after.iter().enumerate().max_by(|a, b| a.1[2].total_cmp(&b.1[2]).then(b.0.cmp(&a.0)));
    let (week, peak) = worst.map_or((0, [0.0; 5]), |(week, p)| (week, *p));
    let most = after.iter().map(|c| c[4]).fold(0.0, f64::max);
    let title = title(region, week, peak, most);
    let subtitle = format!(
        "Goods due and not built in the week, % of plan weighted by value added, {}, all sectors; {}",
        the(region),
        context.summary.name
    );
    let alternative = format!(
        "Fan chart over {} weeks. The median shortfall peaks at {} (50 % of runs between {} and {}, 90 % between {} and {}) {week} weeks after the shock.",
        cells.len(),
        percent(peak[2]),
        percent(peak[1]),
        percent(peak[3]),
        percent(peak[0]),
        percent(peak[4])
    );
    Words { title, subtitle, alternative }
}

/// The finding: `peak` are the percentiles of the week with the worst median, `most` the highest of nine runs in ten.
fn title(region: &str, week: usize, peak: [f64; 5], most: f64) -> String {
    if peak[2] >= CLEAR {
        return format!(
            "{} misses {} ({} to {}) of planned output at worst, in week {week}",
            capital(&the(region)),
            percent(peak[2]),
            percent(peak[0]).trim_end_matches(" %"),
            percent(peak[4])
        );
    }
    if most >= CLEAR {
        let region = capital(&the(region));
        return format!(
            "{region} misses under 1 % of plan at the median, up to {} in nine runs of ten",
            percent(most)
        );
    }
    format!("No clear shortfall in {}: stocks absorb it", the(region))
}

/// Some names of regions take an article.
pub(crate) fn the(region: &str) -> String {
    match region {
        "United States" | "European Union" | "Rest of world" => format!("the {}", lower_first(region)),
        other => other.to_owned(),
    }
}

fn lower_first(region: &str) -> String {
    if region.starts_with("Rest") { region.replacen('R', "r", 1) } else { region.to_owned() }
}

/// First letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn shock(page: &Page<'_>, context: &Context<'_>, x: &dyn Fn(f64) -> i32) -> Result<(), ChartError> {
    let Some((from, to)) = context.shock_window() else { return Ok(()) };
    // a strike of days still needs a mark that is seen
    page.rectangle([(x(from), TOP), (x(to).max(x(from) + 6), BOTTOM)], theme::SHADE)?;
    let kinds: Vec<&str> = context.experiment.scenario.events.iter().map(|e| e.id.as_str()).collect();
    let name = if kinds.len() == 1 { kinds[0] } else { "shock" };
    page.text(
        &format!("{name} (central length)"),
        (x(from) + 10, TOP - 18),
        theme::LABEL,
        false,
        theme::GREY,
        Stand::Left,
    )
}

fn axes(
    page: &Page<'_>,
    context: &Context<'_>,
    x: &dyn Fn(f64) -> i32,
    y: &dyn Fn(f64) -> i32,
    ticks: &[f64],
) -> Result<(), ChartError> {
    for tick in ticks {
        page.line(vec![(LEFT, y(*tick)), (RIGHT, y(*tick))], theme::GRID, 1)?;
        let text = format!("{:.0} %", 100.0 * tick);
        page.text(&text, (LEFT - 16, y(*tick)), theme::LABEL, false, theme::INK, Stand::Right)?;
    }
    for (week, year) in context.years() {
        page.line(vec![(x(week as f64), BOTTOM), (x(week as f64), BOTTOM + 10)], theme::GREY, 2)?;
        page.text(&year, (x(week as f64), BOTTOM + 34), theme::LABEL, false, theme::INK, Stand::Middle)?;
    }
    page.line(vec![(LEFT, BOTTOM), (RIGHT, BOTTOM)], theme::GREY, 2)
}

/// A key at the right edge: what each mark is, at fixed places so that no label ever overlaps another.
fn key(page: &Page<'_>, cells: &[[f64; 5]]) -> Result<(), ChartError> {
    let entries: [(&str, u8); 5] = [
        ("median", 0),
        ("half of the runs", 1),
        ("nine runs in ten", 2),
        ("seven single runs", 3),
        ("no shock (median)", 4),
    ];
    let hue = theme::INK;
    for (row, (text, kind)) in entries.iter().enumerate() {
        let at = TOP + 20 + 44 * row as i32;
        let (from, to) = (RIGHT + 30, RIGHT + 80);
        match kind {
            0 => page.line(vec![(from, at), (to, at)], hue, 5)?,
            1 => page.rectangle([(from, at - 12), (to, at + 12)], theme::tint(hue, 0.36))?,
            2 => page.rectangle([(from, at - 12), (to, at + 12)], theme::tint(hue, 0.16))?,
            3 => page.line(vec![(from, at), (to, at)], theme::tint(hue, 0.55), 1)?,
            _ => page.dashes(vec![(from, at), (to, at)], theme::BASELINE, 3)?,
        }
        page.text(text, (to + 14, at), theme::LABEL, false, theme::INK, Stand::Left)?;
    }
    let worst = cells.iter().map(|c| c[2]).fold(0.0, f64::max);
    let text = format!("median at worst: {}", percent(worst));
    page.text(&text, (RIGHT + 30, TOP + 20 + 44 * 6), theme::LABEL, false, theme::INK, Stand::Left)
}

fn csv(context: &Context<'_>, cells: &[[f64; 5]], base: &[f64]) -> String {
    let calendar = context.experiment.calendar();
    let mut text = "date,unit,p5,p25,p50,p75,p95,calm_p50\n".to_owned();
    for (week, (p, calm)) in cells.iter().zip(base).enumerate() {
        let date = calendar.date(context.experiment.scope.from + week as u32);
        let _ = writeln!(
            text,
            "{date},share of plan,{:.4},{:.4},{:.4},{:.4},{:.4},{calm:.4}",
            p[0], p[1], p[2], p[3], p[4]
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_that_stocks_absorb_it_only_if_they_do_in_nine_runs_of_ten() {
        let title = |median, most| title("Canada", 9, [0.0, 0.0, median, 0.02, 0.05], most);
        assert_eq!(title(0.002, 0.009), "No clear shortfall in Canada: stocks absorb it");
        assert_eq!(
            title(0.009, 0.067),
            "Canada misses under 1 % of plan at the median, up to 6.7 % in nine runs of ten"
        );
        assert_eq!(
            title(0.03, 0.05),
            "Canada misses 3.0 % (0.0 to 5.0 %) of planned output at worst, in week 9"
        );
    }
}
