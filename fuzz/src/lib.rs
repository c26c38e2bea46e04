//! What the fuzz targets share.

use chokepoint_input::problem::Problems;
use chokepoint_input::table::Replacements;
use chokepoint_input::table::Table;
use chokepoint_world::load::world as load;
use chokepoint_world::world::World;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The library.
pub fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

/// The small world, gallium in 2023.
pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut problems = Problems::default();
        load(&library().join("worlds/gallium-2023.ron"), &Replacements::default(), &mut problems)
            .expect("a shipped world loads")
    })
}

/// Every problem points at text and says what to do; all of them can be printed.
pub fn shown(problems: &Problems) {
    for problem in &problems.0 {
        assert!(
            problem.source.text.get(problem.span.clone()).is_some(),
            "{:?} of {}",
            problem.span,
            problem.message
        );
        assert!(!problem.message.is_empty() && !problem.label.is_empty() && !problem.help.is_empty());
    }
    assert!(problems.to_string().len() < 4 << 20);
}

/// Cells of the small world's tables that hold a number, as an override names them, with that number.
pub fn cells() -> &'static [(String, f64)] {
    static CELLS: OnceLock<Vec<(String, f64)>> = OnceLock::new();
    CELLS.get_or_init(|| {
        let mut cells = Vec::new();
        let folder = library().join("worlds/gallium-2023");
        for (table, keys) in [
            ("commodities", &["id"][..]),
            ("facilities", &["id"]),
            ("plans", &["sector", "country"]),
            ("intensity", &["sector", "input"]),
            ("recipes", &["recipe", "commodity"]),
            ("parameters", &["parameter"]),
        ] {
            let mut problems = Problems::default();
            let read = Table::read(&folder.join(format!("{table}.csv")), keys, &mut problems)
                .expect("a shipped table");
            for record in read.records() {
                let row: Vec<&str> = keys.iter().map(|key| record.text(key)).collect();
                for column in read.columns() {
                    if let Ok(value) = record.text(column).parse::<f64>() {
                        cells.push((format!("{table}.{}.{column}", row.join("-")), value));
                    }
                }
            }
        }
        cells
    })
}
