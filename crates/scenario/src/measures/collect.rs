//! That share of goods at the end of their life is collected at least.

use super::programme::{Reaches, by_share, in_force, rule, share, supported};
use super::{Pays, Resolved, Spec, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::Field;

const BORNE: Field = share("share of the returns");

pub(super) const SPEC: Spec = Spec {
    name: "collect",
    means: "That share of goods at the end of their life is collected at least",
    pays: Pays::Named,
    fields: by_share!(BORNE),
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let agents = supported(measure, &Reaches::Collectors, resolver, reader);
    let share = measure.record.drawn(&BORNE, reader);
    let (fill, term) = in_force(measure, reader)?;
    let effect = Effect::Collect(rule(agents?, measure, 1.0));
    Some(Resolved { fill, term, ..Resolved::permanent(effect, (BORNE, share?)) })
}
