//! The briefing of a run: its numbers ([`Brief`]), and one HTML file that needs no network ([`html::page`]).

pub mod brief;
mod figure;
pub mod html;
mod section;
mod table;

pub use brief::Brief;
