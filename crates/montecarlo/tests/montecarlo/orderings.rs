//! What an expert knows without a model: a licence costs no more than a ban, one ally no more than all, less no more than
//! more. On the shipped world, paired on the same replicates.

use crate::events::{EVIDENCE, of, scenario, shipped_world};
use crate::shipped::scenarios;
use crate::{figure, shown, table};
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::pairing::{mean, paired};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{Settings, run};
use chokepoint_world::world::World;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

const REPLICATES: u32 = 64;

/// What is controlled: goods, buyers, and for how long. All from January 2026, a tenth of what is refused leaks.
#[derive(Clone, Copy)]
struct Trade {
    elements: &'static str,
    destinations: &'static str,
    months: u32,
}

const HEAVY: Trade = Trade { elements: "\"Dy\", \"Tb\"", destinations: "\"US\"", months: 12 };
const ALLIES: &str = "\"US\", \"EU\", \"JP\", \"CA\", \"AU\"";

fn event(trade: Trade, kind: &str, size: u32, rest: &str) -> String {
    let Trade { elements, destinations, months } = trade;
    format!(
        "(id: \"x\", kind: {kind}, target: (stages: [\"Separation\", \"Metal\", \"Alloy\", \"Magnet\"], \
         elements: [{elements}], origins: [\"CN\"], destinations: [{destinations}]), magnitude: Percent({size}), \
         start: \"2026-01-01\", duration: Months({months}), leakage: Percent(10), leakage_ramp: Months(4), {rest} {EVIDENCE})"
    )
}

fn ban(trade: Trade, size: u32) -> String {
    event(trade, "ExportCap", size, "")
}

/// A ban, and as far as other countries may buy they sell on.
fn ban_and_others_sell_on(trade: Trade) -> String {
    event(trade, "ExportCap", 100, "diversion: Percent(60),")
}

/// A licence: weeks that an application takes, and per cent granted in as many.
fn licence(trade: Trade, weeks: u32, approval: u32, more: &str) -> String {
    let terms = format!(
        "licence: (processing: Weeks({weeks}), approval: Percent({approval}), validity: Months(6), {more}),"
    );
    event(trade, "Licence", 100, &terms)
}

fn licence_and_others_sell_on(trade: Trade) -> String {
    licence(trade, 9, 60, "").replace("leakage_ramp", "diversion: Percent(60), leakage_ramp")
}

/// The loss of the world in each replicate; each scenario is run once.
struct Losses {
    world: World,
    known: BTreeMap<String, Vec<f64>>,
}

impl Losses {
    fn of(&mut self, event: &str) -> Vec<f64> {
        let Self { world, known } = self;
        let run_it = || {
            let text = scenario("x", "ree-2024", 3, &[event.to_owned()]);
            let (experiment, _) = of(world, &scenarios(), "x", text);
            let settings = Settings { replicates: REPLICATES, seed: 1, uncertainty: Uncertainty::FULL };
            let ensemble = run(&experiment, settings, &|_| (), &AtomicBool::new(false)).unwrap();
            let all =
                Outcome { measure: OutcomeKind::ValueAddedLost, region: None, sector: None, item: None };
            let place = ensemble.outcome(&all).unwrap();
            let (with, without) = (ensemble.column(1, place), ensemble.column(0, place));
            with.iter().zip(without).map(|(a, b)| a - b).collect()
        };
        known.entry(event.to_owned()).or_insert_with(run_it).clone()
    }
}

/// Pairs: what should lose less, what should lose more.
fn pairs() -> Vec<(&'static str, String, String)> {
    let all = Trade { destinations: ALLIES, ..HEAVY };
    let five = Trade { elements: "\"Dy\", \"Tb\", \"Sm\", \"Gd\", \"Y\"", ..HEAVY };
    let every = Trade { elements: "", ..HEAVY };
    let months = |months: u32| Trade { months, ..HEAVY };
    let everywhere = Trade { destinations: "", ..HEAVY };
    vec![
        ("a licence ≤ a ban, the United States", licence(HEAVY, 9, 60, ""), ban(HEAVY, 100)),
        ("a licence ≤ a ban, five allies", licence(all, 9, 60, ""), ban(all, 100)),
        ("a strict licence ≤ a ban, five allies", licence(all, 13, 25, ""), ban(all, 100)),
        ("a ban on one ally ≤ on five", ban(HEAVY, 100), ban(all, 100)),
        ("3 months ≤ 6", ban(months(3), 100), ban(months(6), 100)),
        ("6 months ≤ 12", ban(months(6), 100), ban(months(12), 100)),
        ("12 months ≤ 24", ban(months(12), 100), ban(months(24), 100)),
        ("two elements ≤ five", ban(HEAVY, 100), ban(five, 100)),
        ("five elements ≤ all", ban(five, 100), ban(every, 100)),
        ("a cap of 25 % ≤ 50 %", ban(HEAVY, 25), ban(HEAVY, 50)),
        ("a cap of 50 % ≤ 75 %", ban(HEAVY, 50), ban(HEAVY, 75)),
        ("a cap of 75 % ≤ a ban", ban(HEAVY, 75), ban(HEAVY, 100)),
        ("approval of 60 % ≤ 30 %", licence(all, 9, 60, ""), licence(all, 9, 30, "")),
        ("a wait of 6 weeks ≤ 12", licence(all, 6, 60, ""), licence(all, 12, 60, "")),
        ("others sell on ≤ they do not", ban_and_others_sell_on(HEAVY), ban(HEAVY, 100)),
        (
            "a licence ≤ a ban where others sell on",
            licence_and_others_sell_on(HEAVY),
            ban_and_others_sell_on(HEAVY),
        ),
        (
            "a ban on one ally ≤ on five where others sell on",
            ban_and_others_sell_on(HEAVY),
            ban_and_others_sell_on(all),
        ),
        (
            "a ban on five allies where others sell on ≤ on all destinations",
            ban_and_others_sell_on(all),
            ban_and_others_sell_on(everywhere),
        ),
        (
            "a rule on foreign goods ≤ a ban on all destinations",
            licence(everywhere, 16, 60, "content_threshold: Percent(0.1)"),
            ban(everywhere, 100),
        ),
    ]
}

/// An ordering holds where the median difference is above −1 % of the larger loss and at most a tenth of the replicates have
/// the wrong sign.
#[test]
#[ignore = "half a minute: .ci/full runs and prints it"]
fn orderings_hold() {
    let mut losses = Losses { world: shipped_world(), known: BTreeMap::new() };
    let print = |line: &str| table("orderings", line);
    figure("orderings.replicates", REPLICATES);
    print("| ordering | less, bn US$ | more, bn US$ | median difference | wrong sign | |");
    print("| --- | ---: | ---: | ---: | ---: | --- |");
    let mut broken = Vec::new();
    for (name, less, more) in pairs() {
        let (less, more) = (losses.of(&less), losses.of(&more));
        let size = mean(&more).max(mean(&less));
        let difference = paired(&more, &less, size, 1, name);
        let holds = difference.median >= -0.01 * size && difference.share_below <= 0.1;
        let bn = |dollars: f64| shown(dollars / 1e9, 2);
        print(&format!(
            "| {name} | {} | {} | {} | {:.0} % | {} |",
            bn(mean(&less)),
            bn(mean(&more)),
            bn(difference.median),
            100.0 * difference.share_below,
            if holds { "holds" } else { "does not hold" }
        ));
        broken.extend((!holds).then_some(name));
    }
    assert!(broken.is_empty(), "{broken:?}");
}
