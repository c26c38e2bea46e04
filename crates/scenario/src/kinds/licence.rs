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
use chokepoint_core::plan::{Effect, LicenceClass, LicenceRule, LicensedLink, RefusedClass};
use chokepoint_core::state::QUEUE_WEEKS;
use chokepoint_core::time::Week;
use chokepoint_input::leaf::{Leaf, Unit};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::Code;
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
const SPREAD: Field = Field::may(
    "spread",
    Value::Drawn(Unit::Share, (0.0, 2.0)),
    "how unequally long applications take: standard deviation of the logarithm of the processing time",
);
const CLASSES: Field = Field::may(
    "classes",
    Value::Other("[class, …]"),
    "buyers whose applications are dealt with faster or slower than others; the first class that fits counts",
);
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
pub(crate) const TERMS: [Field; 11] = [
    PROCESSING,
    PROCESSING_LATER,
    APPROVAL,
    APPROVAL_LATER,
    SETTLES,
    SPREAD,
    CLASSES,
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

const OF_SECTORS: Field = Field::may(
    "sectors",
    Value::Names,
    "sectors of final demand in which most of what the buyer makes ends; without it all",
);
const TO: Field =
    Field::may("destinations", Value::Names, "countries or regions of the buyers; without it all");
const LEAST_SHARE: Field = Field::may(
    "least_share",
    Value::Same(Unit::Share, SHARE),
    "buyers of at least this share of what the country of its seller sells of a good to others",
);
const TIMES: Field = Field::may(
    "processing",
    Value::Same(Unit::Share, (0.0, 20.0)),
    "their processing time over that of others",
);
const APPROVED: Field = Field::may(
    "approval",
    Value::Same(Unit::Share, (0.0, 20.0)),
    "share of theirs that is approved over that of others; at most all",
);

/// The record of a class of buyers who are dealt with apart.
pub(crate) const APART: [Field; 5] = [OF_SECTORS, TO, LEAST_SHARE, TIMES, APPROVED];

/// A class of buyers who are dealt with apart.
struct Apart {
    /// Of each agent, the share of what it makes that ends in the class's sectors.
    uses: Option<Vec<f64>>,
    /// Countries of the buyers; none: all.
    destinations: Vec<usize>,
    /// Least share of the trade that a buyer has.
    least_share: f64,
    /// How it is dealt with.
    class: LicenceClass,
}

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
    let leaves = terms.list(&CLASSES, reader);
    let apart: Vec<Apart> = leaves.iter().filter_map(|leaf| apart(*leaf, resolver, reader)).collect();
    let (regime, threshold) = (regime?, threshold?);
    let classes = (&refused[..], &apart[..]);
    let rule = rule(event.selected.as_ref()?, classes, threshold, resolver, event.detour_weeks);
    if apart.len() == leaves.len() {
        for (leaf, place) in leaves.into_iter().zip(1..) {
            if !rule.links.iter().any(|licensed| licensed.class.place == place) {
                reader
                    .error(Code::Inconsistent, leaf, "no buyer is in this class")
                    .label("fits no link under the licence, or only links of earlier classes")
                    .help("a buyer is in the first class that fits its country, its share of the trade and most of its use");
            }
        }
    }
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
    let spread = terms.drawn_or(&SPREAD, 0.0, reader);
    let refusal = terms.drawn_or(&REFUSAL, 0.0, reader);
    let validity = terms.drawn(&VALIDITY, reader);
    let ramp = (SETTLES, settles?);
    let path = |(from, to)| Path { from, to, ramp };
    Some(Regime {
        processing: path(processing?),
        approval: path(approval?),
        spread: (SPREAD, spread?),
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

fn apart(leaf: Leaf<'_>, resolver: &Resolver<'_>, reader: &mut Reader<'_>) -> Option<Apart> {
    let place = leaf;
    let class = Record::read(leaf, &APART, reader)?;
    if class.get(&TIMES).is_none() && class.get(&APPROVED).is_none() {
        reader
            .error(Code::MissingField, place, "a class of buyers is dealt with as all others")
            .label("changes nothing")
            .help("give its `processing` or its `approval` over that of others, as in Percent(50)");
        return None;
    }
    let names = Names { world: resolver.world };
    let sectors = class.list(&OF_SECTORS, reader);
    let sectors = names.sectors(&sectors, reader);
    let destinations = class.list(&TO, reader);
    let destinations = names.countries(&destinations, reader);
    let mut same_or = |field: &Field, otherwise: f64| match class.get(field) {
        Some(_) => class.same(field, reader),
        None => Some(otherwise),
    };
    let (least_share, time) = (same_or(&LEAST_SHARE, 0.0), same_or(&TIMES, 1.0));
    let class = LicenceClass { place: 0, time: time?, approval: same_or(&APPROVED, 1.0)? };
    let is_meant = |_: &Agent, sector: usize| sectors.contains(&sector);
    let uses = (!sectors.is_empty()).then(|| end_use(&resolver.network, &is_meant));
    Some(Apart { uses, destinations, least_share: least_share?, class })
}

/// How the applications on a link are dealt with, whose buyer has this share of the trade of its good from its country.
fn class_of(apart: &[Apart], share: f64, link: LinkId, network: &Network) -> LicenceClass {
    let agent = network.inputs[network.links[link.at()].buyer.at()].agent.at();
    let fits = |class: &Apart| {
        class.uses.as_ref().is_none_or(|uses| uses[agent] > 0.5)
            && any(&class.destinations, network.agents[agent].country.at())
            && share >= class.least_share
    };
    let first = (1_u32..).zip(apart).find(|(_, class)| fits(class));
    first.map_or(LicenceClass::USUAL, |(place, class)| LicenceClass { place, ..class.class })
}

/// Of each link, the share that its buyer has of what its seller's country sells of the good on all of them.
fn shares_of_trade(links: &[LinkId], network: &Network) -> Vec<f64> {
    let of = |link: &LinkId| {
        let output = &network.outputs[network.links[link.at()].seller.at()];
        (output.commodity, network.agents[output.agent.at()].country)
    };
    let flow = |link: &LinkId| network.links[link.at()].base_flow;
    let all = |link: &LinkId| links.iter().filter(|other| of(other) == of(link)).map(flow).sum::<f64>();
    let same_buyer = |a: &LinkId, b: &LinkId| network.links[a.at()].buyer == network.links[b.at()].buyer;
    let share = |link: &LinkId| {
        let its = links.iter().filter(|other| same_buyer(other, link) && of(other) == of(link));
        its.map(flow).sum::<f64>() / all(link).max(f64::MIN_POSITIVE)
    };
    links.iter().map(share).collect()
}

fn rule(
    selected: &Selection,
    (refused, apart): (&[Refused], &[Apart]),
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
        let network = &resolver.network;
        let shares = if apart.is_empty() { vec![0.0; links.len()] } else { shares_of_trade(links, network) };
        let one = |(l, share): (&LinkId, f64)| {
            let class = class_of(apart, share, *l, network);
            LicensedLink { link: *l, refused: refused(*l, network), foreign, class }
        };
        links.iter().zip(shares).map(one).collect()
    };
    let links: Vec<LicensedLink> = [of(&home, false), of(&foreign, true)].concat();
    LicenceRule { links, content_threshold: threshold.unwrap_or(0.0) }
}
