//! Who pays what: the ledger of an arm by payer and kind. Undiscounted US dollars, over all regions.

use crate::future::{Uncertainty, draw};
use chokepoint_core::lanes::Lane;
use chokepoint_core::outcome::Tally;
use chokepoint_scenario::document::Payer;
use chokepoint_scenario::experiment::Arm;

/// What money is spent on.
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
}

/// What kind of money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Paid once for something that lasts.
    Capital,
    /// Paid as long as it goes on.
    Running,
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
            Self::Residual => "residual",
            Self::Transfer => "transfer",
        }
    }
}

impl Cost {
    /// Every cost, in the order of files.
    pub const ALL: [Self; 11] = [
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
    ];

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
        }
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::ReservePurchases | Self::ReserveSales | Self::BufferPurchases => Kind::Capital,
            Self::ReserveCarrying | Self::BufferCarrying | Self::Thrifting => Kind::Running,
            Self::ReserveResidual | Self::BufferResidual => Kind::Residual,
            Self::ExportDuties | Self::Tariffs | Self::LicenceRents => Kind::Transfer,
        }
    }

    /// Who pays it in an arm: stock by the strategy's payer, the rest by the firms that buy.
    pub fn payer(self, arm: &Arm) -> Payer {
        match (self, &arm.strategy) {
            (Self::Thrifting | Self::ExportDuties | Self::Tariffs | Self::LicenceRents, _) | (_, None) => {
                Payer::Firm
            }
            (_, Some(strategy)) => strategy.payer,
        }
    }
}

/// One cost of one lane.
pub(crate) fn cost<L: Lane>(
    cost: Cost,
    arm: &Arm,
    tally: &Tally<'_, L>,
    lane: usize,
    address: (Uncertainty, u64, u32),
) -> f64 {
    let ledger = &tally.ledger;
    let sum = |by_region: &[L]| by_region.iter().map(|x| x.lane(lane)).sum::<f64>();
    match cost {
        Cost::ReservePurchases => sum(&ledger.reserve_purchases),
        Cost::ReserveSales => -sum(&ledger.reserve_sales),
        Cost::ReserveCarrying => carrying(arm, sum(&ledger.reserve_value_weeks), address),
        Cost::ReserveResidual => -sum(&ledger.reserve_value),
        Cost::BufferPurchases => sum(&ledger.buffer_purchases),
        Cost::BufferCarrying => carrying(arm, sum(&ledger.buffer_value_weeks), address),
        Cost::BufferResidual => -sum(&ledger.buffer_value),
        Cost::Thrifting => sum(&ledger.thrifting),
        Cost::ExportDuties => sum(&ledger.export_duties),
        Cost::Tariffs => sum(&ledger.tariffs),
        Cost::LicenceRents => sum(&ledger.licence_rents),
    }
}

/// Carrying cost of a stock: the strategy's yearly rate on value × time.
fn carrying(arm: &Arm, value_weeks: f64, (uncertainty, seed, replicate): (Uncertainty, u64, u32)) -> f64 {
    let Some(strategy) = &arm.strategy else { return 0.0 };
    let name = format!("{}/carrying_cost", strategy.id);
    let rate = draw(uncertainty, seed, replicate, &name, strategy.carrying_cost);
    rate * value_weeks / 52.0
}
