//! What each kind of event and programme reads. A field that it does not read would change nothing: it is told, so that
//! nobody takes it for done.

use chokepoint_input::document::{EventDocument, EventKind, ProgrammeDocument, TargetDocument};
use chokepoint_input::leaf::Leaf;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;

const TIMES: [&str; 3] = ["ramp", "duration", "recovery"];
const LEAKS: [&str; 4] = ["leakage", "leakage_ramp", "leakage_lag", "leakage_premium"];
const GOODS: [&str; 3] = ["stages", "commodities", "elements"];

/// Kinds of programmes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Build,
    Grant,
    InvestmentCredit,
    ProductionCredit,
    Loan,
    ExportCredit,
    PriceFloor,
    Offtake,
    Collect,
}

impl Kind {
    /// Whether it does nothing where nothing is built.
    pub(crate) fn pays_for_building(self) -> bool {
        matches!(self, Self::Build | Self::Grant | Self::InvestmentCredit | Self::Loan | Self::ExportCredit)
    }

    /// As it is written in names of draws and in lists.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Grant => "grant",
            Self::InvestmentCredit => "investment-credit",
            Self::ProductionCredit => "production-credit",
            Self::Loan => "loan",
            Self::ExportCredit => "export-credit",
            Self::PriceFloor => "price-floor",
            Self::Offtake => "offtake",
            Self::Collect => "collect",
        }
    }
}

/// What this kind of event reads of the fields that only some kinds do.
pub(crate) fn fields_of(kind: EventKind) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        EventKind::ExportCap | EventKind::EntityBlacklist => &LEAKS,
        EventKind::Licence => &["licence", LEAKS[0], LEAKS[1], LEAKS[2], LEAKS[3]],
        // a quota is in force in full or not at all
        EventKind::Quota => {
            return ["duration", "quota"].into_iter().chain(LEAKS).collect();
        }
        EventKind::TechnologyEmbargo => &["delay"],
        // a stock is destroyed at once
        EventKind::InventoryLoss => return Vec::new(),
        _ => &[],
    };
    TIMES.iter().chain(own).copied().collect()
}

/// Lists that a target of this kind reads.
pub(crate) fn target_of(kind: EventKind) -> Vec<&'static str> {
    let (goods, own): (&[&str], &[&str]) = match kind {
        EventKind::ExportCap
        | EventKind::EntityBlacklist
        | EventKind::Licence
        | EventKind::Quota
        | EventKind::Tariff
        | EventKind::ExportDuty
        | EventKind::Enforcement => (&GOODS, &["origins", "destinations", "agents", "customers"]),
        EventKind::CapacityLoss
        | EventKind::ProductionQuota
        | EventKind::TechnologyEmbargo
        | EventKind::PriceWar => (&GOODS, &["origins", "agents"]),
        EventKind::InventoryLoss => (&["stages", "commodities"], &["origins", "agents"]),
        EventKind::Announcement => (&GOODS, &["origins", "destinations"]),
        EventKind::DemandShift => (&[], &["destinations", "sectors", "agents"]),
        EventKind::TransportDelay => (&[], &["gateways"]),
    };
    goods.iter().chain(own).copied().collect()
}

/// Tells of fields of an event that its kind does not read.
pub(crate) fn event(
    kind: EventKind,
    event: &EventDocument<'_>,
    target: Option<&TargetDocument<'_>>,
    reader: &mut Reader<'_>,
) {
    let written = [
        ("ramp", event.ramp),
        ("duration", event.duration),
        ("recovery", event.recovery),
        ("leakage", event.leakage),
        ("leakage_ramp", event.leakage_ramp),
        ("leakage_lag", event.leakage_lag),
        ("leakage_premium", event.leakage_premium),
        ("licence", event.licence),
        ("quota", event.quota),
        ("delay", event.delay),
    ];
    let what = format!("an event of the kind `{kind:?}`");
    tell(&what, &written, &fields_of(kind), reader);
    if event.leakage.is_none() && fields_of(kind).contains(&"leakage") {
        let written = &written[4..7];
        tell(&format!("{what} without `leakage`"), written, &["leakage"], reader);
    }
    let Some(target) = target else { return };
    let written = [
        ("stages", target.stages.first().copied()),
        ("commodities", target.commodities.first().copied()),
        ("elements", target.elements.first().copied()),
        ("origins", target.origins.first().copied()),
        ("destinations", target.destinations.first().copied()),
        ("agents", target.agents.first().copied()),
        ("customers", target.customers.first().copied()),
        ("sectors", target.sectors.first().copied()),
        ("gateways", target.gateways.first().copied()),
    ];
    let what = format!("the target of {what}");
    // unregistered plants stop wherever their goods go
    if kind == EventKind::Enforcement && !target.agents.is_empty() {
        return tell(&format!("{what} on `agents`"), &written, &target_of(EventKind::CapacityLoss), reader);
    }
    tell(&what, &written, &target_of(kind), reader);
}

/// Tells of numbers of a programme that its kind does not read.
pub(crate) fn programme(kind: Kind, document: &ProgrammeDocument<'_>, reader: &mut Reader<'_>) {
    let read: &[&str] = match kind {
        Kind::Loan | Kind::ExportCredit => &["share", "cut"],
        Kind::PriceFloor => &["share", "price", "upside"],
        // above its price all goes to the buyer
        Kind::Offtake => &["share", "price"],
        _ => &["share"],
    };
    let written = [
        ("share", document.share),
        ("cut", document.cut),
        ("price", document.price),
        ("upside", document.upside),
    ];
    tell(&format!("a programme of the kind `{}`", kind.name()), &written, read, reader);
}

fn tell(what: &str, written: &[(&str, Option<Leaf<'_>>)], read: &[&str], reader: &mut Reader<'_>) {
    for (field, leaf) in written {
        if let Some(leaf) = leaf.filter(|_| !read.contains(field)) {
            let known = read.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ");
            reader
                .error(Code::UnknownField, leaf, format!("{what} does not read `{field}`"))
                .label("nothing of it would hang on this")
                .help(match read {
                    [] => "leave it out".to_owned(),
                    _ => format!("leave it out: beside what all kinds have, this one reads {known}"),
                });
        }
    }
}
