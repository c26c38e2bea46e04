//! Who buys from whom: the flows at the reference level, candidates that could be qualified, and what projects trade with.

use super::builder::{Builder, WEEKS};
use crate::ventures::{self, LEAST_WILLINGNESS};
use chokepoint_core::id::{CountryId, GatewayId, InputId, OutputId, to_u32};
use chokepoint_core::network::{Agent, Link, Ordering};

/// Suppliers from other countries that a buyer could qualify.
const CANDIDATES: usize = 2;
/// What they may win together, share of the buyer's orders at equal price and reliability.
const ENTRY_SHARE: f64 = 0.3;

impl Builder<'_> {
    pub(super) fn add_links(&mut self) {
        let mut by_input: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.network.inputs.len()];
        for flows in &self.rest.flows {
            for flow in &flows.flows {
                let (plant, output) = flows.sellers[flow.seller];
                let (agent, input) = flows.buyers[flow.buyer];
                by_input[self.input_of[agent][input]]
                    .push((self.output_of[plant][output], flow.tonnes / WEEKS));
            }
        }
        let entrants = ventures::entrants(self.draft, &self.network, &self.project_outputs);
        for (i, sellers) in by_input.iter().enumerate() {
            if self.project_inputs.contains(&i) {
                self.add_project_links(i);
                continue;
            }
            let from = self.network.links.len();
            let total: f64 = sellers.iter().map(|(_, flow)| flow).sum();
            for (output, flow) in sellers {
                let link = self.link(i, *output, flow / total, *flow);
                self.network.links.push(link);
            }
            let base = self.network.links.len();
            for (output, entry_share) in self.candidates(i, sellers) {
                let link = Link { entry_share, ..self.link(i, output, 0.0, 0.0) };
                self.network.links.push(link);
            }
            for (output, entry_share) in &entrants[i] {
                let link = Link { entry_share: *entry_share, ..self.link(i, *output, 0.0, 0.0) };
                self.network.links.push(link);
            }
            let links = &self.network.links[from..base];
            let lag = links.iter().map(|l| l.base_share * f64::from(l.lag_weeks)).sum();
            let price = links.iter().map(|l| l.base_share * l.reference_delivered(&self.network)).sum();
            let input = &mut self.network.inputs[i];
            input.links = to_u32(from)..to_u32(self.network.links.len());
            if total > 0.0 {
                input.mean_lag = lag;
                input.reference_price = price;
                input.base_use = total;
            }
            // a newcomer is measured against what the buyer usually pays
            for link in &mut self.network.links[from..] {
                if self.project_outputs.contains(&link.seller.at()) && price > 0.0 {
                    link.usual_price = price;
                }
            }
        }
    }

    /// Suppliers that a project is planned with.
    fn add_project_links(&mut self, i: usize) {
        let from = self.network.links.len();
        for (output, share) in ventures::suppliers(self.draft, &self.network, &self.project_outputs, i) {
            let link = self.link(i, output, share, 0.0);
            self.network.links.push(link);
        }
        let links = &self.network.links[from..];
        let lag = links.iter().map(|l| l.base_share * f64::from(l.lag_weeks)).sum();
        let price = links.iter().map(|l| l.base_share * l.reference_delivered(&self.network)).sum();
        let found = !links.is_empty();
        let input = &mut self.network.inputs[i];
        input.links = to_u32(from)..to_u32(self.network.links.len());
        if found {
            input.mean_lag = lag;
            input.reference_price = price;
        }
    }

    /// Sellers that a buyer could qualify: the largest from countries that it does not buy from, of those it may trade
    /// with. Their weight in supplier choice is [`ENTRY_SHARE`], shared by size.
    fn candidates(&self, input: usize, sellers: &[(usize, f64)]) -> Vec<(usize, f64)> {
        let network = &self.network;
        let commodity = network.inputs[input].commodity;
        let stage = network.commodities[commodity.at()].stage.at();
        // ore is tied to the plant that was built for it
        if stage == 0 || sellers.is_empty() || self.draft.ordering != Ordering::Smooth {
            return Vec::new();
        }
        let country = |output: usize| network.agents[network.outputs[output].agent.at()].country;
        let known: Vec<CountryId> = sellers.iter().map(|(o, _)| country(*o)).collect();
        let buyer = network.agents[network.inputs[input].agent.at()].country;
        let mut found: Vec<(usize, f64)> = Vec::new();
        for (o, output) in network.outputs.iter().enumerate() {
            let from = country(o);
            if output.commodity != commodity || output.base_orders <= 0.0 || known.contains(&from) {
                continue;
            }
            if self.draft.willingness(stage, from.at(), buyer.at()) >= LEAST_WILLINGNESS {
                match found.iter_mut().find(|(other, _)| country(*other) == from) {
                    Some(best) if best.1 < output.base_orders => *best = (o, output.base_orders),
                    Some(_) => {}
                    None => found.push((o, output.base_orders)),
                }
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(CANDIDATES);
        let all: f64 = found.iter().map(|(_, size)| size).sum();
        found.into_iter().map(|(o, size)| (o, ENTRY_SHARE * size / all)).collect()
    }

    fn link(&self, input: usize, output: usize, share: f64, flow: f64) -> Link {
        let seller = &self.network.agents[self.network.outputs[output].agent.at()];
        let buyer = &self.network.agents[self.network.inputs[input].agent.at()];
        let area = |agent: &Agent| self.draft.countries[agent.country.at()].area;
        let route = &self.draft.routes[&(area(seller), area(buyer))];
        let price = self.network.outputs[output].reference_price;
        Link {
            seller: OutputId::from(output),
            buyer: InputId::from(input),
            base_share: share,
            base_flow: flow,
            lag_weeks: route.weeks,
            freight: route.freight,
            tariff: 0.0,
            contract_share: self.draft.stages[seller.stage.at()].contract,
            gateway: route.gateway.map(GatewayId::from),
            entry_share: 0.0,
            usual_price: price + route.freight,
            foreign: seller.region != buyer.region,
        }
    }
}
