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
        "survive",
        "timeline",
        "dots",
        "flows",
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
    briefings(&out);
}

/// The briefing of a run stands alone in both languages, says what happened, and is the same to the byte again.
fn briefings(out: &Path) {
    let write = || {
        let done = chokepoint(&["report", &word(out), "--lang", "en,fr"]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert_eq!(text(&done.stdout).lines().count(), 2);
    };
    write();
    let read = |language: &str| text(&std::fs::read(out.join(format!("briefing.{language}.html"))).unwrap());
    let pages = ["en", "fr"].map(|key| (key, read(key)));
    for (key, page) in &pages {
        assert!(page.contains(&format!("<html lang=\"{key}\">")) && page.len() < 5_000_000, "{}", page.len());
        // nothing is fetched, and no sentence is missing
        for (place, _) in page.match_indices("src=").chain(page.match_indices("url(")) {
            assert!(page[place..].starts_with("url(data:"), "{}", &page[place..place + 60]);
        }
        assert!(!page.contains("{report-") && !page.contains("{timeline-"), "{key}");
        let body = &page[page.find("<body>").unwrap()..];
        for id in [
            "summary",
            "scenario",
            "happens",
            "costs",
            "helps",
            "uncertainty",
            "validation",
            "limits",
            "register",
            "words",
        ] {
            assert_eq!(body.matches(&format!("<section id=\"{id}\"")).count(), 1, "{key}: {id}");
        }
        assert_eq!(body.matches("<figure").count(), body.matches("</figure>").count());
        assert!(body.matches("<figure").count() >= 14, "{}", body.matches("<figure").count());
    }
    assert!(pages[0].1.contains("30-day buffers at component makers and OEMs"));
    assert!(
        pages[1].1.contains("Stocks de 30 jours chez les fabricants") && pages[1].1.contains("hypothétique")
    );
    // page one says what is counted, and what others made of the same shock stands beside it
    for ((_, page), words) in pages.iter().zip([
        ["neither a floor nor a ceiling", "US$\u{a0}1,493\u{a0}bn", "Macquarie"],
        ["ni un plancher ni un plafond", "1\u{a0}493\u{a0}G$\u{a0}US", "Macquarie"],
    ]) {
        let summary = &page
            [page.find("<section id=\"summary\"").unwrap()..page.find("<section id=\"scenario\"").unwrap()];
        assert!(summary.contains(words[0]) && summary.contains(words[1]), "{}", words[1]);
        assert!(page.contains(words[2]));
    }
    // nothing differs: nothing has to be forced
    write();
    papers(out);
    let none = chokepoint(&["report", &word(&out.join("charts"))]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("holds no finished run"), "{}", text(&none.stderr));
}

/// Without the feature `pdf` the way to it is reported, and nothing is written.
#[cfg(not(feature = "pdf"))]
fn papers(out: &Path) {
    let done = chokepoint(&["report", &word(out), "--format", "html,pdf", "--force"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("cargo build --release --features pdf"), "{}", text(&done.stderr));
    assert!(!out.join("briefing.en.pdf").exists());
}

/// With it the briefing and its one page are tagged PDF with bookmarks in their language, on either paper, and the same to
/// the byte again.
#[cfg(feature = "pdf")]
fn papers(out: &Path) {
    for (paper, box_of) in [("letter", "612 792"), ("a4", "595.2756 841.8898")] {
        let arguments =
            ["report", &word(out), "--format", "pdf", "--lang", "en,fr", "--paper", paper, "--force"];
        let write = || {
            let done = chokepoint(&arguments);
            assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
            assert_eq!(text(&done.stdout).lines().count(), 4);
            let names = ["briefing.en", "briefing.fr", "summary.en", "summary.fr"];
            names.map(|name| std::fs::read(out.join(format!("{name}.pdf"))).unwrap())
        };
        let files = write();
        for (place, file) in files.iter().enumerate() {
            let file = text(file);
            let language = ["/Lang(en)", "/Lang(fr)"][place % 2];
            for part in ["%PDF-1.7", "pdfuaid", language, "/StructTreeRoot", box_of] {
                assert!(file.contains(part), "{paper} {place}: no {part}");
            }
            let pages = file.matches("/Type/Page/").count();
            assert_eq!(pages == 1, place >= 2, "{paper} {place}: {pages} pages");
            assert!(file.contains("/Outlines"), "{paper} {place}: no bookmarks");
        }
        assert_eq!(write(), files);
    }
}

#[test]
fn a_figure_of_ones_own_title_is_not_put_in_the_place_of_another_and_names_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("strike");
    let done = run("scenarios/port-strike.ron", &out, &["--strategies", "none"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let chart = |more: &[&str]| chokepoint(&[&["chart", &word(&out)], more].concat());
    let drawn = std::fs::read(out.join("charts/01-fan.json")).unwrap();
    let own = chart(&["--kind", "fan", "--title", "Stocks are enough"]);
    assert_eq!(own.status.code(), Some(0), "{}", text(&own.stderr));
    // what the run drew stands as its manifest says
    assert_eq!(std::fs::read(out.join("charts/01-fan.json")).unwrap(), drawn);
    let other = chart(&["--kind", "fan", "--title", "Stocks are not enough"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("nothing was written"), "{}", text(&other.stderr));
    let words = std::fs::read_to_string(out.join("charts/01-fan.titled.json")).unwrap();
    assert!(
        words.contains("Stocks are enough") && words.contains("\"computed_title\": \"No clear shortfall")
    );
    for (wrong, shown) in [
        (["--kind", "pie"], "there is no chart `pie`; it has: fan"),
        (["--kind", "differences"], "this run has no chart `differences`"),
    ] {
        let done = chart(&wrong);
        assert_eq!(done.status.code(), Some(2));
        assert!(text(&done.stderr).contains(shown), "{}", text(&done.stderr));
    }
    let size = chart(&["--kind", "fan", "--size", "poster"]);
    assert!(text(&size.stderr).contains("known: slide, half, doc, doc-half"), "{}", text(&size.stderr));
    let none = chokepoint(&["chart", &word(folder.path()), "--kind", "fan"]);
    assert!(text(&none.stderr).contains("holds no finished run"), "{}", text(&none.stderr));
}
