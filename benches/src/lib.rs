//! A plain-loop reference of the model's week: one replicate, structs of numbers, the rules written straight down.
//!
//! It exists to be compared with: the same rules, the same flags, no allocation inside a week, the same result.

use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::{Network, Role};
use chokepoint_core::plan::{Effect, Future, Plan, Week};
use chokepoint_core::state::State;
use chokepoint_core::week::REVIEW_WEEKS;
use chokepoint_scenario::experiment::{Experiment, Request};

/// The experiment that is timed: the shipped embargo.
pub fn experiment() -> Experiment {
    let scenario = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/full-embargo.ron");
    match chokepoint_scenario::experiment::load(&Request { scenario, ..Request::default() }) {
        Ok((experiment, _)) => experiment,
        Err(problems) => panic!("{problems}"),
    }
}

#[derive(Clone, Debug, Default)]
struct Stock {
    stock: f64,
    cover: f64,
    in_transit: f64,
    potential: f64,
    short_use: f64,
    long_use: f64,
    ordered: f64,
    paid: f64,
    fill: f64,
    worth: f64,
}

#[derive(Clone, Debug, Default)]
struct Offer {
    stock: f64,
    cover: f64,
    expected: f64,
    price: f64,
    slow_price: f64,
    contract: f64,
    spot: f64,
    worth: f64,
    shipped: f64,
    contract_fill: f64,
    spot_fill: f64,
}

#[derive(Clone, Debug, Default)]
struct Trade {
    share: f64,
    reliability: f64,
    order: f64,
    asked: f64,
    cap: f64,
    leak: f64,
    premium: f64,
    markup: f64,
    sent: f64,
    pipe: Vec<f64>,
    market: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Gap {
    gap: f64,
    slow: f64,
    binding: f64,
    home: f64,
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

impl<'a> Reference<'a> {
    /// The chain at rest.
    pub fn at_rest(network: &'a Network, plan: &'a Plan, future: &'a Future<f64>) -> Self {
        let state = State::<f64>::at_rest(network, plan, future);
        let market_of =
            |link: usize| plan.markets.iter().position(|m| m.links.iter().any(|l| l.at() == link));
        Self {
            network,
            plan,
            future,
            stocks: (0..network.inputs.len())
                .map(|i| Stock {
                    stock: state.inputs.stock[i],
                    cover: state.inputs.cover[i],
                    in_transit: state.inputs.in_transit[i],
                    potential: state.inputs.potential_use[i],
                    short_use: state.inputs.short_run_use[i],
                    long_use: state.inputs.long_run_use[i],
                    ordered: 0.0,
                    paid: state.inputs.paid_price[i],
                    fill: 1.0,
                    worth: state.inputs.worth[i],
                })
                .collect(),
            offers: (0..network.outputs.len())
                .map(|o| Offer {
                    stock: state.outputs.stock[o],
                    cover: state.outputs.cover[o],
                    expected: state.outputs.expected_orders[o],
                    price: state.outputs.price[o],
                    slow_price: state.outputs.slow_price[o],
                    ..Offer::default()
                })
                .collect(),
            trades: (0..network.links.len())
                .map(|l| Trade {
                    share: network.links[l].base_share,
                    reliability: 1.0,
                    markup: 1.0,
                    pipe: vec![network.links[l].base_flow; network.links[l].lag_weeks as usize],
                    market: market_of(l),
                    ..Trade::default()
                })
                .collect(),
            gaps: plan
                .markets
                .iter()
                .map(|m| Gap {
                    home: network.commodities[m.commodity.at()].reference_price,
                    ..Gap::default()
                })
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
        self.produce(week);
        self.order();
        self.ship(week);
        self.price();
        if week % REVIEW_WEEKS == REVIEW_WEEKS - 1 {
            self.review();
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

    fn events(&mut self, week: Week) {
        for trade in self.trades.iter_mut().filter(|t| t.market.is_some()) {
            (trade.cap, trade.leak, trade.premium) = (1e12, 0.0, 0.0);
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

    fn arrive(&mut self, week: Week) {
        for (i, input) in self.network.inputs.iter().enumerate() {
            let mut arrived = 0.0;
            for l in self.network.links_of(input) {
                let lag = self.network.links[l].lag_weeks;
                arrived += self.trades[l].pipe[(week % lag) as usize];
            }
            self.stocks[i].stock += arrived;
            self.stocks[i].in_transit = positive(self.stocks[i].in_transit - arrived);
        }
    }

    fn produce(&mut self, week: Week) {
        let (network, behaviour) = (self.network, &self.future.behaviour);
        for (a, agent) in network.agents.iter().enumerate() {
            match &agent.role {
                Role::Facility => {
                    let mut cost = agent.own_cost_usd;
                    for i in network.inputs_of(agent) {
                        cost += self.stocks[i].paid * network.inputs[i].per_activity;
                    }
                    self.cost_ratio[a] = cost * (1.0 / self.reference_cost[a]);
                    let (mut asked, mut weight) = (0.0, 0.0);
                    for o in network.outputs_of(agent) {
                        let (offer, output) = (&self.offers[o], &network.outputs[o]);
                        let gap = (offer.cover * offer.expected - offer.stock) / behaviour.adjustment_weeks;
                        asked += offer.price * (offer.expected + gap);
                        weight += offer.price * (output.per_activity * (1.0 - output.surplus_share));
                    }
                    let wanted = positive(asked / most(weight, 1e-300));
                    let x = clip((weight / cost - 0.7) / 0.3, 0.0, 1.0);
                    let wanted = wanted * (x * x * (3.0 - x * 2.0));
                    let row = week as usize * network.facilities + a;
                    let luck = self.future.availability.get(row).copied().unwrap_or(1.0);
                    self.wanted[a] = least(wanted, luck * agent.capacity);
                    self.take(a);
                    self.put(a);
                }
                Role::Producer(producer) => {
                    let p = a - network.facilities;
                    let row = week as usize * network.producers + p;
                    let luck = self.future.demand.get(row).copied().unwrap_or(1.0);
                    let plan = luck * agent.base_activity;
                    let overtime = producer.overtime_share * agent.base_activity;
                    self.wanted[a] =
                        plan + least(self.backlog[p] * (1.0 / producer.catch_up_weeks), overtime);
                    self.take(a);
                    let owed = positive(self.backlog[p] + plan - self.activity[a]);
                    self.backlog[p] = owed - owed * (1.0 / producer.patience_weeks);
                }
                Role::Reserve => {}
            }
        }
    }

    fn take(&mut self, a: usize) {
        let network = self.network;
        let range = network.inputs_of(&network.agents[a]);
        let (mut first, mut second) = (1e300, 1e300);
        for i in range.clone() {
            let possible = self.stocks[i].stock * (1.0 / network.inputs[i].per_activity);
            second = least(second, most(possible, first));
            first = least(first, possible);
        }
        self.activity[a] = least(self.wanted[a], first);
        for i in range {
            let per_activity = network.inputs[i].per_activity;
            let possible = self.stocks[i].stock * (1.0 / per_activity);
            let others = if first < possible { first } else { second };
            self.stocks[i].potential = least(self.wanted[a], others) * per_activity;
            self.stocks[i].stock = positive(self.stocks[i].stock - self.activity[a] * per_activity);
        }
    }

    fn put(&mut self, a: usize) {
        let response = self.future.behaviour.disposal_response;
        for o in self.network.outputs_of(&self.network.agents[a]) {
            let (offer, output) = (&mut self.offers[o], &self.network.outputs[o]);
            let produced = self.activity[a] * output.per_activity;
            let tiny = 1e-9 * output.base_orders + 1e-12;
            let ratio = (offer.stock + tiny) / (offer.cover * offer.expected + tiny);
            let share = if output.surplus_share > 0.0 {
                clip(output.surplus_share + response * ln(ratio), 0.0, 1.0)
            } else {
                clip(response * (ratio / 3.0 - 1.0), 0.0, 1.0)
            };
            offer.stock += produced - produced * share;
        }
    }

    fn order(&mut self) {
        let behaviour = &self.future.behaviour;
        for (i, input) in self.network.inputs.iter().enumerate() {
            let s = &mut self.stocks[i];
            if !matches!(self.network.agents[input.agent.at()].role, Role::Reserve) {
                s.short_use += behaviour.forecast_speed * (s.potential - s.short_use);
                s.long_use += behaviour.long_run_speed * (s.potential - s.long_use);
                let wanted = (s.cover + (input.mean_lag - 1.0)) * s.long_use;
                let gap = (wanted - s.stock - s.in_transit) / behaviour.adjustment_weeks;
                s.ordered = positive(s.short_use + least(gap, behaviour.order_flexibility * s.long_use));
            }
            for l in self.network.links_of(input) {
                self.trades[l].order = self.trades[l].share * s.ordered;
            }
        }
    }

    fn ship(&mut self, week: Week) {
        let (network, behaviour) = (self.network, &self.future.behaviour);
        for (l, trade) in self.trades.iter_mut().enumerate() {
            trade.asked = trade.order;
            if let Some(market) = trade.market {
                let free = trade.cap >= 1e12;
                let limit = if free { 1e12 } else { trade.cap * network.links[l].base_flow };
                let legal = least(trade.asked, limit);
                let leaked = trade.leak * (trade.asked - legal);
                trade.order = legal + leaked;
                let premium = trade.premium * (leaked / most(trade.order, 1e-300));
                trade.markup = exp(self.gaps[market].gap) * (1.0 + premium);
            }
        }
        for offer in &mut self.offers {
            (offer.contract, offer.spot, offer.worth) = (0.0, 0.0, 0.0);
        }
        for (link, trade) in network.links.iter().zip(&self.trades) {
            let contract = least(trade.order, link.contract_share * link.base_flow);
            let offer = &mut self.offers[link.seller.at()];
            offer.contract += contract;
            offer.spot += trade.order - contract;
            offer.worth += trade.order * self.stocks[link.buyer.at()].worth;
        }
        for offer in &mut self.offers {
            let asked = offer.contract + offer.spot;
            offer.shipped = least(asked, offer.stock);
            let for_contract = least(offer.shipped, offer.contract);
            offer.contract_fill = for_contract / most(offer.contract, 1e-300);
            offer.spot_fill = (offer.shipped - for_contract) / most(offer.spot, 1e-300);
            offer.stock -= offer.shipped;
            offer.expected += behaviour.forecast_speed * (asked - offer.expected);
        }
        for (i, input) in network.inputs.iter().enumerate() {
            let (mut bought, mut bill) = (0.0, 0.0);
            for l in network.links_of(input) {
                let (link, trade) = (&network.links[l], &mut self.trades[l]);
                let offer = &self.offers[link.seller.at()];
                let contract = least(trade.order, link.contract_share * link.base_flow);
                let by_contract = contract * offer.contract_fill;
                let by_spot = (trade.order - contract) * offer.spot_fill;
                trade.sent = by_contract + by_spot;
                let paid = by_contract * offer.slow_price + by_spot * (offer.price * trade.markup);
                bought += trade.sent;
                bill += paid * (1.0 + link.tariff) + trade.sent * link.freight;
                let tiny = 1e-9 * link.base_flow + 1e-12;
                let seen = (trade.sent + tiny) / (trade.asked + tiny);
                trade.reliability += behaviour.reliability_speed * (seen - trade.reliability);
                trade.pipe[(week % link.lag_weeks) as usize] = trade.sent;
            }
            let s = &mut self.stocks[i];
            let tiny = 1e-9 * input.base_use + 1e-12;
            let seen = (bought + tiny) / (s.ordered + tiny);
            s.fill += behaviour.reliability_speed * (seen - s.fill);
            s.in_transit += bought;
            let weight = behaviour.paid_price_speed * (bought / (bought + 0.1 * input.base_use + 1e-12));
            let price = (bill + s.paid * 1e-12) / (bought + 1e-12);
            s.paid += weight * (price - s.paid);
        }
    }

    fn price(&mut self) {
        let (network, behaviour) = (self.network, &self.future.behaviour);
        let pressure = |stock: f64, target: f64, asked: f64, shipped: f64| {
            clip(ln(target / stock), -0.7, 1.0) + clip(ln(asked / shipped), 0.0, 1.0)
        };
        for (o, output) in network.outputs.iter().enumerate() {
            let offer = &mut self.offers[o];
            let tiny = 1e-9 * output.base_orders + 1e-12;
            let asked = offer.contract + offer.spot;
            let coming = offer.expected + tiny;
            let target = offer.cover * offer.expected + coming;
            let x = pressure(offer.stock + coming, target, asked + tiny, offer.shipped + tiny);
            let anchor = ln(self.cost_ratio[output.agent.at()] * output.reference_price);
            let theta = behaviour.expectation_weight;
            let target = theta * ln(offer.slow_price) + (1.0 - theta) * anchor + behaviour.price_response * x;
            let now = ln(offer.price);
            let price = exp(now + behaviour.price_speed * (target - now));
            let worth = (offer.worth + offer.price * tiny) / (asked + tiny);
            offer.price = least(price, most(worth, 0.02 * output.reference_price));
            offer.slow_price += behaviour.expectation_speed * (offer.price - offer.slow_price);
        }
        for agent in &network.agents[..network.facilities] {
            let mut margin = -agent.own_cost_usd;
            for o in network.outputs_of(agent) {
                let output = &network.outputs[o];
                margin += self.offers[o].price * (output.per_activity * (1.0 - output.surplus_share));
            }
            for i in network.inputs_of(agent) {
                margin -= self.stocks[i].paid * network.inputs[i].per_activity;
            }
            for i in network.inputs_of(agent) {
                let worth = self.stocks[i].paid + margin / network.inputs[i].per_activity;
                self.stocks[i].worth = positive(worth);
            }
        }
        for (m, market) in self.plan.markets.iter().enumerate() {
            let (mut stock, mut target, mut worth, mut weight) = (1e-9, 1e-9, 0.0, 1e-9);
            for buyer in &market.buyers {
                let s = &self.stocks[buyer.at()];
                stock += s.stock;
                target += s.cover * s.long_use;
                worth += s.worth * s.long_use;
                weight += s.long_use;
            }
            let (mut asked, mut shipped, mut home, mut flow) = (1e-9, 1e-9, 0.0, 0.0);
            for link in &market.links {
                let (trade, link) = (&self.trades[link.at()], &network.links[link.at()]);
                asked += trade.asked;
                shipped += trade.sent;
                home += self.offers[link.seller.at()].price * link.base_flow;
                flow += link.base_flow;
            }
            let gap = &mut self.gaps[m];
            gap.home = home / flow;
            let x = pressure(stock, target, asked, shipped);
            let bid = behaviour.expectation_weight * gap.slow + behaviour.price_response * x;
            let u = positive(gap.gap + behaviour.price_speed * (bid * gap.binding - gap.gap));
            gap.gap = least(u, ln(most(worth / weight / most(gap.home, 1e-9), 1.0)));
            gap.slow += behaviour.expectation_speed * (gap.gap - gap.slow);
        }
    }

    fn review(&mut self) {
        let (network, behaviour) = (self.network, &self.future.behaviour);
        for input in &network.inputs {
            let mut mean = 0.0;
            for l in network.links_of(input) {
                let (link, trade) = (&network.links[l], &mut self.trades[l]);
                let posted = self.offers[link.seller.at()].price * trade.markup;
                let delivered = posted * (1.0 + link.tariff) + link.freight;
                trade.order = ln(delivered / link.reference_delivered(network));
                mean += trade.share * trade.order;
            }
            let mut total = 0.0;
            for l in network.links_of(input) {
                let trade = &mut self.trades[l];
                let relative = trade.order - mean;
                let band = behaviour.sourcing_price_band;
                let relative = positive(relative - band) - positive(-relative - band);
                let unreliable = positive(behaviour.reliability_threshold - trade.reliability);
                let choice =
                    -(behaviour.sourcing_price * relative) - behaviour.sourcing_reliability * unreliable;
                trade.order = exp(choice) * network.links[l].base_share;
                total += trade.order;
            }
            let speed =
                least(behaviour.sourcing_speed * (f64::from(REVIEW_WEEKS) / input.switching_weeks), 1.0);
            for l in network.links_of(input) {
                let trade = &mut self.trades[l];
                trade.share += speed * (trade.order / most(total, 1e-300) - trade.share);
            }
        }
    }
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
