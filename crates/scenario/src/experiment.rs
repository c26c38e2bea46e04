//! A scenario, its strategies and its world resolved to arms: what the Monte Carlo runs.

use crate::calendar::Calendar;
use crate::document::{
    BufferDocument, EventDocument, EventKind, EvidenceDocument, MeasureDocument, Payer, ScenarioDocument,
    Status, StockpileDocument, StrategyDocument, TargetDocument,
};
use crate::leaf::{Leaf, Measure};
use crate::load::{self, Replacements};
use crate::problem::{Code, Place, Problems, Source};
use crate::world::{AgentInfo, World};
use chokepoint_core::chance::{Distribution, Entity};
use chokepoint_core::id::{AgentId, CommodityId, GatewayId, InputId, LinkId, RegionId};
use chokepoint_core::network::{Agent, Input, Link, Network, ReleaseRoute, Role};
use chokepoint_core::outcome::Scope;
use chokepoint_core::plan::{Effect, Event, Market, Plan, ReserveRule, Week};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Weeks before the first shock that are recorded.
pub const LEAD_WEEKS: u32 = 26;
/// "Until the end": longer than any horizon, weeks.
const FOR_GOOD: f64 = 1e5;
/// Longest horizon, weeks.
const MOST_WEEKS: f64 = 52.0 * 30.0;

/// An uncertain number of an event, under the name that addresses its draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// Name: `scenario/event/field` or `strategy/measure/field`.
    pub name: String,
    /// Distribution, in weeks or as a share.
    pub distribution: Distribution,
}

/// Size and timing of an event, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Timing {
    pub start: Uncertain,
    pub ramp: Uncertain,
    pub duration: Uncertain,
    pub recovery: Uncertain,
    pub magnitude: Uncertain,
    pub leakage: Uncertain,
    pub leakage_ramp: Uncertain,
    pub leakage_premium: Uncertain,
}

/// What a reader wants to know of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventInfo {
    /// Id.
    pub id: String,
    /// Kind, or the measure's kind.
    pub kind: String,
    /// First day (central).
    pub start: Date,
    /// Number of links, agents or inputs that it touches.
    pub touches: usize,
    /// Source.
    pub source: String,
    /// Grade.
    pub grade: &'static str,
}

/// What a reader wants to know of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioInfo {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
    /// Whether it happened.
    pub status: Status,
    /// Date of the knowledge in it.
    pub as_of: Date,
    /// The story.
    pub story: String,
    /// Its events.
    pub events: Vec<EventInfo>,
    /// Strategies that it is run with by default.
    pub strategies: Vec<String>,
}

/// What a reader wants to know of a strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyInfo {
    /// Id.
    pub id: String,
    /// Title.
    pub name: String,
    /// Day of the decision.
    pub date: Date,
    /// What it does.
    pub story: String,
    /// Yearly cost of holding stock, share of its value.
    pub carrying_cost: Distribution,
    /// Who pays.
    pub payer: Payer,
    /// Moment of the first effect, weeks (central).
    pub effect_from: f64,
    /// Its measures.
    pub measures: Vec<EventInfo>,
}

/// One arm: calm, the scenario alone, or the scenario with a strategy.
#[derive(Clone, Debug)]
pub struct Arm {
    /// `calm`, `none` or the strategy's id.
    pub id: String,
    /// Title.
    pub name: String,
    /// What happens in it.
    pub plan: Plan,
    /// The strategy, if there is one.
    pub strategy: Option<StrategyInfo>,
}

/// Everything that a run needs.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// The world.
    pub world: World,
    /// Its network with the reserves of all strategies (empty in arms without them).
    pub network: Network,
    /// Names of all agents, reserves included.
    pub agents: Vec<AgentInfo>,
    /// The scenario.
    pub scenario: ScenarioInfo,
    /// The arms, calm first, then `none`.
    pub arms: Vec<Arm>,
    /// Timing of every event, by [`Event::draw`].
    pub timings: Vec<Timing>,
    /// What is recorded.
    pub scope: Scope,
    /// Files that were read, for the manifest.
    pub files: Vec<Arc<Source>>,
}

impl Experiment {
    /// The calendar.
    pub fn calendar(&self) -> Calendar {
        self.world.calendar()
    }

    /// First day of the first shock.
    pub fn shock_date(&self) -> Date {
        self.calendar().date(self.scope.shock)
    }
}

/// What to resolve.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Strategies by id; `None`: those that the scenario lists.
    pub strategies: Option<Vec<String>>,
    /// Take every strategy of the library.
    pub all_strategies: bool,
    /// A file of overrides.
    pub overrides: Option<PathBuf>,
}

/// Reads everything that a run needs. Warnings come back beside it; errors instead of it.
pub fn load(request: &Request) -> Result<(Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    match resolve(request, &mut problems) {
        Some(experiment) if !problems.fatal() => Ok((experiment, problems)),
        _ => Err(problems),
    }
}

fn resolve(request: &Request, problems: &mut Problems) -> Option<Experiment> {
    let source = load::source(&request.scenario, problems)?;
    let document: ScenarioDocument<'_> = crate::document::parse(&source, problems)?;
    let library = load::library(&request.scenario)
        .or_else(|| load::library(Path::new("scenarios/x")))
        .or_else(|| {
            problems.error(
                Code::Unreadable,
                &Place { source: Arc::clone(&source), span: 0..0 },
                "no folder `worlds` found near this scenario".to_owned(),
                "scenario".to_owned(),
                "keep scenarios beside or below the folder that holds `worlds` and `strategies`".to_owned(),
            );
            None
        })?;
    let overrides = Overrides::read(request.overrides.as_deref(), problems);
    let world_id = document.world.string(&source, problems)?;
    let path = library.join("worlds").join(format!("{world_id}.ron"));
    if !path.is_file() {
        let known = ids(&library.join("worlds"));
        problems.unknown(
            &document.world.place(&source),
            "world",
            &world_id,
            known.iter().map(String::as_str),
        );
        check_events_without_world(&document, &source, problems);
        return None;
    }
    let world = load::world(&path, &overrides.tables, problems)?;
    let mut files = vec![Arc::clone(&source)];
    files.extend(world.files.iter().cloned());
    let mut resolver = Resolver::new(&world, overrides);
    let scenario = resolver.scenario(&document, &source, problems)?;
    let horizon = document.horizon.quantity(Measure::Time, (1.0, MOST_WEEKS), &source, problems);
    let wanted = match (&request.strategies, request.all_strategies) {
        (_, true) => ids(&library.join("strategies")),
        (Some(listed), _) => listed.clone(),
        (None, _) => scenario.strategies.clone(),
    };
    let mut strategies = Vec::new();
    for id in wanted {
        let path = library.join("strategies").join(format!("{id}.ron"));
        if !path.is_file() {
            let known = ids(&library.join("strategies"));
            let place = strategy_place(&document, &source, &id, problems);
            problems.unknown(&place, "strategy", &id, known.iter().map(String::as_str));
            continue;
        }
        let Some(file) = load::source(&path, problems) else {
            continue;
        };
        files.push(Arc::clone(&file));
        if let Some(document) = crate::document::parse::<StrategyDocument<'_>>(&file, problems) {
            if let Some(info) = resolver.strategy(&document, &file, problems) {
                strategies.push(info);
            }
        }
    }
    resolver.overrides.complain_unused(problems);
    if problems.fatal() {
        return None;
    }
    Some(resolver.finish(scenario, strategies, horizon?.central(), files))
}

/// Ids of the RON files in a folder, sorted.
pub fn ids(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            (path.extension()? == "ron")
                .then(|| path.file_stem().map(|s| s.to_string_lossy().into_owned()))?
        })
        .collect();
    found.sort();
    found
}

fn strategy_place(
    document: &ScenarioDocument<'_>,
    source: &Arc<Source>,
    id: &str,
    problems: &mut Problems,
) -> Place {
    document
        .strategies
        .iter()
        .find(|leaf| leaf.string(source, problems).as_deref() == Some(id))
        .map_or(Place { source: Arc::clone(source), span: 0..0 }, |leaf| leaf.place(source))
}

/// Without a world names cannot be checked, but the form of events can.
fn check_events_without_world(
    document: &ScenarioDocument<'_>,
    source: &Arc<Source>,
    problems: &mut Problems,
) {
    for leaf in &document.events {
        let _ = leaf.read::<EventDocument<'_>>(source, problems);
    }
}

/// Values that a user puts in place of the files': world cells and numbers of events.
#[derive(Debug, Default)]
struct Overrides {
    tables: Replacements,
    numbers: Vec<(String, Distribution, Place, bool)>,
}

impl Overrides {
    fn read(path: Option<&Path>, problems: &mut Problems) -> Self {
        let mut overrides = Self::default();
        let Some(path) = path else { return overrides };
        let columns = ["parameter", "value", "unit", "low", "high", "source", "note"];
        let Some(table) = crate::table::Table::read(path, &columns, problems) else {
            return overrides;
        };
        for row in table.records() {
            let name = row.text("parameter").to_owned();
            let place = row.place("parameter");
            if load::PARAMETERS.contains(&name.as_str()) {
                for column in ["value", "low", "high"] {
                    let text = if row.text(column).is_empty() { row.text("value") } else { row.text(column) };
                    overrides.tables.0.push((
                        format!("parameters.{name}.{column}"),
                        text.to_owned(),
                        place.clone(),
                    ));
                }
            } else if name.contains('/') {
                let bounds = (-1e12, 1e12);
                let Some(value) = row.number("value", bounds, problems) else {
                    continue;
                };
                let low = row.optional("low", bounds, problems).unwrap_or(value);
                let high = row.optional("high", bounds, problems).unwrap_or(value);
                let factor = unit_factor(row, problems);
                let distribution = if low < high {
                    Distribution::Triangular { low: low * factor, mode: value * factor, high: high * factor }
                } else {
                    Distribution::Fixed(value * factor)
                };
                overrides.numbers.push((name, distribution, place, false));
            } else {
                overrides.tables.0.push((name, row.text("value").to_owned(), place));
            }
        }
        overrides
    }

    fn apply(&mut self, name: &str, distribution: Distribution) -> Distribution {
        for (overridden, value, _, used) in &mut self.numbers {
            if overridden == name {
                *used = true;
                return *value;
            }
        }
        distribution
    }

    fn complain_unused(&self, problems: &mut Problems) {
        for (name, _, place, used) in &self.numbers {
            if !used {
                problems.error(
                    Code::UnknownName,
                    place,
                    format!("no event or measure of this run has a number called `{name}`"),
                    "not used".to_owned(),
                    "write scenario/event/field, for example dytb-halt-us/halt/duration".to_owned(),
                );
            }
        }
    }
}

/// Factor from the unit of an override to weeks or shares.
fn unit_factor(row: crate::table::Record<'_>, problems: &mut Problems) -> f64 {
    match row.text("unit").to_lowercase().as_str() {
        "%" | "percent" => 0.01,
        "days" => 1.0 / 7.0,
        "weeks" | "share" | "" => 1.0,
        "months" => 52.0 / 12.0,
        "years" => 52.0,
        other => {
            problems.unknown(
                &row.place("unit"),
                "unit",
                other,
                ["percent", "share", "days", "weeks", "months", "years"],
            );
            1.0
        }
    }
}

struct Resolver<'a> {
    world: &'a World,
    network: Network,
    agents: Vec<AgentInfo>,
    timings: Vec<Timing>,
    shocks: Vec<Event>,
    measures: Vec<Vec<Event>>,
    markets: Vec<Market>,
    overrides: Overrides,
    first_shock: f64,
}

impl<'a> Resolver<'a> {
    fn new(world: &'a World, overrides: Overrides) -> Self {
        Self {
            world,
            network: world.network.clone(),
            agents: world.agents.clone(),
            timings: Vec::new(),
            shocks: Vec::new(),
            measures: Vec::new(),
            markets: Vec::new(),
            overrides,
            first_shock: f64::INFINITY,
        }
    }

    fn scenario(
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

    fn event(
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
        let mut uncertain = |field: &str, distribution: Distribution| {
            let name = format!("{scenario}/{id}/{field}");
            let distribution = self.overrides.apply(&name, distribution);
            Uncertain { name, distribution }
        };
        let timing = Timing {
            start: uncertain("start", Distribution::Fixed(moment)),
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

    fn within_calendar(
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

    fn effect(
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
    fn enter_markets(&mut self, links: &[LinkId]) -> Vec<usize> {
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
            if !market.buyers.contains(&input) {
                market.buyers.push(input);
            }
            if !touched.contains(&place) {
                touched.push(place);
            }
        }
        touched
    }

    fn strategy(
        &mut self,
        document: &StrategyDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<StrategyInfo> {
        let id = document.id.string(source, problems)?;
        let name = document.name.string(source, problems);
        let story = document.story.string(source, problems);
        let date = load::date(document.date, source, problems)
            .and_then(|d| self.within_calendar(d, document.date, source, problems));
        let lead = document.lead_time.quantity(Measure::Time, (0.0, MOST_WEEKS), source, problems);
        let carrying = document.carrying_cost.quantity(Measure::Rate, (0.0, 1.0), source, problems);
        let payer = document.payer.read::<Payer>(source, problems);
        let evidence = document.evidence.read::<EvidenceDocument>(source, problems);
        let _ = load::date(document.as_of, source, problems);
        let (date, lead, evidence) = (date?, lead?, evidence?);
        let moment = self.world.calendar().moment(date);
        let lead_name = format!("{id}/lead_time");
        let lead = self.overrides.apply(&lead_name, lead);
        let start = Uncertain { name: lead_name, distribution: shift(lead, moment) };
        let mut events = Vec::new();
        let mut measures = Vec::new();
        for (place, leaf) in document.measures.iter().enumerate() {
            let Some(measure) = leaf.read::<MeasureDocument<'_>>(source, problems) else {
                continue;
            };
            let (effect, cover, fill, what) = match &measure {
                MeasureDocument::Buffer(buffer) => self.buffer(buffer, *leaf, source, problems)?,
                MeasureDocument::Stockpile(stockpile) => {
                    self.stockpile(&id, stockpile, *leaf, source, problems)?
                }
            };
            let touches = match &effect {
                Effect::Buffer(inputs) => inputs.len(),
                _ => 1,
            };
            let fixed = |field: &str, value: f64| Uncertain {
                name: format!("{id}/{place}/{field}"),
                distribution: Distribution::Fixed(value),
            };
            let cover_name = format!("{id}/{what}/cover");
            let cover = self.overrides.apply(&cover_name, cover);
            self.timings.push(Timing {
                start: start.clone(),
                ramp: fixed("fill", fill),
                duration: fixed("duration", FOR_GOOD),
                recovery: fixed("recovery", 0.0),
                magnitude: Uncertain { name: cover_name, distribution: cover },
                leakage: fixed("leakage", 0.0),
                leakage_ramp: fixed("leakage_ramp", 0.0),
                leakage_premium: fixed("leakage_premium", 0.0),
            });
            events.push(Event { effect, draw: self.timings.len() - 1 });
            measures.push(EventInfo {
                id: what.clone(),
                kind: what,
                start: date,
                touches,
                source: evidence.source.clone(),
                grade: evidence.grade.name(),
            });
        }
        self.measures.push(events);
        Some(StrategyInfo {
            id,
            name: name?,
            date,
            story: story?,
            carrying_cost: carrying?,
            payer: payer?,
            effect_from: start.distribution.central(),
            measures,
        })
    }

    fn buffer(
        &mut self,
        buffer: &BufferDocument<'_>,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<(Effect, Distribution, f64, String)> {
        let names = Names { world: self.world, source };
        let stages = names.stages(&buffer.stages, problems);
        let sectors = names.sectors(&buffer.sectors, problems);
        let countries = names.countries(&buffer.regions, problems);
        let commodities = names.commodities(&buffer.commodities, problems);
        let cover = buffer.cover.quantity(Measure::Time, (0.0, 520.0), source, problems);
        let fill = buffer.fill.quantity(Measure::Time, (0.0, 520.0), source, problems);
        let inputs: Vec<InputId> = self
            .network
            .inputs
            .iter()
            .enumerate()
            .filter(|(_, input)| {
                let agent = &self.network.agents[input.agent.at()];
                let info = &self.agents[input.agent.at()];
                input.base_use > 0.0
                    && !matches!(agent.role, Role::Reserve)
                    && any(&stages, agent.stage.at())
                    && any(&countries, agent.country.at())
                    && any(&commodities, input.commodity.at())
                    && (sectors.is_empty() || info.sector.is_none_or(|s| sectors.contains(&s)))
            })
            .map(|(i, _)| InputId::from(i))
            .collect();
        if inputs.is_empty() {
            problems.error(
                Code::TouchesNothing,
                &leaf.place(source),
                "this buffer touches no stock".to_owned(),
                "measure".to_owned(),
                "widen it: an empty list means all".to_owned(),
            );
            return None;
        }
        Some((Effect::Buffer(inputs), cover?, fill?.central(), "buffer".to_owned()))
    }

    fn stockpile(
        &mut self,
        strategy: &str,
        stockpile: &StockpileDocument<'_>,
        leaf: Leaf<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<(Effect, Distribution, f64, String)> {
        let names = Names { world: self.world, source };
        let countries = names.countries(&[stockpile.region], problems);
        let commodity = names.commodities(&[stockpile.commodity], problems);
        let key = stockpile.region.string(source, problems)?;
        let cover = stockpile.cover.quantity(Measure::Time, (0.0, 520.0), source, problems);
        let fill = stockpile.fill.quantity(Measure::Time, (1.0, 520.0), source, problems)?;
        let trigger = stockpile.trigger.quantity(Measure::Share, (0.0, 1.0), source, problems)?;
        let release = stockpile.release.quantity(Measure::Share, (0.0, 1.0), source, problems)?;
        let commodity = *commodity.first()?;
        let users: Vec<usize> = (0..self.network.inputs.len())
            .filter(|i| {
                let input = &self.network.inputs[*i];
                let agent = &self.network.agents[input.agent.at()];
                input.commodity.at() == commodity
                    && input.base_use > 0.0
                    && countries.contains(&agent.country.at())
                    && !matches!(agent.role, Role::Reserve)
            })
            .collect();
        if users.is_empty() {
            problems.error(
                Code::TouchesNothing,
                &leaf.place(source),
                format!("nobody in `{key}` uses `{}`", self.world.commodities[commodity].id),
                "measure".to_owned(),
                "hold what the region's own plants buy: a stock of another form helps nobody there"
                    .to_owned(),
            );
            return None;
        }
        let users_use: f64 = users.iter().map(|i| self.network.inputs[*i].base_use).sum();
        let what = format!("stockpile-{}-{}", key.to_lowercase(), self.world.commodities[commodity].id);
        let stock = self.add_reserve(&format!("{strategy}/{what}"), commodity, &users);
        let rule = ReserveRule {
            stock,
            users_use,
            fill_weeks: fill.central(),
            trigger_fill_rate: trigger.central(),
            release_share: release.central(),
        };
        Some((Effect::Reserve(rule), cover?, fill.central(), what))
    }

    /// A reserve that buys where its users buy. Its links carry nothing at rest.
    fn add_reserve(&mut self, id: &str, commodity: usize, users: &[usize]) -> InputId {
        let network = &mut self.network;
        let agent = AgentId::from(network.agents.len());
        let stock = InputId::from(network.inputs.len());
        let first = &network.agents[network.inputs[users[0]].agent.at()];
        let (country, region, stage) = (first.country, first.region, network.commodities[commodity].stage);
        let mut shares: Vec<(Link, f64)> = Vec::new();
        for user in users {
            for l in network.links_of(&network.inputs[*user]) {
                let link = &network.links[l];
                match shares.iter_mut().find(|(known, _)| known.seller == link.seller) {
                    Some((_, flow)) => *flow += link.base_flow,
                    None => shares.push((link.clone(), link.base_flow)),
                }
            }
        }
        let total: f64 = shares.iter().map(|(_, flow)| flow).sum();
        let from = network.links.len();
        for (link, flow) in shares {
            network.links.push(Link { buyer: stock, base_share: flow / total, base_flow: 0.0, ..link });
        }
        let price = network.links[from..].iter().map(|l| l.base_share * l.reference_delivered(network)).sum();
        let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let inputs = stock.0..stock.0 + 1;
        network.inputs.push(Input {
            agent,
            commodity: CommodityId::from(commodity),
            per_activity: 1.0,
            cover_weeks: 0.0,
            base_use: 0.0,
            reference_price: price,
            worth: price * 3.0,
            links: to_u32(from)..to_u32(network.links.len()),
            mean_lag: 1.0,
            switching_weeks: self.world.stages[stage.at()].switching_weeks,
        });
        let outputs = to_u32(network.outputs.len());
        network.agents.push(Agent {
            entity: Entity::named(id),
            role: Role::Reserve,
            stage,
            country,
            region,
            base_activity: 0.0,
            capacity: 0.0,
            own_cost_usd: 0.0,
            inputs,
            outputs: outputs..outputs,
        });
        network.releases.extend(users.iter().map(|i| ReleaseRoute { from: stock, to: InputId::from(*i) }));
        self.agents.push(AgentInfo { id: id.to_owned(), name: id.to_owned(), sector: None });
        stock
    }

    fn finish(
        self,
        scenario: ScenarioInfo,
        strategies: Vec<StrategyInfo>,
        horizon_weeks: f64,
        files: Vec<Arc<Source>>,
    ) -> Experiment {
        let calendar_start = f64::from(chokepoint_core::plan::SPIN_UP_WEEKS);
        let shock = if self.first_shock.is_finite() {
            self.first_shock
        } else {
            calendar_start + f64::from(LEAD_WEEKS)
        };
        let shock = shock.floor() as Week;
        let weeks = shock + horizon_weeks.ceil() as Week;
        let mut gateways: Vec<GatewayId> = Vec::new();
        for event in &self.shocks {
            if let Effect::TransportDelay(gateway) = event.effect {
                gateways.push(gateway);
            }
        }
        let plan = |events: Vec<Event>| Plan {
            events,
            markets: self.markets.clone(),
            gateways: gateways.clone(),
            weeks,
        };
        let mut arms = vec![Arm {
            id: "calm".to_owned(),
            name: "No shock".to_owned(),
            plan: plan(Vec::new()),
            strategy: None,
        }];
        if !self.shocks.is_empty() {
            arms.push(Arm {
                id: "none".to_owned(),
                name: "No strategy".to_owned(),
                plan: plan(self.shocks.clone()),
                strategy: None,
            });
        }
        for (info, measures) in strategies.into_iter().zip(&self.measures) {
            let events = self.shocks.iter().chain(measures).cloned().collect();
            arms.push(Arm {
                id: info.id.clone(),
                name: info.name.clone(),
                plan: plan(events),
                strategy: Some(info),
            });
        }
        let from = shock.saturating_sub(LEAD_WEEKS);
        let scope = Scope::new(&self.network, &arms[0].plan, from, shock, RegionId::from(self.world.home));
        Experiment {
            world: self.world.clone(),
            network: self.network,
            agents: self.agents,
            scenario,
            arms,
            timings: self.timings,
            scope,
            files,
        }
    }
}

/// A distribution moved by a constant.
fn shift(distribution: Distribution, by: f64) -> Distribution {
    match distribution {
        Distribution::Fixed(value) => Distribution::Fixed(value + by),
        Distribution::Uniform { low, high } => Distribution::Uniform { low: low + by, high: high + by },
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: low + by, mode: mode + by, high: high + by }
        }
        // a shifted log-normal is not one; its quantiles are close to a triangle's over the same range
        Distribution::LogNormal { p5, median, p95 } => {
            Distribution::Triangular { low: p5 + by, mode: median + by, high: p95 + by }
        }
    }
}

/// An empty list means "all".
fn any(list: &[usize], value: usize) -> bool {
    list.is_empty() || list.contains(&value)
}

/// Looks names up and complains about those that stand for nothing.
struct Names<'a> {
    world: &'a World,
    source: &'a Arc<Source>,
}

impl Names<'_> {
    fn each<'n>(
        &self,
        leaves: &[Leaf<'_>],
        what: &str,
        known: impl Fn() -> Vec<&'n str>,
        find: impl Fn(&str) -> Vec<usize>,
        problems: &mut Problems,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for leaf in leaves {
            let Some(name) = leaf.string(self.source, problems) else {
                continue;
            };
            let indices = find(&name);
            if indices.is_empty() {
                problems.unknown(&leaf.place(self.source), what, &name, known());
            }
            found.extend(indices);
        }
        found
    }

    fn stages(&self, leaves: &[Leaf<'_>], problems: &mut Problems) -> Vec<usize> {
        let known = || self.world.stages.iter().map(|s| s.id.as_str()).collect();
        let find = |name: &str| self.world.stages.iter().position(|s| s.id == name).into_iter().collect();
        self.each(leaves, "stage", known, find, problems)
    }
    fn sectors(&self, leaves: &[Leaf<'_>], problems: &mut Problems) -> Vec<usize> {
        let known = || self.world.sectors.iter().map(|s| s.id.as_str()).collect();
        let find = |name: &str| self.world.sectors.iter().position(|s| s.id == name).into_iter().collect();
        self.each(leaves, "sector", known, find, problems)
    }
    fn commodities(&self, leaves: &[Leaf<'_>], problems: &mut Problems) -> Vec<usize> {
        let known = || self.world.commodities.iter().map(|c| c.id.as_str()).collect();
        let find =
            |name: &str| self.world.commodities.iter().position(|c| c.id == name).into_iter().collect();
        self.each(leaves, "commodity", known, find, problems)
    }
    fn elements(&self, leaves: &[Leaf<'_>], problems: &mut Problems) -> Vec<usize> {
        let known = || self.world.elements.iter().map(|e| e.id.as_str()).collect();
        let find = |name: &str| self.world.elements.iter().position(|e| e.id == name).into_iter().collect();
        self.each(leaves, "element", known, find, problems)
    }
    fn countries(&self, leaves: &[Leaf<'_>], problems: &mut Problems) -> Vec<usize> {
        let known = || self.world.place_names().collect();
        let find = |name: &str| self.world.countries_of(name);
        self.each(leaves, "country or region", known, find, problems)
    }
    fn gateways(&self, leaves: &[Leaf<'_>], problems: &mut Problems) -> Vec<usize> {
        let known = || self.world.gateways.iter().map(String::as_str).collect();
        let find = |name: &str| self.world.gateways.iter().position(|g| g == name).into_iter().collect();
        self.each(leaves, "port or land crossing", known, find, problems)
    }
}

/// A target with its names looked up.
struct Selection {
    stages: Vec<usize>,
    commodities: Vec<usize>,
    elements: Vec<usize>,
    origins: Vec<usize>,
    destinations: Vec<usize>,
    agents: Vec<usize>,
    sectors: Vec<usize>,
    gateways: Vec<GatewayId>,
}

impl Selection {
    fn read(
        world: &World,
        agents: &[AgentInfo],
        target: &TargetDocument<'_>,
        source: &Arc<Source>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let before = problems.0.len();
        let names = Names { world, source };
        let known = || agents.iter().map(|a| a.id.as_str()).collect();
        let find = |name: &str| {
            let part = |id: &str| {
                id.strip_prefix(name)
                    .and_then(|rest| rest.strip_prefix('-'))
                    .is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
            };
            (0..agents.len()).filter(|a| agents[*a].id == name || part(&agents[*a].id)).collect()
        };
        let selection = Self {
            stages: names.stages(&target.stages, problems),
            commodities: names.commodities(&target.commodities, problems),
            elements: names.elements(&target.elements, problems),
            origins: names.countries(&target.origins, problems),
            destinations: names.countries(&target.destinations, problems),
            agents: names.each(&target.agents, "agent", known, find, problems),
            sectors: names.sectors(&target.sectors, problems),
            gateways: names.gateways(&target.gateways, problems).into_iter().map(GatewayId::from).collect(),
        };
        (problems.0.len() == before).then_some(selection)
    }

    fn takes(&self, network: &Network, commodity: CommodityId) -> bool {
        any(&self.commodities, commodity.at())
            && any(&self.stages, network.commodities[commodity.at()].stage.at())
            && (self.elements.is_empty()
                || self.elements.iter().any(|e| network.content(commodity, *e) > 1e-6))
    }

    /// Trade that leaves its country (trade inside a country is never an export).
    fn links(&self, network: &Network) -> Vec<LinkId> {
        network
            .links
            .iter()
            .enumerate()
            .filter(|(_, link)| {
                let (seller, buyer) = (network.seller_of(link), network.buyer_of(link));
                let agent = network.outputs[link.seller.at()].agent.at();
                seller.country != buyer.country
                    && self.takes(network, network.outputs[link.seller.at()].commodity)
                    && any(&self.origins, seller.country.at())
                    && any(&self.destinations, buyer.country.at())
                    && any(&self.agents, agent)
            })
            .map(|(l, _)| LinkId::from(l))
            .collect()
    }

    fn facilities(&self, network: &Network) -> Vec<AgentId> {
        network.agents[..network.facilities]
            .iter()
            .enumerate()
            .filter(|(a, agent)| {
                let makes = network.outputs_of(agent).any(|o| {
                    let commodity = network.outputs[o].commodity;
                    any(&self.commodities, commodity.at())
                        && (self.elements.is_empty()
                            || self.elements.iter().any(|e| network.content(commodity, *e) > 1e-6))
                });
                makes
                    && any(&self.agents, *a)
                    && any(&self.stages, agent.stage.at())
                    && any(&self.origins, agent.country.at())
            })
            .map(|(a, _)| AgentId::from(a))
            .collect()
    }

    fn producers(&self, network: &Network, agents: &[AgentInfo]) -> Vec<AgentId> {
        network
            .producer_range()
            .filter(|a| {
                let agent = &network.agents[*a];
                any(&self.agents, *a)
                    && any(&self.destinations, agent.country.at())
                    && agents[*a].sector.is_some_and(|s| any(&self.sectors, s))
            })
            .map(AgentId::from)
            .collect()
    }
}
