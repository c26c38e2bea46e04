//! A scenario's events: what they touch, how much and when.

use super::select::Selection;
use super::{EventInfo, MOST_WEEKS, Resolver, ScenarioInfo, Timing, Uncertain};
use crate::document::{EventDocument, EventKind, EvidenceDocument, ScenarioDocument, Status, TargetDocument};
use crate::leaf::{Leaf, Measure};
use crate::load;
use crate::problem::{Code, Problems, Source};
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::LinkId;
use chokepoint_core::network::Role;
use chokepoint_core::plan::{Effect, Event, Market};
use jiff::civil::Date;
use std::sync::Arc;

impl Resolver<'_> {
    pub(super) fn scenario(
        &mut self,
        document: &ScenarioDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<ScenarioInfo> {
        let id = document.id.string(source, problems)?;
        let stem = source.path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if stem != id {
            problems.error(
                Code::Inconsistent,
                &document.id.place(source),
                format!("the id `{id}` is not the file's name `{stem}`"),
                "id".to_owned(),
                "let the two agree, so that results can be found by it".to_owned(),
            );
        }
        let name = document.name.string(source, problems);
        let status = document.status.read::<Status>(source, problems);
        let as_of = load::date(document.as_of, source, problems);
        let story = document.story.string(source, problems);
        let strategies: Vec<String> =
            document.strategies.iter().filter_map(|s| s.string(source, problems)).collect();
        let mut events: Vec<EventInfo> = Vec::new();
        for leaf in &document.events {
            let Some(event) = leaf.read::<EventDocument<'_>>(source, problems) else {
                continue;
            };
            if let Some(info) = self.event(&id, &event, source, problems) {
                if events.iter().any(|e| e.id == info.id) {
                    problems.error(
                        Code::Duplicate,
                        &event.id.place(source),
                        format!("two events are called `{}`", info.id),
                        "second time".to_owned(),
                        "give each event its own id".to_owned(),
                    );
                }
                events.push(info);
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

    pub(super) fn event(
        &mut self,
        scenario: &str,
        event: &EventDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<EventInfo> {
        let id = event.id.string(source, problems);
        let kind = event.kind.read::<EventKind>(source, problems);
        let target = event.target.read::<TargetDocument<'_>>(source, problems);
        let evidence = event.evidence.read::<EvidenceDocument>(source, problems);
        let start = load::date(event.start, source, problems)
            .and_then(|d| self.within_calendar(d, event.start, source, problems));
        let share = (0.0, 1.0);
        let time = (0.0, MOST_WEEKS);
        let size = match kind {
            Some(EventKind::DemandShift) => (-1.0, 10.0),
            _ => share,
        };
        let magnitude = event.magnitude.quantity(Measure::Share, size, source, problems);
        let duration = event.duration.quantity(Measure::Time, time, source, problems);
        let mut optional = |leaf: Option<Leaf<'_>>, measure, within| match leaf {
            Some(leaf) => leaf.quantity(measure, within, source, problems),
            None => Some(Distribution::Fixed(0.0)),
        };
        let ramp = optional(event.ramp, Measure::Time, time);
        let recovery = optional(event.recovery, Measure::Time, time);
        let leakage = optional(event.leakage, Measure::Share, share);
        let leakage_ramp = optional(event.leakage_ramp, Measure::Time, time);
        let leakage_premium = optional(event.leakage_premium, Measure::Share, (0.0, 100.0));
        // names are looked up whatever else is wrong: all problems are told at once
        let effect = kind.zip(target).and_then(|(k, t)| self.effect(k, &t, event, source, problems));
        let (id, kind, effect, evidence, start) = (id?, kind?, effect?, evidence?, start?);
        let moment = self.world.calendar().moment(start);
        self.first_shock = self.first_shock.min(moment);
        // the first day is the file's: what is recorded hangs on it
        let mut uncertain = |field: &str, distribution: Distribution| {
            let name = format!("{scenario}/{id}/{field}");
            let distribution = self.overrides.apply(&name, distribution);
            Uncertain { name, distribution }
        };
        let timing = Timing {
            start: Uncertain {
                name: format!("{scenario}/{id}/start"),
                distribution: Distribution::Fixed(moment),
            },
            ramp: uncertain("ramp", ramp?),
            duration: uncertain("duration", duration?),
            recovery: uncertain("recovery", recovery?),
            magnitude: uncertain("magnitude", magnitude?),
            leakage: uncertain("leakage", leakage?),
            leakage_ramp: uncertain("leakage_ramp", leakage_ramp?),
            leakage_premium: uncertain("leakage_premium", leakage_premium?),
        };
        let touches = match &effect {
            Effect::ExportCap { links, .. } => links.len(),
            Effect::CapacityLoss(agents) | Effect::DemandShift(agents) => agents.len(),
            _ => 1,
        };
        self.timings.push(timing);
        self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
        Some(EventInfo {
            id,
            kind: format!("{kind:?}"),
            start,
            touches,
            source: evidence.source,
            grade: evidence.grade.name(),
        })
    }

    pub(super) fn within_calendar(
        &self,
        date: Date,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<Date> {
        let last = self.world.as_of.year() + 30;
        if date < self.world.as_of || date.year() > last {
            problems.error(
                Code::BadDate,
                &leaf.place(source),
                format!("`{date}` is outside the calendar of the world `{}`", self.world.id),
                "outside".to_owned(),
                format!("give a day from {} to {last}-12-31", self.world.as_of),
            );
            return None;
        }
        Some(date)
    }

    pub(super) fn effect(
        &mut self,
        kind: EventKind,
        target: &TargetDocument<'_>,
        event: &EventDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<Effect> {
        let selected = Selection::read(self.world, &self.agents, target, source, problems)?;
        let nothing = |problems: &mut Problems, what: &str| {
            problems.error(
                Code::TouchesNothing,
                &event.target.place(source),
                format!("this event touches no {what}"),
                "target".to_owned(),
                "widen the target: an empty list means all".to_owned(),
            );
        };
        match kind {
            EventKind::ExportCap => {
                let links = selected.links(&self.network);
                if links.is_empty() {
                    nothing(problems, "trade");
                    return None;
                }
                let markets = self.enter_markets(&links);
                Some(Effect::ExportCap { links, markets })
            }
            EventKind::CapacityLoss => {
                let agents = selected.facilities(&self.network);
                if agents.is_empty() {
                    nothing(problems, "facility");
                    return None;
                }
                Some(Effect::CapacityLoss(agents))
            }
            EventKind::DemandShift => {
                let agents = selected.producers(&self.network, &self.agents);
                if agents.is_empty() {
                    nothing(problems, "final producer");
                    return None;
                }
                Some(Effect::DemandShift(agents))
            }
            EventKind::TransportDelay => match selected.gateways[..] {
                [gateway] => Some(Effect::TransportDelay(gateway)),
                [] => {
                    nothing(problems, "port or land crossing");
                    None
                }
                _ => {
                    problems.error(
                        Code::Inconsistent,
                        &event.target.place(source),
                        "an event delays one port or land crossing".to_owned(),
                        "several gateways".to_owned(),
                        "write one event for each".to_owned(),
                    );
                    None
                }
            },
        }
    }

    /// Puts controlled links into the market of their commodity and gives the markets touched.
    pub(super) fn enter_markets(&mut self, links: &[LinkId]) -> Vec<usize> {
        let mut touched = Vec::new();
        for link in links {
            let input = self.network.links[link.at()].buyer;
            let commodity = self.network.inputs[input.at()].commodity;
            let place = self.markets.iter().position(|m| m.commodity == commodity).unwrap_or_else(|| {
                self.markets.push(Market { commodity, links: Vec::new(), buyers: Vec::new() });
                self.markets.len() - 1
            });
            let market = &mut self.markets[place];
            if !market.links.contains(link) {
                market.links.push(*link);
            }
            // a reserve's stock is not the market's: it does not calm the bid
            let buyer = &self.network.agents[self.network.inputs[input.at()].agent.at()];
            if !matches!(buyer.role, Role::Reserve) && !market.buyers.contains(&input) {
                market.buyers.push(input);
            }
            if !touched.contains(&place) {
                touched.push(place);
            }
        }
        touched
    }
}
