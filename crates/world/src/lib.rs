//! Tables to a balanced network: the chain at the reference level with all its names, or every reason why not.
//!
//! A world can be read and run without a scenario: [`load::world`] gives a [`world::World`] whose network the core takes.

pub mod assemble;
pub mod balance;
pub mod catalogue;
pub mod design;
pub mod draft;
pub mod load;
pub mod posterior;
pub mod synthetic;
mod tables;
pub mod trade;
pub mod uncertain;
pub mod ventures;
pub mod world;
