//! What the targeted facilities build costs more and takes longer: equipment and know-how are withheld.

use super::fields::{DURATION, FACILITIES, RAMP, RECOVERY, TIME, size};
use super::{Event, Resolved, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::leaf::Unit;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const DELAY: Field = Field::may(
    "delay",
    Value::Drawn(Unit::Time, TIME),
    "time by which what is built comes later; for a TechnologyEmbargo",
);

pub(super) const SPEC: Spec = Spec {
    means: "What facilities build costs more and takes longer: equipment and know-how are withheld",
    magnitude: size(
        "share by which what is built costs more; `delay` says how much later it comes",
        (0.0, 10.0),
    ),
    touches: "facilities of the origins",
    thing: "facility that could be built",
    target: FACILITIES,
    fields: &[RAMP, DURATION.needed(), RECOVERY, DELAY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let delay = event.record.drawn_or(&DELAY, 0.0, reader);
    let selected = event.selected.as_ref()?;
    let builds = !resolver.network.ventures.is_empty();
    let agents = if builds { selected.facilities(&resolver.network) } else { Vec::new() };
    // the same event in two numbers: what is built costs more, and comes later
    let second = (Effect::ConstructionDelay(agents.clone()), DELAY, delay?);
    Some(Resolved { second: Some(second), ..Effect::ConstructionCost(agents).into() })
}
