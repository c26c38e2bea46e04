//! Several strategies in one arm.

use crate::shipped::scenarios;
use chokepoint_core::network::Role;
use chokepoint_input::document::Payer;
use chokepoint_montecarlo::costs::{Cost, Spending};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{Settings, run};
use chokepoint_scenario::{Experiment, Request, load};
use std::sync::atomic::AtomicBool;

fn with(strategies: &[&str]) -> Experiment {
    let request = Request {
        scenario: scenarios().join("dytb-halt-us.ron"),
        strategies: Some(strategies.iter().map(|s| (*s).to_owned()).collect()),
        ..Request::default()
    };
    load(&request).unwrap_or_else(|problems| panic!("{problems}")).0
}

#[test]
fn strategies_that_are_joined_do_what_both_do_on_the_same_random_numbers_and_each_is_paid_by_its_own() {
    let experiment = with(&["oem-buffer", "government-stockpile", "oem-buffer+government-stockpile"]);
    let reserves =
        |e: &Experiment| e.network.agents.iter().filter(|a| matches!(a.role, Role::Reserve)).count();
    assert_eq!(reserves(&experiment), reserves(&with(&["government-stockpile"])));
    let settings = Settings { replicates: 8, seed: 1, uncertainty: Uncertainty::FULL };
    let ensemble = run(&experiment, settings, &|_| {}, &AtomicBool::new(false)).unwrap();
    let arm = |id: &str| experiment.arms.iter().position(|a| a.id == id).unwrap();
    let [buffer, stockpile, both] =
        ["oem-buffer", "government-stockpile", "oem-buffer+government-stockpile"].map(arm);
    let drawn = |arm: usize| -> Vec<usize> {
        let events = &experiment.arms[arm].plan.events;
        let shocks = experiment.arms[1].plan.events.len();
        events[shocks..].iter().map(|e| e.draw).collect()
    };
    assert_eq!(drawn(both), [drawn(buffer), drawn(stockpile)].concat());
    let info = experiment.arms[both].strategy.as_ref().unwrap();
    assert_eq!(info.paid_by(), "public and firm");
    let spent = |arm: usize, spent_on: Spending, payer: Payer| -> f64 {
        let place = Cost::all().iter().position(|c| *c == Cost { spent_on, payer }).unwrap();
        let years = ensemble.costs[arm][0].len() / Cost::all().len();
        ensemble.costs[arm].iter().flat_map(|run| &run[place * years..(place + 1) * years]).sum()
    };
    let [reserve, cover] = [Spending::ReserveCarrying, Spending::BufferCarrying];
    for (place, firm, public) in [(buffer, true, false), (stockpile, false, true), (both, true, true)] {
        assert_eq!(spent(place, cover, Payer::Firm) > 0.0, firm);
        assert_eq!(spent(place, reserve, Payer::Public) > 0.0, public);
        assert_eq!(spent(place, cover, Payer::Public) + spent(place, reserve, Payer::Firm), 0.0);
    }
    // a stock costs about the same beside another one: less only as far as releases meet less of a lack
    let beside = spent(both, cover, Payer::Firm) / spent(buffer, cover, Payer::Firm);
    assert!((0.8..1.25).contains(&beside), "{beside}");
}

#[test]
fn what_is_joined_with_itself_or_unknown_is_refused_by_name() {
    let request = |strategy: &str| Request {
        scenario: scenarios().join("dytb-halt-us.ron"),
        strategies: Some(vec![strategy.to_owned()]),
        ..Request::default()
    };
    let refused = |strategy: &str| load(&request(strategy)).unwrap_err().to_string();
    assert!(refused("thrifting+thrifting").contains("joins `thrifting` with itself"));
    let misspelt = refused("thrifting+oem-bufer");
    assert!(misspelt.contains("oem-bufer") && misspelt.contains("oem-buffer"), "{misspelt}");
    assert!(!refused("thrifting+").is_empty());
    let twice = Request {
        strategies: Some(["thrifting+oem-buffer", "oem-buffer+thrifting"].map(str::to_owned).to_vec()),
        ..request("")
    };
    assert!(load(&twice).unwrap_err().to_string().contains("is asked for twice"));
}
