//! Targets of events: from what a file names to the links, agents and stocks of the network.

use crate::numbers::{Licence, Quota, Refused};
use crate::resolver::Resolver;
use crate::select::{Selection, any};
use crate::timing::Timing;
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{InputId, LinkId, OutputId};
use chokepoint_core::network::{Agent, Network, Role};
use chokepoint_core::plan::{
    Controlled, Effect, Event, LicenceRule, LicensedLink, Market, QuotaGroup, QuotaRule, RefusedClass,
    Treasury,
};
use chokepoint_input::document::{EventDocument, EventKind, TargetDocument};
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_world::uncertain::Uncertain;

/// Weeks over which an announcement is forgotten once the event has begun.
const FORGOTTEN_AFTER: f64 = 26.0;

/// What an event of some kinds carries beside its target.
pub(crate) struct Parts<'p> {
    pub(crate) licence: Option<&'p Licence>,
    pub(crate) quota: Option<&'p Quota>,
    pub(crate) lag: u32,
}

/// Number of links, agents or stocks that an effect touches.
pub(crate) fn touches(effect: &Effect) -> usize {
    match effect {
        Effect::ExportCap { links, .. } | Effect::Duty { links, .. } => links.len(),
        Effect::Licence(rule) => rule.links.len(),
        Effect::Quota(rule) => rule.groups.iter().map(|g| g.links.len()).sum(),
        Effect::Enforcement { links, agents } => links.len() + agents.len(),
        Effect::CapacityLoss(agents) | Effect::DemandShift(agents) | Effect::ProductionQuota(agents) => {
            agents.len()
        }
        Effect::InventoryLoss { inputs, outputs } | Effect::Announcement { inputs, outputs } => {
            inputs.len() + outputs.len()
        }
        Effect::Buffer { inputs, .. }
        | Effect::Qualify(inputs)
        | Effect::Thrift(inputs)
        | Effect::Priority(inputs)
        | Effect::DataExchange(inputs) => inputs.len(),
        Effect::SourcingCap { links, .. } => links.len(),
        Effect::PriceWar(outputs) => outputs.len(),
        Effect::DearerWorks(agents) | Effect::SlowerWorks(agents) => agents.len(),
        Effect::Build(rule)
        | Effect::Grant(rule)
        | Effect::RunningCredit(rule)
        | Effect::Loan(rule)
        | Effect::Collect(rule) => rule.agents.len(),
        Effect::Floor(rule) => rule.outputs.len(),
        Effect::TransportDelay(_) | Effect::Reserve(_) => 1,
    }
}

/// Whether an effect acts on trade, so that its buyers and sellers can hear of it beforehand.
pub(crate) fn is_trade(effect: &Effect) -> bool {
    matches!(effect, Effect::ExportCap { .. } | Effect::Duty { .. } | Effect::Licence(_) | Effect::Quota(_))
}

impl Resolver<'_> {
    pub(crate) fn effect(
        &mut self,
        kind: EventKind,
        target: &TargetDocument<'_>,
        parts: &Parts<'_>,
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Effect> {
        let selected = Selection::read(self.world, &self.agents, target, reader)?;
        let (what, effect) = match kind {
            EventKind::ExportCap | EventKind::EntityBlacklist => {
                if kind == EventKind::EntityBlacklist && target.customers.is_empty() {
                    reader.error(Code::MissingField, event.target, "a blacklist names its customers").label("no `customers`").help("list buyers by id: `chokepoint validate` of the world prints none, `stops.csv` does");
                    return None;
                }
                let links = selected.links(&self.network);
                let markets = self.enter_trade(&links, parts.lag);
                ("trade", Effect::ExportCap { links, markets })
            }
            EventKind::Licence => ("trade", Effect::Licence(self.licence_rule(&selected, parts)?)),
            EventKind::Quota => ("trade", Effect::Quota(self.quota_rule(&selected, parts)?)),
            EventKind::Tariff | EventKind::ExportDuty => {
                let links = selected.links(&self.network);
                self.enter_control(&links, 0);
                let levied_by =
                    if kind == EventKind::Tariff { Treasury::Importer } else { Treasury::Exporter };
                ("trade", Effect::Duty { links, levied_by })
            }
            EventKind::Enforcement => {
                let plants = !target.agents.is_empty();
                let agents = if plants { selected.facilities(&self.network) } else { Vec::new() };
                let links = if plants { Vec::new() } else { selected.links(&self.network) };
                self.enter_control(&links, 0);
                ("trade or facility", Effect::Enforcement { links, agents })
            }
            EventKind::CapacityLoss => ("facility", Effect::CapacityLoss(selected.facilities(&self.network))),
            EventKind::ProductionQuota => {
                ("facility", Effect::ProductionQuota(selected.facilities(&self.network)))
            }
            EventKind::InventoryLoss => ("stock", self.stocks_of(&selected)),
            EventKind::Announcement => ("buyer or seller", self.hearers(&selected)),
            EventKind::DemandShift => {
                ("final producer", Effect::DemandShift(selected.producers(&self.network, &self.agents)))
            }
            EventKind::TechnologyEmbargo => {
                let builds = !self.network.ventures.is_empty();
                let agents = if builds { selected.facilities(&self.network) } else { Vec::new() };
                ("facility that could be built", Effect::DearerWorks(agents))
            }
            EventKind::PriceWar => ("product", Effect::PriceWar(selected.products(&self.network))),
            EventKind::TransportDelay => return self.gateway(&selected, event, reader),
        };
        if touches(&effect) == 0 {
            touches_nothing(what, event, reader);
            return None;
        }
        Some(effect)
    }

    fn gateway(
        &self,
        selected: &Selection,
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Effect> {
        match selected.gateways[..] {
            [gateway] => Some(Effect::TransportDelay(gateway)),
            [] => {
                touches_nothing("port or land crossing", event, reader);
                None
            }
            _ => {
                reader
                    .error(Code::Inconsistent, event.target, "an event delays one port or land crossing")
                    .label("several gateways")
                    .help("write one event for each");
                None
            }
        }
    }

    fn licence_rule(&mut self, selected: &Selection, parts: &Parts<'_>) -> Option<LicenceRule> {
        let licence = parts.licence?;
        let classes: Vec<(&Refused, Vec<f64>)> = licence
            .refused
            .iter()
            .map(|class| {
                let refused = |agent: &Agent, sector: usize| {
                    class.sectors.contains(&sector) && any(&class.destinations, agent.country.at())
                };
                (class, end_use(&self.network, &refused))
            })
            .collect();
        let refused = |link: LinkId, network: &Network| -> Vec<RefusedClass> {
            let buyer = network.inputs[network.links[link.at()].buyer.at()].agent.at();
            let of = |(class, uses): &(&Refused, Vec<f64>)| {
                let share = (class.share * uses[buyer]).min(1.0);
                (share > 0.0).then_some(RefusedClass { share, until: class.until })
            };
            classes.iter().filter_map(of).collect()
        };
        let home = selected.links(&self.network);
        let foreign = if licence.threshold.is_some() { selected.foreign(&self.network) } else { Vec::new() };
        let markets = self.enter_trade(&home, parts.lag);
        self.enter_control(&foreign, parts.lag);
        let of = |links: &[LinkId], foreign: bool| -> Vec<LicensedLink> {
            let one = |l: &LinkId| LicensedLink { link: *l, refused: refused(*l, &self.network), foreign };
            links.iter().map(one).collect()
        };
        let links: Vec<LicensedLink> = [of(&home, false), of(&foreign, true)].concat();
        Some(LicenceRule { links, markets, content_threshold: licence.threshold.unwrap_or(0.0) })
    }

    fn quota_rule(&mut self, selected: &Selection, parts: &Parts<'_>) -> Option<QuotaRule> {
        let quota = parts.quota?;
        let links = selected.links(&self.network);
        self.enter_trade(&links, parts.lag);
        let mut groups: Vec<(usize, QuotaGroup)> = Vec::new();
        let mut base = 0.0;
        for link in &links {
            let commodity = self.commodity_of(*link);
            let gross = quota.gross.iter().find(|(c, _)| *c == commodity).map_or(1.0, |(_, t)| *t);
            base += self.network.links[link.at()].base_flow * gross;
            match groups.iter_mut().find(|(c, _)| *c == commodity) {
                Some((_, group)) => group.links.push(*link),
                None => groups.push((commodity, QuotaGroup { links: vec![*link], gross })),
            }
        }
        Some(QuotaRule {
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            base_tonnes_per_week: base,
            in_tonnes: quota.tonnes.is_some(),
            period_weeks: quota.period_weeks,
            steps: quota.steps.clone(),
        })
    }

    /// Stocks of the selected facilities, of the selected commodities.
    fn stocks_of(&self, selected: &Selection) -> Effect {
        let network = &self.network;
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for agent in selected.plants(network) {
            let agent = &network.agents[agent.at()];
            inputs.extend(
                network
                    .inputs_of(agent)
                    .filter(|i| selected.names(network.inputs[*i].commodity))
                    .map(InputId::from),
            );
            outputs.extend(
                network
                    .outputs_of(agent)
                    .filter(|o| selected.names(network.outputs[*o].commodity))
                    .map(OutputId::from),
            );
        }
        Effect::InventoryLoss { inputs, outputs }
    }

    /// Buyers and sellers of the selected goods.
    fn hearers(&self, selected: &Selection) -> Effect {
        let network = &self.network;
        let takes = |commodity| selected.takes(network, commodity);
        let outputs = network.outputs.iter().enumerate().filter(|(_, o)| {
            takes(o.commodity) && any(&selected.origins, network.agents[o.agent.at()].country.at())
        });
        let inputs = network.inputs.iter().enumerate().filter(|(_, i)| {
            let agent = &network.agents[i.agent.at()];
            takes(i.commodity)
                && any(&selected.destinations, agent.country.at())
                && !matches!(agent.role, Role::Reserve)
        });
        Effect::Announcement {
            inputs: inputs.map(|(i, _)| InputId::from(i)).collect(),
            outputs: outputs.map(|(o, _)| OutputId::from(o)).collect(),
        }
    }

    /// What becomes known before it happens: buyers and sellers on the links of an effect expect prices to rise.
    pub(crate) fn announce(
        &mut self,
        effect: &Effect,
        (from, start): (f64, f64),
        rise: Distribution,
        name: &str,
    ) {
        let links: Vec<LinkId> = match effect {
            Effect::ExportCap { links, .. } | Effect::Duty { links, .. } => links.clone(),
            Effect::Licence(rule) => rule.links.iter().map(|l| l.link).collect(),
            Effect::Quota(rule) => rule.groups.iter().flat_map(|g| g.links.clone()).collect(),
            _ => Vec::new(),
        };
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        for link in links.iter().map(|l| &self.network.links[l.at()]) {
            inputs.push(link.buyer);
            outputs.push(link.seller);
        }
        inputs.sort_unstable();
        inputs.dedup();
        outputs.sort_unstable();
        outputs.dedup();
        let fixed = |field: &str, value: f64| Uncertain {
            name: format!("{name}/{field}"),
            distribution: Distribution::Fixed(value),
        };
        self.first_shock = self.first_shock.min(from);
        let magnitude = Uncertain { name: name.to_owned(), distribution: self.overrides.apply(name, rise) };
        self.timings.push(Timing {
            start: fixed("start", from),
            ramp: fixed("ramp", 0.0),
            duration: fixed("duration", start - from),
            recovery: fixed("recovery", FORGOTTEN_AFTER),
            magnitude,
            leakage: fixed("leakage", 0.0),
            leakage_ramp: fixed("leakage_ramp", 0.0),
            leakage_premium: fixed("leakage_premium", 0.0),
            carrying: fixed("carrying", 0.0),
            known: None,
            regime: None,
            trigger: None,
        });
        let effect = Effect::Announcement { inputs, outputs };
        self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
    }

    fn commodity_of(&self, link: LinkId) -> usize {
        self.network.inputs[self.network.links[link.at()].buyer.at()].commodity.at()
    }

    /// Puts links under control without an outside price of their own; a longer detour stays.
    pub(crate) fn enter_control(&mut self, links: &[LinkId], detour_weeks: u32) {
        for link in links {
            let new = Controlled { link: *link, market: None, detour_weeks };
            let controlled = self.controlled.entry(*link).or_insert(new);
            controlled.detour_weeks = controlled.detour_weeks.max(detour_weeks);
        }
    }

    /// Puts controlled links into the market of their commodity and gives the markets touched.
    pub(crate) fn enter_trade(&mut self, links: &[LinkId], detour_weeks: u32) -> Vec<usize> {
        self.enter_control(links, detour_weeks);
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
            if let Some(controlled) = self.controlled.get_mut(link) {
                controlled.market = Some(place);
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

fn touches_nothing(what: &str, event: &EventDocument<'_>, reader: &mut Reader<'_>) {
    reader
        .error(Code::TouchesNothing, event.target, format!("this event touches no {what}"))
        .label("target")
        .help("widen the target: an empty list means all");
}

/// Share of what each agent makes, by value, that ends in each sector.
pub(crate) fn end_uses(network: &Network) -> Vec<Vec<f64>> {
    let of = |sector: usize| end_use(network, &move |_: &Agent, s: usize| s == sector);
    let by_sector: Vec<Vec<f64>> = (0..network.sectors).map(of).collect();
    (0..network.agents.len()).map(|a| by_sector.iter().map(|shares| shares[a]).collect()).collect()
}

/// Share of what each agent makes, by value, that ends with some final producers: what an application for a licence must
/// state.
pub(crate) fn end_use(network: &Network, is_meant: &dyn Fn(&Agent, usize) -> bool) -> Vec<f64> {
    let mut uses = vec![0.0; network.agents.len()];
    for (agent, share) in network.agents.iter().zip(&mut uses) {
        if let Role::Producer(producer) = &agent.role {
            *share = f64::from(u8::from(is_meant(agent, producer.sector.at())));
        }
    }
    // uses travel up the chain one stage a sweep; scrap takes some more
    for _ in 0..3 * network.stages {
        let mut sums = vec![(0.0, 0.0); network.facilities];
        for link in &network.links {
            let output = &network.outputs[link.seller.at()];
            let value = link.base_flow * output.reference_price;
            let sum = &mut sums[output.agent.at()];
            sum.0 += value * uses[network.inputs[link.buyer.at()].agent.at()];
            sum.1 += value;
        }
        for (share, (meant, all)) in uses.iter_mut().zip(&sums) {
            *share = if *all > 0.0 { meant / all } else { 0.0 };
        }
    }
    uses
}
