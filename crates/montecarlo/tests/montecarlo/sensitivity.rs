//! The model as a function of its uncertain numbers.

use crate::shipped::scenarios;
use chokepoint_montecarlo::sensitivity::study::{Study, outcome_names};
use chokepoint_scenario::{Request, load};
use std::sync::atomic::AtomicBool;

fn study(outcome: &str, strategies: &[&str]) -> Study {
    let request = Request {
        scenario: scenarios().join("full-embargo.ron"),
        strategies: Some(strategies.iter().map(|s| (*s).to_owned()).collect()),
        ..Request::default()
    };
    let (experiment, _) = load(&request).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(outcome_names(&experiment).iter().any(|name| name == outcome), "{outcome}");
    Study::new(experiment, outcome, 1).unwrap()
}

/// The outcome with one factor at its 5th and its 95th percentile, all others in the middle.
fn ends(study: &Study, factor: &str) -> (f64, f64) {
    let place = study.names.iter().position(|name| name == factor).unwrap();
    let at = |u: f64| {
        let mut point = vec![0.5; study.names.len()];
        point[place] = u;
        point
    };
    let outcomes = study.evaluate(&[at(0.05), at(0.95)], &|_| (), &AtomicBool::new(false)).unwrap();
    (outcomes[0], outcomes[1])
}

#[test]
fn each_factor_moves_the_loss_the_way_it_should() {
    let study = study("value_added_lost", &[]);
    let (thin, thick) = ends(&study, "downstream_cover");
    assert!(thin > 2.0 * thick && thin > 1e9, "{thin} {thick}");
    let (short, long) = ends(&study, "full-embargo/embargo/duration");
    assert!(long > short, "{short} {long}");
    let (tight, leaky) = ends(&study, "full-embargo/embargo/leakage");
    assert!(tight > leaky, "{tight} {leaky}");
}

#[test]
fn a_longer_embargo_never_lowers_the_peak_of_a_price() {
    let (short, long) = ends(&study("price_peak/oxide-dy", &[]), "full-embargo/embargo/duration");
    assert!(long >= short, "{short} {long}");
}

#[test]
fn a_price_is_reported_as_it_is_and_a_strategy_as_what_it_changes() {
    let (short, long) = ends(&study("price_peak/oxide-dy", &[]), "full-embargo/embargo/duration");
    // as a multiple, not as a difference of multiples: both a few times the price before
    assert!(short > 2.0 && short < 20.0 && long > 2.0 && long < 20.0, "{short} {long}");
    let (thin, thick) = ends(&study("value_added_lost", &["oem-buffer"]), "downstream_cover");
    assert!(thin < thick && thin < -1e9 && thick <= 0.0, "{thin} {thick}");
}

#[test]
fn an_unknown_outcome_is_none() {
    let request = Request {
        scenario: scenarios().join("baseline.ron"),
        strategies: Some(Vec::new()),
        ..Request::default()
    };
    let (experiment, _) = load(&request).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(Study::new(experiment, "value_added_lots", 1).is_none());
}
