//! CSV tables with their places: every cell can say where it stands.

use crate::file;
use crate::limits::{self, MOST_PARTS, MOST_ROWS};
use crate::problem::{Code, Place, Problems, Source, nearest, quoted};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Cells of the world's tables that a user replaces: `table.row.column` and the new text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replacements(pub Vec<(String, String, Place)>);

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
    /// Cells that a user replaced, with where.
    replaced: Vec<(usize, Place)>,
}

/// A row together with its table, to read cells by column name.
#[derive(Clone, Copy, Debug)]
pub struct CsvRow<'a> {
    table: &'a Table,
    row: &'a Row,
}

impl Table {
    /// Reads a table; `needed` columns must be there.
    pub fn read(path: &Path, needed: &[&str], problems: &mut Problems) -> Option<Self> {
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let help = "put the table there, or name another file in the world's `tables`";
        let source = file::read(path, help, problems)?;
        Self::parse(source, name, needed, problems)
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
        let header = Place {
            source: Arc::clone(&source),
            span: 0..source.text.find('\n').unwrap_or(source.text.len()),
        };
        let missing: Vec<&str> =
            needed.iter().copied().filter(|column| !headers.iter().any(|h| h == column)).collect();
        if !missing.is_empty() && missing.len() == needed.len() {
            problems
                .error(Code::Syntax, &header, format!("the table `{name}` has no header with its columns"))
                .label(if headers.is_empty() {
                    "empty".to_owned()
                } else {
                    "no column that is needed".to_owned()
                })
                .help(format!(
                    "separate cells by commas, and name the columns in the first line: {}",
                    needed.join(",")
                ));
            return None;
        }
        for column in missing {
            sound = false;
            problems
                .error(Code::MissingField, &header, format!("the table `{name}` has no column `{column}`"))
                .label("header")
                .help(match nearest(column, headers.iter().map(String::as_str)) {
                    Some(best) => format!("is `{best}` meant? columns needed: {}", needed.join(", ")),
                    None => format!("columns needed: {}", needed.join(", ")),
                });
        }
        if let Some(twice) = headers.iter().enumerate().find(|(k, h)| headers[..*k].contains(h)) {
            sound = false;
            problems
                .error(
                    Code::Duplicate,
                    &header,
                    format!("the table `{name}` has two columns `{}`", quoted(twice.1)),
                )
                .label("header")
                .help("keep one of the two");
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            if rows.len() >= MOST_ROWS {
                sound = false;
                let at = source.text.len();
                let place = Place { source: Arc::clone(&source), span: at..at };
                limits::too_many("rows and more", MOST_ROWS, MOST_ROWS, &place, problems);
                break;
            }
            match record {
                Ok(record) => rows.push(Row {
                    start: record.position().map_or(0, |p| p.byte() as usize),
                    cells: record.iter().map(|c| c.trim().to_owned()).collect(),
                    replaced: Vec::new(),
                }),
                Err(error) => {
                    sound = false;
                    let at = error.position().map_or(0, |p| p.byte() as usize);
                    problems
                        .error(
                            Code::Syntax,
                            &Place { source: Arc::clone(&source), span: at..at + 1 },
                            format!("this row cannot be read: {error}"),
                        )
                        .label("row")
                        .help("give every row as many cells as the header; quote cells that hold commas");
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
    pub fn records(&self) -> impl Iterator<Item = CsvRow<'_>> {
        self.rows.iter().map(|row| CsvRow { table: self, row })
    }

    /// The place of a whole table.
    pub fn place(&self) -> Place {
        Place { source: Arc::clone(&self.source), span: 0..self.source.text.find('\n').unwrap_or(0) }
    }

    /// Sets one cell; the row is found by the text of its key columns joined with `-`. Says whether it was there.
    pub fn set(&mut self, keys: &[&str], key: &str, column: &str, value: &str, from: &Place) -> bool {
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
                row.replaced.push((column, from.clone()));
                found = true;
            }
        }
        found
    }
}

impl<'a> CsvRow<'a> {
    /// The text of a cell; empty if the column or cell is missing.
    pub fn text(self, column: &str) -> &'a str {
        let place = self.table.columns.iter().position(|c| c == column);
        place.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    /// Where a cell stands.
    pub fn place(self, column: &str) -> Place {
        let at = self.table.columns.iter().position(|c| c == column);
        if let Some((_, place)) = self.row.replaced.iter().rev().find(|(replaced, _)| Some(*replaced) == at) {
            return place.clone();
        }
        let source = Arc::clone(&self.table.source);
        let text = &source.text;
        // the reader counts a row from the end of the line before it, and blank lines to it
        let line_breaks = |c: char| c == '\r' || c == '\n';
        let start = self.row.start.min(text.len());
        let start = start + (text[start..].len() - text[start..].trim_start_matches(line_breaks).len());
        let cell = cells(&text[start..]).nth(at.unwrap_or(0)).unwrap_or(0..0);
        let whole = text[start..].find(line_breaks).unwrap_or(text.len() - start);
        let span = if cell.is_empty() || at.is_none() {
            start..start + whole
        } else {
            start + cell.start..start + cell.end
        };
        Place { source, span }
    }

    /// A number within bounds; a problem if it is not one.
    pub fn number(self, column: &str, within: (f64, f64), problems: &mut Problems) -> Option<f64> {
        let text = self.text(column);
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= within.0 && value <= within.1 => Some(value),
            Ok(value) => {
                problems
                    .error(
                        Code::OutOfRange,
                        &self.place(column),
                        format!(
                            "`{column}` is {}, outside {} to {}",
                            plain(value),
                            plain(within.0),
                            plain(within.1)
                        ),
                    )
                    .label("outside what it may be")
                    .help("check the unit that the column's name states");
                None
            }
            Err(_) => {
                problems
                    .error(Code::WrongUnit, &self.place(column), format!("`{column}` should be a number"))
                    .label(if text.is_empty() { "empty".to_owned() } else { format!("`{text}`") })
                    .help("write a plain number with a point for decimals; the unit is in the column's name");
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
            .take(MOST_PARTS + 1)
            .map(|part| part.trim().parse::<f64>().ok().filter(|v| *v >= within.0 && *v <= within.1))
            .collect();
        if parsed.as_ref().is_some_and(|parts| parts.len() > MOST_PARTS) {
            limits::too_many("parts and more", MOST_PARTS, MOST_PARTS, &self.place(column), problems);
            return None;
        }
        if parsed.is_none() {
            problems
                .error(
                    Code::OutOfRange,
                    &self.place(column),
                    format!(
                        "`{column}` should be numbers from {} to {}, separated by semicolons",
                        within.0, within.1
                    ),
                )
                .label(format!("`{}`", self.text(column)))
                .help("for example `0.5;0.3;0.2`");
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

/// A number without a row of zeros.
fn plain(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e9).contains(&size) { format!("{value:e}") } else { value.to_string() }
}

/// Where the cells of a row stand in its text, without their quotation marks and the blanks around them.
fn cells(row: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let mut quoted = false;
        let end = row[start..].char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            !quoted && matches!(c, ',' | '\n' | '\r')
        });
        let end = end.map_or(row.len(), |(at, _)| start + at);
        next = row[end..].starts_with(',').then_some(end + 1);
        let cell = &row[start..end];
        let inner = cell.trim().trim_matches('"');
        let from = start + cell.find(inner).unwrap_or(0);
        Some(from..from + inner.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is underlined of a cell.
    fn underlined(text: &str, row: usize, column: &str) -> String {
        let source = Arc::new(Source { path: "t.csv".into(), text: text.to_owned() });
        let mut problems = Problems::default();
        let table = Table::parse(source, "t".to_owned(), &["a"], &mut problems).unwrap();
        let place = table.records().nth(row).unwrap().place(column);
        place.source.text[place.span].to_owned()
    }

    #[test]
    fn a_cell_is_found_after_blank_lines_other_line_ends_and_cells_of_several_lines() {
        assert_eq!(underlined("a,b\n1,2\n3,4\n", 1, "b"), "4");
        assert_eq!(underlined("a,b\r\n1,2\r\n3,4\r\n", 1, "b"), "4");
        assert_eq!(underlined("a,b\n\n\n1,2\n", 0, "a"), "1");
        assert_eq!(underlined("a,b\n\"one\ntwo, three\",2\n", 0, "b"), "2");
        assert_eq!(underlined("a,b\n1, \"é\" \n", 0, "b"), "é");
        assert_eq!(underlined("a,b\n1,1\n", 0, "b"), "1");
        assert_eq!(underlined("a,b\n1,\n", 0, "b"), "1,", "of an empty cell, its row");
    }
}
