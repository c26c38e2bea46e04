//! Laws, rest and patterns on the shipped world.

mod laws;
mod patterns;
mod same;
mod shipped;
