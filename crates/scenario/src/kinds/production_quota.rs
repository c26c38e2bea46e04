//! The targeted facilities may not make more than a share of what was normal.

use super::fields::{DURATION, FACILITIES, RAMP, RECOVERY, SHARE, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Facilities may not make more than a share of what was normal",
    magnitude: size("share cut from normal output", SHARE),
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
    Some(Effect::ProductionQuota(selected.facilities(&resolver.network)))
}
