//! Targets of events: from what a file names to the links, agents and stocks of the network.

use crate::kinds::fields::ANNOUNCED_RISE;
use crate::resolver::Resolver;
use crate::select::{Selection, any};
use crate::timing::Timing;
use chokepoint_core::chance::Distribution;
use chokepoint_core::id::{InputId, LinkId, OutputId};
use chokepoint_core::network::{Agent, Network, Role};
use chokepoint_core::plan::{Controlled, Effect, Event, Market};
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::Record;
use chokepoint_world::uncertain::Uncertain;

/// Weeks over which an announcement is forgotten once the event has begun.
const FORGOTTEN_AFTER: f64 = 26.0;

/// Number of links, agents or stocks that an effect touches.
pub(crate) fn touches(effect: &Effect) -> usize {
    match effect {
        Effect::ExportCap(links) | Effect::Duty { links, .. } | Effect::GeneralLicence(links) => links.len(),
        Effect::Licence(rule) => rule.links.len(),
        Effect::Quota(rule) => rule.groups.iter().map(|g| g.links.len()).sum(),
        Effect::Enforcement { links, agents } => links.len() + agents.len(),
        Effect::CapacityLoss(agents) | Effect::DemandShift(agents) | Effect::ProductionQuota(agents) => {
            agents.len()
        }
        Effect::InventoryLoss { inputs, outputs } | Effect::Announcement { inputs, outputs, .. } => {
            inputs.len() + outputs.len()
        }
        Effect::Buffer { inputs, .. }
        | Effect::Qualify(inputs)
        | Effect::Thrift(inputs)
        | Effect::Priority(inputs)
        | Effect::DataExchange(inputs) => inputs.len(),
        Effect::SourcingCap { links, .. } => links.len(),
        Effect::PriceWar(outputs) => outputs.len(),
        Effect::ConstructionCost(agents) | Effect::ConstructionDelay(agents) => agents.len(),
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
    matches!(effect, Effect::ExportCap(_) | Effect::Duty { .. } | Effect::Licence(_) | Effect::Quota(_))
}

impl Resolver<'_> {
    /// Stocks of the selected facilities, of the selected commodities.
    pub(crate) fn stocks_of(&self, selected: &Selection) -> Effect {
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
    pub(crate) fn hearers(&self, selected: &Selection) -> Effect {
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
            dated: false,
        }
    }

    /// What becomes known before it happens: buyers on the links of an effect expect prices to rise, and order ahead. Sellers who
    /// will be kept from selling expect no rise.
    pub(crate) fn announce(
        &mut self,
        effect: &Effect,
        from: f64,
        start: f64,
        rise: Distribution,
        name: &str,
    ) {
        let links: Vec<LinkId> = match effect {
            Effect::ExportCap(links) | Effect::Duty { links, .. } => links.clone(),
            Effect::Licence(rule) => rule.links.iter().map(|l| l.link).collect(),
            Effect::Quota(rule) => rule.groups.iter().flat_map(|g| g.links.clone()).collect(),
            _ => Vec::new(),
        };
        let mut inputs: Vec<InputId> = links.iter().map(|link| self.network.links[link.at()].buyer).collect();
        inputs.sort_unstable();
        inputs.dedup();
        let fixed = |field: &str, value: f64| Uncertain {
            name: format!("{name}/{field}"),
            distribution: Distribution::Fixed(value),
        };
        self.first_shock = self.first_shock.min(from);
        let magnitude = Uncertain {
            name: name.to_owned(),
            distribution: self.overrides.apply(name, &ANNOUNCED_RISE, rise),
        };
        self.timings.push(Timing {
            start: fixed("start", from),
            ramp: fixed("ramp", 0.0),
            duration: fixed("duration", start - from),
            recovery: fixed("recovery", FORGOTTEN_AFTER),
            magnitude,
            leakage: fixed("leakage", 0.0),
            leakage_ramp: fixed("leakage_ramp", 0.0),
            leakage_premium: fixed("leakage_premium", 0.0),
            diversion: fixed("diversion", 0.0),
            carrying: fixed("carrying", 0.0),
            known: None,
            regime: None,
            trigger: None,
        });
        let effect = Effect::Announcement { inputs, outputs: Vec::new(), dated: true };
        self.shocks.push(Event { effect, draw: self.timings.len() - 1 });
    }

    pub(crate) fn commodity_of(&self, link: LinkId) -> usize {
        self.network.inputs[self.network.links[link.at()].buyer.at()].commodity.at()
    }

    /// Puts links under control without a quote of their own; a longer detour stays.
    pub(crate) fn enter_control(&mut self, links: &[LinkId], detour_weeks: u32) {
        for link in links {
            let new = Controlled { link: *link, market: None, detour_weeks };
            let controlled = self.controlled.entry(*link).or_insert(new);
            controlled.detour_weeks = controlled.detour_weeks.max(detour_weeks);
        }
    }

    /// Puts controlled links into the market of their commodity.
    pub(crate) fn enter_trade(&mut self, links: &[LinkId], detour_weeks: u32) {
        self.enter_control(links, detour_weeks);
        for link in links {
            let input = self.network.links[link.at()].buyer;
            let commodity = self.network.inputs[input.at()].commodity;
            let place = self.markets.iter().position(|m| m.commodity == commodity).unwrap_or_else(|| {
                self.markets.push(Market { commodity, links: Vec::new() });
                self.markets.len() - 1
            });
            let market = &mut self.markets[place];
            if !market.links.contains(link) {
                market.links.push(*link);
            }
            if let Some(controlled) = self.controlled.get_mut(link) {
                controlled.market = Some(place);
            }
        }
    }
}

/// Reports that an event matches nothing.
pub(crate) fn touches_nothing(what: &str, target: &Record<'_>, reader: &mut Reader<'_>) {
    reader
        .error(Code::TouchesNothing, target, format!("this event touches no {what}"))
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
