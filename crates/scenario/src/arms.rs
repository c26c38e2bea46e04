//! What a scenario and its strategies come to: arms, with everything that a run and its readers need.

use crate::published::Published;
use crate::timing::{Correlation, Timing};
use chokepoint_core::chance::Distribution;
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Event, Plan};
use chokepoint_core::scope::Scope;
use chokepoint_input::calendar::Calendar;
use chokepoint_input::document::{Payer, Status};
use chokepoint_input::problem::Source;
use chokepoint_world::catalogue::AgentInfo;
use chokepoint_world::world::World;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Weeks before the first shock that are recorded.
pub const LEAD_WEEKS: u32 = 26;
/// "Until the end": longer than any horizon, weeks.
pub(crate) const FOR_GOOD: f64 = 1e5;

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
pub const BASELINE: &str = "baseline";
/// The arm without a strategy.
pub const NO_STRATEGY: &str = "no-strategy";
/// What the name of an arm with a strategy and without the shock begins with.
pub const BASELINE_WITH: &str = "baseline+";

/// One arm: the baseline, the scenario alone, or the scenario with a strategy.
#[derive(Clone, Debug)]
pub struct Arm {
    /// `baseline`, `no-strategy`, the strategy's id, or `baseline+` and the strategy's id where the shock does not come.
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
    /// The arms: `baseline` first, then `no-strategy`.
    pub arms: Vec<Arm>,
    /// Timing of every event, by [`Event::draw`].
    pub timings: Vec<Timing>,
    /// Numbers that are drawn together.
    pub correlations: Vec<Correlation>,
    /// What is recorded.
    pub scope: Scope,
    /// What others have published about the scenario and its regions.
    pub published: Published,
    /// Files that what is simulated depends on, for the manifest.
    pub files: Vec<Arc<Source>>,
}

impl Experiment {
    /// The calendar.
    pub fn calendar(&self) -> Calendar {
        self.world.calendar()
    }

    /// Place of an arm by its id.
    pub fn arm(&self, id: &str) -> Option<usize> {
        self.arms.iter().position(|arm| arm.id == id)
    }

    /// Place of the arm with the scenario's events and no strategy; none where the scenario has no event.
    pub fn no_strategy(&self) -> Option<usize> {
        self.arm(NO_STRATEGY)
    }

    /// Place of the arm in which the shock of an arm does not come, with the same strategy; the baseline where there is none.
    pub fn baseline_of(&self, arm: usize) -> usize {
        self.arm(&format!("{BASELINE_WITH}{}", self.arms[arm].id)).unwrap_or(0)
    }

    /// Place of the arm that is shown first: no strategy, or the baseline if nothing happens.
    pub fn bare(&self) -> usize {
        self.no_strategy().unwrap_or(0)
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

/// What a reader wants to know of a strategy, or of several together.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyInfo {
    /// Id, or ids joined by a plus sign; with `@` and the day where the day is not the file's.
    pub id: String,
    /// Title.
    pub name: String,
    /// Day of the (first) decision.
    pub date: Date,
    /// What it does.
    pub story: String,
    /// Who pays for its measures.
    pub payers: Vec<Payer>,
    /// Moment of the first effect, weeks (central).
    pub effect_from: f64,
    /// Its measures.
    pub measures: Vec<EventInfo>,
}

impl StrategyInfo {
    /// Who pays, in words.
    pub fn paid_by(&self) -> String {
        in_words(&self.payers)
    }
}

/// Payers in words.
pub(crate) fn in_words(payers: &[Payer]) -> String {
    let names: Vec<&str> = payers.iter().map(|p| p.name()).collect();
    match &names[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.join(""),
    }
}

/// A strategy with what it does.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) info: StrategyInfo,
    pub(crate) events: Vec<Event>,
}

/// Where strategies are looked for, and the world that they have to fit.
pub(crate) struct Library<'l> {
    pub(crate) folder: &'l Path,
    pub(crate) world: &'l str,
    /// Whether strategies of other worlds are passed over.
    pub(crate) passing: bool,
}

impl Experiment {
    /// Names of what is drawn.
    pub fn uncertain_names(&self) -> Vec<&str> {
        let parameters = self.world.parameters.keys().map(String::as_str);
        let numbers = self.timings.iter().flat_map(Timing::numbers);
        parameters.chain(numbers.map(|u| u.name.as_str())).collect()
    }

    /// Prior of a number.
    pub fn prior(&self, name: &str) -> Option<Distribution> {
        let parameter = self.world.parameters.get(name).map(|p| p.distribution);
        let mut numbers = self.timings.iter().flat_map(Timing::numbers);
        parameter.or_else(|| numbers.find(|u| u.name == name).map(|u| u.distribution))
    }

    /// Leaves everything to its prior; the file of fitted sets no longer counts as read.
    pub fn drop_posterior(&mut self) {
        if let Some(posterior) = self.world.posterior.take() {
            self.files.retain(|file| file.path != posterior.source.path);
        }
    }

    /// Sets a number, in place of what was fitted and of its prior.
    pub fn fix(&mut self, name: &str, value: f64) {
        if let Some(posterior) = &mut self.world.posterior {
            posterior.forget(name);
        }
        if let Some(parameter) = self.world.parameters.get_mut(name) {
            parameter.distribution = Distribution::Fixed(value);
        }
        let numbers = self.timings.iter_mut().flat_map(Timing::numbers_mut);
        numbers.filter(|u| u.name == name).for_each(|u| u.distribution = Distribution::Fixed(value));
    }
}
