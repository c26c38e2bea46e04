//! One word for one thing: words that the glossary has retired are found nowhere a reader or a developer looks.

use crate::{chokepoint, root, text};
use regex::Regex;
use std::path::{Path, PathBuf};

/// What is retired in prose, as a pattern, and what to write. `docs/glossary.md` has the terms.
const PROSE: [(&str, &str); 30] = [
    (r"\bfutures?\b", "simulation (for readers), replicate (in tables and code)"),
    (r"\b(nine|eight) (runs? |futures? |simulations? )?(in|of) ten\b", "90 % range, 80 % range"),
    (r"\bcalm\b", "baseline"),
    (r"\bwithout a strategy\b", "no strategy"),
    (r"\bspares\b|\bspared\b", "avoids, avoided loss"),
    (r"\btold apart\b", "statistically distinguishable"),
    (r"\bmisses [0-9{]", "falls short of planned output by"),
    (r"\bbites\b", "is in force"),
    (r"\bgoods under way\b", "goods in transit"),
    (r"\bstands? (still|idle)\b", "is idle"),
    (
        r"\bpays (first|anyway)\b|\bnever pays\b",
        "lowest break-even probability; pays off even without a shock; does not break even",
    ),
    (r"\bdear(er|est)?\b", "expensive, costlier"),
    (r"\bluck\b", "random variation"),
    (r"\bhangs on\b", "depends on"),
    (r"\b(tells?|told)\b", "shows, reports"),
    (r"\bfor good\b", "permanent, full recovery"),
    (r"\bmend(s|ed|ing)?\b", "fix"),
    (r"\bpurses?\b", "payer"),
    (r"\b(he|his|him) (buys?|sells?|owes|gets|takes|holds|orders)\b", "it, the buyer, the seller"),
    (r"\bhome region\b", "controlling country"),
    (r"\bat rest\b", "reference level"),
    (r"\btouch(es)? nothing\b", "matches nothing"),
    (r"\bloss of stock\b", "inventory loss"),
    (r"\bshift of demand\b", "demand shift"),
    (r"\bblacklist of firms\b", "entity listing"),
    (r"\bdelay in transport\b", "transport delay"),
    (r"\bdeserves? belief\b", "validation"),
    (r"\bhow sure\b", "uncertainty"),
    (r"\bcrew\b", "executor"),
    (r"\btongues?\b", "locale"),
];

/// Names that no item, field, argument, column or id has, whole or as a part between underscores.
const NAMES: [&str; 24] = [
    "future", "futures", "calm", "calmed", "spared", "spares", "told", "tell", "purse", "tongue", "works",
    "dearer", "dearest", "unseen", "bearable", "rumour", "matter", "twin", "sheet", "crew", "luck", "stir",
    "deal", "mended",
];

/// All files of some kinds below a folder.
pub(crate) fn files(folder: &Path, kinds: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("node_modules") {
            files(&path, kinds, found);
        } else if path.extension().is_some_and(|e| kinds.iter().any(|kind| e == *kind)) {
            found.push(path);
        }
    }
}

/// Pages, catalogues and texts that ship, by name.
fn pages() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|page| root().join(page)).into();
    files(&root().join("docs"), &["md"], &mut paths);
    files(&root().join("crates/charts/locales"), &["ftl"], &mut paths);
    files(&root().join("scenarios"), &["ron", "csv", "md"], &mut paths);
    // a name in a formula or in code is not prose; the page of names is checked by its own test
    let code = Regex::new("(?s)```.*?```|`[^`\n]*`").unwrap();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let prose = code.replace_all(&text, "").into_owned();
        (path.strip_prefix(root()).unwrap().display().to_string(), prose)
    };
    paths.into_iter().map(read).collect()
}

/// The help of every command.
fn helps() -> Vec<(String, String)> {
    let overview = text(&chokepoint(&["--help"]).stdout);
    let commands = overview.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let names = commands.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    let mut helps: Vec<(String, String)> = names
        .filter_map(|line| line.split_whitespace().next())
        .map(|name| (format!("help of {name}"), text(&chokepoint(&["help", name]).stdout)))
        .collect();
    assert!(helps.len() > 12, "{overview}");
    helps.push(("help".to_owned(), overview));
    helps
}

#[test]
fn no_page_no_catalogue_no_shipped_file_and_no_help_uses_a_retired_word() {
    let texts: Vec<(String, String)> = pages().into_iter().chain(helps()).collect();
    assert!(texts.len() > 60, "{}", texts.len());
    let mut found = Vec::new();
    for (pattern, instead) in PROSE {
        let pattern = Regex::new(&format!("(?i){pattern}")).unwrap();
        for (name, text) in &texts {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| pattern.is_match(line)) {
                let at = if name.starts_with("help") { String::new() } else { format!(":{}", number + 1) };
                found.push(format!("{name}{at}: {} (write: {instead})", line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{} retired words:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_name_in_code_and_no_column_is_made_of_a_retired_word() {
    let mut sources = Vec::new();
    for folder in ["crates", "benches", "fuzz"] {
        files(&root().join(folder), &["rs"], &mut sources);
    }
    assert!(sources.len() > 200, "{}", sources.len());
    let word = Regex::new("[A-Za-z_][A-Za-z0-9_]*").unwrap();
    let mut found = Vec::new();
    for path in sources.iter().filter(|path| !path.ends_with("cli/words.rs")) {
        let source = std::fs::read_to_string(path).unwrap();
        for (number, line) in source.lines().enumerate() {
            // what a comment says is prose; names of columns stand in strings, so these are read as well
            let code = line.split("//").next().unwrap_or("");
            for name in word.find_iter(code).map(|m| m.as_str()) {
                let parts = name.split('_').map(str::to_lowercase);
                if (name.contains('_') || !code.contains('"'))
                    && parts.clone().any(|p| NAMES.contains(&p.as_str()))
                {
                    found.push(format!(
                        "{}:{}: {name}",
                        path.strip_prefix(root()).unwrap().display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} retired names:\n{}", found.len(), found.join("\n"));
}
