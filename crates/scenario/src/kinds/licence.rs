//! Exports on the targeted links need a licence, and an authority decides on applications.

use super::fields::{
    DIVERSION, DURATION, LEAKAGE, LEAKAGE_LAG, LEAKAGE_PREMIUM, LEAKAGE_RAMP, RAMP, RECOVERY, SHARE, TIME,
    TRADE, size,
};
use super::{Event, Resolved, Spec};
use crate::resolver::Resolver;
use crate::select::{Names, Selection, any};
use crate::targets::end_use;
use chokepoint_core::chance::Distribution;
use chokepoint_core::draw::{Path, Regime};
use chokepoint_core::id::LinkId;
use chokepoint_core::network::{Agent, Network};
use chokepoint_core::plan::{Effect, LicenceRule, LicensedLink, RefusedClass};
use chokepoint_core::state::QUEUE_WEEKS;
use chokepoint_core::time::Week;
use chokepoint_input::leaf::{Leaf, Unit};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Record, Value};

const LICENCE: Field =
    Field::need("licence", Value::Other("licence"), "how the licensing authority works; a Licence needs it");

pub(super) const SPEC: Spec = Spec {
    means: "Exports need a licence",
    magnitude: size("share of trade that needs a licence", SHARE),
    touches: "trade that leaves the origins for the destinations",
    thing: "trade",
    target: TRADE,
    fields: &[
        RAMP,
        DURATION.needed(),
        RECOVERY,
        LICENCE,
        LEAKAGE,
        LEAKAGE_RAMP,
        LEAKAGE_LAG,
        LEAKAGE_PREMIUM,
        DIVERSION,
    ],
};

/// Longest processing time that a queue can hold, weeks.
pub(super) const QUEUE: (f64, f64) = (0.0, QUEUE_WEEKS as f64 - 2.0);

const PROCESSING: Field = Field::need(
    "processing",
    Value::Drawn(Unit::Time, QUEUE),
    "time before an application is decided at the earliest",
);
const PROCESSING_LATER: Field =
    Field::may("processing_later", Value::Drawn(Unit::Time, QUEUE), "the same once the regime has settled");
const APPROVAL: Field = Field::need(
    "approval",
    Value::Drawn(Unit::Share, SHARE),
    "share of the ripe applications that is granted within a further processing time",
);
const APPROVAL_LATER: Field =
    Field::may("approval_later", Value::Drawn(Unit::Share, SHARE), "the same once the regime has settled");
const SETTLES: Field =
    Field::may("settles", Value::Drawn(Unit::Time, TIME), "time from the first values to the later ones");
const REFUSAL: Field =
    Field::may("refusal", Value::Drawn(Unit::Share, SHARE), "share of all applications that is refused");
const REFUSED: Field = Field::may(
    "refused",
    Value::Other("[refused, …]"),
    "shares refused because of who uses the goods in the end",
);
pub(super) const VALIDITY: Field = Field::need(
    "validity",
    Value::Drawn(Unit::Time, (1.0, MOST_WEEKS)),
    "time within which a licence must be used; then it applies anew",
);
const CONTENT_THRESHOLD: Field = Field::may(
    "content_threshold",
    Value::Same(Unit::Share, SHARE),
    "share of controlled origin from which trade between third countries needs a licence too",
);

/// The record of a licensing authority.
pub(crate) const TERMS: [Field; 9] = [
    PROCESSING,
    PROCESSING_LATER,
    APPROVAL,
    APPROVAL_LATER,
    SETTLES,
    REFUSAL,
    REFUSED,
    VALIDITY,
    CONTENT_THRESHOLD,
];

const SECTORS: Field = Field::need(
    "sectors",
    Value::Names,
    "sectors of final demand; a maker counts by the share of its output that ends there",
);
const DESTINATIONS: Field =
    Field::may("destinations", Value::Names, "countries or regions of the final users; without it all");
const REFUSED_SHARE: Field =
    Field::need("share", Value::Same(Unit::Share, SHARE), "share of what is for them");
const UNTIL: Field = Field::may("until", Value::Date, "first day on which they are refused no more");

/// The record of a class of users who are refused.
pub(crate) const CLASS: [Field; 4] = [SECTORS, DESTINATIONS, REFUSED_SHARE, UNTIL];

/// A class of users who are refused.
struct Refused {
    /// Sectors of final use.
    sectors: Vec<usize>,
    /// Countries of the final users; none: all.
    destinations: Vec<usize>,
    /// Share of what is for them.
    share: f64,
    /// The first week in which they are refused no more.
    until: Week,
}

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let terms = Record::read(event.record.get(&LICENCE)?, &TERMS, reader)?;
    let regime = regime(&terms, reader);
    let threshold = match terms.get(&CONTENT_THRESHOLD) {
        Some(_) => terms.same(&CONTENT_THRESHOLD, reader).map(Some),
        None => Some(None),
    };
    let refused: Vec<Refused> =
        terms.list(&REFUSED, reader).into_iter().filter_map(|leaf| class(leaf, resolver, reader)).collect();
    let (regime, threshold) = (regime?, threshold?);
    let rule = rule(event.selected.as_ref()?, &refused, threshold, resolver, event.detour_weeks);
    Some(Resolved { regime: Some(regime), ..Effect::Licence(rule).into() })
}

/// How the authority works, each number with its field.
fn regime(terms: &Record<'_>, reader: &mut Reader<'_>) -> Option<Regime<(Field, Distribution)>> {
    let mut path = |first: Field, later: Field| {
        let from = terms.drawn(&first, reader).map(|drawn| (first, drawn));
        // what settles at nothing else is one number, with one name
        let to = match terms.get(&later) {
            Some(_) => terms.drawn(&later, reader).map(|drawn| (later, drawn)),
            None => from,
        };
        from.zip(to)
    };
    let (processing, approval) = (path(PROCESSING, PROCESSING_LATER), path(APPROVAL, APPROVAL_LATER));
    let settles = terms.drawn_or(&SETTLES, 0.0, reader);
    let refusal = terms.drawn_or(&REFUSAL, 0.0, reader);
    let validity = terms.drawn(&VALIDITY, reader);
    let ramp = (SETTLES, settles?);
    let path = |(from, to)| Path { from, to, ramp };
    Some(Regime {
        processing: path(processing?),
        approval: path(approval?),
        refusal: (REFUSAL, refusal?),
        validity: (VALIDITY, validity?),
    })
}

fn class(leaf: Leaf<'_>, resolver: &Resolver<'_>, reader: &mut Reader<'_>) -> Option<Refused> {
    let class = Record::read(leaf, &CLASS, reader)?;
    let names = Names { world: resolver.world };
    let sectors = class.list(&SECTORS, reader);
    let sectors = names.sectors(&sectors, reader);
    let destinations = class.list(&DESTINATIONS, reader);
    let destinations = names.countries(&destinations, reader);
    let until = match class.get(&UNTIL) {
        None => Some(Week::MAX),
        Some(leaf) => resolver.week_of(leaf, reader),
    };
    let share = class.same(&REFUSED_SHARE, reader);
    Some(Refused { sectors, destinations, share: share?, until: until? })
}

fn rule(
    selected: &Selection,
    refused: &[Refused],
    threshold: Option<f64>,
    resolver: &mut Resolver<'_>,
    detour_weeks: u32,
) -> LicenceRule {
    let classes: Vec<(&Refused, Vec<f64>)> = refused
        .iter()
        .map(|class| {
            let refused = |agent: &Agent, sector: usize| {
                class.sectors.contains(&sector) && any(&class.destinations, agent.country.at())
            };
            (class, end_use(&resolver.network, &refused))
        })
        .collect();
    let refused = |link: LinkId, network: &Network| -> Vec<RefusedClass> {
        let buyer = network.inputs[network.links[link.at()].buyer.at()].agent.at();
        let of = |(class, uses): &(&Refused, Vec<f64>)| {
            let share = (class.share * uses[buyer]).min(1.0);
            (share > 0.0).then_some(RefusedClass { share, until: class.until })
        };
        classes.iter().filter_map(of).collect()
    };
    let home = selected.links(&resolver.network);
    let foreign = if threshold.is_some() { selected.foreign(&resolver.network) } else { Vec::new() };
    resolver.enter_trade(&home, detour_weeks);
    resolver.enter_control(&foreign, detour_weeks);
    let of = |links: &[LinkId], foreign: bool| -> Vec<LicensedLink> {
        let one = |l: &LinkId| LicensedLink { link: *l, refused: refused(*l, &resolver.network), foreign };
        links.iter().map(one).collect()
    };
    let links: Vec<LicensedLink> = [of(&home, false), of(&foreign, true)].concat();
    LicenceRule { links, content_threshold: threshold.unwrap_or(0.0) }
}
