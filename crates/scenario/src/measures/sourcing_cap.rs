//! Firms take no more than a share of an input from some countries, as far as others deliver.

use super::firms::{REGIONS, SECTORS, STAGES, commodities, inputs_of};
use super::{COVER, Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use crate::select::{Names, any};
use chokepoint_core::id::LinkId;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const ORIGINS: Field =
    Field::need("origins", Value::Names, "countries or regions whose sellers are capped together");
const CAP: Field = Field::need("cap", Value::Drawn(Unit::Share, SHARE), "greatest share");
const FILL: Field = Field::need(
    "fill",
    Value::Same(Unit::Time, COVER),
    "time from the first effect until the cap is in full force",
);

pub(super) const SPEC: Spec = Spec {
    name: "sourcing-cap",
    means: "Firms take no more than a share of an input from some countries, as far as others deliver",
    pays: Pays::Nobody,
    fields: &[STAGES, SECTORS, REGIONS, commodities("inputs under the cap"), ORIGINS, CAP, FILL],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let origins = measure.record.list(&ORIGINS, reader);
    let origins = Names { world: resolver.world }.countries(&origins, reader);
    let network = &resolver.network;
    let from_there = |l: &usize| {
        let seller = network.outputs[network.links[*l].seller.at()].agent;
        any(&origins, network.agents[seller.at()].country.at())
    };
    let buys_there = |i: usize| network.links_of(&network.inputs[i]).any(|l| from_there(&l));
    let inputs = inputs_of(measure, resolver, reader, buys_there);
    let cap = measure.record.drawn(&CAP, reader);
    let fill = measure.record.same(&FILL, reader);
    let inputs = inputs?;
    let links = inputs.iter().flat_map(|i| network.links_of(&network.inputs[i.at()])).filter(from_there);
    let links: Vec<LinkId> = links.map(LinkId::from).collect();
    let effect = Effect::SourcingCap { inputs, links };
    Some(Resolved { fill: fill?, ..Resolved::permanent(effect, (CAP, cap?)) })
}
