//! The payer bears a share of the capital of what is built.

use super::programme::{Reaches, by_share, in_force, rule, share, supported};
use super::{Pays, Resolved, Spec, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::Field;

const BORNE: Field = share("share of the capital");

pub(super) const SPEC: Spec = Spec {
    name: "grant",
    means: "The payer bears a share of the capital of what is built",
    pays: Pays::Named,
    fields: by_share!(BORNE),
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let agents = supported(measure, &Reaches::Builders, resolver, reader);
    let share = measure.record.drawn(&BORNE, reader);
    let (fill, term) = in_force(measure, reader)?;
    let effect = Effect::Grant(rule(agents?, measure, 1.0));
    Some(Resolved { fill, term, ..Resolved::permanent(effect, (BORNE, share?)) })
}
