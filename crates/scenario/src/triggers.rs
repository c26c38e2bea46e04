//! What events hang on: other events, chances, random days; and numbers that are drawn together.

use crate::resolver::Resolver;
use crate::timing::{Correlation, Trigger};
use chokepoint_core::chance::Distribution;
use chokepoint_input::document::{CorrelationDocument, EventDocument, TriggerDocument};
use chokepoint_input::leaf::{Leaf, Measure};
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_world::uncertain::Uncertain;

/// Longest delay and window, weeks.
const LONGEST: f64 = 52.0 * 30.0;

impl Resolver<'_> {
    /// The trigger of an event: `Some(None)` if it has none, `None` if it is wrong.
    pub(crate) fn trigger(
        &mut self,
        scenario: &str,
        id: &str,
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Option<Trigger>> {
        let Some(leaf) = event.trigger else { return Some(None) };
        let document = leaf.read::<TriggerDocument<'_>>(reader)?;
        if let Some(announced) = event.announced {
            reader
                .error(
                    Code::Inconsistent,
                    announced,
                    "an event that hangs on something is not announced by a date",
                )
                .label("announced")
                .help("write an event of the kind `Announcement` with a trigger of its own");
            return None;
        }
        let after = match document.after {
            Some(leaf) => Some(self.other_event(scenario, leaf, reader)?),
            None => None,
        };
        let mut time = |leaf: Option<Leaf<'_>>| match leaf {
            Some(leaf) => leaf.quantity(Measure::Time, (0.0, LONGEST), reader),
            None => Some(Distribution::Fixed(0.0)),
        };
        let (delay, within) = (time(document.delay), time(document.within));
        let yearly = document.chance.is_some_and(|leaf| leaf.text().contains("PerYear"));
        let measure = if yearly { Measure::Rate } else { Measure::Share };
        let chance = match document.chance {
            Some(leaf) => Some(leaf.quantity(measure, (0.0, 1.0), reader)?),
            None => None,
        };
        let (delay, within) = (delay?, within?.central());
        if yearly && within <= 0.0 {
            reader
                .error(Code::MissingField, leaf, "a yearly chance needs a window")
                .label("in which years?")
                .help("add `within: Years(5)`, or give the chance as a share");
            return None;
        }
        let name = |field: &str| format!("{scenario}/{id}/{field}");
        let mut uncertain = |field: &str, distribution| {
            let name = name(field);
            Uncertain { distribution: self.overrides.apply(&name, distribution), name }
        };
        let delay = uncertain("delay_after", delay);
        let chance = chance.map(|distribution| uncertain("chance", distribution));
        Some(Some(Trigger { after, delay, within, day: name("day"), comes: name("comes"), chance, yearly }))
    }

    /// Place among the timings of another event: those that others hang on are read first.
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
        let document = leaf.read::<CorrelationDocument<'_>>(reader)?;
        let rho = document.share.quantity(Measure::Share, (-1.0, 1.0), reader)?.central();
        let one = self.number(scenario, document.one, reader)?;
        let other = self.number(scenario, document.other, reader)?;
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
