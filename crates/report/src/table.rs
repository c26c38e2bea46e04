//! Tables: the twin of a figure, from its CSV.

/// Rows that are shown on a screen, about; the rest is in the download.
pub(crate) const ON_SCREEN: usize = 120;
/// Rows that are printed, about.
#[cfg(feature = "pdf")]
pub(crate) const ON_PAPER: usize = 36;

/// What is shown of a figure's table.
pub(crate) struct DataTable {
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Rows of the whole table.
    pub(crate) all: usize,
}

/// Reads a figure's table; a long one is thinned: by its dates or weeks where it has them.
pub(crate) fn data_table(csv: &str, most: usize) -> DataTable {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head: Vec<String> =
        reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default();
    let rows: Vec<Vec<String>> =
        reader.records().flatten().map(|r| r.iter().map(str::to_owned).collect()).collect();
    let all = rows.len();
    let time = head.iter().position(|name| name == "date" || name == "week");
    let shown = match time {
        _ if all <= most => rows,
        Some(column) => {
            let mut moments: Vec<&str> = Vec::new();
            for row in &rows {
                if !moments.contains(&row[column].as_str()) {
                    moments.push(&row[column]);
                }
            }
            let every = all.div_ceil(most).max(1);
            let kept: Vec<String> = moments.iter().step_by(every).map(|m| (*m).to_owned()).collect();
            let mut rows: Vec<Vec<String>> =
                rows.into_iter().filter(|row| kept.contains(&row[column])).collect();
            rows.truncate(2 * most);
            rows
        }
        None => rows.into_iter().take(most).collect(),
    };
    DataTable { head, rows: shown, all }
}

/// A number in so many digits, which is what fits on paper; anything else as it is.
#[cfg(any(feature = "pdf", test))]
pub(crate) fn short(cell: &str, digits: usize) -> String {
    match cell.parse::<f64>() {
        Ok(value) if cell.len() > digits + 2 && value.is_finite() => {
            let rounded = format!("{value:.*e}", digits - 1)
                .parse::<f64>()
                .expect("what was written as a number is read as one");
            let plain = rounded.to_string();
            let long = plain.trim_start_matches('-').len() > digits + 3;
            if long { format!("{value:.*e}", digits.min(4) - 1) } else { plain }
        }
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn a_long_table_is_thinned_by_whole_dates() {
        let mut csv = "date,region,value\n".to_owned();
        for week in 0..400 {
            for region in ["US", "EU"] {
                let _ = writeln!(csv, "w{week},{region},{week}");
            }
        }
        let data_table = data_table(&csv, ON_SCREEN);
        assert_eq!((data_table.all, data_table.head.len()), (800, 3));
        assert!(
            data_table.rows.len() <= 2 * ON_SCREEN && data_table.rows.len() > 50,
            "{}",
            data_table.rows.len()
        );
        assert_eq!((data_table.rows[0][0].as_str(), data_table.rows[1][1].as_str()), ("w0", "EU"));
    }

    #[test]
    fn a_short_table_is_shown_whole() {
        let data_table = data_table("a,b\n1,2\n3,\"x, y\"\n", ON_SCREEN);
        assert_eq!(data_table.rows, [["1", "2"], ["3", "x, y"]]);
    }

    #[test]
    fn long_numbers_are_cut_for_paper_and_nothing_else_is() {
        let cells = [
            "0.1234567890123",
            "1938475629.33",
            "-0.00001234567",
            "2026-01-01",
            "ree-2024",
            "12.5",
            "1234567.8",
        ];
        let cut = ["0.12346", "1.938e9", "-1.235e-5", "2026-01-01", "ree-2024", "12.5", "1234600"];
        assert_eq!(cells.map(|cell| short(cell, 5)), cut);
        assert_eq!(short("78440001.3", 3), "7.84e7");
    }
}
