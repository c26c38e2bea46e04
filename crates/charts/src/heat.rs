//! Chart 4: shortage by stage and region, before, at worst and at the end.

use crate::fan::the;
use crate::figure::{ChartError, Context, Figure, Page, Stand, Words};
use crate::theme;
use chokepoint_core::scope::Series;
use std::fmt::Write;

const LEFT: i32 = 230;
const TOP: i32 = 290;
const CELL: (i32, i32) = (73, 84);
const PANEL_STEP: i32 = 560;
/// Steps of the ramp, shortage in per cent.
const STEPS: [f64; 4] = [2.0, 10.0, 25.0, 50.0];

/// Shortages of one moment, per cent of calm output, `[stage][region]`; `None` where nothing is made.
type Matrix = Vec<Vec<Option<f64>>>;

/// Draws it.
pub fn draw(context: &Context<'_>) -> Result<Figure, ChartError> {
    let (before, worst, end) = matrices(context);
    let words = words(context, &worst);
    let csv = csv(context, &[("before", &before), ("worst", &worst), ("end", &end)]);
    Page::draw(&context.credit(), "04-heat", &words, csv, |page| {
        let stages = &context.experiment.world.stages;
        for (s, stage) in stages.iter().enumerate() {
            let y = TOP + CELL.1 * s as i32 + CELL.1 / 2;
            page.text(&stage.id, (LEFT - 18, y), theme::LABEL, false, theme::INK, Stand::Right)?;
        }
        let titles = ["Month before", "Each cell's worst month", "Last quarter of the horizon"];
        for (index, (matrix, title)) in [&before, &worst, &end].into_iter().zip(titles).enumerate() {
            panel(page, context, matrix, title, LEFT + PANEL_STEP * index as i32)?;
        }
        legend(page)
    })
}

/// Shortage of the scenario's median output against calm's, in windows.
fn matrices(context: &Context<'_>) -> (Matrix, Matrix, Matrix) {
    let (stages, regions) = (context.experiment.world.stages.len(), context.experiment.world.regions.len());
    let empty: Matrix = vec![vec![None; regions]; stages];
    let (mut before, mut worst, mut end) = (empty.clone(), empty.clone(), empty);
    let arm = context.arm();
    let (weeks, shock) = (context.weeks(), context.shock());
    for (place, series) in context.experiment.scope.series.iter().enumerate() {
        let Series::Output(stage, region) = series else { continue };
        let (s, r) = (stage.at(), region.at());
        let median = |arm: usize, week: usize| {
            context.ensemble.bands[arm].quantiles(week * context.width() + place).p[2]
        };
        let short: Vec<f64> =
            (0..weeks).map(|w| 100.0 * (1.0 - median(arm, w) / median(0, w).max(1e-9))).collect();
        let mean = |range: &[f64]| range.iter().sum::<f64>() / range.len().max(1) as f64;
        before[s][r] = Some(mean(&short[shock.saturating_sub(4)..shock]));
        worst[s][r] = Some(short[shock..].windows(4).map(mean).fold(f64::NEG_INFINITY, f64::max));
        end[s][r] = Some(mean(&short[weeks.saturating_sub(13)..]));
    }
    (before, worst, end)
}

fn words(context: &Context<'_>, worst: &Matrix) -> Words {
    let world = &context.experiment.world;
    let mut hardest: Option<(usize, usize, f64)> = None;
    for (s, row) in worst.iter().enumerate() {
        for (r, cell) in row.iter().enumerate() {
            if let Some(value) = cell
                && hardest.is_none_or(|h| *value > h.2)
            {
                hardest = Some((s, r, *value));
            }
        }
    }
    let title = match hardest {
        Some((s, r, value)) if value >= 2.0 => format!(
            "{} in {} falls furthest, by {value:.0} % in its worst month",
            output_name(&world.stages[s].id),
            the(&world.regions[r].name)
        ),
        _ => "No stage of any region falls clearly below calm".to_owned(),
    };
    let alternative = hardest.map_or_else(String::new, |(s, r, value)| {
        format!(
            "Three matrices of seven stages by seven regions. The largest shortage is {value:.0} % at the stage {} in {}.",
            world.stages[s].id, world.regions[r].name
        )
    });
    Words {
        title,
        subtitle: format!(
            "Output below the same futures without the shock, %, medians; output valued at reference prices; {}",
            context.summary.name
        ),
        alternative,
    }
}

/// A stage as something that is made.
fn output_name(stage: &str) -> String {
    match stage {
        "OEM" => "Final production".to_owned(),
        "Mining" | "Separation" => stage.to_owned(),
        other => format!("{other} making"),
    }
}

fn panel(
    page: &Page<'_>,
    context: &Context<'_>,
    matrix: &Matrix,
    title: &str,
    left: i32,
) -> Result<(), ChartError> {
    page.text(title, (left, TOP - 82), theme::LABEL + 2.0, true, theme::INK, Stand::Left)?;
    for (r, region) in context.experiment.world.regions.iter().enumerate() {
        let x = left + CELL.0 * r as i32 + CELL.0 / 2;
        page.text(&region.id, (x, TOP - 28), theme::LABEL, false, theme::INK, Stand::Middle)?;
    }
    for (s, row) in matrix.iter().enumerate() {
        for (r, cell) in row.iter().enumerate() {
            let corner = (left + CELL.0 * r as i32, TOP + CELL.1 * s as i32);
            draw_cell(page, *cell, corner)?;
        }
    }
    Ok(())
}

fn draw_cell(page: &Page<'_>, cell: Option<f64>, (x, y): (i32, i32)) -> Result<(), ChartError> {
    let (right, bottom) = (x + CELL.0 - 3, y + CELL.1 - 3);
    let Some(value) = cell else {
        // hatched: nothing is made here
        page.rectangle([(x, y), (right, bottom)], theme::tint(theme::GREY, 0.06))?;
        for step in (0..CELL.0 + CELL.1).step_by(14) {
            let from = (x + step.min(CELL.0 - 3), y + (step - (CELL.0 - 3)).max(0));
            let to = (x + (step - (CELL.1 - 3)).max(0), y + step.min(CELL.1 - 3));
            if from.1 <= bottom && to.0 <= right {
                page.line(vec![from, to], theme::tint(theme::GREY, 0.35), 1)?;
            }
        }
        return Ok(());
    };
    let step = STEPS.iter().filter(|s| value >= **s).count();
    page.rectangle([(x, y), (right, bottom)], theme::RAMP[step])?;
    let ink = if step >= 3 { theme::PAPER } else { theme::INK };
    let text = if value < 0.5 { "0".to_owned() } else { format!("{value:.0}") };
    let middle = (x + (CELL.0 - 3) / 2, y + (CELL.1 - 3) / 2);
    page.text(&text, middle, theme::LABEL + 1.0, step > 0, ink, Stand::Middle)
}

fn legend(page: &Page<'_>) -> Result<(), ChartError> {
    let y = TOP + CELL.1 * 7 + 60;
    let names = ["under 2 %", "2 to 10", "10 to 25", "25 to 50", "50 % and more"];
    for (step, name) in names.iter().enumerate() {
        let x = LEFT + 230 * step as i32;
        page.rectangle([(x, y - 14), (x + 40, y + 14)], theme::RAMP[step])?;
        page.text(name, (x + 52, y), theme::LABEL, false, theme::INK, Stand::Left)?;
    }
    let x = LEFT + 230 * 5 + 30;
    page.text("hatched: nothing made; gains show as 0", (x, y), theme::LABEL, false, theme::INK, Stand::Left)
}

fn csv(context: &Context<'_>, moments: &[(&str, &Matrix)]) -> String {
    let world = &context.experiment.world;
    let mut text = "moment,stage,region,unit,shortage\n".to_owned();
    for (moment, matrix) in moments {
        for (s, row) in matrix.iter().enumerate() {
            for (r, cell) in row.iter().enumerate() {
                let value = cell.map_or_else(String::new, |v| format!("{v:.2}"));
                let _ = writeln!(
                    text,
                    "{moment},{},{},% of calm output,{value}",
                    world.stages[s].id, world.regions[r].id
                );
            }
        }
    }
    text
}
