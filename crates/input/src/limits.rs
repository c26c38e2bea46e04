//! How much a file may ask for. Everything here is checked before memory is taken for it, and listed in
//! `docs/scenario-format.md`.

use crate::problem::{Code, MOST_LETTERS, MOST_PROBLEMS, Place, Problems};

/// Bytes of one file.
pub const MOST_BYTES: u64 = 16 << 20;
/// Brackets within brackets in a RON file.
pub const MOST_DEPTH: usize = 64;
/// Rows of one table.
pub const MOST_ROWS: usize = 100_000;
/// Numbers in one cell: parts of a plant.
pub const MOST_PARTS: usize = 100;
/// Elements of a world.
pub const MOST_ELEMENTS: usize = 100;
/// Countries of a world.
pub const MOST_COUNTRIES: usize = 500;
/// Commodities of a world.
pub const MOST_COMMODITIES: usize = 500;
/// Plants, projects and final producers of a world.
pub const MOST_AGENTS: usize = 20_000;
/// Pairs of a maker and a buyer of the same commodity, over all commodities of a world.
pub const MOST_PAIRS: usize = 20_000_000;
/// Items of one list: events, correlations, measures of a strategy, numbers on record.
pub const MOST_ITEMS: usize = 1_000;
/// Arms of a run: the scenario, each strategy, and each without the shock.
pub const MOST_ARMS: usize = 1_000;
/// Weeks after the first shock.
pub const MOST_WEEKS: f64 = 52.0 * 30.0;
/// Years from a world's date to the start of an event.
pub const MOST_YEARS: i16 = 30;
/// Letters of a title.
pub const MOST_TITLE: usize = 200;
/// Letters of a story.
pub const MOST_STORY: usize = 10_000;

/// Every limit in words, for the documentation.
pub fn table() -> Vec<(&'static str, String)> {
    vec![
        ("bytes of a file", MOST_BYTES.to_string()),
        ("brackets within brackets", MOST_DEPTH.to_string()),
        ("rows of a table", MOST_ROWS.to_string()),
        ("numbers in one cell", MOST_PARTS.to_string()),
        ("letters of a title", MOST_TITLE.to_string()),
        ("letters of a story", MOST_STORY.to_string()),
        ("letters of an id", MOST_LETTERS.to_string()),
        ("elements of a world", MOST_ELEMENTS.to_string()),
        ("countries of a world", MOST_COUNTRIES.to_string()),
        ("commodities of a world", MOST_COMMODITIES.to_string()),
        ("plants, projects and final producers of a world", MOST_AGENTS.to_string()),
        ("pairs of a maker and a buyer of one commodity, over all of a world", MOST_PAIRS.to_string()),
        ("events, correlations, measures or numbers on record of a file", MOST_ITEMS.to_string()),
        ("arms of a run (none, each strategy, each without the shock)", MOST_ARMS.to_string()),
        ("weeks after the first shock", MOST_WEEKS.to_string()),
        ("years from a world's date to the start of an event", MOST_YEARS.to_string()),
        ("errors that are reported at once, and warnings", MOST_PROBLEMS.to_string()),
    ]
}

/// Says that there is too much of something, and that nothing was made of it.
pub fn too_many(what: &str, n: usize, most: usize, place: &Place, problems: &mut Problems) {
    problems
        .error(Code::OutOfRange, place, format!("{n} {what} are too many"))
        .label(format!("at most {most}"))
        .help("the limits stand at the end of docs/scenario-format.md");
}
