//! What events depend on: other events, chances, random days; and numbers that are drawn together.

use crate::kinds::fields::{ANNOUNCED, TRIGGER};
use crate::resolver::Resolver;
use crate::timing::{Correlation, Trigger};
use chokepoint_input::leaf::{Leaf, Unit};
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Record, Value};

/// Longest delay and window, weeks.
const LONGEST: f64 = 52.0 * 30.0;

const AFTER: Field = Field::may(
    "after",
    Value::Other("\"event\""),
    "event of the same scenario after whose start it comes, or never",
);
const DELAY: Field = Field::may(
    "delay",
    Value::Drawn(Unit::Time, (0.0, LONGEST)),
    "time from there, or from `start` if that is later",
);
const WITHIN: Field = Field::may(
    "within",
    Value::Same(Unit::Time, (0.0, LONGEST)),
    "window from then on in which it comes on a random day",
);
const CHANCE: Field = Field::may(
    "chance",
    Value::Other("Percent(n) or PercentPerYear(n)"),
    "probability that it comes at all, or in a year of the window",
);
/// The same as a number, whichever it is.
const PROBABILITY: Field = Field { value: Value::Drawn(Unit::Share, (0.0, 1.0)), ..CHANCE };
const YEARLY: Field = Field { value: Value::Drawn(Unit::Rate, (0.0, 1.0)), ..CHANCE };

/// The record of what an event depends on.
pub(crate) const TRIGGERS: [Field; 4] = [AFTER, DELAY, WITHIN, CHANCE];

const ONE: Field = Field::need(
    "one",
    Value::Other("\"event/field\""),
    "a number that is drawn; `event/comes` is whether it comes",
);
const OTHER: Field = Field::need("other", Value::Other("\"event/field\""), "the number that it follows");
const SHARE: Field = Field::need(
    "share",
    Value::Same(Unit::Share, (-1.0, 1.0)),
    "correlation of their normal scores, below zero too",
);

/// The record of two numbers that are drawn together.
pub(crate) const CORRELATION: [Field; 3] = [ONE, OTHER, SHARE];

/// The event that one depends on, as it is written.
pub(crate) fn after<'d>(event: &Record<'d>) -> Option<&'d str> {
    let trigger = Record::peek(event.get(&TRIGGER)?, &TRIGGERS)?;
    trigger.get(&AFTER).map(Leaf::text)
}

impl Resolver<'_> {
    /// The trigger of an event: `Some(None)` if it has none, `None` if it is wrong.
    pub(crate) fn trigger(
        &mut self,
        scenario: &str,
        id: &str,
        event: &Record<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Option<Trigger>> {
        let Some(leaf) = event.get(&TRIGGER) else { return Some(None) };
        let trigger = Record::read(leaf, &TRIGGERS, reader)?;
        if let Some(announced) = event.get(&ANNOUNCED) {
            reader
                .error(
                    Code::Inconsistent,
                    announced,
                    "an event that depends on something is not announced by a date",
                )
                .label("announced")
                .help("write an event of the kind `Announcement` with a trigger of its own");
            return None;
        }
        let after = match trigger.get(&AFTER) {
            Some(leaf) => Some(self.other_event(scenario, leaf, reader)?),
            None => None,
        };
        let delay = trigger.drawn_or(&DELAY, 0.0, reader);
        let within = trigger.same_or(&WITHIN, 0.0, reader);
        let yearly = trigger.get(&CHANCE).is_some_and(|leaf| leaf.text().contains("PerYear"));
        let probability = if yearly { YEARLY } else { PROBABILITY };
        let chance = match trigger.get(&CHANCE) {
            Some(_) => Some(trigger.drawn(&probability, reader)?),
            None => None,
        };
        let (delay, within) = (delay?, within?);
        if yearly && within <= 0.0 {
            reader
                .error(Code::MissingField, leaf, "a yearly chance needs a window")
                .label("in which years?")
                .help("add `within: Years(5)`, or give the chance as a share");
            return None;
        }
        let name = |field: &str| format!("{scenario}/{id}/{field}");
        let delay = self.uncertain(name("delay_after"), &DELAY, delay);
        let chance = chance.map(|chance| self.uncertain(name("chance"), &probability, chance));
        Some(Some(Trigger { after, delay, within, day: name("day"), comes: name("comes"), chance, yearly }))
    }

    /// Place among the timings of another event: those that others depend on are read first.
    fn other_event(&self, scenario: &str, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<usize> {
        let wanted = leaf.string(reader)?;
        let name = format!("{scenario}/{wanted}/start");
        let found = self.timings.iter().position(|t| t.start.name == name);
        if found.is_none() {
            let prefix = format!("{scenario}/");
            let ids = self.timings.iter().filter_map(|t| {
                t.start.name.strip_prefix(&prefix)?.strip_suffix("/start").filter(|id| !id.contains('/'))
            });
            reader.unknown(leaf, "other event of this scenario", &wanted, ids);
        }
        found
    }

    pub(crate) fn correlation(
        &self,
        scenario: &str,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Correlation> {
        let record = Record::read(leaf, &CORRELATION, reader)?;
        let rho = record.same(&SHARE, reader)?;
        let one = self.number(scenario, record.get(&ONE)?, reader)?;
        let other = self.number(scenario, record.get(&OTHER)?, reader)?;
        let follows = |name: &str| self.correlations.iter().any(|c| c.one == name);
        let leads = |name: &str| self.correlations.iter().any(|c| c.other == name);
        if one == other || follows(&one) || follows(&other) || leads(&one) {
            reader
                .error(Code::Inconsistent, leaf, "a number may follow one other number, which follows none")
                .label("correlation")
                .help("let all of a group follow the same number");
            return None;
        }
        Some(Correlation { one, other, rho })
    }

    /// Full name of a number of the scenario that is drawn.
    fn number(&self, scenario: &str, leaf: Leaf<'_>, reader: &mut Reader<'_>) -> Option<String> {
        let wanted = leaf.string(reader)?;
        let prefix = format!("{scenario}/");
        let names = self.timings.iter().flat_map(|t| t.drawn());
        let known: Vec<&str> = names.filter_map(|name| name.strip_prefix(&prefix)).collect();
        if known.contains(&wanted.as_str()) {
            return Some(format!("{prefix}{wanted}"));
        }
        reader.unknown(leaf, "number that is drawn", &wanted, known);
        None
    }
}
