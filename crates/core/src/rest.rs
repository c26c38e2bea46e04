//! The chain at its rest point.

use crate::grid::Grid;
use crate::id::to_u32;
use crate::lanes::{Lane, SMALL, ln};
use crate::lanes::{ones, zeros};
use crate::network::{Agent, Input, Network};
use crate::phase::triage::log_stakes;
use crate::plan::{Effect, Event, Now, Plan, Replicates};
use crate::slices::{self, Slices};
use crate::state::{
    Agents, BOUND_BY_ORDERS, Board, Control, Depths, Designs, Inputs, Links, Markets, Outputs, Plants,
    Policy, Producers, QUALIFIED, Reserves, Returns, State, Support, Traces, Trade, Traders,
};
use crate::time::REVIEW_WEEKS;

/// A final producer answers posted prices and rents as if an input were worth this many times its reference price at most.
const MOST_WORTH: f64 = 100.0;

impl<L: Lane> State<L> {
    /// The chain at its rest point: stocks at target, pipelines full, prices at reference.
    pub fn at_reference(network: &Network, plan: &Plan, replicates: &Replicates<L>) -> Self {
        let control = Control::new(network, plan);
        let trade = Trade::new(network, plan, &control.place);
        let mut state = Self::with_trade(network, plan, replicates, control, trade);
        if let Some(log_stakes) = log_stakes(network, replicates) {
            state.inputs.rank_by(&log_stakes, replicates);
        }
        state
    }

    /// Goes on under a plan that adds events to that of the past, none of which has begun ([`Plan::adds_to`]). Its
    /// controlled links, markets and gateways must be those of the past.
    pub fn under(&self, was: &Plan, is: &Plan, network: &Network, replicates: &Replicates<L>) -> Self {
        // under a plan that takes events away queues and pools stay as they are laid out
        let added = is.adds_to(was).unwrap_or_default();
        let mut state = self.clone();
        state.policy = Policy::none(network, is, replicates);
        if added.iter().any(|e| matches!(e.effect, Effect::Licence(_) | Effect::Quota(_))) {
            state.control = Control::new(network, is);
        }
        state.control.under(is);
        if state.outputs.slow_cut.is_empty() {
            state.outputs.slow_cut = slow_cut(network, is);
        }
        state
    }

    /// The same with links laid out already.
    pub(crate) fn with_trade(
        network: &Network,
        plan: &Plan,
        replicates: &Replicates<L>,
        control: Control<L>,
        trade: Trade,
    ) -> Self {
        let outputs = Outputs::at_reference(network, plan, replicates);
        let policy = Policy::none(network, plan, replicates);
        let mut inputs = Inputs::at_reference(network, replicates);
        let links = Links::at_reference(network, trade, &mut inputs, replicates);
        let now = Now { network, plan, replicates, week: 0 };
        crate::phase::pricing::value(&mut inputs, &outputs, &policy, now);
        let n = network.agents.len();
        let activity = || network.agents.iter().map(|a| L::splat(a.base_activity)).collect();
        Self {
            board: Board::at_reference(network),
            agents: Agents {
                activity: activity(),
                wanted: activity(),
                normal: network.agents.iter().map(|a| L::splat(network.quota_base(a))).collect(),
                cost_ratio: ones(n),
                reference_cost: reference_cost(network),
                binding: vec![L::splat(BOUND_BY_ORDERS); n],
            },
            producers: Producers {
                plan: zeros(network.producers),
                backlog: zeros(network.producers),
                lost: zeros(network.producers),
            },
            control,
            markets: Markets::new(network, plan),
            policy,
            plants: Plants::at_reference(network, replicates),
            returns: Returns::at_reference(network),
            reserves: Reserves::empty(network),
            traders: Traders {
                stock: zeros(network.traded.len()),
                order: zeros(network.traded.len()),
                bought: zeros(network.traded.len()),
                sold: zeros(network.traded.len()),
                traces: Grid::new(network.traded.len(), network.tracing.traces.len(), L::zero()),
            },
            designs: Designs {
                decided: ones(network.thrifts.len()),
                intensity: ones(network.thrifts.len()),
                least: ones(network.thrifts.len()),
            },
            traces: Traces::at_reference(network),
            outputs,
            inputs,
            links,
        }
    }
}

/// Slow averages of the cuts of a price war, if the plan has one.
fn slow_cut<L: Lane>(network: &Network, plan: &Plan) -> Vec<L> {
    let war = plan.has(|e| matches!(e, Effect::PriceWar(_)));
    if war { zeros(network.outputs.len()) } else { Vec::new() }
}

/// Unit cost at the reference level, by agent.
fn reference_cost(network: &Network) -> Vec<f64> {
    let of = |agent: &Agent| {
        let inputs = &network.inputs;
        let bought: f64 =
            network.inputs_of(agent).map(|i| inputs[i].per_activity * inputs[i].reference_price).sum();
        agent.own_cost_usd + bought
    };
    network.agents.iter().map(of).collect()
}

/// Drawn factor on the stock targets of an agent.
fn cover_factor<L: Lane>(network: &Network, replicates: &Replicates<L>, agent: &Agent) -> L {
    if network.base_stock().is_some() {
        L::one()
    } else if network.is_downstream(agent.stage) {
        replicates.behaviour.downstream_cover
    } else {
        replicates.behaviour.upstream_cover
    }
}

impl<L: Lane> Outputs<L> {
    fn at_reference(network: &Network, plan: &Plan, replicates: &Replicates<L>) -> Self {
        let out = &network.outputs;
        let n = out.len();
        let cover: Vec<L> = out
            .iter()
            .map(|o| cover_factor(network, replicates, &network.agents[o.agent.at()]) * o.cover_weeks)
            .collect();
        let price: Vec<L> = out.iter().map(|o| L::splat(o.reference_price)).collect();
        Self {
            stock: out.iter().zip(&cover).map(|(o, c)| *c * o.base_orders).collect(),
            cover,
            expected_orders: out.iter().map(|o| L::splat(o.base_orders)).collect(),
            usual_orders: out.iter().map(|o| L::splat(o.base_orders)).collect(),
            missed: zeros(out.len()),
            wasted: zeros(out.len()),
            log_price: price.iter().map(|p| p.ln()).collect(),
            asking: zeros(n),
            slow_price: price.clone(),
            slow_anchor: price.clone(),
            acceptable_price: price.clone(),
            price,
            contract_orders: zeros(n),
            spot_orders: zeros(n),
            speculation: zeros(n),
            bids: zeros(n),
            orders_by_worth: zeros(n),
            shipped: zeros(n),
            produced: zeros(n),
            disposed: zeros(n),
            destroyed: zeros(n),
            trend: zeros(n),
            owed: zeros(n),
            slow_cut: slow_cut(network, plan),
            exported: zeros(n),
        }
    }
}

impl<L: Lane> Inputs<L> {
    fn at_reference(network: &Network, replicates: &Replicates<L>) -> Self {
        let inp = &network.inputs;
        let n = inp.len();
        let cover: Vec<L> = inp
            .iter()
            .map(|i| cover_factor(network, replicates, &network.agents[i.agent.at()]) * i.cover_weeks)
            .collect();
        let use_at_reference: Vec<L> = inp.iter().map(|i| L::splat(i.base_use)).collect();
        let window = network.base_stock().unwrap_or(0) as usize;
        Self {
            stock: inp.iter().zip(&cover).map(|(i, c)| *c * i.base_use).collect(),
            target: inp.iter().zip(&cover).map(|(i, c)| *c * i.base_use).collect(),
            cover,
            in_transit: zeros(n),
            used: zeros(n),
            given: zeros(use_at_reference.len()),
            most_given: zeros(use_at_reference.len()),
            stretch: ones(use_at_reference.len()),
            possible: zeros(use_at_reference.len()),
            depth: zeros(use_at_reference.len()),
            potential_use: use_at_reference.clone(),
            short_run_use: use_at_reference.clone(),
            usual_use: use_at_reference.clone(),
            demands: use_at_reference.iter().flat_map(|u| core::iter::repeat_n(*u, window)).collect(),
            long_run_use: use_at_reference,
            ordered: zeros(n),
            orders: zeros(n * REVIEW_WEEKS as usize),
            stake: Vec::new(),
            ranks: Vec::new(),
            bought: zeros(n),
            bill: zeros(n),
            imported: zeros(n),
            paid_price: inp.iter().map(|i| L::splat(i.reference_price)).collect(),
            // who has bought nothing yet has had nothing delivered: a new plant orders all its inputs, whichever it lacks
            fill_rate: inp.iter().map(|i| L::splat(f64::from(u8::from(i.base_use > 0.0)))).collect(),
            worth: inp.iter().map(|i| L::splat(worth(i))).collect(),
            inverse_worth: inp.iter().map(|i| L::splat(1.0 / worth(i).max(SMALL))).collect(),
            intensity: ones(n),
            log_offer: inp.iter().map(|i| L::splat(i.reference_price).ln()).collect(),
            log_reference: inp.iter().map(|i| ln(i.reference_price)).collect(),
            trend: zeros(n),
            queued: zeros(n),
            pending: zeros(n),
            licence_wait: zeros(n),
            withdrawn: zeros(n),
            held: zeros(n),
            stopped: zeros(n),
            arrived: zeros(n),
            destroyed: zeros(n),
        }
    }
}

impl<L: Lane> Links<L> {
    fn at_reference(
        network: &Network,
        trade: Trade,
        inputs: &mut Inputs<L>,
        replicates: &Replicates<L>,
    ) -> Self {
        let n = network.links.len();
        let (mut candidate, mut qualification) = (vec![QUALIFIED; n], Vec::new());
        let mut transit = zeros(trade.rings.last().map_or(0, |ring| (ring.start + ring.weeks) as usize));
        for (l, (link, purchase)) in network.links.iter().zip(&trade.purchases).enumerate() {
            if link.entry_share > 0.0 {
                candidate[l] = to_u32(qualification.len());
                let weeks = network.inputs[link.buyer.at()].qualification_weeks;
                let seller = network.outputs[link.seller.at()].agent.at();
                let begun = network.ventures.get(seller).map_or(0.0, |venture| venture.begun);
                let all = L::splat(weeks) / replicates.behaviour.qualification_speed;
                qualification.push(all * (1.0 - begun));
            }
            let from = purchase.ring as usize;
            for due in &mut transit[from..from + link.lag_weeks as usize] {
                *due += L::splat(link.base_flow);
            }
            inputs.in_transit[link.buyer.at()] += L::splat(link.base_flow * f64::from(link.lag_weeks));
        }
        let keeps_orders = network.base_stock().is_some();
        let kept = || if keeps_orders { zeros(n) } else { Vec::new() };
        let most = network.inputs.iter().map(|i| i.links.len()).max().unwrap_or(0);
        Self {
            sold_share: zeros(trade.sales.len()),
            reliability: ones(n),
            order: kept(),
            transit,
            waiting: zeros(trade.rings.len()),
            parcels: zeros(most),
            candidate,
            qualification,
            owed: kept(),
            trade,
        }
    }
}

/// What a final producer bears in posted prices and rents at most, US dollars per tonne.
fn worth(input: &Input) -> f64 {
    input.worth.min(MOST_WORTH * input.reference_price)
}

/// Which links come from sellers that some measure caps.
fn capped(network: &Network, plan: &Plan) -> Vec<bool> {
    if !plan.has(|e| matches!(e, Effect::SourcingCap { .. })) {
        return Vec::new();
    }
    let mut capped = vec![false; network.links.len()];
    for event in &plan.events {
        if let Effect::SourcingCap { links, .. } = &event.effect {
            links.iter().for_each(|l| capped[l.at()] = true);
        }
    }
    capped
}

/// The moment from which an event is known; never if it does nothing.
fn known_from<L: Lane>(event: &Event, replicates: &Replicates<L>) -> L {
    let draw = &replicates.draws[event.draw];
    L::where_less(L::zero(), slices::acts(&event.effect, draw), draw.known, L::splat(f64::INFINITY))
}

/// The moment from which a control of trade is known, by place among the controlled links.
fn known<L: Lane>(plan: &Plan, replicates: &Replicates<L>) -> Vec<L> {
    let place: std::collections::BTreeMap<u32, usize> =
        plan.controlled.iter().enumerate().map(|(place, c)| (c.link.0, place)).collect();
    let mut known = vec![L::splat(f64::INFINITY); plan.controlled.len()];
    for event in &plan.events {
        for link in event.effect.keeps_back() {
            if let Some(place) = place.get(&link.0) {
                known[*place] = known[*place].min(known_from(event, replicates));
            }
        }
    }
    known
}

/// The moment from which a quota on production is known, by agent.
fn quota_known<L: Lane>(network: &Network, plan: &Plan, replicates: &Replicates<L>) -> Vec<L> {
    let mut known = Vec::new();
    for event in &plan.events {
        if let Effect::ProductionQuota(agents) = &event.effect {
            known.resize(network.agents.len(), L::splat(f64::INFINITY));
            for a in agents.iter().map(|a| a.at()) {
                known[a] = known[a].min(known_from(event, replicates));
            }
        }
    }
    known
}

impl<L: Lane> Policy<L> {
    fn none(network: &Network, plan: &Plan, replicates: &Replicates<L>) -> Self {
        let some = |wanted: &dyn Fn(&Effect) -> bool, n: usize| {
            if plan.has(wanted) { zeros(n) } else { Vec::new() }
        };
        let (inputs, agents) = (network.inputs.len(), network.agents.len());
        Self {
            availability: ones(agents),
            slices: Slices::new(plan, replicates),
            depths: Depths::none(network, plan),
            bite: some(&Effect::controls_trade, plan.controlled.len()),
            known: known(plan, replicates),
            quota_known: quota_known(network, plan, replicates),
            shift: zeros(network.producers),
            alarm: some(&|e| matches!(e, Effect::Announcement { .. }), inputs),
            rush: some(&|e| matches!(e, Effect::Announcement { dated: true, .. }), inputs),
            expected_rise: some(&|e| matches!(e, Effect::Announcement { .. }), network.outputs.len()),
            qualify: some(&|e| matches!(e, Effect::Qualify(_)), inputs),
            design_out: some(&|e| matches!(e, Effect::Thrift(_)), inputs),
            rated: some(&|e| matches!(e, Effect::Priority(_)), inputs),
            hoarding_damping: some(&|e| matches!(e, Effect::DataExchange(_)), inputs),
            origin_cap: some(&|e| matches!(e, Effect::SourcingCap { .. }), inputs),
            capped: capped(network, plan),
            open: ones(network.gateways),
            clear: ones(network.gateways),
            demand: ones(network.producers),
            buffer: zeros(inputs),
            reserve_weeks: zeros(inputs),
            sizes: zeros(plan.events.len()),
            carrying: plan.events.iter().map(|e| replicates.draws[e.draw].carrying).collect(),
            support: Support::none(network, plan),
        }
    }
}

impl<L: Lane> Reserves<L> {
    fn empty(network: &Network) -> Self {
        let n = if network.releases.is_empty() { 0 } else { network.inputs.len() };
        Self {
            released: zeros(n),
            by_route: zeros(network.releases.len()),
            unmixed: zeros(n),
            to_buy_back: zeros(n),
        }
    }
}

impl<L: Lane> Traces<L> {
    fn at_reference(network: &Network) -> Self {
        let tracing = &network.tracing;
        let inputs = tracing.inputs.map(L::splat);
        Self {
            outputs: tracing.outputs.map(L::splat),
            transit: inputs.clone(),
            inputs,
            made: zeros(tracing.traces.len()),
        }
    }
}
