//! The payer makes up for prices below a floor; above it a share comes back.

use super::programme::{
    COMMODITIES, FILL, PLANTS, REGIONS, Reaches, STAGES, TERM, in_force, sold, supported,
};
use super::{PAYER, Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::{Effect, FloorRule};
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

/// Prices of a floor or a sale, US dollars per tonne.
pub(super) const PRICES: (f64, f64) = (0.0, 1e9);

const COVERED: Field = Field::may(
    "share",
    Value::Same(Unit::Share, SHARE),
    "share of the output that is covered; missing: all of it",
);
const FLOOR: Field = Field::need("price", Value::Drawn(Unit::Price, PRICES), "floor");
const UPSIDE: Field = Field::may(
    "upside",
    Value::Same(Unit::Share, SHARE),
    "share of the price above the floor that goes back",
);

pub(super) const SPEC: Spec = Spec {
    name: "price-floor",
    means: "The payer makes up for prices below a floor; above it a share goes back",
    pays: Pays::Named,
    fields: &[PLANTS, STAGES, REGIONS, COMMODITIES, COVERED, FLOOR, UPSIDE, TERM, FILL, PAYER],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let agents = supported(measure, &Reaches::Plants, resolver, reader);
    let covered = measure.record.same_or(&COVERED, 1.0, reader);
    let price = measure.record.drawn(&FLOOR, reader);
    let upside = measure.record.same_or(&UPSIDE, 0.0, reader);
    let (fill, term) = in_force(measure, reader)?;
    let agents = agents?;
    let outputs = sold(&agents, measure, resolver, reader);
    let rule = FloorRule {
        outputs,
        agents,
        covered: covered?,
        upside: upside?,
        offtake: false,
        payer: measure.payer.into(),
    };
    Some(Resolved { fill, term, ..Resolved::permanent(Effect::Floor(rule), (FLOOR, price?)) })
}
