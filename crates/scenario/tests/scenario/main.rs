//! Files: what is shipped loads, what is broken is reported with its place.
// a test that cannot go on fails: that is what unwrap says here
#![allow(clippy::unwrap_used)]

mod broken;
mod files;
mod published;
mod shelf;

use chokepoint_core::chance::Distribution;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_input::calendar::Calendar;
use chokepoint_input::library::ids;
use chokepoint_scenario::schema::{forms, markdown};
use chokepoint_scenario::{Request, load};
use chokepoint_world::trade::{Known, Side, Thinning, fit};
use jiff::civil::date;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn request(path: PathBuf) -> Request {
    Request { scenario: path, ..Request::default() }
}

#[test]
fn every_shipped_scenario_loads_with_every_strategy() {
    let scenarios = ids(&root().join("scenarios"));
    assert!(scenarios.len() >= 4, "{scenarios:?}");
    for id in scenarios {
        let path = root().join(format!("scenarios/{id}.ron"));
        let request = Request { all_strategies: true, ..request(path) };
        let (experiment, _) = load(&request).unwrap_or_else(|problems| panic!("{problems}"));
        // what is reported of an event are its own numbers, whatever was announced before it
        for event in &experiment.scenario.events {
            let expected = format!("{}/{}/duration", experiment.scenario.id, event.id);
            assert_eq!(experiment.timings[event.draw].duration.name, expected);
        }
        assert_eq!(experiment.scenario.id, id);
    }
}

#[test]
fn all_problems_of_a_file_are_reported_at_once_with_the_nearest_name() {
    let text = std::fs::read_to_string(root().join("scenarios/dytb-halt-us.ron")).unwrap();
    let text = text
        .replace("\"Tb\"", "\"Tbb\"")
        .replace("Percent(100)", "Weeks(1)")
        .replace("2026-01-01", "2026-13-01");
    let folder = root().join("target/test-problems");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("dytb-halt-us.ron");
    std::fs::write(&path, text).unwrap();
    let problems = load(&request(path)).unwrap_err();
    let codes: Vec<&str> = problems.0.iter().map(|p| p.code.name()).collect();
    for code in ["unknown-name", "wrong-unit", "bad-date"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert!(problems.to_string().contains("did you mean `Tb`?"), "{problems}");
}

#[test]
fn every_wrong_measure_of_a_strategy_is_reported_beside_what_is_wrong_above_them() {
    let library = broken::library();
    let path = library.path().join("strategies/oem-buffer.ron");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replace("measures: [", "measures: [\n        Grant((plants: [\"vulcann\"], share: Percent(20), price: UsdPerKg(80))),\n        Build((plants: [\"vulcan\"], share: Weeks(2))),");
    let text = text.replace("lead_time: ", "lead_time: Percent(1), // ");
    std::fs::write(&path, text).unwrap();
    let problems = load(&request(library.path().join("full-embargo.ron"))).unwrap_err();
    let codes: Vec<&str> = problems.0.iter().map(|p| p.code.name()).collect();
    for code in ["wrong-unit", "unknown-field", "unknown-name"] {
        assert!(codes.contains(&code), "{problems}");
    }
    assert_eq!(codes.iter().filter(|code| **code == "wrong-unit").count(), 2, "{problems}");
}

#[test]
fn a_number_that_an_event_does_not_read_cannot_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leak.csv");
    let rows =
        "parameter,value,unit,low,high,source,note\nmagnet-plant-fire/fire/leakage,10,percent,,,judgement,\n";
    std::fs::write(&path, rows).unwrap();
    let scenario = root().join("scenarios/magnet-plant-fire.ron");
    let problems = load(&Request { scenario, overrides: Some(path), ..Request::default() }).unwrap_err();
    assert!(problems.to_string().contains("`magnet-plant-fire/fire/leakage`"), "{problems}");
    assert_eq!(problems.0.len(), 1, "{problems}");
}

#[test]
fn a_licence_that_settles_at_nothing_else_has_one_processing_time_and_an_override_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("slow.csv");
    let rows = "parameter,value,unit,low,high,source,note\nlicence-squeeze/licences/processing,20,weeks,,,judgement,\n";
    std::fs::write(&path, rows).unwrap();
    let scenario = root().join("scenarios/licence-squeeze.ron");
    let (experiment, _) = load(&Request { scenario, overrides: Some(path), ..Request::default() }).unwrap();
    let regime = experiment.timings.iter().find_map(|timing| timing.regime.as_ref()).unwrap();
    let path = &regime.processing;
    assert_eq!(
        (path.from.name.as_str(), path.from.distribution),
        ("licence-squeeze/licences/processing", Distribution::Fixed(20.0))
    );
    assert_eq!(path.from, path.to);
}

#[test]
fn the_schema_lists_the_fields_that_the_reader_of_a_type_knows() {
    // the reader names the fields it knows when it meets one that it does not; other records are read by the list itself
    let mut typed = 0;
    for form in forms() {
        let known = chokepoint_input::document::known_fields(form.name);
        let listed: Vec<&str> = form.fields.iter().map(|f| f.name).collect();
        if !known.is_empty() {
            assert_eq!(known, listed, "{}", form.name);
            typed += 1;
        }
    }
    assert_eq!(typed, 7);
}

#[test]
fn every_field_of_a_kind_says_what_it_means_and_no_record_names_a_field_twice() {
    let forms = forms();
    assert!(forms.len() >= 30, "{}", forms.len());
    for form in &forms {
        assert!(!form.means.is_empty() && !form.fields.is_empty(), "{}", form.name);
        for (place, field) in form.fields.iter().enumerate() {
            assert!(!field.means.is_empty(), "{}: {}", form.name, field.name);
            let twice = form.fields[..place].iter().any(|other| other.name == field.name);
            assert!(!twice, "{}: {}", form.name, field.name);
        }
    }
}

#[test]
fn every_kind_of_statistic_is_documented_with_its_fields_and_every_documented_kind_is_known() {
    use chokepoint_input::document::StatisticDocument;
    use chokepoint_input::leaf::options;
    use chokepoint_scenario::schema::STATISTICS;
    for (kind, needs, _) in STATISTICS {
        let text = format!("{kind}((no_such_field: 0))");
        let wrong = options().from_str::<StatisticDocument<'_>>(&text).unwrap_err().to_string();
        let known: Vec<&str> = wrong.split('`').skip(1).step_by(2).filter(|n| needs.contains(*n)).collect();
        assert_eq!(known.len(), needs.split(", ").count(), "{kind}: {wrong}");
    }
    let wrong = options().from_str::<StatisticDocument<'_>>("Nothing(())").unwrap_err().to_string();
    assert_eq!(wrong.matches('`').count() / 2, STATISTICS.len() + 2, "{wrong}");
}

#[test]
fn the_documented_format_is_the_generated_one() {
    let written = std::fs::read_to_string(root().join("docs/scenario-format.md")).unwrap();
    assert_eq!(written, markdown(), "run: cargo run -- schema > docs/scenario-format.md");
}

#[test]
fn a_week_of_the_calendar_holds_seven_days_and_the_last_holds_the_rest() {
    let calendar = Calendar { first_year: 2025 };
    let spin_up = f64::from(SPIN_UP_WEEKS);
    assert_eq!(calendar.moment(date(2025, 1, 1)), spin_up);
    assert_eq!(calendar.moment(date(2025, 1, 8)), spin_up + 1.0);
    assert!(calendar.moment(date(2028, 12, 31)) < calendar.moment(date(2029, 1, 1)));
    assert_eq!(calendar.date(SPIN_UP_WEEKS + 52), date(2026, 1, 1));
    assert_eq!(calendar.month(SPIN_UP_WEEKS + 4), (2025, 2));
}

#[test]
fn fitted_trade_meets_needs_outputs_and_known_cells() {
    // two sellers of 60 and 40, two buyers of 70 and 30, 25 known from the first country to the second
    let sellers = [Side { country: 0, tonnes: 60.0 }, Side { country: 1, tonnes: 40.0 }];
    let buyers = [Side { country: 0, tonnes: 70.0 }, Side { country: 1, tonnes: 30.0 }];
    let known = [Known { origin: 0, destination: 1, tonnes: 25.0 }];
    let thinning = Thinning { suppliers: 8, least_share: 0.0 };
    let flows = fit(&sellers, &buyers, &known, |_, _| 1.0, thinning, false);
    let flow = |s, b| flows.iter().find(|f| f.seller == s && f.buyer == b).map_or(0.0, |f| f.tonnes);
    for (s, b, tonnes) in [(0, 0, 35.0), (0, 1, 25.0), (1, 0, 35.0), (1, 1, 5.0)] {
        assert!((flow(s, b) - tonnes).abs() < 1e-6, "{s} to {b}: {}", flow(s, b));
    }
}
