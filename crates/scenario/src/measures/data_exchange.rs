//! Firms share data and leave out a share of their hoarding.

use super::firms::{REGIONS, SERVED, STAGES, commodities, inputs_serving};
use super::{Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const LEFT_OUT: Field =
    Field::need("share", Value::Drawn(Unit::Share, SHARE), "share of hoarding that is left out");

pub(super) const SPEC: Spec = Spec {
    name: "data-exchange",
    means: "Firms share data and leave out a share of their hoarding",
    pays: Pays::Nobody,
    fields: &[STAGES, SERVED, REGIONS, commodities("inputs whose orders change"), LEFT_OUT],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let inputs = inputs_serving(measure, resolver, reader);
    let share = measure.record.drawn(&LEFT_OUT, reader);
    Some(Resolved::permanent(Effect::DataExchange(inputs?), (LEFT_OUT, share?)))
}
