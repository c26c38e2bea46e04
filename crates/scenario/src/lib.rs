//! RON and CSV to a checked network and plan, or every reason why not.
//!
//! All complaining happens here: [`load`] and [`experiment`] collect every problem of a file with its place,
//! a label and help. What comes out can be trusted by the core and by the Monte Carlo.

pub mod assemble;
pub mod balance;
pub mod calendar;
pub mod design;
pub mod document;
pub mod draft;
pub mod experiment;
pub mod history;
pub mod leaf;
pub mod limits;
pub mod load;
pub mod parameters;
pub mod posterior;
pub mod problem;
pub mod schema;
pub mod shelf;
pub mod synthetic;
pub mod table;
mod tables;
pub mod trade;
pub mod ventures;
pub mod world;
