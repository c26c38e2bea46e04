//! A share of firms' orders is rated: sellers serve it before others.

use super::firms::{REGIONS, SERVED, STAGES, commodities, inputs_serving};
use super::{Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const RATED: Field =
    Field::need("share", Value::Drawn(Unit::Share, SHARE), "share of orders that is served first");

pub(super) const SPEC: Spec = Spec {
    name: "priority",
    means: "A share of firms' orders is rated: sellers serve it before others",
    pays: Pays::Nobody,
    fields: &[STAGES, SERVED, REGIONS, commodities("inputs whose orders change"), RATED],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let inputs = inputs_serving(measure, resolver, reader);
    let share = measure.record.drawn(&RATED, reader);
    Some(Resolved::permanent(Effect::Priority(inputs?), (RATED, share?)))
}
