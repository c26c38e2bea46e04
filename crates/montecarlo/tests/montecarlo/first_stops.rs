//! When lines stop after a halt, beside what is worked out by hand from stocks, transit and their spread.

use crate::events::{EVIDENCE, of, scenario, shipped_world};
use crate::shipped::{central, scenarios};
use crate::{figure, shown};
use chokepoint_core::chance::normal_quantile;
use chokepoint_core::lanes::ln;
use chokepoint_core::network::Role;
use chokepoint_core::plan::Replicates;
use chokepoint_core::scope::producers;
use chokepoint_core::time::happened;
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{Ensemble, Settings, run};
use chokepoint_scenario::Experiment;
use std::sync::atomic::AtomicBool;

/// An event on everything that China sells from some stages on.
fn event(kind: &str, stages: &str, destinations: &str, rest: &str) -> String {
    format!(
        "(id: \"x\", kind: {kind}, target: (stages: [{stages}], origins: [\"CN\"], destinations: [{destinations}]), \
         magnitude: Percent(100), start: \"2026-01-01\", {rest} {EVIDENCE})"
    )
}

fn results(event: String, uncertainty: Uncertainty, replicates: u32) -> (Experiment, Ensemble) {
    let text = scenario("x", "ree-2024", 3, &[event]);
    let (experiment, _) = of(&shipped_world(), &scenarios(), "x", text);
    let settings = Settings { replicates, seed: 1, uncertainty };
    let ensemble = run(&experiment, settings, &|_| (), &AtomicBool::new(false)).unwrap();
    (experiment, ensemble)
}

/// Share of a standard normal below a value.
fn normal_share_below(z: f64) -> f64 {
    let (mut low, mut high) = (1e-12, 1.0 - 1e-12);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal_quantile(middle) < z {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// By hand, the week in which lines of an agent first stop: the cut share `s` of an input comes no more after its transit;
/// then the lines with the thinnest stocks, log-normal about the target, run out, and `s` times their share is idle. Of
/// several inputs of one product the worst counts; who makes a product of each has the mean of them.
///
/// ```text
/// idle(t) = s·P(S₀ < s·(t − transit)),   ln S₀ normal with mean ln cover − ½σ² and deviation σ
/// ```
fn by_hand(experiment: &Experiment, replicates: &Replicates<f64>, agent: usize) -> Option<f64> {
    let network = &experiment.network;
    let cut: Vec<u32> = experiment.arms[1].plan.controlled.iter().map(|c| c.link.0).collect();
    let agent = &network.agents[agent];
    let apart = matches!(&agent.role, Role::Producer(producer) if producer.apart);
    let all: f64 = network.inputs_of(agent).map(|i| network.inputs[i].per_activity).sum();
    let idle = |i: usize, week: f64| -> f64 {
        let input = &network.inputs[i];
        let links = network.links_of(input).filter(|l| cut.contains(&u32::try_from(*l).unwrap()));
        let (mut share, mut transit) = (0.0, 0.0);
        for link in links.map(|l| &network.links[l]) {
            share += link.base_share;
            transit += link.base_share * f64::from(link.lag_weeks);
        }
        let drawn = share * week - transit;
        if drawn <= 0.0 {
            return 0.0;
        }
        let sigma = input.spread * replicates.behaviour.dispersion;
        let cover = input.cover_weeks * replicates.behaviour.downstream_cover;
        share * normal_share_below((ln(drawn / cover) + 0.5 * sigma * sigma) / sigma)
    };
    let lines = f64::from(agent.lines);
    // of a firm that is one line, a fifth of what is due
    let counts = if agent.lines == 1 { 0.2 } else { (1.0_f64 / 20.0).max(1.0 / lines) };
    (1..1040).map(|tenth| 0.1 * f64::from(tenth)).find(|week| {
        let inputs = network.inputs_of(agent).map(|i| (network.inputs[i].per_activity / all, idle(i, *week)));
        let of_all: f64 = if apart {
            inputs.map(|(weight, idle)| weight * idle).sum()
        } else {
            inputs.map(|(_, idle)| idle).fold(0.0, f64::max)
        };
        of_all >= counts
    })
}

/// Lines that buy what is cut themselves, first by hand, then in the model, earliest by hand first.
fn direct_buyers(region: &str) -> Vec<(f64, f64, String)> {
    let stages = "\"Separation\", \"Metal\", \"Alloy\", \"Magnet\"";
    let halt = event("ExportCap", stages, &format!("\"{region}\""), "duration: Years(2),");
    let (experiment, ensemble) = results(halt, Uncertainty::NONE, 8);
    let (replicates, stops) = (central(&experiment), ensemble.stops_by_the_shock(1));
    let of = |(place, agent): (usize, &usize)| {
        let hand = by_hand(&experiment, &replicates, *agent)?;
        let first = f64::from(stops[0][place].first);
        // one that does not stop in the model is as far off as can be
        let first = if happened(first) { first } else { f64::INFINITY };
        Some((hand, first, experiment.agents[*agent].id.clone()))
    };
    let mut pairs: Vec<(f64, f64, String)> = ensemble.lines.iter().enumerate().filter_map(of).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs
}

/// Weeks for which the hand is good: later, what users save and what other suppliers deliver more, which it leaves out, decide.
const AT_FIRST: f64 = 8.0;
/// Weeks within which it is met, and by how many of a hundred stops.
const NEAR: f64 = 2.0;
const MOST: usize = 90;
/// Of a short stop, the share that is never made up on record: lowest and highest.
const NEVER_MADE_UP: (f64, f64) = (0.1, 0.5);

/// Of lines that are due to stop in the first weeks. The pack's range of weeks to the first stops of makers abroad is 5 (1 to 9), of other goods; it stands beside, as no target.
#[test]
fn lines_stop_within_two_weeks_of_when_stocks_and_transit_say() {
    figure("first-stops.within", NEAR);
    figure("first-stops.most", MOST);
    figure("first-stops.weeks", AT_FIRST);
    for region in ["US", "JP", "EU"] {
        let pairs = direct_buyers(region);
        println!("{region}: {} lines; week by hand, week in the model", pairs.len());
        pairs.iter().for_each(|(hand, first, id)| println!("  {id}: {hand:.1} {first:.0}"));
        let pairs: Vec<_> = pairs.into_iter().filter(|(hand, ..)| *hand <= AT_FIRST).collect();
        assert!(pairs.len() > 9, "{region}: {}", pairs.len());
        // the first of all, and how their number grows
        let mut in_model: Vec<f64> = pairs.iter().map(|(_, first, _)| *first).collect();
        in_model.sort_by(f64::total_cmp);
        let key = format!("first-stops.{}", region.to_lowercase());
        figure(&format!("{key}.by-hand"), shown(pairs[0].0, 1));
        figure(&key, shown(in_model[0], 0));
        let most = (pairs.len() * MOST).div_ceil(100);
        for (k, (hand, first)) in pairs.iter().map(|(hand, ..)| hand).zip(&in_model).take(most).enumerate() {
            assert!((hand - first).abs() <= NEAR, "{region}: of stop {}: {hand} by hand, {first}", k + 1);
        }
        let near = pairs.iter().filter(|(hand, first, _)| (hand - first).abs() <= NEAR).count();
        assert!(near >= most, "{region}: {near} of {} within two weeks", pairs.len());
    }
}

/// All magnets that China sells are held for four weeks: of what is not built in its week 0.1 to 0.5 is never made up (rows
/// RANGE of the data pack), in every sector that lacks something to speak of.
#[test]
fn a_hold_of_four_weeks_loses_for_good_what_is_on_record_of_short_stops() {
    let hold = event(
        "CustomsHold",
        "\"Magnet\"",
        "",
        "duration: Weeks(4), inspection: Weeks(4), cleared: Percent(100),",
    );
    let (experiment, ensemble) = results(hold, Uncertainty::FULL, 32);
    let mut shares = Vec::new();
    for (s, sector) in experiment.world.sectors.iter().enumerate() {
        let of = |measure| {
            let outcome = Outcome { measure, region: None, sector: Some(s), item: None };
            let place = ensemble.outcome(&outcome).unwrap();
            let values = ensemble.by_the_shock(&experiment, 1, place);
            values.iter().sum::<f64>() / values.len() as f64
        };
        let (lost, late) = (of(OutcomeKind::LostShare), of(OutcomeKind::LateShare));
        // who makes something of each oxide buys no magnets
        let with_magnets = producers(&experiment.network).any(|(.., p)| p.sector.at() == s && !p.apart);
        if with_magnets && lost + late > 1e-7 {
            let share = lost / (lost + late);
            println!("{}: {share:.2} of {:.1e} of all that is due", sector.id, lost + late);
            assert!((NEVER_MADE_UP.0..=NEVER_MADE_UP.1).contains(&share), "{}: {share}", sector.id);
            shares.push(share);
        }
    }
    assert!(shares.len() >= 9, "{}", shares.len());
    shares.sort_by(f64::total_cmp);
    figure("first-stops.hold.sectors", shares.len());
    figure("first-stops.hold", format!("{:.2} to {:.2}", shares[0], shares[shares.len() - 1]));
    figure("first-stops.hold.record", format!("{} to {}", NEVER_MADE_UP.0, NEVER_MADE_UP.1));
}
