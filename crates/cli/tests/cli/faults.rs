//! Runs that are stopped, and what they leave.
// when a run is killed follows the clock; what it leaves must not
#![allow(clippy::disallowed_methods)]

use crate::{root, text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A run of some seconds whose finished replicates are kept after each batch.
fn start(out: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chokepoint"));
    command.args(["run", "scenarios/port-strike.ron", "--strategies", "none", "--replicates", "40"]);
    command.args(["--keep-every", "0", "--out"]).arg(out).current_dir(root());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Every file but the log, by its name.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for part in ["", "charts"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && path.file_name().unwrap() != "run.log" {
                all.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    all
}

/// Waits until something is so.
fn within_a_minute(is_so: &dyn Fn() -> bool) {
    for _ in 0..12_000 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("a minute has passed");
}

fn whole(parent: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = parent.join("whole");
    assert!(start(&out).wait_with_output().unwrap().status.success());
    files(&out)
}

/// Kills runs after one drawn time and another until `kills` of them died; each folder must end in the same bytes.
fn killed(kills: u32, seed: u64) {
    let parent = tempfile::tempdir().unwrap();
    let begun = std::time::SystemTime::now();
    let whole = whole(parent.path());
    let longest = begun.elapsed().unwrap().as_millis() as u64;
    let mut chance = seed;
    let (mut died, mut folders, mut runs) = (0, 0, 0);
    while died < kills {
        folders += 1;
        let out = parent.path().join(format!("run-{folders}"));
        while !out.exists() {
            runs += 1;
            assert!(runs < 20 * kills + 100, "{died} of {runs} runs died");
            let mut run = start(&out);
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            std::thread::sleep(Duration::from_millis((chance >> 33) % longest));
            if run.try_wait().unwrap().is_none() {
                run.kill().unwrap();
                died += 1;
            }
            let done = run.wait_with_output().unwrap();
            assert!(done.status.success() || done.status.code().is_none(), "{}", text(&done.stderr));
        }
        assert!(files(&out) == whole, "run {folders} of seed {seed} differs after {died} kills");
        std::fs::remove_dir_all(&out).unwrap();
        // a kill between the last renaming and the end leaves what was kept; the next run of that folder removes it
        let _ = std::fs::remove_dir_all(parent.path().join(format!(".run-{folders}.unfinished")));
    }
}

#[test]
fn a_killed_run_is_taken_up_and_ends_in_the_bytes_of_one_that_was_not() {
    killed(6, 1);
}

#[test]
#[ignore = "the gate runs it: the variable KILLS says how many, else two hundred"]
fn many_kills() {
    let kills = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok());
    killed(kills.unwrap_or(200), 2);
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_is_finished_ends_with_status_130_and_says_how_to_go_on() {
    let parent = tempfile::tempdir().unwrap();
    let out = parent.path().join("stopped");
    let run = start(&out);
    let kept = parent.path().join(".stopped.unfinished");
    let is_kept = || {
        let files = std::fs::read_dir(&kept).into_iter().flatten().flatten();
        files.map(|f| f.file_name()).any(|name| name.to_string_lossy().starts_with("replicates-"))
    };
    within_a_minute(&is_kept);
    let pid = run.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let done = run.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("the same command goes on from there"), "{}", text(&done.stderr));
    assert!(!out.exists(), "no results stand");
    let again = start(&out).wait_with_output().unwrap();
    assert!(
        text(&again.stderr).contains("replicates of an unfinished run were kept"),
        "{}",
        text(&again.stderr)
    );
    assert!(files(&out) == whole(parent.path()));
}

#[test]
fn a_second_run_on_a_folder_that_is_being_written_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    let out = parent.path().join("shared");
    let first = start(&out);
    within_a_minute(&|| parent.path().join(".shared.unfinished/results").exists());
    let second = start(&out).wait_with_output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains("another run is writing"), "{}", text(&second.stderr));
    assert!(first.wait_with_output().unwrap().status.success());
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1, "nothing is left beside the results");
}

#[test]
fn a_folder_where_nothing_can_be_written_is_reported_before_anything_is_run() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    std::fs::write(&file, "").unwrap();
    let done = start(&file.join("results")).wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    let shown = text(&done.stderr);
    assert!(shown.contains("cannot write") && shown.contains("earlier ones are as they were"), "{shown}");
}

#[test]
fn more_runs_than_fit_into_memory_are_refused_with_the_number_that_fits() {
    let parent = tempfile::tempdir().unwrap();
    let out = parent.path().join("none").display().to_string();
    let arguments = ["run", "scenarios/dytb-halt-us.ron", "--replicates", "100000", "--out", &out];
    let done = crate::chokepoint(&arguments);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("ask for at most"), "{}", text(&done.stderr));
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
}
