//! What processing costs, and that no recipe makes matter.

use super::builder::Builder;
use crate::catalogue::AgentInfo;
use crate::draft::Draft;
use crate::ventures;
use chokepoint_core::network::Network;
use chokepoint_input::problem::{Code, Place, Problems};

impl Builder<'_> {
    /// Processing costs such that every recipe earns its stage's margin at reference prices.
    pub(super) fn set_costs(&mut self, place: &Place, problems: &mut Problems) {
        let mut thin: Vec<String> = Vec::new();
        let plants = self.draft.plants.len();
        for a in 0..self.network.facilities {
            let agent = &self.network.agents[a];
            let revenue: f64 = self
                .network
                .outputs_of(agent)
                .map(|o| {
                    let output = &self.network.outputs[o];
                    output.per_activity * (1.0 - output.surplus_share) * output.reference_price
                })
                .sum();
            let bought: f64 = self
                .network
                .inputs_of(agent)
                .map(|i| self.network.inputs[i].per_activity * self.network.inputs[i].reference_price)
                .sum();
            let margin = self.draft.stages[agent.stage.at()].margin;
            let mut own = revenue / (1.0 + margin) - bought;
            if own < 0.01 * revenue {
                // the margin gives way before the cost of processing does
                own = 0.01 * revenue;
                if (own + bought) * 1.0 > revenue {
                    thin.push(self.agents[a].id.clone());
                }
            }
            // a newcomer's costs are higher; its price at the reference level is the one that covers them
            if let Some(project) = a.checked_sub(plants).map(|p| &self.draft.projects[p]) {
                own *= ventures::cost_premium(self.draft, project);
                let costlier = (own + bought) * (1.0 + margin) / revenue;
                for o in self.network.outputs_of(&self.network.agents[a].clone()) {
                    self.network.outputs[o].reference_price *= costlier.max(1.0);
                }
            }
            self.network.agents[a].own_cost_usd = own;
        }
        // prices of newcomers at the reference level are known only now
        let settled: Vec<f64> =
            self.network.links.iter().map(|link| link.reference_delivered(&self.network)).collect();
        for (link, price) in self.network.links.iter_mut().zip(settled) {
            if link.base_share > 0.0 {
                link.usual_price = price;
            }
        }
        if !thin.is_empty() {
            problems
                .warn(
                    Code::Balance,
                    place,
                    format!("{} plants would lose cash at reference prices", thin.len()),
                )
                .label(format!("for example {}", thin.iter().take(5).cloned().collect::<Vec<_>>().join(", ")))
                .help("compare the reference prices of what they buy and make");
        }
    }
}

/// No recipe may make more of an element than it takes in (mines excepted).
pub(super) fn check_mass(
    draft: &Draft,
    network: &Network,
    agents: &[AgentInfo],
    place: &Place,
    problems: &mut Problems,
) {
    for (a, agent) in network.agents[..network.facilities].iter().enumerate() {
        if agent.inputs.is_empty() {
            continue;
        }
        for e in 0..network.elements {
            let taken: f64 = network
                .inputs_of(agent)
                .map(|i| network.inputs[i].per_activity * network.content(network.inputs[i].commodity, e))
                .sum();
            let made: f64 = network
                .outputs_of(agent)
                .map(|o| network.outputs[o].per_activity * network.content(network.outputs[o].commodity, e))
                .sum();
            if made > taken * (1.0 + 1e-9) + 1e-12 {
                problems
                    .error(
                        Code::Inconsistent,
                        place,
                        format!("`{}` makes more {} than it takes in", agents[a].id, draft.elements[e].id),
                    )
                    .label(format!("{made:.6} t from {taken:.6} t per unit of activity"))
                    .help("lower a yield or correct the contents");
            }
        }
    }
}
