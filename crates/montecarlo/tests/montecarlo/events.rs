//! Laws of events: of every kind in a small world, and of bans, caps and copies in the shipped one.

use crate::shipped::{scenarios, toy, toys};
use crate::{figure, shown};
use chokepoint_input::problem::{Problems, Source};
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{Ensemble, Settings, run};
use chokepoint_scenario::{Experiment, Request, load, load_in};
use chokepoint_world::world::World;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A scenario of a world, from its text.
pub(crate) fn of(world: &World, library: &Path, id: &str, text: String) -> (Experiment, Problems) {
    let source = Arc::new(Source { path: PathBuf::from(format!("{id}.ron")), text });
    let request = Request { strategies: Some(Vec::new()), ..Request::default() };
    load_in(world, &source, library, &request).unwrap_or_else(|problems| panic!("{id}: {problems}"))
}

pub(crate) fn scenario(id: &str, world: &str, years: u32, events: &[String]) -> String {
    format!(
        "Scenario(id: \"{id}\", name: \"{id}\", status: hypothetical, as_of: \"2025-01-01\", world: \"{world}\", \
         horizon: Years({years}), story: \"Made up for a test.\", events: [{}])",
        events.join(", ")
    )
}

fn ensemble(experiment: &Experiment) -> Ensemble {
    let settings = Settings { replicates: 8, seed: 1, uncertainty: Uncertainty::FULL };
    run(experiment, settings, &|_| (), &AtomicBool::new(false)).unwrap()
}

/// What each arm came to, to the bit.
fn bits(experiment: &Experiment, arm: usize) -> Vec<u64> {
    ensemble(experiment).values[arm].iter().flatten().map(|value| value.to_bits()).collect()
}

/// Mean value added lost to the shock.
fn lost(experiment: &Experiment) -> f64 {
    let ensemble = ensemble(experiment);
    let all = Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
    let place = ensemble.outcome(&all).unwrap();
    let mean = |arm| ensemble.column(arm, place).iter().sum::<f64>() / 8.0;
    mean(1) - mean(0)
}

pub(crate) const EVIDENCE: &str = "evidence: (grade: judgement, source: \"synthetic: for a test\")";

/// The text of the scenario with one event of each kind, and its events.
fn every_kind() -> (String, Vec<String>) {
    let text = std::fs::read_to_string(toys().join("every-kind.ron")).unwrap();
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with("(id: "));
    (text.clone(), lines.map(|line| line.trim_end_matches(',').to_owned()).collect())
}

fn small() -> World {
    toy("every-kind").world
}

/// One event of each kind, of the size that is none.
fn of_no_size(start: &str) -> Vec<(&'static str, String)> {
    let event = |kind: &str, target: &str, rest: &str| {
        format!("(id: \"x\", kind: {kind}, target: ({target}), {rest} start: \"{start}\", {EVIDENCE})")
    };
    let lasts = "duration: Months(6),";
    let magnets = "stages: [\"Magnet\"], origins: [\"CN\"]";
    let nothing = format!("magnitude: Percent(0), {lasts}");
    let leaks =
        format!("{nothing} leakage: Percent(20), leakage_ramp: Months(2), leakage_premium: Percent(50),");
    let licence = "licence: (processing: Days(0), approval: Percent(100), validity: Months(6)),";
    vec![
        ("ExportCap", event("ExportCap", magnets, &leaks)),
        (
            "EntityBlacklist",
            event("EntityBlacklist", "origins: [\"CN\"], customers: [\"jp-magnet\"]", &leaks),
        ),
        ("Licence", event("Licence", magnets, &format!("magnitude: Percent(100), {lasts} {licence}"))),
        ("GeneralLicence", event("GeneralLicence", magnets, &nothing)),
        (
            "CustomsHold",
            event("CustomsHold", magnets, &format!("{nothing} inspection: Weeks(4), cleared: Percent(30),")),
        ),
        ("Quota", event("Quota", magnets, &format!("{nothing} quota: (period: Months(3)),"))),
        ("Tariff", event("Tariff", magnets, &nothing)),
        ("ExportDuty", event("ExportDuty", magnets, &nothing)),
        ("Enforcement", event("Enforcement", magnets, &nothing)),
        ("CapacityLoss", event("CapacityLoss", "agents: [\"cn-magnet\"]", &nothing)),
        ("ProductionQuota", event("ProductionQuota", "agents: [\"cn-mine\"]", &nothing)),
        ("InventoryLoss", event("InventoryLoss", "agents: [\"us-motor\"]", "magnitude: Percent(0),")),
        ("Announcement", event("Announcement", "commodities: [\"magnet\"]", &nothing)),
        ("TransportDelay", event("TransportDelay", "gateways: [\"port\"]", &nothing)),
        ("DemandShift", event("DemandShift", "sectors: [\"cars\"]", &nothing)),
        (
            "TechnologyEmbargo",
            event("TechnologyEmbargo", "stages: [\"Magnet\"]", &format!("{nothing} delay: Months(0),")),
        ),
        ("PriceWar", event("PriceWar", magnets, &nothing)),
    ]
}

#[test]
fn an_event_of_no_size_is_the_baseline_to_the_bit_whatever_its_kind_and_its_year() {
    let world = small();
    for start in ["2026-01-20", "2032-03-10"] {
        for (kind, event) in of_no_size(start) {
            let (experiment, _) = of(&world, &toys(), "x", scenario("x", "small", 2, &[event]));
            assert!(bits(&experiment, 0) == bits(&experiment, 1), "{kind} from {start}");
        }
    }
}

#[test]
fn every_kind_of_event_stands_in_the_small_world_and_does_something() {
    let experiment = toy("every-kind");
    let mut kinds: Vec<&str> = experiment.scenario.events.iter().map(|e| e.kind.as_str()).collect();
    kinds.sort_unstable();
    let mut known: Vec<&str> = of_no_size("2026-01-01").iter().map(|(kind, _)| *kind).collect();
    known.sort_unstable();
    assert_eq!(kinds, known);
    let mut all = chokepoint_scenario::kinds::EventKind::NAMES.to_vec();
    all.sort_unstable();
    assert_eq!(kinds, all, "the small world has an event of each kind");
    let world = small();
    for event in every_kind().1 {
        let (alone, _) = of(&world, &toys(), "x", scenario("x", "small", 3, std::slice::from_ref(&event)));
        // what leaks is stopped only where something leaks, and what needs no licence is exempt from none
        let nothing = bits(&alone, 0) == bits(&alone, 1);
        let beside_others =
            ["kind: Enforcement", "kind: GeneralLicence"].iter().any(|kind| event.contains(kind));
        assert_eq!(nothing, beside_others, "{event}");
    }
}

#[test]
fn the_order_of_events_in_a_file_changes_nothing() {
    let (world, mut events) = (small(), every_kind().1);
    let (experiment, _) = of(&world, &toys(), "x", scenario("x", "small", 3, &events));
    let as_written = bits(&experiment, 1);
    events.reverse();
    let (turned, _) = of(&world, &toys(), "x", scenario("x", "small", 3, &events));
    assert!(as_written == bits(&turned, 1));
    events.rotate_left(5);
    let (turned, _) = of(&world, &toys(), "x", scenario("x", "small", 3, &events));
    assert!(as_written == bits(&turned, 1));
}

#[test]
fn an_event_that_is_written_twice_is_one_and_a_warning_says_so() {
    let world = small();
    for event in every_kind().1 {
        let (once, problems) =
            of(&world, &toys(), "x", scenario("x", "small", 2, std::slice::from_ref(&event)));
        // a general licence alone exempts from none, and a warning says so
        let alone = event.contains("kind: GeneralLicence") && problems.0.len() == 1;
        assert!(problems.0.is_empty() || alone, "{problems}");
        let again = event.replacen("(id: \"", "(id: \"z-again-", 1);
        let (twice, problems) = of(&world, &toys(), "x", scenario("x", "small", 2, &[event.clone(), again]));
        assert!(problems.to_string().contains("this event is the event"), "{event}: {problems}");
        assert!(bits(&once, 1) == bits(&twice, 1), "{event}");
    }
}

#[test]
fn a_copy_of_a_scenario_under_another_name_meets_the_same_baseline_and_the_same_shock() {
    let world = small();
    let (text, _) = every_kind();
    let (whole, _) = of(&world, &toys(), "every-kind", text.clone());
    let (copy, _) = of(&world, &toys(), "mine", text.replace("id: \"every-kind\"", "id: \"mine\""));
    for arm in [0, 1] {
        assert!(bits(&whole, arm) == bits(&copy, arm));
    }
    // the shipped ones: with chances and ties between numbers, and with numbers that were fitted
    for id in ["compound", "quota-2010"] {
        let request = Request {
            scenario: scenarios().join(format!("{id}.ron")),
            strategies: Some(Vec::new()),
            ..Request::default()
        };
        let (shipped, _) = load(&request).unwrap_or_else(|problems| panic!("{problems}"));
        let text = std::fs::read_to_string(&request.scenario).unwrap();
        let text = text.replace(&format!("id: \"{id}\""), "id: \"mine\"");
        let (copy, _) = of(&shipped.world, &scenarios(), "mine", text);
        for arm in [0, 1] {
            assert!(bits(&shipped, arm) == bits(&copy, arm), "{id}");
        }
    }
}

#[test]
fn an_event_may_stand_above_the_one_that_it_hangs_on() {
    let world = small();
    let first = format!(
        "(id: \"first\", kind: ExportCap, target: (stages: [\"Magnet\"], origins: [\"CN\"]), magnitude: Percent(100), \
         start: \"2026-01-01\", duration: Months(6), {EVIDENCE})"
    );
    let later = format!(
        "(id: \"a-later-one\", kind: CapacityLoss, target: (agents: [\"jp-magnet\"]), magnitude: Percent(100), \
         start: \"2026-01-01\", duration: Months(2), trigger: (after: \"first\", delay: Months(1)), {EVIDENCE})"
    );
    let run_of = |events: &[String]| bits(&of(&world, &toys(), "x", scenario("x", "small", 2, events)).0, 1);
    assert!(run_of(&[later.clone(), first.clone()]) == run_of(&[first, later]));
}

/// Dysprosium and terbium to the United States, in the shipped world, for so many days or months.
fn halt(id: &str, start: &str, lasts: &str, rest: &str) -> String {
    format!(
        "(id: \"{id}\", kind: ExportCap, target: (stages: [\"Separation\", \"Metal\", \"Alloy\", \"Magnet\"], \
         elements: [\"Dy\", \"Tb\"], origins: [\"CN\"], destinations: [\"US\"]), magnitude: Percent(100), \
         start: \"{start}\", duration: {lasts}, {rest} {EVIDENCE})"
    )
}

pub(crate) fn shipped_world() -> World {
    crate::shipped::shipped("baseline").world
}

#[test]
fn a_ban_in_two_parts_is_one_ban_also_with_the_seam_in_midweek() {
    let world = shipped_world();
    let lost =
        |events: &[String]| lost(&of(&world, &scenarios(), "x", scenario("x", "ree-2024", 2, events)).0);
    let whole = lost(&[halt("a", "2026-01-01", "Days(364)", "")]);
    let at_a_week =
        lost(&[halt("a", "2026-01-01", "Days(182)", ""), halt("b", "2026-07-02", "Days(182)", "")]);
    let in_midweek =
        lost(&[halt("a", "2026-01-01", "Days(185)", ""), halt("b", "2026-07-05", "Days(179)", "")]);
    assert!(whole > 1e8, "{whole}");
    for parts in [at_a_week, in_midweek] {
        assert!((parts / whole - 1.0).abs() < 1e-6, "{parts} in two parts, {whole} in one");
    }
}

#[test]
fn a_small_cap_that_leaks_beside_a_ban_does_not_open_it() {
    let world = shipped_world();
    let lost =
        |events: &[String]| lost(&of(&world, &scenarios(), "x", scenario("x", "ree-2024", 2, events)).0);
    let ban = halt("ban", "2026-01-01", "Months(12)", "leakage: Percent(5),");
    let cap = halt("cap", "2026-01-01", "Months(12)", "leakage: Percent(40),")
        .replace("magnitude: Percent(100)", "magnitude: Percent(1)");
    let (alone, both) = (lost(std::slice::from_ref(&ban)), lost(&[ban.clone(), cap]));
    assert!(alone > 1e8 && both >= alone * (1.0 - 1e-9), "{alone} alone, {both} with a leaky cap");
}

#[test]
fn a_cap_of_next_to_nothing_years_ahead_costs_next_to_nothing_and_one_of_a_tenth_costs_more() {
    let world = shipped_world();
    let lost = |percent: &str| {
        let cap = halt("cap", "2032-01-01", "Months(12)", "")
            .replace("magnitude: Percent(100)", &format!("magnitude: Percent({percent})"))
            .replace("elements: [\"Dy\", \"Tb\"], ", "")
            .replace(", destinations: [\"US\"]", "");
        lost(&of(&world, &scenarios(), "x", scenario("x", "ree-2024", 2, &[cap])).0)
    };
    let (small, large) = ("0.0001", "10");
    let (nothing, tenth) = (lost(small), lost(large));
    figure("events.small-cap.size", small);
    figure("events.small-cap", shown(nothing, 0));
    figure("events.large-cap.size", large);
    figure("events.large-cap", shown(tenth / 1e9, 2));
    assert!(nothing.abs() < 1e6, "{nothing}");
    assert!(tenth > 10.0 * nothing.abs() && tenth > 1e7, "{tenth}");
}

/// The small world with three tenths of the machines counted as arms: a library of its own.
fn with_arms() -> tempfile::TempDir {
    let library = tempfile::tempdir().unwrap();
    let worlds = library.path().join("worlds");
    std::fs::create_dir_all(worlds.join("small")).unwrap();
    for entry in std::fs::read_dir(toys().join("worlds/small")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), worlds.join("small").join(entry.file_name())).unwrap();
    }
    std::fs::copy(scenarios().join("worlds/ree-2024/parameters.csv"), worlds.join("small/parameters.csv"))
        .unwrap();
    let world = std::fs::read_to_string(toys().join("worlds/small.ron")).unwrap();
    let shared = "../../../../../../scenarios/worlds/ree-2024/parameters.csv";
    std::fs::write(worlds.join("small.ron"), world.replace(shared, "parameters.csv")).unwrap();
    let patch = |name: &str, edit: &dyn Fn(&str) -> String| {
        let path = worlds.join("small").join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.lines().map(|line| edit(line) + "\n").collect::<String>()).unwrap();
    };
    let again = |line: &str| match line.strip_prefix("machines,") {
        Some(rest) => format!("{line}\narms,{rest}"),
        None => line.to_owned(),
    };
    patch("sectors.csv", &again);
    patch("intensity.csv", &again);
    patch("growth.csv", &again);
    patch("plans.csv", &|line| {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[0] != "machines" {
            return line.to_owned();
        }
        let units: f64 = cells[2].parse().unwrap();
        let of = |sector: &str, share: f64| {
            format!("{sector},{},{},{},{}", cells[1], units * share, cells[3], cells[4])
        };
        format!("{}\n{}", of("machines", 0.7), of("arms", 0.3))
    });
    library
}

/// A licence on Chinese magnets; who is refused is left open.
fn licence_on_magnets(refused: &str) -> String {
    format!(
        "(id: \"x\", kind: Licence, target: (stages: [\"Magnet\"], origins: [\"CN\"]), magnitude: Percent(100), \
         start: \"2026-01-01\", duration: Months(9), licence: (processing: Weeks(6), approval: Percent(80), \
         validity: Months(6), {refused}), {EVIDENCE})"
    )
}

fn loaded(library: &Path, events: &[String]) -> Experiment {
    let path = library.join("x.ron");
    std::fs::write(&path, scenario("x", "small", 2, events)).unwrap();
    let request = Request { scenario: path, strategies: Some(Vec::new()), ..Request::default() };
    load(&request).unwrap_or_else(|problems| panic!("{problems}")).0
}

#[test]
fn a_sector_that_is_split_changes_no_flow() {
    let split = loaded(with_arms().path(), &[licence_on_magnets("")]);
    let whole = of(&small(), &toys(), "x", scenario("x", "small", 2, &[licence_on_magnets("")])).0;
    // what each seller sends to each buyer at the reference level, final producers of a country taken together
    let flows = |experiment: &Experiment| {
        let name = |agent: usize| {
            let id = experiment.agents[agent].id.as_str();
            let arms = id.strip_prefix("arms-").map(|rest| format!("machines-{rest}"));
            arms.unwrap_or_else(|| id.to_owned())
        };
        let mut flows = std::collections::BTreeMap::new();
        for link in &experiment.network.links {
            let seller = experiment.network.outputs[link.seller.at()].agent.at();
            let buyer = experiment.network.inputs[link.buyer.at()].agent.at();
            *flows.entry((name(seller), name(buyer))).or_insert(0.0) += link.base_flow;
        }
        flows
    };
    let (whole, split) = (flows(&whole), flows(&split));
    assert_eq!(whole.len(), split.len());
    for (ends, tonnes) in &whole {
        let now = split[ends];
        assert!((now - tonnes).abs() < 1e-6 * (1.0 + tonnes), "{ends:?}: {tonnes} whole, {now} split");
    }
}

#[test]
fn refusing_the_arms_of_one_country_leaves_what_others_may_file_unchanged() {
    use chokepoint_core::plan::Effect;
    let refused = "refused: [(sectors: [\"arms\"], destinations: [\"US\"], share: Percent(100), until: \"2026-06-01\")]";
    let library = with_arms();
    let (some, none) = (
        loaded(library.path(), &[licence_on_magnets(refused)]),
        loaded(library.path(), &[licence_on_magnets("")]),
    );
    let Effect::Licence(rule) = &some.arms[1].plan.events[0].effect else { panic!("no licence") };
    let buyer = |link: chokepoint_core::id::LinkId| {
        let network = &some.network;
        some.agents[network.inputs[network.links[link.at()].buyer.at()].agent.at()].id.clone()
    };
    // what a motor maker sells to American arms makers, over what it sells
    let share = |maker: &str| {
        let (mut arms, mut all) = (0.0, 0.0);
        for link in &some.network.links {
            let seller = some.network.outputs[link.seller.at()].agent.at();
            if some.agents[seller].id == maker {
                let end = &some.agents[some.network.inputs[link.buyer.at()].agent.at()].id;
                all += link.base_flow;
                arms += if end.starts_with("arms-us") { link.base_flow } else { 0.0 };
            }
        }
        arms / all
    };
    let mut seen = 0;
    for licensed in &rule.links {
        let wanted = share(&buyer(licensed.link));
        let is: f64 = licensed.refused.iter().map(|class| class.share).sum();
        assert!(
            (is - wanted).abs() < 1e-9,
            "{}: {is} is refused, {wanted} is for arms",
            buyer(licensed.link)
        );
        seen += usize::from(wanted > 0.0);
    }
    assert!(seen > 0, "{seen}");
    // in the first week, when all order the same: each files all but what is for American arms
    let filed = |experiment: &Experiment| {
        let replicates =
            chokepoint_montecarlo::replicates::draw_replicates::<f64>(experiment, 1, 0, Uncertainty::NONE);
        let plan = &experiment.arms[1].plan;
        let mut state = chokepoint_core::state::State::at_reference(&experiment.network, plan, &replicates);
        (0..=experiment.scope.shock).for_each(|week| {
            chokepoint_core::week::step(&mut state, &experiment.network, plan, &replicates, week);
        });
        state.control.queues.applied
    };
    for (place, (with, without)) in filed(&some).iter().zip(filed(&none)).enumerate() {
        let refused: f64 = rule.links[place].refused.iter().map(|class| class.share).sum();
        let left = without * (1.0 - refused);
        assert!(
            (with - left).abs() < 1e-9 * (1.0 + without),
            "queue {place}: {with} of {without}, {refused} refused"
        );
    }
}
