//! A strategy: its measures, when they begin and who pays for them.

use crate::arms::{BASELINE, Chosen, EventInfo, NO_STRATEGY, StrategyInfo};
use crate::measures::{self, CARRYING_COST, MeasureKind, Resolved, Written};
use crate::resolver::Resolver;
use crate::targets::touches;
use crate::timing::Timing;
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::Event;
use chokepoint_input::document::{EvidenceDocument, Payer, StrategyDocument};
use chokepoint_input::leaf::{Leaf, Unit, items};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Value};
use chokepoint_world::uncertain::{Uncertain, shift};
use jiff::civil::Date;

const LEAD_TIME: Field = Field::need(
    "lead_time",
    Value::Drawn(Unit::Time, (0.0, MOST_WEEKS)),
    "time from the decision to the first effect",
);

/// A measure that has been read, with who pays for it and what it costs to hold its stock.
struct Measured {
    kind: MeasureKind,
    payer: Option<Payer>,
    carrying: Option<Distribution>,
    resolved: Resolved,
}

impl Resolver<'_> {
    pub(crate) fn strategy(
        &mut self,
        document: &StrategyDocument<'_>,
        day: Option<Date>,
        reader: &mut Reader<'_>,
    ) -> Option<Chosen> {
        let id = document.id.file_id(reader)?;
        if [BASELINE, NO_STRATEGY].contains(&id.as_str()) {
            reader.error(Code::Duplicate, document.id, format!("a strategy cannot be called `{id}`")).label("an arm of every run").help("`baseline` is the arm without a shock, `no-strategy` the one without a strategy: choose another name");
        }
        let name = document.name.title(reader);
        let story = document.story.story(reader);
        let date = day
            .or_else(|| document.date.date(reader))
            .and_then(|d| self.within_calendar(d, document.date, reader));
        let lead = document.lead_time.quantity(Unit::Time, (0.0, MOST_WEEKS), reader);
        let carrying = document.carrying_cost.quantity(Unit::Rate, (0.0, 1.0), reader);
        let payer = document.payer.read::<Payer>(reader);
        let evidence = document.evidence.read::<EvidenceDocument>(reader);
        let _ = document.as_of.date(reader);
        // measures are read whatever else is wrong: all problems are reported at once
        let usual = payer.unwrap_or(Payer::Public);
        let holder = format!("{id}{}", day.map_or_else(String::new, |d| format!("@{d}")));
        let measured = self.measured(document, &holder, usual, reader);
        let (date, lead, carrying, evidence, payer) = (date?, lead?, carrying?, evidence?, payer?);
        let moment = self.world.calendar().moment(date);
        let lead_name = format!("{id}/lead_time");
        let lead = self.overrides.apply(&lead_name, &LEAD_TIME, lead);
        let carrying_name = format!("{id}/carrying_cost");
        let carrying = self.uncertain(carrying_name, &CARRYING_COST, carrying);
        let start = Uncertain { name: lead_name, distribution: shift(lead, moment) };
        let mut events = Vec::new();
        let mut measures = Vec::new();
        let mut payers = Vec::new();
        for (place, measured) in measured?.into_iter().enumerate() {
            let Measured { kind, payer: pays, carrying: its_own, resolved } = measured;
            let Resolved { effect, size: (field, size), fill, term, name: what, notice } = resolved;
            payers.push(pays);
            if let Some((field, notice)) = notice {
                let notice = self.uncertain(format!("{id}/notice/notice"), &field, notice);
                self.notices.push((self.timings.len(), notice));
            }
            let touches = touches(&effect);
            let fixed = |field: &str, value: f64| Uncertain {
                name: format!("{id}/{place}/{field}"),
                distribution: Distribution::Fixed(value),
            };
            // several measures of one kind draw apart
            let what = what.unwrap_or_else(|| kind.spec().name.to_owned());
            let what = if measures.iter().any(|m: &EventInfo| m.id == what) {
                format!("{what}-{}", place + 1)
            } else {
                what
            };
            let size = self.uncertain(format!("{id}/{what}/{}", field.name), &field, size);
            let held = match its_own {
                Some(own) => self.uncertain(format!("{id}/{what}/carrying_cost"), &CARRYING_COST, own),
                None => carrying.clone(),
            };
            self.timings.push(Timing {
                start: start.clone(),
                ramp: fixed("fill", fill),
                duration: fixed("duration", term),
                recovery: fixed("recovery", 0.0),
                magnitude: size,
                leakage: fixed("leakage", 0.0),
                leakage_ramp: fixed("leakage_ramp", 0.0),
                leakage_premium: fixed("leakage_premium", 0.0),
                diversion: fixed("diversion", 0.0),
                carrying: held,
                known: None,
                regime: None,
                trigger: None,
            });
            events.push(Event { effect, draw: self.timings.len() - 1 });
            measures.push(EventInfo {
                id: what.clone(),
                kind: what,
                start: date,
                draw: self.timings.len() - 1,
                elements: Vec::new(),
                touches,
                source: evidence.source.clone(),
                grade: evidence.grade.name(),
            });
        }
        let info = StrategyInfo {
            id,
            name: name?,
            date,
            story: story?,
            payers: measures::payers(payers, payer),
            effect_from: start.distribution.central(),
            measures,
        };
        Some(Chosen { info, events })
    }

    /// All measures as they are read; nothing if something is wrong with one.
    fn measured(
        &mut self,
        document: &StrategyDocument<'_>,
        holder: &str,
        payer: Payer,
        reader: &mut Reader<'_>,
    ) -> Option<Vec<Measured>> {
        let listed = items("measures", &document.measures, reader);
        if document.measures.is_empty() {
            reader
                .error(Code::MissingField, document.id, "the strategy does nothing: it has no measures")
                .label("its arms would be those without a strategy")
                .help("add `measures: […]`; `chokepoint schema` names the kinds");
            return None;
        }
        // every one is read, and then all are there or none
        let all: Vec<Option<Measured>> =
            listed.iter().map(|leaf| self.measure(*leaf, holder, payer, reader)).collect();
        all.into_iter().collect()
    }

    fn measure(
        &mut self,
        leaf: Leaf<'_>,
        holder: &str,
        usual: Payer,
        reader: &mut Reader<'_>,
    ) -> Option<Measured> {
        let (kind, record) = measures::read(leaf, reader)?;
        let payer = kind.spec().pays.of(&record, usual, reader);
        let carrying = match record.get(&CARRYING_COST) {
            Some(_) => record.drawn(&CARRYING_COST, reader).map(Some),
            None => Some(None),
        };
        let written = Written { record: &record, payer: payer.flatten().unwrap_or(usual), holder };
        let resolved = kind.resolve(&written, self, reader);
        Some(Measured { kind, payer: payer?, carrying: carrying?, resolved: resolved? })
    }
}
