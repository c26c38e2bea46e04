//! Comparing strategies, and what moves the answer, as users meet it.

use crate::{chokepoint, run, text};
use std::path::Path;

fn word(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn runs_of_two_scenarios_are_compared_and_what_is_not_a_run_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (halt, war, out) =
        (folder.path().join("halt"), folder.path().join("war"), folder.path().join("compared"));
    let strategies = ["--strategies", "government-stockpile,oem-buffer"];
    // stocks of a price war leave what the model is known to hold for (docs/validation.md)
    for (scenario, out, status) in
        [("scenarios/dytb-halt-us.ron", &halt, 0), ("scenarios/price-war.ron", &war, 3)]
    {
        let done = run(scenario, out, &strategies);
        assert_eq!(done.status.code(), Some(status), "{}", text(&done.stderr));
    }
    let done = chokepoint(&["compare", &word(&halt), &word(&war), "--out", &word(&out)]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let shown = text(&done.stdout);
    for part in ["dytb-halt-us", "oem-buffer", "helps: −US$", "worst regret", "price-war"] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
    let table = std::fs::read_to_string(out.join("comparison.csv")).unwrap();
    // none and two strategies in each of two scenarios
    assert_eq!(table.lines().count(), 1 + 6, "{table}");
    assert!(out.join("ranking.csv").is_file() && out.join("comparison.json").is_file());
    let twice = chokepoint(&["compare", &word(&halt), &word(&halt), "--out", &word(&out), "--force"]);
    assert_eq!(twice.status.code(), Some(2));
    let nothing = chokepoint(&["compare", &word(folder.path()), "--out", &word(&out), "--force"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("holds no finished run"), "{}", text(&nothing.stderr));
}

#[test]
fn a_stop_is_explained_from_the_line_to_the_refused_magnet() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("halt");
    run("scenarios/dytb-halt-us.ron", &out, &["--strategies", "none"]);
    let done = chokepoint(&["explain", &word(&out), "--sector", "ev", "--region", "US"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let shown = text(&done.stdout);
    for part in [
        "ev-us-2 (US) stops in",
        "traction-motor ran out in 100 % of the stops",
        "Behind them",
        "traction-motor-us-1 (US) stops in",
        "magnet-high-temperature ran out",
        "refused by a control",
        "at the root of 100 %: magnet-high-temperature (Tb and Dy), refused by a control",
    ] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
    let in_month = |month: &str| {
        let done =
            chokepoint(&["explain", &word(&out), "--sector", "ev", "--region", "US", "--month", month]);
        text(&done.stdout)
    };
    let (april, january) = (in_month("2026-04"), in_month("2026-01"));
    assert!(april.contains("ev-us-2 (US) first stops then in"), "{april}");
    assert!(january.contains("no line first stops then; some do in 2026-0"), "{january}");
    for (sector, region, there_is) in [("cars", "US", "ev"), ("ev", "USA", "US")] {
        let wrong = chokepoint(&["explain", &word(&out), "--sector", sector, "--region", region]);
        assert_eq!(wrong.status.code(), Some(2));
        assert!(text(&wrong.stderr).contains(there_is), "{}", text(&wrong.stderr));
    }
}

#[test]
fn a_run_to_a_tolerance_stops_when_it_is_met_and_at_the_tier_at_the_latest() {
    let folder = tempfile::tempdir().unwrap();
    let replicates = |tolerance: &str| {
        let out = folder.path().join(tolerance);
        let most = ["--strategies", "none", "--replicates", "80", "--tolerance", tolerance, "--out"];
        let done = chokepoint(&[&["run", "scenarios/dytb-halt-us.ron"], &most[..], &[&word(&out)]].concat());
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        let summary = std::fs::read_to_string(out.join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        summary["replicates"].as_u64().unwrap()
    };
    assert_eq!((replicates("900"), replicates("0.1")), (64, 80));
}

#[test]
fn sensitivity_is_the_same_on_any_thread_count_and_names_the_outcomes_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let table = |threads: &str| {
        let out = folder.path().join(threads);
        let few = ["--trajectories", "2", "--threads", threads, "--out"];
        let done =
            chokepoint(&[&["sensitivity", "scenarios/dytb-halt-us.ron"], &few[..], &[&word(&out)]].concat());
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert!(text(&done.stdout).contains("downstream_cover"), "{}", text(&done.stdout));
        std::fs::read_to_string(out.join("sensitivity.csv")).unwrap()
    };
    assert_eq!(table("1"), table("3"));
    let wrong =
        chokepoint(&["sensitivity", "scenarios/dytb-halt-us.ron", "--outcome", "value_added_lost/XX"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("value_added_lost/CA"), "{}", text(&wrong.stderr));
}

#[test]
fn a_strategy_decided_on_two_days_is_two_arms_and_a_day_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("days");
    let days = ["--strategies", "oem-buffer", "--decision-dates", "2025-01,2025-11-15"];
    let done = run("scenarios/dytb-halt-us.ron", &out, &days);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let paired = std::fs::read_to_string(out.join("paired.csv")).unwrap();
    for arm in ["oem-buffer@2025-01-01,value_added_lost", "oem-buffer@2025-11-15,value_added_lost"] {
        assert!(paired.contains(arm), "{arm}");
    }
    let wrong = chokepoint(&["run", "scenarios/dytb-halt-us.ron", "--decision-dates", "soon"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("write 2025-01"), "{}", text(&wrong.stderr));
}

#[test]
fn a_budget_of_nothing_buys_what_firms_pay_and_a_search_of_too_many_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mix");
    let scenario = "scenarios/dytb-halt-us.ron";
    let few = ["--of", "oem-buffer,government-stockpile", "--replicates", "16", "--method", "exact"];
    let done =
        chokepoint(&[&["portfolio", scenario, "--budget", "0", "--out", &word(&out)], &few[..]].concat());
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let shown = text(&done.stdout);
    for part in ["4 mixes of 2 strategies", "--strategies oem-buffer\n", "with it the mix costs more"] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
    let table = std::fs::read_to_string(out.join("mixes.csv")).unwrap();
    let chosen: Vec<&str> = table.lines().filter(|l| l.ends_with("true,true")).collect();
    assert!(table.lines().count() == 5 && chosen.len() == 1 && chosen[0].contains(",oem-buffer,"), "{table}");
    let manifest = std::fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest.contains("government-stockpile.ron") && manifest.contains("mixes.csv"));
    let too_many = chokepoint(&["portfolio", scenario, "--budget", "1e9", "--method", "exact"]);
    assert_eq!(too_many.status.code(), Some(2));
    assert!(text(&too_many.stderr).contains("name at most 8"), "{}", text(&too_many.stderr));
    let twice = ["--budget", "1e9", "--of", "oem-buffer,thrifting+oem-buffer"];
    let twice = chokepoint(&[&["portfolio", scenario], &twice[..]].concat());
    assert!(text(&twice.stderr).contains("names `oem-buffer` twice"), "{}", text(&twice.stderr));
    let baseline = chokepoint(&["portfolio", "scenarios/baseline.ron", "--budget", "1e9"]);
    assert!(text(&baseline.stderr).contains("no shock"), "{}", text(&baseline.stderr));
}

/// A year's halt as it is copied, then one of a month: `run` and `compare`.
#[test]
fn an_analyst_edits_one_number_of_a_copied_scenario_and_has_a_new_comparison_in_two_commands() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine");
    assert_eq!(chokepoint(&["init", &word(&mine)]).status.code(), Some(0));
    let file = mine.join("mine.ron");
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written.matches("duration: Months(Tri(3, 12, 24))").count(), 1);
    let shorter = written.replace("duration: Months(Tri(3, 12, 24))", "duration: Months(1)");
    let comparison = |text_of_it: &str, name: &str| {
        std::fs::write(&file, text_of_it).unwrap();
        let (out, compared) = (folder.path().join(name), folder.path().join(format!("{name}-compared")));
        let done = run(&word(&file), &out, &["--strategies", "oem-buffer,government-stockpile"]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        let done = chokepoint(&["compare", &word(&out), "--out", &word(&compared)]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        std::fs::read_to_string(compared.join("comparison.csv")).unwrap()
    };
    let (year, month) = (comparison(&written, "year"), comparison(&shorter, "month"));
    let cell = |table: &str, column: usize| -> String {
        let row = table.lines().find(|l| l.starts_with("mine,oem-buffer,")).unwrap();
        row.split(',').nth(column).unwrap().to_owned()
    };
    assert_eq!(cell(&year, 2), "helps");
    // what a month stops is in the usual stocks of almost all lines: there is next to nothing to avoid
    let change = |table: &str| cell(table, 4).parse::<f64>().unwrap();
    assert!(change(&month).abs() < 0.02 * change(&year).abs(), "{} {}", change(&month), change(&year));
}
