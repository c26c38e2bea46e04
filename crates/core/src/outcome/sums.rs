//! Weekly series: sums over agents, inputs and links of one finished week.

use crate::grid::{Grid, Place};
use crate::id::{CommodityId, CountryId, RegionId, SectorId, StageId};
use crate::lanes::{Lane, SMALL, TINY};
use crate::network::{Agent, Input, Network, Output, Role};
use crate::plan::Plan;
use crate::scope::{Licences, Scope, Series, producers};
use crate::state::{NO_MARKET, State};

/// Where a price is paid.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// In the controlling country.
    Home,
    /// Outside it.
    Outside,
}

impl Place for Side {
    fn at(self) -> usize {
        self as usize
    }
}

/// Sums of one week, reused every week. Amounts by stage are at reference prices.
#[derive(Clone)]
pub(super) struct Sums<L> {
    output: Grid<StageId, RegionId, L>,
    output_at_reference: Grid<StageId, RegionId, f64>,
    stock: Grid<StageId, RegionId, L>,
    using: Grid<StageId, RegionId, L>,
    volume: Grid<CommodityId, Side, L>,
    bill: Grid<CommodityId, Side, L>,
    /// Of these, what came round controls, by commodity: tonnes and delivered bill.
    round: Vec<(L, L)>,
    /// Use at the reference level and its value at the buyers' reference prices.
    base_use: Grid<CommodityId, Side, f64>,
    base_bill: Grid<CommodityId, Side, f64>,
    due: Grid<RegionId, SectorId, L>,
    unmet: Grid<RegionId, SectorId, L>,
    national: Grid<StageId, CountryId, L>,
    /// On controlled links, tonnes.
    exports: Grid<CommodityId, RegionId, L>,
    /// By commodity: prices that the controlling country posts, times orders at the reference level; the same at the reference level.
    posted: Vec<L>,
    posted_at_reference: Vec<f64>,
    home: RegionId,
}

impl<L: Lane> Sums<L> {
    pub(super) fn new(network: &Network, scope: &Scope) -> Self {
        let by_stage = || Grid::new(network.stages, network.regions, L::zero());
        let by_sector = || Grid::new(network.regions, network.sectors, L::zero());
        let commodities = network.commodities.len();
        let mut sums = Self {
            output: by_stage(),
            output_at_reference: Grid::new(network.stages, network.regions, 0.0),
            stock: by_stage(),
            using: by_stage(),
            volume: Grid::new(commodities, 2, L::zero()),
            bill: Grid::new(commodities, 2, L::zero()),
            round: vec![(L::zero(), L::zero()); commodities],
            base_use: Grid::new(commodities, 2, 0.0),
            base_bill: Grid::new(commodities, 2, 0.0),
            due: by_sector(),
            unmet: by_sector(),
            national: Grid::new(network.stages, network.countries, L::zero()),
            exports: Grid::new(commodities, network.regions, L::zero()),
            posted: vec![L::zero(); commodities],
            posted_at_reference: vec![0.0; commodities],
            home: scope.home,
        };
        for output in network.outputs.iter().filter(|o| network.agents[o.agent.at()].region == scope.home) {
            sums.posted_at_reference[output.commodity.at()] += output.reference_price * output.base_orders;
        }
        for agent in &network.agents {
            sums.output_at_reference[(agent.stage, agent.region)] +=
                agent.base_activity * value_per_activity(network, agent);
        }
        for input in &network.inputs {
            let cell = price_cell(network, scope, input);
            sums.base_use[cell] += input.base_use;
            sums.base_bill[cell] += input.base_use * input.reference_price;
        }
        sums
    }

    pub(super) fn add_up(&mut self, network: &Network, state: &State<L>, scope: &Scope) {
        [&mut self.output, &mut self.stock, &mut self.using].into_iter().for_each(|sum| sum.fill(L::zero()));
        [&mut self.volume, &mut self.bill].into_iter().for_each(|sum| sum.fill(L::zero()));
        [&mut self.due, &mut self.unmet].into_iter().for_each(|sum| sum.fill(L::zero()));
        self.national.fill(L::zero());
        self.posted.fill(L::zero());
        for (output, price) in network.outputs.iter().zip(&state.outputs.price) {
            if network.agents[output.agent.at()].region == self.home {
                self.posted[output.commodity.at()] += *price * output.base_orders;
            }
        }
        self.ship(network, state);
        for (a, agent) in network.agents.iter().enumerate() {
            let output = state.agents.activity[a] * value_per_activity(network, agent);
            self.output[(agent.stage, agent.region)] += output;
            self.national[(agent.stage, agent.country)] += output;
        }
        for (p, (a, agent, producer)) in producers(network).enumerate() {
            let cell = (agent.region, producer.sector);
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
            let cell = (agent.stage, agent.region);
            self.stock[cell] += state.inputs.stock[i] * input.reference_price;
            self.using[cell] += state.inputs.long_run_use[i] * input.reference_price;
            let cell = price_cell(network, scope, input);
            self.volume[cell] += state.inputs.bought[i];
            self.bill[cell] += state.inputs.bill[i];
        }
    }

    /// What was shipped on controlled links, by good and region of the buyer, and what of it came round the controls.
    fn ship(&mut self, network: &Network, state: &State<L>) {
        self.exports.fill(L::zero());
        self.round.fill((L::zero(), L::zero()));
        for (place, l) in state.control.links.iter().enumerate() {
            if state.control.market[place] != NO_MARKET {
                let link = &network.links[*l as usize];
                let input = &network.inputs[link.buyer.at()];
                let cell = (input.commodity, network.agents[input.agent.at()].region);
                self.exports[cell] += state.control.shipped[place];
                let buyer = &network.agents[input.agent.at()];
                if buyer.region != self.home && !matches!(buyer.role, Role::Reserve) && !state.control.idle {
                    let purchase = &state.links.trade.purchases[*l as usize];
                    let tonnes = state.control.shipped[place] - state.control.shipped_legally[place];
                    let round = &mut self.round[input.commodity.at()];
                    round.0 += tonnes;
                    round.1 += state.control.quoted_bill[place] * purchase.landed + tonnes * purchase.freight;
                }
            }
        }
    }

    /// Adds this week's share of plan that was not built.
    pub(super) fn add_resilience_loss(&self, lost: &mut Grid<RegionId, SectorId, L>) {
        for (lost, (unmet, due)) in
            lost.cells_mut().iter_mut().zip(self.unmet.cells().iter().zip(self.due.cells()))
        {
            *lost += *unmet / due.max(L::splat(TINY));
        }
    }

    /// Herfindahl-Hirschman index and largest share of the countries of a stage.
    ///
    /// ```text
    /// HHI = Σ (output/Σ output)²          times 10,000 where it is printed
    /// ```
    fn concentration(&self, stage: StageId) -> (L, L) {
        let outputs = self.national.row(stage);
        let all = outputs.iter().fold(L::zero(), |sum, x| sum + *x).max(L::splat(TINY));
        let (mut squares, mut largest) = (L::zero(), L::zero());
        for output in outputs {
            let share = *output / all;
            squares += share * share;
            largest = largest.max(share);
        }
        (squares, largest)
    }

    /// What sellers of the controlling country post for a commodity over that at the reference level, by their orders at the reference level.
    fn posted(&self, commodity: CommodityId) -> L {
        self.posted[commodity.at()] * (1.0 / self.posted_at_reference[commodity.at()].max(TINY))
    }

    /// What buyers outside bought of a commodity by the rules and from free sellers, over use at the reference level, and what
    /// they paid for it over the reference price; what is posted at home where nothing was bought.
    fn by_the_rules(&self, commodity: CommodityId) -> (L, L) {
        let cell = (commodity, Side::Outside);
        let (round, round_bill) = self.round[commodity.at()];
        let reference = self.base_bill[cell] / self.base_use[cell];
        let tiny = L::splat(SMALL * self.base_use[cell] + TINY);
        let volume = (self.volume[cell] - round).positive();
        let posted = self.posted(commodity) * reference;
        let price = ((self.bill[cell] - round_bill).positive() + tiny * posted) / (volume + tiny);
        (volume * (1.0 / self.base_use[cell]), price * (1.0 / reference))
    }

    /// Price index of a commodity on one side: paid where it trades, the quote where it does not.
    fn index(
        &self,
        commodity: CommodityId,
        side: Side,
        network: &Network,
        plan: &Plan,
        state: &State<L>,
    ) -> L {
        let cell = (commodity, side);
        let reference = self.base_bill[cell] / self.base_use[cell];
        let tiny = L::splat(SMALL * self.base_use[cell] + TINY);
        let volume = self.volume[cell];
        let paid = (self.bill[cell] + tiny * reference) / (volume + tiny) * (1.0 / reference);
        if side == Side::Home {
            return paid;
        }
        let quote = quoted(commodity, self.posted(commodity), plan, network, state).or_else(|| {
            let m = plan.markets.iter().position(|m| m.commodity == commodity)?;
            Some(spot_quote(m, state))
        });
        let traded = (volume * (1.0 / (0.1 * self.base_use[cell]))).clip(0.0, 1.0);
        quote.map_or(paid, |quote| paid * traded + quote * (L::one() - traded))
    }
}

/// Quote of what comes round controls of a market's good, over the reference price.
fn spot_quote<L: Lane>(market: usize, state: &State<L>) -> L {
    let markets = &state.markets;
    markets.home_price[market] * markets.gap[market].exp() * (1.0 / markets.reference[market].0)
}

/// What is asked for a commodity under a quota over what was asked at the reference level: the price at home, licence rent and duties.
///
/// ```text
/// (p + ρ·g)·(1 + duty)·(1 + tariff) / p₀          means over the links of the quota, by flow at the reference level
/// ```
fn quoted<L: Lane>(
    commodity: CommodityId,
    posted: L,
    plan: &Plan,
    network: &Network,
    state: &State<L>,
) -> Option<L> {
    let reference = network.commodities[commodity.at()].reference_price;
    let (mut asked, mut flow) = (L::zero(), 0.0);
    for link in plan.quotas().flat_map(|rule| &rule.groups).flat_map(|group| &group.links) {
        let l = &network.links[link.at()];
        if network.outputs[l.seller.at()].commodity == commodity {
            let place = state.control.place[link.at()] as usize;
            asked += state.control.licensed_price(place, posted * reference) * l.base_flow;
            flow += l.base_flow;
        }
    }
    (flow > 0.0).then(|| asked * (1.0 / (flow * reference)))
}

fn price_cell(network: &Network, scope: &Scope, input: &Input) -> (CommodityId, Side) {
    let home = network.agents[input.agent.at()].region == scope.home;
    (input.commodity, if home { Side::Home } else { Side::Outside })
}

/// US dollars of output per unit of activity at reference prices; value added for a final producer.
fn value_per_activity(network: &Network, agent: &Agent) -> f64 {
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

impl<L: Lane> Sums<L> {
    pub(super) fn read(&self, series: Series, network: &Network, plan: &Plan, state: &State<L>) -> L {
        let tiny = L::splat(TINY);
        match series {
            Series::Output(stage, region) => {
                self.output[(stage, region)] * (1.0 / (self.output_at_reference[(stage, region)]))
            }
            Series::Cover(stage, region) => {
                self.stock[(stage, region)] / self.using[(stage, region)].max(tiny)
            }
            Series::HomePrice(commodity) => self.index(commodity, Side::Home, network, plan, state),
            Series::OutsidePrice(commodity) => self.index(commodity, Side::Outside, network, plan, state),
            Series::ContractPrice(commodity) => self.by_the_rules(commodity).1,
            Series::ContractVolume(commodity) => self.by_the_rules(commodity).0,
            Series::SpotQuote(market) => spot_quote(market, state),
            Series::SpotVolume(market) => {
                let commodity = plan.markets[market].commodity;
                self.round[commodity.at()].0 * (1.0 / self.base_use[(commodity, Side::Outside)].max(TINY))
            }
            Series::Unmet(sector, region) => {
                self.unmet[(region, sector)] / self.due[(region, sector)].max(tiny)
            }
            Series::UnmetRegion(region) => {
                let (mut unmet, mut due) = (L::zero(), tiny);
                for (sector_unmet, sector_due) in self.unmet.row(region).iter().zip(self.due.row(region)) {
                    unmet += *sector_unmet;
                    due += *sector_due;
                }
                unmet / due
            }
            Series::ControlledExports(market) => {
                let (mut shipped, mut base) = (L::zero(), 0.0);
                for link in &plan.markets[market].links {
                    shipped += state.control.shipped[state.control.place[link.at()] as usize];
                    base += network.links[link.at()].base_flow;
                }
                // what nobody trades at the reference level has no share of it
                if base > 0.0 { shipped * (1.0 / base) } else { L::zero() }
            }
            Series::ExportsTo(commodity, region) => self.exports[(commodity, region)],
            // these are followed on their way: see [`super::arrivals`]
            Series::Arrivals(..) => L::zero(),
            Series::Concentration(stage) => self.concentration(stage).0,
            Series::LargestShare(stage) => self.concentration(stage).1,
            Series::Licences(what) => licences(what, (None, None), plan, network, state),
            Series::LicencesTo(what, region) => licences(what, (Some(region), None), plan, network, state),
            Series::LicencesOf(what, class) => licences(what, (None, Some(class)), plan, network, state),
            // an arm without the shock has no pools
            Series::QuotaFill(pool) => state.control.pools.get(pool).map_or(L::zero(), |pool| {
                let fill = pool.used / pool.allowance.max(L::splat(SMALL));
                L::where_less(L::zero(), pool.allowance, fill, L::zero())
            }),
            Series::QuotaRent(pool) => {
                state.control.pools.get(pool).map_or(L::zero(), |pool| pool.rent * 1e-3)
            }
            Series::QuotaTonnes(pool) => state.control.pools.get(pool).map_or(L::zero(), |pool| pool.used),
            Series::Quote(commodity) => {
                let posted = self.posted(commodity);
                let market = plan.markets.iter().position(|market| market.commodity == commodity);
                let round = || market.map(|market| spot_quote(market, state));
                quoted(commodity, posted, plan, network, state).or_else(round).unwrap_or(posted)
            }
            Series::HomeQuote(commodity) => self.posted(commodity),
            Series::QuotaImports(pool, region) => imports(pool, region, plan, network, state),
            Series::Tonnes(stage, region) => {
                let there = |agent: &&Agent| agent.stage == stage && agent.region == region;
                let made = |sum: L, (a, agent): (usize, &Agent)| {
                    let main = network.outputs_of(agent).next();
                    sum + state.agents.activity[a] * main.map_or(0.0, |o| network.outputs[o].per_activity)
                };
                network.agents.iter().enumerate().filter(|(_, agent)| there(agent)).fold(L::zero(), made)
            }
            Series::Made(commodity, region) => {
                let made = |sum: L, output: &Output| {
                    let agent = &network.agents[output.agent.at()];
                    if output.commodity != commodity || agent.region != region {
                        return sum;
                    }
                    sum + state.agents.activity[output.agent.at()] * output.per_activity
                };
                network.outputs.iter().fold(L::zero(), made)
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
                        weeks += state.inputs.stock[i] * (1.0 / used.max(TINY));
                    }
                }
                weeks
            }
        }
    }
}

/// Gross tonnes that were shipped to a region under a quota, by the rules and round them.
fn imports<L: Lane>(pool: usize, region: RegionId, plan: &Plan, network: &Network, state: &State<L>) -> L {
    let mut sum = L::zero();
    for group in plan.quotas().nth(pool).iter().flat_map(|rule| &rule.groups) {
        for link in &group.links {
            if network.buyer_of(&network.links[link.at()]).region == region {
                sum += state.control.shipped[state.control.place[link.at()] as usize] * group.gross;
            }
        }
    }
    sum
}

/// Licences of all queues together, or of the buyers of a region or a class, in weeks of what their links carry at the reference
/// level.
fn licences<L: Lane>(
    what: Licences,
    (to, class): (Option<RegionId>, Option<u32>),
    plan: &Plan,
    network: &Network,
    state: &State<L>,
) -> L {
    let queues = &state.control.queues;
    let (mut sum, mut base) = (L::zero(), TINY);
    for (place, queue) in queues.of_control.iter().enumerate() {
        let q = *queue as usize;
        if q >= queues.applied.len() {
            continue;
        }
        let link = &network.links[plan.controlled[place].link.at()];
        let elsewhere = to.is_some_and(|to| network.buyer_of(link).region != to);
        if elsewhere || class.is_some_and(|class| queues.class[q] != class) {
            continue;
        }
        base += link.base_flow;
        sum += match what {
            Licences::Filed => queues.filed[q],
            Licences::Pending => queues.pending(q),
            Licences::Granted => queues.given[q],
        };
    }
    sum * (1.0 / base)
}
