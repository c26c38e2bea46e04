//! Several controls on one trade: laws that hold for random events of every kind.

use crate::small::{behaviour, step as event, two_mines};
use chokepoint_core::id::{AgentId, GatewayId, InputId, LinkId, OutputId};
use chokepoint_core::network::Network;
use chokepoint_core::plan::{
    Controlled, Draw, Effect, Event, LicenceClass, LicenceRule, LicensedLink, Market, Path, Plan, QuotaGroup,
    QuotaRule, RefusedClass, Regime, Replicates, Treasury,
};
use chokepoint_core::state::State;
use chokepoint_core::time::Week;
use chokepoint_core::week::step;
use proptest::prelude::*;

const WEEKS: u32 = 90;

/// What an event does, how much, and when.
#[derive(Clone, Debug)]
struct Made {
    kind: usize,
    /// Which of the two links, or both.
    links: usize,
    size: f64,
    start: f64,
    duration: f64,
    leakage: f64,
    diversion: f64,
    /// Of a licence: weeks of processing and share granted in as many.
    processing: f64,
    approval: f64,
}

/// Kinds of [`effect`].
const KINDS: [&str; 13] = [
    "cap",
    "licence",
    "quota",
    "capacity loss",
    "production quota",
    "enforcement",
    "export duty",
    "tariff",
    "announcement",
    "transport delay",
    "demand shift",
    "price war",
    "inventory loss",
];
/// Of these sizes add up; of all others the deepest binds.
const ADD_UP: [&str; 3] = ["export duty", "tariff", "demand shift"];
/// The first of them keep trade back.
const CONTROLS: usize = 3;

fn effect(made: &Made) -> Effect {
    let links: Vec<LinkId> = [vec![0], vec![1], vec![0, 1]][made.links].iter().map(|l| LinkId(*l)).collect();
    match KINDS[made.kind] {
        "cap" => Effect::ExportCap(links),
        "licence" => {
            let refused = vec![RefusedClass { share: 0.0, until: Week::MAX }];
            let of = |link: LinkId| LicensedLink {
                link,
                refused: refused.clone(),
                foreign: false,
                class: LicenceClass::USUAL,
            };
            let links = links.into_iter().map(of).collect();
            Effect::Licence(LicenceRule { links, content_threshold: 0.0 })
        }
        "quota" => {
            let base = links.iter().map(|l| [80.0, 20.0][l.at()]).sum();
            let groups = vec![QuotaGroup { links, gross: 1.0 }];
            Effect::Quota(QuotaRule {
                groups,
                base_tonnes_per_week: base,
                in_tonnes: false,
                period_weeks: 13.0,
                steps: Vec::new(),
            })
        }
        "capacity loss" => Effect::CapacityLoss(vec![AgentId(0)]),
        "production quota" => Effect::ProductionQuota(vec![AgentId(0)]),
        "enforcement" => Effect::Enforcement { links, agents: vec![AgentId(1)] },
        "export duty" => Effect::Duty { links, levied_by: Treasury::Exporter },
        "tariff" => Effect::Duty { links, levied_by: Treasury::Importer },
        "announcement" => Effect::Announcement {
            inputs: vec![InputId(0)],
            outputs: vec![OutputId(0), OutputId(1)],
            dated: false,
        },
        "transport delay" => Effect::TransportDelay(GatewayId(0)),
        "demand shift" => Effect::DemandShift(vec![AgentId(2)]),
        "price war" => Effect::PriceWar(vec![OutputId(0)]),
        _ => Effect::InventoryLoss { inputs: vec![InputId(0)], outputs: vec![OutputId(0)] },
    }
}

fn draw(made: &Made) -> Draw<f64> {
    let licence = KINDS[made.kind] == "licence";
    Draw {
        leakage: if made.kind < CONTROLS { made.leakage } else { 0.0 },
        leakage_ramp: 6.0,
        leakage_premium: 0.5,
        diversion: if made.kind < CONTROLS { made.diversion } else { 0.0 },
        regime: licence.then(|| Regime {
            processing: Path { from: made.processing, to: 0.5 * made.processing, ramp: 26.0 },
            approval: Path::constant(made.approval),
            spread: 0.4,
            refusal: 0.0,
            validity: 13.0,
        }),
        ..event(made.start, made.duration, made.size)
    }
}

/// The two mines, whose goods from home pass a port, under these events. Demand is noisy: a slow wave for each week.
fn world(events: &[Made]) -> (Network, Plan, Replicates<f64>) {
    let mut network = two_mines(3.0, 2);
    network.gateways = 1;
    // both sell from one country into another: each is the other's way round
    network.agents[1].country = network.agents[0].country;
    network.links[0].gateway = Some(GatewayId(0));
    let plan = Plan {
        events: events.iter().enumerate().map(|(draw, made)| Event { effect: effect(made), draw }).collect(),
        markets: vec![Market {
            commodity: chokepoint_core::id::CommodityId(0),
            links: vec![LinkId(0), LinkId(1)],
        }],
        controlled: (0..2)
            .map(|l| Controlled { link: LinkId(l), market: Some(0), detour_weeks: 1 })
            .collect(),
        gateways: vec![GatewayId(0)],
        weeks: WEEKS,
    };
    // up and down over nine weeks, and over four
    let step = |week: u32, of: u32| f64::from(week % of) / f64::from(of - 1) - 0.5;
    let wave = |week: u32| 1.0 + 0.16 * step(week, 9) + 0.08 * step(week, 4);
    let replicates = Replicates {
        behaviour: behaviour(),
        draws: events.iter().map(draw).collect(),
        demand: (0..WEEKS).map(wave).collect(),
        availability: Vec::new(),
        construction: Vec::new(),
        trends: false,
    };
    (network, plan, replicates)
}

/// What a run leaves, week by week.
fn series(events: &[Made]) -> Vec<f64> {
    let (network, plan, replicates) = world(events);
    let mut state = State::<f64>::at_reference(&network, &plan, &replicates);
    let mut seen = Vec::new();
    for week in 0..WEEKS {
        step(&mut state, &network, &plan, &replicates, week);
        seen.extend(state.control.shipped.iter().copied());
        seen.extend(state.inputs.stock.iter().chain(&state.outputs.stock).copied());
        seen.extend(state.outputs.price.iter().chain(&state.markets.gap).copied());
        seen.extend(state.inputs.paid_price.iter().chain(&state.agents.activity).copied());
    }
    seen
}

/// Greatest difference of two runs, beside what there is.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y).abs() / (1.0 + x.abs().max(y.abs()))).fold(0.0, f64::max)
}

fn any_of(kinds: core::ops::Range<usize>) -> impl Strategy<Value = Made> {
    made(kinds.collect())
}

/// Kinds of which the deepest binds: others add up.
fn deepest() -> impl Strategy<Value = Made> {
    made((0..KINDS.len()).filter(|kind| !ADD_UP.contains(&KINDS[*kind])).collect())
}

fn made(kinds: Vec<usize>) -> impl Strategy<Value = Made> {
    let terms = (0.0..=1.0, 10.0..50.0, 1.0..40.0, 0.0..0.5, 0.0..=1.0, 0.0..14.0, 0.1..=1.0);
    (prop::sample::select(kinds), 0..3_usize, terms).prop_map(
        |(kind, links, (size, start, duration, leakage, diversion, processing, approval))| Made {
            kind,
            links,
            // a price is never cut to nothing
            size: if KINDS[kind] == "price war" { 0.9 * size } else { size },
            start,
            duration,
            leakage,
            diversion,
            processing,
            approval,
        },
    )
}

/// The same event from one moment to another.
fn during(made: &Made, from: f64, to: f64) -> Made {
    Made { start: from, duration: to - from, ..made.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_control_never_raises_what_may_ship_on_any_link(
        some in prop::collection::vec(any_of(0..CONTROLS), 1..4), another in any_of(0..CONTROLS), week in 12..WEEKS,
    ) {
        let all: Vec<Made> = some.iter().chain([&another]).cloned().collect();
        // what waits for a licence was ordered before: without the licence it would be ordered anew, so the law is for given
        // orders only while nothing waits
        let waits = |made: &Made| KINDS[made.kind] == "licence";
        let week = if waits(&another) { another.start as u32 } else { week };
        prop_assume!(!waits(&another) || !some.iter().any(waits));
        let (network, full, replicates) = world(&all);
        let fewer = Plan { events: full.events[..some.len()].to_vec(), ..full.clone() };
        let mut with = State::<f64>::at_reference(&network, &full, &replicates);
        (0..week).for_each(|w| step(&mut with, &network, &full, &replicates, w));
        // the same orders, stocks, queues and pools, and one control less
        let mut without = with.under(&full, &fewer, &network, &replicates);
        // what is normal is part of the state: it stays what it was taken to be
        without.policy.known = with.policy.known.clone();
        step(&mut with, &network, &full, &replicates, week);
        step(&mut without, &network, &fewer, &replicates, week);
        for place in 0..2 {
            let may = |state: &State<f64>| state.control.legal[place] + state.control.leaked[place];
            let (more, less) = (may(&without), may(&with));
            prop_assert!(less <= more + 1e-9 * (1.0 + more), "link {place}: {less} with, {more} without");
        }
    }

    #[test]
    fn two_events_that_are_alike_are_one(
        others in prop::collection::vec(any_of(0..KINDS.len()), 0..3), twice in deepest(),
    ) {
        let once: Vec<Made> = others.iter().chain([&twice]).cloned().collect();
        let again: Vec<Made> = others.iter().chain([&twice, &twice]).cloned().collect();
        prop_assert!(apart(&series(&once), &series(&again)) < 1e-9);
    }

    #[test]
    fn two_events_back_to_back_are_one_also_with_the_seam_in_midweek(
        one in deepest(), at in 0.05..0.95_f64, whole_week in any::<bool>(),
    ) {
        let (from, to) = (one.start, one.start + one.duration);
        let seam = from + at * one.duration;
        let seam = if whole_week { seam.round().clamp(from, to) } else { seam };
        // a stock is destroyed at once: there is nothing to go on
        prop_assume!(KINDS[one.kind] != "inventory loss");
        let two = [during(&one, from, seam), during(&one, seam, to)];
        prop_assert!(apart(&series(&[one]), &series(&two)) < 1e-6);
    }

    #[test]
    fn the_order_of_events_changes_nothing(events in prop::collection::vec(any_of(0..KINDS.len()), 2..5)) {
        let turned: Vec<Made> = events.iter().rev().cloned().collect();
        prop_assert!(apart(&series(&events), &series(&turned)) < 1e-9);
    }

    #[test]
    fn an_event_of_no_size_is_none_to_the_bit(
        kind in 0..KINDS.len(), links in 0..3_usize, start in 10.0..50.0, duration in 1.0..40.0, leakage in 0.0..0.5,
    ) {
        // a licence has no size when it takes no time and all is granted
        let size = if KINDS[kind] == "licence" { 1.0 } else { 0.0 };
        let nothing = Made { kind, links, size, start, duration, leakage, diversion: 0.7, processing: 0.0, approval: 1.0 };
        let (with, without) = (series(&[nothing]), series(&[]));
        let same = with.iter().zip(&without).all(|(a, b)| a.to_bits() == b.to_bits());
        prop_assert!(same, "{}: apart by {}", KINDS[kind], apart(&with, &without));
    }

    #[test]
    fn an_event_of_no_size_changes_nothing_of_what_another_one_does(
        nothing in any_of(0..KINDS.len()), something in any_of(0..KINDS.len()),
    ) {
        let licence = KINDS[nothing.kind] == "licence";
        let size = if licence { 1.0 } else { 0.0 };
        let nothing = Made { size, processing: 0.0, approval: 1.0, ..nothing };
        let (with, without) = (series(&[something.clone(), nothing.clone()]), series(std::slice::from_ref(&something)));
        prop_assert!(apart(&with, &without) < 1e-9, "{} beside {}", KINDS[nothing.kind], KINDS[something.kind]);
    }

    #[test]
    fn as_the_size_of_an_event_goes_to_zero_so_does_what_it_does(
        kind in 0..KINDS.len(), links in 0..3_usize, start in 10.0..50.0, duration in 1.0..40.0, leakage in 0.0..0.5,
    ) {
        let baseline = series(&[]);
        let effect = |size: f64| {
            let licence = KINDS[kind] == "licence";
            let (processing, approval) = if licence { (size, 1.0 - size) } else { (0.0, 1.0) };
            let size = if licence { 1.0 } else { size };
            let diversion = 0.7;
            let made = Made { kind, links, size, start, duration, leakage, diversion, processing, approval };
            apart(&baseline, &series(&[made]))
        };
        let (small, tiny) = (effect(1e-4), effect(1e-7));
        prop_assert!(small < 2e-2 && tiny < 2e-5, "{}: {small} at 1e-4, {tiny} at 1e-7", KINDS[kind]);
    }
}
