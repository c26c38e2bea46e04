//! Measures at firms: whose inputs they reach.

use super::Written;
use crate::resolver::Resolver;
use crate::select::{Names, any};
use crate::targets::end_uses;
use chokepoint_core::id::InputId;
use chokepoint_core::network::{Input, Role};
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

/// Share of its output that must end in the named sectors for a maker to count as theirs.
const MOSTLY: f64 = 0.5;

pub(super) const STAGES: Field = Field::need("stages", Value::Names, "stages of the firms");
pub(super) const SECTORS: Field = Field::may("sectors", Value::Names, "sectors of final producers");
pub(super) const REGIONS: Field = Field::need("regions", Value::Names, "regions or countries of the firms");

/// Sectors of final producers and of makers who mostly serve them.
pub(super) const SERVED: Field = Field::may(
    "sectors",
    Value::Names,
    "sectors of final producers, and of makers most of whose output ends in them",
);

/// The inputs that a measure is about.
pub(super) const fn commodities(means: &'static str) -> Field {
    Field::may("commodities", Value::Names, means)
}

/// Inputs of the firms that a measure names, as far as it can do something for them; a problem if there are none.
pub(super) fn inputs_of(
    measure: &Written<'_, '_>,
    resolver: &Resolver<'_>,
    reader: &mut Reader<'_>,
    can: impl Fn(usize) -> bool,
) -> Option<Vec<InputId>> {
    let names = Names { world: resolver.world };
    let mut list = |field: &Field| measure.record.list(field, reader);
    let (stages, sectors, regions) = (list(&STAGES), list(&SECTORS), list(&REGIONS));
    let commodities = list(&commodities(""));
    let stages = names.stages(&stages, reader);
    let sectors = names.sectors(&sectors, reader);
    let countries = names.countries(&regions, reader);
    let commodities = names.commodities(&commodities, reader);
    let network = &resolver.network;
    let wanted = |(i, input): &(usize, &Input)| {
        let agent = &network.agents[input.agent.at()];
        let info = &resolver.agents[input.agent.at()];
        input.base_use > 0.0
            && !matches!(agent.role, Role::Reserve)
            && any(&stages, agent.stage.at())
            && any(&countries, agent.country.at())
            && any(&commodities, input.commodity.at())
            && (sectors.is_empty() || info.sector.is_none_or(|s| sectors.contains(&s)))
            && can(*i)
    };
    let inputs: Vec<InputId> =
        network.inputs.iter().enumerate().filter(wanted).map(|(i, _)| InputId::from(i)).collect();
    if inputs.is_empty() {
        reader
            .error(Code::TouchesNothing, measure.record, "this measure touches no stock")
            .label("measure")
            .help("widen it: an empty list means all");
        return None;
    }
    Some(inputs)
}

/// The same of final producers of the named sectors, and of makers who mostly serve them.
pub(super) fn inputs_serving(
    measure: &Written<'_, '_>,
    resolver: &Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Vec<InputId>> {
    let sectors = measure.record.list(&SECTORS, reader);
    // a name that is none is reported with the inputs
    let known: Vec<usize> = sectors
        .iter()
        .filter_map(|leaf| leaf.peek::<String>())
        .filter_map(|name| resolver.world.sectors.iter().position(|sector| sector.id == name))
        .collect();
    let uses = end_uses(&resolver.network);
    let serves = |i: usize| {
        let user = &uses[resolver.network.inputs[i].agent.at()];
        sectors.is_empty() || known.iter().map(|s| user[*s]).sum::<f64>() >= MOSTLY
    };
    inputs_of(measure, resolver, reader, serves)
}
