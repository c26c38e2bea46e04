//! Exports to the listed customers may not exceed a share of what was normal.

use super::fields::{CUSTOMERS, SHARE, TRADE, size};
use super::{Event, Spec, export_cap};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    means: "Exports to listed customers may not exceed a share of what was normal",
    magnitude: size("share of normal trade that is refused", SHARE),
    touches: "that trade, to the `customers` that are listed",
    thing: "trade",
    target: TRADE,
    fields: export_cap::SPEC.fields,
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Effect> {
    let target = event.target?;
    if target.lacks(&CUSTOMERS) || target.get(&CUSTOMERS).is_some_and(|leaf| leaf.text() == "[]") {
        reader
            .error(Code::MissingField, target, "an entity listing names its customers")
            .label("no `customers`")
            .help("list buyers by id: `chokepoint validate` of the world prints none, `stops.csv` does");
        return None;
    }
    export_cap::resolve(event, resolver, reader)
}
