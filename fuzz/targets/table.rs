//! Any bytes as a table: every cell is read as text, number and list, and knows its place.
#![no_main]

use chokepoint_fuzz::shown;
use chokepoint_input::problem::{Problems, Source};
use chokepoint_input::table::Table;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|text: &str| {
    let mut problems = Problems::default();
    let source = Arc::new(Source { path: "fuzz.csv".into(), text: text.to_owned() });
    if let Some(table) = Table::parse(source, "fuzz".to_owned(), &["parameter"], &mut problems) {
        let columns = table.columns().to_vec();
        for record in table.records().take(100) {
            for column in &columns {
                let place = record.place(column);
                assert!(place.source.text.get(place.span).is_some(), "a place is between letters");
                let _ = record.number(column, (0.0, 1.0), &mut problems);
                let _ = record.numbers(column, (0.0, 1.0), &mut problems);
            }
        }
    }
    shown(&problems);
});
