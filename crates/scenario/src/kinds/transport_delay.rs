//! The targeted port or land crossing passes only a share of what reaches it; the rest waits.

use super::fields::{DURATION, GATEWAYS, RAMP, RECOVERY, SHARE, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use crate::targets::touches_nothing;
use chokepoint_core::plan::Effect;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "A port or land crossing passes only a share of what reaches it; the rest waits",
    magnitude: size("share of what arrives that has to wait", SHARE),
    touches: "one gateway",
    thing: "port or land crossing",
    target: &[GATEWAYS],
    fields: &[RAMP, DURATION.needed(), RECOVERY],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    _: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Effect> {
    match event.selected.as_ref()?.gateways[..] {
        [gateway] => Some(Effect::TransportDelay(gateway)),
        [] => {
            touches_nothing(SPEC.thing, event.target?, reader);
            None
        }
        _ => {
            reader
                .error(Code::Inconsistent, event.target?, "an event delays one port or land crossing")
                .label("several gateways")
                .help("write one event for each");
            None
        }
    }
}
