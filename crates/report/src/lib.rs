//! The briefing of a run: its numbers ([`Brief`]), what it consists of ([`Document`]), and one HTML file that needs no
//! network ([`html::page`]) or, with the feature `pdf`, a PDF.

pub mod brief;
mod briefing;
pub mod document;
mod figure;
mod glossary;
pub mod html;
#[cfg(feature = "pdf")]
pub mod paper;
mod section;
mod sentences;
mod table;

pub use brief::Brief;
pub use document::Document;
