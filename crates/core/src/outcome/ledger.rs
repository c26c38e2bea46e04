//! Money: who paid what for stock, designs and controls, by region.

use crate::lanes::Lane;
use crate::network::{Network, Role};
use crate::plan::Plan;
use crate::state::State;

/// Sums by region, US dollars, undiscounted. What strategies cost counts from the start of the calendar, transfers from
/// the first shock.
#[derive(Clone, Debug)]
pub struct Ledger<L> {
    /// Paid by reserves for what they bought.
    pub reserve_purchases: Vec<L>,
    /// Got by reserves for what they released, at the average price that the users pay.
    pub reserve_sales: Vec<L>,
    /// Value of what reserves hold, US dollar-weeks at reference prices.
    pub reserve_value_weeks: Vec<L>,
    /// Value of what reserves hold now, at reference prices.
    pub reserve_value: Vec<L>,
    /// Paid by firms for the stock that a buffer adds.
    pub buffer_purchases: Vec<L>,
    /// Value of input stock held beyond what covers ask for without buffers, US dollar-weeks at reference prices.
    pub buffer_value_weeks: Vec<L>,
    /// The same now.
    pub buffer_value: Vec<L>,
    /// Extra cost of leaner designs and of substitutes.
    pub thrifting: Vec<L>,
    /// Paid for inputs beyond the same goods at reference prices.
    pub transfer: Vec<L>,
    /// Export duties at posted prices, by the buyer's region; what reserves pay is in.
    pub export_duties: Vec<L>,
    /// Tariffs on top of the usual ones, likewise.
    pub tariffs: Vec<L>,
    /// Licence rents, likewise.
    pub licence_rents: Vec<L>,
}

impl<L: Lane> Ledger<L> {
    pub(super) fn empty(network: &Network) -> Self {
        let zeros = || vec![L::zero(); network.regions];
        Self {
            reserve_purchases: zeros(),
            reserve_sales: zeros(),
            reserve_value_weeks: zeros(),
            reserve_value: zeros(),
            buffer_purchases: zeros(),
            buffer_value_weeks: zeros(),
            buffer_value: zeros(),
            thrifting: zeros(),
            transfer: zeros(),
            export_duties: zeros(),
            tariffs: zeros(),
            licence_rents: zeros(),
        }
    }

    /// What reserves and buffers cost to fill and hold.
    pub(super) fn stocks_ended(&mut self, network: &Network, state: &State<L>) {
        let held_before = self.buffer_value.clone();
        self.reserve_value.fill(L::zero());
        self.buffer_value.fill(L::zero());
        for (i, input) in network.inputs.iter().enumerate() {
            let agent = &network.agents[input.agent.at()];
            let region = agent.region.at();
            if matches!(agent.role, Role::Reserve) {
                self.reserve_purchases[region] += state.inputs.bill[i];
                self.reserve_value[region] += state.inputs.stock[i] * input.reference_price;
            } else {
                let extra = state.policy.buffer[i] * state.inputs.long_run_use[i];
                let usual = state.inputs.cover[i] * state.inputs.long_run_use[i];
                let held = (state.inputs.stock[i] - usual).positive();
                self.buffer_value[region] += held.min(extra) * input.reference_price;
                if let Some(released) = state.reserves.released.get(i) {
                    self.reserve_sales[region] += *released * state.inputs.paid_price[i];
                }
            }
        }
        for (region, before) in held_before.into_iter().enumerate() {
            self.reserve_value_weeks[region] += self.reserve_value[region];
            self.buffer_value_weeks[region] += self.buffer_value[region];
            self.buffer_purchases[region] += (self.buffer_value[region] - before).positive();
        }
    }

    /// What leaner designs and substitutes cost.
    pub(super) fn designs_ended(&mut self, network: &Network, state: &State<L>) {
        for (rule, intensity) in network.thrifts.iter().zip(&state.designs.intensity) {
            for i in rule.inputs.iter().map(|i| i.at()) {
                let input = &network.inputs[i];
                let agent = input.agent.at();
                let saved = state.agents.activity[agent] * (L::one() - *intensity) * input.per_activity;
                let region = network.agents[agent].region.at();
                self.thrifting[region] += saved * (rule.cost_share * input.reference_price);
            }
        }
    }

    /// What the same goods cost more than at rest, and who got it.
    pub(super) fn transfers_ended(&mut self, network: &Network, plan: &Plan, state: &State<L>) {
        for (i, input) in network.inputs.iter().enumerate() {
            let agent = &network.agents[input.agent.at()];
            if !matches!(agent.role, Role::Reserve) {
                let extra = state.inputs.bill[i] - state.inputs.bought[i] * input.reference_price;
                self.transfer[agent.region.at()] += extra;
            }
        }
        let control = &state.control;
        for (place, controlled) in plan.controlled.iter().enumerate() {
            let link = &network.links[controlled.link.at()];
            let region = network.buyer_of(link).region.at();
            let shipped = control.shipped_legally[place];
            let value = shipped * (state.outputs.price[link.seller.at()] + control.rent[place]);
            let export_duty = value * control.export_duty[place];
            self.export_duties[region] += export_duty;
            self.tariffs[region] += (value + export_duty) * control.tariff[place];
            self.licence_rents[region] += shipped * control.rent[place];
        }
    }
}
