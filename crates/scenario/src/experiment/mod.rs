//! A scenario, its strategies and its world resolved to arms: what the Monte Carlo runs.

mod events;
mod firms;
mod measures;
mod numbers;
mod overrides;
mod programmes;
pub(crate) mod reads;
mod select;
mod strategies;
mod targets;
mod triggers;
mod uncertain;

use measures::before;
pub(crate) use measures::shift;
pub use strategies::StrategyInfo;
pub(crate) use strategies::in_words;
use strategies::{Chosen, Library};
pub use uncertain::{Correlation, PathTiming, RegimeTiming, Timing, Trigger, Uncertain};

use crate::calendar::Calendar;
use crate::document::{EventDocument, ScenarioDocument, Status, StrategyDocument};
use crate::leaf::Measure;
use crate::limits::MOST_WEEKS;
use crate::load;
use crate::problem::{Problems, Source};
use crate::world::{AgentInfo, World};
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{GatewayId, LinkId, RegionId};
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Controlled, Effect, Event, Market, Plan};
use chokepoint_core::scope::Scope;
use chokepoint_core::time::Week;
use jiff::civil::Date;
use overrides::Overrides;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Weeks before the first shock that are recorded.
pub const LEAD_WEEKS: u32 = 26;
/// "Until the end": longer than any horizon, weeks.
const FOR_GOOD: f64 = 1e5;

/// What a reader wants to know of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventInfo {
    /// Id.
    pub id: String,
    /// Kind, or the measure's kind.
    pub kind: String,
    /// First day (central).
    pub start: Date,
    /// Place of its numbers in [`Experiment::timings`].
    pub draw: usize,
    /// Elements that it is about, by place in the world's list (empty: any).
    pub elements: Vec<usize>,
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

/// The arm in which nothing happens.
pub const CALM: &str = "calm";
/// The arm without a strategy.
pub const NONE: &str = "none";
/// What the name of an arm with a strategy and without the shock begins with.
pub const CALM_WITH: &str = "calm+";

/// One arm: calm, the scenario alone, or the scenario with a strategy.
#[derive(Clone, Debug)]
pub struct Arm {
    /// `calm`, `none`, the strategy's id, or `calm+` and the strategy's id where the shock does not come.
    pub id: String,
    /// Title.
    pub name: String,
    /// What happens in it.
    pub plan: Plan,
    /// The strategy, if there is one.
    pub strategy: Option<StrategyInfo>,
    /// Whether the scenario's events happen in it.
    pub shocked: bool,
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
    /// Numbers that are drawn together.
    pub correlations: Vec<Correlation>,
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

    /// Place of the arm without a strategy: the scenario's, or calm if nothing happens.
    pub fn bare(&self) -> usize {
        self.arms.iter().position(|arm| arm.id == NONE).unwrap_or(0)
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
    /// Strategies by id, several joined by a plus sign; `None`: those that the scenario lists.
    pub strategies: Option<Vec<String>>,
    /// Take every strategy of the library.
    pub all_strategies: bool,
    /// A file of overrides.
    pub overrides: Option<PathBuf>,
    /// Days on which every strategy is decided, one arm each; empty: the day in its file.
    pub decisions: Vec<Date>,
}

/// Reads everything that a run needs. Warnings come back beside it; errors instead of it.
pub fn load(request: &Request) -> Result<(Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    match resolve(request, &mut problems) {
        Some(experiment) if !problems.fatal() => Ok((experiment, problems)),
        _ => Err(problems),
    }
}

/// The same for a scenario that is in memory, in a world that is: nothing is read but the strategies that are asked for.
pub fn load_in(
    world: &World,
    source: &Arc<Source>,
    library: &Path,
    request: &Request,
) -> Result<(Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    let resolved =
        crate::document::parse(source, &mut problems).and_then(|document: ScenarioDocument<'_>| {
            let library = Library { folder: library, world: &world.id, passing: request.all_strategies };
            resolve_in(world, (&document, source), &library, request, Overrides::default(), &mut problems)
        });
    match resolved {
        Some(experiment) if !problems.fatal() => Ok((experiment, problems)),
        _ => Err(problems),
    }
}

fn resolve(request: &Request, problems: &mut Problems) -> Option<Experiment> {
    let source = load::source(&request.scenario, problems)?;
    let document: ScenarioDocument<'_> = crate::document::parse(&source, problems)?;
    let library = crate::shelf::library_of(&source, problems)?;
    let overrides = Overrides::read(request.overrides.as_deref(), problems);
    let world_id = document.world.id(&source, problems)?;
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
    let mut world = load::world(&path, &overrides.tables, problems)?;
    if let Some(posterior) = &mut world.posterior {
        overrides.names().for_each(|name| posterior.forget(name));
    }
    let library = Library { folder: &library, world: &world_id, passing: request.all_strategies };
    resolve_in(&world, (&document, &source), &library, request, overrides, problems)
}

fn resolve_in(
    world: &World,
    (document, source): (&ScenarioDocument<'_>, &Arc<Source>),
    library: &Library<'_>,
    request: &Request,
    overrides: Overrides,
    problems: &mut Problems,
) -> Option<Experiment> {
    let mut files = vec![Arc::clone(source)];
    files.extend(world.files.iter().cloned());
    let mut resolver = Resolver::new(world, overrides);
    let horizon = document.horizon.quantity(Measure::Time, (1.0, MOST_WEEKS), source, problems);
    let strategies = resolver.strategies(request, (document, source), library, &mut files, problems);
    // events come after the reserves are in the network: a control binds what governments buy as well
    let scenario = resolver.scenario(document, source, problems)?;
    resolver.overrides.complain_unused(problems);
    if problems.fatal() {
        return None;
    }
    files.extend(resolver.overrides.source.iter().cloned());
    Some(resolver.finish(scenario, strategies, horizon?.central(), files))
}

/// A scenario of a library that happens in the world that a strategy is written for: what the strategy is checked in.
/// Strategies that name no world are checked in `calm`.
pub fn host(library: &Path, strategy: &Path) -> PathBuf {
    let mut unread = Problems::default();
    let world = load::source(strategy, &mut unread).and_then(|source| {
        let document: StrategyDocument<'_> = crate::document::parse(&source, &mut unread)?;
        document.world?.string(&source, &mut unread)
    });
    let happens_there = |scenario: &PathBuf| {
        let mut unread = Problems::default();
        let there = load::source(scenario, &mut unread).and_then(|source| {
            let document: ScenarioDocument<'_> = crate::document::parse(&source, &mut unread)?;
            document.world.string(&source, &mut unread)
        });
        there.is_some() && there == world
    };
    let scenarios = ids(library).into_iter().map(|id| library.join(format!("{id}.ron")));
    let calm = library.join("calm.ron");
    let mut candidates = std::iter::once(calm.clone()).chain(scenarios);
    if world.is_some() { candidates.find(happens_there).unwrap_or(calm) } else { calm }
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

struct Resolver<'a> {
    world: &'a World,
    network: Network,
    agents: Vec<AgentInfo>,
    timings: Vec<Timing>,
    correlations: Vec<Correlation>,
    /// Measures that begin so many weeks before the first shock, by place among the timings.
    notices: Vec<(usize, Uncertain)>,
    shocks: Vec<Event>,
    markets: Vec<Market>,
    /// By link: the order in which a week reads them.
    controlled: BTreeMap<LinkId, Controlled>,
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
            correlations: Vec::new(),
            notices: Vec::new(),
            shocks: Vec::new(),
            markets: Vec::new(),
            controlled: BTreeMap::new(),
            overrides,
            first_shock: f64::INFINITY,
        }
    }

    /// Lets measures that hang on a notice begin before the first shock, if their strategy is ready by then.
    ///
    /// ```text
    /// start = shock − notice          if the strategy has its effect by the shock; else never
    /// ```
    fn give_notice(&mut self) {
        for (place, notice) in &self.notices {
            let timing = &mut self.timings[*place];
            let ready = timing.start.distribution.central() <= self.first_shock;
            let distribution = if ready && self.first_shock.is_finite() {
                before(notice.distribution, self.first_shock)
            } else {
                Distribution::Fixed(FOR_GOOD)
            };
            timing.start = Uncertain { name: notice.name.clone(), distribution };
        }
    }

    fn finish(
        mut self,
        scenario: ScenarioInfo,
        strategies: Vec<Chosen>,
        horizon_weeks: f64,
        files: Vec<Arc<Source>>,
    ) -> Experiment {
        self.give_notice();
        let calendar_start = f64::from(chokepoint_core::time::SPIN_UP_WEEKS);
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
            controlled: self.controlled.values().copied().collect(),
            gateways: gateways.clone(),
            weeks,
        };
        let mut arms = vec![Arm {
            id: CALM.to_owned(),
            name: "No shock".to_owned(),
            plan: plan(Vec::new()),
            strategy: None,
            shocked: false,
        }];
        if !self.shocks.is_empty() {
            arms.push(Arm {
                id: NONE.to_owned(),
                name: "No strategy".to_owned(),
                plan: plan(self.shocks.clone()),
                strategy: None,
                shocked: true,
            });
        }
        let mut in_calm = Vec::new();
        for Chosen { info, events: measures } in strategies {
            let events = self.shocks.iter().chain(&measures).cloned().collect();
            if !self.shocks.is_empty() {
                // without a shock nobody has notice of one
                let noticed = |e: &&Event| !self.notices.iter().any(|(draw, _)| *draw == e.draw);
                in_calm.push(Arm {
                    id: format!("{CALM_WITH}{}", info.id),
                    name: format!("{}, no shock", info.name),
                    plan: plan(measures.iter().filter(noticed).cloned().collect()),
                    strategy: Some(info.clone()),
                    shocked: false,
                });
            }
            arms.push(Arm {
                id: info.id.clone(),
                name: info.name.clone(),
                plan: plan(events),
                strategy: Some(info),
                shocked: true,
            });
        }
        arms.extend(in_calm);
        let from = shock.saturating_sub(LEAD_WEEKS);
        let shocked = arms.iter().find(|arm| arm.id == NONE).unwrap_or(&arms[0]);
        let scope = Scope::new(&self.network, &shocked.plan, from, shock, RegionId::from(self.world.home));
        Experiment {
            world: self.world.clone(),
            network: self.network,
            agents: self.agents,
            scenario,
            arms,
            timings: self.timings,
            correlations: self.correlations,
            scope,
            files,
        }
    }
}
