//! Origin and content: shares that ride with material.

use crate::state::{Reference, positive};
use chokepoint_core::network::{Agent, Trace};

/// The mean of two shares by weight; without weights the first stays.
fn mix(share: &mut f64, weight: f64, other: f64, added: f64) {
    *share = (*share * (weight + 1e-300) + other * added) / (weight + added + 1e-300);
}

impl Reference<'_> {
    /// What arrived mixes into input stocks.
    pub(super) fn mix_arrivals(&mut self) {
        let network = self.network;
        for s in &mut self.stocks {
            let before = positive(s.stock - s.arrived);
            for (share, coming) in s.traces.iter_mut().zip(&s.traces_in_transit) {
                mix(share, before, *coming, s.arrived);
            }
        }
        for route in &network.releases {
            // no reserve releases anything in this arm; a mean with nothing still rounds
            let (from, to) = (route.from.at(), route.to.at());
            for trace in 0..network.tracing.traces.len() {
                let given = self.stocks[from].traces[trace];
                let s = &mut self.stocks[to];
                mix(&mut s.traces[trace], positive(s.stock), given, 0.0);
            }
        }
    }

    /// What was made mixes into output stocks and traders' stocks, and what was shipped into what is on its way.
    pub(super) fn mix_shipments(&mut self) {
        let network = self.network;
        for (trader, output) in self.traders.iter().zip(&network.traded) {
            let offer = &mut self.offers[output.at()];
            let before = positive(offer.stock + offer.shipped - offer.put - trader.sold);
            for (share, held) in offer.traces.iter_mut().zip(&trader.traces) {
                mix(share, before, *held, trader.sold);
            }
        }
        for (a, agent) in network.agents[..network.facilities].iter().enumerate() {
            for trace in 0..network.tracing.traces.len() {
                let made = self.made(a, trace);
                for o in network.outputs_of(agent) {
                    let made = if network.outputs[o].pure == Some(trace) { 1.0 } else { made };
                    let offer = &mut self.offers[o];
                    let before = positive(offer.stock + offer.shipped - offer.put);
                    mix(&mut offer.traces[trace], before, made, offer.put);
                }
            }
        }
        for (trader, output) in self.traders.iter_mut().zip(&network.traded) {
            let held = positive(trader.stock - trader.bought);
            for (share, shipped) in trader.traces.iter_mut().zip(&self.offers[output.at()].traces) {
                mix(share, held, *shipped, trader.bought);
            }
        }
        for (s, input) in self.stocks.iter_mut().zip(&network.inputs) {
            let before = positive(s.in_transit - s.bought) + 1e-300;
            for share in &mut s.traces_in_transit {
                *share *= before;
            }
            for l in network.links_of(input) {
                let sent = self.trades[l].sent;
                let seller = &self.offers[network.links[l].seller.at()];
                for (share, of_seller) in s.traces_in_transit.iter_mut().zip(&seller.traces) {
                    *share += sent * *of_seller;
                }
            }
            let all = 1.0 / (before + s.bought);
            for share in &mut s.traces_in_transit {
                *share *= all;
            }
        }
    }

    /// Share of what an agent makes this week.
    fn made(&self, a: usize, trace: usize) -> f64 {
        let (network, tracing) = (self.network, &self.network.tracing);
        let agent = &network.agents[a];
        if tracing.stamps[(a.into(), trace)] {
            return 1.0;
        }
        match tracing.traces[trace] {
            Trace::Origin { .. } => self.taken(agent, trace),
            Trace::Content(_) if agent.inputs.is_empty() => 1.0,
            Trace::Content(_) => {
                let mut sum = 0.0;
                for i in network.inputs_of(agent) {
                    let s = &self.stocks[i];
                    sum += s.traces[trace] * (s.intensity * s.stretch) * tracing.weights[(i.into(), trace)];
                }
                sum
            }
        }
    }

    /// Weighted mean share of what an agent takes, at the recipe's own intensities.
    pub(super) fn taken(&self, agent: &Agent, trace: usize) -> f64 {
        let tracing = &self.network.tracing;
        let mut sum = 0.0;
        for i in self.network.inputs_of(agent) {
            sum += self.stocks[i].traces[trace] * tracing.weights[(i.into(), trace)];
        }
        sum
    }
}
