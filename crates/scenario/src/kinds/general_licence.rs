//! Buyers on the targeted links hold a general licence: they need no other.

use super::fields::{DURATION, RAMP, RECOVERY, SHARE, TRADE, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Trade needs no licence any more, whatever an event of the kind `Licence` says",
    magnitude: size("share of that trade that is exempt", SHARE),
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
    Some(Effect::GeneralLicence(links))
}
