//! A share of the targeted facilities' stocks is destroyed, at once.

use super::fields::{AGENTS, COMMODITIES, ORIGINS, SHARE, STAGES, size};
use super::{Event, Spec};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "A share of stocks is destroyed",
    magnitude: size("share of the stocks that is destroyed", SHARE),
    touches: "stocks of the facilities of the origins, of the commodities named",
    thing: "stock",
    target: &[STAGES, COMMODITIES, ORIGINS, AGENTS],
    fields: &[],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    _: &mut Reader<'_>,
) -> Option<Effect> {
    let selected = event.selected.as_ref()?;
    Some(resolver.stocks_of(selected))
}
