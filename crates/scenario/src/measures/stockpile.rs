//! A government, or several together, hold a stock and release it in a shortage.

use super::{CARRYING_COST, COVER, PAYER, Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use crate::select::Names;
use crate::targets::end_uses;
use chokepoint_core::chance::Entity;
use chokepoint_core::id::{AgentId, CommodityId, InputId, to_u32};
use chokepoint_core::network::{Agent, Input, Link, ReleaseRoute, Role};
use chokepoint_core::plan::{Allocation, Effect, ReserveRule};
use chokepoint_input::leaf::Leaf;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};
use chokepoint_world::catalogue::AgentInfo;

/// Times over which a stock is filled, weeks.
const WEEKS: (f64, f64) = (1.0, 520.0);
/// How a release may be shared.
const WAYS: [(&str, Allocation); 2] = [("lack", Allocation::Lack), ("use", Allocation::Use)];

const REGION: Field = Field::may("region", Value::Other("\"name\""), "region or country of the users");
const POOL: Field =
    Field::may("pool", Value::Names, "regions or countries that share one stock, in place of a region");
const COMMODITY: Field = Field::need("commodity", Value::Other("\"name\""), "what is held");
const HELD: Field = Field::need("cover", Value::Drawn(Unit::Time, COVER), "cover of the users' use");
const FILL: Field = Field::need("fill", Value::Same(Unit::Time, WEEKS), "time over which it is filled");
const TRIGGER: Field = Field::need(
    "trigger",
    Value::Same(Unit::Share, SHARE),
    "fill rate of the users below which it is released",
);
const RELEASE: Field = Field::need(
    "release",
    Value::Same(Unit::Share, SHARE),
    "greatest weekly release as a share of the users' use",
);
const ALLOCATION: Field = Field::may(
    "allocation",
    Value::Other("lack or use"),
    "how a release is shared: by what users lack, or by what they use at the reference level",
);
const FIRST: Field = Field::may(
    "first",
    Value::Names,
    "sectors whose users are served first, directly or through what they make",
);
const BUY_BACK: Field = Field::may(
    "buy_back",
    Value::Same(Unit::Time, WEEKS),
    "time over which it buys back what it has released; missing: the fill time",
);

pub(super) const SPEC: Spec = Spec {
    name: "stockpile",
    means: "A government, or several together, hold a stock and release it in a shortage",
    pays: Pays::Named,
    fields: &[
        REGION,
        POOL,
        COMMODITY,
        HELD,
        FILL,
        TRIGGER,
        RELEASE,
        ALLOCATION,
        FIRST,
        BUY_BACK,
        PAYER,
        CARRYING_COST,
    ],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let record = measure.record;
    let mut regions: Vec<Leaf<'_>> = record.get(&REGION).into_iter().collect();
    regions.extend(record.list(&POOL, reader));
    if regions.is_empty() && !record.lacks(&REGION) {
        return None;
    }
    if regions.is_empty() {
        reader
            .error(Code::MissingField, record, "a stockpile needs a `region`, or a `pool` of several")
            .label("whose users are served?")
            .help("add `region: \"…\"` or `pool: [\"…\", \"…\"]`");
        return None;
    }
    let names = Names { world: resolver.world };
    let countries = names.countries(&regions, reader);
    let named: Vec<Leaf<'_>> = record.get(&COMMODITY).into_iter().collect();
    let commodity = names.commodities(&named, reader);
    let first = record.list(&FIRST, reader);
    let first = names.sectors(&first, reader);
    let keys: Vec<String> = regions.iter().filter_map(|leaf| leaf.peek::<String>()).collect();
    let key = keys.join("-");
    let cover = record.drawn(&HELD, reader);
    let fill = record.same(&FILL, reader);
    let buy_back = record.same_or(&BUY_BACK, fill.unwrap_or(WEEKS.0), reader);
    let (trigger, release) = (record.same(&TRIGGER, reader), record.same(&RELEASE, reader));
    let allocation = match record.get(&ALLOCATION) {
        Some(leaf) => leaf.choice(&WAYS.map(|(word, _)| word), reader).map(|place| WAYS[place].1),
        None => Some(Allocation::Lack),
    };
    let (fill, buy_back, trigger, release, allocation) = (fill?, buy_back?, trigger?, release?, allocation?);
    let commodity = *commodity.first()?;
    let users = users_of(resolver, commodity, &countries);
    if users.is_empty() {
        let held = &resolver.world.commodities[commodity].id;
        reader
            .error(Code::TouchesNothing, record, format!("nobody in `{key}` uses `{held}`"))
            .label("measure")
            .help("hold what the region's own plants buy: a stock of another form helps nobody there");
        return None;
    }
    let users_use: f64 = users.iter().map(|i| resolver.network.inputs[*i].base_use).sum();
    let name = format!("stockpile-{}-{}", key.to_lowercase(), resolver.world.commodities[commodity].id);
    let stock = add_reserve(resolver, &format!("{}/{name}", measure.holder), commodity, &users, &first);
    let rule = ReserveRule {
        stock,
        users_use,
        fill_weeks: fill,
        buy_back_weeks: buy_back,
        trigger_fill_rate: trigger,
        release_share: release,
        allocation: if first.is_empty() { allocation } else { Allocation::First },
        payer: measure.payer.into(),
    };
    let resolved = Resolved::permanent(Effect::Reserve(rule), (HELD, cover?));
    Some(Resolved { fill, name: Some(name), ..resolved })
}

/// Inputs of a commodity in some countries, reserves not counted.
fn users_of(resolver: &Resolver<'_>, commodity: usize, countries: &[usize]) -> Vec<usize> {
    let uses = |i: &usize| {
        let input = &resolver.network.inputs[*i];
        let agent = &resolver.network.agents[input.agent.at()];
        input.commodity.at() == commodity
            && input.base_use > 0.0
            && countries.contains(&agent.country.at())
            && !matches!(agent.role, Role::Reserve)
    };
    (0..resolver.network.inputs.len()).filter(uses).collect()
}

/// A reserve that buys where its users buy. Its links carry nothing at the reference level.
fn add_reserve(
    resolver: &mut Resolver<'_>,
    id: &str,
    commodity: usize,
    users: &[usize],
    first: &[usize],
) -> InputId {
    let network = &mut resolver.network;
    let agent = AgentId::from(network.agents.len());
    let stock = InputId::from(network.inputs.len());
    let host = &network.agents[network.inputs[users[0]].agent.at()];
    let (country, region, stage) = (host.country, host.region, network.commodities[commodity].stage);
    let mut shares: Vec<(Link, f64)> = Vec::new();
    for user in users {
        for l in network.links_of(&network.inputs[*user]).filter(|l| network.links[*l].base_flow > 0.0) {
            let link = &network.links[l];
            match shares.iter_mut().find(|(known, _)| known.seller == link.seller) {
                Some((_, flow)) => *flow += link.base_flow,
                None => shares.push((link.clone(), link.base_flow)),
            }
        }
    }
    let total: f64 = shares.iter().map(|(_, flow)| flow).sum();
    let from = network.links.len();
    for (link, flow) in shares {
        network.links.push(Link { buyer: stock, base_share: flow / total, base_flow: 0.0, ..link });
    }
    let price = network.links[from..].iter().map(|l| l.base_share * l.reference_delivered(network)).sum();
    let inputs = stock.0..stock.0 + 1;
    network.inputs.push(Input {
        agent,
        commodity: CommodityId::from(commodity),
        per_activity: 1.0,
        cover_weeks: 0.0,
        base_use: 0.0,
        reference_price: price,
        worth: price * 3.0,
        links: to_u32(from)..to_u32(network.links.len()),
        mean_lag: 1.0,
        switching_weeks: resolver.world.stages[stage.at()].switching_weeks,
        qualification_weeks: resolver.world.stages[stage.at()].qualification_weeks,
        spread: 0.0,
        speculation: 0.0,
    });
    let outputs = to_u32(network.outputs.len());
    network.agents.push(Agent {
        entity: Entity::named(id),
        role: Role::Reserve,
        stage,
        country,
        region,
        base_activity: 0.0,
        capacity: 0.0,
        lines: 1,
        own_cost_usd: 0.0,
        outlook: 0.0,
        inputs,
        outputs: outputs..outputs,
    });
    let uses = end_uses(network);
    network.releases.extend(users.iter().map(|i| {
        // a maker is served first if most of what it makes ends in a sector that is
        let served: f64 = first.iter().map(|s| uses[network.inputs[*i].agent.at()][*s]).sum();
        ReleaseRoute { from: stock, to: InputId::from(*i), first: served >= 0.5 }
    }));
    network.tracing.add_stock();
    resolver.agents.push(AgentInfo { id: id.to_owned(), name: id.to_owned(), sector: None });
    stock
}
