//! What events hang on: other events, chances, random days; and numbers that are drawn together.

use crate::resolver::Resolver;
use crate::timing::{Correlation, Trigger};
use chokepoint_core::chance::Distribution;
use chokepoint_input::document::{CorrelationDocument, EventDocument, TriggerDocument};
use chokepoint_input::leaf::{Leaf, Measure};
use chokepoint_input::problem::{Code, Problems, Source};
use chokepoint_world::uncertain::Uncertain;
use std::sync::Arc;

/// Longest delay and window, weeks.
const LONGEST: f64 = 52.0 * 30.0;

impl Resolver<'_> {
    /// The trigger of an event: `Some(None)` if it has none, `None` if it is wrong.
    pub(crate) fn trigger(
        &mut self,
        scenario: &str,
        id: &str,
        event: &EventDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<Option<Trigger>> {
        let Some(leaf) = event.trigger else { return Some(None) };
        let document = leaf.read::<TriggerDocument<'_>>(source, problems)?;
        if let Some(announced) = event.announced {
            problems.error(
                Code::Inconsistent,
                &announced.place(source),
                "an event that hangs on something is not announced by a date".to_owned(),
                "announced".to_owned(),
                "write an event of the kind `Announcement` with a trigger of its own".to_owned(),
            );
            return None;
        }
        let after = match document.after {
            Some(leaf) => Some(self.other_event(scenario, leaf, source, problems)?),
            None => None,
        };
        let mut time = |leaf: Option<Leaf<'_>>| match leaf {
            Some(leaf) => leaf.quantity(Measure::Time, (0.0, LONGEST), source, problems),
            None => Some(Distribution::Fixed(0.0)),
        };
        let (delay, within) = (time(document.delay), time(document.within));
        let yearly = document.chance.is_some_and(|leaf| leaf.text().contains("PerYear"));
        let measure = if yearly { Measure::Rate } else { Measure::Share };
        let chance = match document.chance {
            Some(leaf) => Some(leaf.quantity(measure, (0.0, 1.0), source, problems)?),
            None => None,
        };
        let (delay, within) = (delay?, within?.central());
        if yearly && within <= 0.0 {
            problems.error(
                Code::MissingField,
                &leaf.place(source),
                "a yearly chance needs a window".to_owned(),
                "in which years?".to_owned(),
                "add `within: Years(5)`, or give the chance as a share".to_owned(),
            );
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
    fn other_event(
        &self,
        scenario: &str,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let wanted = leaf.string(source, problems)?;
        let name = format!("{scenario}/{wanted}/start");
        let found = self.timings.iter().position(|t| t.start.name == name);
        if found.is_none() {
            let prefix = format!("{scenario}/");
            let ids = self.timings.iter().filter_map(|t| {
                t.start.name.strip_prefix(&prefix)?.strip_suffix("/start").filter(|id| !id.contains('/'))
            });
            problems.unknown(&leaf.place(source), "other event of this scenario", &wanted, ids);
        }
        found
    }

    pub(crate) fn correlation(
        &self,
        scenario: &str,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<Correlation> {
        let document = leaf.read::<CorrelationDocument<'_>>(source, problems)?;
        let rho = document.share.quantity(Measure::Share, (-1.0, 1.0), source, problems)?.central();
        let one = self.number(scenario, document.one, source, problems)?;
        let other = self.number(scenario, document.other, source, problems)?;
        let follows = |name: &str| self.correlations.iter().any(|c| c.one == name);
        let leads = |name: &str| self.correlations.iter().any(|c| c.other == name);
        if one == other || follows(&one) || follows(&other) || leads(&one) {
            problems.error(
                Code::Inconsistent,
                &leaf.place(source),
                "a number may follow one other number, which follows none".to_owned(),
                "correlation".to_owned(),
                "let all of a group follow the same number".to_owned(),
            );
            return None;
        }
        Some(Correlation { one, other, rho })
    }

    /// Full name of a number of the scenario that is drawn.
    fn number(
        &self,
        scenario: &str,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<String> {
        let wanted = leaf.string(source, problems)?;
        let prefix = format!("{scenario}/");
        let names = self.timings.iter().flat_map(|t| t.drawn());
        let known: Vec<&str> = names.filter_map(|name| name.strip_prefix(&prefix)).collect();
        if known.contains(&wanted.as_str()) {
            return Some(format!("{prefix}{wanted}"));
        }
        problems.unknown(&leaf.place(source), "number that is drawn", &wanted, known);
        None
    }
}
