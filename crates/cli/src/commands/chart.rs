//! `chokepoint chart`: one figure of a finished run, in a size, formats and a language.

use crate::arguments::{ChartOptions, Format};
use crate::failure::Failure;
use crate::finished;
use crate::printer::Printer;
use chokepoint_charts::locale::Language;
use chokepoint_charts::size::{SIZES, Size};
use chokepoint_charts::{FigureSet, KINDS};
use chokepoint_montecarlo::results::replace;
use std::path::Path;

/// Longest title, characters.
const LONGEST_TITLE: usize = 200;

pub(crate) fn chart(options: &ChartOptions, printer: Printer) -> Result<(), Failure> {
    let figure_set: FigureSet = finished::json(&options.folder, "figures.json")?;
    let Some(chart) = figure_set.charts.iter().find(|chart| chart.id() == options.kind) else {
        let there: Vec<&str> = figure_set.charts.iter().map(|chart| chart.id()).collect();
        let known = KINDS.iter().any(|(_, id, _)| *id == options.kind);
        let what = if known { "this run has no chart" } else { "there is no chart" };
        return Err(Failure::Usage(format!("{what} `{}`; it has: {}", options.kind, there.join(", "))));
    };
    let Some(size) = Size::of(&options.size) else {
        let known: Vec<&str> = SIZES.iter().map(|size| size.id).collect();
        return Err(Failure::Usage(format!(
            "there is no size `{}`; known: {}",
            options.size,
            known.join(", ")
        )));
    };
    if let Some(title) = &options.title
        && (title.trim().is_empty() || title.chars().count() > LONGEST_TITLE)
    {
        return Err(Failure::Usage(format!("a title has 1 to {LONGEST_TITLE} characters")));
    }
    let language = options.lang.language();
    let figure = figure_set.figure(chart, size, language.locale(), options.title.as_deref())?;
    let mut name = figure.name.clone();
    // what a run draws by itself has the plain name
    if size.id != "slide" {
        name = format!("{name}.{}", size.id);
    }
    if language != Language::English {
        name = format!("{name}.{}", language.key());
    }
    // a title of one's own never takes the place of what the run drew and its manifest vouches for
    if options.title.is_some() {
        name = format!("{name}.titled");
    }
    let mut files = vec![
        (format!("{name}.csv"), figure.csv.clone().into_bytes()),
        (format!("{name}.json"), figure.json.clone().into_bytes()),
    ];
    for format in &options.format {
        match format {
            Format::Svg => files.push((format!("{name}.svg"), figure.svg.clone().into_bytes())),
            Format::Png => {
                files.push((format!("{name}.png"), figure.png(1)?));
                files.push((format!("{name}@2x.png"), figure.png(2)?));
            }
            Format::Pdf => files.push((format!("{name}.pdf"), figure.pdf()?)),
        }
    }
    let out = options.out.clone().unwrap_or_else(|| options.folder.join("charts"));
    write(&out, &files, options.force)?;
    printer.talk(&format!("{}\n", figure.words.title));
    printer.paths(&out, &files);
    Ok(())
}

/// Writes files, none if one of them stands there with other bytes.
pub(crate) fn write(out: &Path, files: &[(String, Vec<u8>)], force: bool) -> Result<(), Failure> {
    let differs =
        |file: &&(String, Vec<u8>)| std::fs::read(out.join(&file.0)).is_ok_and(|there| there != file.1);
    if let Some((file, _)) = files.iter().find(differs)
        && !force
    {
        return Err(Failure::Usage(format!(
            "`{}` exists already and differs; nothing was written. Choose another `--out` or add `--force`",
            out.join(file).display()
        )));
    }
    for (file, bytes) in files {
        replace(&out.join(file), bytes)?;
    }
    Ok(())
}
