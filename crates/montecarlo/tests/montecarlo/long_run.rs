//! The long run on the shipped world: new supply, price wars, floors, and money that goes round.

use crate::shipped::{scenarios, shipped};
use crate::{figure, listed, shown};
use chokepoint_core::chance::Distribution;
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::outcome::ledger::Entry;
use chokepoint_core::outcome::plants::PlantOutcome;
use chokepoint_core::plan::Effect;
use chokepoint_core::scope::{Series, producers};
use chokepoint_core::time::NEVER;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_input::document::Payer;
use chokepoint_montecarlo::costs::{Cost, CostKind, Payee, Spending, discount};
use chokepoint_montecarlo::drift;
use chokepoint_montecarlo::outcomes::{Outcome, OutcomeKind};
use chokepoint_montecarlo::pairing::tail_mean;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_montecarlo::runner::{Ensemble, Settings, batch_arms, run};
use chokepoint_montecarlo::welfare::{
    Rates, Verdict, Year, break_even, of_a_dollar_a_year, present_value, uniform_date, verdict,
};
use chokepoint_scenario::{Experiment, Request, load};
use std::sync::atomic::AtomicBool;

fn with(id: &str, strategies: &[&str]) -> Experiment {
    let request = Request {
        scenario: scenarios().join(format!("{id}.ron")),
        strategies: Some(strategies.iter().map(|s| (*s).to_owned()).collect()),
        ..Request::default()
    };
    load(&request).map(|(experiment, _)| experiment).unwrap_or_else(|problems| panic!("{problems}"))
}

fn ensemble(experiment: &Experiment, replicates: u32) -> Ensemble {
    let settings = Settings { replicates, seed: 1, uncertainty: Uncertainty::FULL };
    run(experiment, settings, &|_| (), &AtomicBool::new(false)).unwrap()
}

fn arm(experiment: &Experiment, id: &str) -> usize {
    experiment.arms.iter().position(|a| a.id == id).unwrap_or_else(|| panic!("no arm `{id}`"))
}

fn plant(experiment: &Experiment, id: &str) -> usize {
    experiment.agents.iter().position(|a| a.id == id).unwrap()
}

fn share(values: impl Iterator<Item = bool>) -> f64 {
    let values: Vec<bool> = values.collect();
    values.iter().filter(|v| **v).count() as f64 / values.len() as f64
}

/// Demand grows and plants keep up: nobody stops, and prices stay within what a decade has seen.
#[test]
fn the_baseline_grows_for_five_years_without_a_line_stop() {
    let experiment = shipped("baseline");
    let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL);
    let tally = crate::shipped::tally(&experiment, "baseline", &replicates);
    assert!(producers(&experiment.network).all(|(a, ..)| tally.lines[a].first_stop >= NEVER));
    let width = experiment.scope.series.len();
    let last = tally.series.chunks(width).next_back().unwrap();
    let (mut output, mut costliest) = (Vec::new(), 0.0_f64);
    for (series, value) in experiment.scope.series.iter().zip(last) {
        match series {
            Series::HomePrice(_) | Series::OutsidePrice(_) => {
                assert!((0.3..3.0).contains(value), "{series:?} {value}");
                costliest = costliest.max(*value);
            }
            Series::Output(stage, _) if stage.at() + 1 == experiment.network.stages => output.push(*value),
            _ => {}
        }
    }
    let mean = output.iter().sum::<f64>() / output.len() as f64;
    let outside = |id: &str| {
        let c = crate::shipped::commodity(&experiment, id);
        let wanted = |s: &Series| matches!(s, Series::OutsidePrice(x) if x.at() == c);
        last[experiment.scope.series.iter().position(wanted).unwrap()]
    };
    let (ndpr, dy, ce) = (outside("oxide-ndpr"), outside("oxide-dy"), outside("oxide-ce"));
    let prices = [("output", mean), ("costliest", costliest), ("ndpr", ndpr), ("dy", dy), ("ce", ce)];
    prices.iter().for_each(|(what, value)| figure(&format!("patterns.baseline.{what}"), shown(*value, 2)));
    figure("baseline.bound.stocks", shown(100.0 * (drift::STOCKS.1 - 1.0), 0));
    figure("baseline.bound.inside", shown(100.0 * (drift::INSIDE - 1.0), 0));
    assert!((1.05..1.6).contains(&mean), "{mean}");
    // the balance problem: magnets grow, so that what comes along with their elements is in surplus
    assert!(ce < 0.9 && ndpr > 1.0 && dy > 0.9, "{ce} {ndpr} {dy}");
}

/// Whatever number of inputs a plant needs, it orders them all when it has none, and runs.
#[test]
fn every_plant_that_is_built_makes_something() {
    let experiment = with("baseline", &["friend-shoring"]);
    let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL);
    let tally = crate::shipped::tally(&experiment, "friend-shoring", &replicates);
    let (mut built, mut silent) = (0, Vec::new());
    for (a, plant) in tally.plants.iter().enumerate() {
        let agent = &experiment.network.agents[a];
        // complete for a year, and not idle before it made anything
        let complete = agent.base_activity == 0.0 && plant.installed > 0.99 * agent.capacity;
        if complete && plant.first_idle >= NEVER {
            built += 1;
            silent.extend((plant.first_output >= NEVER).then_some(&experiment.agents[a].id));
        }
    }
    println!("{built} plants built, without output: {silent:?}");
    assert!(built >= 10 && silent.is_empty(), "{silent:?}");
}

/// Pattern 6, first half: what is decided after an embargo has begun makes its first tonne years later.
#[test]
fn after_a_two_year_embargo_the_first_new_output_outside_china_arrives_years_later() {
    let experiment = with("full-embargo", &[]);
    let replicates = 32;
    let ensemble = ensemble(&experiment, replicates);
    let outcome = Outcome { measure: OutcomeKind::FirstNewOutput, region: None, sector: None, item: None };
    let place = ensemble.outcome(&outcome).unwrap();
    let mut weeks = ensemble.column(arm(&experiment, "no-strategy"), place);
    weeks.sort_by(f64::total_cmp);
    let built = share(weeks.iter().map(|w| *w < NEVER));
    figure("patterns.new-supply.replicates", replicates);
    figure("patterns.new-supply.weeks", shown(weeks[weeks.len() / 2], 0));
    figure("patterns.new-supply.earliest", shown(weeks[0], 0));
    figure("patterns.new-supply.share", shown(100.0 * built, 0));
    assert!(weeks[0] >= 52.0 && weeks[weeks.len() / 2] >= 104.0, "{weeks:?}");
    assert!(built >= 0.5, "{built}");
}

/// Pattern 6, second half: the slump kills who has no floor under it.
#[test]
fn in_a_price_war_an_entrant_without_a_floor_idles_in_most_replicates_and_one_with_a_floor_does_not() {
    let experiment = with("price-war", &["price-floor"]);
    let replicates = 64;
    let ensemble = ensemble(&experiment, replicates);
    figure("patterns.slump.replicates", replicates);
    for entrant in ["caremag", "reelement"] {
        let a = plant(&experiment, entrant);
        let idles = |id: &str| {
            share(
                ensemble.plants[arm(&experiment, id)]
                    .iter()
                    .map(|run| f64::from(run[a].first_idle) < NEVER * 0.5),
            )
        };
        let (baseline, war) = (idles("baseline"), idles("no-strategy"));
        let (floor, baseline_floor) = (idles("price-floor"), idles("baseline+price-floor"));
        let print = |when: &str, share: f64| {
            figure(&format!("patterns.slump.{entrant}.{when}"), shown(100.0 * share, 0));
        };
        print("baseline", baseline);
        print("war", war);
        print("floor", floor);
        print("baseline-floor", baseline_floor);
        // a floor that covers every recycler has them bid for the same scrap: in a few replicates that squeezes one of them
        assert!(war > baseline && baseline_floor <= baseline && floor < 0.5 * war, "{entrant}");
        // the scrap that a recycler buys falls with the oxide that it sells: the war squeezes it less
        assert!(entrant != "caremag" || (war > 0.5 && baseline < 0.5), "{entrant}");
    }
    let all = Cost::all();
    let place = all
        .iter()
        .position(|c| *c == Cost { spent_on: Spending::FloorPayouts, payer: Payer::Public })
        .unwrap();
    let runs = &ensemble.costs[arm(&experiment, "price-floor")];
    let years = runs[0].len() / all.len();
    let by_year: Vec<f64> = (0..years)
        .map(|y| runs.iter().map(|run| run[place * years + y]).sum::<f64>() / runs.len() as f64)
        .collect();
    let millions: Vec<f64> = by_year.iter().map(|x| x / 1e6).collect();
    figure("patterns.slump.payouts.least", shown(millions.iter().copied().fold(f64::INFINITY, f64::min), 0));
    figure("patterns.slump.payouts.most", shown(millions.iter().copied().fold(0.0, f64::max), 0));
    assert_eq!(years, 8);
    assert!(by_year.iter().all(|x| *x > 0.0));
    let none = &ensemble.costs[arm(&experiment, "no-strategy")];
    assert!(none.iter().all(|run| run[place * years..(place + 1) * years].iter().all(|x| *x == 0.0)));
}

#[test]
fn a_replicate_with_plants_programmes_and_costs_alone_is_the_same_to_the_bit() {
    let experiment = with("price-war", &["price-floor", "canada-mine-to-magnet", "recycling"]);
    let ensemble = ensemble(&experiment, 8);
    let settings = Settings { replicates: 1, seed: 1, uncertainty: Uncertainty::FULL };
    let alone = batch_arms::<f64>(&experiment, &ensemble, settings, 5);
    let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
    for (arm, alone) in alone.iter().enumerate() {
        assert_eq!(bits(&ensemble.values[arm][5]), bits(&alone[0].outcomes));
        assert_eq!(bits(&ensemble.costs[arm][5]), bits(&alone[0].costs));
        assert_eq!(ensemble.plants[arm][5], alone[0].plants);
    }
}

/// What regions buy from each other sums to what they sell, and no programme gives more than the whole.
#[test]
fn money_goes_round_every_year_under_every_programme() {
    let experiment = with("price-war", &["canada-mine-to-magnet", "recycling"]);
    let replicates = draw_replicates::<f64>(&experiment, 1, 3, Uncertainty::FULL);
    for id in ["no-strategy", "canada-mine-to-magnet", "recycling"] {
        let tally = crate::shipped::tally(&experiment, id, &replicates);
        let ledger = &tally.ledger;
        let sum = |year: usize, entry: Entry| -> f64 {
            (0..experiment.network.regions).map(|r| ledger.amount(year, entry, r)).sum()
        };
        let mut granted = 0.0;
        for year in 0..ledger.years {
            let (imports, exports) = (sum(year, Entry::Imports), sum(year, Entry::Exports));
            assert!(imports > 0.0 && (imports - exports).abs() < 1e-9 * imports, "{imports} {exports}");
            let grants = sum(year, Entry::Grants(chokepoint_core::plan::Payer::Public));
            assert!(grants >= 0.0 && grants <= sum(year, Entry::PlantCapital));
            granted += grants;
        }
        assert_eq!(granted > 0.0, id != "no-strategy", "{id}: {granted}");
    }
    // every outlay has a payee: somebody, a named resource, or what the payer holds
    for spending in Spending::all() {
        let holds = spending.payee() == Payee::Holding;
        assert_eq!(holds, spending.kind() == CostKind::Residual, "{spending:?}");
    }
}

#[test]
fn a_higher_floor_never_lets_more_entrants_idle_in_a_price_war() {
    let floors = [30.0, 60.0, 90.0, 120.0];
    let idled = floors.map(|price| {
        let mut experiment = with("price-war", &["price-floor"]);
        let events = &experiment.arms[arm(&experiment, "price-floor")].plan.events;
        let floor = events.iter().find(|e| matches!(e.effect, Effect::Floor(_))).unwrap();
        let draw = floor.draw;
        experiment.timings[draw].magnitude.distribution = Distribution::Fixed(price * 1e3);
        separators_abroad(&experiment, "price-floor", |plant| plant.weeks_idle)
    });
    figure("directions.floor.of", listed(&floors, 0));
    figure("directions.floor", listed(&idled, 0));
    // plants stop and start once a quarter, and what a floor keeps running weighs on those that it does not cover: one
    // plant-quarter more is no more
    assert!(idled.windows(2).all(|w| w[1] <= w[0] + 13.0) && idled[3] < 0.5 * idled[0], "{idled:?}");
}

/// What follows the war is another story: the deeper it was, the higher prices rise after it, and the sooner plants restart.
#[test]
fn a_deeper_price_war_never_leaves_entrants_running_longer() {
    let cuts = [0.1, 0.3, 0.5];
    let ran = cuts.map(|cut| {
        let mut experiment = with("price-war", &[]);
        let draw = experiment.arms[1].plan.events[0].draw;
        experiment.timings[draw].magnitude.distribution = Distribution::Fixed(cut);
        let war = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL).draws[draw];
        let ends = war.start + war.ramp + war.duration - f64::from(SPIN_UP_WEEKS);
        separators_abroad(&experiment, "no-strategy", |plant| plant.first_idle.min(ends))
    });
    figure("directions.price-war.of", listed(&cuts.map(|cut| 100.0 * cut), 0));
    figure("directions.price-war", listed(&ran, 0));
    assert!(ran.windows(2).all(|w| w[1] <= w[0]) && ran[2] < ran[0], "{ran:?}");
}

/// What is counted of separators outside the controlling country, all together, without random variation.
fn separators_abroad(experiment: &Experiment, id: &str, count: impl Fn(&PlantOutcome<f64>) -> f64) -> f64 {
    let replicates = draw_replicates::<f64>(experiment, 1, 0, Uncertainty::CENTRAL);
    let tally = crate::shipped::tally(experiment, id, &replicates);
    let agents = experiment.network.agents.iter().zip(&tally.plants);
    agents
        .filter(|(a, _)| experiment.world.stages[a.stage.at()].id == "Separation")
        .filter(|(a, _)| a.region.at() != experiment.world.home)
        .map(|(_, plant)| count(plant))
        .sum()
}

#[test]
fn a_longer_technology_embargo_never_brings_a_plant_earlier() {
    let delays = [0.0, 26.0, 78.0];
    let first = delays.map(|delay| {
        let mut experiment = with("technology-embargo", &["canada-mine-to-magnet"]);
        let events = &experiment.arms[arm(&experiment, "canada-mine-to-magnet")].plan.events;
        let slower = events.iter().find(|e| matches!(e.effect, Effect::ConstructionDelay(_))).unwrap().draw;
        experiment.timings[slower].magnitude.distribution = Distribution::Fixed(delay);
        let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL);
        let tally = crate::shipped::tally(&experiment, "canada-mine-to-magnet", &replicates);
        tally.plants[plant(&experiment, "src-separation")].first_output
    });
    figure("directions.slower-construction.of", listed(&delays, 0));
    figure("directions.slower-construction", listed(&first, 0));
    assert!(first.windows(2).all(|w| w[1] >= w[0]) && first[2] > first[0], "{first:?}");
}

#[test]
fn the_worst_twentieth_of_one_to_forty_is_39_and_a_half() {
    assert!((tail_mean(&(1..=40).map(f64::from).collect::<Vec<_>>()) - 39.5).abs() < 1e-12);
}

/// Two years at 10 per cent: 100 lost and 50 late in the first, 20 of public money at 0.3 in the second; 40 left, worth 30.
#[test]
fn a_present_value_is_the_one_worked_by_hand() {
    let rates = Rates { discount: 0.1, cost_of_funds: 0.3, late: 0.2, haircut: 0.25 };
    let years = [
        Year { lost: 100.0, late: 50.0, ..Year::default() },
        Year {
            public: 20.0,
            carrying: 10.0,
            resources: 7.0,
            net_imports: -3.0,
            thrifting: 1.0,
            ..Year::default()
        },
    ];
    let by_hand =
        110.0 / exp(0.5 * ln(1.1)) + (6.0 + 10.0 + 7.0 - 3.0 + 1.0) / exp(1.5 * ln(1.1)) - 30.0 / 1.21;
    assert!((present_value(&years, 40.0, rates) - by_hand).abs() < 1e-9);
    assert!((discount(0.1, 1) - exp(-1.5 * ln(1.1))).abs() < 1e-12);
}

/// C = 10, B = 40: q* = 0.2; over five years 1 − 0.8^(1/5) = 4.36 % a year.
#[test]
fn break_even_is_the_one_worked_by_hand_and_the_words_are_right() {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    match verdict(10.0, 40.0, 5.0) {
        Verdict::Above { within, yearly } => {
            assert!(close(within, 0.2) && close(yearly, 1.0 - exp(0.2 * ln(0.8))), "{yearly}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(verdict(-1.0, 5.0, 5.0), Verdict::PaysAnyway);
    assert_eq!(verdict(5.0, -1.0, 5.0), Verdict::Never);
    assert_eq!(verdict(0.0, 0.0, 5.0), Verdict::NoEffect);
    // the same in every replicate: no spread, and nothing is discounted
    let n = 16;
    let (baseline, with, shock, helped) = (vec![100.0; n], vec![110.0; n], vec![300.0; n], vec![260.0; n]);
    let result = break_even((&baseline, &with), (&shock, &helped), &vec![(1.0, 4.0); n], 5.0, 1, "by hand");
    // 10 in present value are 2.5 a year where a dollar a year is worth 4
    assert!(close(result.premium.0, 2.5) && close(result.premium.1, 2.5) && close(result.premium.2, 2.5));
    assert!(close(result.cost.0, 10.0) && close(result.cost.1, 10.0) && close(result.benefit.0, 40.0));
    assert!(close(result.yearly.0, result.yearly.1) && close(result.yearly.0, 1.0 - exp(0.2 * ln(0.8))));
    // a benefit of 50 before cost, at half its weight: 25 − 10
    let result = break_even((&baseline, &with), (&shock, &helped), &vec![(0.5, 4.0); n], 5.0, 1, "by hand");
    assert!(close(result.benefit.0, 15.0), "{:?}", result.benefit);
    // (1 − e^(−1))/1 over ten years at ln(1 + r) = 0.1, from a shock at the start
    assert!(close(uniform_date(exp(0.1) - 1.0, 0.0, 10.0), 1.0 - exp(-1.0)));
    assert!(close(of_a_dollar_a_year(exp(0.1) - 1.0, 10.0), 10.0 * (1.0 - exp(-1.0))));
}
