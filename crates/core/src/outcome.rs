//! What a replicate came to: weekly series and outcomes, read from finished weeks by an observer.

use crate::id::CommodityId;
use crate::lanes::Lane;
use crate::network::{Network, Role};
use crate::plan::{Plan, SPIN_UP_WEEKS, Week};
use crate::scope::{Scope, Series, producers};
use crate::state::State;
use crate::week::Observe;

/// Share of plan below which a line counts as stopped.
pub const STOPPED_BELOW: f64 = 0.8;
/// Weeks running that it must be below.
pub const STOPPED_FOR: f64 = 2.0;
/// "Did not happen within the horizon", as a week.
pub const NEVER: f64 = 1e9;

/// Outcomes of one producer, all sums from the first shock to the horizon.
#[derive(Clone, Copy, Debug)]
pub struct ProducerOutcome<L> {
    /// Goods due.
    pub due: L,
    /// Goods never built (customers who gave up, and what is still owed at the horizon).
    pub lost: L,
    /// Goods built after the week they were due.
    pub late: L,
}

/// Stops of one line (final producer or component maker).
#[derive(Clone, Copy, Debug)]
pub struct LineOutcome<L> {
    /// Weeks from the first shock to the first stop; [`NEVER`] if it never stopped.
    pub first_stop: L,
    /// Weeks stopped.
    pub weeks_stopped: L,
    /// Weeks from the first shock to the end of the last stop; [`NEVER`] if it never stopped.
    pub back_for_good: L,
    /// Place, among the agent's inputs, of the one that was short at the first stop; −1 if none.
    pub cause: L,
    running: L,
}

/// Prices of one commodity after the first shock.
#[derive(Clone, Copy, Debug)]
pub struct PriceOutcome<L> {
    /// Mean index over the four weeks before the first shock.
    pub before: L,
    /// Greatest index since.
    pub peak: L,
    /// Weeks from the shock to it.
    pub weeks_to_peak: L,
    /// Weeks from the peak until the rise had halved; [`NEVER`] if it did not.
    pub weeks_to_half: L,
}

/// The observer: records series and adds up outcomes.
pub struct Tally<'a, L> {
    scope: &'a Scope,
    /// `[(week − from) × series + place]`.
    pub series: Vec<L>,
    /// By producer.
    pub producers: Vec<ProducerOutcome<L>>,
    /// By agent; facilities upstream of components keep their empty record.
    pub lines: Vec<LineOutcome<L>>,
    /// By place in [`Scope::series`]; only price series are filled.
    pub prices: Vec<PriceOutcome<L>>,
    /// Paid for inputs from the first shock on beyond the same goods at reference prices, by region, US dollars.
    pub transfer: Vec<L>,
    /// Paid by reserves since the calendar's start, by region, US dollars.
    pub reserve_outlay: Vec<L>,
    /// Value of input stock held beyond what covers ask for without buffers, by region, US dollar-weeks.
    pub buffer_value_weeks: Vec<L>,
    /// Value of what reserves hold, by region, US dollar-weeks.
    pub reserve_value_weeks: Vec<L>,
    sums: Sums<L>,
}

/// Sums of one week, reused every week.
struct Sums<L> {
    output: Vec<L>,
    output_at_rest: Vec<f64>,
    stock: Vec<L>,
    using: Vec<L>,
    volume: Vec<L>,
    bill: Vec<L>,
    /// By commodity × {home, outside}: use at rest and its value at the buyers' reference prices.
    base_use: Vec<f64>,
    base_bill: Vec<f64>,
    due: Vec<L>,
    unmet: Vec<L>,
}

impl<'a, L: Lane> Tally<'a, L> {
    /// An empty record for a run of `plan`.
    pub fn new(network: &Network, plan: &Plan, scope: &'a Scope) -> Self {
        let weeks = plan.weeks.saturating_sub(scope.from) as usize;
        let zero = L::zero();
        let never = L::splat(NEVER);
        Self {
            scope,
            series: vec![zero; weeks * scope.series.len()],
            producers: vec![ProducerOutcome { due: zero, lost: zero, late: zero }; network.producers],
            lines: vec![
                LineOutcome {
                    first_stop: never,
                    weeks_stopped: zero,
                    back_for_good: never,
                    cause: L::splat(-1.0),
                    running: zero,
                };
                network.agents.len()
            ],
            prices: vec![
                PriceOutcome { before: zero, peak: zero, weeks_to_peak: zero, weeks_to_half: never };
                scope.series.len()
            ],
            transfer: vec![zero; network.regions],
            reserve_outlay: vec![zero; network.regions],
            buffer_value_weeks: vec![zero; network.regions],
            reserve_value_weeks: vec![zero; network.regions],
            sums: Sums::new(network, scope),
        }
    }

    fn lines_ended(&mut self, week: Week, last: bool, network: &Network, state: &State<L>) {
        let since = L::splat(f64::from(week - self.scope.shock));
        for (a, agent) in network.agents.iter().enumerate() {
            let due = match agent.role {
                Role::Producer(_) => state.producers.plan[a - network.facilities],
                // what it is asked for, as far as it could make it with all its capacity
                Role::Facility if agent.stage.at() + 2 == network.stages => {
                    let main = agent.outputs.start as usize;
                    let asked = state.outputs.expected_orders[main];
                    (asked * (1.0 / network.outputs[main].per_activity)).min(L::splat(agent.capacity))
                }
                _ => continue,
            };
            let line = &mut self.lines[a];
            // a line that wants little (no orders) is idle, not stopped
            let least = L::splat(0.2 * agent.base_activity);
            let below = L::where_less(
                state.agents.activity[a],
                due * STOPPED_BELOW,
                L::where_less(due, least, L::zero(), L::one()),
                L::zero(),
            );
            line.running = (line.running + below) * below;
            let stopped = L::where_less(line.running, L::splat(STOPPED_FOR - 0.5), L::zero(), L::one());
            // the second week confirms the first: both count
            let confirmed =
                stopped * L::where_less(line.running, L::splat(STOPPED_FOR + 0.5), L::one(), L::zero());
            let first = since - L::splat(STOPPED_FOR - 1.0);
            let is_first = confirmed * L::where_less(line.first_stop, L::splat(NEVER), L::zero(), L::one());
            line.cause = L::where_less(L::zero(), is_first, state.agents.binding[a], line.cause);
            line.first_stop = L::where_less(L::zero(), is_first, first.positive(), line.first_stop);
            line.weeks_stopped += stopped + confirmed * (STOPPED_FOR - 1.0);
            // still down at the horizon: whether it comes back is not known
            let back = if last { L::splat(NEVER) } else { since + L::one() };
            line.back_for_good = L::where_less(L::zero(), stopped, back, line.back_for_good);
        }
    }

    fn producers_ended(&mut self, last: bool, network: &Network, state: &State<L>) {
        for (p, a) in network.producer_range().enumerate() {
            let outcome = &mut self.producers[p];
            let plan = state.producers.plan[p];
            outcome.due += plan;
            outcome.lost += state.producers.lost[p];
            outcome.late += (state.agents.activity[a] - plan).positive();
            if last {
                outcome.lost += state.producers.backlog[p];
            }
        }
    }

    /// What reserves and buffers cost to fill and hold, from the start of the calendar.
    fn stock_cost_ended(&mut self, network: &Network, state: &State<L>) {
        for (i, input) in network.inputs.iter().enumerate() {
            let agent = &network.agents[input.agent.at()];
            let region = agent.region.at();
            if matches!(agent.role, Role::Reserve) {
                self.reserve_outlay[region] += state.inputs.bill[i];
                self.reserve_value_weeks[region] += state.inputs.stock[i] * input.reference_price;
            } else {
                let extra = state.policy.buffer[i] * state.inputs.long_run_use[i];
                let usual = state.inputs.cover[i] * state.inputs.long_run_use[i];
                let held = (state.inputs.stock[i] - usual).positive();
                self.buffer_value_weeks[region] += held.min(extra) * input.reference_price;
            }
        }
    }

    fn money_ended(&mut self, network: &Network, state: &State<L>) {
        for (i, input) in network.inputs.iter().enumerate() {
            let agent = &network.agents[input.agent.at()];
            if !matches!(agent.role, Role::Reserve) {
                let extra = state.inputs.bill[i] - state.inputs.bought[i] * input.reference_price;
                self.transfer[agent.region.at()] += extra;
            }
        }
    }

    fn prices_ended(&mut self, week: Week) {
        let n = self.scope.series.len();
        let row = (week - self.scope.from) as usize * n;
        for (place, series) in self.scope.series.iter().enumerate() {
            if !matches!(series, Series::HomePrice(_) | Series::OutsidePrice(_)) {
                continue;
            }
            let index = self.series[row + place];
            let price = &mut self.prices[place];
            if week < self.scope.shock {
                if week + 4 >= self.scope.shock {
                    price.before += index * 0.25;
                }
                continue;
            }
            let since = L::splat(f64::from(week - self.scope.shock));
            let rises = |then, otherwise| L::where_less(price.peak, index, then, otherwise);
            let to_peak = rises(since, price.weeks_to_peak);
            let to_half = rises(L::splat(NEVER), price.weeks_to_half);
            price.peak = price.peak.max(index);
            price.weeks_to_peak = to_peak;
            let half = price.before + (price.peak - price.before) * 0.5;
            let open = L::where_less(to_half, L::splat(NEVER), to_half, since - to_peak);
            // only a price that has risen can fall by half of its rise
            let fell = L::where_less(index, half, open, to_half);
            price.weeks_to_half = L::where_less(price.before, price.peak, fell, L::splat(NEVER));
        }
    }
}

impl<L: Lane> Sums<L> {
    fn new(network: &Network, scope: &Scope) -> Self {
        let cells = network.stages * network.regions;
        let goods = network.sectors * network.regions;
        let mut sums = Self {
            output: vec![L::zero(); cells],
            output_at_rest: vec![0.0; cells],
            stock: vec![L::zero(); cells],
            using: vec![L::zero(); cells],
            volume: vec![L::zero(); 2 * network.commodities.len()],
            bill: vec![L::zero(); 2 * network.commodities.len()],
            base_use: vec![0.0; 2 * network.commodities.len()],
            base_bill: vec![0.0; 2 * network.commodities.len()],
            due: vec![L::zero(); goods],
            unmet: vec![L::zero(); goods],
        };
        for agent in &network.agents {
            let cell = agent.stage.at() * network.regions + agent.region.at();
            sums.output_at_rest[cell] += agent.base_activity * value_per_activity(network, agent);
        }
        for input in &network.inputs {
            let cell = price_cell(network, scope, input);
            sums.base_use[cell] += input.base_use;
            sums.base_bill[cell] += input.base_use * input.reference_price;
        }
        sums
    }

    fn add_up(&mut self, network: &Network, state: &State<L>, scope: &Scope) {
        for sum in [&mut self.output, &mut self.stock, &mut self.using, &mut self.volume, &mut self.bill] {
            sum.fill(L::zero());
        }
        self.due.fill(L::zero());
        self.unmet.fill(L::zero());
        for (a, agent) in network.agents.iter().enumerate() {
            let cell = agent.stage.at() * network.regions + agent.region.at();
            self.output[cell] += state.agents.activity[a] * value_per_activity(network, agent);
        }
        for (p, (a, agent, producer)) in producers(network).enumerate() {
            let cell = agent.region.at() * network.sectors + producer.sector.at();
            let value = producer.value_added_usd_per_unit;
            let plan = state.producers.plan[p];
            self.due[cell] += plan * value;
            self.unmet[cell] += (plan - state.agents.activity[a]).positive() * value;
        }
        for (i, input) in network.inputs.iter().enumerate() {
            let agent = &network.agents[input.agent.at()];
            if matches!(agent.role, Role::Reserve) {
                continue;
            }
            let cell = agent.stage.at() * network.regions + agent.region.at();
            self.stock[cell] += state.inputs.stock[i] * input.reference_price;
            self.using[cell] += state.inputs.long_run_use[i] * input.reference_price;
            let cell = price_cell(network, scope, input);
            self.volume[cell] += state.inputs.bought[i];
            self.bill[cell] += state.inputs.bill[i];
        }
    }

    /// Price index of a commodity on one side: paid where it trades, the bid where it does not.
    fn index(&self, commodity: CommodityId, side: usize, plan: &Plan, state: &State<L>) -> L {
        let cell = commodity.at() * 2 + side;
        let reference = self.base_bill[cell] / self.base_use[cell];
        let tiny = L::splat(1e-9 * self.base_use[cell] + 1e-300);
        let volume = self.volume[cell];
        let paid = (self.bill[cell] + tiny * reference) / (volume + tiny) * (1.0 / reference);
        let market = plan.markets.iter().position(|m| m.commodity == commodity);
        match market {
            Some(m) if side == 1 => {
                let bid = state.markets.home_price[m] * state.markets.gap[m].exp();
                let bid = bid * (1.0 / state.markets.reference[m]);
                let traded = (volume * (1.0 / (0.1 * self.base_use[cell]))).clip(0.0, 1.0);
                paid * traded + bid * (L::one() - traded)
            }
            _ => paid,
        }
    }
}

fn price_cell(network: &Network, scope: &Scope, input: &crate::network::Input) -> usize {
    let outside = network.agents[input.agent.at()].region != scope.home;
    input.commodity.at() * 2 + usize::from(outside)
}

/// US dollars of output per unit of activity at reference prices; value added for a final producer.
fn value_per_activity(network: &Network, agent: &crate::network::Agent) -> f64 {
    match &agent.role {
        Role::Producer(producer) => producer.value_added_usd_per_unit,
        _ => network
            .outputs_of(agent)
            .map(|o| {
                let output = &network.outputs[o];
                output.per_activity * (1.0 - output.surplus_share) * output.reference_price
            })
            .sum(),
    }
}

impl<L: Lane> Observe<L> for Tally<'_, L> {
    fn week_ended(&mut self, week: Week, network: &Network, plan: &Plan, state: &State<L>) {
        if week >= SPIN_UP_WEEKS {
            self.stock_cost_ended(network, state);
        }
        if week < self.scope.from {
            return;
        }
        self.sums.add_up(network, state, self.scope);
        let n = self.scope.series.len();
        let row = (week - self.scope.from) as usize * n;
        for (place, series) in self.scope.series.iter().enumerate() {
            self.series[row + place] = self.sums.read(*series, network, plan, state);
        }
        self.prices_ended(week);
        if week >= self.scope.shock {
            self.lines_ended(week, week + 1 == plan.weeks, network, state);
            self.producers_ended(week + 1 == plan.weeks, network, state);
            self.money_ended(network, state);
        }
    }
}

impl<L: Lane> Sums<L> {
    fn read(&self, series: Series, network: &Network, plan: &Plan, state: &State<L>) -> L {
        let tiny = L::splat(1e-300);
        match series {
            Series::Output(stage, region) => {
                let cell = stage.at() * network.regions + region.at();
                self.output[cell] * (1.0 / (self.output_at_rest[cell]))
            }
            Series::Cover(stage, region) => {
                let cell = stage.at() * network.regions + region.at();
                self.stock[cell] / self.using[cell].max(tiny)
            }
            Series::HomePrice(commodity) => self.index(commodity, 0, plan, state),
            Series::OutsidePrice(commodity) => self.index(commodity, 1, plan, state),
            Series::Unmet(sector, region) => {
                let cell = region.at() * network.sectors + sector.at();
                self.unmet[cell] / self.due[cell].max(tiny)
            }
            Series::UnmetRegion(region) => {
                let (mut unmet, mut due) = (L::zero(), tiny);
                for cell in region.at() * network.sectors..(region.at() + 1) * network.sectors {
                    unmet += self.unmet[cell];
                    due += self.due[cell];
                }
                unmet / due
            }
            Series::ControlledExports(market) => {
                let (mut shipped, mut base) = (L::zero(), 1e-300);
                for link in &plan.markets[market].links {
                    shipped += state.control.shipped[state.control.place[link.at()] as usize];
                    base += network.links[link.at()].base_flow;
                }
                shipped * (1.0 / (base))
            }
            Series::Reserves => {
                let mut weeks = L::zero();
                for (i, input) in network.inputs.iter().enumerate() {
                    if matches!(network.agents[input.agent.at()].role, Role::Reserve) {
                        let used: f64 = network
                            .releases
                            .iter()
                            .filter(|route| route.from.at() == i)
                            .map(|route| network.inputs[route.to.at()].base_use)
                            .sum();
                        weeks += state.inputs.stock[i] * (1.0 / used.max(1e-300));
                    }
                }
                weeks
            }
        }
    }
}
