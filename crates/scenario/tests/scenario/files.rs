//! Files that are not what they should be, whatever stands in them.

use crate::broken::library;
use crate::root;
use chokepoint_input::limits::{
    MOST_AGENTS, MOST_ARMS, MOST_BYTES, MOST_COMMODITIES, MOST_COUNTRIES, MOST_ELEMENTS, MOST_ITEMS,
    MOST_PARTS, MOST_ROWS,
};
use chokepoint_input::problem::MOST_PROBLEMS;
use chokepoint_input::problem::{Code, Problem, Problems};
use chokepoint_input::table::Replacements;
use chokepoint_scenario::{Request, load};
use chokepoint_world::load::world;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder for a file, below the library so that the file finds it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }
}

fn problems(path: &Path) -> Problems {
    // a file outside the library is resolved from the folder in which the program is called
    std::env::set_current_dir(root()).unwrap();
    load(&Request { scenario: path.to_owned(), ..Request::default() }).err().unwrap_or_default()
}

fn only(path: &Path) -> Problem {
    let mut all = problems(path).0;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// The baseline scenario under another id.
fn baseline(id: &str) -> String {
    fs::read_to_string(root().join("scenarios/baseline.ron"))
        .unwrap()
        .replace("\"baseline\"", &format!("\"{id}\""))
}

#[test]
fn a_folder_a_pipe_and_a_device_are_no_files_and_nobody_waits_for_them() {
    let place = Place::new();
    fs::create_dir(place.path("folder.ron")).unwrap();
    let shown = only(&place.path("folder.ron"));
    assert_eq!((shown.code, shown.message.contains("it is a folder")), (Code::Unreadable, true), "{shown:?}");
    #[cfg(unix)]
    {
        let pipe = place.path("pipe.ron");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(only(&pipe).message.contains("neither a file nor a folder"));
        assert!(only(Path::new("/dev/zero")).message.contains("neither a file nor a folder"));
        std::os::unix::fs::symlink(place.path("loop.ron"), place.path("loop.ron")).unwrap();
        assert_eq!(only(&place.path("loop.ron")).code, Code::Unreadable);
        std::os::unix::fs::symlink(place.path("nowhere.ron"), place.path("dangling.ron")).unwrap();
        assert_eq!(only(&place.path("dangling.ron")).code, Code::Unreadable);
        let linked = place.write("real.ron", baseline("linked"));
        std::os::unix::fs::symlink(linked, place.path("linked.ron")).unwrap();
        assert_eq!(problems(&place.path("linked.ron")), Problems::default(), "a link to a file is a file");
    }
    assert_eq!(only(&place.path("nothing.ron")).code, Code::Unreadable);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let place = Place::new();
    let large = place.write("large.ron", "");
    fs::File::options().write(true).open(&large).unwrap().set_len(1 << 40).unwrap();
    let shown = only(&large);
    assert!(shown.message.contains(&format!("larger than {} MiB", MOST_BYTES >> 20)), "{shown:?}");
}

#[test]
fn bytes_that_are_no_text_are_shown_where_they_stand() {
    let place = Place::new();
    let mut bytes = b"// caf\xe9\n".to_vec();
    bytes.extend(baseline("latin-1").bytes());
    let shown = only(&place.write("latin-1.ron", bytes));
    assert_eq!(shown.message, "this file is not text in UTF-8");
    assert_eq!(shown.source.line_column(shown.span.start), (1, 7));
    assert!(!problems(&place.write("nul.ron", b"\0\0\0\0")).0.is_empty());
    assert!(!problems(&place.write("empty.ron", b"")).0.is_empty());
    assert!(!problems(&place.write("random.ron", [0xff_u8; 4096])).0.is_empty());
}

#[test]
fn a_byte_order_mark_and_the_ends_of_lines_of_other_systems_change_nothing() {
    let place = Place::new();
    let text = baseline("windows").replace('\n', "\r\n");
    let path = place.write("windows.ron", format!("\u{feff}{text}"));
    assert_eq!(problems(&path), Problems::default());
    let wrong = text.replace("ree-2024", "ree-2o24");
    let shown = only(&place.write("windows.ron", format!("\u{feff}{wrong}")));
    let line = wrong.lines().position(|l| l.contains("ree-2o24")).unwrap() + 1;
    assert_eq!(shown.source.line_column(shown.span.start).0, line);
    assert!(shown.help.contains("ree-2024"), "{}", shown.help);
}

#[test]
fn brackets_within_brackets_end_in_a_diagnostic_however_deep() {
    let place = Place::new();
    for (open, n) in [("(", 100), ("[", 100_000), ("((id:", 100_000), ("{", 1_000_000)] {
        let shown = problems(&place.write("deep.ron", format!("Scenario(id: {}", open.repeat(n))));
        assert!(shown.fatal(), "{open} {n}");
    }
}

#[test]
fn a_thousand_mistakes_are_reported_up_to_a_number_and_that_there_are_more() {
    let place = Place::new();
    let event = "(kind: Nothing),".repeat(MOST_ITEMS);
    let text = baseline("mistakes").replace("events: []", &format!("events: [{event}]"));
    assert!(text.contains("Nothing"), "the baseline lists its events");
    let shown = problems(&place.write("mistakes.ron", text)).0;
    assert_eq!(shown.len(), MOST_PROBLEMS + 1);
    assert!(shown.last().unwrap().message.contains("more than"));
    let event = "(kind: Nothing),".repeat(MOST_ITEMS + 1);
    let text = baseline("mistakes").replace("events: []", &format!("events: [{event}]"));
    let shown = only(&place.write("mistakes.ron", text));
    assert!(shown.message.contains("events are too many"), "{shown:?}");
}

#[test]
fn a_name_of_a_million_letters_is_quoted_by_its_first() {
    let place = Place::new();
    let text = baseline("long").replace("ree-2024", &"é".repeat(1_000_000));
    let shown = only(&place.write("long.ron", text));
    assert!(shown.message.len() < 400, "{}", shown.message.len());
}

/// Messages of the small world with rows added to a table: copies of its first, each under a name of its own.
fn crowded(table: &str, rows: usize, change: &dyn Fn(&str, usize) -> String) -> String {
    let library = library();
    let path = library.path().join(format!("worlds/gallium-2023/{table}.csv"));
    let mut text = fs::read_to_string(&path).unwrap();
    let first = text.lines().nth(1).unwrap().to_owned();
    (0..rows).for_each(|k| text.push_str(&(change(&first, k) + "\n")));
    fs::write(path, text).unwrap();
    let mut problems = Problems::default();
    world(&library.path().join("worlds/gallium-2023.ron"), &Replacements::default(), &mut problems);
    problems.to_string()
}

#[test]
fn a_world_of_more_than_the_limits_is_refused_before_it_is_balanced() {
    let renamed = |row: &str, k: usize| {
        let (id, rest) = row.split_once(',').unwrap();
        format!("{id}-{k},{rest}")
    };
    for (table, most, what) in [
        ("elements", MOST_ELEMENTS, "elements are too many"),
        ("countries", MOST_COUNTRIES, "countries are too many"),
        ("commodities", MOST_COMMODITIES, "commodities are too many"),
        ("facilities", MOST_AGENTS, "plants, projects and final producers are too many"),
        ("elements", MOST_ROWS, "rows and more are too many"),
    ] {
        let shown = crowded(table, most, &renamed);
        assert!(shown.contains(what), "{table}: {shown}");
    }
    // 6,000 refiners all buy from 6,000 makers of crude
    let rows = fs::read_to_string(root().join("scenarios/worlds/gallium-2023/facilities.csv")).unwrap();
    let refiner = rows.lines().find(|l| l.contains(",refine,")).unwrap();
    let both = |first: &str, k: usize| renamed(if k.is_multiple_of(2) { first } else { refiner }, k);
    let shown = crowded("facilities", 12_000, &both);
    assert!(shown.contains("pairs of a maker and a buyer are too many"), "{shown}");
}

#[test]
fn a_plant_of_more_parts_and_a_run_of_more_arms_than_the_limits_are_refused() {
    let parts = vec!["0.001"; MOST_PARTS + 1].join(";");
    let path = root().join("scenarios/worlds/ree-2024.ron");
    let place = chokepoint_input::problem::Place {
        source: std::sync::Arc::new(chokepoint_input::problem::Source {
            path: "x".into(),
            text: String::new(),
        }),
        span: 0..0,
    };
    let cell = ("facilities.bayan-obo.split".to_owned(), parts, place);
    let mut shown = Problems::default();
    world(&path, &Replacements(vec![cell]), &mut shown);
    assert!(shown.to_string().contains("parts and more are too many"), "{shown}");
    let request = Request {
        scenario: root().join("scenarios/port-strike.ron"),
        strategies: Some((0..MOST_ARMS).map(|k| format!("s{k}")).collect()),
        ..Request::default()
    };
    let shown = load(&request).unwrap_err();
    assert!(
        shown.to_string().contains("arms (each strategy, with and without the shock) are too many"),
        "{shown}"
    );
}

#[test]
fn a_general_licence_without_a_licence_is_a_warning_and_one_beside_it_is_none() {
    let evidence = "evidence: (grade: judgement, source: \"none\")";
    let when = "magnitude: Percent(50), start: \"2026-01-01\", duration: Years(1)";
    let event = |id: &str, kind: &str, element: &str, more: &str| {
        let target =
            format!("target: (stages: [\"Separation\"], elements: [\"{element}\"], origins: [\"CN\"])");
        format!("(id: \"{id}\", kind: {kind}, {target}, {when}, {more}{evidence}), ")
    };
    let terms = "licence: (processing: Weeks(8), approval: Percent(50), validity: Months(6)), ";
    let general = event("general", "GeneralLicence", "Dy", "");
    let place = Place::new();
    std::env::set_current_dir(root()).unwrap();
    let warnings = |licence: &str| {
        let text = baseline("general").replace("events: []", &format!("events: [{licence}{general}]"));
        let scenario = place.write("general.ron", text);
        let (_, warnings) = load(&Request { scenario, ..Request::default() }).unwrap();
        warnings.0
    };
    for (licence, warned) in [
        (String::new(), true),
        (event("licence", "Licence", "Sm", terms), true),
        (event("licence", "Licence", "Dy", terms), false),
    ] {
        let shown = warnings(&licence);
        assert_eq!(shown.iter().any(|warning| warning.code == Code::TouchesNothing), warned, "{shown:?}");
    }
}
