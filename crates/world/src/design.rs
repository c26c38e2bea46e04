//! What gives way to price in each agent's recipe, whose stocks traders hold, and what is traced through the chain.

use crate::draft::{Draft, ThriftRow};
use chokepoint_core::design::{Substitute, ThriftRule};
use chokepoint_core::grid::Grid;
use chokepoint_core::id::{CommodityId, ElementId, InputId, OutputId, RegionId, StageId};
use chokepoint_core::network::{Agent, Network, Role, Trace, Tracing};

/// Adds a rule for each agent and each row that fits it, and marks the outputs that traders deal in.
pub fn add_thrifts(draft: &Draft, network: &mut Network) {
    let mut rules = Vec::new();
    for (a, agent) in network.agents.iter().enumerate() {
        let fits = |row: &&ThriftRow| match &agent.role {
            Role::Facility => row.recipe == draft.recipe_of(a),
            Role::Producer(producer) => row.sector == Some(producer.sector.at()),
            Role::Reserve => false,
        };
        for row in draft.thrifts.iter().filter(fits) {
            let input = |commodity: usize| {
                let found = network.inputs_of(agent).find(|i| network.inputs[*i].commodity.at() == commodity);
                found.map(InputId::from)
            };
            rules.push(ThriftRule {
                inputs: row.inputs.iter().filter_map(|c| input(*c)).collect(),
                substitute: row
                    .substitute
                    .and_then(|(c, ratio)| input(c).map(|input| Substitute { input, ratio })),
                elasticity: row.elasticity,
                floor: row.floor,
                delay_weeks: row.delay_weeks,
                weeks: row.weeks,
                kept_share: row.kept,
                cost_share: row.cost,
                trend: row.trend,
                give: row.give,
            });
        }
    }
    network.thrifts = rules;
    let traded = network.outputs.iter().enumerate().filter(|(_, output)| {
        let agent = &network.agents[output.agent.at()];
        draft.traded_stages.contains(&network.commodities[output.commodity.at()].stage.at())
            && draft.traded_regions.contains(&agent.region.at())
    });
    let mut by_market: Vec<((RegionId, CommodityId), OutputId)> = traded
        .map(|(o, output)| ((network.agents[output.agent.at()].region, output.commodity), OutputId::from(o)))
        .collect();
    by_market.sort_unstable();
    network.trader_markets.clear();
    let mut from = 0;
    for market in by_market.chunk_by(|a, b| a.0 == b.0) {
        network.trader_markets.push(from..from + market.len());
        from += market.len();
    }
    network.traded = by_market.into_iter().map(|(_, output)| output).collect();
}

/// Adds the world's origins, and a content for every set of elements that a facility can thrift on; gives their names.
///
/// A final producer's thrift needs no content: what it uses is gone. A facility's goes into what it makes.
pub fn add_tracing(draft: &Draft, network: &mut Network) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut tracing = Tracing::default();
    for origin in &draft.origins {
        names.push(origin.id.clone());
        let (stage, region) = (origin.stage.map(StageId::from), RegionId::from(origin.region));
        tracing.traces.push(Trace::Origin { stage, region });
    }
    for elements in thrifted_elements(network) {
        let listed: Vec<&str> = elements.iter().map(|e| draft.elements[e.at()].id.as_str()).collect();
        names.push(format!("content of {}", listed.join(" and ")));
        tracing.traces.push(Trace::Content(elements));
    }
    let k = tracing.traces.len();
    tracing.weights = Grid::new(network.inputs.len(), k, 0.0);
    for (place, trace) in tracing.traces.iter().enumerate() {
        for agent in &network.agents {
            for (i, weight) in weights(network, agent, trace) {
                tracing.weights[(i.into(), place)] = weight;
            }
        }
    }
    tracing.stamps = Grid::from_fn(network.agents.len(), k, |agent, trace| {
        stamps(&network.agents[agent], &tracing.traces[trace])
    });
    for output in 0..network.outputs.len() {
        network.outputs[output].pure =
            tracing.traces.iter().position(|trace| is_pure(network, output, trace));
    }
    tracing.settle(network);
    network.tracing = tracing;
    names
}

fn stamps(agent: &Agent, trace: &Trace) -> bool {
    match trace {
        Trace::Origin { stage, region } => {
            matches!(agent.role, Role::Facility)
                && agent.region == *region
                && stage.is_none_or(|s| agent.stage == s)
        }
        Trace::Content(_) => false,
    }
}

/// Elements that facilities can use less of without replacing them, by rule, each set once.
fn thrifted_elements(network: &Network) -> Vec<Vec<ElementId>> {
    let mut sets: Vec<Vec<ElementId>> = Vec::new();
    for rule in &network.thrifts {
        let of = |input: InputId, e: usize| network.content(network.inputs[input.at()].commodity, e);
        let Some(first) = rule.inputs.first() else { continue };
        let agent = &network.agents[network.inputs[first.at()].agent.at()];
        if !matches!(agent.role, Role::Facility) {
            continue;
        }
        // an element that the substitute brings along as richly is not missing from what is made
        let missing = |e: &usize| {
            let saved: f64 = rule.inputs.iter().map(|i| of(*i, *e)).fold(0.0, f64::max);
            let brought = rule.substitute.map_or(0.0, |s| s.ratio * of(s.input, *e));
            saved > 1e-9 && brought < saved * (1.0 - 1e-9)
        };
        let set: Vec<ElementId> = (0..network.elements).filter(missing).map(ElementId::from).collect();
        if !set.is_empty() && !sets.contains(&set) {
            sets.push(set);
        }
    }
    // a set inside another would be traced twice
    let inside = |set: &[ElementId], other: &[ElementId]| {
        set.len() < other.len() && set.iter().all(|e| other.contains(e))
    };
    let all = sets.clone();
    sets.retain(|set| !all.iter().any(|other| inside(set, other)));
    sets
}

/// Mass of a commodity that a trace follows, tonnes per tonne.
fn followed(network: &Network, commodity: CommodityId, trace: &Trace) -> f64 {
    match trace {
        Trace::Origin { .. } => (0..network.elements).map(|e| network.content(commodity, e)).sum(),
        Trace::Content(elements) => elements.iter().map(|e| network.content(commodity, e.at())).sum(),
    }
}

/// Share of each input of an agent in the mass that a trace follows.
fn weights(network: &Network, agent: &Agent, trace: &Trace) -> Vec<(usize, f64)> {
    let mass = |i: usize| {
        let input = &network.inputs[i];
        input.per_activity * followed(network, input.commodity, trace)
    };
    let all: f64 = network.inputs_of(agent).map(mass).sum();
    if all > 0.0 { network.inputs_of(agent).map(|i| (i, mass(i) / all)).collect() } else { Vec::new() }
}

/// Whether a product that is made of something else consists of what a content follows, and of nothing else.
fn is_pure(network: &Network, output: usize, trace: &Trace) -> bool {
    let Trace::Content(elements) = trace else { return false };
    let output = &network.outputs[output];
    let made_of_something = !network.agents[output.agent.at()].inputs.is_empty();
    let inside = |e: usize| elements.iter().any(|x| x.at() == e);
    let contents = (0..network.elements).map(|e| (inside(e), network.content(output.commodity, e)));
    let (mut followed, mut other) = (0.0, 0.0);
    for (is_followed, content) in contents {
        if is_followed {
            followed += content;
        } else {
            other += content;
        }
    }
    made_of_something && followed > 0.0 && other <= 0.0
}
