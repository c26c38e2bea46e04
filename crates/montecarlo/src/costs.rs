//! Who pays what to whom, for what and when: the ledger of an arm by payer, payee and kind. US dollars.

use crate::replicates::{Uncertainty, draw_number, set};
use chokepoint_core::lanes::Lane;
use chokepoint_core::outcome::Tally;
use chokepoint_core::outcome::ledger::Entry;
use chokepoint_input::document::Payer;
use chokepoint_scenario::Experiment;

/// What money is spent on. A cost below zero is money that the payer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spending {
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
    Grants,
    /// Processing cost that a programme bears.
    ProductionCredits,
    /// Interest below what owners ask.
    LoanSubsidies,
    /// Lent capital lost when a plant closes.
    LoanLosses,
    /// Paid under a price floor or an agreed price.
    FloorPayouts,
    /// Paid back under it, below zero.
    FloorReturns,
    /// Collection beyond what scrap earns.
    Collecting,
}

/// What kind of money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
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

impl CostKind {
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
    /// The payer himself: what it holds.
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

/// Who may pay.
const PAYERS: [Payer; 3] = [Payer::Public, Payer::Firm, Payer::Consumer];

/// What money is spent on, in the order of files.
const SPENDINGS: [Spending; 22] = [
    Spending::ReservePurchases,
    Spending::ReserveSales,
    Spending::ReserveCarrying,
    Spending::ReserveResidual,
    Spending::BufferPurchases,
    Spending::BufferCarrying,
    Spending::BufferResidual,
    Spending::Thrifting,
    Spending::ExportDuties,
    Spending::Tariffs,
    Spending::LicenceRents,
    Spending::PlantCapital,
    Spending::PlantResidual,
    Spending::Restarts,
    Spending::PriceWar,
    Spending::Grants,
    Spending::ProductionCredits,
    Spending::LoanSubsidies,
    Spending::LoanLosses,
    Spending::FloorPayouts,
    Spending::FloorReturns,
    Spending::Collecting,
];

/// What somebody spends on something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// What for.
    pub spent_on: Spending,
    /// Who pays.
    pub payer: Payer,
}

impl Cost {
    /// Every cost, in the order of files.
    pub fn all() -> Vec<Self> {
        let of = |spent_on: Spending| {
            let payers = match spent_on.usual_payer() {
                Some(payer) => vec![payer],
                None => PAYERS.to_vec(),
            };
            payers.into_iter().map(move |payer| Self { spent_on, payer })
        };
        SPENDINGS.into_iter().flat_map(of).collect()
    }
}

impl Spending {
    /// All of them, in the order of files.
    pub fn all() -> [Self; 22] {
        SPENDINGS
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
            Self::Grants => "cost_grants",
            Self::ProductionCredits => "cost_production_credits",
            Self::LoanSubsidies => "cost_loan_subsidies",
            Self::LoanLosses => "cost_loan_losses",
            Self::FloorPayouts => "cost_floor_payouts",
            Self::FloorReturns => "cost_floor_returns",
            Self::Collecting => "cost_collecting",
        }
    }

    /// Its kind.
    pub fn kind(self) -> CostKind {
        match self {
            Self::ReservePurchases
            | Self::ReserveSales
            | Self::BufferPurchases
            | Self::PlantCapital
            | Self::Grants => CostKind::Capital,
            Self::ReserveCarrying
            | Self::BufferCarrying
            | Self::Thrifting
            | Self::Restarts
            | Self::ProductionCredits
            | Self::LoanSubsidies
            | Self::Collecting => CostKind::Running,
            Self::LoanLosses | Self::FloorPayouts | Self::FloorReturns => CostKind::Contingent,
            Self::ReserveResidual | Self::BufferResidual | Self::PlantResidual => CostKind::Residual,
            Self::ExportDuties | Self::Tariffs | Self::LicenceRents | Self::PriceWar => CostKind::Transfer,
        }
    }

    /// Whether a support programme pays it.
    pub fn is_programme(self) -> bool {
        matches!(
            self,
            Self::Grants
                | Self::ProductionCredits
                | Self::LoanSubsidies
                | Self::LoanLosses
                | Self::FloorPayouts
                | Self::FloorReturns
                | Self::Collecting
        )
    }

    /// Who pays it whatever a strategy says; none where its measures say who does.
    fn usual_payer(self) -> Option<Payer> {
        match self {
            Self::PriceWar => Some(Payer::Public),
            Self::Thrifting
            | Self::ExportDuties
            | Self::Tariffs
            | Self::LicenceRents
            | Self::PlantCapital
            | Self::PlantResidual
            | Self::Restarts => Some(Payer::Firm),
            _ => None,
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
            | Self::Collecting => Payee::Resource,
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
    tally: &Tally<'_, L>,
    year: usize,
    region: Option<usize>,
    lane: usize,
) -> f64 {
    let ledger = &tally.ledger;
    let last = year + 1 == ledger.years;
    let payer: chokepoint_core::plan::Payer = cost.payer.into();
    let over_regions = |amount: &dyn Fn(usize) -> L| -> f64 {
        let regions = (0..ledger.plant_value.len()).filter(|r| region.is_none_or(|only| only == *r));
        regions.map(|r| amount(r).lane(lane)).sum()
    };
    let sum = |entry: Entry| over_regions(&|r| ledger.amount(year, entry, r));
    let left = |value: &dyn Fn(usize) -> L| if last { -over_regions(value) } else { 0.0 };
    match cost.spent_on {
        Spending::ReservePurchases => sum(Entry::ReservePurchases(payer)),
        Spending::ReserveSales => -sum(Entry::ReserveSales(payer)),
        Spending::ReserveCarrying => sum(Entry::ReserveCarrying(payer)),
        Spending::ReserveResidual => left(&|r| ledger.in_reserves(payer, r)),
        Spending::BufferPurchases => sum(Entry::BufferPurchases(payer)),
        Spending::BufferCarrying => sum(Entry::BufferCarrying(payer)),
        Spending::BufferResidual => left(&|r| ledger.in_buffers(payer, r)),
        Spending::Thrifting => sum(Entry::Thrifting),
        Spending::ExportDuties => sum(Entry::ExportDuties),
        Spending::Tariffs => sum(Entry::Tariffs),
        Spending::LicenceRents => sum(Entry::LicenceRents),
        Spending::PlantCapital => sum(Entry::PlantCapital),
        Spending::PlantResidual => left(&|r| ledger.plant_value[r]),
        Spending::Restarts => sum(Entry::Restarts),
        Spending::PriceWar => sum(Entry::PriceWar),
        Spending::Grants => sum(Entry::Grants(payer)),
        Spending::ProductionCredits => sum(Entry::RunningCredits(payer)),
        Spending::LoanSubsidies => sum(Entry::LoanSubsidies(payer)),
        Spending::LoanLosses => sum(Entry::LoanLosses(payer)),
        Spending::FloorPayouts => sum(Entry::FloorPayouts(payer)),
        Spending::FloorReturns => -sum(Entry::FloorReturns(payer)),
        Spending::Collecting => sum(Entry::Collecting(payer)),
    }
}

/// Every cost of one lane over all regions, undiscounted: `[cost × years + year]` in the order of [`Cost::all`].
pub fn by_year<L: Lane>(tally: &Tally<'_, L>, lane: usize) -> Vec<f64> {
    let years = tally.ledger.years;
    let of = |cost: Cost| (0..years).map(move |year| in_year(cost, tally, year, None, lane));
    Cost::all().into_iter().flat_map(of).collect()
}

/// A parameter of money in one replicate.
pub(crate) fn parameter(experiment: &Experiment, name: &str, (uncertainty, seed, replicate): Address) -> f64 {
    let fitted = experiment.world.posterior.as_ref();
    match fitted.and_then(|p| p.place(name).map(|column| (p, column))) {
        Some((p, column)) => p.sets[set(p, uncertainty, seed, replicate)][column],
        None => {
            draw_number(uncertainty, seed, replicate, name, experiment.world.parameters[name].distribution)
        }
    }
}

/// Factor to the start of the calendar of money spent in the middle of a year.
pub fn discount(rate: f64, year: usize) -> f64 {
    chokepoint_core::lanes::exp(-chokepoint_core::lanes::ln(1.0 + rate) * (year as f64 + 0.5))
}
