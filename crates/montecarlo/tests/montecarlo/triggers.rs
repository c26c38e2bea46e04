//! Events that depend on others or on chance, and numbers that are drawn together: on the compound scenario.

use crate::shipped::shipped;
use crate::{figure, shown};
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_montecarlo::pairing::rank_correlation;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};

#[test]
fn an_event_follows_another_within_its_window_and_comes_as_often_as_its_yearly_chance_says() {
    let experiment = shipped("compound");
    let place = |id: &str| {
        let name = format!("compound/{id}/start");
        experiment.timings.iter().position(|t| t.start.name == name).unwrap()
    };
    let [rule, closure, outage] = ["rule", "closure", "outage"].map(place);
    let n = 512;
    let (mut came, mut leakage, mut lost, mut days) = (0, Vec::new(), Vec::new(), Vec::new());
    for replicate in 0..n {
        let replicates = draw_replicates::<f64>(&experiment, 1, replicate, Uncertainty::FULL);
        let draws = &replicates.draws;
        let after = draws[closure].start - draws[rule].start;
        assert!((4.0..=57.0).contains(&after), "{after} weeks");
        days.push(after);
        let wait = draws[outage].start - draws[rule].start;
        came += u32::from(wait <= 260.0);
        assert!(wait <= 260.0 || draws[outage].intensity(SPIN_UP_WEEKS + 2000) == 0.0);
        leakage.push(draws[rule].leakage);
        lost.push(draws[closure].magnitude);
    }
    // the year is covered evenly: a month, and half of twelve
    let mean = days.iter().sum::<f64>() / f64::from(n);
    let in_theory: f64 = 30.4;
    figure("triggers.replicates", n);
    figure("triggers.weeks", format!("{} of {in_theory}", shown(mean, 1)));
    assert!((mean - in_theory).abs() < 1.5, "{mean}");
    // 1 − 0.7⁵ = 0.832
    let in_theory: f64 = 0.832;
    let share = f64::from(came) / f64::from(n);
    figure("triggers.share", format!("{} of {in_theory}", shown(share, 3)));
    assert!((share - in_theory).abs() < 0.04, "{share}");
    // normal scores of −0.5 have a rank correlation of 6/π·asin(−0.25) = −0.483
    let in_theory: f64 = -0.483;
    let together = rank_correlation(&leakage, &lost);
    figure("triggers.correlation", format!("{} of {}", shown(together, 3), shown(in_theory, 3)));
    assert!((together - in_theory).abs() < 0.08, "{together}");
}

#[test]
fn in_the_central_replicate_a_window_is_met_in_its_middle_and_what_is_likelier_than_not_comes() {
    let experiment = shipped("compound");
    let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL);
    let start = |id: &str| {
        let name = format!("compound/{id}/start");
        replicates.draws[experiment.timings.iter().position(|t| t.start.name == name).unwrap()].start
    };
    let month = 365.25 / 12.0 / 7.0;
    assert!((start("closure") - start("rule") - 7.0 * month).abs() < 0.2);
    // half have waited ln(0.5)/ln(0.7) = 1.943 years
    assert!((start("outage") - start("rule") - 1.9434 * 52.0).abs() < 0.1);
}

/// A notice of six weeks: the cover is ordered six weeks before the shock, in the arm with the shock
/// alone; and never where the data exchange comes after the shock.
#[test]
fn a_notice_comes_before_the_shock_and_only_where_there_is_one() {
    use crate::shipped::scenarios;
    use chokepoint_core::plan::Effect;
    use chokepoint_scenario::{Request, load};
    let starts = |decided: &str| {
        let request = Request {
            scenario: scenarios().join("dytb-halt-us.ron"),
            strategies: Some(vec!["early-warning".to_owned()]),
            decisions: vec![decided.parse().unwrap()],
            ..Request::default()
        };
        let (experiment, _) = load(&request).unwrap_or_else(|problems| panic!("{problems}"));
        let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL);
        let shock = replicates.draws[experiment.arms[1].plan.events[0].draw].start;
        let buffers = |baseline: bool| -> Vec<f64> {
            let arm = experiment.arms.iter().find(|a| a.strategy.is_some() && a.shocked != baseline).unwrap();
            let events = arm.plan.events.iter().filter(|e| matches!(e.effect, Effect::Buffer { .. }));
            events.map(|e| shock - replicates.draws[e.draw].start).collect()
        };
        (buffers(false), buffers(true))
    };
    let (with_shock, in_baseline) = starts("2025-01-15");
    assert_eq!((with_shock, in_baseline), (vec![6.0], Vec::new()));
    let (with_shock, in_baseline) = starts("2026-06-01");
    assert!(with_shock[0] < -10_000.0 && in_baseline.is_empty(), "{with_shock:?}");
}
