//! Charts of a run: SVG by plotters, PNG by resvg from the same SVG, with a font that ships in the binary.
//!
//! A title states the finding and is computed from the numbers; the subtitle says measure, unit, place and period;
//! every figure has its data as CSV and its words as JSON beside it.

pub mod backtest;
pub mod fan;
pub mod figure;
pub mod format;
pub mod heat;
pub mod prices;
pub mod theme;

pub use figure::{ChartError, Figure};

use chokepoint_montecarlo::runner::Ensemble;
use chokepoint_montecarlo::summary::Summary;
use chokepoint_scenario::experiment::Experiment;

/// The charts that a run draws: id and what it shows.
pub const KINDS: [(&str, &str); 3] = [
    ("01-fan", "Unmet demand over time with its bands, in the region that loses most"),
    ("02-prices", "Price indices at home and outside, by commodity"),
    ("04-heat", "Shortage by stage and region: before, at worst, at the end"),
];

/// Draws every chart of a run. `digest` is printed in the source line.
pub fn draw(
    experiment: &Experiment,
    ensemble: &Ensemble,
    summary: &Summary,
    digest: &str,
) -> Result<Vec<Figure>, ChartError> {
    let context = figure::Context { experiment, ensemble, summary, digest };
    Ok(vec![fan::draw(&context)?, prices::draw(&context)?, heat::draw(&context)?])
}
