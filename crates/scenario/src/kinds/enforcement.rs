//! Smuggling on the targeted links, or the targeted unregistered plants, are stopped.

use super::fields::{AGENTS, DURATION, FACILITIES, RAMP, RECOVERY, SHARE, TARGETS, TRADE, size};
use super::{Event, Spec, unread};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Smuggling, or unregistered plants, are stopped",
    magnitude: size("share of the leakage, or of the capacity, that is stopped", SHARE),
    touches: "that trade; or unregistered plants, wherever their goods go, if `agents` are listed",
    thing: "trade or facility",
    target: TRADE,
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Effect> {
    let target = event.target?;
    let plants = !target.list(&AGENTS, reader).is_empty();
    if plants {
        // unregistered plants stop wherever their goods go
        let what = "the target of an event of the kind `Enforcement` on `agents`";
        let lists: Vec<_> = TARGETS.into_iter().filter(|list| super::has(TRADE, list)).collect();
        unread(what, target, &lists, FACILITIES, reader);
    }
    let selected = event.selected.as_ref()?;
    let agents = if plants { selected.facilities(&resolver.network) } else { Vec::new() };
    let links = if plants { Vec::new() } else { selected.links(&resolver.network) };
    resolver.enter_control(&links, 0);
    Some(Effect::Enforcement { links, agents })
}
