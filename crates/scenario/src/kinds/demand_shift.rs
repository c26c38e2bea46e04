//! Plans of the targeted sectors and regions change.

use super::fields::{AGENTS, DESTINATIONS, DURATION, RAMP, RECOVERY, SECTORS, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Plans of final producers change",
    magnitude: size("share added to plans", (-1.0, 10.0)),
    touches: "producers of the sectors in the destinations",
    thing: "final producer",
    target: &[DESTINATIONS, SECTORS, AGENTS],
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let selected = event.selected.as_ref()?;
    Some(Effect::DemandShift(selected.producers(&resolver.network, &resolver.agents)))
}
