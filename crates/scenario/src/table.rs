//! CSV tables with their places: every cell can say where it stands.

use crate::problem::{Code, Place, Problems, Source};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A table in memory.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file.
    pub source: Arc<Source>,
    /// Its name without folder and ending.
    pub name: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    start: usize,
    cells: Vec<String>,
}

/// A row together with its table, to read cells by column name.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    table: &'a Table,
    row: &'a Row,
}

impl Table {
    /// Reads a table; `needed` columns must be there.
    pub fn read(path: &Path, needed: &[&str], problems: &mut Problems) -> Option<Self> {
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let source = Arc::new(Source { path: path.to_owned(), text: String::new() });
                problems.error(
                    Code::Unreadable,
                    &Place { source, span: 0..0 },
                    format!("the table `{name}` cannot be read: {error}"),
                    "needed by the world".to_owned(),
                    "put the file there, or name another in the world's `tables`".to_owned(),
                );
                return None;
            }
        };
        Self::parse(Arc::new(Source { path: path.to_owned(), text }), name, needed, problems)
    }

    /// Reads a table from text.
    pub fn parse(
        source: Arc<Source>,
        name: String,
        needed: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new().from_reader(source.text.as_bytes());
        let headers: Vec<String> =
            reader.headers().map(|h| h.iter().map(|c| c.trim().to_owned()).collect()).unwrap_or_default();
        let mut sound = true;
        for column in needed {
            if !headers.iter().any(|h| h == column) {
                sound = false;
                problems.error(
                    Code::MissingField,
                    &Place { source: Arc::clone(&source), span: 0..source.text.find('\n').unwrap_or(0) },
                    format!("the table `{name}` has no column `{column}`"),
                    "header".to_owned(),
                    format!("columns needed: {}", needed.join(", ")),
                );
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push(Row {
                    start: record.position().map_or(0, |p| p.byte() as usize),
                    cells: record.iter().map(|c| c.trim().to_owned()).collect(),
                }),
                Err(error) => {
                    sound = false;
                    let at = error.position().map_or(0, |p| p.byte() as usize);
                    problems.error(
                        Code::Syntax,
                        &Place { source: Arc::clone(&source), span: at..at + 1 },
                        format!("this row cannot be read: {error}"),
                        "row".to_owned(),
                        "give every row as many cells as the header; quote cells that hold commas".to_owned(),
                    );
                }
            }
        }
        sound.then_some(Self { source, name, columns: headers, rows })
    }

    /// The rows.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Its rows.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|row| Record { table: self, row })
    }

    /// The place of a whole table.
    pub fn place(&self) -> Place {
        Place { source: Arc::clone(&self.source), span: 0..self.source.text.find('\n').unwrap_or(0) }
    }

    /// Sets one cell; the row is found by the text of its key columns joined with `-`. Says whether it was there.
    pub fn set(&mut self, keys: &[&str], key: &str, column: &str, value: &str) -> bool {
        let place = |name: &str| self.columns.iter().position(|c| c == name);
        let Some(column) = place(column) else {
            return false;
        };
        let keys: Vec<usize> = keys.iter().filter_map(|k| place(k)).collect();
        let mut found = false;
        for row in &mut self.rows {
            let own: Vec<&str> = keys.iter().filter_map(|k| row.cells.get(*k)).map(String::as_str).collect();
            if own.join("-") == key && column < row.cells.len() {
                row.cells[column] = value.to_owned();
                found = true;
            }
        }
        found
    }
}

impl<'a> Record<'a> {
    /// The text of a cell; empty if the column or cell is missing.
    pub fn text(self, column: &str) -> &'a str {
        let place = self.table.columns.iter().position(|c| c == column);
        place.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    /// Where a cell stands.
    pub fn place(self, column: &str) -> Place {
        let source = Arc::clone(&self.table.source);
        let start = self.row.start.min(source.text.len());
        let end = source.text[start..].find('\n').map_or(source.text.len(), |at| start + at);
        let text = self.text(column);
        let line = &source.text[start..end];
        let before = self.table.columns.iter().position(|c| c == column).unwrap_or(0);
        // skip the earlier cells so that a repeated value is found in its own column
        let mut from = 0;
        for cell in self.row.cells.iter().take(before) {
            from = line[from..].find(cell.as_str()).map_or(from, |at| from + at + cell.len());
        }
        let at = line[from..].find(text).map_or(0, |at| from + at);
        let span = if text.is_empty() { start..end } else { start + at..start + at + text.len() };
        Place { source, span }
    }

    /// A number within bounds; a problem if it is not one.
    pub fn number(self, column: &str, within: (f64, f64), problems: &mut Problems) -> Option<f64> {
        let text = self.text(column);
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= within.0 && value <= within.1 => Some(value),
            Ok(value) => {
                problems.error(
                    Code::OutOfRange,
                    &self.place(column),
                    format!("`{column}` is {value}, outside {} to {}", within.0, within.1),
                    "outside what it may be".to_owned(),
                    "check the unit that the column's name states".to_owned(),
                );
                None
            }
            Err(_) => {
                problems.error(
                    Code::WrongUnit,
                    &self.place(column),
                    format!("`{column}` should be a number"),
                    if text.is_empty() { "empty".to_owned() } else { format!("`{text}`") },
                    "write a plain number with a point for decimals; the unit is in the column's name"
                        .to_owned(),
                );
                None
            }
        }
    }

    /// A number, or `None` without complaint where the cell is empty.
    pub fn optional(self, column: &str, within: (f64, f64), problems: &mut Problems) -> Option<f64> {
        if self.text(column).is_empty() { None } else { self.number(column, within, problems) }
    }

    /// A list of numbers separated by semicolons.
    pub fn numbers(self, column: &str, within: (f64, f64), problems: &mut Problems) -> Option<Vec<f64>> {
        let parsed: Option<Vec<f64>> = self
            .text(column)
            .split(';')
            .map(|part| part.trim().parse::<f64>().ok().filter(|v| *v >= within.0 && *v <= within.1))
            .collect();
        if parsed.is_none() {
            problems.error(
                Code::OutOfRange,
                &self.place(column),
                format!(
                    "`{column}` should be numbers from {} to {}, separated by semicolons",
                    within.0, within.1
                ),
                format!("`{}`", self.text(column)),
                "for example `0.5;0.3;0.2`".to_owned(),
            );
        }
        parsed
    }

    /// The number that a name stands for; a problem with the nearest name if it stands for none.
    pub fn lookup(
        self,
        column: &str,
        what: &str,
        names: &BTreeMap<String, usize>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let name = self.text(column);
        let found = names.get(name).copied();
        if found.is_none() {
            problems.unknown(&self.place(column), what, name, names.keys().map(String::as_str));
        }
        found
    }
}
