//! The crisis of the past as its users meet it: records, back-tests, fits.

use crate::{chokepoint, root, text};
use std::path::Path;
use std::process::Command;

fn backtest(out: &Path, more: &[&str]) -> std::process::Output {
    let out = out.display().to_string();
    chokepoint(&[&["backtest", "2010", "--replicates", "8", "--out", &out], more].concat())
}

#[test]
fn a_back_test_writes_every_promised_file_and_its_inputs_and_the_same_bytes_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    let done = backtest(&one, &["--variants"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("Without a mechanism"), "{}", text(&done.stdout));
    assert_eq!(backtest(&other, &["--variants", "--threads", "1"]).status.code(), Some(0));
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(one.join("manifest.json")).unwrap()).unwrap();
    let listed = manifest.to_string();
    let written = [
        "scorecard.csv",
        "scorecard.json",
        "prices.csv",
        "variants.csv",
        "charts/19-backtest.svg",
        "charts/19-backtest.png",
        "charts/19-backtest.csv",
        "charts/19-backtest.json",
    ];
    for name in written {
        let bytes = std::fs::read(one.join(name)).unwrap();
        assert!(!bytes.is_empty() && bytes == std::fs::read(other.join(name)).unwrap(), "{name}");
        assert!(listed.contains(name), "{name} has no digest in the manifest");
    }
    // the record, its prices and the fitted sets can be read back from the manifest alone
    for part in ["History(", "quota-2010.csv", "usd_kg", "expectation_weight"] {
        assert!(listed.contains(part), "{part}");
    }
    let card = std::fs::read_to_string(one.join("scorecard.csv")).unwrap();
    // six fitted, twelve numbers and two probabilities scored
    assert_eq!(card.lines().count(), 1 + 6 + 12 + 2, "{card}");
}

#[test]
fn a_history_that_does_not_exist_is_reported_with_those_that_do() {
    for command in ["backtest", "calibrate"] {
        let done = chokepoint(&[command, "1973"]);
        assert_eq!(done.status.code(), Some(2));
        assert!(text(&done.stderr).contains("there is: gallium-2023, quota-2010"), "{}", text(&done.stderr));
    }
}

#[test]
fn a_fit_replaces_another_only_with_force() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().display().to_string();
    let fit = |more: &[&str]| {
        let small = ["--candidates", "16", "--kept", "8", "--rounds", "0", "--steps", "1", "--out", &out];
        chokepoint(&[&["calibrate", "2010"], &small[..], more].concat())
    };
    let done = fit(&[]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let read = |ending: &str| std::fs::read_to_string(folder.path().join(format!("quota-2010.{ending}")));
    let (sets, words) = (read("csv").unwrap(), read("ron").unwrap());
    assert!(words.contains("--candidates 16 --kept 8 --rounds 0 --steps 1 --seed 1"), "{words}");
    let refused = fit(&["--seed", "2"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--force"), "{}", text(&refused.stderr));
    assert_eq!((read("csv").unwrap(), read("ron").unwrap()), (sets.clone(), words), "nothing was touched");
    assert_eq!(fit(&["--seed", "2", "--force"]).status.code(), Some(0));
    assert_ne!(read("csv").unwrap(), sets);
    // the fit that ships is not replaced by accident either
    let both = ["calibrate", "2010", "gallium-2023"];
    let refused = chokepoint(&[&both[..], &["--candidates", "16", "--kept", "8", "--rounds", "0"]].concat());
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
}

#[test]
fn a_strategy_and_a_record_of_another_world_are_listed_and_checked_in_it() {
    assert!(text(&chokepoint(&["list", "strategies"]).stdout).contains("japan-2010"));
    assert!(text(&chokepoint(&["list", "histories"]).stdout).contains("6 fitted, 14 scored"));
    let files = ["scenarios/strategies/japan-2010.ron", "scenarios/histories/quota-2010.ron"];
    for file in files {
        let done = chokepoint(&["validate", file]);
        assert_eq!(done.status.code(), Some(0), "{file}: {}", text(&done.stderr));
    }
}

/// A copy of what the world of 2010 needs, with one text of one file replaced.
fn library(folder: &Path, file: &str, (from, to): (&str, &str)) {
    let ours = root().join("scenarios");
    for part in ["worlds/ree-2010", "histories", "posteriors", "strategies", "."] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
        for entry in std::fs::read_dir(ours.join(part)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), folder.join(part).join(entry.file_name())).unwrap();
            }
        }
    }
    std::fs::copy(ours.join("worlds/ree-2010.ron"), folder.join("worlds/ree-2010.ron")).unwrap();
    let place = folder.join(file);
    let text = std::fs::read_to_string(&place).unwrap();
    assert!(text.contains(from), "{file}");
    std::fs::write(place, text.replace(from, to)).unwrap();
}

/// A bare name has no folder to look beside: what the file names must be looked up all the same.
#[test]
fn a_file_named_from_within_its_own_folder_is_checked_in_its_library() {
    let folder = tempfile::tempdir().unwrap();
    let check = |place: &str, file: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_chokepoint"));
        program.args(["validate", file]).current_dir(folder.path().join(place)).output().unwrap()
    };
    library(
        folder.path(),
        "worlds/ree-2010.ron",
        ("posterior: \"quota-2010+gallium-2023\"", "posterior: \"quota-2011+gallium-2023\""),
    );
    let done = check("worlds", "ree-2010.ron");
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stdout));
    let shown = text(&done.stderr);
    assert!(
        shown.contains("`quota-2011+gallium-2023`")
            && shown.contains("did you mean `quota-2010+gallium-2023`?"),
        "{shown}"
    );

    library(
        folder.path(),
        "histories/quota-2010.ron",
        ("strategy: \"japan-2010\"", "strategy: \"japan-2011\""),
    );
    let done = check("histories", "quota-2010.ron");
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stdout));
    assert!(text(&done.stderr).contains("did you mean `japan-2010`?"), "{}", text(&done.stderr));
}
