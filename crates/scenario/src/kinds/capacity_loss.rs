//! The targeted facilities lose a share of their capacity.

use super::fields::{DURATION, FACILITIES, RAMP, RECOVERY, SHARE, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Facilities lose a share of their capacity",
    magnitude: size("share of capacity that is lost", SHARE),
    touches: "facilities of the origins",
    thing: "facility",
    target: FACILITIES,
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let selected = event.selected.as_ref()?;
    Some(Effect::CapacityLoss(selected.facilities(&resolver.network)))
}
