//! Line stops: when, how long, for want of what, and why that was short.

use crate::lanes::{Lane, TINY};
use crate::network::{Agent, Network, Role};
use crate::state::State;
use crate::time::{NEVER, Week};

/// Share of a firm's lines that stand idle for want of an input from which on the firm counts as stopped.
pub const IDLE_LINES: f64 = 0.05;
/// The same of a firm that is one line: what it makes short of what it wants.
pub const IDLE_LINE: f64 = 0.2;
/// Weeks running that they must stand idle.
pub const STOPPED_FOR: f64 = 2.0;

/// Why a line was short of an input at its first stop.
pub mod reason {
    /// It was not short of an input.
    pub const NONE: f64 = 0.0;
    /// A control refuses what it orders.
    pub const REFUSED: f64 = 1.0;
    /// What it orders waits for a licence.
    pub const LICENCE: f64 = 2.0;
    /// Its suppliers have too little.
    pub const SUPPLIERS: f64 = 3.0;
    /// What it bought is on its way or held up.
    pub const TRANSIT: f64 = 4.0;
    /// Names in the order of the codes.
    pub const NAMES: [&str; 5] =
        ["", "refused by a control", "waits for a licence", "suppliers short", "in transit"];
}

/// Stops of the lines of one firm (final producer or component maker).
#[derive(Clone, Copy, Debug)]
pub struct LineOutcome<L> {
    /// Greatest share of its lines that stood idle for want of an input, two weeks running.
    pub most_idle: L,
    /// Weeks from the first shock to the first stop; [`NEVER`] if it never stopped.
    pub first_stop: L,
    /// Weeks stopped.
    pub weeks_stopped: L,
    /// Weeks from the first shock to the end of the last stop; [`NEVER`] if it never stopped or is still down.
    pub back_for_good: L,
    /// What limited it at the first stop: the place of an input among the agent's, or a code of [`crate::state`].
    pub cause: L,
    /// Why that input was short: a code of [`reason`].
    pub reason: L,
    /// Commodity at the root of it: the last one on the way up that was short; -1 if it was not short of an input.
    pub root: L,
    /// Why that one was short: a code of [`reason`].
    pub root_reason: L,
    idle_for: L,
    idle_before: L,
}

impl<L: Lane> LineOutcome<L> {
    /// A firm of which nothing has stopped.
    pub(super) fn running() -> Self {
        Self {
            most_idle: L::zero(),
            first_stop: L::splat(NEVER),
            weeks_stopped: L::zero(),
            back_for_good: L::splat(NEVER),
            cause: L::splat(crate::state::BOUND_BY_ORDERS),
            reason: L::splat(reason::NONE),
            root: L::splat(-1.0),
            root_reason: L::splat(reason::NONE),
            idle_for: L::zero(),
            idle_before: L::zero(),
        }
    }
}

/// What a firm would make this week if no input were short; nothing if its lines are not followed.
fn due<L: Lane>(network: &Network, state: &State<L>, a: usize, agent: &Agent) -> Option<L> {
    match agent.role {
        Role::Producer(_) => Some(state.producers.plan[a - network.facilities]),
        Role::Facility if network.lines[agent.stage.at()] => Some(state.agents.wanted[a]),
        _ => None,
    }
}

/// Follows the lines of every firm through a finished week, `since` weeks after the first shock.
///
/// ```text
/// idle    = (1 − activity/due)⁺                   share of its lines; none where due is under a fifth of the usual
/// stopped : idle ≥ max(1/20, 1/lines) in two weeks running      of a firm that is one line: 1/5
/// ```
pub(super) fn week_ended<L: Lane>(
    lines: &mut [LineOutcome<L>],
    since: Week,
    last: bool,
    network: &Network,
    state: &State<L>,
) {
    let since = L::splat(f64::from(since));
    for (a, agent) in network.agents.iter().enumerate() {
        let Some(due) = due(network, state, a, agent) else { continue };
        let line = &mut lines[a];
        // a firm that wants little (no orders) is idle, not stopped
        let least = L::splat(0.2 * agent.base_activity);
        let short = (L::one() - state.agents.activity[a] / due.max(L::splat(TINY))).positive();
        let idle = L::where_less(due, least, L::zero(), short);
        line.most_idle = line.most_idle.max(idle.min(line.idle_before));
        line.idle_before = idle;
        let from = match agent.lines {
            0 | 1 => IDLE_LINE,
            lines => IDLE_LINES.max(1.0 / f64::from(lines)),
        };
        let below = L::where_less(idle, L::splat(from), L::zero(), L::one());
        line.idle_for = (line.idle_for + below) * below;
        let stopped = L::where_less(line.idle_for, L::splat(STOPPED_FOR - 0.5), L::zero(), L::one());
        // the second week confirms the first: both count
        let confirmed =
            stopped * L::where_less(line.idle_for, L::splat(STOPPED_FOR + 0.5), L::one(), L::zero());
        let first = since - L::splat(STOPPED_FOR - 1.0);
        let is_first = confirmed * L::where_less(line.first_stop, L::splat(NEVER), L::zero(), L::one());
        let cause = state.agents.binding[a];
        line.cause = L::where_less(L::zero(), is_first, cause, line.cause);
        if is_first != L::zero() {
            for k in (0..L::WIDTH).filter(|k| is_first.lane(*k) > 0.0) {
                let why = Why::of(network, state, agent, cause.lane(k), k);
                line.reason = set(line.reason, k, why.reason);
                line.root = set(line.root, k, why.root);
                line.root_reason = set(line.root_reason, k, why.root_reason);
            }
        }
        line.first_stop = L::where_less(L::zero(), is_first, first.positive(), line.first_stop);
        line.weeks_stopped += stopped + confirmed * (STOPPED_FOR - 1.0);
        // still down at the horizon: whether it comes back is not known
        let back = if last { L::splat(NEVER) } else { since + L::one() };
        line.back_for_good = L::where_less(L::zero(), stopped, back, line.back_for_good);
    }
}

/// Share of an order from which on a supplier's want can be what stops its buyer.
const PART: f64 = 0.1;

/// One lane of a value put in place of another.
fn set<L: Lane>(values: L, lane: usize, value: f64) -> L {
    L::from_fn(|k| if k == lane { value } else { values.lane(k) })
}

/// Why a line stopped, in one lane.
struct Why {
    reason: f64,
    root: f64,
    root_reason: f64,
}

impl Why {
    /// Looks at the input that stopped a line and, as long as its suppliers have too little, at what holds up the greatest
    /// of those that are short of something themselves and had a tenth of the order at least.
    fn of<L: Lane>(network: &Network, state: &State<L>, agent: &Agent, cause: f64, k: usize) -> Self {
        let mut why = Self { reason: reason::NONE, root: -1.0, root_reason: reason::NONE };
        let (mut buyer, mut place) = (agent, cause);
        // a chain has no more links than stages; scrap that comes round must not lead round and round
        for step in 0..network.stages {
            if place < 0.0 {
                break;
            }
            let i = buyer.inputs.start as usize + place as usize;
            let short = why_short(network, state, i, k);
            why.root = f64::from(network.inputs[i].commodity.0);
            why.root_reason = short;
            if step == 0 {
                why.reason = short;
            }
            if short != reason::SUPPLIERS {
                break;
            }
            let seller_of = |l: usize| network.outputs[network.links[l].seller.at()].agent.at();
            let share = |l: usize| state.board.shares[l].lane(k);
            let held_up = |l: &usize| share(*l) >= PART && state.agents.binding[seller_of(*l)].lane(k) >= 0.0;
            let greatest = network
                .links_of(&network.inputs[i])
                .filter(held_up)
                .max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)));
            let Some(seller) = greatest.map(seller_of) else { break };
            buyer = &network.agents[seller];
            place = state.agents.binding[seller].lane(k);
        }
        why
    }
}

/// Why an input is short in one lane: refused, queued, not delivered, or in progress.
fn why_short<L: Lane>(network: &Network, state: &State<L>, i: usize, k: usize) -> f64 {
    let inputs = &state.inputs;
    let ordered = inputs.ordered[i].lane(k);
    let stopped = inputs.stopped[i].lane(k);
    if stopped > 0.2 * ordered {
        reason::REFUSED
    } else if inputs.queued[i].lane(k) > network.inputs[i].base_use {
        reason::LICENCE
    } else if inputs.bought[i].lane(k) < 0.9 * (ordered - stopped) {
        reason::SUPPLIERS
    } else {
        reason::TRANSIT
    }
}
