//! A figure for a briefing: drawn for wide and for narrow screens, with its table.

use crate::document::{Block, Drawing};
use crate::table;
use chokepoint_charts::locale::Locale;
use chokepoint_charts::size::{DOC, DOC_HALF};
use chokepoint_charts::{Chart, ChartError, FigureSet};

/// Figures of kinds, those that the run has.
pub(crate) fn figures(
    figure_set: &FigureSet,
    kinds: &[&str],
    locale: &Locale,
) -> Result<Vec<Block>, ChartError> {
    let there = kinds.iter().filter_map(|kind| figure_set.charts.iter().find(|c| c.id() == *kind));
    there.map(|chart| Ok(Block::Figure(Box::new(drawing(figure_set, chart, locale)?)))).collect()
}

fn drawing(figure_set: &FigureSet, chart: &Chart, locale: &Locale) -> Result<Drawing, ChartError> {
    let wide = figure_set.figure(chart, DOC, locale, None)?;
    let narrow = figure_set.figure(chart, DOC_HALF, locale, None)?;
    let data_table = table::data_table(&wide.csv, table::ON_SCREEN);
    // the same kind may come from several runs
    let id = format!("figure-{}-{}", chart.id(), figure_set.credit.digest);
    Ok(Drawing { id, kind: chart.id(), wide, narrow, data_table })
}
