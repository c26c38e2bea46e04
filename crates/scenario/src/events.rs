//! A scenario's events: when they happen, how much, and from where the numbers come.

use crate::arms::{EventInfo, ScenarioInfo};
use crate::numbers::{Numbers, cut};
use crate::resolver::Resolver;
use crate::select::Names;
use crate::targets::{Parts, is_trade, touches};
use crate::timing::Timing;
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::{Effect, Event};
use chokepoint_input::document::{
    EventDocument, EventKind, EvidenceDocument, ScenarioDocument, Status, TargetDocument, TriggerDocument,
};
use chokepoint_input::leaf::{Leaf, Measure, items};
use chokepoint_input::limits::MOST_YEARS;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::reader::Reader;
use chokepoint_world::uncertain::Uncertain;
use jiff::civil::Date;

/// The events of a scenario in an order that does not depend on that of the file: by name, each after the one that it hangs
/// on. An event that says all that another says is the same event.
fn ordered<'d>(document: &ScenarioDocument<'d>, reader: &mut Reader<'_>) -> Vec<EventDocument<'d>> {
    let leaves = items("events", &document.events, reader);
    let read = |leaf: &Leaf<'d>| leaf.read::<EventDocument<'d>>(reader);
    let mut all: Vec<EventDocument<'d>> = leaves.iter().filter_map(read).collect();
    all.sort_by_key(|event| event.id.text());
    // an event that something else depends on keeps its name
    let named: Vec<&str> = all
        .iter()
        .filter_map(|event| event.trigger)
        .chain(document.correlations.iter().copied())
        .map(Leaf::text)
        .collect();
    let is_named = |event: &EventDocument<'d>| {
        let id = event.id.text().trim_end_matches('"');
        named.iter().any(|text| text.contains(id))
    };
    let mut events: Vec<EventDocument<'d>> = Vec::new();
    for event in all {
        match events.iter().find(|other| says_the_same(other, &event) && !is_named(&event)) {
            Some(other) => reader
                .warn(Code::Duplicate, event.id, format!("this event is the event {} again", other.id.text()))
                .label("all its fields are the same")
                .help("it counts once; leave it out, or say in what it differs"),
            None => events.push(event),
        }
    }
    // a chain has at most as many parts as there are events
    let mut sorted: Vec<EventDocument<'d>> = Vec::with_capacity(events.len());
    while !events.is_empty() {
        let waits = |event: &EventDocument<'d>| {
            let after = after(event);
            after.is_some_and(|id| events.iter().any(|e| e.id.text() == id && e.id.text() != event.id.text()))
        };
        let Some(next) = events.iter().position(|event| !waits(event)) else {
            in_a_ring(&events, reader);
            break;
        };
        sorted.push(events.remove(next));
    }
    sorted
}

/// None of these events comes first.
fn in_a_ring(events: &[EventDocument<'_>], reader: &mut Reader<'_>) {
    let names: Vec<&str> = events.iter().map(|event| event.id.text()).collect();
    if let Some(trigger) = events.first().and_then(|event| event.trigger) {
        reader
            .error(
                Code::Inconsistent,
                trigger,
                format!("these events wait for each other: {}", names.join(", ")),
            )
            .label("none of them comes first")
            .help("let one of them start on a day of its own");
    }
}

/// The event that one depends on, as it is written.
fn after<'d>(event: &EventDocument<'d>) -> Option<&'d str> {
    let trigger = event.trigger?.peek::<TriggerDocument<'d>>()?;
    trigger.after.map(Leaf::text)
}

/// Whether two events have all fields but their names and evidence in common. What depends on chance happens by itself.
fn says_the_same(one: &EventDocument<'_>, other: &EventDocument<'_>) -> bool {
    fn all<'d>(event: &EventDocument<'d>) -> [Option<&'d str>; 17] {
        let e = event;
        [
            Some(e.kind),
            Some(e.target),
            Some(e.start),
            e.magnitude,
            e.ramp,
            e.duration,
            e.recovery,
            e.leakage,
            e.leakage_ramp,
            e.leakage_lag,
            e.leakage_premium,
            e.licence,
            e.quota,
            e.delay,
            e.announced,
            e.announced_rise,
            e.trigger,
        ]
        .map(|leaf| leaf.map(Leaf::text))
    }
    one.trigger.is_none() && one.id.text() != other.id.text() && all(one) == all(other)
}

impl Resolver<'_> {
    pub(crate) fn scenario(
        &mut self,
        document: &ScenarioDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<ScenarioInfo> {
        let id = document.id.file_id(reader)?;
        let name = document.name.title(reader);
        let status = document.status.read::<Status>(reader);
        let as_of = document.as_of.date(reader);
        let story = document.story.story(reader);
        let strategies: Vec<String> = document.strategies.iter().filter_map(|s| s.string(reader)).collect();
        let mut events: Vec<EventInfo> = Vec::new();
        let from = reader.problems.0.len();
        for event in ordered(document, reader) {
            if let Some(info) = self.event(&id, &event, reader) {
                if events.iter().any(|e| e.id == info.id) {
                    reader
                        .error(Code::Duplicate, event.id, format!("two events are called `{}`", info.id))
                        .label("second time")
                        .help("give each event its own id");
                }
                events.push(info);
            }
        }
        // reader.problems are reported from the top of the file down, and events in the order of their days
        reader.problems.0[from..].sort_by_key(|problem| problem.span.start);
        events.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        for leaf in items("correlations", &document.correlations, reader) {
            if let Some(correlation) = self.correlation(&id, *leaf, reader) {
                self.correlations.push(correlation);
            }
        }
        Some(ScenarioInfo {
            id,
            name: name?,
            status: status?,
            as_of: as_of?,
            story: story?,
            events,
            strategies,
        })
    }

    pub(crate) fn event(
        &mut self,
        scenario: &str,
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<EventInfo> {
        let id = event.id.id(reader);
        let kind = event.kind.read::<EventKind>(reader);
        let target = event.target.read::<TargetDocument<'_>>(reader);
        let evidence = event.evidence.read::<EvidenceDocument>(reader);
        let start = event.start.date(reader).and_then(|d| self.within_calendar(d, event.start, reader));
        let numbers = Numbers::read(kind, event, reader);
        let licence = self.licence(kind, event, reader);
        let quota = self.quota(kind, event, reader);
        let announced = self.announced(event, start, reader);
        if let Some(kind) = kind {
            crate::reads::event(kind, event, target.as_ref(), reader);
        }
        // names are looked up whatever else is wrong: all reader.problems are told at once
        let parts = Parts { licence: licence.as_ref(), quota: quota.as_ref(), lag: numbers.lag_weeks() };
        let effect = kind.zip(target.as_ref()).and_then(|(k, t)| self.effect(k, t, &parts, event, reader));
        let (id, kind, effect, evidence, start) = (id?, kind?, effect?, evidence?, start?);
        let mut magnitude = numbers.magnitude;
        if let (Effect::Quota(rule), Some(Some(tonnes))) = (&effect, quota.map(|q| q.tonnes)) {
            magnitude = Some(cut(tonnes, rule.base_tonnes_per_week));
        }
        let name = |field: &str| format!("{scenario}/{id}/{field}");
        let moment = self.world.calendar().moment(start);
        if let (Some(_), Some(leaf)) = (announced?, event.announced)
            && !is_trade(&effect)
        {
            reader
                .error(
                    Code::Inconsistent,
                    leaf,
                    format!("an event of the kind `{kind:?}` cannot be announced this way"),
                )
                .label("nobody trades under it")
                .help("write an event of the kind `Announcement` that names who hears of it");
            return None;
        }
        let trigger = self.trigger(scenario, &id, event, reader);
        if let Some((day, rise)) = announced? {
            self.announce(&effect, (day, moment), rise, &name("announced_rise"));
        }
        self.first_shock = self.first_shock.min(moment);
        let known = announced?.map(|(day, _)| day);
        let timing = Timing {
            known,
            // the first day is the file's: what is recorded hangs on it
            start: Uncertain { name: name("start"), distribution: Distribution::Fixed(moment) },
            ramp: self.of_kind(kind, "ramp", &name, numbers.ramp?),
            duration: self.of_kind(kind, "duration", &name, numbers.duration?),
            recovery: self.of_kind(kind, "recovery", &name, numbers.recovery?),
            magnitude: self.sized(name("magnitude"), magnitude?, numbers.size),
            leakage: self.of_kind(kind, "leakage", &name, numbers.leakage?),
            leakage_ramp: self.of_kind(kind, "leakage_ramp", &name, numbers.leakage_ramp?),
            leakage_premium: self.of_kind(kind, "leakage_premium", &name, numbers.leakage_premium?),
            carrying: Uncertain { name: name("carrying"), distribution: Distribution::Fixed(0.0) },
            trigger: trigger?,
            regime: licence
                .map(|l| l.regime(&mut |field, distribution| self.uncertain(name(field), distribution))),
        };
        let touches = touches(&effect);
        let names = Names { world: self.world };
        if let Effect::DearerWorks(agents) = &effect {
            // the same event in two numbers: what is built costs more, and comes later
            let magnitude = self.uncertain(name("delay"), numbers.delay?);
            self.timings.push(Timing { magnitude, ..timing.clone() });
            let effect = Effect::SlowerWorks(agents.clone());
            self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
        }
        let mut unread = Problems::default();
        let unread = &mut Reader::new(reader.source, &mut unread);
        self.timings.push(timing);
        self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
        Some(EventInfo {
            id,
            kind: format!("{kind:?}"),
            start,
            draw: self.timings.len() - 1,
            // a name that is none has been told already
            elements: target.map_or_else(Vec::new, |t| names.elements(&t.elements, unread)),
            touches,
            source: evidence.source,
            grade: evidence.grade.name(),
        })
    }

    /// The size of an event, or what the user puts in its place.
    fn sized(&mut self, name: String, distribution: Distribution, within: (f64, f64)) -> Uncertain {
        let distribution = self.overrides.apply_within(&name, distribution, (Some(Measure::Share), within));
        Uncertain { name, distribution }
    }

    /// An uncertain number of an event; the user may put another in its place if this kind of event reads it.
    fn of_kind(
        &mut self,
        kind: EventKind,
        field: &str,
        name: &dyn Fn(&str) -> String,
        distribution: Distribution,
    ) -> Uncertain {
        if crate::reads::fields_of(kind).contains(&field) {
            self.uncertain(name(field), distribution)
        } else {
            Uncertain { name: name(field), distribution }
        }
    }

    /// An uncertain number, or what the user puts in its place.
    pub(crate) fn uncertain(&mut self, name: String, distribution: Distribution) -> Uncertain {
        let distribution = self.overrides.apply(&name, distribution);
        Uncertain { name, distribution }
    }

    pub(crate) fn within_calendar(
        &self,
        date: Date,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Date> {
        let last = self.world.as_of.year().saturating_add(MOST_YEARS);
        if date < self.world.as_of || date.year() > last {
            reader
                .error(
                    Code::BadDate,
                    leaf,
                    format!("`{date}` is outside the calendar of the world `{}`", self.world.id),
                )
                .label("outside")
                .help(format!("give a day from {} to {last}-12-31", self.world.as_of));
            return None;
        }
        Some(date)
    }
}
