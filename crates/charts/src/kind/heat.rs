//! Chart 4: shortage by stage and region, before, at worst and at the end.

use crate::context::{Context, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page, Rect};
use crate::plot::{Mark, key, key_height};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_core::scope::Series;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Steps of the ramp, shortage in per cent.
const STEPS: [f64; 4] = [2.0, 10.0, 25.0, 50.0];
/// Messages of the steps.
const STEP_NAMES: [&str; 5] = ["heat-step-1", "heat-step-2", "heat-step-3", "heat-step-4", "heat-step-5"];
/// Messages and names in files of the moments.
const MOMENTS: [(&str, &str); 3] = [("heat-before", "before"), ("heat-worst", "worst"), ("heat-end", "end")];

/// Shortages of one moment, per cent of the baseline output, `[stage][region]`; nothing where nothing is made.
type Matrix = Vec<Vec<Option<f64>>>;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    scenario: Named,
    stages: Vec<Named>,
    regions: Vec<Named>,
    /// The month before, each cell's worst month, the last quarter.
    moments: [Matrix; 3],
}

impl Heat {
    /// Takes them from a run: the scenario's median output against the baseline's.
    pub fn of(context: &Context<'_>) -> Self {
        let world = &context.experiment.world;
        let empty: Matrix = vec![vec![None; world.regions.len()]; world.stages.len()];
        let mut moments = [empty.clone(), empty.clone(), empty];
        let (weeks, shock) = (context.weeks(), context.shock());
        for (place, series) in context.experiment.scope.series.iter().enumerate() {
            let Series::Output(stage, region) = series else { continue };
            let (s, r) = (stage.at(), region.at());
            let (with, without) = (context.bands(context.arm(), place), context.bands(0, place));
            let short: Vec<f64> = (0..weeks).map(|w| shortage(with[w][2], without[w][2])).collect();
            let mean = |range: &[f64]| range.iter().sum::<f64>() / range.len().max(1) as f64;
            let worst = short[shock..].windows(4).map(mean).fold(f64::NEG_INFINITY, f64::max);
            let of = [
                mean(&short[shock.saturating_sub(4)..shock]),
                if worst.is_finite() { worst } else { mean(&short[shock..]) },
                mean(&short[weeks.saturating_sub(13)..]),
            ];
            for (moment, value) in moments.iter_mut().zip(of) {
                moment[s][r] = Some(rounded(value));
            }
        }
        Self {
            scenario: context.scenario(),
            stages: world.stages.iter().map(|s| Named::new(&s.id, &s.id)).collect(),
            regions: (0..world.regions.len()).map(|r| context.region(r)).collect(),
            moments,
        }
    }

    /// Stage, region and shortage of the worst cell.
    fn hardest(&self) -> Option<(usize, usize, f64)> {
        let mut hardest: Option<(usize, usize, f64)> = None;
        for (s, row) in self.moments[1].iter().enumerate() {
            for (r, cell) in row.iter().enumerate() {
                if let Some(value) = cell
                    && hardest.is_none_or(|h| *value > h.2)
                {
                    hardest = Some((s, r, *value));
                }
            }
        }
        hardest
    }

    fn entries(locale: &Locale) -> Vec<(Mark, String)> {
        let steps = STEP_NAMES.iter().zip(theme::RAMP);
        steps.map(|(id, colour)| (Mark::Box(colour), locale.say(id, &[]))).collect()
    }
}

impl ChartKind for Heat {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.scenario);
        let subtitle = locale.say("heat-subtitle", &[("scenario", &scenario)]);
        let Some((s, r, value)) = self.hardest().filter(|h| h.2 >= STEPS[0]) else {
            let title = locale.say("heat-title-none", &[]);
            return Words { alternative: title.clone(), description: title.clone(), title, subtitle };
        };
        let made = locale.form("stage", &self.stages[s], ".made");
        let place = locale.form("region", &self.regions[r], ".place");
        let share = locale.say("per-cent", &[("n", &locale.number(value, 0))]);
        let words = [("made", made.as_str()), ("place", place.as_str()), ("share", share.as_str())];
        Words {
            title: capital(&locale.say("heat-title", &words)),
            subtitle,
            alternative: locale.say("heat-alternative", &words),
            description: locale.say("heat-description", &words),
        }
    }

    fn csv(&self) -> String {
        let mut text = "moment,stage,region,unit,shortage\n".to_owned();
        for (matrix, (_, moment)) in self.moments.iter().zip(MOMENTS) {
            for (row, stage) in matrix.iter().zip(&self.stages) {
                for (cell, region) in row.iter().zip(&self.regions) {
                    let value = cell.map_or_else(String::new, |v| v.to_string());
                    let _ = writeln!(
                        text,
                        "{moment},{},{},% of the baseline output,{value}",
                        stage.id, region.id
                    );
                }
            }
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let entries = Self::entries(locale);
        let note = match size.room() {
            Room::Narrow => Vec::new(),
            _ => page.wrap(&locale.say("heat-hatched", &[]), Ink::LABEL, page.body.width()),
        };
        let below = key_height(page, &entries, page.body.width()) + size.em(1.5) * note.len() as i32;
        let names: Vec<String> = self.stages.iter().map(|s| locale.name("stage", s)).collect();
        let widest = names.iter().map(|n| page.width(n, Ink::LABEL)).fold(0.0, f64::max) as i32;
        let rect = page.body.inset(widest + size.em(0.7), 0, 0, below + size.em(0.4));
        // a narrow figure shows each cell's worst month alone
        let shown: Vec<usize> = match size.room() {
            Room::Wide => vec![0, 1, 2],
            Room::Middle => vec![1, 2],
            Room::Narrow => vec![1],
        };
        let panels = rect.grid(shown.len(), 1, (size.em(1.2), 0));
        for (moment, panel) in shown.iter().zip(&panels) {
            let title = locale.say(MOMENTS[*moment].0, &[]);
            self.panel(page, &self.moments[*moment], &title, *panel)?;
        }
        let cells = cells_of(panels[0], page, self.stages.len(), self.regions.len());
        for (row, name) in names.iter().enumerate() {
            let cell = cells[row * self.regions.len()];
            let at = (rect.left - size.em(0.5), (cell.top + cell.bottom) / 2);
            page.text(name, at, Ink::LABEL.right())?;
        }
        let top = page.body.bottom - below;
        let taken = key(page, &entries, (page.body.left, top), Some(page.body.width()))?;
        for (k, line) in note.iter().enumerate() {
            let y = top + taken + size.em(0.7) + size.em(1.5) * k as i32;
            page.text(line, (page.body.left, y), Ink::LABEL)?;
        }
        Ok(())
    }
}

/// Per cent of the baseline output that is missing; none where the baseline makes nothing either.
fn shortage(with: f64, without: f64) -> f64 {
    if without > 0.0 { 100.0 * (1.0 - with / without) } else { 0.0 }
}

/// Cells of a panel, row by row, below its title and the names of its columns.
fn cells_of(panel: Rect, page: &Page<'_>, rows: usize, columns: usize) -> Vec<Rect> {
    let gap = page.size.em(0.12).max(2);
    panel.inset(0, page.size.em(3.1), 0, 0).grid(columns, rows, (gap, gap))
}

impl Heat {
    fn panel(&self, page: &Page<'_>, matrix: &Matrix, title: &str, panel: Rect) -> Result<(), ChartError> {
        let size = page.size;
        let title = page.cut(title, Ink::LABEL.bold(), panel.width());
        page.text(&title, (panel.left, panel.top + size.em(0.7)), Ink::LABEL.bold())?;
        let cells = cells_of(panel, page, self.stages.len(), self.regions.len());
        for (cell, region) in cells.iter().zip(&self.regions) {
            let at = ((cell.left + cell.right) / 2, cell.top - size.em(0.8));
            page.text(&region.id, at, Ink::LABEL.middle())?;
        }
        for (cell, value) in cells.iter().zip(matrix.iter().flatten()) {
            draw_cell(page, *value, *cell)?;
        }
        Ok(())
    }
}

fn draw_cell(page: &Page<'_>, value: Option<f64>, cell: Rect) -> Result<(), ChartError> {
    let Some(value) = value else { return hatch(page, cell) };
    let step = STEPS.iter().filter(|s| value >= **s).count();
    page.rectangle(cell, theme::RAMP[step])?;
    let colour = if step >= 3 { theme::PAPER } else { theme::INK };
    let text = if value < 0.5 { "0".to_owned() } else { format!("{value:.0}") };
    let middle = ((cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2);
    let ink = Ink { bold: step > 0, ..Ink::LABEL.colour(colour).middle() };
    page.text(&text, middle, ink)
}

/// Hatched: nothing is made here.
fn hatch(page: &Page<'_>, cell: Rect) -> Result<(), ChartError> {
    page.rectangle(cell, theme::tint(theme::GREY, 0.06))?;
    let (width, height) = (cell.width(), cell.height());
    for step in (0..width + height).step_by(page.size.em(0.6).max(4) as usize) {
        let from = (cell.left + step.min(width), cell.top + (step - width).max(0));
        let to = (cell.left + (step - height).max(0), cell.top + step.min(height));
        page.line(vec![from, to], theme::tint(theme::GREY, 0.35), 1.0)?;
    }
    Ok(())
}
