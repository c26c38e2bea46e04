//! Agents, recipes and links: built once by the scenario crate, immutable during a run.
//!
//! Everything here is shared by all replicates. Quantities are tonnes (or units of a final good) per week,
//! prices US dollars per tonne (or per unit).

use crate::chance::Entity;
use crate::design::ThriftRule;
use crate::grid::Grid;
use crate::id::{
    AgentId, CommodityId, CountryId, ElementId, GatewayId, InputId, LinkId, OutputId, RegionId, SectorId,
    StageId,
};
use crate::time::Week;
use core::ops::Range;

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// Runs one production line with one recipe: mine, separator, metal, alloy, magnet or component maker, recycler.
    Facility,
    /// Builds final goods.
    Producer(Producer),
    /// Holds a stock for a government and releases it in a shortage.
    Reserve,
}

/// What only a final producer has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Producer {
    /// Sector of final demand.
    pub sector: SectorId,
    /// Value added in the region per unit built, US dollars.
    pub value_added_usd_per_unit: f64,
    /// Share of that value added that is not spent when a unit is not built.
    pub avoidable_cost_share: f64,
    /// Output above the usual that overtime allows, as a share of it: growth, busy weeks and catching up share it.
    pub overtime_share: f64,
    /// Weeks over which a backlog is worked off when nothing else binds.
    pub catch_up_weeks: f64,
    /// Mean weeks before a waiting customer is lost.
    pub patience_weeks: f64,
    /// Growth of its plan, log per year, before the drawn factor.
    pub growth: f64,
    /// Whether each input makes a product of its own: a want of one stops the share of output that is made from it.
    pub apart: bool,
}

/// A facility, a final producer or a reserve.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Key of its random variation: a hash of its id string.
    pub entity: Entity,
    /// What it does.
    pub role: Role,
    /// Stage of the chain.
    pub stage: StageId,
    /// Country.
    pub country: CountryId,
    /// Reporting region of that country.
    pub region: RegionId,
    /// Activity at the reference level: units of the recipe (final goods for a producer) per week.
    pub base_activity: f64,
    /// Greatest activity per week: at the reference level, or of a project that is complete.
    pub capacity: f64,
    /// Lines that it runs: how finely it can stop.
    pub lines: u32,
    /// Processing cost without inputs, US dollars per unit of activity, calibrated so that reference prices rest.
    pub own_cost_usd: f64,
    /// Growth that it expects of its own activity, log per year, before the drawn factor: that of the final demand in
    /// which what it makes ends.
    pub outlook: f64,
    /// What it buys: a range of [`InputId`].
    pub inputs: Range<u32>,
    /// What it sells: a range of [`OutputId`].
    pub outputs: Range<u32>,
}

/// One commodity that one agent makes.
#[derive(Clone, Debug)]
pub struct Output {
    /// Who makes it.
    pub agent: AgentId,
    /// What it is.
    pub commodity: CommodityId,
    /// Tonnes per unit of activity.
    pub per_activity: f64,
    /// Weeks of expected orders that the seller wants in stock.
    pub cover_weeks: f64,
    /// Price at the reference level, US dollars per tonne.
    pub reference_price: f64,
    /// Orders at the reference level, tonnes per week.
    pub base_orders: f64,
    /// Growth that its seller expects of orders, log per year, before the drawn factor.
    pub outlook: f64,
    /// Share of production that is disposed of at the reference level because nobody buys it.
    pub surplus_share: f64,
    /// Whether orders for it move the plant: a joint product's do, a by-product's (scrap) do not.
    pub drives: bool,
    /// Place in [`Tracing::traces`] of the content that this product consists of and nothing else: what is made of
    /// leaner material is less of it, not leaner.
    pub pure: Option<usize>,
}

/// One commodity that one agent buys.
#[derive(Clone, Debug)]
pub struct Input {
    /// Who buys it.
    pub agent: AgentId,
    /// What it is.
    pub commodity: CommodityId,
    /// Tonnes per unit of activity.
    pub per_activity: f64,
    /// Weeks of long-run use that the buyer wants in stock.
    pub cover_weeks: f64,
    /// Use at the reference level, tonnes per week.
    pub base_use: f64,
    /// Delivered price at the reference level over all its suppliers, US dollars per tonne.
    pub reference_price: f64,
    /// What a final producer loses without it, US dollars per tonne: its price and the value added at stake (unused for other
    /// agents).
    pub worth: f64,
    /// Suppliers: a range of [`crate::id::LinkId`].
    pub links: Range<u32>,
    /// Mean transit lag at the reference level, weeks.
    pub mean_lag: f64,
    /// Weeks that moving orders to another qualified supplier takes (habit, contracts).
    pub switching_weeks: f64,
    /// Weeks that qualifying a supplier takes (sampling, tests, approval).
    pub qualification_weeks: f64,
    /// σ: spread of the stocks of its buyer's lines, standard deviation of the logarithm; zero where all are alike.
    pub spread: f64,
    /// Share of a price trend that buyers take to go on: all of it for goods that can be stored and sold again, little
    /// for parts that are made to order.
    pub speculation: f64,
}

/// One buyer's trade with one seller.
#[derive(Clone, Debug)]
pub struct Link {
    /// The seller's output.
    pub seller: OutputId,
    /// The buyer's input.
    pub buyer: InputId,
    /// Share of the buyer's orders at the reference level; the shares of an input sum to one (a reserve's too).
    pub base_share: f64,
    /// Tonnes per week at the reference level.
    pub base_flow: f64,
    /// Weeks from dispatch to arrival, at least one.
    pub lag_weeks: u32,
    /// US dollars per tonne.
    pub freight: f64,
    /// Import tariff, share of the seller's price.
    pub tariff: f64,
    /// Share of the flow at the reference level that is under contract: served first, at a lagged average price.
    pub contract_share: f64,
    /// Port or land crossing that the goods pass.
    pub gateway: Option<GatewayId>,
    /// Weight in supplier choice once the seller is qualified; zero for suppliers at the reference level, which are.
    pub entry_share: f64,
    /// Delivered price at which the buyer neither prefers nor avoids the seller, US dollars per tonne.
    pub usual_price: f64,
    /// Whether buyer and seller are in different regions.
    pub foreign: bool,
}

impl Link {
    /// What the buyer pays at the reference level, US dollars per tonne.
    pub fn reference_delivered(&self, network: &Network) -> f64 {
        network.outputs[self.seller.at()].reference_price * (1.0 + self.tariff) + self.freight
    }
}

/// A commodity as the core knows it.
#[derive(Clone, Debug)]
pub struct Commodity {
    /// Stage that makes it.
    pub stage: StageId,
    /// Tonnes of each element in a tonne, by [`crate::id::ElementId`]; empty for final goods.
    pub contents: Vec<f64>,
    /// US dollars per tonne at the reference level.
    pub reference_price: f64,
}

/// A way from a reserve to a user that it may serve.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseRoute {
    /// The reserve's stock.
    pub from: InputId,
    /// The user's stock.
    pub to: InputId,
    /// Whether it is served before the others ([`crate::plan::Allocation::First`]).
    pub first: bool,
}

/// How buyers order. A property of the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ordering {
    /// Expected use and a share of the gap to the stock target.
    #[default]
    Smooth,
    /// Inventory theory's own rule: up to the target every week, with unfilled orders kept and prices fixed.
    BaseStock {
        /// Past demands that the target follows; zero: the target is that at the reference level.
        window: u32,
    },
}

/// How a facility is built, and what its owner asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Venture {
    /// What there is of it at the reference level.
    pub status: Status,
    /// Whether its owner adds capacity when that pays.
    pub expands: bool,
    /// Revenue over cash cost below which it counts as losing: owners differ in what they bear. Zero: it never idles.
    pub losing_below: f64,
    /// What capacity for a unit of activity a week costs to build, US dollars.
    pub capex_usd: f64,
    /// Weeks from first output to full capacity.
    pub ramp_weeks: f64,
    /// Return that a private owner asks of capital, per year.
    pub required_return: f64,
    /// Years over which capital is earned back.
    pub life_years: f64,
    /// What a restart costs, US dollars for capacity of a unit of activity a week.
    pub restart_usd: f64,
    /// Weeks that a restart takes over those of a mine: what is quick to build is quick to start again.
    pub restart_share: f64,
    /// Share of the time since it was decided that has passed when the calendar starts: so far are its customers with
    /// qualifying it. Zero for what runs or is not yet decided.
    pub begun: f64,
    /// Place in [`Network::chains`] of the projects that its owner decides together with it.
    pub chain: Option<usize>,
    /// Place in [`Network::owners`] of the plants whose losses its owner counts together with its own.
    pub owner: Option<usize>,
}

/// What there is of a facility at the reference level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It runs.
    Running,
    /// It is being built and comes at a drawn week, whatever prices do.
    Committed,
    /// It is a project that starts in this week or later, if it pays.
    Open(Week),
}

/// A good that is quoted: its sellers post what the sellers of the country ask that sells most of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    /// That country's sellers.
    pub makers: Vec<Quoted>,
    /// Where it exports the good, region by region of the buyers: the links, with their share of what the region gets at the
    /// reference level.
    pub exports: Vec<Vec<(LinkId, f64)>>,
    /// Sellers of other countries.
    pub followers: Vec<Follower>,
}

/// A seller of a good that is quoted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quoted {
    /// What it sells.
    pub output: OutputId,
    /// Its share of the country's sales at the reference level.
    pub share: f64,
    /// Logarithm of its price at the reference level, US dollars per tonne.
    pub log_reference: f64,
}

/// A seller of another country.
#[derive(Clone, Debug, PartialEq)]
pub struct Follower {
    /// What it sells.
    pub output: OutputId,
    /// Logarithm of its price at the reference level, US dollars per tonne.
    pub log_reference: f64,
    /// Places in [`Benchmark::exports`] where its buyers are, with their share of what it sells; the shares sum to one at most.
    pub sells: Vec<(usize, f64)>,
}

/// Small plants that nobody registers: they open when their price is high, and leave when it is low.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fringe {
    /// The facility that stands for them.
    pub agent: AgentId,
    /// Elasticity of their capacity to the price that they have come to expect.
    pub elasticity: f64,
    /// Greatest capacity, in capacities at the reference level.
    pub most: f64,
}

/// Goods at the end of their life in one region: what collectors find.
#[derive(Clone, Debug, PartialEq)]
pub struct Collector {
    /// The facility that collects: it has no inputs, and its capacity is what returns × what is collected.
    pub agent: AgentId,
    /// Share of returns that is collected at the reference level.
    pub share: f64,
    /// Greatest share that price alone brings.
    pub most: f64,
    /// Elasticity of collection to the price of scrap.
    pub elasticity: f64,
    /// Cost of collecting a tonne that price would not bring, US dollars.
    pub cost_usd: f64,
    /// Goods of one sector each.
    pub cohorts: Vec<Cohort>,
}

/// Past sales of one sector in one region by age: an Erlang distribution of lives in `ages` compartments.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// Producers (places among the producers) and tonnes of scrap in a unit that they build.
    pub sources: Vec<(usize, f64)>,
    /// Mean life, weeks.
    pub life_weeks: f64,
    /// k: number of compartments.
    pub ages: usize,
    /// Growth of sales before the calendar starts, log per week.
    pub past_growth: f64,
    /// Tonnes sold a week at the reference level.
    pub sold: f64,
}

impl Cohort {
    /// Tonnes in each compartment at the reference level, youngest first: what sales that grew at a steady rate have left.
    ///
    /// ```text
    /// r = k/life;   x₁ = sold/(r + γ);   xⱼ = x₍ⱼ₋₁₎·r/(r + γ);   returns = r·x_k
    /// ```
    pub fn at_reference(&self) -> impl Iterator<Item = f64> + '_ {
        let rate = self.ages as f64 / self.life_weeks;
        let passed = rate / (rate + self.past_growth);
        (0..self.ages).scan(self.sold / rate, move |stock, _| {
            *stock *= passed;
            Some(*stock)
        })
    }

    /// Tonnes that return a week at the reference level.
    pub fn returns(&self) -> f64 {
        self.at_reference().last().unwrap_or(0.0) * self.ages as f64 / self.life_weeks
    }
}

/// A share that rides with material: every stock, recipe and shipment mixes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Trace {
    /// Share of the contained material that passed a stage (`None`: any) in a region.
    Origin {
        /// Stage that stamps it.
        stage: Option<StageId>,
        /// Region that stamps it.
        region: RegionId,
    },
    /// Content of these elements over that of the commodity at the reference level.
    Content(Vec<ElementId>),
}

/// Traces of all materials and what they need to mix; a column for each trace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tracing {
    /// What is traced.
    pub traces: Vec<Trace>,
    /// Weight of each input in what its agent makes; the weights of an agent sum to one.
    pub weights: Grid<InputId, usize, f64>,
    /// Whether an agent stamps what it makes.
    pub stamps: Grid<AgentId, usize, bool>,
    /// Shares at the reference level of what outputs hold.
    pub outputs: Grid<OutputId, usize, f64>,
    /// Shares at the reference level of what inputs hold and of what is on its way to them.
    pub inputs: Grid<InputId, usize, f64>,
}

/// The chain.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Commodities by id.
    pub commodities: Vec<Commodity>,
    /// Agents by id: facilities first (projects last among them), then final producers, then reserves.
    pub agents: Vec<Agent>,
    /// Number of facilities, projects included.
    pub facilities: usize,
    /// Number of final producers.
    pub producers: usize,
    /// Outputs by id, grouped by agent.
    pub outputs: Vec<Output>,
    /// Inputs by id, grouped by agent.
    pub inputs: Vec<Input>,
    /// Links by id, grouped by the buyer's input.
    pub links: Vec<Link>,
    /// Ways from reserves to users, grouped by reserve stock.
    pub releases: Vec<ReleaseRoute>,
    /// How buyers order.
    pub ordering: Ordering,
    /// Outputs of which traders hold stocks, grouped by market.
    pub traded: Vec<OutputId>,
    /// Markets that traders watch: places in [`Network::traded`], all of one commodity in one region.
    pub trader_markets: Vec<Range<usize>>,
    /// What gives way to price.
    pub thrifts: Vec<ThriftRule>,
    /// How facilities are built, by their place; empty in a world where nobody builds, idles or closes.
    pub ventures: Vec<Venture>,
    /// Projects of one owner that supply each other: decided as one, a mine with its plant.
    pub chains: Vec<Vec<AgentId>>,
    /// Plants and projects of one owner that supply each other: they run as one.
    pub owners: Vec<Vec<AgentId>>,
    /// Who collects goods at the end of their life.
    pub collectors: Vec<Collector>,
    /// Small plants that come and go with their price.
    pub fringes: Vec<Fringe>,
    /// Goods that are quoted.
    pub benchmarks: Vec<Benchmark>,
    /// Origin and content of materials.
    pub tracing: Tracing,
    /// Number of elements.
    pub elements: usize,
    /// Number of countries.
    pub countries: usize,
    /// Number of reporting regions.
    pub regions: usize,
    /// Number of stages.
    pub stages: usize,
    /// Whether the plants of a stage are lines, as final producers are: their stops are followed.
    pub lines: Vec<bool>,
    /// Number of sectors.
    pub sectors: usize,
    /// Number of gateways.
    pub gateways: usize,
}

impl Network {
    /// Whether a stage is final production or one whose plants are lines: their stocks are those of downstream.
    pub fn is_downstream(&self, stage: StageId) -> bool {
        self.lines[stage.at()] || stage.at() + 1 == self.stages
    }

    /// The producers' place in [`Network::agents`].
    #[inline(always)]
    pub fn producer_range(&self) -> Range<usize> {
        self.facilities..self.facilities + self.producers
    }
    /// The inputs of an agent.
    #[inline(always)]
    pub fn inputs_of(&self, agent: &Agent) -> Range<usize> {
        agent.inputs.start as usize..agent.inputs.end as usize
    }
    /// The outputs of an agent.
    #[inline(always)]
    pub fn outputs_of(&self, agent: &Agent) -> Range<usize> {
        agent.outputs.start as usize..agent.outputs.end as usize
    }
    /// The suppliers of an input.
    #[inline(always)]
    pub fn links_of(&self, input: &Input) -> Range<usize> {
        input.links.start as usize..input.links.end as usize
    }
    /// Activity per week that a production quota is a share of: at the reference level, or of a project that is complete.
    #[inline(always)]
    pub fn quota_base(&self, agent: &Agent) -> f64 {
        if agent.base_activity > 0.0 { agent.base_activity } else { agent.capacity }
    }
    /// The agent that sells on a link.
    pub fn seller_of(&self, link: &Link) -> &Agent {
        &self.agents[self.outputs[link.seller.at()].agent.at()]
    }
    /// The agent that buys on a link.
    pub fn buyer_of(&self, link: &Link) -> &Agent {
        &self.agents[self.inputs[link.buyer.at()].agent.at()]
    }
    /// Whether buyers order up to a fixed or moving target every week.
    #[inline(always)]
    pub fn base_stock(&self) -> Option<u32> {
        match self.ordering {
            Ordering::Smooth => None,
            Ordering::BaseStock { window } => Some(window),
        }
    }
    /// Element content of a commodity at the reference level, tonnes per tonne.
    pub fn content(&self, commodity: CommodityId, element: usize) -> f64 {
        self.commodities[commodity.at()].contents.get(element).copied().unwrap_or(0.0)
    }
}

impl Tracing {
    /// Makes room for one more input and one more agent, which stamp nothing: a reserve's.
    pub fn add_stock(&mut self) {
        let traces = &self.traces;
        self.weights.add_row(|_| 0.0);
        self.inputs.add_row(|trace| f64::from(u8::from(matches!(traces[trace], Trace::Content(_)))));
        self.stamps.add_row(|_| false);
    }
}
