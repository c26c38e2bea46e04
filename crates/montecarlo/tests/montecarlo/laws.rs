//! Laws that hold on the shipped world in every week.

use crate::shipped::{central, shipped, synthetic};
use crate::{figure, shown, table};
use chokepoint_core::network::Network;
use chokepoint_core::outcome::Tally;
use chokepoint_core::plan::{Plan, Replicates};
use chokepoint_core::scope::{Scope, Series};
use chokepoint_core::state::State;
use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_core::week;
use chokepoint_montecarlo::laws;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_montecarlo::validity;
use chokepoint_scenario::Experiment;
use chokepoint_world::catalogue::Check;

fn mass_holds(experiment: &Experiment, arm: &str) {
    let plan = &experiment.arms.iter().find(|a| a.id == arm).unwrap().plan;
    let replicates = draw_replicates::<f64>(experiment, 1, 3, Uncertainty::FULL);
    let held = laws::hold(&experiment.network, plan, &replicates, plan.weeks);
    held.unwrap_or_else(|broken| panic!("{arm} of {}: {broken}", experiment.scenario.id));
}

#[test]
fn mass_of_every_element_is_conserved_every_week_under_an_embargo() {
    mass_holds(&shipped("full-embargo"), "no-strategy");
}

#[test]
fn mass_of_every_element_is_conserved_every_week_with_a_stockpile_that_fills_and_releases() {
    mass_holds(&shipped("full-embargo"), "government-stockpile");
}

#[test]
fn mass_of_every_element_is_conserved_every_week_with_leakage_detours_thrifting_traders_and_a_stockpile() {
    mass_holds(&shipped("licence-squeeze"), "government-stockpile");
}

#[test]
fn mass_of_every_element_is_conserved_every_week_under_a_quota_with_stocks_destroyed() {
    mass_holds(&synthetic("quota-cut"), "no-strategy");
}

#[test]
fn mass_of_every_element_is_conserved_every_week_through_a_strike_with_buffers() {
    mass_holds(&shipped("port-strike"), "oem-buffer");
}

#[test]
fn mass_of_every_element_is_conserved_every_week_in_a_price_war_with_new_plants_exits_and_recycling() {
    mass_holds(&shipped("price-war"), "price-floor");
    mass_holds(&shipped("technology-embargo"), "canada-mine-to-magnet");
    mass_holds(&shipped("technology-embargo"), "recycling");
}

#[test]
fn another_mineral_keeps_the_laws_and_rests_without_a_change_of_code() {
    let experiment = shipped("gallium-licensing");
    assert!((25..60).contains(&experiment.network.agents.len()));
    mass_holds(&experiment, "baseline");
    mass_holds(&experiment, "no-strategy");
    rests(&experiment);
}

/// How far an index or an output may be from its reference level.
const AT_REFERENCE: f64 = 0.01;

#[test]
fn ten_years_without_shock_and_noise_stay_within_one_per_cent_of_reference() {
    rests(&shipped("baseline"));
    figure("laws.reference", 100.0 * AT_REFERENCE);
    figure("validity.prices", format!("{} and {}", validity::PRICES.0, validity::PRICES.1));
    figure("validity.cover", validity::COVER.1);
}

fn rests(experiment: &Experiment) {
    let mut plan = experiment.arms[0].plan.clone();
    plan.weeks = 520;
    let scope = Scope { from: 0, shock: 4, ..experiment.scope.clone() };
    let mut tally = Tally::<f64>::new(&experiment.network, &plan, &scope);
    week::run(&experiment.network, &plan, &central(experiment), &mut tally);
    let width = scope.series.len();
    for (place, series) in scope.series.iter().enumerate() {
        let moved = match series {
            Series::Output(..) | Series::HomePrice(_) | Series::OutsidePrice(_) => 1.0,
            Series::Unmet(..) | Series::UnmetRegion(_) => 0.0,
            _ => continue,
        };
        for (week, row) in tally.series.chunks(width).enumerate() {
            assert!((row[place] - moved).abs() < AT_REFERENCE, "{series:?} is {} in week {week}", row[place]);
        }
    }
}

/// Under noise: how far a mean output may be from its reference level, between what prices lie, and by what share they may
/// drift on average.
const OUTPUT: f64 = 0.05;
const PRICES: (f64, f64) = (0.6, 2.0);
const DRIFT: f64 = 0.02;

#[test]
fn with_noise_output_stays_in_its_band_and_prices_do_not_drift() {
    let experiment = shipped("baseline");
    let mut plan = experiment.arms[0].plan.clone();
    plan.weeks = SPIN_UP_WEEKS + 260;
    let scope = Scope { from: SPIN_UP_WEEKS, shock: SPIN_UP_WEEKS + 4, ..experiment.scope.clone() };
    let noise = Uncertainty { variation: true, parameters: false, trends: false };
    let width = scope.series.len();
    let replicates = 8;
    let mut drift: Vec<Vec<f64>> = vec![Vec::new(); width];
    for replicate in 0..replicates {
        let replicates = draw_replicates::<f64>(&experiment, 1, replicate, noise);
        let mut tally = Tally::<f64>::new(&experiment.network, &plan, &scope);
        week::run(&experiment.network, &plan, &replicates, &mut tally);
        for (place, series) in scope.series.iter().enumerate() {
            let column: Vec<f64> = tally.series.chunks(width).map(|row| row[place]).collect();
            let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
            match series {
                Series::Output(..) => {
                    assert!((mean(&column) - 1.0).abs() < OUTPUT, "{series:?}: {}", mean(&column))
                }
                Series::HomePrice(_) | Series::OutsidePrice(_) => {
                    assert!(column.iter().all(|p| (PRICES.0..PRICES.1).contains(p)), "{series:?}");
                    // the last two years against the first two
                    drift[place].push(mean(&column[156..]) / mean(&column[..104]) - 1.0);
                }
                _ => {}
            }
        }
    }
    let (mut sum, mut prices, mut most) = (0.0, 0.0, 0.0_f64);
    for (place, drifts) in drift.iter().enumerate().filter(|(_, d)| !d.is_empty()) {
        let n = drifts.len() as f64;
        let mean = drifts.iter().sum::<f64>() / n;
        let error = (drifts.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0) / n).sqrt();
        // swarf is a by-product that nobody's orders drive: under noise its users bid it up to their margin (see
        // docs/validation.md), so only its band is held
        if let Series::HomePrice(c) | Series::OutsidePrice(c) = scope.series[place]
            && experiment.world.commodities[c.at()].id.starts_with("swarf")
        {
            continue;
        }
        // some seventy prices are looked at: one of them may stray by four standard errors, not by more
        assert!(mean.abs() < DRIFT + 4.0 * error, "{:?} drifts by {mean} ± {error}", scope.series[place]);
        sum += mean;
        prices += 1.0;
        most = most.max(mean.abs());
    }
    figure("laws.noise.replicates", replicates);
    figure("laws.noise.output", 100.0 * OUTPUT);
    figure("laws.noise.prices", format!("{} to {}", PRICES.0, PRICES.1));
    figure("laws.noise.drift", 100.0 * DRIFT);
    figure("laws.noise.mean-drift", shown(100.0 * sum / prices, 1));
    figure("laws.noise.most-drift", shown(100.0 * most, 1));
    assert!((sum / prices).abs() < DRIFT, "{}", sum / prices);
}

/// Share by which a recorded output may be met before it is named.
const NAMED: f64 = 0.2;

#[test]
fn the_balance_keeps_chinas_shares_within_two_points_and_world_mine_output_within_three_per_cent() {
    let experiment = shipped("baseline");
    let check = |what: &str| {
        experiment
            .world
            .balance
            .checks
            .iter()
            .find(|c| c.what == what)
            .unwrap_or_else(|| panic!("no check `{what}`"))
    };
    let print = |c: &Check| {
        let (modelled, recorded) = (shown(c.modelled, 1), shown(c.recorded, 1));
        table("balance", &format!("| {} | {} | {modelled} | {recorded} |", c.what, c.unit));
    };
    table("balance", "| share or output | unit | model | record |");
    table("balance", "| --- | --- | ---: | ---: |");
    for what in [
        "Mining, total REO, CN share",
        "Separation, magnet REE oxide, CN share",
        "Separation, heavy REE (Dy, Tb), CN share",
        "Metal, NdPr and Dy metals, CN share",
        "Magnet, sintered NdFeB, CN share",
    ] {
        let c = check(what);
        print(c);
        assert!((c.modelled - c.recorded).abs() <= 2.0, "{what}: {} against {}", c.modelled, c.recorded);
    }
    let world = check("Mining, total REO, World output");
    assert!((world.modelled / world.recorded - 1.0).abs() <= 0.03, "{}", world.modelled);
    print(world);
    let far = |c: &&Check| c.recorded > 0.0 && (c.modelled / c.recorded - 1.0).abs() > NAMED;
    let outputs = experiment.world.balance.checks.iter().filter(|c| !c.unit.starts_with('%'));
    outputs.filter(far).for_each(print);
    figure("balance.named", 100.0 * NAMED);
    assert!(experiment.network.agents.len() >= 300);
}

#[test]
fn permuting_agents_and_their_suppliers_leaves_results_the_same_to_1e_9() {
    // the order decides the order of sums, so the last bits may differ and no more
    let experiment = shipped("dytb-halt-us");
    let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::CENTRAL);
    let plan = &experiment.arms[1].plan;
    let run = |network: &Network, plan: &Plan, replicates: &Replicates<f64>| -> Vec<f64> {
        let mut state = State::<f64>::at_reference(network, plan, replicates);
        for week in 0..experiment.scope.shock + 60 {
            week::step(&mut state, network, plan, replicates, week);
        }
        state.agents.activity
    };
    let plain = run(&experiment.network, plan, &replicates);
    let (network, permuted, place) = crate::same::reversed(&experiment.network, plan);
    let mut construction = replicates.construction.clone();
    for (old, w) in replicates.construction.iter().enumerate() {
        construction[place[old]] = *w;
    }
    let other = run(&network, &permuted, &Replicates { construction, ..replicates });
    assert!(place.iter().enumerate().any(|(old, new)| old != *new), "nothing was permuted");
    for (old, new) in place.iter().enumerate() {
        let (a, b) = (plain[old], other[*new]);
        assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{}: {a} {b}", experiment.agents[old].id);
    }
}
