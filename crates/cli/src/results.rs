//! Folders of results: how they are opened, and the figures in them.

use crate::failure::Failure;
use crate::printer::Printer;
use chokepoint_charts::locale::Language;
use chokepoint_charts::size::SLIDE;
use chokepoint_charts::{ChartError, Figure, FigureSet};
use chokepoint_montecarlo::results::Folder;
use rayon::prelude::*;
use std::path::Path;

/// Opens a folder for results and says what a run that ended too early had left there.
pub(crate) fn open(target: &Path, force: bool, printer: Printer) -> Result<Folder, Failure> {
    let folder = Folder::open(target, force)?;
    folder.found().iter().for_each(|found| printer.note(found));
    Ok(folder)
}

/// Puts the figures of a run into its folder: their numbers, and each as a slide, as pixels, as a table and as words. One that
/// cannot be drawn is left out and reported: what was computed is kept.
pub(crate) fn figures(folder: &mut Folder, figure_set: &FigureSet, printer: Printer) -> Result<(), Failure> {
    folder.write("figures.json", figure_set.to_json().as_bytes())?;
    let locale = Language::English.locale();
    let drawn: Vec<Result<(Figure, Vec<u8>), ChartError>> = figure_set
        .charts
        .par_iter()
        .map(|chart| {
            let figure = figure_set.figure(chart, SLIDE, locale, None)?;
            let png = figure.png(1)?;
            Ok((figure, png))
        })
        .collect();
    for drawn in drawn {
        let (figure, png) = match drawn {
            Ok(drawn) => drawn,
            Err(error) => {
                printer.note(&format!("{error}; the other results are kept"));
                continue;
            }
        };
        let name = format!("charts/{}", figure.name);
        folder.write(&format!("{name}.svg"), figure.svg.as_bytes())?;
        folder.write(&format!("{name}.png"), &png)?;
        folder.write(&format!("{name}.csv"), figure.csv.as_bytes())?;
        folder.write(&format!("{name}.json"), figure.json.as_bytes())?;
    }
    Ok(())
}
