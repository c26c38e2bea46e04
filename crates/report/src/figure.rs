//! A figure for a briefing: drawn for wide and for narrow screens, with its table.

use crate::document::{Block, Drawing};
use crate::table;
use chokepoint_charts::size::{DOC, DOC_HALF};
use chokepoint_charts::tongue::Tongue;
use chokepoint_charts::{Chart, ChartError, Sheet};

/// Figures of kinds, those that the run has.
pub(crate) fn figures(sheet: &Sheet, kinds: &[&str], tongue: &Tongue) -> Result<Vec<Block>, ChartError> {
    let there = kinds.iter().filter_map(|kind| sheet.charts.iter().find(|c| c.id() == *kind));
    there.map(|chart| Ok(Block::Figure(Box::new(drawing(sheet, chart, tongue)?)))).collect()
}

fn drawing(sheet: &Sheet, chart: &Chart, tongue: &Tongue) -> Result<Drawing, ChartError> {
    let wide = sheet.figure(chart, DOC, tongue, None)?;
    let narrow = sheet.figure(chart, DOC_HALF, tongue, None)?;
    let twin = table::twin(&wide.csv, table::ON_SCREEN);
    // the same kind may come from several runs
    let id = format!("figure-{}-{}", chart.id(), sheet.credit.digest);
    Ok(Drawing { id, kind: chart.id(), wide, narrow, twin })
}
