//! The week, one file per phase, in the order in which they run.

pub mod arrivals;
pub mod construction;
pub mod controls;
pub mod demand;
mod dispersion;
mod diversion;
pub mod fringe;
pub mod give;
pub mod idling;
pub mod investment;
pub mod licensing;
pub mod ordering;
pub mod parcel;
pub mod policy;
pub mod pricing;
pub mod production;
pub mod quota;
pub mod quote;
mod regime;
mod restriction;
pub mod returns;
pub mod shipping;
pub mod sourcing;
pub mod stockpile;
pub mod thrifting;
pub mod tracing;
pub mod traders;
