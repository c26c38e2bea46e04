//! The program as its users meet it, and promises of the repository.
// a test that cannot go on fails: that is what unwrap says here
#![allow(clippy::unwrap_used)]

mod again;
mod charts;
mod circles;
mod faults;
mod figures;
mod history;
mod links;
mod names;
mod strategies;
mod words;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn chokepoint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chokepoint")).args(arguments).current_dir(root()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a scenario with sixteen replicates into a folder.
fn run(scenario: &str, out: &Path, more: &[&str]) -> Output {
    let out = out.display().to_string();
    let arguments = [&["run", scenario, "--replicates", "16", "--out", &out], more].concat();
    chokepoint(&arguments)
}

#[test]
fn a_run_writes_every_promised_file_and_a_summary() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("halt");
    let done = run("scenarios/dytb-halt-us.ron", &out, &[]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let summary = text(&done.stdout);
    for part in [
        "Value added lost",
        "Sectors in which lines stop",
        "Peak price",
        "30-day buffers",
        "on the same replicates",
    ] {
        assert!(summary.contains(part), "{part} in:\n{summary}");
    }
    let promised = [
        "manifest.json",
        "run.log",
        "summary.json",
        "outcomes.csv",
        "series.csv",
        "samples.csv",
        "paired.csv",
        "stops.csv",
        "stops_by_month.csv",
        "exposure.csv",
        "flows.csv",
        "reference.csv",
        "costs.csv",
        "ensemble.parquet",
        "charts/01-fan.svg",
        "charts/01-fan.png",
        "charts/01-fan.csv",
        "charts/01-fan.json",
        "charts/02-prices.png",
        "charts/04-heat.png",
        "figures.json",
    ];
    for name in promised {
        assert!(std::fs::metadata(out.join(name)).unwrap().len() > 0, "{name}");
    }
    for table in ["series.csv", "outcomes.csv", "samples.csv", "costs.csv", "distribution.csv"] {
        let rows = std::fs::read_to_string(out.join(table)).unwrap();
        let endless = rows.lines().find(|l| l.split(',').any(|c| matches!(c, "inf" | "-inf" | "NaN")));
        assert_eq!(endless, None, "{table}");
    }
    let header = std::fs::read_to_string(out.join("series.csv")).unwrap();
    assert_eq!(
        header.lines().next().unwrap(),
        "arm,week,date,metric,stage,region,partner_region,item_kind,item,sector,unit,n,mean,p5,p25,p50,p75,p95"
    );
    let manifest: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["replicates"], 16);
    let inputs = manifest["inputs"].as_array().unwrap();
    for file in ["dytb-halt-us.ron", "oem-buffer.ron", "ree-2024.ron", "facilities.csv", "parameters.csv"] {
        assert!(inputs.iter().any(|i| i["file"] == file), "{file} is inlined");
    }
}

#[test]
fn the_same_inputs_give_the_same_files_on_one_and_on_eight_threads() {
    let folder = tempfile::tempdir().unwrap();
    let (one, eight) = (folder.path().join("one"), folder.path().join("eight"));
    run("scenarios/port-strike.ron", &one, &["--threads", "1"]);
    run("scenarios/port-strike.ron", &eight, &["--threads", "8"]);
    let mut files = 0;
    for part in ["", "charts"] {
        for entry in std::fs::read_dir(one.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap();
            if path.is_file() && name != "run.log" {
                let other = eight.join(part).join(name);
                assert_eq!(
                    std::fs::read(&path).unwrap(),
                    std::fs::read(&other).unwrap(),
                    "{}",
                    path.display()
                );
                files += 1;
            }
        }
    }
    assert!(files >= 20, "{files}");
}

#[test]
fn results_are_not_overwritten_without_force() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("results");
    assert_eq!(run("scenarios/baseline.ron", &out, &[]).status.code(), Some(0));
    let refused = run("scenarios/baseline.ron", &out, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--force"), "{}", text(&refused.stderr));
    assert_eq!(run("scenarios/baseline.ron", &out, &["--force"]).status.code(), Some(0));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["results"], "nothing unfinished is left beside it");
}

#[test]
fn a_mistake_ends_with_status_2_names_its_place_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("none");
    let done = run("scenarios/broken/misspelt-element.ron", &out, &[]);
    assert_eq!(done.status.code(), Some(2));
    let shown = text(&done.stderr);
    assert!(
        shown.contains("misspelt-element.ron:") && shown.contains("there is no element called `Tx`"),
        "{shown}"
    );
    assert!(shown.contains("did you mean"), "{shown}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    assert_eq!(chokepoint(&["run"]).status.code(), Some(2));
    assert_eq!(chokepoint(&["run", "no-such-file.ron"]).status.code(), Some(2));
    let json = chokepoint(&["--json", "validate", "scenarios/broken/no-such-day.ron"]);
    let problems: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(problems[0]["code"], "bad-date");
}

#[test]
fn an_override_changes_a_number_and_a_misspelt_one_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    let head = "parameter,value,unit,low,high,source,note\n";
    std::fs::write(
        &file,
        format!("{head}dytb-halt-us/halt/duration,1,weeks,,,mine,\nprice_speed,0.2,per week,,,mine,\n"),
    )
    .unwrap();
    let path = file.display().to_string();
    let out = folder.path().join("short");
    let done = run("scenarios/dytb-halt-us.ron", &out, &["--override", &path, "--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let summary: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(summary["stops"].as_array().unwrap().len(), 0, "a week's halt stops nobody");
    std::fs::write(&file, format!("{head}dytb-halt-us/halt/lenght,1,weeks,,,mine,\n")).unwrap();
    let done = run("scenarios/dytb-halt-us.ron", &folder.path().join("x"), &["--override", &path]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("halt/lenght"), "{}", text(&done.stderr));
}

#[test]
fn an_empty_row_of_overrides_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    let head = "parameter,value,unit,low,high,source,note\n";
    std::fs::write(&file, format!("{head}dytb-halt-us/halt/duration,1,weeks,,,mine,\n,,,,,,\n")).unwrap();
    let out = folder.path().join("short");
    let done = run("scenarios/dytb-halt-us.ron", &out, &["--override", &file.display().to_string()]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
}

#[test]
fn a_mistake_on_the_command_line_is_shown_there() {
    let done = chokepoint(&["run", "scenarios/port-strike.ron", "--strategies", "oem-bufer"]);
    assert_eq!(done.status.code(), Some(2));
    let shown = text(&done.stderr);
    assert!(
        shown.contains("--strategies oem-bufer") && shown.contains("did you mean `oem-buffer`"),
        "{shown}"
    );
    assert!(!shown.contains("Pacific"), "{shown}");
    for above in [&["--above", "nan"][..], &["--above", "inf"]] {
        let done = chokepoint(&[&["sensitivity", "scenarios/port-strike.ron"], above].concat());
        assert_eq!(done.status.code(), Some(2), "{above:?}");
    }
}

#[test]
fn what_begins_after_the_horizon_is_named() {
    let folder = tempfile::tempdir_in(root().join("target")).unwrap();
    let scenario = std::fs::read_to_string(root().join("scenarios/dytb-halt-us.ron")).unwrap();
    let place = folder.path().join("dytb-halt-us.ron");
    let late = scenario
        .replace("horizon: Years(5)", "horizon: Months(6)")
        .replace("    events: [\n", "    events: [\n        (id: \"late\", kind: ExportCap, target: (stages: [\"Magnet\"], origins: [\"CN\"]), magnitude: Percent(50), start: \"2027-01-01\", duration: Months(6), evidence: (grade: judgement, source: \"made up\")),\n");
    std::fs::write(&place, late).unwrap();
    let done = chokepoint(&["validate", &place.display().to_string()]);
    let shown = text(&done.stderr);
    assert_eq!(done.status.code(), Some(0), "{shown}");
    assert!(shown.contains("this event begins after the horizon") && shown.contains("2027-01-01"), "{shown}");
}

#[test]
#[cfg(target_os = "linux")]
fn results_that_cannot_be_printed_are_no_success() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chokepoint"));
    let done = command.args(["list", "scenarios"]).current_dir(root()).stdout(full).status().unwrap();
    assert_eq!(done.code(), Some(1));
}

#[test]
#[cfg(unix)]
fn a_link_to_a_folder_of_results_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    assert_eq!(run("scenarios/port-strike.ron", &real, &["--strategies", "none"]).status.code(), Some(0));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let done = run("scenarios/port-strike.ron", &link, &["--strategies", "none", "--force"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(link.is_symlink() && real.join("summary.json").is_file());
}

#[test]
fn a_new_scenario_runs_as_it_is() {
    let folder = tempfile::tempdir_in(root().join("target")).unwrap();
    let place = folder.path().join("my-ban");
    let done = chokepoint(&["init", &place.display().to_string()]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let scenario = text(&done.stdout).trim().to_owned();
    let done = chokepoint(&["validate", &scenario]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
}

#[test]
fn every_list_and_small_command_prints_something() {
    for what in ["worlds", "scenarios", "strategies", "histories", "parameters", "charts"] {
        let done = chokepoint(&["list", what]);
        assert!(done.status.success() && !done.stdout.is_empty(), "{what}: {}", text(&done.stderr));
    }
    for arguments in [&["schema"][..], &["completions", "bash"], &["cite"], &["--help"], &["run", "--help"]] {
        let done = chokepoint(arguments);
        assert!(done.status.success() && done.stdout.len() > 100, "{arguments:?}");
    }
}

#[test]
fn the_balance_of_the_world_and_the_drift_of_its_baseline_are_printed_and_name_what_leaves_its_tolerance() {
    let done = chokepoint(&["validate", "scenarios/worlds/ree-2024.ron"]);
    let printed = text(&done.stdout);
    let parts = [
        "recorded",
        "WARNING: beyond 20 %",
        "weeks of stock over the start, OEM, JP",
        "WARNING: beyond a quarter",
    ];
    for part in parts {
        assert!(done.status.success() && printed.contains(part), "{part} in:\n{printed}");
    }
}

#[test]
fn the_crates_depend_in_one_direction_only() {
    let done = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    // each may use what stands before it, and of those the ones that it is given here
    let allowed: [(&str, &[&str]); 8] = [
        ("core", &[]),
        ("input", &["core"]),
        ("world", &["core", "input"]),
        ("scenario", &["core", "input", "world"]),
        ("montecarlo", &["core", "input", "world", "scenario"]),
        ("charts", &["core", "input", "world", "scenario", "montecarlo"]),
        ("report", &["core", "input", "world", "scenario", "montecarlo", "charts"]),
        ("cli", &["input", "world", "scenario", "montecarlo", "charts", "report"]),
    ];
    for (name, may) in allowed {
        let name = format!("chokepoint-{name}");
        let package = metadata["packages"].as_array().unwrap().iter().find(|p| p["name"] == *name).unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            let other = dependency["name"].as_str().unwrap();
            let Some(ours) = other.strip_prefix("chokepoint-").filter(|_| dependency["kind"].is_null())
            else {
                continue;
            };
            assert!(may.contains(&ours), "{name} may not depend on {other}");
        }
    }
}

#[test]
fn the_readme_names_commands_and_options_that_exist_and_the_changelog_this_version() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("cargo run --release -- run scenarios/dytb-halt-us.ron"));
    assert!(readme.contains("cargo test --release --workspace"));
    let help = text(&chokepoint(&["run", "--help"]).stdout);
    for option in
        ["--strategies", "--tier", "--replicates", "--seed", "--threads", "--override", "--out", "--force"]
    {
        assert!(readme.contains(option) && help.contains(option), "{option}");
    }
    let changelog = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(changelog.contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
    let citation = std::fs::read_to_string(root().join("CITATION.cff")).unwrap();
    assert!(citation.contains(&format!("version: {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_readme_counts_what_is_there() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let listed = |what: &str| text(&chokepoint(&["list", what]).stdout).lines().count();
    let words = |n: usize| {
        let names = [
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
            "twenty-one",
            "twenty-two",
            "twenty-three",
            "twenty-four",
        ];
        (13..)
            .zip(names)
            .find(|(number, _)| *number == n)
            .map_or_else(|| n.to_string(), |(_, name)| name.to_owned())
    };
    let (scenarios, strategies) = (words(listed("scenarios")), words(listed("strategies")));
    let library = format!("The library has {scenarios} scenarios and {strategies} strategies");
    assert!(readme.contains(&library), "{library}");
    let kinds = format!("{} kinds of events", words(chokepoint_scenario::kinds::EventKind::ALL.len()));
    assert!(readme.contains(&kinds), "{kinds}");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("strike");
    let done = chokepoint(&[
        "--quiet",
        "run",
        "scenarios/port-strike.ron",
        "--replicates",
        "2",
        "--strategies",
        "none",
        "--out",
        &out.display().to_string(),
    ]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let agents = format!("and {} agents", manifest["agents"]);
    assert!(readme.contains(&agents), "{agents}");
}

/// From any equation to its phase file in one step, and back.
#[test]
fn every_phase_file_is_linked_from_the_model_page_and_names_its_section_there() {
    let page = std::fs::read_to_string(root().join("docs/model.md")).unwrap();
    let anchors: Vec<String> = page
        .lines()
        .filter_map(|l| l.strip_prefix("### "))
        .map(|h| h.to_lowercase().replace(' ', "-").replace(|c: char| !c.is_alphanumeric() && c != '-', ""))
        .collect();
    let mut files = 0;
    for entry in std::fs::read_dir(root().join("crates/core/src/phase")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "mod.rs" {
            continue;
        }
        let link = format!("](../crates/core/src/phase/{name})");
        let sections: Vec<&str> = page.split("\n### ").skip(1).filter(|part| part.contains(&link)).collect();
        assert!(!sections.is_empty(), "no section of docs/model.md links {name}");
        assert!(sections.iter().any(|part| part.contains("```text")), "{name} has no equation");
        let text = std::fs::read_to_string(root().join("crates/core/src/phase").join(&name)).unwrap();
        let back =
            text.lines().find_map(|l| l.split_once("docs/model.md#")).unwrap_or_else(|| panic!("{name}"));
        let anchor = back.1.trim_end_matches('.').to_owned();
        assert!(anchors.contains(&anchor), "{name} names {anchor}, the page has {anchors:?}");
        files += 1;
    }
    assert!(files >= 14, "{files}");
}

/// A planner who reads the page finds the loop in the same order, and the other way round.
#[test]
fn the_model_page_names_the_phases_in_the_order_in_which_a_week_calls_them() {
    let page = std::fs::read_to_string(root().join("docs/model.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains("/src/phase/"));
    let named: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert!(named.len() >= 30, "{named:?}");
    let week = std::fs::read_to_string(root().join("crates/core/src/week.rs")).unwrap();
    let parts = week.split("/// Phases 1 to ").nth(1).unwrap();
    let called: Vec<&str> = parts
        .lines()
        .map(str::trim)
        .filter_map(|line| line.split_once('(').map(|(name, _)| name))
        .filter(|name| name.contains("::") && !name.contains(' '))
        .collect();
    assert_eq!(named, called);
}

#[test]
fn every_library_has_its_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let reasons = std::fs::read_to_string(root().join("docs/decisions/libraries.md")).unwrap();
    let list = manifest.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names = list.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let names: Vec<&str> = names.filter(|name| !name.starts_with("chokepoint-")).collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        assert!(
            reasons.contains(&format!("`{name}`")),
            "no reason for `{name}` in docs/decisions/libraries.md"
        );
    }
}
