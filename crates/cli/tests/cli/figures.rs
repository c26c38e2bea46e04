//! No figure of the page of validation is typed by hand: its text holds none.

use crate::root;
use regex::Regex;

/// Numbers that are names or dates: years, percentiles and the intervals named after them, patterns, a status, a statute.
const NAMES: [&str; 8] = [
    r"\b(19|20)\d\d\b",
    r"\bP(5|50|95)\b|\b95th\b|\b(90|95) %",
    r"\bpatterns? \d( to \d and \d)?",
    r"(?m)^\| \d, ",
    r"exit status \(3\)",
    r"κ = 0",
    r"DFARS 225\.7018",
    r"lines alike \( 0\)",
];

#[test]
fn the_text_of_the_page_of_validation_holds_no_figure() {
    let mut text = std::fs::read_to_string(root().join("docs/validation/page.part")).unwrap();
    let places = text.matches("{{").count();
    assert!(places > 200, "{places}");
    // what is measured, code, and where links lead
    for measured in [r"\{\{.*?\}\}", r"`[^`\n]*`", r"\]\([^)]*\)"].iter().chain(&NAMES) {
        text = Regex::new(measured).unwrap().replace_all(&text, "").into_owned();
    }
    let typed: Vec<&str> = text.lines().filter(|line| line.contains(|c: char| c.is_ascii_digit())).collect();
    assert!(typed.is_empty(), "{typed:#?}");
}
