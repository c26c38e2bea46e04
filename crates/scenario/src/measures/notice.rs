//! Firms hear of the first shock before it comes and stock up.

use super::firms::{REGIONS, SECTORS, STAGES, commodities, inputs_of};
use super::{COVER, Pays, Resolved, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const NOTICE: Field = Field::need(
    "notice",
    Value::Drawn(Unit::Time, (0.0, 104.0)),
    "how long before the first shock they hear",
);
const ORDERED: Field = Field::need(
    "cover",
    Value::Drawn(Unit::Time, COVER),
    "cover on top of the usual one that they order then",
);

pub(super) const SPEC: Spec = Spec {
    name: "notice",
    means: "Firms hear of the first shock before it comes, if the strategy is ready by then, and stock up; where no shock comes they do nothing",
    pays: Pays::Strategy,
    fields: &[STAGES, SECTORS, REGIONS, commodities("inputs that they stock up"), NOTICE, ORDERED],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let inputs = inputs_of(measure, resolver, reader, |_| true);
    let notice = measure.record.drawn(&NOTICE, reader);
    let cover = measure.record.drawn(&ORDERED, reader);
    let effect = Effect::Buffer { inputs: inputs?, payer: measure.payer.into() };
    Some(Resolved { notice: Some((NOTICE, notice?)), ..Resolved::permanent(effect, (ORDERED, cover?)) })
}
