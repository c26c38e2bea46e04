//! What moves between stages and regions, on the shipped world.

use crate::figure;
use crate::shipped::{shipped, synthetic};
use chokepoint_core::plan::Effect;
use chokepoint_core::scope::{Licences, Series};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::{Ensemble, Settings, run};
use chokepoint_montecarlo::tables::{columns, flows, reference, samples};
use chokepoint_scenario::Experiment;
use std::sync::atomic::AtomicBool;

/// Eight times the central replicate at the reference level.
fn central(id: &str) -> (Experiment, Ensemble) {
    run_central(shipped(id))
}

fn run_central(experiment: Experiment) -> (Experiment, Ensemble) {
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

/// Exports of a controlled good by destination, in tonnes, are its exports in all: its share of the reference level times the
/// tonnes of that in the table.
#[test]
fn exports_by_destination_add_up_to_all_exports_of_a_good_over_the_table_of_the_reference_level() {
    let (experiment, ensemble) = central("licence-squeeze");
    let world = &experiment.world;
    let table = reference(&experiment);
    let tonnes = |item: &str| -> f64 {
        let rows = table.lines().skip(1).map(|line| line.split(',').collect::<Vec<&str>>());
        rows.filter(|cells| cells[0] == item).map(|cells| cells[5].parse::<f64>().unwrap()).sum()
    };
    let series = &experiment.scope.series;
    let run = &ensemble.samples[experiment.bare()][0];
    let mut goods = 0;
    for (place, one) in series.iter().enumerate() {
        let Series::ControlledExports(market) = one else { continue };
        let good = experiment.arms[0].plan.markets[*market].commodity;
        let item = &world.commodities[good.at()].id;
        for week in run.chunks(series.len()) {
            let to = |s: &Series| matches!(s, Series::ExportsTo(item, _) if *item == good);
            let by_destination: f64 =
                series.iter().zip(week).filter(|(s, _)| to(s)).map(|(_, value)| f64::from(*value)).sum();
            let all = f64::from(week[place]) * tonnes(item);
            let apart = (by_destination - all).abs();
            assert!(all == 0.0 || apart <= 1e-4 * all + 1e-9, "{item}: {by_destination} {all}");
        }
        goods += 1;
    }
    assert!(goods > 5, "{goods}");
}

/// Share of what links carry at the reference level within which arrivals lie.
const NEAR: f64 = 0.02;

/// Before a halt what arrives from China in the United States is what links carry at the reference level; once it stands the
/// goods on their way still arrive, and then what comes round it. All arrivals of a good are what its buyers receive.
#[test]
fn what_was_on_its_way_still_arrives_after_a_halt_and_all_arrivals_are_what_buyers_receive() {
    let (experiment, ensemble) = central("dytb-halt-us");
    let (world, network, scope) = (&experiment.world, &experiment.network, &experiment.scope);
    let region = |id: &str| world.regions.iter().position(|r| r.id == id).unwrap();
    let good = world.commodities.iter().position(|c| c.id == "magnet-high-temperature").unwrap();
    let (shock, width) = ((scope.shock - scope.from) as usize, scope.series.len());
    let median =
        |arm: usize, week: usize, place: usize| ensemble.bands[arm].quantiles(week * width + place).p[2];
    let of_links = |from: usize, to: usize| {
        let links = network.links.iter().filter(move |link| {
            let (seller, buyer) = (network.seller_of(link), network.buyer_of(link));
            network.inputs[link.buyer.at()].commodity.at() == good
                && (seller.region.at(), buyer.region.at()) == (from, to)
        });
        links.collect::<Vec<_>>()
    };
    let mut all = 0.0;
    for (place, series) in scope.series.iter().enumerate() {
        let Series::Arrivals(c, from, to) = *series else { continue };
        if c.at() != good {
            continue;
        }
        let at_reference: f64 = of_links(from.at(), to.at()).iter().map(|link| link.base_flow).sum();
        let before = median(0, shock - 1, place);
        assert!((before - at_reference).abs() <= NEAR * at_reference + 1e-3, "{before} {at_reference}");
        all += before;
    }
    let used: f64 = network.inputs.iter().filter(|i| i.commodity.at() == good).map(|i| i.base_use).sum();
    assert!((all - used).abs() < NEAR * used, "{all} {used}");
    figure("flows.within", 100.0 * NEAR);
    let (china, us) = (region("CN"), region("US"));
    let wanted =
        |s: &Series| matches!(s, Series::Arrivals(c, f, t) if (c.at(), f.at(), t.at()) == (good, china, us));
    let place = scope.series.iter().position(wanted).unwrap();
    let lags: Vec<usize> = of_links(china, us).iter().map(|link| link.lag_weeks as usize).collect();
    let (first, last) = (*lags.iter().min().unwrap(), *lags.iter().max().unwrap());
    let usual = median(0, shock - 1, place);
    let none = experiment.no_strategy().unwrap();
    assert!(median(none, shock + first - 1, place) > 0.97 * usual, "still on their way");
    let after = median(none, shock + last + 2, place);
    assert!(after < 0.3 * usual, "{after} of {usual}");
}

/// Each column of the replicates' table has a name of its own, and each row of the samples has keys of its own: under licences, where most series are recorded.
#[test]
fn no_two_columns_or_rows_of_what_is_kept_of_replicates_have_the_same_name() {
    let (experiment, ensemble) = central("licence-squeeze");
    let mut names = columns(&experiment, &ensemble);
    let kinds = ["arrivals_", "licences_pending_", "spot_quote_", "unmet_demand_ev_us"];
    for kind in kinds {
        assert!(names.iter().any(|name| name.starts_with(kind)), "{kind}");
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    let mut text = Vec::new();
    samples(&experiment, &ensemble, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let key = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        [0, 1, 2, 4, 5, 6].map(|cell| cells[cell].to_owned())
    };
    let mut keys: Vec<[String; 6]> = text.lines().skip(1).map(key).collect();
    let rows = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert!(rows > 10_000 && keys.len() == rows, "{} of {rows}", keys.len());
}

/// Buyers of a class are those in its country, those most of whose output ends in its sectors, those with its share of the trade;
/// first come, first counted. Series by class add up to those of all, and each class is granted in a time of its own.
#[test]
fn licences_are_recorded_by_class_and_each_class_is_dealt_with_in_its_own_time() {
    let (experiment, ensemble) = run_central(synthetic("licence-classes"));
    let (network, scope) = (&experiment.network, &experiment.scope);
    let none = experiment.no_strategy().unwrap();
    let Effect::Licence(rule) = &experiment.arms[none].plan.events[0].effect else { panic!("a licence") };
    let japan = experiment.world.countries.iter().position(|country| country.id == "JP").unwrap();
    let mut trade = [0.0; 4];
    for licensed in &rule.links {
        let link = &network.links[licensed.link.at()];
        let (class, buyer) = (licensed.class.place as usize, network.buyer_of(link));
        trade[class] += link.base_flow;
        assert_eq!(class == 1, buyer.country.at() == japan);
    }
    assert!(trade.iter().all(|trade| *trade > 0.0), "{trade:?}");
    let (shock, width) = ((scope.shock - scope.from) as usize, scope.series.len());
    let value = |series: Series, week: usize| {
        let place = scope.series.iter().position(|s| *s == series).unwrap();
        ensemble.bands[none].quantiles((shock + week) * width + place).p[2]
    };
    let all: f64 = trade.iter().sum();
    for week in [1, 5, 30] {
        let of =
            |class: usize| trade[class] * value(Series::LicencesOf(Licences::Pending, class as u32), week);
        let (sum, whole) =
            ((0..4).map(of).sum::<f64>(), all * value(Series::Licences(Licences::Pending), week));
        assert!((sum / whole - 1.0).abs() < 0.02, "{week}: {sum} {whole}");
    }
    // two, four, eight and 24 weeks
    for (class, weeks) in [(3, 2), (1, 4), (0, 8), (2, 24)] {
        let granted = |week: usize| value(Series::LicencesOf(Licences::Granted, class), week);
        let first = (0..60).find(|week| granted(*week) > 0.01).unwrap();
        assert!(first.abs_diff(weeks) <= 1, "{class}: {first} {weeks}");
    }
}
