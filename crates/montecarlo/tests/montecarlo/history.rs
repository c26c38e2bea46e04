//! The crisis of 2010: how its numbers are taken, how the fit works, and that the posterior is what runs draw.

use chokepoint_montecarlo::history::fit::{self, Effort, Tried};
use chokepoint_montecarlo::history::posterior;
use chokepoint_montecarlo::history::record::{Recorder, SimulatedRecord};
use chokepoint_montecarlo::history::score::Card;
use chokepoint_montecarlo::history::value;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::Experiment;
use chokepoint_scenario::history::{self, History, Statistic};
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn crisis() -> (History, Experiment) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/histories/quota-2010.ron");
    let (history, experiment, warnings) = history::load(&path, None).unwrap();
    assert!(!warnings.fatal());
    (history, experiment)
}

/// A record in which every series is `of(week)`.
fn record(recorder: &Recorder<'_>, of: impl Fn(u32) -> f32) -> SimulatedRecord {
    let width = recorder.scope.series.len();
    let weeks = recorder.scope.from..recorder.plan.weeks;
    let values = weeks.flat_map(|week| std::iter::repeat_n(of(week), width)).collect();
    SimulatedRecord {
        values,
        plants: vec![(f32::INFINITY, f32::INFINITY); recorder.experiment.network.facilities],
    }
}

#[test]
fn statistics_of_a_price_that_climbs_for_a_year_and_falls_twice_as_fast() {
    let (history, experiment) = crisis();
    let recorder = Recorder::new(&experiment, &history, |_| true, true);
    // index 1 until week 130, then up by 0.1 a week to 6.2 in week 182, then down by 0.2 a week to 1
    let price = |week: u32| match week {
        ..130 => 1.0,
        130..=182 => 1.0 + 0.1 * (week - 130) as f32,
        _ => (6.2 - 0.2 * (week - 182) as f32).max(1.0),
    };
    let record = record(&recorder, price);
    let of = |statistic: Statistic| value(&statistic, &recorder, &record);
    let close = |one: f64, other: f64| assert!((one - other).abs() < 1e-5, "{one} instead of {other}");
    let oxide = crate::shipped::commodity(&experiment, "oxide-dy");
    close(
        of(Statistic::Multiple { basket: vec![(oxide, 1.0)], outside: true, from: 120..121, to: 180..183 }),
        6.1,
    );
    close(
        of(Statistic::Multiple { basket: vec![(oxide, 1.0)], outside: false, from: 120..121, to: 180..183 }),
        6.1,
    );
    close(of(Statistic::MonthsToPeak { prices: vec![oxide, oxide], within: 130..250 }), 12.0);
    // 3.1 is reached 16 weeks after the peak
    close(of(Statistic::MonthsToHalf { prices: vec![oxide], within: 130..250 }), 16.0 / (52.0 / 12.0));
    // within a window that ends before, it has not halved: the time to the end
    close(of(Statistic::MonthsToHalf { prices: vec![oxide], within: 130..190 }), 8.0 / (52.0 / 12.0));
    close(of(Statistic::Gap { price: oxide, over: 120..121, home_factor: 1.25 }), 0.8);
    close(of(Statistic::QuotaExports { over: 110..120, tonnes: 20.0 }), -50.0);
    close(of(Statistic::QuotaImports { region: 3, from: 120..130, to: 180..183 }), 510.0);
}

#[test]
fn an_entrant_fails_if_all_its_plants_were_built_and_one_stands_idle_in_time() {
    let (history, experiment) = crisis();
    let recorder = Recorder::new(&experiment, &history, |_| true, false);
    let mut record = record(&recorder, |_| 1.0);
    let statistic = Statistic::Fails { plants: vec![2, 3], by: 300 };
    let failed = |record: &SimulatedRecord| value(&statistic, &recorder, record);
    assert_eq!(failed(&record), 0.0);
    record.plants[2] = (200.0, f32::INFINITY);
    record.plants[3] = (210.0, 280.0);
    assert_eq!(failed(&record), 1.0);
    record.plants[3] = (210.0, 301.0);
    assert_eq!(failed(&record), 0.0);
    record.plants[3] = (f32::INFINITY, 280.0);
    assert_eq!(failed(&record), 0.0);
}

#[test]
fn a_distance_is_one_at_the_tolerance_in_logs_for_multiples() {
    let (history, _) = crisis();
    let target = |id: &str| history.targets.iter().find(|t| t.id == id).unwrap();
    let close = |one: f64, other: f64| assert!((one - other).abs() < 1e-12, "{one} instead of {other}");
    close(fit::distance(target("multiple-dy"), 0.25, 8.5 * 1.25), 1.0);
    close(fit::distance(target("multiple-dy"), 0.25, 8.5 / 1.25), 1.0);
    close(fit::distance(target("half-life-dy"), 2.0, 4.0), 1.5);
    assert_eq!(fit::distance(target("half-life-dy"), 2.0, 1e9), 10.0);
}

#[test]
fn only_targets_of_the_role_fit_are_fitted_and_twelve_are_kept_for_the_score() {
    let (history, _) = crisis();
    let fitted: Vec<&str> =
        history.targets.iter().filter(|t| t.fit.is_some()).map(|t| t.id.as_str()).collect();
    let allowed = [
        "multiple-dy",
        "multiple-ce",
        "months-to-peak-quota",
        "half-life-ce",
        "half-life-dy",
        "exports-china",
    ];
    assert_eq!(fitted, allowed);
    let scored = history.targets.iter().filter(|t| t.fit.is_none());
    assert_eq!(scored.filter(|t| !matches!(t.statistic, Statistic::Fails { .. })).count(), 12);
}

#[test]
fn a_small_fit_comes_nearer_in_every_round_and_is_the_same_twice() {
    let (history, mut experiment) = crisis();
    experiment.drop_posterior();
    let effort = Effort { candidates: 64, kept: 16, rounds: 2, steps: 1, seed: 3 };
    let crises = [(history, experiment)];
    let fit = || fit::fit(&crises, effort, &|_| {}, &AtomicBool::new(false)).unwrap();
    let (one, other) = (fit(), fit());
    assert_eq!(posterior::table(&one), posterior::table(&other));
    assert_eq!(one.kept.len(), 16);
    assert!(one.rounds.windows(2).all(|w| w[1].tolerance <= w[0].tolerance), "{:?}", one.rounds);
    let worst = one.kept.last().unwrap().distance;
    let median = one.first.iter().filter(|t| t.distance <= worst).count();
    assert!(median <= 16, "{median} draws from the prior are as near as the sets kept");
}

/// A week ships one tonne to each of two regions, that usually buy three and five: a quarter.
#[test]
fn exports_over_the_usual_are_what_all_regions_got_over_what_they_buy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/histories/gallium-2023.ron");
    let (history, experiment, _) = history::load(&path, None).unwrap();
    let recorder = Recorder::new(&experiment, &history, |_| true, true);
    let record = record(&recorder, |_| 1.0);
    let Statistic::Exports { flows, over } = &history.targets[0].statistic else { panic!("not exports") };
    assert!(flows.len() > 2 && flows.iter().all(|(_, _, tonnes)| *tonnes > 0.0), "{flows:?}");
    let two = vec![(flows[0].0, flows[0].1, 3.0), (flows[1].0, flows[1].1, 5.0)];
    let statistic = Statistic::Exports { flows: two, over: over.clone() };
    assert!((value(&statistic, &recorder, &record) - 0.25).abs() < 1e-6);
}

/// With exports given the quota is what was shipped from 2011 on, and nothing about it is scored.
#[test]
fn exports_that_are_given_take_the_place_of_the_quota_and_of_its_targets() {
    let (mut history, mut experiment) = crisis();
    let before = history.targets.len();
    let steps = |experiment: &Experiment| -> Vec<(u32, f64)> {
        let arm = experiment.arms.iter().find(|arm| arm.id == "japan-2010").unwrap();
        arm.plan.quotas().next().unwrap().steps.clone()
    };
    let old = steps(&experiment);
    assert!(history.give_exports(&mut experiment));
    let new = steps(&experiment);
    let first = history.realised[0].0;
    assert_eq!(new[0], old[0], "the cut of July 2010 stays");
    assert_eq!(new[1..], history.realised[..]);
    assert!(old[1].0 == first && new[1].1 < old[1].1);
    assert!((new[1].1 * 52.0 - 16_861.0).abs() < 1.0, "{}", new[1].1 * 52.0);
    assert_eq!(history.targets.len(), before - 1);
    // gallium has no quota: there is nothing to give
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/histories/gallium-2023.ron");
    let (mut other, mut licences, _) = history::load(&path, None).unwrap();
    assert!(!other.give_exports(&mut licences));
}

/// What two crises share is drawn once and is the same in both; what belongs to one leaves the other as it was.
#[test]
fn two_crises_are_fitted_together_with_one_value_of_what_they_share() {
    let stop = AtomicBool::new(false);
    let effort = Effort { candidates: 16, kept: 16, rounds: 0, steps: 1, seed: 3 };
    let of = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/histories");
        let path = folder.join(format!("{name}.ron"));
        let (history, mut experiment, _) = history::load(&path, None).unwrap();
        experiment.drop_posterior();
        (history, experiment)
    };
    let both = [of("gallium-2023"), of("quota-2010")];
    let together = fit::fit(&both, effort, &|_| {}, &stop).unwrap();
    let alone = fit::fit(&both[..1], effort, &|_| {}, &stop).unwrap();
    assert_eq!(together.targets.len(), 11);
    let shared = both[0].0.fitted.iter().filter(|name| both[1].0.fitted.contains(name)).count();
    assert_eq!(shared, 11);
    let (names, first) = (&together.names, &alone.names);
    assert_eq!(names[..first.len()], first[..]);
    assert_eq!(names.len(), first.len() + both[1].0.fitted.len() - shared);
    // the same draws give the first crisis the same statistics, whatever the second makes of them
    let by_place = |tried: &[Tried]| {
        let mut sets: Vec<(Vec<f64>, Vec<f64>)> =
            tried.iter().map(|t| (t.at[..first.len()].to_vec(), t.statistics[..5].to_vec())).collect();
        sets.sort_by(|a, b| a.0[0].total_cmp(&b.0[0]));
        sets
    };
    assert_eq!(by_place(&together.first), by_place(&alone.first));
}

#[test]
fn a_replicate_takes_one_set_of_the_posterior_whole_and_the_central_replicate_the_first() {
    let (_, experiment) = crisis();
    let posterior = experiment.world.posterior.as_ref().expect("the world names its posterior");
    let (theta, gamma) =
        (posterior.place("expectation_weight").unwrap(), posterior.place("price_response").unwrap());
    let leak = posterior.place("quota-2010/quota/leakage").unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for replicate in 0..40 {
        let replicates = draw_replicates::<f64>(&experiment, 1, replicate, Uncertainty::FULL);
        let set = posterior.sets.iter().position(|set| {
            set[theta] == replicates.behaviour.expectation_weight
                && set[gamma] == replicates.behaviour.price_response
                && set[leak] == replicates.draws.iter().map(|d| d.leakage).fold(0.0, f64::max)
        });
        seen.insert(set.expect("no set holds these numbers together"));
    }
    assert!(seen.len() > 20, "{} sets in 40 replicates", seen.len());
    let central = draw_replicates::<f64>(&experiment, 1, 7, Uncertainty::CENTRAL);
    assert_eq!(central.behaviour.expectation_weight, posterior.sets[0][theta]);
}

#[test]
fn a_number_that_a_user_sets_is_taken_in_place_of_what_was_fitted_and_the_rest_of_the_set_stays() {
    let (_, mut experiment) = crisis();
    experiment.fix("expectation_weight", 0.5);
    let posterior = experiment.world.posterior.as_ref().unwrap();
    assert_eq!(posterior.place("expectation_weight"), None);
    let gamma = posterior.place("price_response").unwrap();
    for replicate in 0..8 {
        let replicates = draw_replicates::<f64>(&experiment, 1, replicate, Uncertainty::FULL);
        assert_eq!(replicates.behaviour.expectation_weight, 0.5);
        assert!(posterior.sets.iter().any(|set| set[gamma] == replicates.behaviour.price_response));
    }
}

#[test]
fn the_posterior_holds_about_half_of_what_was_never_fitted_and_beats_naive_forecasts_on_most() {
    let (history, experiment) = crisis();
    let recorder = Recorder::new(&experiment, &history, |_| true, false);
    let settings = Settings { replicates: 64, seed: 1, uncertainty: Uncertainty::FULL };
    let records = recorder.run(settings, |record| record, &|_| {}, &AtomicBool::new(false)).unwrap();
    let card = Card::new(&history, &recorder, &records, 1);
    let inside = card.tests().filter(|s| s.inside).count();
    assert!(inside >= LEAST_INSIDE, "{inside} of 12 inside: {:#?}", card.scores);
    let ahead = card.tests().filter(|s| s.beats_both()).count();
    assert!(ahead > 6, "nearer than both naive forecasts in {ahead} of 12");
}

/// Numbers of twelve that lie inside with 64 replicates; docs/validation.md has the whole card.
const LEAST_INSIDE: usize = 5;
