//! Folders of results and what unfinished runs leave.

use crate::shipped::toy;
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::results::{Folder, Found, Kept, ResultsError};
use chokepoint_montecarlo::runner::{Ensemble, Settings, Watch, extend, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

fn settings(replicates: u32) -> Settings {
    Settings { replicates, seed: 1, uncertainty: Uncertainty::FULL }
}

/// A place for results, and the folder that it stands in.
fn place() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let target = parent.path().join("results");
    (parent, target)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Results with one file.
fn finished(target: &Path, text: &str) {
    let mut folder = Folder::open(target, true).unwrap();
    folder.write("manifest.json", text.as_bytes()).unwrap();
    folder.finish().unwrap();
}

fn read(target: &Path) -> String {
    fs::read_to_string(target.join("manifest.json")).unwrap()
}

#[test]
fn results_appear_whole_and_nothing_else_is_left() {
    let (parent, target) = place();
    let mut folder = Folder::open(&target, false).unwrap();
    folder.write("charts/a.svg", b"<svg/>").unwrap();
    folder.write("manifest.json", b"{}").unwrap();
    assert!(!target.exists(), "nothing stands before all is written");
    folder.finish().unwrap();
    drop(folder);
    assert_eq!(names(parent.path()), ["results"]);
    assert_eq!(names(&target), ["charts", "manifest.json"]);
}

#[test]
fn results_given_up_leave_the_earlier_ones_as_they_were() {
    let (parent, target) = place();
    finished(&target, "earlier");
    let mut folder = Folder::open(&target, true).unwrap();
    folder.write("manifest.json", b"later").unwrap();
    drop(folder);
    assert_eq!(read(&target), "earlier");
    assert_eq!(names(parent.path()), ["results"]);
}

#[test]
fn results_are_replaced_only_when_asked_and_only_if_they_are_results() {
    let (parent, target) = place();
    finished(&target, "earlier");
    assert!(matches!(Folder::open(&target, false), Err(ResultsError::Exists(_))));
    let letters = parent.path().join("letters");
    fs::create_dir(&letters).unwrap();
    fs::write(letters.join("to-the-minister.txt"), "Madam").unwrap();
    assert!(matches!(Folder::open(&letters, true), Err(ResultsError::Foreign(_))));
    let file = parent.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(Folder::open(&file, true), Err(ResultsError::Foreign(_))));
    assert!(matches!(Folder::open(Path::new(".."), true), Err(ResultsError::Nameless(_))));
    assert_eq!(names(parent.path()), ["file", "letters", "results"]);
}

#[test]
fn two_runs_never_write_the_same_folder() {
    let (_parent, target) = place();
    let first = Folder::open(&target, false).unwrap();
    assert!(matches!(Folder::open(&target, false), Err(ResultsError::Busy(_))));
    drop(first);
    assert!(Folder::open(&target, false).is_ok());
}

#[test]
fn a_run_killed_between_its_two_renamings_loses_no_earlier_results() {
    let (parent, target) = place();
    finished(&target, "earlier");
    fs::rename(&target, parent.path().join(".results.replaced")).unwrap();
    let found = Folder::open(&target, true).unwrap().found().to_vec();
    assert_eq!(found, [Found::Restored(target.clone())]);
    assert_eq!(read(&target), "earlier");
    fs::rename(&target, parent.path().join(".results.replaced")).unwrap();
    assert!(
        matches!(Folder::open(&target, false), Err(ResultsError::Exists(_))),
        "they are back, and not replaced"
    );
    assert_eq!(read(&target), "earlier");
    assert_eq!(names(parent.path()), ["results"]);
}

#[test]
fn a_run_killed_after_its_second_renaming_leaves_the_new_results() {
    let (parent, target) = place();
    finished(&parent.path().join(".results.replaced"), "earlier");
    finished(&target, "later");
    assert_eq!(read(&target), "later");
    assert_eq!(names(parent.path()), ["results"]);
}

#[test]
fn files_of_a_killed_run_are_removed_and_reported() {
    let (parent, target) = place();
    let half = parent.path().join(".results.unfinished/results");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("summary.json"), "{").unwrap();
    let folder = Folder::open(&target, false).unwrap();
    assert_eq!(folder.found(), [Found::HalfWritten(target.clone())]);
    drop(folder);
    assert!(names(parent.path()).is_empty());
}

#[test]
fn results_whose_files_were_taken_away_meanwhile_are_not_put_in_place() {
    let (parent, target) = place();
    let mut folder = Folder::open(&target, false).unwrap();
    folder.write("summary.json", b"{}").unwrap();
    folder.write("manifest.json", b"{}").unwrap();
    fs::write(parent.path().join(".results.unfinished/results/summary.json"), "").unwrap();
    assert!(matches!(folder.finish(), Err(ResultsError::Changed(_))));
    drop(folder);
    let mut folder = Folder::open(&target, false).unwrap();
    folder.write("summary.json", b"{}").unwrap();
    fs::remove_dir_all(parent.path().join(".results.unfinished")).unwrap();
    assert!(matches!(folder.write("manifest.json", b"{}"), Err(ResultsError::Io { .. })));
    assert!(!target.exists());
}

#[test]
fn a_run_that_is_stopped_and_goes_on_keeps_the_same_bytes() {
    let experiment = toy("every-kind");
    let (_parent, target) = place();
    let whole = run(&experiment, settings(28), &|_| (), &AtomicBool::new(false)).unwrap();
    // one stopped after 8, taken up again, stopped after 20 and taken up again
    let mut ensemble = Ensemble::empty(&experiment, settings(28));
    for wanted in [8, 20, 28] {
        let folder = Folder::open(&target, false).unwrap();
        let kept = folder.checkpoint("key");
        let had = ensemble.settings.replicates;
        ensemble = Ensemble::empty(&experiment, settings(28));
        let found = kept.load(&mut ensemble, 28);
        assert_eq!(found, if had == 0 { Kept::Nothing } else { Kept::Replicates(had) });
        let watch = Watch { progress: &|_| (), stop: &AtomicBool::new(false) };
        extend(&experiment, &mut ensemble, wanted, watch, &mut |_| ()).unwrap();
        kept.save(&ensemble).unwrap();
    }
    let bytes = |ensemble: &Ensemble| {
        let mut bytes = Vec::new();
        ensemble.save(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(ensemble.settings.replicates, 28);
    assert!(bytes(&ensemble) == bytes(&whole));
}

#[test]
fn an_interrupted_run_has_its_finished_batches_in_order() {
    let experiment = toy("every-kind");
    let stop = AtomicBool::new(false);
    let mut ensemble = Ensemble::empty(&experiment, settings(80));
    let after_the_second =
        |ensemble: &Ensemble| stop.store(ensemble.settings.replicates >= 16, Ordering::Relaxed);
    let watch = Watch { progress: &|_| (), stop: &stop };
    assert!(extend(&experiment, &mut ensemble, 80, watch, &mut { after_the_second }).is_err());
    let n = ensemble.settings.replicates;
    assert!((16..80).contains(&n) && n.is_multiple_of(8), "{n}");
    let alone = run(&experiment, settings(n), &|_| (), &AtomicBool::new(false)).unwrap();
    assert_eq!(ensemble.values, alone.values);
}

#[test]
fn what_was_kept_of_other_inputs_or_is_damaged_is_not_taken_up() {
    let experiment = toy("every-kind");
    let (parent, target) = place();
    let folder = Folder::open(&target, false).unwrap();
    let ensemble = run(&experiment, settings(8), &|_| (), &AtomicBool::new(false)).unwrap();
    let kept = folder.checkpoint("key");
    kept.save(&ensemble).unwrap();
    let mut empty = Ensemble::empty(&experiment, settings(8));
    assert_eq!(folder.checkpoint("other").load(&mut empty, 8), Kept::Nothing);
    assert_eq!(folder.checkpoint("other").others().len(), 1, "it is reported that there is something else");
    assert_eq!(kept.load(&mut empty, 4), Kept::More(8));
    let path = parent.path().join(".results.unfinished/replicates-key");
    let whole = fs::read(&path).unwrap();
    for cut in [0, 1, 40, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..cut]).unwrap();
        assert_eq!(kept.load(&mut empty, 8), Kept::Damaged, "cut after {cut}");
    }
    for place in [0, 30, whole.len() / 2, whole.len() - 40, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(kept.load(&mut empty, 8), Kept::Damaged, "a bit changed at {place}");
    }
    let other = toy("outage-10");
    fs::write(&path, &whole).unwrap();
    let mut shape = Ensemble::empty(&other, settings(8));
    assert_eq!(kept.load(&mut shape, 8), Kept::Damaged, "the shape of another scenario");
    assert_eq!(kept.load(&mut empty, 8), Kept::Replicates(8));
    drop(folder);
    assert!(path.exists(), "what is kept outlasts the run");
}
