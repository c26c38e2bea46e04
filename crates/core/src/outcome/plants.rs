//! What became of plants: when they were decided, first made something, was idle and closed.

use crate::lanes::Lane;
use crate::network::Network;
use crate::state::State;
use crate::time::{NEVER, SPIN_UP_WEEKS, Week};

/// Share of a plant's capacity from which it counts as making something.
const MAKES: f64 = 0.01;

/// One facility. Weeks count from the start of the calendar.
#[derive(Clone, Copy, Debug)]
pub struct PlantOutcome<L> {
    /// Week in which capacity was first added; [`NEVER`] if none was.
    pub decided: L,
    /// Week of the first output; [`NEVER`] if there was none.
    pub first_output: L,
    /// Week in which it first was idle; [`NEVER`] if it never did.
    pub first_idle: L,
    /// Weeks for which it was idle.
    pub weeks_idle: L,
    /// Week in which it closed permanently; [`NEVER`] if it did not.
    pub closed: L,
    /// Activity per week that it is built for at the end.
    pub installed: L,
    /// Units of activity in all.
    pub made: L,
}

impl<L: Lane> PlantOutcome<L> {
    pub(super) fn none() -> Self {
        let (never, zero) = (L::splat(NEVER), L::zero());
        Self {
            decided: never,
            first_output: never,
            first_idle: never,
            weeks_idle: zero,
            closed: never,
            installed: zero,
            made: zero,
        }
    }
}

pub(super) fn week_ended<L: Lane>(
    plants: &mut [PlantOutcome<L>],
    week: Week,
    network: &Network,
    state: &State<L>,
) {
    let now = L::splat(f64::from(week - SPIN_UP_WEEKS));
    let first = |seen: L, happens: L| {
        let fresh = L::where_less(seen, L::splat(NEVER), L::zero(), happens);
        L::where_less(L::zero(), fresh, now, seen)
    };
    let is = |less: L, more: L| L::where_less(less, more, L::one(), L::zero());
    for (a, plant) in plants.iter_mut().enumerate() {
        let made = state.agents.activity[a];
        let adding = state.plants.adding[a] + state.plants.thirds[3 * a];
        plant.decided = first(plant.decided, is(L::zero(), adding));
        let some = L::splat(MAKES * network.agents[a].capacity);
        plant.first_output = first(plant.first_output, is(some, made));
        let idle = is(state.plants.running[a], L::one());
        plant.first_idle = first(plant.first_idle, idle);
        plant.weeks_idle += idle;
        plant.closed = first(plant.closed, is(L::zero(), state.plants.closed[a]));
        plant.installed = state.plants.installed[a];
        plant.made += made;
    }
}
