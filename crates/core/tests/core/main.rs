//! The core on its own: lanes, chance, and the week on small worlds with numbers by hand.

mod chance;
mod lanes;
mod small;
mod week;
