//! The seller's country levies a duty.

use super::fields::{DURATION, RAMP, RECOVERY, TRADE, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::{Effect, Treasury};
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "The seller's country levies a duty",
    magnitude: size("share of the price, to the seller's treasury", (0.0, 10.0)),
    touches: "trade that leaves the origins for the destinations",
    thing: "trade",
    target: TRADE,
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let links = event.selected.as_ref()?.links(&resolver.network);
    resolver.enter_control(&links, 0);
    Some(Effect::Duty { links, levied_by: Treasury::Exporter })
}
