//! Figures of a finished run, drawn again.

use crate::{chokepoint, run, text};
use std::path::Path;

fn word(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn every_figure_of_a_run_is_drawn_again_in_any_size_format_and_language() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("halt");
    let done = run("scenarios/dytb-halt-us.ron", &out, &["--strategies", "oem-buffer,thrifting+oem-buffer"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let kinds = [
        "fan",
        "prices",
        "sectors",
        "heat",
        "losses",
        "differences",
        "frontier",
        "break-even",
        "survival",
        "stocks",
        "concentration",
    ];
    for kind in kinds {
        // what the run drew is drawn again to the byte: nothing differs, nothing has to be forced
        let again = chokepoint(&["chart", &word(&out), "--kind", kind, "--format", "svg"]);
        assert_eq!(again.status.code(), Some(0), "{kind}: {}", text(&again.stderr));
        let french = ["--size", "half", "--lang", "fr", "--format", "svg,png,pdf"];
        let done = chokepoint(&[&["chart", &word(&out), "--kind", kind], &french[..]].concat());
        assert_eq!(done.status.code(), Some(0), "{kind}: {}", text(&done.stderr));
        let files: Vec<String> = text(&done.stdout).lines().map(str::to_owned).collect();
        assert_eq!(files.len(), 6, "{files:?}");
        let read = |ending: &str| {
            let file = files.iter().find(|f| f.ends_with(ending)).unwrap();
            std::fs::read(file).unwrap()
        };
        let (svg, json) = (text(&read(".half.fr.svg")), text(&read(".half.fr.json")));
        assert!(svg.contains("<title>") && svg.contains("xml:lang=\"fr\"") && !svg.contains('{'), "{kind}");
        assert!(read(".pdf").starts_with(b"%PDF-1") && read("@2x.png").len() > read(".fr.png").len());
        let words: serde_json::Value = serde_json::from_str(&json).unwrap();
        let alternative = words["alternative_text"].as_str().unwrap();
        assert!((20..=140).contains(&alternative.chars().count()), "{kind}: {alternative}");
        for part in ["title", "caption", "long_description", "source", "run"] {
            assert!(words[part].as_str().is_some_and(|w| w.len() > 10 && !w.contains('{')), "{kind}: {part}");
        }
    }
}

#[test]
fn a_figure_of_ones_own_title_is_not_put_in_the_place_of_another_and_names_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("strike");
    let done = run("scenarios/port-strike.ron", &out, &["--strategies", "none"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let chart = |more: &[&str]| chokepoint(&[&["chart", &word(&out)], more].concat());
    let own = chart(&["--kind", "fan", "--title", "Stocks are enough"]);
    assert_eq!(own.status.code(), Some(2));
    assert!(text(&own.stderr).contains("nothing was written"), "{}", text(&own.stderr));
    let own = chart(&["--kind", "fan", "--title", "Stocks are enough", "--force"]);
    assert_eq!(own.status.code(), Some(0), "{}", text(&own.stderr));
    let words = std::fs::read_to_string(out.join("charts/01-fan.json")).unwrap();
    assert!(
        words.contains("Stocks are enough") && words.contains("\"computed_title\": \"No clear shortfall")
    );
    for (wrong, told) in [
        (["--kind", "pie"], "there is no chart `pie`; it has: fan"),
        (["--kind", "differences"], "this run has no chart `differences`"),
    ] {
        let done = chart(&wrong);
        assert_eq!(done.status.code(), Some(2));
        assert!(text(&done.stderr).contains(told), "{}", text(&done.stderr));
    }
    let size = chart(&["--kind", "fan", "--size", "poster"]);
    assert!(text(&size.stderr).contains("known: slide, half, doc, doc-half"), "{}", text(&size.stderr));
    let none = chokepoint(&["chart", &word(folder.path()), "--kind", "fan"]);
    assert!(text(&none.stderr).contains("holds no finished run"), "{}", text(&none.stderr));
}
