//! After a ban or a slump a chain with idle capacity and constant cost forgets it: prices come back to cost, and lines run.

use crate::episodes::lasting;
use crate::shipped::{central, shipped, toy};
use crate::{figure, shown};
use chokepoint_core::id::{AgentId, CommodityId, LinkId};
use chokepoint_core::network::{Network, Ordering, Role};
use chokepoint_core::plan::{Controlled, Effect, Event, Market, Plan};
use chokepoint_core::scope::{Scope, Series};
use chokepoint_core::state::State;
use chokepoint_core::week::step;
use chokepoint_montecarlo::history::record::Recorder;
use chokepoint_montecarlo::pairing::spread;
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::runner::Settings;
use std::sync::atomic::AtomicBool;

const WEEKS: u32 = 520;
const FIRST: u32 = 104;

/// One mine with twice the capacity that is needed and one builder of durable goods, who keeps `cover` weeks of stock; goods
/// travel `lag` weeks. Behaviour is that of the shipped world.
fn one_mine(network: &Network, cover: f64, lag: u32) -> Network {
    let mut network = network.clone();
    network.ordering = Ordering::Smooth;
    network.agents[0].capacity = 2.0 * network.agents[0].base_activity;
    // a margin of a quarter over cash cost, as mines of the shipped world have it
    network.agents[0].own_cost_usd =
        0.8 * network.outputs[0].reference_price * network.outputs[0].per_activity;
    network.outputs[0].cover_weeks = 4.0;
    (network.links[0].lag_weeks, network.links[0].contract_share) = (lag, 0.4);
    let input = &mut network.inputs[0];
    (input.cover_weeks, input.mean_lag, input.speculation) = (cover, f64::from(lag), 1.0);
    let Role::Producer(builder) = &mut network.agents[1].role else { panic!("the second is no builder") };
    (builder.overtime_share, builder.catch_up_weeks, builder.patience_weeks) = (0.1, 4.0, 26.0);
    network
}

/// Price over cost by week, and the weeks in which a line is short, counted from the end of what happened.
fn after(effect: fn() -> Effect, magnitude: f64, weeks: u32, cover: f64, lag: u32) -> (Vec<f64>, Vec<u32>) {
    let world = toy("retail-calm");
    let network = one_mine(&world.network, cover, lag);
    let plan = Plan {
        events: vec![Event { effect: effect(), draw: 0 }],
        markets: vec![Market { commodity: CommodityId(0), links: vec![LinkId(0)] }],
        controlled: vec![Controlled { link: LinkId(0), market: Some(0), detour_weeks: 0 }],
        gateways: Vec::new(),
        weeks: WEEKS,
    };
    let mut replicates = central(&world);
    replicates.draws = vec![lasting(f64::from(FIRST), f64::from(weeks), 0.0, magnitude)];
    let mut state = State::at_reference(&network, &plan, &replicates);
    let (mut prices, mut short) = (Vec::new(), Vec::new());
    for week in 0..WEEKS {
        step(&mut state, &network, &plan, &replicates, week);
        let Some(since) = week.checked_sub(FIRST + weeks) else { continue };
        if state.agents.activity[1] < state.producers.plan[0].min(state.agents.wanted[1]) - 1e-9 {
            short.push(since);
        }
        prices.push(state.outputs.price[0] / network.outputs[0].reference_price);
    }
    (prices, short)
}

/// What happens, how much of it, for how many weeks.
type Shock = (&'static str, fn() -> Effect, f64, u32);

/// Furthest that the price is from cost after half a year and after a year, and the last week in which a line is short, over
/// bans and slumps and over what buyers keep and how far they are.
fn furthest() -> (f64, f64, u32) {
    let shocks: [Shock; 2] = [
        ("ban of a year", || Effect::ExportCap(vec![LinkId(0)]), 1.0, 52),
        ("demand halved for nine months", || Effect::DemandShift(vec![AgentId(1)]), -0.5, 39),
    ];
    let (mut half_a_year, mut a_year, mut last) = (0.0_f64, 0.0_f64, 0);
    for (cover, lag) in [(4.0, 2), (4.0, 8), (13.0, 2)] {
        for (name, effect, magnitude, weeks) in shocks {
            let (prices, short) = after(effect, magnitude, weeks, cover, lag);
            let from = |from: usize| prices[from..].iter().map(|p| (p - 1.0).abs()).fold(0.0, f64::max);
            let last_short = short.last().map_or(0, |week| week + 1);
            println!(
                "{name}, {cover} weeks of stock, {lag} of transit: price at most {:.1} % from cost from week 26 on, \
                 {:.1} % from week 52 on; lines run from week {last_short} on",
                100.0 * from(26),
                100.0 * from(52)
            );
            (half_a_year, a_year) = (half_a_year.max(from(26)), a_year.max(from(52)));
            last = last.max(last_short);
        }
    }
    (half_a_year, a_year, last)
}

/// A mine with twice the capacity that is needed raises output when its customers are back: no line is short after half a
/// year, and the price is near its cost. Before, it turned orders down with half of its capacity idle, and its price stood at
/// 2.8 times its cost two years after the ban.
#[test]
fn with_idle_capacity_lines_run_half_a_year_after_a_ban_or_a_slump_and_the_price_is_near_cost() {
    let (half_a_year, a_year, last) = furthest();
    assert!(last <= 26, "lines short until week {last}");
    assert!(half_a_year < 0.12 && a_year < 0.12, "{half_a_year} {a_year}");
    figure("recovery.half-a-year", shown(100.0 * half_a_year, 0));
    figure("recovery.a-year", shown(100.0 * a_year, 0));
    figure("recovery.half-a-year.wanted", 100.0 * WANTED.0);
    figure("recovery.a-year.wanted", 100.0 * WANTED.1);
}

/// How near the price should be to cost after half a year and after a year.
const WANTED: (f64, f64) = (0.1, 0.05);

#[test]
#[ignore = "wanted: within 10 % after half a year and 5 % after a year; measured: 11 % and 11 %, from stocks that sellers rebuild while customers catch up"]
fn the_price_is_within_a_tenth_of_cost_after_half_a_year_and_a_twentieth_after_a_year() {
    let (half_a_year, a_year, _) = furthest();
    assert!(half_a_year <= WANTED.0 && a_year <= WANTED.1, "{half_a_year} {a_year}");
}

/// With investment, idling, thrifting and qualification on, in a world that grows, what is left of a rise after a year of cut
/// exports is bounded from above: against the baseline of the same replicate it never comes back to half of its peak.
#[test]
fn in_the_shipped_world_no_price_comes_back_to_half_its_peak_over_the_baseline_after_a_year_of_cut_exports() {
    const REPLICATES: u32 = 16;
    let experiment = shipped("supply-80");
    let goods = ["oxide-dy", "oxide-ndpr"];
    let of = |id: &str| experiment.world.commodities.iter().position(|c| c.id == id).unwrap();
    let mut series: Vec<Series> =
        goods.iter().map(|good| Series::OutsidePrice(CommodityId::from(of(good)))).collect();
    series.sort_unstable();
    let run = |arm: usize| {
        let scope = Scope { series: series.clone(), ..experiment.scope.clone() };
        let recorder = Recorder { experiment: &experiment, plan: experiment.arms[arm].plan.clone(), scope };
        let settings = Settings { replicates: REPLICATES, seed: 1, uncertainty: Uncertainty::FULL };
        let stop = AtomicBool::new(false);
        let records = recorder.run(settings, |record| record, &|_| (), &stop).unwrap();
        let at = |good: &str, week: u32| -> Vec<f64> {
            let series = Series::OutsidePrice(CommodityId::from(of(good)));
            records.iter().map(|record| recorder.at(record, series, week)).collect()
        };
        let weeks = experiment.scope.shock..experiment.arms[arm].plan.weeks;
        goods.map(|good| weeks.clone().map(|week| at(good, week)).collect::<Vec<_>>())
    };
    let (shocked, without) = (run(experiment.bare()), run(0));
    for (place, good) in goods.iter().enumerate() {
        let excess: Vec<f64> = shocked[place]
            .iter()
            .zip(&without[place])
            .map(|(with, without)| {
                let over: Vec<f64> = with.iter().zip(without).map(|(p, q)| p / q - 1.0).collect();
                spread(&over).1
            })
            .collect();
        let peak = excess.iter().copied().fold(0.0, f64::max);
        let after = excess[52 + 26..].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (name, value) in [("peak", peak), ("half-a-year", excess[52 + 26]), ("later", after)] {
            figure(&format!("recovery.shipped.{good}.{name}"), shown(100.0 * value, 0));
        }
        // what hardly rose has nothing to come back to
        let most = (0.5 * peak).max(0.1);
        assert!(after < most, "{good}: {after} half a year after the end or later, {peak} at its peak");
    }
}
