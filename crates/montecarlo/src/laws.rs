//! Laws that hold in every week of every world: no element comes from nothing or is lost, nothing is below zero, everything
//! is finite.

use chokepoint_core::network::{Network, Role, Trace};
use chokepoint_core::plan::{Plan, Replicates};
use chokepoint_core::state::{Ring, State};
use chokepoint_core::time::Week;
use chokepoint_core::week;

/// Relative error of a week's mass balance that rounding may make.
const ROUNDING: f64 = 1e-9;

/// A law that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Broken {
    /// An element came from nothing or was lost.
    #[error("the mass of element {element} is off by {error:e} of itself in week {week}")]
    Mass {
        /// Element.
        element: usize,
        /// Week.
        week: Week,
        /// Relative error.
        error: f64,
    },
    /// A plant made more of an element than it used.
    #[error("{made} t of element {element} were made of {used} t")]
    Made {
        /// Element.
        element: usize,
        /// Made, tonnes.
        made: f64,
        /// Used, tonnes.
        used: f64,
    },
    /// A stock below zero, or not finite.
    #[error("a stock is {value} in week {week}")]
    Stock {
        /// Week.
        week: Week,
        /// The stock.
        value: f64,
    },
    /// A price that is not above zero, or not finite.
    #[error("a price is {value} in week {week}")]
    Price {
        /// Week.
        week: Week,
        /// The price.
        value: f64,
    },
}

/// Runs a plan for so many weeks and says which law breaks first, if one does.
pub fn hold(network: &Network, plan: &Plan, replicates: &Replicates<f64>, weeks: Week) -> Result<(), Broken> {
    let mut state = State::<f64>::at_reference(network, plan, replicates);
    let mut before: Vec<f64> = (0..network.elements).map(|e| held(network, &state, e)).collect();
    for week in 0..weeks {
        // designs move at the end of a week, after its production
        let designs = state.inputs.intensity.clone();
        week::step(&mut state, network, plan, replicates, week);
        let designs = std::mem::replace(&mut state.inputs.intensity, designs);
        for (element, before) in before.iter_mut().enumerate() {
            let now = held(network, &state, element);
            let (mined, gone) = flows(network, &state, element)?;
            let error = (*before + mined - gone - now) / now;
            if error.is_nan() || error.abs() >= ROUNDING {
                return Err(Broken::Mass { element, week, error });
            }
            *before = now;
        }
        state.inputs.intensity = designs;
        let mut stocks = state.inputs.stock.iter().chain(&state.outputs.stock).chain(&state.links.transit);
        if let Some(value) = stocks.find(|s| !(**s >= 0.0 && s.is_finite())) {
            return Err(Broken::Stock { week, value: *value });
        }
        if let Some(value) = state.outputs.price.iter().find(|p| !(**p > 0.0 && p.is_finite())) {
            return Err(Broken::Price { week, value: *value });
        }
    }
    Ok(())
}

/// Content of an element over that of the commodity at the reference level, for a material with these traced shares.
fn leanness(network: &Network, shares: &[f64], element: usize) -> f64 {
    let traces = &network.tracing.traces;
    let traced =
        |t: &Trace| matches!(t, Trace::Content(elements) if elements.iter().any(|e| e.at() == element));
    traces.iter().position(traced).map_or(1.0, |trace| shares[trace])
}

/// Tonnes of an element in stocks, with traders, in transit, on detours and at gateways.
fn held(network: &Network, state: &State<f64>, element: usize) -> f64 {
    let content = |commodity| network.content(commodity, element);
    let made = |o: usize| content(network.outputs[o].commodity);
    let outputs: f64 = (0..network.outputs.len())
        .map(|o| {
            made(o) * state.outputs.stock[o] * leanness(network, state.traces.outputs.row(o.into()), element)
        })
        .sum();
    let inputs: f64 = (0..network.inputs.len())
        .map(|i| {
            let lean = leanness(network, state.traces.inputs.row(i.into()), element);
            content(network.inputs[i].commodity) * state.inputs.stock[i] * lean
        })
        .sum();
    let traders: f64 = (0..network.traded.len())
        .map(|t| {
            let lean = leanness(network, state.traders.traces.row(t), element);
            made(network.traded[t].at()) * state.traders.stock[t] * lean
        })
        .sum();
    let trade = &state.links.trade;
    let transit = (0..network.inputs.len()).map(|i| {
        let rings = trade.rings_of[i] as usize..trade.rings_of[i + 1] as usize;
        let in_construction = |ring: &Ring| -> f64 {
            state.links.transit[ring.start as usize..(ring.start + ring.weeks) as usize].iter().sum()
        };
        let moving: f64 = trade.rings[rings.clone()].iter().map(in_construction).sum();
        let waiting: f64 = state.links.waiting[rings].iter().sum();
        let on_detour = |link: &u32| -> f64 {
            let place = state.control.place[*link as usize] as usize;
            let from = state.control.detour_start[place] as usize;
            state.control.detour[from..from + state.control.detour_weeks[place] as usize].iter().sum()
        };
        let detour: f64 = trade.controlled_of(i).iter().map(on_detour).sum();
        let lean = leanness(network, state.traces.transit.row(i.into()), element);
        content(network.inputs[i].commodity) * (moving + waiting + detour) * lean
    });
    outputs + inputs + traders + transit.sum::<f64>()
}

/// Tonnes of an element mined this week, and tonnes used up, lost in processing, disposed of or destroyed.
///
/// `before` holds the traced shares of the week before: what is used has those of the stock after arrivals, which the
/// state still has; what is made has those that its inputs and intensities give.
fn flows(network: &Network, state: &State<f64>, element: usize) -> Result<(f64, f64), Broken> {
    let (mut mined, mut gone) = (0.0, 0.0);
    let trace =
        network.tracing.traces.iter().position(
            |t| matches!(t, Trace::Content(elements) if elements.iter().any(|e| e.at() == element)),
        );
    for agent in &network.agents {
        let mut used = 0.0;
        let mut share = if agent.inputs.is_empty() { 1.0 } else { 0.0 };
        for i in network.inputs_of(agent) {
            let content = network.content(network.inputs[i].commodity, element);
            let lean = leanness(network, state.traces.inputs.row(i.into()), element);
            used += content * state.inputs.used[i] * lean;
            gone += content * state.inputs.destroyed[i] * lean;
            if let Some(trace) = trace {
                let taken = state.inputs.intensity[i] * state.inputs.stretch[i];
                share += network.tracing.weights[(i.into(), trace)] * lean * taken;
            }
        }
        let mut made = 0.0;
        for o in network.outputs_of(agent) {
            let content = network.content(network.outputs[o].commodity, element);
            let lean = if trace.is_none() || network.outputs[o].pure.is_some() { 1.0 } else { share };
            made += content * state.outputs.produced[o] * lean;
            gone += content * (state.outputs.disposed[o] * lean + state.outputs.destroyed[o]);
        }
        match agent.role {
            Role::Facility if agent.inputs.is_empty() => mined += made,
            Role::Reserve => {}
            _ => {
                // a recipe may lose material, never make it
                if made > used * (1.0 + 1e-9) + 1e-12 {
                    return Err(Broken::Made { element, made, used });
                }
                gone += used - made;
            }
        }
    }
    Ok((mined, gone))
}
