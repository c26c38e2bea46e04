//! Firms design an input out, whatever its price.

use super::firms::{REGIONS, SECTORS, STAGES, commodities, inputs_of};
use super::{Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const SAVED: Field =
    Field::need("share", Value::Drawn(Unit::Share, SHARE), "share of the input that new designs do without");

pub(super) const SPEC: Spec = Spec {
    name: "thrift",
    means: "Firms design an input out, whatever its price",
    pays: Pays::Firms,
    fields: &[STAGES, SECTORS, REGIONS, commodities("inputs that are designed out"), SAVED],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let thrifts = &resolver.network.thrifts;
    let can = |i: usize| thrifts.iter().any(|rule| rule.inputs.iter().any(|x| x.at() == i));
    let inputs = inputs_of(measure, resolver, reader, can);
    let share = measure.record.drawn(&SAVED, reader);
    Some(Resolved::permanent(Effect::Thrift(inputs?), (SAVED, share?)))
}
