//! A small world: one mine, one smelter, one builder in a row.

use chokepoint_core::behaviour::Behaviour;
use chokepoint_core::chance::Entity;
use chokepoint_core::id::{
    AgentId, CommodityId, CountryId, InputId, LinkId, OutputId, RegionId, SectorId, StageId,
};
use chokepoint_core::lanes::Lane;
use chokepoint_core::network::{Agent, Commodity, Input, Link, Network, Output, Producer, Role};
use chokepoint_core::plan::{Controlled, Draw, Effect, Event, Market, Plan, Replicates};

/// Behaviour in the middle of its priors.
pub(crate) fn behaviour<L: Lane>() -> Behaviour<L> {
    Behaviour { usual_weight: L::zero(), pass_through: L::one(), ..Behaviour::made_up() }
}

/// A step event.
pub(crate) fn step<L: Lane>(start: f64, duration: f64, magnitude: f64) -> Draw<L> {
    Draw {
        start: L::splat(start),
        known: L::splat(start),
        ramp: L::zero(),
        duration: L::splat(duration),
        recovery: L::zero(),
        magnitude: L::splat(magnitude),
        leakage: L::zero(),
        leakage_ramp: L::zero(),
        leakage_premium: L::zero(),
        diversion: L::zero(),
        carrying: L::zero(),
        regime: None,
    }
}

/// Random variation-free replicates with these events.
pub(crate) fn replicates<L: Lane>(draws: Vec<Draw<L>>) -> Replicates<L> {
    Replicates {
        behaviour: behaviour(),
        draws,
        demand: Vec::new(),
        availability: Vec::new(),
        construction: Vec::new(),
        trends: false,
    }
}

/// A mine at home and one abroad sell metal to one builder abroad: 100 t a week for 10 goods, 80 t from home.
/// The builder keeps `cover` weeks; goods travel `lag` weeks.
pub(crate) fn two_mines(cover: f64, lag: u32) -> Network {
    let mine = |id: &str, country: u32, flow: f64, output: u32| Agent {
        entity: Entity::named(id),
        role: Role::Facility,
        stage: StageId(0),
        country: CountryId(country),
        region: RegionId(country),
        base_activity: flow,
        capacity: flow * 1.1,
        lines: 1,
        own_cost_usd: 800.0,
        outlook: 0.0,
        inputs: 0..0,
        outputs: output..output + 1,
    };
    let output = |agent: u32, flow: f64| Output {
        agent: AgentId(agent),
        commodity: CommodityId(0),
        per_activity: 1.0,
        cover_weeks: 4.0,
        reference_price: 1000.0,
        base_orders: flow,
        outlook: 0.0,
        drives: true,
        surplus_share: 0.0,
        pure: None,
    };
    let link = |seller: u32, share: f64| Link {
        seller: OutputId(seller),
        buyer: InputId(0),
        base_share: share,
        base_flow: 100.0 * share,
        lag_weeks: lag,
        freight: 50.0,
        tariff: 0.0,
        contract_share: 0.5,
        gateway: None,
        entry_share: 0.0,
        usual_price: 1050.0,
        foreign: seller == 0,
    };
    let builder = Agent {
        entity: Entity::named("builder"),
        role: Role::Producer(Producer {
            sector: SectorId(0),
            value_added_usd_per_unit: 1e6,
            avoidable_cost_share: 0.25,
            overtime_share: 0.1,
            catch_up_weeks: 10.0,
            patience_weeks: 20.0,
            apart: false,
            growth: 0.0,
        }),
        stage: StageId(2),
        country: CountryId(1),
        region: RegionId(1),
        base_activity: 10.0,
        capacity: 11.0,
        lines: 1,
        own_cost_usd: 0.0,
        outlook: 0.0,
        inputs: 0..1,
        outputs: 2..2,
    };
    Network {
        commodities: vec![Commodity { stage: StageId(0), contents: vec![1.0], reference_price: 1000.0 }],
        agents: vec![mine("home", 0, 80.0, 0), mine("abroad", 1, 20.0, 1), builder],
        facilities: 2,
        producers: 1,
        outputs: vec![output(0, 80.0), output(1, 20.0)],
        inputs: vec![Input {
            agent: AgentId(2),
            commodity: CommodityId(0),
            per_activity: 10.0,
            cover_weeks: cover,
            base_use: 100.0,
            reference_price: 1050.0,
            worth: 50_000.0,
            links: 0..2,
            mean_lag: f64::from(lag),
            switching_weeks: 52.0,
            qualification_weeks: 104.0,
            spread: 0.0,
            speculation: 1.0,
        }],
        links: vec![link(0, 0.8), link(1, 0.2)],
        releases: Vec::new(),
        elements: 1,
        countries: 2,
        regions: 2,
        stages: 3,
        lines: vec![false, true, false],
        sectors: 1,
        gateways: 0,
        ..Network::default()
    }
}

/// A plan that stops what the mine at home sells.
pub(crate) fn ban(weeks: u32) -> Plan {
    let market = Market { commodity: CommodityId(0), links: vec![LinkId(0)] };
    Plan {
        events: vec![Event { effect: Effect::ExportCap(vec![LinkId(0)]), draw: 0 }],
        markets: vec![market],
        controlled: vec![Controlled { link: LinkId(0), market: Some(0), detour_weeks: 0 }],
        gateways: Vec::new(),
        weeks,
    }
}
