//! Exposure: the share of a sector's input that passed through a traced country, over a year from the first shock.

use crate::grid::Grid;
use crate::id::{RegionId, SectorId};
use crate::lanes::{Lane, TINY};
use crate::network::{Network, Trace};
use crate::scope::producers;
use crate::state::State;

/// Weeks over which exposure is averaged.
pub const EXPOSURE_WEEKS: u32 = 52;

/// Value of inputs used, and of their traced part, by region and sector.
#[derive(Clone, Debug)]
pub struct Exposure<L> {
    /// Used, US dollars at reference prices.
    pub used: Grid<RegionId, SectorId, L>,
    /// Of that, traced: a row for each region and sector, in the order of [`Exposure::used`], and a column for each trace.
    pub traced: Grid<usize, usize, L>,
}

impl<L: Lane> Exposure<L> {
    pub(super) fn empty(network: &Network) -> Self {
        let cells = network.regions * network.sectors;
        Self {
            used: Grid::new(network.regions, network.sectors, L::zero()),
            traced: Grid::new(cells, network.tracing.traces.len(), L::zero()),
        }
    }

    pub(super) fn week_ended(&mut self, network: &Network, state: &State<L>) {
        for (_, agent, producer) in producers(network) {
            let cell = agent.region.at() * network.sectors + producer.sector.at();
            for i in network.inputs_of(agent) {
                let value = state.inputs.used[i] * network.inputs[i].reference_price;
                self.used[(agent.region, producer.sector)] += value;
                let shares = state.traces.inputs.row(i.into());
                self.traced
                    .row_mut(cell)
                    .iter_mut()
                    .zip(shares)
                    .for_each(|(sum, share)| *sum += value * *share);
            }
        }
    }
}

/// The same at the reference level: `[(region × sectors + sector) × traces + trace]`, zero where nobody produces.
pub fn at_reference(network: &Network) -> Vec<f64> {
    let tracing = &network.tracing;
    let k = tracing.traces.len();
    let cells = network.regions * network.sectors;
    let (mut used, mut traced) = (vec![0.0; cells], vec![0.0; cells * k]);
    for (_, agent, producer) in producers(network) {
        let cell = agent.region.at() * network.sectors + producer.sector.at();
        for i in network.inputs_of(agent) {
            let value = network.inputs[i].base_use * network.inputs[i].reference_price;
            used[cell] += value;
            for trace in 0..k {
                traced[cell * k + trace] += value * tracing.inputs[(i.into(), trace)];
            }
        }
    }
    traced.iter().enumerate().map(|(place, value)| value / used[place / k].max(TINY)).collect()
}

/// Places of the traces that are origins.
pub fn origins(network: &Network) -> Vec<usize> {
    let traces = network.tracing.traces.iter().enumerate();
    traces.filter(|(_, t)| matches!(t, Trace::Origin { .. })).map(|(place, _)| place).collect()
}
