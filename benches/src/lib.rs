//! A plain-loop reference of the model's week: one replicate, structs of numbers, the rules written straight down.
//!
//! It exists to be compared with: the same rules, the same flags, no allocation inside a week, the same result. It knows
//! what the shipped embargo exercises: caps that leak, but no licences, quotas, duties, announcements, closed gateways
//! or strategies.

mod make;
mod price;
mod trace;
mod trade;

use chokepoint_core::network::Network;
use chokepoint_core::plan::{Effect, Future, Plan, Week};
use chokepoint_core::state::{QUALIFIED, State};
use chokepoint_core::week::REVIEW_WEEKS;
use chokepoint_scenario::experiment::{Experiment, Request};

/// A cap that never binds.
const UNCAPPED: f64 = 1e12;

/// The experiment that is timed: the shipped embargo.
pub fn experiment() -> Experiment {
    let scenario = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/full-embargo.ron");
    match chokepoint_scenario::experiment::load(&Request { scenario, ..Request::default() }) {
        Ok((experiment, _)) => experiment,
        Err(problems) => panic!("{problems}"),
    }
}

/// What a buyer holds of one commodity.
#[derive(Clone, Debug, Default)]
struct Stock {
    stock: f64,
    cover: f64,
    target: f64,
    in_transit: f64,
    arrived: f64,
    intensity: f64,
    potential: f64,
    short_use: f64,
    long_use: f64,
    ordered: f64,
    bought: f64,
    paid: f64,
    fill: f64,
    worth: f64,
    inverse_worth: f64,
    log_offer: f64,
    trend: f64,
    traces: Vec<f64>,
    traces_in_transit: Vec<f64>,
}

/// What a seller holds of one commodity, and what he asks for it.
#[derive(Clone, Debug, Default)]
struct Offer {
    stock: f64,
    cover: f64,
    expected: f64,
    price: f64,
    slow_price: f64,
    trend: f64,
    contract: f64,
    spot: f64,
    speculation: f64,
    by_worth: f64,
    put: f64,
    shipped: f64,
    contract_fill: f64,
    spot_fill: f64,
    traces: Vec<f64>,
}

/// One link.
#[derive(Clone, Debug, Default)]
struct Trade {
    share: f64,
    reliability: f64,
    /// What may ship; in a review, what the choice of suppliers weighs.
    order: f64,
    asked: f64,
    sent: f64,
    pipe: Vec<f64>,
    /// Weeks of qualification left, of a supplier that is not qualified at rest.
    qualification: Option<f64>,
    controlled: bool,
    market: Option<usize>,
    cap: f64,
    leak: f64,
    premium: f64,
    legal: f64,
    leaked: f64,
    detour: Vec<f64>,
}

/// The outside price of a controlled market.
#[derive(Clone, Debug, Default)]
struct Gap {
    gap: f64,
    markup: f64,
    slow: f64,
    binding: f64,
    home: f64,
}

/// Who speculates on one seller's goods.
#[derive(Clone, Debug, Default)]
struct Trader {
    stock: f64,
    order: f64,
    bought: f64,
    sold: f64,
    traces: Vec<f64>,
}

/// A design that gives way to price.
#[derive(Clone, Debug)]
struct Design {
    decided: f64,
    intensity: f64,
    least: f64,
}

/// The chain in plain structs.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    network: &'a Network,
    plan: &'a Plan,
    future: &'a Future<f64>,
    stocks: Vec<Stock>,
    offers: Vec<Offer>,
    trades: Vec<Trade>,
    gaps: Vec<Gap>,
    traders: Vec<Trader>,
    designs: Vec<Design>,
    activity: Vec<f64>,
    wanted: Vec<f64>,
    cost_ratio: Vec<f64>,
    backlog: Vec<f64>,
    reference_cost: Vec<f64>,
}

fn positive(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}
fn least(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
fn most(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
fn clip(x: f64, low: f64, high: f64) -> f64 {
    least(most(x, low), high)
}
fn beyond(x: f64, band: f64) -> f64 {
    positive(x - band) - positive(-x - band)
}

impl<'a> Reference<'a> {
    /// The chain at rest.
    pub fn at_rest(network: &'a Network, plan: &'a Plan, future: &'a Future<f64>) -> Self {
        let state = State::<f64>::at_rest(network, plan, future);
        let k = network.tracing.traces.len();
        Self {
            network,
            plan,
            future,
            stocks: (0..network.inputs.len()).map(|i| stock_at_rest(&state, i, k)).collect(),
            offers: (0..network.outputs.len()).map(|o| offer_at_rest(&state, o, k)).collect(),
            trades: trades_at_rest(&state, network, plan),
            gaps: plan
                .markets
                .iter()
                .map(|m| Gap {
                    markup: 1.0,
                    home: network.commodities[m.commodity.at()].reference_price,
                    ..Gap::default()
                })
                .collect(),
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
            activity: network.agents.iter().map(|a| a.base_activity).collect(),
            wanted: network.agents.iter().map(|a| a.base_activity).collect(),
            cost_ratio: vec![1.0; network.agents.len()],
            backlog: vec![0.0; network.producers],
            reference_cost: state.reference_cost,
        }
    }

    /// One week.
    pub fn step(&mut self, week: Week) {
        self.events(week);
        self.arrive(week);
        self.mix_arrivals();
        self.produce(week);
        self.order();
        self.speculate();
        self.control();
        self.sell();
        self.buy(week);
        self.mix_shipments();
        self.post();
        self.value();
        self.bid();
        if week % REVIEW_WEEKS == REVIEW_WEEKS - 1 {
            self.choose_suppliers();
            self.qualify();
            self.thrift();
        }
    }

    /// Posted prices, to compare.
    pub fn prices(&self) -> impl Iterator<Item = f64> + '_ {
        self.offers.iter().map(|o| o.price)
    }

    /// Input stocks, to compare.
    pub fn input_stocks(&self) -> impl Iterator<Item = f64> + '_ {
        self.stocks.iter().map(|s| s.stock)
    }

    /// What is in force this week.
    fn events(&mut self, week: Week) {
        for trade in self.trades.iter_mut().filter(|t| t.controlled) {
            (trade.cap, trade.leak, trade.premium) = (UNCAPPED, 0.0, 0.0);
        }
        for gap in &mut self.gaps {
            gap.binding = 0.0;
        }
        for event in &self.plan.events {
            let draw = &self.future.draws[event.draw];
            let size = draw.magnitude * draw.intensity(week);
            if let Effect::ExportCap { links, markets } = &event.effect
                && size > 0.0
            {
                for link in links {
                    let trade = &mut self.trades[link.at()];
                    trade.cap = least(trade.cap, positive(1.0 - size));
                    trade.leak = most(trade.leak, draw.leak(week));
                    trade.premium = most(trade.premium, draw.leakage_premium);
                }
                for market in markets {
                    self.gaps[*market].binding = 1.0;
                }
            }
        }
    }
}

fn stock_at_rest(state: &State<f64>, i: usize, k: usize) -> Stock {
    let inputs = &state.inputs;
    Stock {
        stock: inputs.stock[i],
        cover: inputs.cover[i],
        target: inputs.target[i],
        in_transit: inputs.in_transit[i],
        intensity: inputs.intensity[i],
        potential: inputs.potential_use[i],
        short_use: inputs.short_run_use[i],
        long_use: inputs.long_run_use[i],
        paid: inputs.paid_price[i],
        fill: inputs.fill_rate[i],
        worth: inputs.worth[i],
        inverse_worth: inputs.inverse_worth[i],
        log_offer: inputs.log_offer[i],
        traces: state.traces.inputs[i * k..(i + 1) * k].to_vec(),
        traces_in_transit: state.traces.transit[i * k..(i + 1) * k].to_vec(),
        ..Stock::default()
    }
}

fn offer_at_rest(state: &State<f64>, o: usize, k: usize) -> Offer {
    let outputs = &state.outputs;
    Offer {
        stock: outputs.stock[o],
        cover: outputs.cover[o],
        expected: outputs.expected_orders[o],
        price: outputs.price[o],
        slow_price: outputs.slow_price[o],
        traces: state.traces.outputs[o * k..(o + 1) * k].to_vec(),
        ..Offer::default()
    }
}

fn trades_at_rest(state: &State<f64>, network: &Network, plan: &Plan) -> Vec<Trade> {
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
        trade.market = controlled.market;
        trade.detour = vec![0.0; controlled.detour_weeks as usize];
    }
    trades
}

#[cfg(test)]
mod tests {
    use super::*;
    use chokepoint_core::week;
    use chokepoint_montecarlo::future::{Uncertainty, futures};

    #[test]
    fn the_reference_gives_the_same_prices_and_stocks_after_a_year_of_embargo() {
        let mut experiment = experiment();
        // the embargo begins in week 10, so that the year that is compared has it
        for timing in &mut experiment.timings {
            timing.start.distribution = chokepoint_core::chance::Distribution::Fixed(10.0);
        }
        let future = futures::<f64>(&experiment, 1, 0, Uncertainty::FULL);
        let plan = &experiment.arms[1].plan;
        let mut state = State::<f64>::at_rest(&experiment.network, plan, &future);
        let mut reference = Reference::at_rest(&experiment.network, plan, &future);
        for week in 0..52 {
            week::step(&mut state, &experiment.network, plan, &future, week);
            reference.step(week);
        }
        for (a, b) in state.outputs.price.iter().zip(reference.prices()) {
            assert!((a - b).abs() <= 1e-12 * a.abs(), "price {a} {b}");
        }
        let inputs = &experiment.network.inputs;
        for ((a, b), input) in state.inputs.stock.iter().zip(reference.input_stocks()).zip(inputs) {
            // an empty stock is rounding beside a week's use
            assert!((a - b).abs() <= 1e-12 * a.abs().max(input.base_use), "stock {a} {b}");
        }
    }
}
