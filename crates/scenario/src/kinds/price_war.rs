//! The targeted facilities sell below what they would ask, and their state makes up for it.

use super::fields::{DURATION, FACILITIES, RAMP, RECOVERY, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Facilities sell below what they would ask, and their state makes up for it",
    // a price is never cut to nothing
    magnitude: size("share by which prices are cut; the sellers' state makes up for it", (0.0, 0.9)),
    touches: "what facilities of the origins sell",
    thing: "product",
    target: FACILITIES,
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let selected = event.selected.as_ref()?;
    Some(Effect::PriceWar(selected.products(&resolver.network)))
}
