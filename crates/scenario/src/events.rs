//! A scenario's events: when they happen, how much, and from where the numbers come.

use crate::arms::{EventInfo, ScenarioInfo};
use crate::kinds::fields::{
    ANNOUNCED, ANNOUNCED_RISE, DIVERSION, DURATION, ELEMENTS, EVIDENCE, ID, KIND, LEAKAGE, LEAKAGE_LAG,
    LEAKAGE_PREMIUM, LEAKAGE_RAMP, MAGNITUDE, RAMP, RECOVERY, START, TARGET, TARGETS, TRIGGER,
};
use crate::kinds::{self, EventKind, Resolved};
use crate::resolver::Resolver;
use crate::select::{Names, Selection};
use crate::targets::{is_trade, touches, touches_nothing};
use crate::timing::Timing;
use crate::triggers;
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::{Effect, Event};
use chokepoint_input::document::{EvidenceDocument, ScenarioDocument, Status};
use chokepoint_input::leaf::{Leaf, items};
use chokepoint_input::limits::MOST_YEARS;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Record};
use chokepoint_world::uncertain::Uncertain;
use jiff::civil::Date;

/// The events of a scenario in an order that does not depend on that of the file: by name, each after the one that it depends
/// on. An event that says all that another says is the same event.
fn ordered<'d>(document: &ScenarioDocument<'d>, reader: &mut Reader<'_>) -> Vec<Record<'d>> {
    let fields = kinds::fields();
    let leaves = items("events", &document.events, reader);
    let mut all: Vec<Record<'d>> =
        leaves.iter().filter_map(|leaf| Record::read(*leaf, &fields, reader)).collect();
    all.sort_by_key(name);
    // an event that something else depends on keeps its name
    let named: Vec<&str> = all
        .iter()
        .filter_map(|event| event.get(&TRIGGER))
        .chain(document.correlations.iter().copied())
        .map(Leaf::text)
        .collect();
    let is_named = |event: &Record<'d>| {
        let id = name(event).trim_end_matches('"');
        named.iter().any(|text| text.contains(id))
    };
    let mut events: Vec<Record<'d>> = Vec::new();
    for event in all {
        match events.iter().find(|other| says_the_same(other, &event, &fields) && !is_named(&event)) {
            Some(other) => reader
                .warn(
                    Code::Duplicate,
                    named_at(&event),
                    format!("this event is the event {} again", name(other)),
                )
                .label("all its fields are the same")
                .help("it counts once; leave it out, or say in what it differs"),
            None => events.push(event),
        }
    }
    // a chain has at most as many parts as there are events
    let mut sorted: Vec<Record<'d>> = Vec::with_capacity(events.len());
    while !events.is_empty() {
        let waits = |event: &Record<'d>| {
            let after = triggers::after(event);
            after.is_some_and(|id| events.iter().any(|e| name(e) == id && name(e) != name(event)))
        };
        let Some(next) = events.iter().position(|event| !waits(event)) else {
            in_a_ring(&events, reader);
            break;
        };
        sorted.push(events.remove(next));
    }
    sorted
}

/// An event's name as it is written.
fn name<'d>(event: &Record<'d>) -> &'d str {
    event.get(&ID).map_or("", Leaf::text)
}

/// Where an event says its name, or else the whole event.
fn named_at<'d>(event: &Record<'d>) -> Leaf<'d> {
    event.get(&ID).unwrap_or(event.whole())
}

/// None of these events comes first.
fn in_a_ring(events: &[Record<'_>], reader: &mut Reader<'_>) {
    let names: Vec<&str> = events.iter().map(name).collect();
    if let Some(trigger) = events.first().and_then(|event| event.get(&TRIGGER)) {
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

/// Whether two events have all fields but their names and evidence in common. What depends on chance happens by itself.
fn says_the_same(one: &Record<'_>, other: &Record<'_>, fields: &[Field]) -> bool {
    let text = |event: &Record<'_>, field: &Field| event.get(field).map(|leaf| leaf.text().to_owned());
    let compared = fields.iter().filter(|field| ![ID.name, EVIDENCE.name].contains(&field.name));
    one.get(&TRIGGER).is_none()
        && name(one) != name(other)
        && compared.into_iter().all(|field| text(one, field) == text(other, field))
}

/// Times of an event and how it leaks; what is wrong is `None` and has been reported.
struct Numbers {
    magnitude: Option<Distribution>,
    ramp: Option<Distribution>,
    duration: Option<Distribution>,
    recovery: Option<Distribution>,
    leakage: Option<Distribution>,
    leakage_ramp: Option<Distribution>,
    leakage_premium: Option<Distribution>,
    diversion: Option<Distribution>,
    detour_weeks: u32,
}

impl Numbers {
    fn read(kind: Option<EventKind>, record: &Record<'_>, reader: &mut Reader<'_>) -> Self {
        let size = kind.map_or(MAGNITUDE, |kind| kind.spec().magnitude);
        let own = kind.map_or(&[][..], |kind| kind.spec().fields);
        for field in own.iter().chain([&size]).filter(|field| field.needed && record.lacks(field)) {
            kinds::missing(field, record, reader);
        }
        let duration = own.iter().find(|field| field.name == DURATION.name).copied().unwrap_or(DURATION);
        let mut of = |field: &Field| match record.get(field) {
            None if field.needed => None,
            _ => record.drawn_or(field, 0.0, reader),
        };
        Self {
            magnitude: of(&size),
            ramp: of(&RAMP),
            duration: of(&duration),
            recovery: of(&RECOVERY),
            leakage: of(&LEAKAGE),
            leakage_ramp: of(&LEAKAGE_RAMP),
            leakage_premium: of(&LEAKAGE_PREMIUM),
            diversion: of(&DIVERSION),
            detour_weeks: record.same_or(&LEAKAGE_LAG, 0.0, reader).map_or(0, |weeks| weeks.round() as u32),
        }
    }
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
        let mut exempting = Vec::new();
        for event in ordered(document, reader) {
            if let Some(info) = self.event(&id, &event, reader) {
                exempting.push((named_at(&event), self.shocks.len() - 1));
                if events.iter().any(|e| e.id == info.id) {
                    let message = format!("two events are called `{}`", info.id);
                    reader
                        .error(Code::Duplicate, named_at(&event), message)
                        .label("second time")
                        .help("give each event its own id");
                }
                events.push(info);
            }
        }
        for (place, shock) in exempting {
            self.exempts_something(place, shock, reader);
        }
        // problems are reported from the top of the file down, and events in the order of their days
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

    fn event(&mut self, scenario: &str, record: &Record<'_>, reader: &mut Reader<'_>) -> Option<EventInfo> {
        let id = record.get(&ID).and_then(|leaf| leaf.id(reader));
        let kind = record.get(&KIND).and_then(|leaf| leaf.choice(EventKind::NAMES, reader));
        let kind = kind.map(|place| EventKind::ALL[place]);
        let target = record.get(&TARGET).and_then(|leaf| Record::read(leaf, &TARGETS, reader));
        let evidence = record.get(&EVIDENCE).and_then(|leaf| leaf.read::<EvidenceDocument>(reader));
        let start = record
            .get(&START)
            .and_then(|leaf| leaf.date(reader).and_then(|date| self.within_calendar(date, leaf, reader)));
        let numbers = Numbers::read(kind, record, reader);
        let announced = self.announced(record, start, reader);
        if let Some(kind) = kind {
            kinds::report_unread(kind, record, target.as_ref(), reader);
        }
        // names are looked up whatever else is wrong: all problems are reported at once
        let resolved = kind.and_then(|kind| {
            let selected = target.as_ref().and_then(|t| Selection::read(self.world, &self.agents, t, reader));
            let detour_weeks = numbers.detour_weeks;
            let event = kinds::Event { record, target: target.as_ref(), selected, detour_weeks };
            let resolved = kind.resolve(&event, self, reader)?;
            if touches(&resolved.effect) == 0 {
                touches_nothing(kind.spec().thing, target.as_ref()?, reader);
                return None;
            }
            Some(resolved)
        });
        let (id, kind, resolved, evidence, start) = (id?, kind?, resolved?, evidence?, start?);
        let Resolved { effect, size, regime, second } = resolved;
        let magnitude = size.or(numbers.magnitude);
        let name = |field: &str| format!("{scenario}/{id}/{field}");
        let moment = self.world.calendar().moment(start);
        if let (Some(_), Some(leaf)) = (announced?, record.get(&ANNOUNCED))
            && !is_trade(&effect)
        {
            reader
                .error(
                    Code::Inconsistent,
                    leaf,
                    format!("an event of the kind `{}` cannot be announced this way", kind.name()),
                )
                .label("nobody trades under it")
                .help("write an event of the kind `Announcement` that names who hears of it");
            return None;
        }
        let trigger = self.trigger(scenario, &id, record, reader);
        if let Some((day, rise)) = announced? {
            self.announce(&effect, day, moment, rise, &name("announced_rise"));
        }
        self.first_shock = self.first_shock.min(moment);
        let known = announced?.map(|(day, _)| day);
        let spec = kind.spec();
        let mut of = |field: &Field, distribution: Distribution| {
            self.of_kind(spec.fields, field, name(field.name), distribution)
        };
        let timing = Timing {
            known,
            // the first day is the file's: what is recorded depends on it
            start: Uncertain { name: name("start"), distribution: Distribution::Fixed(moment) },
            ramp: of(&RAMP, numbers.ramp?),
            duration: of(&DURATION, numbers.duration?),
            recovery: of(&RECOVERY, numbers.recovery?),
            leakage: of(&LEAKAGE, numbers.leakage?),
            leakage_ramp: of(&LEAKAGE_RAMP, numbers.leakage_ramp?),
            leakage_premium: of(&LEAKAGE_PREMIUM, numbers.leakage_premium?),
            diversion: of(&DIVERSION, numbers.diversion?),
            magnitude: self.uncertain(name("magnitude"), &spec.magnitude, magnitude?),
            carrying: Uncertain { name: name("carrying"), distribution: Distribution::Fixed(0.0) },
            trigger: trigger?,
            regime: regime.map(|regime| {
                regime
                    .map(&mut |(field, distribution)| self.uncertain(name(field.name), field, *distribution))
            }),
        };
        let delay = timing.trigger.as_ref().map_or(0.0, |trigger| trigger.delay.distribution.central());
        let place = reader.place(record.get(&START).unwrap_or(record.whole()));
        self.beginnings.push((place, "event", moment + delay));
        let touches = touches(&effect);
        if let Some((effect, field, distribution)) = second {
            let magnitude = self.uncertain(name(field.name), &field, distribution);
            self.timings.push(Timing { magnitude, ..timing.clone() });
            self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
        }
        self.timings.push(timing);
        self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
        Some(EventInfo {
            id,
            kind: kind.name().to_owned(),
            start,
            draw: self.timings.len() - 1,
            elements: self.elements_of(target.as_ref(), reader),
            touches,
            source: evidence.source,
            grade: evidence.grade.name(),
        })
    }

    /// Warns of a general licence for trade that no event puts under a licence.
    fn exempts_something(&self, place: Leaf<'_>, shock: usize, reader: &mut Reader<'_>) {
        let Effect::GeneralLicence(links) = &self.shocks[shock].effect else { return };
        let licensed = |event: &Event| match &event.effect {
            Effect::Licence(rule) => rule.links.iter().any(|licensed| links.contains(&licensed.link)),
            _ => false,
        };
        if !self.shocks.iter().any(licensed) {
            reader
                .warn(Code::TouchesNothing, place, "no event puts this trade under a licence")
                .label("a general licence exempts from licences alone")
                .help("add an event of the kind `Licence` for the same trade, or leave this one out");
        }
    }

    /// Elements that a target names; a name that is none has been reported already.
    fn elements_of(&self, target: Option<&Record<'_>>, reader: &Reader<'_>) -> Vec<usize> {
        let mut unread = Problems::default();
        let reader = &mut Reader::new(reader.source, &mut unread);
        let named = target.map_or_else(Vec::new, |target| target.list(&ELEMENTS, reader));
        Names { world: self.world }.elements(&named, reader)
    }

    /// Moment of an announcement and the rise that it makes expect; `Some(None)` if there is none.
    fn announced(
        &self,
        event: &Record<'_>,
        start: Option<Date>,
        reader: &mut Reader<'_>,
    ) -> Option<Option<(f64, Distribution)>> {
        let (Some(day), Some(_)) = (event.get(&ANNOUNCED), event.get(&ANNOUNCED_RISE)) else {
            if let Some(leaf) = event.get(&ANNOUNCED).or(event.get(&ANNOUNCED_RISE)) {
                reader
                    .error(
                        Code::MissingField,
                        leaf,
                        "an announcement needs both `announced` and `announced_rise`",
                    )
                    .label("only one of the two")
                    .help("add the other, or leave both out");
                return None;
            }
            return Some(None);
        };
        let rise = event.drawn(&ANNOUNCED_RISE, reader);
        let date = day.date(reader).and_then(|date| self.within_calendar(date, day, reader));
        let (rise, date, start) = (rise?, date?, start?);
        if date > start {
            reader
                .error(Code::BadDate, day, format!("it is announced on {date}, after it starts on {start}"))
                .label("later than `start`")
                .help("an announcement comes before the event, or on its day");
            return None;
        }
        Some(Some((self.world.calendar().moment(date), rise)))
    }

    /// An uncertain number of an event; the user may put another in its place if this kind of event reads it.
    fn of_kind(
        &mut self,
        fields: &[Field],
        field: &Field,
        name: String,
        distribution: Distribution,
    ) -> Uncertain {
        if kinds::has(fields, field) {
            self.uncertain(name, field, distribution)
        } else {
            Uncertain { name, distribution }
        }
    }

    /// An uncertain number, or what the user puts in its place.
    pub(crate) fn uncertain(&mut self, name: String, field: &Field, distribution: Distribution) -> Uncertain {
        let distribution = self.overrides.apply(&name, field, distribution);
        Uncertain { name, distribution }
    }

    /// The simulated week in which a day falls that a file names.
    pub(crate) fn week_of(
        &self,
        leaf: Leaf<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<chokepoint_core::time::Week> {
        let date = leaf.date(reader)?;
        let date = self.within_calendar(date, leaf, reader)?;
        Some(self.world.calendar().moment(date).round() as chokepoint_core::time::Week)
    }

    /// The day, if it is one of the world's calendar.
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
