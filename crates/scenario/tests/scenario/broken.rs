//! Files with one mistake each, and the diagnostic that each must get.

use crate::root;
use chokepoint_input::problem::{Problems, Severity};
use chokepoint_input::table::Replacements;
use chokepoint_scenario::{Request, host, load};
use chokepoint_world::load::world;
use std::fs;
use std::path::{Path, PathBuf};

fn broken() -> PathBuf {
    root().join("scenarios/broken")
}

/// Files of a folder with an ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == ending));
    files.sort();
    files
}

/// What a line `expect: code: message` of a text says.
fn expected(text: &str) -> (&str, &str) {
    let line = text.lines().find_map(|l| l.trim_start_matches(['/', '#', ' ']).strip_prefix("expect: "));
    let (code, message) = line.expect("a broken file says what is expected of it").split_once(':').unwrap();
    (code, message.trim())
}

/// What is wrong with what was reported: it must be one error, of that code, that begins so, at a place inside a text, with a
/// label and help.
fn complaint(name: &Path, text: &str, problems: &Problems) -> Option<String> {
    let name = name.file_name().unwrap().display();
    let (code, message) = expected(text);
    let errors: Vec<_> = problems.0.iter().filter(|p| p.severity == Severity::Error).collect();
    let Some(found) = errors.iter().find(|p| p.code.name() == code && p.message.starts_with(message)) else {
        return Some(format!("{name}: expected `{code}: {message}`, got:\n{problems}"));
    };
    let inside = found.span.start < found.source.text.len().max(1);
    if !inside || found.source.text.get(found.span.clone()).is_none() {
        return Some(format!("{name}: the place {:?} is outside", found.span));
    }
    if found.label.is_empty() || found.help.is_empty() {
        return Some(format!("{name} has no label or help"));
    }
    (errors.len() != 1).then(|| format!("{name} has one mistake:\n{problems}"))
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn errors(request: &Request, name: &Path) -> Problems {
    load(request).err().unwrap_or_else(|| panic!("{} loads", name.display()))
}

/// A library of one's own, with everything that ships but the broken files.
pub(crate) fn library() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            let (path, target) = (entry.path(), to.join(entry.file_name()));
            if !path.is_dir() {
                fs::copy(&path, &target).unwrap();
            } else if entry.file_name() != "broken" {
                copy(&path, &target);
            }
        }
    }
    let library = tempfile::tempdir().unwrap();
    copy(&root().join("scenarios"), library.path());
    library
}

#[test]
fn a_mistake_in_a_scenario_is_reported() {
    let all = files(&broken(), "ron");
    assert!(all.len() >= 40, "{}", all.len());
    let mut complaints = Vec::new();
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        let problems = errors(&Request { scenario: path.clone(), ..Request::default() }, &path);
        complaints.extend(complaint(&path, &text, &problems));
    }
    none(&complaints);
}

#[test]
fn a_mistake_in_a_strategy_is_reported() {
    let library = library();
    let all = files(&broken().join("strategies"), "ron");
    assert!(all.len() >= 10, "{}", all.len());
    let mut complaints = Vec::new();
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        let copy = library.path().join("strategies").join(path.file_name().unwrap());
        fs::write(&copy, &text).unwrap();
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let scenario = host(library.path(), &copy);
        let request = Request { scenario, strategies: Some(vec![id]), ..Request::default() };
        complaints.extend(complaint(&path, &text, &errors(&request, &path)));
    }
    none(&complaints);
}

/// A patch names a file of the library, lines that stand together in it, and lines to put in their place.
fn patched(library: &Path, patch: &str) -> (PathBuf, String) {
    let line = |start: &'static str| patch.lines().filter_map(move |l| l.strip_prefix(start));
    let file = library.join(line("file: ").next().expect("a patch names its file").trim());
    let text = fs::read_to_string(&file).unwrap();
    let lines = |start| line(start).map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n");
    let (old, new) = (lines("-"), lines("+"));
    assert_eq!(text.matches(&old).count(), 1, "`{old}` stands once in {}", file.display());
    let old = if new.is_empty() { old + "\n" } else { old };
    fs::write(&file, text.replacen(&old, &new, 1)).unwrap();
    (file, text)
}

#[test]
fn a_mistake_in_a_world_is_reported() {
    let library = library();
    let all = files(&broken().join("world-patches"), "patch");
    assert!(all.len() >= 15, "{}", all.len());
    let mut complaints = Vec::new();
    for path in all {
        let patch = fs::read_to_string(&path).unwrap();
        let (file, before) = patched(library.path(), &patch);
        let within = file.strip_prefix(library.path().join("worlds")).unwrap();
        let id = within.components().next().unwrap().as_os_str().to_string_lossy();
        let mut problems = Problems::default();
        let id = id.trim_end_matches(".ron");
        world(&library.path().join(format!("worlds/{id}.ron")), &Replacements::default(), &mut problems);
        complaints.extend(complaint(&path, &patch, &problems));
        fs::write(file, before).unwrap();
    }
    none(&complaints);
}

#[test]
fn a_mistake_in_a_file_of_overrides_is_reported() {
    let all = files(&broken().join("overrides"), "csv");
    assert!(all.len() >= 10, "{}", all.len());
    let mut complaints = Vec::new();
    for path in all {
        let expected = fs::read_to_string(path.with_extension("expect")).unwrap();
        let scenario = expected.lines().find_map(|l| l.strip_prefix("scenario: ")).unwrap_or("dytb-halt-us");
        let request = Request {
            scenario: root().join(format!("scenarios/{scenario}.ron")),
            overrides: Some(path.clone()),
            ..Request::default()
        };
        complaints.extend(complaint(&path, &expected, &errors(&request, &path)));
    }
    none(&complaints);
}

#[test]
fn no_broken_file_is_lost_contributing_counts_them() {
    let of = |folder: &str, ending| files(&broken().join(folder), ending).len();
    let all = of("", "ron") + of("strategies", "ron") + of("world-patches", "patch") + of("overrides", "csv");
    let page = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    assert!(page.contains(&format!("`scenarios/broken` ({all} of them)")), "{all} broken files");
}
