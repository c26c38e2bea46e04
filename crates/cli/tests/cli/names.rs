//! No crate knows a mineral: a search for the names that worlds give. Charts translate and colour them in files of data.

use crate::root;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is compiled of all source files of a folder, by file: neither comments nor tests.
fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("tests") || path.ends_with("tests.rs") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines: Vec<&str> = code.lines().map(|l| l.split("//").next().unwrap_or("")).collect();
            found.push((path, lines.join("\n")));
        }
    }
}

/// First and second column of a table, without its head.
fn columns(table: &str) -> BTreeSet<String> {
    let rows = table.lines().skip(1).filter(|l| !l.is_empty());
    rows.flat_map(|l| l.split(',').take(2)).map(|c| c.trim_matches('"').to_owned()).collect()
}

/// Names of elements, countries, regions, commodities, sectors and stages of the shipped worlds.
fn names() -> BTreeSet<String> {
    let worlds = root().join("scenarios/worlds");
    let mut names = BTreeSet::new();
    for world in chokepoint_input::library::ids(&worlds) {
        for table in ["elements.csv", "countries.csv", "commodities.csv", "sectors.csv"] {
            names.extend(columns(&std::fs::read_to_string(worlds.join(&world).join(table)).unwrap()));
        }
        let file = std::fs::read_to_string(worlds.join(format!("{world}.ron"))).unwrap();
        for list in ["stages: [", "regions: ["] {
            let list = file.split(list).nth(1).unwrap().split("    ],").next().unwrap();
            names.extend(list.split("id: \"").skip(1).map(|s| s.split('"').next().unwrap().to_owned()));
        }
    }
    names
}

#[test]
fn no_source_names_an_element_a_country_a_commodity_a_sector_or_a_stage_of_a_shipped_world() {
    // words that are also plain English or Rust
    let plain = ["Other", "Refined", "Device", "Glass", "Wafer", "Component"];
    let mut names = names();
    // one stands for every place, the other is a word of any language
    names.retain(|name| !["World", "other"].contains(&name.as_str()));
    assert!(names.len() > 150, "{}", names.len());
    let mut texts = Vec::new();
    for folder in std::fs::read_dir(root().join("crates")).unwrap() {
        sources(&folder.unwrap().path().join("src"), &mut texts);
    }
    sources(&root().join("benches/src"), &mut texts);
    assert!(texts.len() > 200, "{}", texts.len());
    let mut found = Vec::new();
    for (path, code) in &texts {
        let words: BTreeSet<&str> =
            code.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).collect();
        for name in &names {
            // a plain word or one of two letters counts where it stands alone in quotation marks
            let short = name.chars().count() <= 2 || plain.contains(&name.as_str());
            let named =
                if short { code.contains(&format!("\"{name}\"")) } else { words.contains(name.as_str()) };
            if named || (name.contains(' ') && code.contains(name.as_str())) {
                found.push(format!("{} names `{name}`", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
