//! What programmes do for facilities, and what a seller earns under them.

use crate::lanes::Lane;
use crate::lanes::zeros;
use crate::network::Network;
use crate::plan::{Effect, Plan};

/// What programmes do for facilities and what hinders building this week. Each list is empty if nothing of the kind is in
/// the arm.
#[derive(Clone, Debug)]
pub struct Support<L> {
    /// Log price cut of a price war, below zero, by output.
    pub cut: Vec<L>,
    /// Price floor, US dollars per tonne, by output; zero: none.
    pub floor: Vec<L>,
    /// Share of the volume that the floor covers, by output.
    pub covered: Vec<L>,
    /// Share of the price above the floor that goes back, by output.
    pub upside: Vec<L>,
    /// Share of the capital that others bear, by agent.
    pub grant: Vec<L>,
    /// Share of the processing cost that others bear, by agent.
    pub credit: Vec<L>,
    /// Return below what the owner asks, per year, by agent.
    pub cheaper: Vec<L>,
    /// 1 where a project is built whatever prices do, by agent.
    pub commissioned: Vec<L>,
    /// 1 where an agreed sale lets buyers qualify a plant while it is built, by agent.
    pub agreed: Vec<L>,
    /// Share by which construction costs more, by agent.
    pub construction_cost: Vec<L>,
    /// Weeks by which construction takes longer, by agent.
    pub construction_delay: Vec<L>,
    /// Share of returns that is collected at least, by agent.
    pub collect: Vec<L>,
}

impl<L: Lane> Support<L> {
    /// Every list.
    pub(crate) fn lists(&mut self) -> [&mut Vec<L>; 12] {
        [
            &mut self.cut,
            &mut self.floor,
            &mut self.covered,
            &mut self.upside,
            &mut self.grant,
            &mut self.credit,
            &mut self.cheaper,
            &mut self.commissioned,
            &mut self.agreed,
            &mut self.construction_cost,
            &mut self.construction_delay,
            &mut self.collect,
        ]
    }

    /// What a seller earns on a tonne: a war's cut is made up by its state, a floor by its payer.
    ///
    /// ```text
    /// earned = p·e^(−cut) + covered·(max(0, floor − p) − upside·max(0, p − floor))      where there is a floor
    /// ```
    #[inline(always)]
    pub fn earned(&self, o: usize, price: L) -> L {
        let own = match self.cut.get(o) {
            Some(cut) => price * (-*cut).exp(),
            None => price,
        };
        own + self.top_up(o, price)
    }

    /// The same at a price that moves slowly: of a war's cut it holds a slow average only.
    #[inline(always)]
    pub fn expected(&self, o: usize, price: L, slow_cut: L) -> L {
        let own = if self.cut.is_empty() { price } else { price * (-slow_cut).exp() };
        own + self.top_up(o, price)
    }

    /// What a floor's payer adds to a tonne; below zero where the seller pays back.
    #[inline(always)]
    pub fn top_up(&self, o: usize, price: L) -> L {
        match self.floor.get(o) {
            Some(floor) => {
                let below = (*floor - price).positive();
                let above = (price - *floor).positive();
                let due = self.covered[o] * (below - self.upside[o] * above);
                L::where_less(L::zero(), *floor, due, L::zero())
            }
            None => L::zero(),
        }
    }
}

/// An entry of a list that may be empty.
#[inline(always)]
pub fn entry<L: Lane>(list: &[L], place: usize) -> L {
    list.get(place).copied().unwrap_or(L::zero())
}

impl<L: Lane> Support<L> {
    pub(crate) fn none(network: &Network, plan: &Plan) -> Self {
        let some = |wanted: &dyn Fn(&Effect) -> bool, n: usize| {
            if plan.has(wanted) { zeros(n) } else { Vec::new() }
        };
        let (outputs, agents) = (network.outputs.len(), network.agents.len());
        let floor = |e: &Effect| matches!(e, Effect::Floor(_));
        let capital = |e: &Effect| matches!(e, Effect::Grant(_) | Effect::Build(_));
        Self {
            cut: some(&|e| matches!(e, Effect::PriceWar(_)), outputs),
            floor: some(&floor, outputs),
            covered: some(&floor, outputs),
            upside: some(&floor, outputs),
            grant: some(&capital, agents),
            credit: some(&|e| matches!(e, Effect::RunningCredit(_)), agents),
            cheaper: some(&|e| matches!(e, Effect::Loan(_)), agents),
            commissioned: some(&|e| matches!(e, Effect::Build(_)), agents),
            agreed: some(&floor, agents),
            construction_cost: some(&|e| matches!(e, Effect::ConstructionCost(_)), agents),
            construction_delay: some(&|e| matches!(e, Effect::ConstructionDelay(_)), agents),
            collect: some(&|e| matches!(e, Effect::Collect(_)), agents),
        }
    }
}
