//! The outcomes of a replicate, as named numbers.

use crate::costs::{Address, Cost, Spending};
use crate::plants;
use crate::welfare;
use chokepoint_core::id::{RegionId, SectorId};
use chokepoint_core::lanes::Lane;
use chokepoint_core::network::Role;
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::ledger::Entry;
use chokepoint_core::scope::{Series, producers};
use chokepoint_core::time::NEVER;
use chokepoint_scenario::Experiment;

/// What an outcome measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeKind {
    /// Goods never built × in-region value added net of avoidable cost, US dollars.
    ValueAddedLost,
    /// Goods never built, share of those due.
    LostShare,
    /// Goods built late, share of those due.
    LateShare,
    /// Weeks from the shock to the first line stop; [`NEVER`] if none.
    FirstStop,
    /// Share of lines that stopped at least once.
    LinesStopped,
    /// Greatest price over that of the four weeks before the shock.
    PricePeak,
    /// Weeks from the shock to it.
    WeeksToPeak,
    /// Weeks from the peak until half of the rise was gone; [`NEVER`] if it was not.
    WeeksToHalf,
    /// Paid for inputs beyond reference prices, US dollars.
    PriceTransfer,
    /// Area between plan and output, weeks of plan.
    ResilienceLoss,
    /// Cost of the replicate to a region, present value, US dollars; only differences between arms mean something.
    Welfare,
    /// Weeks from the shock to the first output of a project outside the controlling country that was decided after the shock.
    FirstNewOutput,
    /// Share of the projects that made something and later was idle.
    EntrantsIdled,
    /// Money by what it is spent on, whoever pays, US dollars.
    Cost(Spending),
}

impl OutcomeKind {
    /// As it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::ValueAddedLost => "value_added_lost",
            Self::LostShare => "lost_share",
            Self::LateShare => "late_share",
            Self::FirstStop => "first_stop",
            Self::LinesStopped => "lines_stopped",
            Self::PricePeak => "price_peak",
            Self::WeeksToPeak => "weeks_to_peak",
            Self::WeeksToHalf => "weeks_to_half",
            Self::PriceTransfer => "price_transfer",
            Self::ResilienceLoss => "resilience_loss",
            Self::Welfare => "welfare_cost",
            Self::FirstNewOutput => "first_new_output",
            Self::EntrantsIdled => "entrants_idled",
            Self::Cost(cost) => cost.name(),
        }
    }

    /// Unit as it is written in files.
    pub fn unit(self) -> &'static str {
        match self {
            Self::ValueAddedLost | Self::PriceTransfer | Self::Welfare | Self::Cost(_) => "USD",
            Self::LostShare | Self::LateShare | Self::LinesStopped | Self::EntrantsIdled => "share",
            Self::FirstStop | Self::WeeksToPeak | Self::WeeksToHalf | Self::FirstNewOutput => "weeks",
            Self::ResilienceLoss => "weeks of plan",
            Self::PricePeak => "multiple",
        }
    }
}

/// One outcome: a measure of a region, a sector or an item (`None`: all of them together).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// What.
    pub measure: OutcomeKind,
    /// Region.
    pub region: Option<usize>,
    /// Sector.
    pub sector: Option<usize>,
    /// Commodity.
    pub item: Option<usize>,
}

/// The list of outcomes of an experiment, in the order in which a replicate's are kept.
pub fn list(experiment: &Experiment) -> Vec<Outcome> {
    let regions = experiment.world.regions.len();
    let producing = producing(experiment);
    let one = |measure, region, sector| Outcome { measure, region, sector, item: None };
    let mut outcomes = Vec::new();
    for measure in [OutcomeKind::ValueAddedLost, OutcomeKind::LostShare, OutcomeKind::LateShare] {
        outcomes.push(one(measure, None, None));
        outcomes.extend((0..regions).map(|r| one(measure, Some(r), None)));
        outcomes.extend((0..experiment.world.sectors.len()).map(|s| one(measure, None, Some(s))));
    }
    for measure in [OutcomeKind::ValueAddedLost, OutcomeKind::FirstStop] {
        outcomes.extend(producing.iter().map(|(r, s)| one(measure, Some(*r), Some(*s))));
    }
    for measure in [OutcomeKind::FirstStop, OutcomeKind::LinesStopped, OutcomeKind::PriceTransfer] {
        outcomes.extend((0..regions).map(|r| one(measure, Some(r), None)));
    }
    outcomes.extend(producing.iter().map(|(r, s)| one(OutcomeKind::ResilienceLoss, Some(*r), Some(*s))));
    outcomes.push(one(OutcomeKind::Welfare, None, None));
    outcomes.extend((0..regions).map(|r| one(OutcomeKind::Welfare, Some(r), None)));
    if !experiment.network.ventures.is_empty() {
        outcomes.push(one(OutcomeKind::FirstNewOutput, None, None));
        outcomes.push(one(OutcomeKind::EntrantsIdled, None, None));
    }
    outcomes.extend(Spending::all().into_iter().map(|spending| one(OutcomeKind::Cost(spending), None, None)));
    for measure in [OutcomeKind::PricePeak, OutcomeKind::WeeksToPeak, OutcomeKind::WeeksToHalf] {
        for (commodity, outside) in priced(experiment) {
            let region = (!outside).then_some(experiment.world.home);
            outcomes.push(Outcome { measure, region, sector: None, item: Some(commodity) });
        }
    }
    outcomes
}

/// Regions and sectors that have producers.
fn producing(experiment: &Experiment) -> Vec<(usize, usize)> {
    let mut producing: Vec<(usize, usize)> =
        producers(&experiment.network).map(|(_, a, p)| (a.region.at(), p.sector.at())).collect();
    producing.sort_unstable();
    producing.dedup();
    producing
}

/// Commodities whose prices are outcomes, at home and outside.
fn priced(experiment: &Experiment) -> Vec<(usize, bool)> {
    experiment
        .scope
        .series
        .iter()
        .filter_map(|series| match series {
            Series::HomePrice(c) => Some((c.at(), false)),
            Series::OutsidePrice(c) => Some((c.at(), true)),
            _ => None,
        })
        .filter(|(c, _)| experiment.world.headline_prices.contains(c))
        .collect()
}

/// Sums by region and sector of one lane.
struct Goods {
    lost_value: Vec<f64>,
    due: Vec<f64>,
    lost: Vec<f64>,
    late: Vec<f64>,
}

impl Goods {
    fn add_up<L: Lane>(experiment: &Experiment, tally: &Tally<'_, L>, lane: usize) -> Self {
        let network = &experiment.network;
        let cells = network.regions * network.sectors;
        let mut goods = Self {
            lost_value: vec![0.0; cells],
            due: vec![0.0; cells],
            lost: vec![0.0; cells],
            late: vec![0.0; cells],
        };
        for (p, (_, agent, producer)) in producers(network).enumerate() {
            let cell = agent.region.at() * network.sectors + producer.sector.at();
            let outcome = &tally.producers[p];
            let value = producer.value_added_usd_per_unit;
            let lost = outcome.lost.lane(lane);
            goods.lost_value[cell] += lost * value * (1.0 - producer.avoidable_cost_share);
            goods.due[cell] += outcome.due.lane(lane) * value;
            goods.lost[cell] += lost * value;
            goods.late[cell] += outcome.late.lane(lane) * value;
        }
        goods
    }
}

/// The outcomes of one lane, in the order of [`list`]; `costs` are its costs by year.
pub(crate) fn values<L: Lane>(
    experiment: &Experiment,
    outcomes: &[Outcome],
    tally: &Tally<'_, L>,
    costs: &[f64],
    lane: usize,
    address: Address,
) -> Vec<f64> {
    let all_costs = Cost::all();
    let goods = Goods::add_up(experiment, tally, lane);
    let sectors = experiment.network.sectors;
    let sum = |amounts: &[f64], o: &Outcome| -> f64 {
        amounts
            .iter()
            .enumerate()
            .filter(|(cell, _)| {
                o.region.is_none_or(|r| cell / sectors == r) && o.sector.is_none_or(|s| cell % sectors == s)
            })
            .map(|(_, amount)| amount)
            .sum()
    };
    let rates = welfare::rates(experiment, address);
    let by_region: Vec<f64> =
        (0..experiment.network.regions).map(|r| welfare::of_region(tally, r, rates, lane)).collect();
    let share = |part: &[f64], o: &Outcome| sum(part, o) / sum(&goods.due, o).max(1e-300);
    outcomes
        .iter()
        .map(|o| match o.measure {
            OutcomeKind::ValueAddedLost => sum(&goods.lost_value, o),
            OutcomeKind::LostShare => share(&goods.lost, o),
            OutcomeKind::LateShare => share(&goods.late, o),
            OutcomeKind::FirstStop => stops(experiment, tally, lane, o).0,
            OutcomeKind::LinesStopped => stops(experiment, tally, lane, o).1,
            OutcomeKind::PriceTransfer => o.region.map_or(0.0, |r| price_transfer(tally, r, lane)),
            OutcomeKind::ResilienceLoss => match (o.region, o.sector) {
                (Some(r), Some(s)) => {
                    tally.resilience_loss[(RegionId::from(r), SectorId::from(s))].lane(lane)
                }
                _ => 0.0,
            },
            OutcomeKind::Welfare => o.region.map_or_else(|| by_region.iter().sum(), |r| by_region[r]),
            OutcomeKind::FirstNewOutput => plants::first_new_output(experiment, tally, lane),
            OutcomeKind::EntrantsIdled => plants::entrants_idled(experiment, tally, lane),
            OutcomeKind::Cost(spending) => all_costs
                .iter()
                .zip(costs.chunks(tally.ledger.years))
                .filter(|(cost, _)| cost.spent_on == spending)
                .flat_map(|(_, years)| years)
                .sum(),
            OutcomeKind::PricePeak | OutcomeKind::WeeksToPeak | OutcomeKind::WeeksToHalf => {
                price(experiment, tally, lane, o)
            }
        })
        .collect()
}

/// Paid for inputs beyond reference prices in a region, over all years.
fn price_transfer<L: Lane>(tally: &Tally<'_, L>, region: usize, lane: usize) -> f64 {
    let of = |year| tally.ledger.amount(year, Entry::PriceTransfer, region).lane(lane);
    (0..tally.ledger.years).map(of).sum()
}

/// Share of a firm's lines that are idle, in whole lines; a firm that is one line is what it makes short.
pub fn idle_lines(experiment: &Experiment, agent: usize, idle: f64) -> f64 {
    match experiment.network.agents[agent].lines {
        0 | 1 => idle,
        lines => (idle * f64::from(lines) + 1e-9).floor() / f64::from(lines),
    }
}

/// First stop, and greatest share of lines idle, of the producers of a region and sector.
fn stops<L: Lane>(experiment: &Experiment, tally: &Tally<'_, L>, lane: usize, o: &Outcome) -> (f64, f64) {
    let (mut first, mut stopped, mut lines) = (NEVER, 0.0, 0.0);
    for (a, agent, producer) in producers(&experiment.network) {
        let here = o.region.is_none_or(|r| agent.region.at() == r)
            && o.sector.is_none_or(|s| producer.sector.at() == s);
        if here {
            let line = &tally.lines[a];
            first = first.min(line.first_stop.lane(lane));
            lines += f64::from(agent.lines);
            stopped += f64::from(agent.lines) * idle_lines(experiment, a, line.most_idle.lane(lane));
        }
    }
    (first, stopped / f64::max(lines, 1.0))
}

fn price<L: Lane>(experiment: &Experiment, tally: &Tally<'_, L>, lane: usize, o: &Outcome) -> f64 {
    let wanted = |series: &Series| match series {
        Series::HomePrice(c) => o.region.is_some() && Some(c.at()) == o.item,
        Series::OutsidePrice(c) => o.region.is_none() && Some(c.at()) == o.item,
        _ => false,
    };
    let Some(place) = experiment.scope.series.iter().position(wanted) else { return 0.0 };
    let price = &tally.prices[place];
    match o.measure {
        OutcomeKind::PricePeak => price.peak.lane(lane) / price.before.lane(lane).max(1e-300),
        OutcomeKind::WeeksToPeak => price.weeks_to_peak.lane(lane),
        _ => price.weeks_to_half.lane(lane),
    }
}

/// Whether an agent's line is followed: of final producers, and of plants of stages that a world says are lines.
pub fn is_line(experiment: &Experiment, agent: usize) -> bool {
    let agent = &experiment.network.agents[agent];
    match agent.role {
        Role::Producer(_) => true,
        Role::Facility => experiment.network.lines[agent.stage.at()],
        Role::Reserve => false,
    }
}
