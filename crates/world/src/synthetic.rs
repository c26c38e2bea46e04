//! Chains made up for tests of scale: as many agents as wanted, five suppliers each on average, heavy-tailed degrees.
//!
//! Nothing in them is data. Seven stages; every plant buys one commodity from plants of the stage before it. Sellers are
//! found by Zipf's law, so that a few serve thousands; the number of a buyer's suppliers and the size of final makers
//! follow Pareto's. What is made is what is bought, so that the chain rests until its shock: for a year nine tenths
//! of the largest country's magnet making are idle.

use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::chance::{Chance, Entity, Stream};
use chokepoint_core::id::{
    AgentId, CommodityId, CountryId, InputId, LinkId, OutputId, RegionId, SectorId, StageId, to_u32,
};
use chokepoint_core::lanes::{exp, ln};
use chokepoint_core::network::{Agent, Commodity, Input, Link, Network, Output, Producer, Role};
use chokepoint_core::plan::{Draw, Effect, Event, Plan, Replicates};
use chokepoint_core::time::Week;

/// Fewest agents: a few at each stage.
pub const FEWEST: u32 = 50;
/// Most agents: some 2.2 GB.
pub const MOST: u32 = 1_000_000;
/// Links of an agent, on average.
pub const LINKS_EACH: f64 = 5.0;
/// Week in which the shock begins, and weeks that it lasts.
pub const SHOCK: (Week, Week) = (10, 52);

/// Share of all agents at each stage, upstream first.
const STAGES: [f64; 7] = [0.04, 0.06, 0.08, 0.10, 0.15, 0.22, 0.35];
/// Share of all agents in each country; each is a region.
const COUNTRIES: [f64; 7] = [0.40, 0.15, 0.15, 0.10, 0.08, 0.07, 0.05];
/// Stage that the shock strikes: magnets.
const STRUCK: usize = 4;
/// Exponent of Zipf's law of sellers.
const ZIPF: f64 = 0.7;
/// Exponents of Pareto's law of numbers of suppliers and of final makers' sizes.
const PARETO: (f64, f64) = (2.0, 1.5);
/// Most suppliers of one buyer.
const MOST_SUPPLIERS: usize = 1_000;
/// Tonnes bought for a tonne made.
const TAKEN: f64 = 1.1;
/// Price of what mines sell, US dollars per tonne, and the factor from stage to stage.
const PRICES: (f64, f64) = (1_000.0, 1.8);

/// A chain, its shock, and the one replicate that it meets.
#[derive(Clone, Debug)]
pub struct Synthetic {
    /// The chain.
    pub network: Network,
    /// Its shock.
    pub plan: Plan,
    /// A replicate without random variation.
    pub replicates: Replicates<f64>,
}

/// A chain of so many agents; the same seed gives the same chain.
pub fn chain(agents: u32, seed: u64) -> Synthetic {
    let draft = Draft::new(agents.clamp(FEWEST, MOST), seed);
    let network = draft.network();
    let struck = network.agents.iter().enumerate();
    let struck = struck.filter(|(_, a)| a.stage.at() == STRUCK && a.country.at() == 0);
    let effect = Effect::CapacityLoss(struck.map(|(a, _)| AgentId::from(a)).collect());
    let plan = Plan { events: vec![Event { effect, draw: 0 }], weeks: 104, ..Plan::default() };
    let replicates = Replicates {
        behaviour: Behaviour::made_up(),
        draws: vec![shock()],
        demand: Vec::new(),
        availability: Vec::new(),
        construction: Vec::new(),
        trends: false,
    };
    Synthetic { network, plan, replicates }
}

fn shock() -> Draw<f64> {
    Draw {
        start: f64::from(SHOCK.0),
        known: f64::from(SHOCK.0),
        ramp: 0.0,
        duration: f64::from(SHOCK.1),
        recovery: 0.0,
        magnitude: 0.9,
        leakage: 0.0,
        leakage_ramp: 0.0,
        leakage_premium: 0.0,
        diversion: 0.0,
        carrying: 0.0,
        regime: None,
    }
}

/// What every agent of a stage is like.
struct Draft {
    chance: Chance,
    /// First agent of each stage, and at the end their number.
    starts: [usize; STAGES.len() + 1],
    /// Least number of suppliers, before rounding, for which there are [`LINKS_EACH`] links for an agent.
    fewest_suppliers: f64,
}

/// A supplier of a buyer: an agent, and the share of the orders that it gets.
type Supplier = (usize, f64);

impl Draft {
    fn new(agents: u32, seed: u64) -> Self {
        let mut starts = [0; STAGES.len() + 1];
        let mut before = 0.0;
        for (stage, share) in STAGES.iter().enumerate() {
            before += share;
            starts[stage + 1] = (before * f64::from(agents)).round() as usize;
        }
        let mut draft = Self { chance: Chance::new(seed, 0), starts, fewest_suppliers: 1.0 };
        draft.fit();
        draft
    }

    /// Finds the scale of the law of numbers of suppliers by halving, on a sample of buyers.
    fn fit(&mut self) {
        let buyers = self.starts[1]..self.starts[7];
        let every = (buyers.len() / 20_000).max(1);
        let wanted = LINKS_EACH * self.starts[7] as f64 / buyers.len() as f64;
        let (mut low, mut high) = (0.5, 12.0);
        let mut suppliers = Vec::new();
        for _ in 0..20 {
            self.fewest_suppliers = 0.5 * (low + high);
            let sample = || buyers.clone().step_by(every);
            let all: usize = sample()
                .map(|a| {
                    self.suppliers(a, &mut suppliers);
                    suppliers.len()
                })
                .sum();
            if (all as f64) < wanted * sample().count() as f64 {
                low = self.fewest_suppliers;
            } else {
                high = self.fewest_suppliers;
            }
        }
    }

    fn stage(&self, agent: usize) -> usize {
        self.starts[1..].iter().filter(|start| **start <= agent).count()
    }

    /// Two uniforms for what `use_of` says of an agent.
    fn uniforms(&self, agent: usize, use_of: u32) -> [f64; 2] {
        self.chance.uniforms(Stream::Synthetic, Entity(agent as u64), use_of)
    }

    fn country(&self, agent: usize) -> usize {
        let mut left = self.uniforms(agent, 0)[0];
        let country = COUNTRIES.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        country.unwrap_or(0)
    }

    fn suppliers_of(&self, agent: usize) -> usize {
        let stage = self.stage(agent);
        let sellers = self.starts[stage] - self.starts[stage - 1];
        let drawn = self.fewest_suppliers * power(self.uniforms(agent, 0)[1], -1.0 / PARETO.0);
        (drawn as usize).clamp(1, sellers.min(MOST_SUPPLIERS))
    }

    /// A buyer's suppliers: one in turn, so that no plant is without a buyer, the others by Zipf's law.
    fn suppliers(&self, agent: usize, suppliers: &mut Vec<Supplier>) {
        suppliers.clear();
        let stage = self.stage(agent);
        let sellers = self.starts[stage - 1]..self.starts[stage];
        let in_turn = sellers.start + (agent - self.starts[stage]) % sellers.len();
        let wanted = self.suppliers_of(agent);
        let mut all = 0.0;
        for k in 0..wanted as u32 {
            let [u, size] = self.uniforms(agent, 1 + k);
            let place = power(u, 1.0 / (1.0 - ZIPF)) * sellers.len() as f64;
            let seller =
                if k == 0 { in_turn } else { sellers.start + (place as usize).min(sellers.len() - 1) };
            if suppliers.iter().all(|(other, _)| *other != seller) {
                suppliers.push((seller, 0.2 + size));
                all += 0.2 + size;
            }
        }
        suppliers.sort_unstable_by_key(|(seller, _)| *seller);
        suppliers.iter_mut().for_each(|(_, share)| *share /= all);
    }

    /// What each agent makes a week: final makers by their size, others what is bought of them.
    fn activities(&self) -> Vec<f64> {
        let mut made = vec![0.0; self.starts[7]];
        let mut suppliers = Vec::new();
        for agent in (self.starts[1]..self.starts[7]).rev() {
            if self.stage(agent) == 6 {
                made[agent] = (10.0 * power(self.uniforms(agent, 0)[1], -1.0 / PARETO.1)).min(10_000.0);
            }
            self.suppliers(agent, &mut suppliers);
            for (seller, share) in &suppliers {
                made[*seller] += made[agent] * TAKEN * share;
            }
        }
        made
    }

    fn network(&self) -> Network {
        let made = self.activities();
        let agents = self.starts[7];
        let mut network = Network {
            commodities: (0..STAGES.len() - 1)
                .map(|stage| Commodity {
                    stage: StageId::from(stage),
                    contents: Vec::new(),
                    reference_price: price(stage),
                })
                .collect(),
            agents: Vec::with_capacity(agents),
            outputs: Vec::with_capacity(self.starts[6]),
            inputs: Vec::with_capacity(agents - self.starts[1]),
            links: Vec::with_capacity((1.01 * LINKS_EACH * agents as f64) as usize),
            facilities: self.starts[6],
            producers: agents - self.starts[6],
            countries: COUNTRIES.len(),
            regions: COUNTRIES.len(),
            stages: STAGES.len(),
            lines: (0..STAGES.len()).map(|stage| stage + 2 == STAGES.len()).collect(),
            sectors: 1,
            ..Network::default()
        };
        let mut suppliers = Vec::new();
        for (agent, made) in made.iter().enumerate() {
            self.add(&mut network, agent, *made, &mut suppliers);
        }
        network
    }

    fn add(&self, network: &mut Network, agent: usize, made: f64, suppliers: &mut Vec<Supplier>) {
        let (stage, country) = (self.stage(agent), self.country(agent));
        let (first_input, first_output) = (network.inputs.len(), network.outputs.len());
        let mut bought = 0.0;
        if stage > 0 {
            self.suppliers(agent, suppliers);
            bought = self.add_input(network, agent, made, suppliers) * TAKEN;
        }
        let final_maker = stage == STAGES.len() - 1;
        if !final_maker {
            network.outputs.push(output(agent, stage, made));
        }
        network.agents.push(Agent {
            entity: Entity(agent as u64),
            role: if final_maker { Role::Producer(producer()) } else { Role::Facility },
            stage: StageId::from(stage),
            country: CountryId::from(country),
            region: RegionId::from(country),
            base_activity: made,
            capacity: 1.15 * made,
            lines: 1,
            own_cost_usd: 0.9 * price(stage) - bought,
            outlook: 0.0,
            inputs: to_u32(first_input)..to_u32(network.inputs.len()),
            outputs: to_u32(first_output)..to_u32(network.outputs.len()),
        });
    }

    /// What a buyer needs, with its links; gives the delivered price.
    fn add_input(&self, network: &mut Network, agent: usize, made: f64, suppliers: &[Supplier]) -> f64 {
        let (stage, country) = (self.stage(agent), self.country(agent));
        let (input, first) = (network.inputs.len(), network.links.len());
        let (mut delivered, mut lag) = (0.0, 0.0);
        for (seller, share) in suppliers {
            let from = self.country(*seller);
            // no output stands before that of a seller but those of the agents before it
            let link = link(OutputId::from(*seller), input, stage - 1, from, country, *share, made * TAKEN);
            delivered += share * link.usual_price;
            lag += share * f64::from(link.lag_weeks);
            network.links.push(link);
        }
        network.inputs.push(Input {
            agent: AgentId::from(agent),
            commodity: CommodityId::from(stage - 1),
            per_activity: TAKEN,
            cover_weeks: 4.0,
            base_use: made * TAKEN,
            reference_price: delivered,
            worth: 20.0 * delivered,
            links: LinkId::from(first).0..LinkId::from(network.links.len()).0,
            mean_lag: lag,
            switching_weeks: 26.0,
            qualification_weeks: 52.0,
            spread: 0.0,
            speculation: 0.2,
        });
        delivered
    }
}

fn link(
    seller: OutputId,
    input: usize,
    sold: usize,
    from: usize,
    to: usize,
    share: f64,
    bought: f64,
) -> Link {
    let foreign = from != to;
    let freight = if foreign { 0.06 } else { 0.02 } * price(sold);
    Link {
        seller,
        buyer: InputId::from(input),
        base_share: share,
        base_flow: share * bought,
        lag_weeks: if foreign { 3 + (from * 3 + to) as u32 % 6 } else { 1 },
        freight,
        tariff: 0.0,
        contract_share: 0.6,
        gateway: None,
        entry_share: 0.0,
        usual_price: price(sold) + freight,
        foreign,
    }
}

fn output(agent: usize, stage: usize, made: f64) -> Output {
    Output {
        agent: AgentId::from(agent),
        commodity: CommodityId::from(stage),
        per_activity: 1.0,
        cover_weeks: 3.0,
        reference_price: price(stage),
        base_orders: made,
        outlook: 0.0,
        surplus_share: 0.0,
        drives: true,
        pure: None,
    }
}

fn producer() -> Producer {
    Producer {
        sector: SectorId(0),
        value_added_usd_per_unit: 10.0 * price(6),
        avoidable_cost_share: 0.25,
        overtime_share: 0.1,
        catch_up_weeks: 10.0,
        patience_weeks: 20.0,
        apart: false,
        growth: 0.0,
    }
}

fn price(stage: usize) -> f64 {
    (0..stage).fold(PRICES.0, |price, _| price * PRICES.1)
}

/// A power, by the core's own functions: the same on every machine.
fn power(base: f64, exponent: f64) -> f64 {
    exp(exponent * ln(base))
}
