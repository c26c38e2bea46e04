//! Directions: what a change of one number may never do, on the shipped world without random variation.

use crate::shipped::{central, commodity, series, shipped, synthetic, tally};
use crate::{figure, listed};
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::Effect;
use chokepoint_core::scope::{Series, producers};
use chokepoint_scenario::{Experiment, Timing};

/// Value added of the goods lost against the baseline, US dollars.
fn lost(experiment: &Experiment, arm: &str) -> f64 {
    let replicates = central(experiment);
    let (shocked, baseline) =
        (tally(experiment, arm, &replicates), tally(experiment, "baseline", &replicates));
    producers(&experiment.network)
        .enumerate()
        .map(|(p, (_, _, producer))| {
            let value = producer.value_added_usd_per_unit * (1.0 - producer.avoidable_cost_share);
            value * (shocked.producers[p].lost - baseline.producers[p].lost)
        })
        .sum()
}

/// The scenario's main event with one number changed.
fn with(id: &str, change: impl Fn(&mut Timing)) -> Experiment {
    let mut experiment = shipped(id);
    let main =
        experiment.arms[1].plan.events.iter().rfind(|e| !matches!(e.effect, Effect::Announcement { .. }));
    let draw = main.unwrap().draw;
    change(&mut experiment.timings[draw]);
    experiment
}

/// Losses must not fall from one value of what is changed to the next, but for a thousandth of the greatest.
fn never_falls(what: &str, values: &[f64], losses: &[f64]) {
    let bn: Vec<f64> = losses.iter().map(|loss| loss / 1e9).collect();
    figure(&format!("directions.{what}.of"), listed(values, 0));
    figure(&format!("directions.{what}"), listed(&bn, 2));
    let slack = 1e-3 * losses.iter().copied().fold(0.0, f64::max) + 1.0;
    assert!(losses.windows(2).all(|w| w[1] >= w[0] - slack), "{what}: {losses:?}");
    assert!(losses[losses.len() - 1] > losses[0] + slack, "{what} changes nothing: {losses:?}");
}

fn fixed(value: f64) -> Distribution {
    Distribution::Fixed(value)
}

fn per_cent<const N: usize>(shares: [f64; N]) -> [f64; N] {
    shares.map(|share| 100.0 * share)
}

#[test]
fn a_higher_approval_share_never_raises_the_loss() {
    let shares = [0.9, 0.6, 0.4, 0.2, 0.05];
    let losses = shares.map(|share| {
        let experiment = with("licence-squeeze", |t| {
            let regime = t.regime.as_mut().unwrap();
            regime.approval.from.distribution = fixed(share);
            regime.approval.to.distribution = fixed(share);
        });
        lost(&experiment, "no-strategy")
    });
    never_falls("approval", &per_cent(shares), &losses);
}

#[test]
fn longer_processing_never_lowers_the_loss() {
    let weeks = [2.0, 6.0, 12.0, 20.0];
    let losses = weeks.map(|weeks| {
        let experiment = with("licence-squeeze", |t| {
            let regime = t.regime.as_mut().unwrap();
            regime.processing.from.distribution = fixed(weeks);
            regime.processing.to.distribution = fixed(weeks);
        });
        lost(&experiment, "no-strategy")
    });
    never_falls("processing", &weeks, &losses);
}

#[test]
fn more_leakage_never_raises_the_loss() {
    let leaks = [0.6, 0.3, 0.1, 0.0];
    let losses = leaks
        .map(|leak| lost(&with("full-embargo", |t| t.leakage.distribution = fixed(leak)), "no-strategy"));
    never_falls("leakage", &per_cent(leaks), &losses);
}

#[test]
fn a_deeper_cut_never_lowers_the_loss() {
    let cuts = [0.2, 0.5, 0.8, 1.0];
    let losses =
        cuts.map(|cut| lost(&with("full-embargo", |t| t.magnitude.distribution = fixed(cut)), "no-strategy"));
    never_falls("cut", &per_cent(cuts), &losses);
}

#[test]
fn a_larger_government_stock_never_raises_the_loss() {
    let days = [180.0, 90.0, 45.0, 0.0];
    let losses = days.map(|days| {
        let mut experiment = shipped("dytb-halt-us");
        let arm = experiment.arms.iter().find(|a| a.id == "government-stockpile").unwrap();
        for event in arm.plan.events.iter().filter(|e| matches!(e.effect, Effect::Reserve(_))) {
            experiment.timings[event.draw].magnitude.distribution = fixed(days / 7.0);
        }
        lost(&experiment, "government-stockpile")
    });
    never_falls("government-stock", &days, &losses);
}

#[test]
fn a_larger_buffer_never_raises_the_loss() {
    let days = [60.0, 30.0, 10.0, 0.0];
    let losses = days.map(|days| {
        let mut experiment = shipped("dytb-halt-us");
        let arm = experiment.arms.iter().find(|a| a.id == "oem-buffer").unwrap();
        for event in arm.plan.events.iter().filter(|e| matches!(e.effect, Effect::Buffer { .. })) {
            experiment.timings[event.draw].magnitude.distribution = fixed(days / 7.0);
        }
        lost(&experiment, "oem-buffer")
    });
    never_falls("buffer", &days, &losses);
}

#[test]
fn a_deeper_quota_never_lowers_the_peak_of_cerium() {
    let cuts = [0.1, 0.25, 0.4, 0.6];
    let peaks: Vec<f64> = cuts
        .iter()
        .map(|cut| {
            let mut experiment = synthetic("quota-cut");
            let event = experiment.arms[1].plan.events.iter().find(|e| matches!(e.effect, Effect::Quota(_)));
            let draw = event.unwrap().draw;
            experiment.timings[draw].magnitude.distribution = fixed(*cut);
            let shocked = tally(&experiment, "no-strategy", &central(&experiment));
            let ce = commodity(&experiment, "oxide-ce");
            let price =
                series(&experiment, &shocked, |s| matches!(s, Series::OutsidePrice(c) if c.at() == ce));
            price.into_iter().fold(0.0, f64::max)
        })
        .collect();
    figure("directions.quota.of", listed(&per_cent(cuts), 0));
    figure("directions.quota", listed(&peaks, 2));
    assert!(peaks.windows(2).all(|w| w[1] >= w[0] - 1e-6), "{peaks:?}");
    assert!(peaks[3] > 1.2 * peaks[0], "the cut changes nothing: {peaks:?}");
}
