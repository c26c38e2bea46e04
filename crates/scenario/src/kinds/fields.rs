//! Fields that events of several kinds have.

use chokepoint_input::leaf::Unit;
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::record::{Field, Value};

/// A share of something.
pub(crate) const SHARE: (f64, f64) = (0.0, 1.0);
/// A time within a run, weeks.
pub(crate) const TIME: (f64, f64) = (0.0, MOST_WEEKS);

pub(crate) const ID: Field = Field::need("id", Value::Other("\"text\""), "name within the scenario");
pub(crate) const KIND: Field =
    Field::need("kind", Value::Other("see the kinds of events below"), "what kind of shock");
pub(crate) const TARGET: Field = Field::need("target", Value::Other("target"), "what it touches");
pub(crate) const MAGNITUDE: Field = Field::may(
    "magnitude",
    Value::Drawn(Unit::Share, SHARE),
    "full size; every kind needs it but a quota that is given in tonnes",
);
pub(crate) const START: Field = Field::need("start", Value::Date, "first day");
pub(crate) const RAMP: Field =
    Field::may("ramp", Value::Drawn(Unit::Time, TIME), "time from the first day to full size");
pub(crate) const DURATION: Field = Field::may(
    "duration",
    Value::Drawn(Unit::Time, TIME),
    "time at full size; every kind but InventoryLoss needs it",
);
pub(crate) const RECOVERY: Field =
    Field::may("recovery", Value::Drawn(Unit::Time, TIME), "time from full size back to nothing");
pub(crate) const LEAKAGE: Field = Field::may(
    "leakage",
    Value::Drawn(Unit::Share, SHARE),
    "share of the refused volume that flows all the same; of a quota, what would if the whole price abroad were rent",
);
pub(crate) const LEAKAGE_RAMP: Field =
    Field::may("leakage_ramp", Value::Drawn(Unit::Time, TIME), "time until the leakage is up");
pub(crate) const LEAKAGE_LAG: Field = Field::may(
    "leakage_lag",
    Value::Same(Unit::Time, (0.0, 104.0)),
    "time that leaked goods spend in a third country, in whole weeks",
);
pub(crate) const LEAKAGE_PREMIUM: Field =
    Field::may("leakage_premium", Value::Drawn(Unit::Share, (0.0, 100.0)), "extra price on what leaks");
pub(crate) const DIVERSION: Field = Field::may(
    "diversion",
    Value::Drawn(Unit::Share, SHARE),
    "share of the rest of it that third countries would sell on if all of the good's trade with others were free",
);
pub(crate) const ANNOUNCED: Field =
    Field::may("announced", Value::Date, "day on which it becomes known; outcomes count from the first news");
pub(crate) const ANNOUNCED_RISE: Field = Field::may(
    "announced_rise",
    Value::Drawn(Unit::Share, (0.0, 10.0)),
    "price rise that buyers expect from that day on, and order ahead of; forgotten over half a year after the start",
);
pub(crate) const TRIGGER: Field =
    Field::may("trigger", Value::Other("trigger"), "what it depends on; missing: it starts on its day");
pub(crate) const EVIDENCE: Field =
    Field::need("evidence", Value::Other("evidence"), "where the numbers come from");

/// What every event has.
pub(crate) const COMMON: [Field; 9] =
    [ID, KIND, TARGET, MAGNITUDE, START, ANNOUNCED, ANNOUNCED_RISE, TRIGGER, EVIDENCE];

pub(crate) const STAGES: Field = Field::may("stages", Value::Names, "stages of the commodity or facility");
pub(crate) const COMMODITIES: Field = Field::may("commodities", Value::Names, "commodities");
pub(crate) const ELEMENTS: Field =
    Field::may("elements", Value::Names, "elements that the commodity contains");
pub(crate) const ORIGINS: Field =
    Field::may("origins", Value::Names, "countries or regions of the seller or facility");
pub(crate) const DESTINATIONS: Field =
    Field::may("destinations", Value::Names, "countries or regions of the buyer or producer");
pub(crate) const AGENTS: Field = Field::may("agents", Value::Names, "agents by id");
pub(crate) const CUSTOMERS: Field = Field::may("customers", Value::Names, "buyers by id");
pub(crate) const SECTORS: Field = Field::may("sectors", Value::Names, "sectors of final producers");
pub(crate) const GATEWAYS: Field = Field::may("gateways", Value::Names, "port or land crossing");

/// Every list of a target.
pub(crate) const TARGETS: [Field; 9] =
    [STAGES, COMMODITIES, ELEMENTS, ORIGINS, DESTINATIONS, AGENTS, CUSTOMERS, SECTORS, GATEWAYS];
/// What a target of trade reads.
pub(crate) const TRADE: &[Field] = &[STAGES, COMMODITIES, ELEMENTS, ORIGINS, DESTINATIONS, AGENTS, CUSTOMERS];
/// What a target of facilities reads.
pub(crate) const FACILITIES: &[Field] = &[STAGES, COMMODITIES, ELEMENTS, ORIGINS, AGENTS];

/// The magnitude of a kind.
pub(crate) const fn size(means: &'static str, within: (f64, f64)) -> Field {
    Field::need("magnitude", Value::Drawn(Unit::Share, within), means)
}
