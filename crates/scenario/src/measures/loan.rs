//! A share of the capital is lent below what owners ask.

use super::programme::{
    COMMODITIES, FILL, PLANTS, REGIONS, Reaches, STAGES, TERM, in_force, rule, supported,
};
use super::{PAYER, Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::Effect;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

/// Greatest cut of a rate, per year.
const MOST_CUT: f64 = 0.5;

const LENT: Field =
    Field::need("share", Value::Same(Unit::Share, SHARE), "share of the capital that is lent");
const CUT: Field = Field::need(
    "cut",
    Value::Drawn(Unit::Rate, (0.0, MOST_CUT)),
    "how much below what owners ask the interest is",
);

pub(super) const SPEC: Spec = Spec {
    name: "loan",
    means: "A share of the capital is lent below what owners ask",
    pays: Pays::Named,
    fields: &[PLANTS, STAGES, REGIONS, COMMODITIES, LENT, CUT, TERM, FILL, PAYER],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let agents = supported(measure, &Reaches::Builders, resolver, reader);
    let lent = measure.record.same(&LENT, reader);
    let cut = measure.record.drawn(&CUT, reader);
    let (fill, term) = in_force(measure, reader)?;
    let effect = Effect::Loan(rule(agents?, measure, lent?));
    Some(Resolved { fill, term, ..Resolved::permanent(effect, (CUT, cut?)) })
}
