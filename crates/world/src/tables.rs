//! The tables of a world: which there are, what names their rows, and what a user puts in place of their cells.

use crate::draft::{COLUMNS, Tables};
use chokepoint_input::document::{TablesDocument, WorldDocument};
use chokepoint_input::problem::quoted;
use chokepoint_input::problem::{Code, Problems, nearest};
use chokepoint_input::reader::Reader;
use chokepoint_input::table::Replacements;
use chokepoint_input::table::{CsvRow, Table};
use std::collections::BTreeSet;
use std::path::Path;

/// Tables of which several rows may be about the same.
const SEVERAL: [&str; 3] = ["trade", "affinity", "recorded"];

/// Reads the tables that a world names.
pub(crate) fn read_tables(
    document: &WorldDocument<'_>,
    folder: &Path,
    reader: &mut Reader<'_>,
) -> Option<Tables> {
    let named: TablesDocument = document.tables.read(reader)?;
    let lists: [&[String]; 24] = [
        &named.elements,
        &named.countries,
        &named.commodities,
        &named.assays,
        &named.contents,
        &named.recipes,
        &named.separation,
        &named.facilities,
        &named.sectors,
        &named.intensity,
        &named.plans,
        &named.trade,
        &named.affinity,
        &named.routes,
        &named.parameters,
        &named.recorded,
        &named.thrifting,
        &named.growth,
        &named.investment,
        &named.projects,
        &named.fringe,
        &named.returns,
        &named.collectors,
        &named.lines,
    ];
    let mut tables = Tables::new();
    let mut whole = true;
    for ((name, columns), files) in COLUMNS.iter().zip(lists) {
        let read: Vec<Table> = files
            .iter()
            .filter_map(|file| Table::read(&folder.join(file), columns, reader.problems))
            .collect();
        whole &= read.len() == files.len();
        tables.insert(name, read);
    }
    // what names a row of a table that could not be read is not wrong for that
    whole.then_some(tables)
}

/// The columns that name a row of a table, joined with `-` in an override.
fn keys(table: &str) -> &'static [&'static str] {
    match table {
        "plans" => &["sector", "country"],
        "intensity" => &["sector", "input"],
        "recipes" => &["recipe", "commodity"],
        "contents" => &["commodity", "element"],
        "assays" => &["commodity"],
        "separation" => &["recipe"],
        "thrifting" => &["user", "input"],
        "growth" => &["sector", "place"],
        "investment" => &["stage", "place", "recipe"],
        "fringe" => &["facility"],
        "lines" => &["user"],
        "returns" => &["sector"],
        "parameters" => &["parameter"],
        "countries" => &["country"],
        "routes" => &["origin", "destination"],
        _ => &["id"],
    }
}

/// Puts a user's texts into cells.
pub(crate) fn replace(tables: &mut Tables, replacements: &Replacements, problems: &mut Problems) {
    for (name, value, place) in &replacements.0 {
        let mut parts = name.split('.');
        let (table, row, column) =
            (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let known: Vec<&'static str> = tables.keys().copied().collect();
        let found = match tables.get_mut(table) {
            None => {
                problems.unknown(place, "table", table, known);
                continue;
            }
            Some(files) => {
                files
                    .iter_mut()
                    .map(|t| t.set(keys(table), row, column, value, place))
                    .filter(|found| *found)
                    .count()
                    > 0
            }
        };
        if !found {
            let files = tables.get(table).map(Vec::as_slice).unwrap_or_default();
            let columns: Vec<&str> = files.iter().flat_map(Table::columns).map(String::as_str).collect();
            let rows: Vec<String> = files.iter().flat_map(Table::records).map(|r| key(table, r)).collect();
            let meant = if columns.contains(&column) {
                nearest(row, rows.iter().map(String::as_str)).map(|best| format!("{table}.{best}.{column}"))
            } else {
                nearest(column, columns).map(|best| format!("{table}.{row}.{best}"))
            };
            problems
                .error(
                    Code::UnknownName,
                    place,
                    format!("the table `{table}` has no cell `{}`", quoted(&format!("{row}.{column}"))),
                )
                .label("not found")
                .help(match meant {
                    Some(best) => format!("did you mean `{best}`?"),
                    None => format!("rows are named by {} and columns by the header", keys(table).join("-")),
                });
        }
    }
}

/// What names a row.
fn key(table: &str, row: CsvRow<'_>) -> String {
    keys(table).iter().map(|column| row.text(column)).collect::<Vec<_>>().join("-")
}

/// Says which rows of a table are there twice, where a name stands for one row.
pub(crate) fn unique(tables: &Tables, problems: &mut Problems) {
    for (table, files) in tables.iter().filter(|(table, _)| !SEVERAL.contains(table)) {
        let mut seen = BTreeSet::new();
        for row in files.iter().flat_map(Table::records) {
            let key = key(table, row);
            if !seen.insert(key.clone()) {
                problems
                    .error(
                        Code::Duplicate,
                        &row.place(keys(table)[0]),
                        format!("two rows of the table `{table}` are called `{}`", quoted(&key)),
                    )
                    .label("second time")
                    .help(format!("a row is known by {}", keys(table).join(" and ")));
            }
        }
    }
}
