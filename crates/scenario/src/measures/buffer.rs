//! Firms hold more input stock.

use super::firms::{REGIONS, SECTORS, STAGES, commodities, inputs_of};
use super::{CARRYING_COST, COVER, PAYER, Pays, Resolved, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const BUFFER_COVER: Field =
    Field::need("cover", Value::Drawn(Unit::Time, COVER), "cover on top of the usual one");
const FILL: Field = Field::need("fill", Value::Same(Unit::Time, COVER), "time over which it is built up");

pub(super) const SPEC: Spec = Spec {
    name: "buffer",
    means: "Firms hold more input stock",
    pays: Pays::Named,
    fields: &[
        STAGES,
        SECTORS,
        REGIONS,
        commodities("inputs that are held"),
        BUFFER_COVER,
        FILL,
        PAYER,
        CARRYING_COST,
    ],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let inputs = inputs_of(measure, resolver, reader, |_| true);
    let cover = measure.record.drawn(&BUFFER_COVER, reader);
    let fill = measure.record.same(&FILL, reader);
    let effect = Effect::Buffer { inputs: inputs?, payer: measure.payer.into() };
    Some(Resolved { fill: fill?, ..Resolved::permanent(effect, (BUFFER_COVER, cover?)) })
}
