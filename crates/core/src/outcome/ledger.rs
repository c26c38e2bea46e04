//! Money: who paid what to whom, by year of the calendar and region.

use crate::grid::{Grid, Place};
use crate::id::{InputId, RegionId};
use crate::lanes::{DUST, Lane};
use crate::network::{Network, Role};
use crate::plan::{Effect, Event, FloorRule, Payer, Plan, Programme, ReserveRule};
use crate::state::{State, entry};
use crate::time::{SPIN_UP_WEEKS, Week};

/// What an amount is for. US dollars, undiscounted, unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// Extra cost of leaner designs and of substitutes.
    Thrifting,
    /// Paid for inputs beyond the same goods at reference prices, from the first shock on.
    PriceTransfer,
    /// Export duties at posted prices, by the buyer's region, from the first shock on; what reserves pay is in.
    ExportDuties,
    /// Tariffs on top of the usual ones, likewise.
    Tariffs,
    /// Licence rents, likewise.
    LicenceRents,
    /// What capacity that was added cost, whoever bore it.
    PlantCapital,
    /// What restarts of idle plants cost.
    Restarts,
    /// What a state pays its sellers for selling below what they would ask.
    PriceWar,
    /// Value added of goods whose customers gave up, net of avoidable cost.
    LostValue,
    /// Value added of goods built late.
    LateValue,
    /// Goods bought abroad, at what their buyers pay before tariffs and freight.
    Imports,
    /// The same goods, by the seller's region.
    Exports,
    /// What processing cost, without inputs.
    Processing,
    /// Paid for what reserves bought.
    ReservePurchases(Payer),
    /// Got for what reserves released, at the average price that the users pay.
    ReserveSales(Payer),
    /// What it costs to hold what is in reserves.
    ReserveCarrying(Payer),
    /// Paid for the stock that a buffer adds.
    BufferPurchases(Payer),
    /// What it costs to hold it.
    BufferCarrying(Payer),
    /// Capital that a programme bears.
    Grants(Payer),
    /// Processing cost that a programme bears.
    RunningCredits(Payer),
    /// What a loan is cheaper by than what owners ask.
    LoanSubsidies(Payer),
    /// Lent capital that is lost when a plant closes.
    LoanLosses(Payer),
    /// Paid under a price floor, a contract for difference or an agreed price.
    FloorPayouts(Payer),
    /// Paid back under it.
    FloorReturns(Payer),
    /// What it costs to collect beyond what scrap earns.
    Collecting(Payer),
}

/// Number of entries without a payer of their own, and of all.
const SINGLE: usize = 13;
const ENTRIES: usize = SINGLE + PAYERS.len() * 12;
const PAYERS: [Payer; 3] = [Payer::Public, Payer::Firm, Payer::Consumer];

impl Entry {
    fn place(self) -> usize {
        let paid = |kind: usize, payer: Payer| SINGLE + PAYERS.len() * kind + payer as usize;
        match self {
            Self::Thrifting => 0,
            Self::PriceTransfer => 1,
            Self::ExportDuties => 2,
            Self::Tariffs => 3,
            Self::LicenceRents => 4,
            Self::PlantCapital => 5,
            Self::Restarts => 6,
            Self::PriceWar => 7,
            Self::LostValue => 8,
            Self::LateValue => 9,
            Self::Imports => 10,
            Self::Exports => 11,
            Self::Processing => 12,
            Self::ReservePurchases(payer) => paid(0, payer),
            Self::ReserveSales(payer) => paid(1, payer),
            Self::ReserveCarrying(payer) => paid(2, payer),
            Self::BufferPurchases(payer) => paid(3, payer),
            Self::BufferCarrying(payer) => paid(4, payer),
            Self::Grants(payer) => paid(5, payer),
            Self::RunningCredits(payer) => paid(6, payer),
            Self::LoanSubsidies(payer) => paid(7, payer),
            Self::LoanLosses(payer) => paid(8, payer),
            Self::FloorPayouts(payer) => paid(9, payer),
            Self::FloorReturns(payer) => paid(10, payer),
            Self::Collecting(payer) => paid(11, payer),
        }
    }
}

impl Place for Payer {
    fn at(self) -> usize {
        self as usize
    }
}

/// Amounts by year of the calendar, entry and region, from the start of the calendar.
#[derive(Clone, Debug)]
pub struct Ledger<L> {
    /// Years of the calendar that the run covers, the last perhaps in part.
    pub years: usize,
    /// Capital of additions that is not yet written off, by region.
    pub plant_value: Vec<L>,
    /// Value of all stocks and of goods in transit to a region at the end, at reference prices.
    pub stock_value: Vec<L>,
    /// Value of what reserves hold now, at reference prices.
    reserve_value: Grid<Payer, RegionId, L>,
    /// Value of the stock that buffers add now, likewise.
    buffer_value: Grid<Payer, RegionId, L>,
    /// What each buffer of the plan holds of each of its inputs, by event; empty for other events.
    own: Vec<Vec<L>>,
    /// By year and entry, one after the other.
    amounts: Grid<usize, RegionId, L>,
    year: usize,
}

impl<L: Lane> Ledger<L> {
    /// An empty ledger for a run that ends after `weeks`.
    pub fn empty(network: &Network, weeks: Week) -> Self {
        let years = (weeks.saturating_sub(SPIN_UP_WEEKS) as usize).div_ceil(52).max(1);
        let zeros = || vec![L::zero(); network.regions];
        Self {
            years,
            plant_value: zeros(),
            stock_value: zeros(),
            reserve_value: Grid::new(PAYERS.len(), network.regions, L::zero()),
            buffer_value: Grid::new(PAYERS.len(), network.regions, L::zero()),
            own: Vec::new(),
            amounts: Grid::new(years * ENTRIES, network.regions, L::zero()),
            year: 0,
        }
    }

    /// Goes on under a plan that adds events.
    pub(super) fn go_on(&mut self, was: &Plan, is: &Plan) {
        if self.own.is_empty() {
            return;
        }
        let added = is.adds_to(was).expect("the caller goes on under a plan that adds to the past");
        let mut kept = core::mem::take(&mut self.own).into_iter();
        let of = |event: &Event| {
            let new = added.iter().any(|e| core::ptr::eq(*e, event));
            if new {
                nothing_held(event)
            } else {
                kept.next().expect("events of the past are kept in their order")
            }
        };
        self.own = is.events.iter().map(of).collect();
    }

    /// Amount of an entry in a year and region.
    pub fn amount(&self, year: usize, entry: Entry, region: usize) -> L {
        self.amounts[(year * ENTRIES + entry.place(), RegionId::from(region))]
    }

    /// Value of what a payer's reserves in a region hold now, at reference prices.
    pub fn in_reserves(&self, payer: Payer, region: usize) -> L {
        self.reserve_value[(payer, RegionId::from(region))]
    }

    /// Value of the stock that a payer's buffers in a region add now, at reference prices.
    pub fn in_buffers(&self, payer: Payer, region: usize) -> L {
        self.buffer_value[(payer, RegionId::from(region))]
    }

    fn book(&mut self, entry: Entry, region: RegionId, amount: L) {
        self.amounts[(self.year * ENTRIES + entry.place(), region)] += amount;
    }

    /// Books what every week brings, from the start of the calendar.
    pub(super) fn week_ended(&mut self, week: Week, network: &Network, plan: &Plan, state: &State<L>) {
        self.year = ((week - SPIN_UP_WEEKS) / 52) as usize;
        self.stocks_ended(network, plan, state);
        self.designs_ended(network, state);
        self.goods_ended(week + 1 == plan.weeks, network, state);
        self.plants_ended(network, state);
        self.programmes_ended(network, plan, state);
        if week + 1 == plan.weeks {
            self.close(network, state);
        }
    }

    /// What there is in stock at the end.
    fn close(&mut self, network: &Network, state: &State<L>) {
        for (i, input) in network.inputs.iter().enumerate() {
            let held = state.inputs.stock[i] + state.inputs.in_transit[i];
            let region = network.agents[input.agent.at()].region.at();
            self.stock_value[region] += held * input.reference_price;
        }
        for (o, output) in network.outputs.iter().enumerate() {
            let region = network.agents[output.agent.at()].region.at();
            self.stock_value[region] += state.outputs.stock[o] * output.reference_price;
        }
        for (t, output) in network.traded.iter().enumerate() {
            let output = &network.outputs[output.at()];
            let region = network.agents[output.agent.at()].region.at();
            self.stock_value[region] += state.traders.stock[t] * output.reference_price;
        }
    }

    /// What reserves and buffers cost to fill and hold.
    fn stocks_ended(&mut self, network: &Network, plan: &Plan, state: &State<L>) {
        let held_before = self.buffer_value.clone();
        self.reserve_value.fill(L::zero());
        self.buffer_value.fill(L::zero());
        self.share_buffers(network, plan, state);
        for (place, event) in plan.events.iter().enumerate() {
            let weekly = state.policy.carrying[place] * (1.0 / 52.0);
            match &event.effect {
                Effect::Reserve(rule) => self.reserve(rule, weekly, network, state),
                Effect::Buffer { inputs, payer } => self.buffer(place, inputs, *payer, weekly, network),
                _ => {}
            }
        }
        for payer in PAYERS {
            for region in (0..network.regions).map(RegionId::from) {
                let bought = (self.buffer_value[(payer, region)] - held_before[(payer, region)]).positive();
                self.book(Entry::BufferPurchases(payer), region, bought);
            }
        }
    }

    /// What buffers hold of each stock: what comes is for those that want more, what goes is everybody's.
    ///
    /// ```text
    /// held  = min(max(0, stock − cover·d_l), buffer·d_l)
    /// own   ← own·min(1, held/Σ own) + max(0, held − Σ own)·gap/Σ gap;      gap = max(0, size·d_l − own)
    /// ```
    fn share_buffers(&mut self, network: &Network, plan: &Plan, state: &State<L>) {
        let tiny = L::splat(DUST);
        let buffers = || {
            plan.events.iter().enumerate().filter_map(|(place, event)| match &event.effect {
                Effect::Buffer { inputs, .. } => Some((place, inputs)),
                _ => None,
            })
        };
        if self.own.is_empty() {
            self.own = plan.events.iter().map(nothing_held).collect();
        }
        if buffers().next().is_none() {
            return;
        }
        let (mut owned, mut gaps) =
            (vec![L::zero(); network.inputs.len()], vec![L::zero(); network.inputs.len()]);
        for (place, inputs) in buffers() {
            for (own, i) in self.own[place].iter().zip(inputs) {
                owned[i.at()] += *own;
            }
        }
        let held = |i: usize| {
            let use_of_it = state.inputs.long_run_use[i];
            let over = (state.inputs.stock[i] - state.inputs.cover[i] * use_of_it).positive();
            over.min(state.policy.buffer[i] * use_of_it)
        };
        for (place, inputs) in buffers() {
            for (own, i) in self.own[place].iter_mut().zip(inputs) {
                let i = i.at();
                *own = *own * (held(i) / owned[i].max(tiny)).min(L::one());
                gaps[i] += (state.policy.sizes[place] * state.inputs.long_run_use[i] - *own).positive();
            }
        }
        for (place, inputs) in buffers() {
            for (own, i) in self.own[place].iter_mut().zip(inputs) {
                let i = i.at();
                let gap = (state.policy.sizes[place] * state.inputs.long_run_use[i] - *own).positive();
                *own += (held(i) - owned[i]).positive() * (gap / gaps[i].max(tiny));
            }
        }
    }

    fn reserve(&mut self, rule: &ReserveRule, weekly: L, network: &Network, state: &State<L>) {
        let (stock, payer) = (rule.stock.at(), rule.payer);
        let input = &network.inputs[stock];
        let region = network.agents[input.agent.at()].region;
        let value = state.inputs.stock[stock] * input.reference_price;
        self.reserve_value[(payer, region)] += value;
        self.book(Entry::ReservePurchases(payer), region, state.inputs.bill[stock]);
        self.book(Entry::ReserveCarrying(payer), region, value * weekly);
        for (route, released) in network.releases.iter().zip(&state.reserves.by_route) {
            if route.from == rule.stock {
                let user = route.to.at();
                let region = network.agents[network.inputs[user].agent.at()].region;
                self.book(Entry::ReserveSales(payer), region, *released * state.inputs.paid_price[user]);
            }
        }
    }

    fn buffer(&mut self, place: usize, inputs: &[InputId], payer: Payer, weekly: L, network: &Network) {
        for (k, i) in inputs.iter().enumerate() {
            let input = &network.inputs[i.at()];
            let region = network.agents[input.agent.at()].region;
            let value = self.own[place][k] * input.reference_price;
            self.buffer_value[(payer, region)] += value;
            self.book(Entry::BufferCarrying(payer), region, value * weekly);
        }
    }

    /// What leaner designs and substitutes cost.
    fn designs_ended(&mut self, network: &Network, state: &State<L>) {
        for (rule, intensity) in network.thrifts.iter().zip(&state.designs.intensity) {
            for i in rule.inputs.iter().map(|i| i.at()) {
                let input = &network.inputs[i];
                let agent = input.agent.at();
                let used = *intensity * state.inputs.stretch[i];
                let saved = state.agents.activity[agent] * (L::one() - used) * input.per_activity;
                let cost = saved * (rule.cost_share * input.reference_price);
                self.book(Entry::Thrifting, network.agents[agent].region, cost);
            }
        }
    }

    /// Goods lost and late, and trade between regions.
    fn goods_ended(&mut self, last: bool, network: &Network, state: &State<L>) {
        for (p, (a, agent, producer)) in crate::scope::producers(network).enumerate() {
            let value = producer.value_added_usd_per_unit;
            let mut lost = state.producers.lost[p];
            if last {
                lost += state.producers.backlog[p];
            }
            let late = (state.agents.activity[a] - state.producers.plan[p]).positive();
            let net = value * (1.0 - producer.avoidable_cost_share);
            self.book(Entry::LostValue, agent.region, lost * net);
            self.book(Entry::LateValue, agent.region, late * value);
        }
        for (input, imported) in network.inputs.iter().zip(&state.inputs.imported) {
            self.book(Entry::Imports, network.agents[input.agent.at()].region, *imported);
        }
        for (output, exported) in network.outputs.iter().zip(&state.outputs.exported) {
            self.book(Entry::Exports, network.agents[output.agent.at()].region, *exported);
        }
    }

    /// What building and restarting cost, and what a price war costs the state that wages it.
    fn plants_ended(&mut self, network: &Network, state: &State<L>) {
        for (agent, activity) in network.agents[..network.facilities].iter().zip(&state.agents.activity) {
            self.book(Entry::Processing, agent.region, *activity * agent.own_cost_usd);
        }
        self.plant_value.fill(L::zero());
        for a in 0..network.ventures.len() {
            let region = network.agents[a].region;
            self.book(Entry::PlantCapital, region, state.plants.capital[a]);
            self.book(Entry::Restarts, region, state.plants.restarting[a]);
            self.plant_value[region.at()] += state.plants.book[a];
        }
        for (o, cut) in state.policy.support.cut.iter().enumerate() {
            let output = &network.outputs[o];
            let below = state.outputs.price[o] * ((-*cut).exp() - L::one());
            let region = network.agents[output.agent.at()].region;
            self.book(Entry::PriceWar, region, state.outputs.shipped[o] * below);
        }
    }

    /// What programmes pay. What several together would pay beyond the whole goes to the first ones.
    fn programmes_ended(&mut self, network: &Network, plan: &Plan, state: &State<L>) {
        let mut borne: Vec<(usize, L)> = Vec::new();
        let (mut covered, mut collected) = (Vec::new(), Vec::new());
        for (event, size) in plan.events.iter().zip(&state.policy.sizes) {
            match &event.effect {
                Effect::Build(rule) | Effect::Grant(rule) => {
                    for a in rule.agents.iter().map(|a| a.at()) {
                        let before = borne.iter().filter(|b| b.0 == a).fold(L::zero(), |sum, b| sum + b.1);
                        let share = size.min((L::one() - before).positive());
                        borne.push((a, share));
                        let amount = entry(&state.plants.capital, a) * share;
                        self.book(Entry::Grants(rule.payer), network.agents[a].region, amount);
                    }
                }
                Effect::RunningCredit(rule) => {
                    for a in rule.agents.iter().map(|a| a.at()) {
                        let agent = &network.agents[a];
                        let amount = state.agents.activity[a] * agent.own_cost_usd * *size;
                        self.book(Entry::RunningCredits(rule.payer), agent.region, amount);
                    }
                }
                Effect::Loan(rule) => self.loan(rule, *size, network, state),
                Effect::Floor(rule) => self.floor(rule, *size, &mut covered, network, state),
                Effect::Collect(rule) => self.collecting(rule, *size, &mut collected, network, state),
                _ => {}
            }
        }
    }

    fn loan(&mut self, rule: &Programme, cut: L, network: &Network, state: &State<L>) {
        for a in rule.agents.iter().map(|a| a.at()) {
            let region = network.agents[a].region;
            let lent = entry(&state.plants.book, a) * rule.share;
            self.book(Entry::LoanSubsidies(rule.payer), region, lent * cut * (1.0 / 52.0));
            let lost = entry(&state.plants.closing, a) * rule.share;
            let granted = L::where_less(L::zero(), cut, L::one(), L::zero());
            self.book(Entry::LoanLosses(rule.payer), region, lost * granted);
        }
    }

    fn floor(
        &mut self,
        rule: &FloorRule,
        strike: L,
        covered: &mut Vec<(usize, L)>,
        network: &Network,
        state: &State<L>,
    ) {
        let support = &state.policy.support;
        for o in rule.outputs.iter().map(|o| o.at()) {
            let pays = greatest(strike, support.floor[o], covered, o);
            let region = network.agents[network.outputs[o].agent.at()].region;
            let due = support.top_up(o, state.outputs.price[o]) * state.outputs.shipped[o] * pays;
            self.book(Entry::FloorPayouts(rule.payer), region, due.positive());
            self.book(Entry::FloorReturns(rule.payer), region, (-due).positive());
        }
    }

    fn collecting(
        &mut self,
        rule: &Programme,
        share: L,
        collected: &mut Vec<(usize, L)>,
        network: &Network,
        state: &State<L>,
    ) {
        for (place, collector) in network.collectors.iter().enumerate() {
            if rule.agents.contains(&collector.agent) {
                let a = collector.agent.at();
                let pays = greatest(share, state.policy.support.collect[a], collected, a);
                let region = network.agents[a].region;
                let amount = state.returns.pushed[place] * collector.cost_usd * pays;
                self.book(Entry::Collecting(rule.payer), region, amount);
            }
        }
    }

    /// What the same goods cost more than at the reference level, and who got it.
    pub(super) fn transfers_ended(&mut self, network: &Network, plan: &Plan, state: &State<L>) {
        for (i, input) in network.inputs.iter().enumerate() {
            let agent = &network.agents[input.agent.at()];
            if !matches!(agent.role, Role::Reserve) {
                let extra = state.inputs.bill[i] - state.inputs.bought[i] * input.reference_price;
                self.book(Entry::PriceTransfer, agent.region, extra);
            }
        }
        let control = &state.control;
        if control.idle {
            return;
        }
        for (place, controlled) in plan.controlled.iter().enumerate() {
            let link = &network.links[controlled.link.at()];
            let region = network.buyer_of(link).region;
            let shipped = control.shipped_legally[place];
            let value = shipped * (state.outputs.price[link.seller.at()] + control.rent[place]);
            let export_duty = value * control.export_duty[place];
            self.book(Entry::ExportDuties, region, export_duty);
            self.book(Entry::Tariffs, region, (value + export_duty) * control.tariff[place]);
            self.book(Entry::LicenceRents, region, shipped * control.rent[place]);
        }
    }
}

/// 1 in each lane where a programme is the one that pays: where several reach a place the greatest does, the first of two
/// alike. `paid` holds who has paid where.
fn greatest<L: Lane>(size: L, most: L, paid: &mut Vec<(usize, L)>, place: usize) -> L {
    let by_others = paid.iter().filter(|p| p.0 == place).fold(L::zero(), |sum, p| sum + p.1);
    let pays = L::where_less(size, most, L::zero(), L::one() - by_others);
    paid.push((place, pays));
    pays
}

/// What a buffer holds of each of its inputs at first; empty for other events.
fn nothing_held<L: Lane>(event: &Event) -> Vec<L> {
    match &event.effect {
        Effect::Buffer { inputs, .. } => vec![L::zero(); inputs.len()],
        _ => Vec::new(),
    }
}
