//! What a replicate came to: weekly series and outcomes, read from finished weeks by an observer.

pub mod arrivals;
pub mod exposure;
pub mod flows;
pub mod ledger;
pub mod lines;
pub mod plants;
mod sums;

use crate::grid::Grid;
use crate::id::{RegionId, SectorId};
use crate::lanes::Lane;
use crate::network::Network;
use crate::plan::Plan;
use crate::scope::{Scope, Series};
use crate::state::State;
use crate::time::{NEVER, SPIN_UP_WEEKS, Week};
use crate::week::Observe;
use arrivals::Arrivals;
use exposure::{EXPOSURE_WEEKS, Exposure};
use flows::Flows;
use ledger::Ledger;
use lines::LineOutcome;
use plants::PlantOutcome;
use sums::Sums;

/// Outcomes of one producer, all sums from the first shock to the horizon.
#[derive(Clone, Copy, Debug)]
pub struct ProducerOutcome<L> {
    /// Goods due.
    pub due: L,
    /// Goods never built (customers who gave up, and what is still owed at the horizon).
    pub lost: L,
    /// Goods built after the week they were due.
    pub late: L,
}

/// Prices of one commodity after the first shock.
#[derive(Clone, Copy, Debug)]
pub struct PriceOutcome<L> {
    /// Mean index over the four weeks before the first shock.
    pub before: L,
    /// Greatest index since.
    pub peak: L,
    /// Weeks from the shock to it.
    pub weeks_to_peak: L,
    /// Weeks from the peak until the rise had halved; [`NEVER`] if it did not.
    pub weeks_to_half: L,
}

/// The observer: records series and adds up outcomes.
#[derive(Clone)]
pub struct Tally<'a, L> {
    scope: &'a Scope,
    /// `[(week − from) × series + place]`.
    pub series: Vec<L>,
    /// By producer.
    pub producers: Vec<ProducerOutcome<L>>,
    /// By agent; facilities upstream of components keep their empty record.
    pub lines: Vec<LineOutcome<L>>,
    /// By place in [`Scope::series`]; only price series are filled.
    pub prices: Vec<PriceOutcome<L>>,
    /// Who paid what.
    pub ledger: Ledger<L>,
    /// By facility; empty where nobody builds.
    pub plants: Vec<PlantOutcome<L>>,
    /// Area between plan and output from the first shock on, weeks of plan.
    pub resilience_loss: Grid<RegionId, SectorId, L>,
    /// Share of inputs that passed through a traced country.
    pub exposure: Exposure<L>,
    /// What moved from where to where.
    pub flows: Flows<L>,
    arrivals: Arrivals<L>,
    sums: Sums<L>,
}

impl<'a, L: Lane> Tally<'a, L> {
    /// An empty record for a run of `plan`.
    pub fn new(network: &Network, plan: &Plan, scope: &'a Scope) -> Self {
        let weeks = plan.weeks.saturating_sub(scope.from) as usize;
        let zero = L::zero();
        let never = L::splat(NEVER);
        Self {
            scope,
            series: vec![zero; weeks * scope.series.len()],
            producers: vec![ProducerOutcome { due: zero, lost: zero, late: zero }; network.producers],
            lines: vec![LineOutcome::running(); network.agents.len()],
            prices: vec![
                PriceOutcome { before: zero, peak: zero, weeks_to_peak: zero, weeks_to_half: never };
                scope.series.len()
            ],
            ledger: Ledger::empty(network, plan.weeks),
            plants: vec![PlantOutcome::none(); network.ventures.len()],
            resilience_loss: Grid::new(network.regions, network.sectors, zero),
            exposure: Exposure::empty(network),
            flows: Flows::empty(network),
            arrivals: Arrivals::new(network, plan, scope),
            sums: Sums::new(network, scope),
        }
    }

    /// Goes on under a plan that adds events to that of the past ([`Plan::adds_to`]).
    pub fn under(&self, was: &Plan, is: &Plan) -> Self {
        let mut tally = self.clone();
        tally.ledger.go_on(was, is);
        tally
    }

    fn producers_ended(&mut self, last: bool, network: &Network, state: &State<L>) {
        for (p, a) in network.producer_range().enumerate() {
            let outcome = &mut self.producers[p];
            let plan = state.producers.plan[p];
            outcome.due += plan;
            outcome.lost += state.producers.lost[p];
            outcome.late += (state.agents.activity[a] - plan).positive();
            if last {
                outcome.lost += state.producers.backlog[p];
            }
        }
    }

    fn prices_ended(&mut self, week: Week) {
        let n = self.scope.series.len();
        let row = (week - self.scope.from) as usize * n;
        for (place, series) in self.scope.series.iter().enumerate() {
            if !matches!(series, Series::HomePrice(_) | Series::OutsidePrice(_)) {
                continue;
            }
            let index = self.series[row + place];
            let price = &mut self.prices[place];
            if week < self.scope.shock {
                if week + 4 >= self.scope.shock {
                    price.before += index * 0.25;
                }
                continue;
            }
            let since = L::splat(f64::from(week - self.scope.shock));
            let rises = |then, otherwise| L::where_less(price.peak, index, then, otherwise);
            let to_peak = rises(since, price.weeks_to_peak);
            let to_half = rises(L::splat(NEVER), price.weeks_to_half);
            price.peak = price.peak.max(index);
            price.weeks_to_peak = to_peak;
            let half = price.before + (price.peak - price.before) * 0.5;
            let open = L::where_less(to_half, L::splat(NEVER), to_half, since - to_peak);
            // only a price that has risen can fall by half of its rise
            let fell = L::where_less(index, half, open, to_half);
            price.weeks_to_half = L::where_less(price.before, price.peak, fell, L::splat(NEVER));
        }
    }
}

impl<L: Lane> Observe<L> for Tally<'_, L> {
    fn week_ended(&mut self, week: Week, network: &Network, plan: &Plan, state: &State<L>) {
        if week >= SPIN_UP_WEEKS {
            self.ledger.week_ended(week, network, plan, state);
            plants::week_ended(&mut self.plants, week, network, state);
        }
        self.arrivals.week_ended(week, self.scope.from, network, state);
        if week < self.scope.from {
            return;
        }
        self.sums.add_up(network, state, self.scope);
        let n = self.scope.series.len();
        let row = (week - self.scope.from) as usize * n;
        let mut arrived = self.arrivals.arrived().iter();
        for (place, series) in self.scope.series.iter().enumerate() {
            self.series[row + place] = match series {
                Series::Arrivals(..) => arrived.next().copied().unwrap_or(L::zero()),
                series => self.sums.read(*series, network, plan, state),
            };
        }
        self.prices_ended(week);
        self.flows.week_ended(week, self.scope.from, self.scope.shock, plan.weeks, network, state);
        if week >= self.scope.shock {
            let (since, last) = (week - self.scope.shock, week + 1 == plan.weeks);
            lines::week_ended(&mut self.lines, since, last, network, state);
            self.producers_ended(last, network, state);
            self.sums.add_resilience_loss(&mut self.resilience_loss);
            self.ledger.transfers_ended(network, plan, state);
            if since < EXPOSURE_WEEKS {
                self.exposure.week_ended(network, state);
            }
        }
    }
}
