//! How deep what is in force goes, of kinds of events of which the deepest binds.

use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::{Effect, Plan};
use crate::slices::Deepest;

/// Shares by which events keep back what there would be, the deepest of each kind. Each list is empty if nothing of the kind
/// is in the arm.
#[derive(Clone, Debug)]
pub struct Depths<L> {
    /// Share of capacity that is lost, by agent.
    pub lost: Deepest<L>,
    /// Share that quotas on production cut from normal activity, by agent.
    pub cut_back: Deepest<L>,
    /// Share by which prices are expected to rise, by input.
    pub rise_bought: Deepest<L>,
    /// The same, by output.
    pub rise_sold: Deepest<L>,
    /// Share of what reaches a gateway that is held there, by gateway.
    pub held: Deepest<L>,
    /// How fully an event stands at a gateway, by gateway.
    pub closed: Deepest<L>,
    /// Share of what would leak that enforcement stops, by place among the controlled links.
    pub detected: Deepest<L>,
    /// How far caps and licences bind, by place among the controlled links: the share of what is ordered beyond normal trade
    /// that they refuse.
    pub control_bite: Deepest<L>,
    /// Share by which a price war cuts prices, by output.
    pub war: Deepest<L>,
    /// Share by which construction costs more, by agent.
    pub construction_cost: Deepest<L>,
    /// Weeks by which construction takes longer, by agent.
    pub construction_delay: Deepest<L>,
}

impl<L: Lane> Depths<L> {
    pub(crate) fn none(network: &Network, plan: &Plan) -> Self {
        let some = |wanted: &dyn Fn(&Effect) -> bool, places: usize| {
            Deepest::new(if plan.has(wanted) { places } else { 0 })
        };
        let (inputs, agents) = (network.inputs.len(), network.agents.len());
        let (outputs, links) = (network.outputs.len(), plan.controlled.len());
        Self {
            lost: some(&|e| matches!(e, Effect::CapacityLoss(_) | Effect::Enforcement { .. }), agents),
            cut_back: some(&|e| matches!(e, Effect::ProductionQuota(_)), agents),
            rise_bought: some(&|e| matches!(e, Effect::Announcement { .. }), inputs),
            rise_sold: some(&|e| matches!(e, Effect::Announcement { .. }), outputs),
            held: some(&|e| matches!(e, Effect::TransportDelay(_)), network.gateways),
            closed: some(&|e| matches!(e, Effect::TransportDelay(_)), network.gateways),
            detected: some(&|e| matches!(e, Effect::Enforcement { .. }), links),
            control_bite: some(&Effect::controls_trade, links),
            war: some(&|e| matches!(e, Effect::PriceWar(_)), outputs),
            construction_cost: some(&|e| matches!(e, Effect::ConstructionCost(_)), agents),
            construction_delay: some(&|e| matches!(e, Effect::ConstructionDelay(_)), agents),
        }
    }

    pub(crate) fn clear(&mut self) {
        for list in [
            &mut self.lost,
            &mut self.cut_back,
            &mut self.rise_bought,
            &mut self.rise_sold,
            &mut self.held,
            &mut self.closed,
            &mut self.detected,
            &mut self.control_bite,
            &mut self.war,
            &mut self.construction_cost,
            &mut self.construction_delay,
        ] {
            list.clear();
        }
    }
}
