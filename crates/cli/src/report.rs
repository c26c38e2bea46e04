//! `chokepoint report`: the briefing of a finished run.

use crate::arguments::{Lang, ReportOptions};
use crate::chart;
use crate::failure::Failure;
use crate::finished;
use crate::terminal;
use chokepoint_charts::Sheet;
use chokepoint_report::{Brief, html};
use std::path::PathBuf;

pub(crate) fn report(options: &ReportOptions, quiet: bool) -> Result<(), Failure> {
    let brief: Brief = finished::json(&options.folder, "briefing.json")?;
    let sheet: Sheet = finished::json(&options.folder, "figures.json")?;
    let beside: Vec<Sheet> =
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
        let others: Vec<(&str, String)> =
            languages.iter().filter(|o| *o != lang).map(|o| (o.language().key(), file(o))).collect();
        let page = html::page(&brief, &sheet, &beside, lang.language().tongue(), &others)?;
        files.push((file(lang), page.into_bytes()));
    }
    chart::write(&out, &files, options.force)?;
    if !quiet {
        terminal::err("One file for each language, readable without a network; print it for paper.\n");
    }
    for (file, _) in &files {
        terminal::out(&format!("{}\n", out.join(file).display()));
    }
    Ok(())
}
