//! Customs hold lots that look like controlled goods until they are inspected: a queue, as for a licence.

use super::fields::{DURATION, RAMP, RECOVERY, SHARE, TIME, TRADE, size};
use super::licence::{QUEUE, VALIDITY};
use super::{Event, Resolved, Spec};
use crate::resolver::Resolver;
use chokepoint_core::chance::Distribution;
use chokepoint_core::draw::{Path, Regime};
use chokepoint_core::plan::{Effect, LicenceClass, LicenceRule, LicensedLink};
use chokepoint_input::leaf::Unit;
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};

const INSPECTION: Field = Field::need(
    "inspection",
    Value::Drawn(Unit::Time, QUEUE),
    "time before a lot that is held can be cleared; a CustomsHold needs it",
);
const CLEARED: Field = Field::need(
    "cleared",
    Value::Drawn(Unit::Share, SHARE),
    "share of such lots that is cleared within as much time again; a CustomsHold needs it",
);
const REFUSED: Field = Field::may("refused", Value::Drawn(Unit::Share, SHARE), "nothing is refused");
const SPREAD: Field = Field::may("spread", Value::Drawn(Unit::Share, SHARE), "all take as long");
const SETTLES: Field = Field::may("settles", Value::Drawn(Unit::Time, TIME), "nothing changes");

pub(super) const SPEC: Spec = Spec {
    means: "Customs hold lots that look like controlled goods",
    magnitude: size("share of the lots that is held", SHARE),
    touches: "trade that leaves the origins for the destinations",
    thing: "trade",
    target: TRADE,
    fields: &[RAMP, DURATION.needed(), RECOVERY, INSPECTION, CLEARED],
};

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let mut of = |field: Field| event.record.drawn(&field, reader).map(|drawn| (field, drawn));
    let (inspection, cleared) = (of(INSPECTION), of(CLEARED));
    let links = event.selected.as_ref()?.links(&resolver.network);
    resolver.enter_trade(&links, 0);
    let links = links
        .into_iter()
        .map(|link| LicensedLink { link, refused: Vec::new(), foreign: false, class: LicenceClass::USUAL })
        .collect();
    let fixed = |field: Field, value: f64| (field, Distribution::Fixed(value));
    let path = |of| Path { from: of, to: of, ramp: fixed(SETTLES, 0.0) };
    let regime = Regime {
        processing: path(inspection?),
        approval: path(cleared?),
        spread: fixed(SPREAD, 0.0),
        refusal: fixed(REFUSED, 0.0),
        // what is cleared leaves: its papers do not run out
        validity: fixed(VALIDITY, MOST_WEEKS),
    };
    let rule = LicenceRule { links, content_threshold: 0.0 };
    Some(Resolved { regime: Some(regime), ..Effect::Licence(rule).into() })
}
