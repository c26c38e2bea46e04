//! The core knows no mineral: a search for the names that worlds give.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Texts of all source files of the core, in lower case, by file.
fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}

/// First and second column of a table, without its head.
fn columns(table: &str) -> BTreeSet<String> {
    let rows = table.lines().skip(1).filter(|l| !l.is_empty());
    rows.flat_map(|l| l.split(',').take(2)).map(|c| c.trim_matches('"').to_owned()).collect()
}

#[test]
fn no_source_of_the_core_names_an_element_a_country_a_commodity_a_sector_or_a_stage_of_a_shipped_world() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut names = BTreeSet::new();
    let worlds = root.join("scenarios/worlds");
    for world in ["ree-2024", "gallium-2023"] {
        for table in ["elements.csv", "countries.csv", "commodities.csv", "sectors.csv"] {
            names.extend(columns(&std::fs::read_to_string(worlds.join(world).join(table)).unwrap()));
        }
        let file = std::fs::read_to_string(worlds.join(format!("{world}.ron"))).unwrap();
        let stages = file.split("stages: [").nth(1).unwrap().split("    ],").next().unwrap();
        names.extend(stages.split("id: \"").skip(1).map(|s| s.split('"').next().unwrap().to_owned()));
    }
    // words that are also plain English or Rust
    let plain = ["Other", "Refined", "Device", "Glass", "other", "Wafer"];
    names.retain(|name| name.len() > 2 && !plain.contains(&name.as_str()));
    assert!(names.len() > 80, "{}", names.len());
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    assert!(texts.len() > 30);
    for (path, text) in &texts {
        // what is compiled: comments may speak of magnets
        let code: String =
            text.lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
        let words: BTreeSet<&str> =
            code.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).collect();
        for name in &names {
            let found = words.contains(name.as_str()) || (name.contains(' ') && code.contains(name.as_str()));
            assert!(!found, "{} names `{name}`", path.display());
        }
    }
}
