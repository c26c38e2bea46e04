//! Support programmes: which facilities they reach, for how long, and what those sell.

use super::{SHARE, TIME, Unit, Written};
use crate::arms::FOR_GOOD;
use crate::resolver::Resolver;
use crate::select::{Names, agents_called, any};
use chokepoint_core::id::{AgentId, OutputId};
use chokepoint_core::network::Network;
use chokepoint_core::plan::Programme;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

pub(super) const PLANTS: Field =
    Field::may("plants", Value::Names, "facilities by id; empty means all that the other lists leave");
pub(super) const STAGES: Field = Field::may("stages", Value::Names, "their stages");
pub(super) const REGIONS: Field = Field::may("regions", Value::Names, "their regions or countries");
pub(super) const COMMODITIES: Field = Field::may("commodities", Value::Names, "what they make");
pub(super) const TERM: Field =
    Field::may("term", Value::Same(Unit::Time, TIME), "how long it is paid; missing: to the end");
pub(super) const FILL: Field =
    Field::may("fill", Value::Same(Unit::Time, TIME), "time until it is in full force");

/// The share that a programme bears, as its size.
pub(super) const fn share(means: &'static str) -> Field {
    Field::need("share", Value::Drawn(Unit::Share, SHARE), means)
}

/// The fields of a programme whose size is a share.
macro_rules! by_share {
    ($share:expr) => {
        &[
            $crate::measures::programme::PLANTS,
            $crate::measures::programme::STAGES,
            $crate::measures::programme::REGIONS,
            $crate::measures::programme::COMMODITIES,
            $share,
            $crate::measures::programme::TERM,
            $crate::measures::programme::FILL,
            $crate::measures::PAYER,
        ]
    };
}
pub(super) use by_share;

/// What may be a programme's facility.
pub(super) enum Reaches {
    /// Any plant.
    Plants,
    /// Any plant, where something can be built.
    Builders,
    /// Projects only.
    Projects,
    /// Collectors only.
    Collectors,
}

impl Reaches {
    fn can(&self, network: &Network, a: usize) -> bool {
        let collects = network.collectors.iter().any(|c| c.agent.at() == a);
        let builds = !network.ventures.is_empty();
        match self {
            Self::Plants => !collects,
            Self::Builders => !collects && builds,
            Self::Projects => !collects && builds && network.agents[a].base_activity == 0.0,
            Self::Collectors => collects,
        }
    }

    fn help(&self, network: &Network) -> &'static str {
        match self {
            Self::Projects => "name projects: facilities of the table `projects`",
            Self::Collectors => "name regions of the table `collectors`",
            _ if network.ventures.is_empty() => {
                "nothing is built in this world: it has no table `investment`"
            }
            _ => "widen it: an empty list means all",
        }
    }
}

/// Facilities that a programme reaches; a problem if there are none.
pub(super) fn supported(
    measure: &Written<'_, '_>,
    reaches: &Reaches,
    resolver: &Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Vec<AgentId>> {
    let network = &resolver.network;
    let names = Names { world: resolver.world };
    let known = || resolver.agents[..network.facilities].iter().map(|a| a.id.as_str()).collect::<Vec<_>>();
    let find = |name: &str| {
        let called = agents_called(&resolver.agents, name);
        called.into_iter().filter(|a| *a < network.facilities).collect()
    };
    let before = reader.problems.0.len();
    let mut list = |field: &Field| measure.record.list(field, reader);
    let (plants, stages) = (list(&PLANTS), list(&STAGES));
    let (regions, commodities) = (list(&REGIONS), list(&COMMODITIES));
    let plants = names.each(&plants, "facility", known, find, reader);
    let stages = names.stages(&stages, reader);
    let countries = names.countries(&regions, reader);
    let commodities = names.commodities(&commodities, reader);
    if reader.problems.0.len() > before {
        return None;
    }
    let reached = |a: &usize| {
        let agent = &network.agents[*a];
        let makes = |o: usize| any(&commodities, network.outputs[o].commodity.at());
        any(&plants, *a)
            && any(&stages, agent.stage.at())
            && any(&countries, agent.country.at())
            && network.outputs_of(agent).any(makes)
            && reaches.can(network, *a)
    };
    let agents: Vec<AgentId> = (0..network.facilities).filter(reached).map(AgentId::from).collect();
    if agents.is_empty() {
        reader
            .error(Code::TouchesNothing, measure.record, "this programme reaches no facility")
            .label("measure")
            .help(reaches.help(network));
        return None;
    }
    Some(agents)
}

/// Weeks until a programme is in full force, and weeks for which it is.
pub(super) fn in_force(measure: &Written<'_, '_>, reader: &mut Reader<'_>) -> Option<(f64, f64)> {
    let term = measure.record.same_or(&TERM, FOR_GOOD, reader);
    let fill = measure.record.same_or(&FILL, 0.0, reader);
    fill.zip(term)
}

/// Products of those facilities that a floor or a sale covers.
pub(super) fn sold(
    agents: &[AgentId],
    measure: &Written<'_, '_>,
    resolver: &Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Vec<OutputId> {
    let commodities = measure.record.list(&COMMODITIES, reader);
    let commodities = Names { world: resolver.world }.commodities(&commodities, reader);
    let network = &resolver.network;
    let of = |a: &AgentId| network.outputs_of(&network.agents[a.at()]);
    let covered = |o: &usize| any(&commodities, network.outputs[*o].commodity.at());
    agents.iter().flat_map(of).filter(covered).map(OutputId::from).collect()
}

/// Whom a programme supports, and who pays; `lent` is the share of the capital that is lent, 1 where nothing is.
pub(super) fn rule(agents: Vec<AgentId>, measure: &Written<'_, '_>, lent: f64) -> Programme {
    Programme { agents, payer: measure.payer.into(), share: lent }
}
