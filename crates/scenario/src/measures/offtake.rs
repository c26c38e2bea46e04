//! A share of the output is sold ahead at one price, and buyers qualify the plant early.

use super::price_floor::PRICES;
use super::programme::{
    COMMODITIES, FILL, PLANTS, REGIONS, Reaches, STAGES, TERM, in_force, sold, supported,
};
use super::{PAYER, Pays, Resolved, SHARE, Spec, Unit, Written};
use crate::resolver::Resolver;
use chokepoint_core::plan::{Effect, FloorRule};
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const SOLD: Field = Field::may(
    "share",
    Value::Same(Unit::Share, SHARE),
    "share of the output that is sold ahead; missing: all of it",
);
const PRICE: Field = Field::need("price", Value::Drawn(Unit::Price, PRICES), "price of the sale");

pub(super) const SPEC: Spec = Spec {
    name: "offtake",
    means: "A share of the output is sold ahead at one price, and buyers qualify the plant early",
    pays: Pays::Named,
    fields: &[PLANTS, STAGES, REGIONS, COMMODITIES, SOLD, PRICE, TERM, FILL, PAYER],
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let agents = supported(measure, &Reaches::Plants, resolver, reader);
    let covered = measure.record.same_or(&SOLD, 1.0, reader);
    let price = measure.record.drawn(&PRICE, reader);
    let (fill, term) = in_force(measure, reader)?;
    let agents = agents?;
    let outputs = sold(&agents, measure, resolver, reader);
    let rule = FloorRule {
        outputs,
        agents,
        covered: covered?,
        // a sale at one price gives up all that lies above it
        upside: 1.0,
        offtake: true,
        payer: measure.payer.into(),
    };
    Some(Resolved { fill, term, ..Resolved::permanent(Effect::Floor(rule), (PRICE, price?)) })
}
