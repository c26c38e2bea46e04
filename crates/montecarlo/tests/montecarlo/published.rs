//! This model's numbers beside those of others.

use crate::shipped::{commodity, ran, region, shipped};
use chokepoint_core::id::{CommodityId, RegionId};
use chokepoint_core::scope::{Scope, Series};
use chokepoint_montecarlo::beside::{beside, value_added};
use chokepoint_montecarlo::history::record::Recorder;
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::pairing::spread;
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::Settings;
use std::sync::atomic::AtomicBool;

#[test]
fn value_added_is_that_of_the_plans() {
    let experiment = shipped("baseline");
    // `plans.csv`: units times value added; 1,493 billion in all (published_estimates.csv, base of the model)
    for (place, billions) in [(None, 1493.5), (Some("US"), 384.3), (Some("JP"), 120.3)] {
        let found = value_added(&experiment, place.map(|id| region(&experiment, id))) / 1e9;
        assert!((found - billions).abs() < 0.5, "{place:?}: {found}");
    }
}

#[test]
fn an_estimate_with_a_reserve_stands_beside_the_run_with_it_against_its_own_baseline() {
    let run = ran("japan-halt");
    let (experiment, ensemble) = (&run.0, &run.1);
    let rows = beside(experiment, ensemble);
    let ids: Vec<&str> = rows.iter().map(|row| row.estimate.id.as_str()).collect();
    assert_eq!(ids, ["daiwa-jp", "mizuho-jp", "nomura-jp-12"]);
    let outcome = Outcome {
        measure: OutcomeKind::ValueAddedLost,
        region: Some(region(experiment, "JP")),
        sector: None,
        item: None,
    };
    let place = ensemble.outcome(&outcome).unwrap();
    let of = |id: &str| experiment.arms.iter().position(|arm| arm.id == id).unwrap();
    let lost = |with: &str, without: &str| {
        let pairs = ensemble.column(of(with), place).into_iter().zip(ensemble.column(of(without), place));
        spread(&pairs.map(|(with, without)| with - without).collect::<Vec<f64>>())
    };
    let same = |ours: [f64; 3], (low, middle, high): (f64, f64, f64)| assert_eq!(ours, [low, middle, high]);
    same(rows[0].ours, lost("no-strategy", "baseline"));
    same(rows[1].ours, lost("japan-reserve-60", "baseline+japan-reserve-60"));
    assert!(rows[1].ours[1] < rows[0].ours[1]);
}

/// A price is that of the shocked run: what is compared is a peak over the month before.
#[test]
fn a_price_stands_beside_a_price() {
    let run = ran("gallium-ban");
    let rows = beside(&run.0, &run.1);
    let price = rows.iter().find(|row| row.item.is_some()).unwrap();
    assert_eq!(price.theirs, Some([2.5; 3]));
    assert!(price.ours[0] > 1.0 && price.gdp.is_none(), "{:?}", price.ours);
}

#[test]
fn what_is_made_of_a_good_in_all_regions_is_its_output_at_the_reference_level_when_nothing_happens() {
    let experiment = shipped("baseline");
    let good = CommodityId::from(commodity(&experiment, "oxide-ndpr"));
    let regions = 0..experiment.world.regions.len();
    let series: Vec<Series> = regions.map(|r| Series::Made(good, RegionId::from(r))).collect();
    let scope = Scope { series: series.clone(), ..experiment.scope.clone() };
    let recorder = Recorder { experiment: &experiment, plan: experiment.arms[0].plan.clone(), scope };
    let settings = Settings { replicates: 1, seed: 1, uncertainty: Uncertainty::NONE };
    let records = recorder.run(settings, |record| record, &|_| (), &AtomicBool::new(false)).unwrap();
    let made =
        |week: u32| -> f64 { series.iter().map(|series| recorder.at(&records[0], *series, week)).sum() };
    let network = &experiment.network;
    let outputs = network.outputs.iter().filter(|output| output.commodity == good);
    let expected: f64 =
        outputs.map(|output| network.agents[output.agent.at()].base_activity * output.per_activity).sum();
    for week in [recorder.scope.from, recorder.scope.from + 100] {
        assert!((made(week) / expected - 1.0).abs() < 0.01, "{} of {expected}", made(week));
    }
}
