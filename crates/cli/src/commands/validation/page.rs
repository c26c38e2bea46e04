//! The page `docs/validation.md`: a text in which every figure and every table is measured. Its parts end with `.part`: they are
//! no pages of their own.

use crate::failure::Failure;
use crate::printer::Printer;
use chokepoint_montecarlo::results;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::path::Path;

/// Measured figures by key.
#[derive(Default)]
pub(super) struct Figures(BTreeMap<String, String>);

impl Figures {
    pub(super) fn set(&mut self, key: &str, value: impl Display) {
        self.0.insert(key.to_owned(), value.to_string());
    }

    pub(super) fn table(&self) -> String {
        let mut text = String::from("figure\tvalue\n");
        for (key, value) in &self.0 {
            let _ = writeln!(text, "{key}\t{value}");
        }
        text
    }

    /// What [`Figures::table`] wrote.
    fn read(text: &str) -> Self {
        let rows = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
        Self(rows.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }
}

/// Puts the figures and tables of a folder into its `page.part`, and writes the page beside the folder under the folder's name.
pub(super) fn write(folder: &Path, printer: Printer) -> Result<(), Failure> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path)
            .map_err(|e| Failure::Usage(format!("cannot read {}: {e}", path.display())))
    };
    let figures = Figures::read(&read("figures.tsv")?);
    let page = render(&read("page.part")?, &figures, &|name| read(&format!("{name}.part")).ok())
        .map_err(|unknown| Failure::Usage(format!("nothing is measured for: {}", unknown.join(", "))))?;
    let place = folder.with_extension("md");
    results::replace(&place, page.as_bytes())?;
    printer.talk(&format!("The page is {}\n", place.display()));
    Ok(())
}

/// A text with its places filled; or the names of all for which there is nothing.
fn render(
    page: &str,
    figures: &Figures,
    table: &dyn Fn(&str) -> Option<String>,
) -> Result<String, Vec<String>> {
    let (mut text, mut unknown, mut rest) = (String::new(), Vec::new(), page);
    while let Some((before, after)) = rest.split_once("{{") {
        text += before;
        let Some((name, after)) = after.split_once("}}") else {
            unknown.push("a place that does not end".to_owned());
            break;
        };
        let name = name.trim();
        let filled = match name.strip_prefix("table ") {
            Some(name) => table(name.trim()).map(|table| table.trim_end().to_owned()),
            None => figures.0.get(name).cloned(),
        };
        match filled {
            Some(filled) => text += &filled,
            None => unknown.push(name.to_owned()),
        }
        rest = after;
    }
    if unknown.is_empty() { Ok(text + rest) } else { Err(unknown) }
}

/// Three significant digits of an amount in billions; under a million is 0.
pub(super) fn billions(dollars: f64) -> String {
    let bn = dollars / 1e9;
    if bn.abs() < 1e-3 { "0".to_owned() } else { digits(bn, 3, 3) }
}

/// Two significant digits, four after the point at most.
pub(super) fn significant(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        small if small < 1e-4 => "under 0.0001".to_owned(),
        _ => digits(value, 2, 4),
    }
}

/// So many significant digits, not more after the point than `most`.
fn digits(value: f64, significant: i32, most: i32) -> String {
    let places = (significant - 1 - value.abs().log10().floor() as i32).clamp(0, most) as usize;
    format!("{value:.places$}").replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::{Figures, render};

    #[test]
    fn places_are_filled_and_all_that_is_missing_is_named() {
        let mut figures = Figures::default();
        figures.set("loss.a", "1.5");
        let table = |name: &str| (name == "rules").then(|| "| a |\n".to_owned());
        let page = "Loss {{loss.a}} bn.\n{{table rules}}\nEnd.";
        assert_eq!(render(page, &figures, &table).unwrap(), "Loss 1.5 bn.\n| a |\nEnd.");
        assert_eq!(render("{{x}} {{table y}}", &figures, &table).unwrap_err(), ["x", "table y"]);
    }

    #[test]
    fn figures_are_read_as_they_were_written() {
        let mut figures = Figures::default();
        figures.set("a.range", "1 to 2, at most");
        assert_eq!(Figures::read(&figures.table()).0, figures.0);
    }
}
