//! A plain-loop reference of the model's week: one replicate, structs of numbers, the rules written straight down.
//!
//! It exists to be compared with: the same rules, the same flags, no allocation inside a week, the same result. It knows
//! what the shipped embargo exercises: caps that leak, demand that grows, goods that come back, plants that are built,
//! idle and close; but no licences, quotas, duties, announcements, closed gateways or strategies, and of the long run no
//! programmes (grants, credits, loans, floors, commissioned projects, collection targets), no price war and no embargo
//! on technology.

pub mod bandwidth;
mod make;
mod plants;
mod price;
mod quote;
mod state;
mod trace;
mod trade;

use chokepoint_core::lanes::{Lane, exp, ln};
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Effect, Plan, Replicates};
use chokepoint_core::state::{QUALIFIED, State};
use chokepoint_core::time::REVIEW_WEEKS;
use chokepoint_core::time::Week;
use chokepoint_core::week::{self};
use chokepoint_scenario::{Experiment, Request};
use quote::spots;
pub use state::Reference;
use state::{Design, Goods, Offer, Plant, Stock, Trade, Trader, clip, least, most};
use std::path::{Path, PathBuf};

/// Weeks that are timed.
pub const WEEKS: u32 = 208;

/// The experiment that is timed: the shipped embargo, begun in week 10 so that the weeks that are timed have it.
pub fn experiment() -> Experiment {
    experiment_of(None)
}

/// The same of a scenario's file.
pub fn experiment_of(scenario: Option<PathBuf>) -> Experiment {
    let embargo = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/full-embargo.ron");
    let scenario = scenario.unwrap_or_else(embargo);
    match chokepoint_scenario::load(&Request { scenario, ..Request::default() }) {
        Ok((mut experiment, _)) => {
            for timing in &mut experiment.timings {
                timing.start.distribution = chokepoint_core::chance::Distribution::Fixed(10.0);
            }
            experiment
        }
        Err(problems) => panic!("{problems}"),
    }
}

/// Runs the kernels through the weeks that are timed.
pub fn weeks<L: Lane>(experiment: &Experiment, replicates: &Replicates<L>) {
    let plan = &experiment.arms[1].plan;
    let mut state = State::<L>::at_reference(&experiment.network, plan, replicates);
    for week in 0..WEEKS {
        week::step(&mut state, &experiment.network, plan, replicates, week);
    }
    std::hint::black_box(state.outputs.price[0]);
}

impl<'a> Reference<'a> {
    /// The chain at the reference level.
    pub fn at_reference(network: &'a Network, plan: &'a Plan, replicates: &'a Replicates<f64>) -> Self {
        let state = State::<f64>::at_reference(network, plan, replicates);
        let k = network.tracing.traces.len();
        let (spots, spot_of) = spots(network, plan);
        Self {
            network,
            plan,
            replicates,
            stocks: (0..network.inputs.len()).map(|i| stock_at_reference(&state, network, i)).collect(),
            offers: (0..network.outputs.len()).map(|o| offer_at_reference(&state, o)).collect(),
            trades: trades_at_reference(&state, network, plan, replicates),
            homes: plan
                .markets
                .iter()
                .map(|m| network.commodities[m.commodity.at()].reference_price)
                .collect(),
            spots,
            spot_of,
            traders: network
                .traded
                .iter()
                .map(|_| Trader { traces: vec![0.0; k], ..Trader::default() })
                .collect(),
            designs: network
                .thrifts
                .iter()
                .map(|_| Design { decided: 1.0, intensity: 1.0, least: 1.0 })
                .collect(),
            plants: (0..network.facilities).map(|a| Plant::at_reference(&state, a)).collect(),
            goods: network.collectors.iter().map(Goods::at_reference).collect(),
            activity: network.agents.iter().map(|a| a.base_activity).collect(),
            wanted: network.agents.iter().map(|a| a.base_activity).collect(),
            cost_ratio: vec![1.0; network.agents.len()],
            backlog: vec![0.0; network.producers],
            reference_cost: state.agents.reference_cost,
        }
    }

    /// One week.
    pub fn step(&mut self, week: Week) {
        self.events(week);
        self.arrive(week);
        self.come_back(week);
        self.give();
        self.mix_arrivals();
        self.produce(week);
        self.order(week);
        self.speculate();
        self.control(week);
        self.sell_round();
        self.sell(week);
        self.buy(week);
        self.mix_shipments();
        self.ask();
        self.follow();
        self.post();
        self.value();
        self.clear();
        if week % REVIEW_WEEKS == REVIEW_WEEKS - 1 {
            self.choose_suppliers();
            self.qualify();
            self.thrift(week);
        }
        self.long_run(week);
    }

    /// Posted prices, to compare.
    pub fn prices(&self) -> impl Iterator<Item = f64> + '_ {
        self.offers.iter().map(|o| o.price)
    }

    /// Input stocks, to compare.
    pub fn input_stocks(&self) -> impl Iterator<Item = f64> + '_ {
        self.stocks.iter().map(|s| s.stock)
    }

    /// Supplier shares, to compare.
    pub fn shares(&self) -> impl Iterator<Item = f64> + '_ {
        self.trades.iter().map(|t| t.share)
    }

    /// What agents do a week, to compare.
    pub fn activity(&self) -> impl Iterator<Item = f64> + '_ {
        self.activity.iter().copied()
    }

    /// Activity a week that facilities can run at now, to compare.
    pub fn usable(&self) -> impl Iterator<Item = f64> + '_ {
        self.plants.iter().map(|p| p.usable())
    }

    /// What each facility spent this week on capacity and on a restart, and lost by closing, to compare.
    pub fn outlays(&self) -> impl Iterator<Item = [f64; 3]> + '_ {
        self.plants.iter().map(|p| p.outlays())
    }

    /// What buyers bought abroad this week, to compare.
    pub fn imports(&self) -> impl Iterator<Item = f64> + '_ {
        self.stocks.iter().map(|s| s.imported)
    }

    /// What sellers sold abroad this week, to compare.
    pub fn exports(&self) -> impl Iterator<Item = f64> + '_ {
        self.offers.iter().map(|o| o.exported)
    }

    /// What is in force this week.
    fn events(&mut self, week: Week) {
        for trade in self.trades.iter_mut().filter(|t| t.controlled) {
            (trade.part, trade.size, trade.leak, trade.premium) = (0.0, 0.0, 0.0, 0.0);
        }
        for event in &self.plan.events {
            let draw = &self.replicates.draws[event.draw];
            let Effect::ExportCap(links) = &event.effect else { continue };
            let (from, to) = (most(f64::from(week), draw.start), least(f64::from(week) + 1.0, draw.gone()));
            if from >= to {
                continue;
            }
            let size = draw.magnitude * draw.level(0.5 * (from + to));
            let since = f64::from(week) + 0.5 - draw.start;
            for link in links {
                let trade = &mut self.trades[link.at()];
                (trade.part, trade.size, trade.premium) = (to - from, size, draw.leakage_premium);
                let up = clip(since / most(draw.leakage_ramp, 1e-9), 0.0, 1.0);
                trade.leak = (draw.leakage + (1.0 - draw.leakage) * (draw.diversion * trade.free)) * up;
            }
        }
    }

    /// What a cap refuses of orders beyond normal trade.
    fn depth(&self, size: f64) -> f64 {
        if size < 1.0 { 1.0 - exp(self.replicates.behaviour.cap_tightness * ln(1.0 - size)) } else { 1.0 }
    }
}

fn stock_at_reference(state: &State<f64>, network: &Network, i: usize) -> Stock {
    let inputs = &state.inputs;
    let buyer = network.inputs[i].agent.at();
    Stock {
        stock: inputs.stock[i],
        cover: inputs.cover[i],
        target: inputs.target[i],
        in_transit: inputs.in_transit[i],
        intensity: inputs.intensity[i],
        stretch: 1.0,
        potential: inputs.potential_use[i],
        short_use: inputs.short_run_use[i],
        long_use: inputs.long_run_use[i],
        usual_use: inputs.usual_use[i],
        paid: inputs.paid_price[i],
        fill: inputs.fill_rate[i],
        stake: inputs.stake[i],
        rank: 1.0,
        worth: inputs.worth[i],
        inverse_worth: inputs.inverse_worth[i],
        log_offer: inputs.log_offer[i],
        growth: state.plants.growth.get(buyer).copied().unwrap_or(1.0),
        outlook: state.plants.cost_outlook[i],
        offered: state.plants.cost_asked[i],
        traces: state.traces.inputs.row(i.into()).to_vec(),
        traces_in_transit: state.traces.transit.row(i.into()).to_vec(),
        ..Stock::default()
    }
}

fn offer_at_reference(state: &State<f64>, o: usize) -> Offer {
    let outputs = &state.outputs;
    Offer {
        stock: outputs.stock[o],
        cover: outputs.cover[o],
        expected: outputs.expected_orders[o],
        usual: outputs.usual_orders[o],
        price: outputs.price[o],
        slow_price: outputs.slow_price[o],
        slow_anchor: outputs.slow_anchor[o],
        acceptable_price: outputs.acceptable_price[o],
        growth: state.plants.order_growth.get(o).copied().unwrap_or(1.0),
        outlook: state.plants.price_outlook[o],
        bid: state.plants.price_asked[o],
        traces: state.traces.outputs.row(o.into()).to_vec(),
        ..Offer::default()
    }
}

fn trades_at_reference(
    state: &State<f64>,
    network: &Network,
    plan: &Plan,
    replicates: &Replicates<f64>,
) -> Vec<Trade> {
    let links = network.links.iter().zip(&state.links.candidate);
    let mut trades: Vec<Trade> = links
        .map(|(link, candidate)| Trade {
            share: link.base_share,
            reliability: 1.0,
            pipe: vec![link.base_flow; link.lag_weeks as usize],
            qualification: (*candidate != QUALIFIED).then(|| state.links.qualification[*candidate as usize]),
            ..Trade::default()
        })
        .collect();
    for controlled in &plan.controlled {
        let trade = &mut trades[controlled.link.at()];
        trade.controlled = true;
        trade.known = f64::INFINITY;
        trade.detour = vec![0.0; controlled.detour_weeks as usize];
    }
    for event in &plan.events {
        for link in event.effect.keeps_back() {
            let known = &mut trades[link.at()].known;
            *known = least(*known, replicates.draws[event.draw].known);
        }
        let links = event.effect.keeps_back();
        for (link, free) in links.iter().zip(state::free(network, &links)) {
            trades[link.at()].free = free;
        }
    }
    trades
}

#[cfg(test)]
mod tests {
    use super::*;
    use chokepoint_core::time::SPIN_UP_WEEKS;
    use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};

    /// Both give the same numbers to a billionth of a usual `size`: sums in another order round differently, and a
    /// shortage makes more of it.
    fn assert_same(
        what: &str,
        kernel: &[f64],
        reference: impl Iterator<Item = f64>,
        size: impl Fn(usize) -> f64,
    ) {
        let reference: Vec<f64> = reference.collect();
        assert_eq!(kernel.len(), reference.len(), "{what}");
        for (place, (a, b)) in kernel.iter().zip(&reference).enumerate() {
            assert!((a - b).abs() <= 1e-9 * a.abs().max(size(place)), "{what} of {place}: {a} {b}");
        }
    }

    fn assert_same_chain(state: &State<f64>, reference: &Reference<'_>, network: &Network) {
        let (inputs, outputs) = (&network.inputs, &network.outputs);
        assert_same("price", &state.outputs.price, reference.prices(), |_| 0.0);
        // an empty stock is rounding beside a week's use at full capacity
        let use_of = |i: usize| network.agents[inputs[i].agent.at()].capacity * inputs[i].per_activity;
        assert_same("stock", &state.inputs.stock, reference.input_stocks(), use_of);
        assert_same("share", &state.board.shares, reference.shares(), |_| 1.0);
        let size = |a: usize| network.agents[a].capacity;
        assert_same("activity", &state.agents.activity, reference.activity(), size);
        let plants = &state.plants;
        let usable: Vec<f64> = plants.installed.iter().zip(&plants.running).map(|(i, r)| i * r).collect();
        assert_same("capacity", &usable, reference.usable(), size);
        let capex = |a: usize| network.ventures[a].capex_usd * network.agents[a].capacity;
        assert_same("capital", &plants.capital, reference.outlays().map(|o| o[0]), capex);
        assert_same("restart", &plants.restarting, reference.outlays().map(|o| o[1]), capex);
        assert_same("closing", &plants.closing, reference.outlays().map(|o| o[2]), capex);
        let bill = |i: usize| use_of(i) * inputs[i].reference_price;
        assert_same("imports", &state.inputs.imported, reference.imports(), bill);
        let made = |o: usize| network.agents[outputs[o].agent.at()].capacity * outputs[o].per_activity;
        let sales = |o: usize| made(o) * outputs[o].reference_price;
        assert_same("exports", &state.outputs.exported, reference.exports(), sales);
    }

    #[test]
    fn the_reference_gives_the_same_chain_after_a_year_of_embargo_a_year_of_growth_and_at_the_horizon() {
        let experiment = experiment();
        let replicates = draw_replicates::<f64>(&experiment, 1, 0, Uncertainty::FULL);
        assert!(replicates.trends && !experiment.network.ventures.is_empty());
        let plan = &experiment.arms[1].plan;
        let mut state = State::<f64>::at_reference(&experiment.network, plan, &replicates);
        let mut reference = Reference::at_reference(&experiment.network, plan, &replicates);
        // demand grows, and plants are built, idle and close, only once the calendar has started
        for week in 0..plan.weeks {
            week::step(&mut state, &experiment.network, plan, &replicates, week);
            reference.step(week);
            if [52, SPIN_UP_WEEKS + 52, plan.weeks].contains(&(week + 1)) {
                assert_same_chain(&state, &reference, &experiment.network);
            }
        }
        let (idle, closed) = (state.plants.idle.iter(), state.plants.closed.iter());
        let (idle, closed) = (idle.filter(|w| **w > 0.0).count(), closed.filter(|c| **c > 0.0).count());
        println!("at the horizon {idle} plants are idle, {closed} have closed");
        assert!(idle > 0);
    }
}
