//! `chokepoint report`: the briefing of a finished run, for a screen and for paper.

use super::chart;
use crate::arguments::{Lang, PaperOption, ReportFormat, ReportOptions};
use crate::failure::Failure;
use crate::finished;
use crate::printer::Printer;
use chokepoint_charts::FigureSet;
use chokepoint_charts::locale::Locale;
use chokepoint_report::{Brief, Document, html};
use std::path::PathBuf;

pub(crate) fn report(options: &ReportOptions, printer: Printer) -> Result<(), Failure> {
    let on_paper = options.format.contains(&ReportFormat::Pdf);
    if on_paper && cfg!(not(feature = "pdf")) {
        return Err(Failure::Usage(
            "this chokepoint was built without PDF; build it with: cargo build --release --features pdf\n  the HTML file (--format html) can also be printed to PDF by any browser"
                .to_owned(),
        ));
    }
    let brief: Brief = finished::json(&options.folder, "briefing.json")?;
    let figure_set: FigureSet = finished::json(&options.folder, "figures.json")?;
    let beside: Vec<FigureSet> =
        options.with.iter().map(|folder| finished::json(folder, "figures.json")).collect::<Result<_, _>>()?;
    let out: PathBuf = options.out.clone().unwrap_or_else(|| options.folder.clone());
    let mut languages: Vec<Lang> = Vec::new();
    for lang in &options.lang {
        if !languages.contains(lang) {
            languages.push(*lang);
        }
    }
    let file = |lang: &Lang| format!("briefing.{}.html", lang.language().key());
    let mut files = Vec::new();
    for lang in &languages {
        let locale = lang.language().locale();
        let document = Document::new(&brief, &figure_set, &beside, locale)?;
        if options.format.contains(&ReportFormat::Html) {
            let others: Vec<(&str, String)> =
                languages.iter().filter(|o| *o != lang).map(|o| (o.language().key(), file(o))).collect();
            files.push((file(lang), html::page(&document, locale, &others).into_bytes()));
        }
        if on_paper {
            files.extend(pages(&document, locale, options.paper, printer)?);
        }
    }
    chart::write(&out, &files, options.force)?;
    printer.talk(if on_paper {
        "The briefing, and its summary on one page; readable without a network.\n"
    } else {
        "One file for each language, readable without a network; print it for paper.\n"
    });
    printer.paths(&out, &files);
    Ok(())
}

/// The briefing as PDF, and its summary on one page.
#[cfg(feature = "pdf")]
fn pages(
    document: &Document,
    locale: &Locale,
    paper: PaperOption,
    printer: Printer,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    use chokepoint_report::paper::{Paper, briefing, summary};
    let paper = match paper {
        PaperOption::A4 => Paper::A4,
        PaperOption::Letter => Paper::Letter,
    };
    let key = locale.language.key();
    let failed = |error: chokepoint_report::paper::PaperError| Failure::Machine(error.to_string());
    let mut files = vec![(format!("briefing.{key}.pdf"), briefing(document, locale, paper).map_err(failed)?)];
    match summary(document, locale, paper).map_err(failed)? {
        Some(bytes) => files.push((format!("summary.{key}.pdf"), bytes)),
        None => printer.talk(&format!(
            "No summary on one page ({key}): nothing happens in this run, or its names are too long for a page.\n"
        )),
    }
    Ok(files)
}

/// Without the feature `pdf` nothing is put on paper; it was reported before.
#[cfg(not(feature = "pdf"))]
fn pages(_: &Document, _: &Locale, _: PaperOption, _: Printer) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    Ok(Vec::new())
}
