//! Typed indices. Names live at the edges (the scenario crate); the core never sees a string.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// As an array index.
            #[inline(always)]
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
        impl crate::grid::Place for $name {
            #[inline(always)]
            fn at(self) -> usize {
                self.0 as usize
            }
        }
        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(to_u32(index))
            }
        }
    )*};
}

ids! {
    /// Something that is traded.
    CommodityId,
    /// A conserved chemical element.
    ElementId,
    /// A facility, a final producer or a reserve.
    AgentId,
    /// What an agent makes or sells: one commodity of one agent.
    OutputId,
    /// What an agent buys: one commodity of one agent.
    InputId,
    /// One buyer's trade with one seller in one commodity.
    LinkId,
    /// A reporting region.
    RegionId,
    /// A country.
    CountryId,
    /// A stage of the chain, upstream first.
    StageId,
    /// A sector of final demand.
    SectorId,
    /// A port or land crossing.
    GatewayId,
}

/// A number of things as 32 bits.
///
/// # Panics
///
/// Beyond four thousand million: the limits of what is read and of what is run lie far below.
pub fn to_u32(count: usize) -> u32 {
    u32::try_from(count).expect("limits keep counts within 32 bits")
}
