//! The core on its own: lanes, chance, and the week on small worlds with numbers by hand.
// a test that cannot go on fails: that is what unwrap says here
#![allow(clippy::unwrap_used)]

mod chance;
mod lanes;
mod small;
mod week;
