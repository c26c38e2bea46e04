//! Who pays what to whom, for what and when: the ledger of an arm by payer, payee and kind. US dollars.

use crate::future::{Uncertainty, draw, set};
use chokepoint_core::lanes::Lane;
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::ledger::Entry;
use chokepoint_scenario::document::Payer;
use chokepoint_scenario::experiment::{Arm, Experiment};

/// What money is spent on. A cost below zero is money that the payer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// What reserves bought.
    ReservePurchases,
    /// What reserves got for what they released, below zero.
    ReserveSales,
    /// Storage, decay and administration of what reserves hold.
    ReserveCarrying,
    /// What reserves hold at the horizon, at reference prices, below zero.
    ReserveResidual,
    /// What firms bought for a buffer.
    BufferPurchases,
    /// Working capital, space and obsolescence of a buffer.
    BufferCarrying,
    /// What a buffer is worth at the horizon, at reference prices, below zero.
    BufferResidual,
    /// Leaner designs and substitutes.
    Thrifting,
    /// Export duties.
    ExportDuties,
    /// Tariffs on top of the usual ones.
    Tariffs,
    /// Licence rents under a quota.
    LicenceRents,
    /// Capacity that owners add, whoever helps them.
    PlantCapital,
    /// What of that capital is not yet written off at the horizon, below zero.
    PlantResidual,
    /// Restarts of idle plants.
    Restarts,
    /// What a state pays its sellers in a price war.
    PriceWar,
    /// Capital that a programme bears.
    Grants(Payer),
    /// Processing cost that a programme bears.
    ProductionCredits(Payer),
    /// Interest below what owners ask.
    LoanSubsidies(Payer),
    /// Lent capital lost when a plant closes.
    LoanLosses(Payer),
    /// Paid under a price floor or an agreed price.
    FloorPayouts(Payer),
    /// Paid back under it, below zero.
    FloorReturns(Payer),
    /// Collection beyond what scrap earns.
    Collecting(Payer),
}

/// What kind of money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Paid once for something that lasts.
    Capital,
    /// Paid as long as it goes on.
    Running,
    /// Paid only if something happens: a price below a floor, a plant that closes.
    Contingent,
    /// What is left at the horizon.
    Residual,
    /// Paid to somebody else for nothing: a loss to one and a gain to another.
    Transfer,
}

impl Kind {
    /// As it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::Running => "running",
            Self::Contingent => "contingent",
            Self::Residual => "residual",
            Self::Transfer => "transfer",
        }
    }
}

/// Where money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payee {
    /// Taxpayers.
    Public,
    /// Firms of the chain.
    Firm,
    /// Work and material from outside the chain: it is used up.
    Resource,
    /// The payer himself: what he holds.
    Holding,
}

impl Payee {
    /// As it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Firm => "firm",
            Self::Resource => "resource",
            Self::Holding => "holding",
        }
    }
}

const PAYERS: [Payer; 3] = [Payer::Public, Payer::Firm, Payer::Consumer];

impl Cost {
    /// Every cost, in the order of files.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::ReservePurchases,
            Self::ReserveSales,
            Self::ReserveCarrying,
            Self::ReserveResidual,
            Self::BufferPurchases,
            Self::BufferCarrying,
            Self::BufferResidual,
            Self::Thrifting,
            Self::ExportDuties,
            Self::Tariffs,
            Self::LicenceRents,
            Self::PlantCapital,
            Self::PlantResidual,
            Self::Restarts,
            Self::PriceWar,
        ];
        for programme in [
            Self::Grants,
            Self::ProductionCredits,
            Self::LoanSubsidies,
            Self::LoanLosses,
            Self::FloorPayouts,
            Self::FloorReturns,
            Self::Collecting,
        ] {
            all.extend(PAYERS.map(programme));
        }
        all
    }

    /// As it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReservePurchases => "cost_reserve_purchases",
            Self::ReserveSales => "cost_reserve_sales",
            Self::ReserveCarrying => "cost_reserve_carrying",
            Self::ReserveResidual => "cost_reserve_residual",
            Self::BufferPurchases => "cost_buffer_purchases",
            Self::BufferCarrying => "cost_buffer_carrying",
            Self::BufferResidual => "cost_buffer_residual",
            Self::Thrifting => "cost_thrifting",
            Self::ExportDuties => "transfer_export_duties",
            Self::Tariffs => "transfer_tariffs",
            Self::LicenceRents => "transfer_licence_rents",
            Self::PlantCapital => "cost_plant_capital",
            Self::PlantResidual => "cost_plant_residual",
            Self::Restarts => "cost_restarts",
            Self::PriceWar => "transfer_price_war",
            Self::Grants(_) => "cost_grants",
            Self::ProductionCredits(_) => "cost_production_credits",
            Self::LoanSubsidies(_) => "cost_loan_subsidies",
            Self::LoanLosses(_) => "cost_loan_losses",
            Self::FloorPayouts(_) => "cost_floor_payouts",
            Self::FloorReturns(_) => "cost_floor_returns",
            Self::Collecting(_) => "cost_collecting",
        }
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::ReservePurchases
            | Self::ReserveSales
            | Self::BufferPurchases
            | Self::PlantCapital
            | Self::Grants(_) => Kind::Capital,
            Self::ReserveCarrying
            | Self::BufferCarrying
            | Self::Thrifting
            | Self::Restarts
            | Self::ProductionCredits(_)
            | Self::LoanSubsidies(_)
            | Self::Collecting(_) => Kind::Running,
            Self::LoanLosses(_) | Self::FloorPayouts(_) | Self::FloorReturns(_) => Kind::Contingent,
            Self::ReserveResidual | Self::BufferResidual | Self::PlantResidual => Kind::Residual,
            Self::ExportDuties | Self::Tariffs | Self::LicenceRents | Self::PriceWar => Kind::Transfer,
        }
    }

    /// Whether a support programme pays it.
    pub fn is_programme(self) -> bool {
        matches!(
            self,
            Self::Grants(_)
                | Self::ProductionCredits(_)
                | Self::LoanSubsidies(_)
                | Self::LoanLosses(_)
                | Self::FloorPayouts(_)
                | Self::FloorReturns(_)
                | Self::Collecting(_)
        )
    }

    /// Who pays it in an arm: stock by the strategy's payer, a programme by its own, the rest by the firms that buy.
    pub fn payer(self, arm: &Arm) -> Payer {
        match self {
            Self::Grants(payer)
            | Self::ProductionCredits(payer)
            | Self::LoanSubsidies(payer)
            | Self::LoanLosses(payer)
            | Self::FloorPayouts(payer)
            | Self::FloorReturns(payer)
            | Self::Collecting(payer) => payer,
            Self::PriceWar => Payer::Public,
            Self::Thrifting
            | Self::ExportDuties
            | Self::Tariffs
            | Self::LicenceRents
            | Self::PlantCapital
            | Self::PlantResidual
            | Self::Restarts => Payer::Firm,
            _ => arm.strategy.as_ref().map_or(Payer::Firm, |strategy| strategy.payer),
        }
    }

    /// Who gets it.
    pub fn payee(self) -> Payee {
        match self {
            Self::ReserveCarrying
            | Self::BufferCarrying
            | Self::Thrifting
            | Self::PlantCapital
            | Self::Restarts
            | Self::Collecting(_) => Payee::Resource,
            Self::ReserveResidual | Self::BufferResidual | Self::PlantResidual => Payee::Holding,
            Self::ExportDuties | Self::Tariffs => Payee::Public,
            _ => Payee::Firm,
        }
    }
}

/// Seed and replicate of a draw.
pub(crate) type Address = (Uncertainty, u64, u32);

/// One cost of one lane in a year of the calendar (counted from zero), over all regions or in one.
pub(crate) fn in_year<L: Lane>(
    cost: Cost,
    arm: &Arm,
    tally: &Tally<'_, L>,
    (year, region): (usize, Option<usize>),
    lane: usize,
    address: Address,
) -> f64 {
    let ledger = &tally.ledger;
    let last = year + 1 == ledger.years;
    let regions = || (0..ledger.plant_value.len()).filter(move |r| region.is_none_or(|only| only == *r));
    let sum = |entry: Entry| -> f64 { regions().map(|r| ledger.amount(year, entry, r).lane(lane)).sum() };
    let left = |values: &[L]| -> f64 {
        if last { -regions().map(|r| values[r].lane(lane)).sum::<f64>() } else { 0.0 }
    };
    match cost {
        Cost::ReservePurchases => sum(Entry::ReservePurchases),
        Cost::ReserveSales => -sum(Entry::ReserveSales),
        Cost::ReserveCarrying => carrying(arm, sum(Entry::ReserveHeld), address),
        Cost::ReserveResidual => left(&ledger.reserve_value),
        Cost::BufferPurchases => sum(Entry::BufferPurchases),
        Cost::BufferCarrying => carrying(arm, sum(Entry::BufferHeld), address),
        Cost::BufferResidual => left(&ledger.buffer_value),
        Cost::Thrifting => sum(Entry::Thrifting),
        Cost::ExportDuties => sum(Entry::ExportDuties),
        Cost::Tariffs => sum(Entry::Tariffs),
        Cost::LicenceRents => sum(Entry::LicenceRents),
        Cost::PlantCapital => sum(Entry::PlantCapital),
        Cost::PlantResidual => left(&ledger.plant_value),
        Cost::Restarts => sum(Entry::Restarts),
        Cost::PriceWar => sum(Entry::PriceWar),
        Cost::Grants(payer) => sum(Entry::Grants(payer.into())),
        Cost::ProductionCredits(payer) => sum(Entry::RunningCredits(payer.into())),
        Cost::LoanSubsidies(payer) => sum(Entry::LoanSubsidies(payer.into())),
        Cost::LoanLosses(payer) => sum(Entry::LoanLosses(payer.into())),
        Cost::FloorPayouts(payer) => sum(Entry::FloorPayouts(payer.into())),
        Cost::FloorReturns(payer) => -sum(Entry::FloorReturns(payer.into())),
        Cost::Collecting(payer) => sum(Entry::Collecting(payer.into())),
    }
}

/// Every cost of one lane over all regions, undiscounted: `[cost × years + year]` in the order of [`Cost::all`].
pub(crate) fn by_year<L: Lane>(arm: &Arm, tally: &Tally<'_, L>, lane: usize, address: Address) -> Vec<f64> {
    let years = tally.ledger.years;
    let of = |cost: Cost| (0..years).map(move |year| in_year(cost, arm, tally, (year, None), lane, address));
    Cost::all().into_iter().flat_map(of).collect()
}

/// A parameter of money in one replicate.
pub(crate) fn parameter(experiment: &Experiment, name: &str, (uncertainty, seed, replicate): Address) -> f64 {
    let fitted = experiment.world.posterior.as_ref();
    match fitted.and_then(|p| p.place(name).map(|column| (p, column))) {
        Some((p, column)) => p.sets[set(p, uncertainty, seed, replicate)][column],
        None => draw(uncertainty, seed, replicate, name, experiment.world.parameters[name].distribution),
    }
}

/// Factor to the start of the calendar of money spent in the middle of a year.
pub fn discount(rate: f64, year: usize) -> f64 {
    chokepoint_core::lanes::exp(-chokepoint_core::lanes::ln(1.0 + rate) * (year as f64 + 0.5))
}

/// Yearly cost of holding a strategy's stock, share of its value, without the interest on it.
pub(crate) fn carrying_rate(arm: &Arm, (uncertainty, seed, replicate): Address) -> f64 {
    arm.strategy.as_ref().map_or(0.0, |strategy| {
        let name = format!("{}/carrying_cost", strategy.file);
        draw(uncertainty, seed, replicate, &name, strategy.carrying_cost)
    })
}

/// Carrying cost of a stock: the strategy's yearly rate on value × time.
fn carrying(arm: &Arm, value_years: f64, address: Address) -> f64 {
    carrying_rate(arm, address) * value_years
}
