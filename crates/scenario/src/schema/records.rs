//! Records whose fields are those of a type: scenarios, strategies and histories.

use chokepoint_input::leaf::Unit;
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::record::{Field, Value};

pub(super) const SCENARIO: &[Field] = &[
    Field::need("id", Value::Other("\"text\""), "the file's name without ending"),
    Field::need("name", Value::Other("\"text\""), "title"),
    Field::need(
        "status",
        Value::Other("historical, in_force, suspended or hypothetical"),
        "whether it happened",
    ),
    Field::need("as_of", Value::Date, "date of the knowledge in it"),
    Field::need("world", Value::Other("\"id\""), "world that it happens in"),
    Field::need(
        "horizon",
        Value::Same(Unit::Time, (1.0, MOST_WEEKS)),
        "time simulated after the first shock",
    ),
    Field::may("strategies", Value::Names, "strategies that it is run with by default"),
    Field::need("story", Value::Other("\"text\""), "the story in a paragraph"),
    Field::may("events", Value::Other("[event, …]"), "what happens; none: the baseline"),
    Field::may("correlations", Value::Other("[correlation, …]"), "numbers that are drawn together"),
];

pub(super) const EVIDENCE: &[Field] = &[
    Field::need("grade", Value::Other("high, med, low or judgement"), "how good the source is"),
    Field::need("source", Value::Other("\"text\""), "publication and year, or the reason of a judgement"),
];

pub(super) const STRATEGY: &[Field] = &[
    Field::need("id", Value::Other("\"text\""), "the file's name without ending"),
    Field::need("name", Value::Other("\"text\""), "title"),
    Field::need("as_of", Value::Date, "date of the knowledge in it"),
    Field::may(
        "world",
        Value::Other("\"id\""),
        "world that it is written for; missing: any that knows its names",
    ),
    Field::need("story", Value::Other("\"text\""), "what it does, in a paragraph"),
    Field::need("date", Value::Date, "day of the decision"),
    Field::need(
        "lead_time",
        Value::Drawn(Unit::Time, (0.0, MOST_WEEKS)),
        "time from the decision to the first effect",
    ),
    Field::may(
        "measures",
        Value::Other(
            "[Buffer((…)), Stockpile((…)), Qualify((…)), Thrift((…)), Priority((…)), PriceFloor((…)), …]",
        ),
        "what is done",
    ),
    Field::need(
        "carrying_cost",
        Value::Drawn(Unit::Rate, (0.0, 1.0)),
        "yearly cost of holding stock, share of its value",
    ),
    Field::need("payer", Value::Other("public, firm or consumer"), "who pays"),
    Field::need("evidence", Value::Other("evidence"), "where the numbers come from"),
];

pub(super) const HISTORY: &[Field] = &[
    Field::need("id", Value::Other("\"text\""), "the file's name without ending"),
    Field::need("name", Value::Other("\"text\""), "title"),
    Field::need("scenario", Value::Other("\"id\""), "scenario that shows its events"),
    Field::may("strategy", Value::Other("\"id\""), "strategy that was in force"),
    Field::need("story", Value::Other("\"text\""), "what happened, in a paragraph"),
    Field::need(
        "prices",
        Value::Other("\"file.csv\""),
        "observed prices beside this file: from, until, commodity, market (outside or home), usd_kg, source, grade",
    ),
    Field::need("naive", Value::Other("naive"), "what the forecast by elasticity takes"),
    Field::may(
        "realised",
        Value::Other("[realised, …]"),
        "what was shipped under the first quota in fact; `backtest --given-exports` takes it as given",
    ),
    Field::need("fitted", Value::Names, "numbers that `chokepoint calibrate` fits, named as in an override"),
    Field::may("variants", Value::Other("[variant, …]"), "the model with a mechanism taken out"),
    Field::need("targets", Value::Other("[number on record, …]"), "what is on record"),
];

pub(super) const REALISED: &[Field] = &[
    Field::need("from", Value::Date, "first day"),
    Field::need("tonnes", Value::Same(Unit::Flow, (0.0, 1e9)), "gross tonnage"),
];

pub(super) const NAIVE: &[Field] = &[
    Field::need("kept", Value::Same(Unit::Share, (0.0, 1.0)), "share of the trade that stays allowed"),
    Field::need("elasticity", Value::Other("n"), "price elasticity of demand, as a positive number"),
];

pub(super) const VARIANT: &[Field] = &[
    Field::need("id", Value::Other("\"text\""), "name in `variants.csv`"),
    Field::need("name", Value::Other("\"text\""), "what is taken out"),
    Field::need("set", Value::Other("[(\"number\", n), …]"), "numbers that are set, in weeks or as shares"),
];

pub(super) const ON_RECORD: &[Field] = &[
    Field::need("id", Value::Other("\"text\""), "name in the score card"),
    Field::need("name", Value::Other("\"text\""), "what it is"),
    Field::need("role", Value::Other("fit or score"), "whether a fit may use it"),
    Field::need(
        "statistic",
        Value::Other("see the kinds of statistics below"),
        "how it is taken, in the model as on record",
    ),
    Field::need("observed", Value::Other("n"), "what is on record, in the statistic's unit"),
    Field::may(
        "seen",
        Value::Other("true or false"),
        "whether it was looked at while the model or its scenario was built; missing: false",
    ),
    Field::may(
        "tolerance",
        Value::Other("n"),
        "for a fit: distance that counts as one, a share for ratios, else in the statistic's unit",
    ),
    Field::need("evidence", Value::Other("evidence"), "where the number comes from"),
];
