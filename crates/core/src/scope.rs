//! What is recorded: which weekly series, from when, and against which shock.

use crate::id::{CommodityId, LinkId, RegionId, SectorId, StageId};
use crate::network::{Network, Role};
use crate::plan::{Effect, Plan};
use crate::time::Week;

/// One weekly series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Output at reference prices over output at the reference level: facilities by product value, producers by value added.
    Output(StageId, RegionId),
    /// Weeks of use that buyers of this stage and region hold as input stock, valued at reference prices.
    Cover(StageId, RegionId),
    /// Price paid in the controlling country of the control over reference.
    HomePrice(CommodityId),
    /// Price paid everywhere else over reference, whatever way goods came; the quote where nothing trades.
    OutsidePrice(CommodityId),
    /// The same of what was bought by the rules and from sellers that nothing controls.
    ContractPrice(CommodityId),
    /// What was so bought over use at the reference level.
    ContractVolume(CommodityId),
    /// Quote of what comes round controls over reference, by place in [`Plan::markets`].
    SpotQuote(usize),
    /// What came round controls over use outside at the reference level, by place in [`Plan::markets`].
    SpotVolume(usize),
    /// Value added of goods due and not built this week, share of plan.
    Unmet(SectorId, RegionId),
    /// Value added of goods due and not built this week over all sectors, share of plan.
    UnmetRegion(RegionId),
    /// Flow on controlled links over their flow at the reference level, by place in [`Plan::markets`].
    ControlledExports(usize),
    /// Flow on controlled links of a good to one region, tonnes.
    ExportsTo(CommodityId, RegionId),
    /// What arrives of a good from one region in another, tonnes.
    Arrivals(CommodityId, RegionId, RegionId),
    /// Stock of all reserves in weeks of their users' use.
    Reserves,
    /// Herfindahl-Hirschman index of the countries of a stage, by output at reference prices, 0 to 1.
    Concentration(StageId),
    /// Largest country's share of a stage's output at reference prices.
    LargestShare(StageId),
    /// Licences of all regimes together, weeks of what their links carry at the reference level.
    Licences(Licences),
    /// The same of what one region buys.
    LicencesTo(Licences, RegionId),
    /// The same of buyers of one class, where a licence has classes; zero, of all others.
    LicencesOf(Licences, u32),
    /// Shipped under a quota over its weekly allowance, by place among the plan's quotas.
    QuotaFill(usize),
    /// Licence rent of a quota, US dollars per gross kilogramme.
    QuotaRent(usize),
    /// Shipped under a quota by the rules, gross tonnes. Not among the series of a run.
    QuotaTonnes(usize),
    /// Shipped under a quota to a region, by the rules and round them, gross tonnes. Not among the series of a run.
    QuotaImports(usize, RegionId),
    /// What sellers of the controlling country ask outside it under a quota, rent and duties included, over that at the reference level; under
    /// other controls the quote of what comes round them. Not among the series of a run.
    Quote(CommodityId),
    /// What sellers of the controlling country ask at home, over that at the reference level. Not among the series of a run.
    HomeQuote(CommodityId),
    /// Made by a stage in a region, tonnes of main products. Not among the series of a run.
    Tonnes(StageId, RegionId),
    /// Made of a commodity in a region, tonnes. Not among the series of a run.
    Made(CommodityId, RegionId),
}

/// What is counted of licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Licences {
    /// Applied for this week.
    Filed,
    /// Applied for and not decided.
    Pending,
    /// Granted this week.
    Granted,
}

impl Licences {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Filed, Self::Pending, Self::Granted];
}

/// Arrivals of a good from region to region.
fn ways(network: &Network, commodity: CommodityId) -> Vec<Series> {
    let links = network.links.iter().filter(|link| network.inputs[link.buyer.at()].commodity == commodity);
    let mut ways: Vec<Series> = links
        .map(|link| {
            Series::Arrivals(commodity, network.seller_of(link).region, network.buyer_of(link).region)
        })
        .collect();
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// Classes of buyers under the licences of a plan, if there are any.
fn licence_classes(plan: &Plan) -> Vec<u32> {
    let links = plan.events.iter().filter_map(|event| match &event.effect {
        Effect::Licence(rule) => Some(&rule.links),
        _ => None,
    });
    let mut classes: Vec<u32> = links.flatten().map(|licensed| licensed.class.place).collect();
    classes.sort_unstable();
    classes.dedup();
    if classes.iter().all(|class| *class == 0) { Vec::new() } else { classes }
}

/// Regions that buy what some licence of a plan covers.
fn licensed_regions(network: &Network, plan: &Plan) -> Vec<RegionId> {
    let links = plan.events.iter().filter_map(|event| match &event.effect {
        Effect::Licence(rule) => Some(&rule.links),
        _ => None,
    });
    let buyer = |link: LinkId| network.buyer_of(&network.links[link.at()]).region;
    let mut regions: Vec<RegionId> = links.flatten().map(|licensed| buyer(licensed.link)).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// What is recorded and against what.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Series, in order.
    pub series: Vec<Series>,
    /// First recorded week.
    pub from: Week,
    /// First week that counts for outcomes: the first shock's.
    pub shock: Week,
    /// Region whose price is the home price.
    pub home: RegionId,
}

impl Scope {
    /// Every series that has something in it at the reference level, or in the shock that `plan` holds. Of the goods in
    /// `followed` that `plan` controls arrivals are recorded too.
    pub fn new(
        network: &Network,
        plan: &Plan,
        (from, shock): (Week, Week),
        home: RegionId,
        followed: &[CommodityId],
    ) -> Self {
        let mut series = Vec::new();
        for s in 0..network.stages {
            for r in 0..network.regions {
                let (stage, region) = (StageId::from(s), RegionId::from(r));
                let here = |a: &crate::network::Agent| {
                    a.stage == stage && a.region == region && a.base_activity > 0.0
                };
                if network.agents.iter().any(here) {
                    series.push(Series::Output(stage, region));
                }
                if network.agents.iter().any(|a| here(a) && !a.inputs.is_empty()) {
                    series.push(Series::Cover(stage, region));
                }
            }
        }
        for c in 0..network.commodities.len() {
            let commodity = CommodityId::from(c);
            let bought = |home_side: bool| {
                network.inputs.iter().any(|i| {
                    i.commodity == commodity
                        && i.base_use > 0.0
                        && (network.agents[i.agent.at()].region == home) == home_side
                })
            };
            if bought(true) {
                series.push(Series::HomePrice(commodity));
            }
            if bought(false) {
                series.push(Series::OutsidePrice(commodity));
            }
        }
        for (m, market) in plan.markets.iter().enumerate() {
            if series.contains(&Series::OutsidePrice(market.commodity)) {
                let commodity = market.commodity;
                series.extend([Series::ContractPrice(commodity), Series::ContractVolume(commodity)]);
                series.extend([Series::SpotQuote(m), Series::SpotVolume(m)]);
            }
        }
        for r in 0..network.regions {
            let region = RegionId::from(r);
            for s in 0..network.sectors {
                let sector = SectorId::from(s);
                if producers(network).any(|(_, a, p)| a.region == region && p.sector == sector) {
                    series.push(Series::Unmet(sector, region));
                }
            }
            if producers(network).any(|(_, a, _)| a.region == region) {
                series.push(Series::UnmetRegion(region));
            }
        }
        for stage in (0..network.stages).map(StageId::from) {
            if network.agents.iter().any(|a| a.stage == stage && a.base_activity > 0.0) {
                series.extend([Series::Concentration(stage), Series::LargestShare(stage)]);
            }
        }
        series.extend((0..plan.markets.len()).map(Series::ControlledExports));
        for market in &plan.markets {
            let mut regions: Vec<RegionId> = market
                .links
                .iter()
                .map(|link| &network.links[link.at()])
                .map(|link| network.buyer_of(link).region)
                .collect();
            regions.sort_unstable();
            regions.dedup();
            series.extend(regions.into_iter().map(|region| Series::ExportsTo(market.commodity, region)));
        }
        for market in plan.markets.iter().filter(|market| followed.contains(&market.commodity)) {
            series.extend(ways(network, market.commodity));
        }
        if !network.releases.is_empty() {
            series.push(Series::Reserves);
        }
        if plan.events.iter().any(|e| matches!(e.effect, Effect::Licence(_))) {
            series.extend(Licences::ALL.map(Series::Licences));
            let to = licensed_regions(network, plan);
            series
                .extend(to.into_iter().flat_map(|to| Licences::ALL.map(|what| Series::LicencesTo(what, to))));
            let classes = licence_classes(plan).into_iter();
            series
                .extend(classes.flat_map(|class| Licences::ALL.map(|what| Series::LicencesOf(what, class))));
        }
        let quotas = plan.quotas().count();
        series.extend((0..quotas).flat_map(|q| [Series::QuotaFill(q), Series::QuotaRent(q)]));
        Self { series, from, shock, home }
    }
}

/// The final producers with their place among the agents.
pub fn producers(
    network: &Network,
) -> impl Iterator<Item = (usize, &crate::network::Agent, &crate::network::Producer)> {
    network.producer_range().filter_map(|a| match &network.agents[a].role {
        Role::Producer(producer) => Some((a, &network.agents[a], producer)),
        _ => None,
    })
}
