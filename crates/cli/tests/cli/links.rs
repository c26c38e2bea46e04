//! Every relative link of every page leads somewhere, to a heading too; so do the pages that comments name.

use crate::root;
use crate::words::files;
use regex::Regex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Pages of the project.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|page| root().join(page)).into();
    for folder in ["docs", "scenarios", "output", "benches", "fuzz", "crates"] {
        files(&root().join(folder), &["md"], &mut pages);
    }
    pages
}

/// Anchors of a page's headings, as a host of repositories and the book make them.
fn anchors(page: &str) -> Vec<String> {
    let prose = Regex::new("(?s)```.*?```").unwrap().replace_all(page, "").into_owned();
    let headings =
        prose.lines().filter_map(|l| l.strip_prefix('#')).map(|l| l.trim_start_matches('#').trim());
    let anchor = |heading: &str| -> String {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

/// Why a link from a file leads nowhere; nothing if it leads somewhere.
fn broken(from: &Path, target: &str, texts: &mut BTreeMap<PathBuf, String>) -> Option<String> {
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    let there = if path.is_empty() { from.to_owned() } else { from.parent().unwrap().join(path) };
    if !there.exists() {
        return Some("is not there".to_owned());
    }
    if fragment.is_empty() {
        return None;
    }
    let text =
        texts.entry(there.clone()).or_insert_with(|| std::fs::read_to_string(&there).unwrap_or_default());
    (!anchors(text).iter().any(|anchor| anchor == fragment)).then(|| "has no such heading".to_owned())
}

#[test]
fn every_relative_link_of_every_page_leads_to_a_file_and_its_heading() {
    let link = Regex::new(r"\[[^\]]*\]\(([^)\s]+)\)").unwrap();
    let elsewhere = Regex::new("^[a-z]+:").unwrap();
    let code = Regex::new("(?s)```.*?```|`[^`\n]*`").unwrap();
    let (mut texts, mut found, mut links) = (BTreeMap::new(), Vec::new(), 0);
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let prose = code.replace_all(&text, "").into_owned();
        for target in link.captures_iter(&prose).map(|c| c.get(1).unwrap().as_str()) {
            if elsewhere.is_match(target) {
                continue;
            }
            links += 1;
            if let Some(why) = broken(&page, target, &mut texts) {
                found.push(format!("{}: {target} {why}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(links > 300, "{links}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_page_that_a_comment_names_is_there() {
    let named = Regex::new(r"docs/[a-z/-]+\.md(#[a-z0-9-]+)?").unwrap();
    let (mut sources, mut texts, mut found, mut names) = (Vec::new(), BTreeMap::new(), Vec::new(), 0);
    for folder in ["crates", "benches", "fuzz", "scenarios"] {
        files(&root().join(folder), &["rs", "ron", "toml"], &mut sources);
    }
    let place = root().join("a-file");
    for source in sources {
        let text = std::fs::read_to_string(&source).unwrap();
        for target in named.find_iter(&text).map(|m| m.as_str()) {
            names += 1;
            if let Some(why) = broken(&place, target, &mut texts) {
                found.push(format!("{}: {target} {why}", source.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(names > 40, "{names}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_page_of_the_documentation_is_a_chapter_of_the_book() {
    let summary = std::fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let mut pages = Vec::new();
    files(&root().join("docs"), &["md"], &mut pages);
    for page in pages.iter().filter(|page| !page.ends_with("SUMMARY.md")) {
        let name = page.strip_prefix(root().join("docs")).unwrap().display().to_string();
        assert!(summary.contains(&format!("({name})")), "{name}");
    }
}
