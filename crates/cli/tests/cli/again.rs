//! Runs made again from their manifest.

use crate::{chokepoint, run, text};
use std::path::Path;
use std::process::Output;

fn reproduce(manifest: &Path, more: &[&str]) -> Output {
    let manifest = manifest.display().to_string();
    chokepoint(&[&["reproduce", &manifest], more].concat())
}

const OVERRIDES: &str =
    "parameter,value,unit,low,high,source,note\nport-strike/strike/duration,20,days,,,test,\n";

/// A finished run with overrides, and its manifest.
fn finished(folder: &Path) -> (std::path::PathBuf, serde_json::Value) {
    let overrides = folder.join("mine.csv");
    std::fs::write(&overrides, OVERRIDES).unwrap();
    let out = folder.join("run");
    let overrides = overrides.display().to_string();
    let done = run("scenarios/port-strike.ron", &out, &["--override", &overrides, "--threads", "2"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let manifest = serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    (out, manifest)
}

#[test]
fn a_run_made_again_on_another_number_of_threads_is_identical_and_a_difference_is_reported_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let (out, mut manifest) = finished(folder.path());
    let path = out.join("manifest.json");
    let again = reproduce(&path, &["--threads", "1"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert!(text(&again.stdout).starts_with("Identical: all "), "{}", text(&again.stdout));
    // the manifest alone is enough, wherever it stands
    let alone = folder.path().join("manifest-of-the-paper.json");
    std::fs::copy(&path, &alone).unwrap();
    assert_eq!(reproduce(&alone, &["--quiet"]).status.code(), Some(0));
    // another seed: what it changes is reported, with the first line of each table that differs
    manifest["seed"] = 2.into();
    manifest["chokepoint"] = "0.0.9".into();
    manifest.as_object_mut().unwrap().remove("format");
    std::fs::write(&path, manifest.to_string()).unwrap();
    let other = reproduce(&path, &["--quiet"]);
    assert_eq!(other.status.code(), Some(4), "{}", text(&other.stderr));
    let shown = text(&other.stdout);
    for part in [
        "version 0.0.9",
        "format 1; this program writes format 2",
        "outcomes.csv: differs from line ",
        "  was  ",
        "  is   ",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("Identical"), "{shown}");
    // and nothing else reads those results as if they had today's names
    let explained = chokepoint(&["explain", &out.display().to_string(), "--sector", "ev", "--region", "US"]);
    assert_eq!(explained.status.code(), Some(2));
    assert!(text(&explained.stderr).contains("holds results of format 1"), "{}", text(&explained.stderr));
    manifest["format"] = 9.into();
    std::fs::write(&path, manifest.to_string()).unwrap();
    let later = reproduce(&path, &["--quiet"]);
    assert!(text(&later.stderr).contains("reads formats up to 2"), "{}", text(&later.stderr));
}

#[test]
fn a_file_of_overrides_within_the_library_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("scenarios");
    for (part, files) in [("worlds", vec!["ree-2024.ron"]), ("", vec!["port-strike.ron"])] {
        std::fs::create_dir_all(library.join(part)).unwrap();
        for file in files {
            let from = crate::root().join("scenarios").join(part).join(file);
            std::fs::copy(from, library.join(part).join(file)).unwrap();
        }
    }
    let tables = library.join("worlds/ree-2024");
    std::fs::create_dir_all(&tables).unwrap();
    for entry in std::fs::read_dir(crate::root().join("scenarios/worlds/ree-2024")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, tables.join(path.file_name().unwrap())).unwrap();
    }
    let overrides = library.join("mine/notes.csv");
    std::fs::create_dir_all(overrides.parent().unwrap()).unwrap();
    std::fs::write(&overrides, OVERRIDES).unwrap();
    let out = folder.path().join("run");
    let (scenario, overrides) =
        (library.join("port-strike.ron").display().to_string(), overrides.display().to_string());
    let done = run(&scenario, &out, &["--strategies", "none", "--override", &overrides]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let again = reproduce(&out.join("manifest.json"), &["--quiet"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
}

#[test]
fn a_manifest_that_was_tampered_with_is_refused_and_a_changed_file_beside_it_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let (out, manifest) = finished(folder.path());
    let path = out.join("manifest.json");
    let mut changed = manifest.clone();
    changed["inputs"][0]["text"] = "Scenario()".into();
    std::fs::write(&path, changed.to_string()).unwrap();
    let refused = reproduce(&path, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("is not what its digest says"), "{}", text(&refused.stderr));
    let mut outside = manifest.clone();
    outside["inputs"][1]["path"] = "../../evil.ron".into();
    std::fs::write(&path, outside.to_string()).unwrap();
    assert!(text(&reproduce(&path, &[]).stderr).contains("no path within a library"));
    std::fs::write(&path, manifest.to_string()).unwrap();
    std::fs::write(out.join("summary.json"), "{}").unwrap();
    let shown = reproduce(&path, &["--json", "--quiet"]);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    let found: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(found["changed_since"], serde_json::json!(["summary.json"]));
    assert_eq!(found["identical"], true);
    for bytes in ["", "{}", "[1,2", "{\"asked\":{\"command\":\"backtest\"}}"] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(reproduce(&path, &[]).status.code(), Some(2), "{bytes}");
    }
    assert_eq!(reproduce(folder.path(), &[]).status.code(), Some(2), "a folder is no manifest");
    assert_eq!(reproduce(Path::new("/dev/zero"), &[]).status.code(), Some(2), "a device is none");
}

#[test]
fn a_mistake_far_along_a_line_is_shown_by_its_surroundings() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.ron");
    let story = "é ".repeat(4_000);
    let text_of = format!(
        "Scenario(id: \"long\", name: \"x\", status: hypothetical, as_of: \"2025-01-01\", world: \"ree-2024\", story: \"{story}\", horizon: Percent(5), events: [])"
    );
    std::fs::write(&path, text_of).unwrap();
    let shown = chokepoint(&["validate", &path.display().to_string()]);
    assert_eq!(shown.status.code(), Some(2), "{}", text(&shown.stderr));
    let shown = text(&shown.stderr);
    assert!(shown.len() < 3_000 && shown.contains("of which this is a part"), "{shown}");
}

#[test]
fn a_run_beyond_what_the_model_is_calibrated_to_says_so_everywhere_and_ends_with_status_3() {
    let folder = tempfile::tempdir().unwrap();
    let overrides = folder.path().join("far.csv");
    std::fs::write(
        &overrides,
        "parameter,value,unit,low,high,source,note\nprice_speed,0.6,per week,,,test,\n",
    )
    .unwrap();
    let out = folder.path().join("far");
    let overrides = overrides.display().to_string();
    let done = run("scenarios/port-strike.ron", &out, &["--strategies", "none", "--override", &overrides]);
    assert_eq!(done.status.code(), Some(3), "{}", text(&done.stderr));
    assert!(
        text(&done.stdout).contains("price_speed is set to 0.6, calibrated from 0.2 to 0.39"),
        "{}",
        text(&done.stdout)
    );
    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("summary.json")).unwrap()).unwrap();
    assert_eq!(summary["outside"][0]["what"], "price_speed");
    assert_eq!(chokepoint(&["report", &out.display().to_string()]).status.code(), Some(0));
    let briefing = std::fs::read_to_string(out.join("briefing.en.html")).unwrap();
    assert!(briefing.contains("price_speed was set from 0.60 to 0.60 and is calibrated from 0.20 to 0.39"));
}

/// What others have published is kept for the briefing; the unit test of the digest holds that results do not depend on it.
#[test]
fn published_numbers_are_inputs_that_stand_beside_the_results() {
    let folder = tempfile::tempdir().unwrap();
    let (_, manifest) = finished(folder.path());
    let inputs = manifest["inputs"].as_array().unwrap();
    let beside = inputs.iter().filter(|input| input["beside"].as_bool().unwrap());
    let paths: Vec<&str> = beside.map(|input| input["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["published/economies.csv", "published/estimates.csv"]);
}
