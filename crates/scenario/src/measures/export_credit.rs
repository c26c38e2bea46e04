//! An export credit agency lends a share of the capital below what owners ask.

use super::{Resolved, Spec, Written, loan};
use crate::resolver::Resolver;
use chokepoint_input::reader::Reader;

pub(super) const SPEC: Spec = Spec {
    name: "export-credit",
    means: "An export credit agency lends a share of the capital below what owners ask",
    ..loan::SPEC
};

pub(super) fn resolve(
    measure: &Written<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    loan::resolve(measure, resolver, reader)
}
