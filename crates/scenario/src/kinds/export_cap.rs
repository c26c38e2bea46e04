//! Exports on the targeted links may not exceed a share of what was normal.

use super::fields::{
    DIVERSION, DURATION, LEAKAGE, LEAKAGE_LAG, LEAKAGE_PREMIUM, LEAKAGE_RAMP, RAMP, RECOVERY, SHARE, TRADE,
    size,
};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Exports may not exceed a share of what was normal",
    magnitude: size("share of normal trade that is refused", SHARE),
    touches: "trade that leaves the origins for the destinations",
    thing: "trade",
    target: TRADE,
    fields: &[
        RAMP,
        DURATION.needed(),
        RECOVERY,
        LEAKAGE,
        LEAKAGE_RAMP,
        LEAKAGE_LAG,
        LEAKAGE_PREMIUM,
        DIVERSION,
    ],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let links = event.selected.as_ref()?.links(&resolver.network);
    resolver.enter_trade(&links, event.detour_weeks);
    Some(Effect::ExportCap(links))
}
