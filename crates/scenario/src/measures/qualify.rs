//! Firms qualify other suppliers before they need them.

use super::firms::{REGIONS, SECTORS, STAGES, commodities, inputs_of};
use super::{Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

/// It has no size: they do, or they do not.
const WHOLE: Field = Field::may("share", Value::Drawn(Unit::Share, SHARE), "");

pub(super) const SPEC: Spec = Spec {
    name: "qualify",
    means: "Firms qualify other suppliers before they need them",
    pays: Pays::Nobody,
    fields: &[STAGES, SECTORS, REGIONS, commodities("inputs whose suppliers are qualified")],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let network = &resolver.network;
    let has_candidate =
        |i: usize| network.links_of(&network.inputs[i]).any(|l| network.links[l].entry_share > 0.0);
    let inputs = inputs_of(measure, resolver, reader, has_candidate)?;
    Some(Resolved::permanent(Effect::Qualify(inputs), (WHOLE, Distribution::Fixed(1.0))))
}
