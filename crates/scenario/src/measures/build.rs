//! Projects are built whatever prices do; the payer bears a share of the capital.

use super::programme::{Reaches, by_share, in_force, rule, share, supported};
use super::{Pays, Resolved, Spec, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::Field;

const BORNE: Field = share("share of the capital");

pub(super) const SPEC: Spec = Spec {
    name: "build",
    means: "Projects are built whatever prices do; the payer bears a share of the capital",
    pays: Pays::Named,
    fields: by_share!(BORNE),
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let agents = supported(measure, &Reaches::Projects, resolver, reader);
    let share = measure.record.drawn(&BORNE, reader);
    let (fill, term) = in_force(measure, reader)?;
    let effect = Effect::Build(rule(agents?, measure, 1.0));
    Some(Resolved { fill, term, ..Resolved::permanent(effect, (BORNE, share?)) })
}
