//! RON and CSV as text that remembers its places: values, records and tables, and every problem of a file at once.
//!
//! What is read here knows no network and no week. Each value can say where it stands, so that whoever finds it wrong can
//! point at it.

pub mod calendar;
pub mod document;
pub mod file;
pub mod leaf;
pub mod library;
pub mod limits;
pub mod parameters;
pub mod problem;
pub mod reader;
pub mod record;
pub mod table;
