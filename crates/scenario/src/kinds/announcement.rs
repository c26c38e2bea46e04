//! Buyers and sellers of the targeted goods hear of something and expect prices to rise.

use super::fields::{COMMODITIES, DESTINATIONS, DURATION, ELEMENTS, ORIGINS, RAMP, RECOVERY, STAGES, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Buyers and sellers hear of something and expect prices to rise",
    magnitude: size("price rise that is expected", (0.0, 10.0)),
    touches: "sellers in the origins and buyers in the destinations of the goods",
    thing: "buyer or seller",
    target: &[STAGES, COMMODITIES, ELEMENTS, ORIGINS, DESTINATIONS],
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let selected = event.selected.as_ref()?;
    Some(resolver.hearers(selected))
}
