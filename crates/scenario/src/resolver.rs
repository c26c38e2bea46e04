//! What is gathered while a scenario and its strategies are read, and the arms that come of it.

use crate::arms::{
    Arm, BASELINE, BASELINE_WITH, Chosen, Experiment, FOR_GOOD, LEAD_WEEKS, NO_STRATEGY, ScenarioInfo,
};
use crate::overrides::Overrides;
use crate::published::Published;
use crate::timing::{Correlation, Timing};
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{CommodityId, GatewayId, LinkId, RegionId};
use chokepoint_core::network::Network;
use chokepoint_core::plan::{Controlled, Effect, Event, Market, Plan};
use chokepoint_core::scope::Scope;
use chokepoint_core::time::{SPIN_UP_WEEKS, Week};
use chokepoint_input::problem::{Code, Place, Problems, Source};
use chokepoint_world::catalogue::AgentInfo;
use chokepoint_world::uncertain::{Uncertain, before};
use chokepoint_world::world::World;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) struct Resolver<'a> {
    pub(crate) world: &'a World,
    pub(crate) network: Network,
    pub(crate) agents: Vec<AgentInfo>,
    pub(crate) timings: Vec<Timing>,
    pub(crate) correlations: Vec<Correlation>,
    /// Measures that begin so many weeks before the first shock, by place among the timings.
    pub(crate) notices: Vec<(usize, Uncertain)>,
    pub(crate) shocks: Vec<Event>,
    pub(crate) markets: Vec<Market>,
    /// By link: the order in which a week reads them.
    pub(crate) controlled: BTreeMap<LinkId, Controlled>,
    pub(crate) overrides: Overrides,
    pub(crate) first_shock: f64,
    /// What begins when: its place, what it is, and the week (central value).
    pub(crate) beginnings: Vec<(Place, &'static str, f64)>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(world: &'a World, overrides: Overrides) -> Self {
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
            beginnings: Vec::new(),
        }
    }

    /// Lets measures that depend on a notice begin before the first shock, if their strategy is ready by then.
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

    /// The first week and that after the last, counted from the start of the world's calendar.
    fn weeks(&self, horizon_weeks: f64) -> (Week, Week) {
        let calendar_start = f64::from(SPIN_UP_WEEKS);
        let shock = if self.first_shock.is_finite() {
            self.first_shock
        } else {
            calendar_start + f64::from(LEAD_WEEKS)
        };
        let shock = shock.floor() as Week;
        (shock, shock + horizon_weeks.ceil() as Week)
    }

    /// Warns of what begins when the run is over.
    pub(crate) fn warn_of_what_comes_too_late(&self, horizon_weeks: f64, problems: &mut Problems) {
        let (_, end) = self.weeks(horizon_weeks);
        for (place, what, _) in self.beginnings.iter().filter(|(.., week)| *week >= f64::from(end)) {
            problems
                .warn(Code::TouchesNothing, place, format!("this {what} begins after the horizon"))
                .label("nothing of it is simulated")
                .help("lengthen `horizon`, which counts from the first event, or leave it out");
        }
    }

    pub(crate) fn finish(
        mut self,
        scenario: ScenarioInfo,
        strategies: Vec<Chosen>,
        horizon_weeks: f64,
        files: Vec<Arc<Source>>,
    ) -> Experiment {
        self.give_notice();
        let (shock, weeks) = self.weeks(horizon_weeks);
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
            id: BASELINE.to_owned(),
            name: "No shock".to_owned(),
            plan: plan(Vec::new()),
            strategy: None,
            shocked: false,
        }];
        if !self.shocks.is_empty() {
            arms.push(Arm {
                id: NO_STRATEGY.to_owned(),
                name: "No strategy".to_owned(),
                plan: plan(self.shocks.clone()),
                strategy: None,
                shocked: true,
            });
        }
        let mut in_baseline = Vec::new();
        for Chosen { info, events: measures } in strategies {
            let events = self.shocks.iter().chain(&measures).cloned().collect();
            if !self.shocks.is_empty() {
                // without a shock nobody has notice of one
                let noticed = |e: &&Event| !self.notices.iter().any(|(draw, _)| *draw == e.draw);
                in_baseline.push(Arm {
                    id: format!("{BASELINE_WITH}{}", info.id),
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
        arms.extend(in_baseline);
        let from = shock.saturating_sub(LEAD_WEEKS);
        let shocked = arms.iter().find(|arm| arm.id == NO_STRATEGY).unwrap_or(&arms[0]);
        let followed: Vec<CommodityId> =
            self.world.headline_prices.iter().map(|c| CommodityId::from(*c)).collect();
        let home = RegionId::from(self.world.home);
        let scope = Scope::new(&self.network, &shocked.plan, (from, shock), home, &followed);
        Experiment {
            world: self.world.clone(),
            network: self.network,
            agents: self.agents,
            scenario,
            arms,
            timings: self.timings,
            correlations: self.correlations,
            scope,
            published: Published::default(),
            files,
        }
    }
}
