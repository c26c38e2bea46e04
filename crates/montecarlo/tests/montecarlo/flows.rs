//! What moves between stages and regions, on the shipped world.

use crate::shipped::shipped;
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{Ensemble, Settings, run};
use chokepoint_montecarlo::tables::flows;
use chokepoint_scenario::Experiment;
use std::sync::atomic::AtomicBool;

/// Eight times the central replicate at the reference level.
fn central(id: &str) -> (Experiment, Ensemble) {
    let experiment = shipped(id);
    let settings = Settings { replicates: 8, seed: 1, uncertainty: Uncertainty::NONE };
    let ensemble = run(&experiment, settings, &|_| (), &AtomicBool::new(false)).unwrap();
    (experiment, ensemble)
}

/// The structure at the reference level is carried forward: before the shock each way carries what its links carry at the reference level, in contained
/// tonnes of a year of 52 weeks. Ways without a flow at the reference level carry nothing.
#[test]
fn before_a_shock_every_way_carries_what_it_carries_at_rest() {
    let (experiment, ensemble) = central("dytb-halt-us");
    let network = &experiment.network;
    let mut shown = 0;
    for (w, (from, to)) in ensemble.ways.ways.iter().enumerate() {
        for element in 0..network.elements {
            let links = network.links.iter().filter(|link| {
                let (seller, buyer) = (network.seller_of(link), network.buyer_of(link));
                (seller.stage, seller.region) == *from && (buyer.stage, buyer.region) == *to
            });
            let of = |link: &chokepoint_core::network::Link| {
                52.0 * link.base_flow * network.content(network.inputs[link.buyer.at()].commodity, element)
            };
            let at_reference: f64 = links.map(of).sum();
            let flow = f64::from(ensemble.flows[0][ensemble.ways.place(w, element)]);
            assert!(
                (flow - at_reference).abs() <= 0.01 * at_reference + 1e-3,
                "{from:?} {to:?} {element}: {flow} {at_reference}"
            );
            shown += usize::from(at_reference > 0.0);
        }
    }
    assert!(shown > 500, "{shown}");
}

/// A halt to the United States thins what reaches its component makers and nobody else's, and a way that is cut wholly is
/// a row of zeros in the table, not a row that is missing.
#[test]
fn a_halt_thins_what_reaches_its_target_and_every_way_has_a_row_for_both_periods() {
    let (experiment, ensemble) = central("dytb-halt-us");
    let world = &experiment.world;
    let dysprosium = world.elements.iter().position(|e| e.id == "Dy").unwrap();
    let component = world.stages.iter().position(|s| s.id == "Component").unwrap();
    let reaches = |period: usize, region: &str| -> f64 {
        let region = world.regions.iter().position(|r| r.id == region).unwrap();
        let ways = ensemble.ways.ways.iter().enumerate();
        ways.filter(|(_, (from, to))| {
            to.0.at() == component && to.1.at() == region && from.0.at() < component
        })
        .map(|(w, _)| {
            let place = period * ensemble.ways.places() + ensemble.ways.place(w, dysprosium);
            f64::from(ensemble.flows[0][place])
        })
        .sum()
    };
    let left = |region: &str| reaches(1, region) / reaches(0, region);
    assert!(left("US") < 0.8 && left("EU") > 0.95 && left("CN") > 0.95, "{} {}", left("US"), left("EU"));
    let table = flows(&experiment, &ensemble);
    let ways = |period: &str| -> Vec<String> {
        let rows = table.lines().filter_map(|row| row.strip_prefix(period));
        rows.map(|row| row.split(",t/year,").next().unwrap().to_owned()).collect()
    };
    assert!(ways("before").len() > 500 && ways("before") == ways("during"));
}
