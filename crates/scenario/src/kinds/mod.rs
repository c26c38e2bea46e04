//! Kinds of events, a file each. A kind says in its [`Spec`] what it reads and what its size means; from it follow what is
//! reported of an event, what may be put in place of its numbers, and its page of the format.

pub(crate) mod announcement;
pub(crate) mod capacity_loss;
pub(crate) mod customs_hold;
pub(crate) mod demand_shift;
pub(crate) mod enforcement;
pub(crate) mod entity_blacklist;
pub(crate) mod export_cap;
pub(crate) mod export_duty;
pub(crate) mod fields;
pub(crate) mod general_licence;
pub(crate) mod inventory_loss;
pub(crate) mod licence;
pub(crate) mod price_war;
pub(crate) mod production_quota;
pub(crate) mod quota;
pub(crate) mod tariff;
pub(crate) mod technology_embargo;
pub(crate) mod transport_delay;

use crate::resolver::Resolver;
use crate::select::Selection;
use chokepoint_core::chance::Distribution;
use chokepoint_core::draw::Regime;
use chokepoint_core::plan::Effect;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Record};
use fields::{COMMON, DIVERSION, LEAKAGE, LEAKAGE_PREMIUM, LEAKAGE_RAMP, TARGETS};

/// What is to be known of a kind of event.
#[derive(Debug)]
pub struct Spec {
    /// What the kind does.
    pub means: &'static str,
    /// Its size: what it means, and what it may be. It must be there if the field says so.
    pub magnitude: Field,
    /// What it touches, as the page of the format says it.
    pub touches: &'static str,
    /// The same as one thing, for what is reported of an event that matches nothing.
    pub thing: &'static str,
    /// Lists of its target.
    pub target: &'static [Field],
    /// Fields beside those that all kinds have.
    pub fields: &'static [Field],
}

/// An event while its kind resolves it.
pub(crate) struct Event<'e, 'a> {
    /// Its fields.
    pub(crate) record: &'e Record<'a>,
    /// Its target, if it can be read.
    pub(crate) target: Option<&'e Record<'a>>,
    /// What the target means, if all its names do.
    pub(crate) selected: Option<Selection>,
    /// Whole weeks that leaked goods spend in a third country.
    pub(crate) detour_weeks: u32,
}

/// What an event does.
pub(crate) struct Resolved {
    pub(crate) effect: Effect,
    /// Its size, if that is not the magnitude as it is written.
    pub(crate) size: Option<Distribution>,
    /// How a licensing authority works.
    pub(crate) regime: Option<Regime<(Field, Distribution)>>,
    /// A second effect at the same time, with a size of its own.
    pub(crate) second: Option<(Effect, Field, Distribution)>,
}

impl From<Effect> for Resolved {
    fn from(effect: Effect) -> Self {
        Self { effect, size: None, regime: None, second: None }
    }
}

/// Kinds of events, a row each: its name in files and the file that holds it.
macro_rules! kinds {
    ($($kind:ident: $module:ident;)+) => {
        /// A kind of event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum EventKind {
            $($kind,)+
        }

        impl EventKind {
            /// Every kind, in the order of the page of the format.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];
            /// Their names in files.
            pub const NAMES: &[&str] = &[$(stringify!($kind),)+];

            /// Its name in files.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)+
                }
            }

            /// What is to be known of it.
            pub fn spec(self) -> &'static Spec {
                match self {
                    $(Self::$kind => &$module::SPEC,)+
                }
            }

            /// What an event of the kind does; a problem if something is wrong with it.
            pub(crate) fn resolve(
                self,
                event: &Event<'_, '_>,
                resolver: &mut Resolver<'_>,
                reader: &mut Reader<'_>,
            ) -> Option<Resolved> {
                match self {
                    $(Self::$kind => $module::resolve(event, resolver, reader).map(Resolved::from),)+
                }
            }
        }
    };
}

kinds! {
    ExportCap: export_cap;
    Licence: licence;
    GeneralLicence: general_licence;
    CustomsHold: customs_hold;
    Quota: quota;
    Tariff: tariff;
    ExportDuty: export_duty;
    EntityBlacklist: entity_blacklist;
    Enforcement: enforcement;
    CapacityLoss: capacity_loss;
    ProductionQuota: production_quota;
    InventoryLoss: inventory_loss;
    Announcement: announcement;
    TransportDelay: transport_delay;
    DemandShift: demand_shift;
    TechnologyEmbargo: technology_embargo;
    PriceWar: price_war;
}

/// Every field that an event of some kind has.
pub fn fields() -> Vec<Field> {
    let mut all = COMMON.to_vec();
    for field in EventKind::ALL.iter().flat_map(|kind| kind.spec().fields) {
        if !all.iter().any(|known| known.name == field.name) {
            // whether it must be there depends on the kind
            all.push(Field { needed: false, ..*field });
        }
    }
    all
}

/// Reports fields of an event, and lists of its target, that its kind does not read: nothing would depend on them.
pub(crate) fn report_unread(
    kind: EventKind,
    record: &Record<'_>,
    target: Option<&Record<'_>>,
    reader: &mut Reader<'_>,
) {
    let spec = kind.spec();
    let what = format!("an event of the kind `{}`", kind.name());
    let own: Vec<Field> = fields().into_iter().skip(COMMON.len()).collect();
    unread(&what, record, &own, spec.fields, reader);
    let leaks = [LEAKAGE_RAMP, fields::LEAKAGE_LAG, LEAKAGE_PREMIUM];
    let goes_round = [LEAKAGE, DIVERSION];
    if goes_round.iter().all(|field| record.get(field).is_none()) && has(spec.fields, &LEAKAGE) {
        let read: Vec<Field> = goes_round.into_iter().filter(|field| has(spec.fields, field)).collect();
        let names = read.iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>().join(" or ");
        unread(&format!("{what} without {names}"), record, &leaks, &read, reader);
    }
    if let Some(target) = target {
        unread(&format!("the target of {what}"), target, &TARGETS, spec.target, reader);
    }
}

/// Whether a list holds a field of that name.
pub(crate) fn has(fields: &[Field], field: &Field) -> bool {
    fields.iter().any(|known| known.name == field.name)
}

/// Reports which of some fields are written and not read.
pub(crate) fn unread(
    what: &str,
    record: &Record<'_>,
    some: &[Field],
    read: &[Field],
    reader: &mut Reader<'_>,
) {
    for field in some.iter().filter(|field| !has(read, field)) {
        // an empty list says nothing
        let Some(leaf) = record.get(field).filter(|leaf| leaf.text() != "[]") else { continue };
        let known = read.iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>().join(", ");
        reader
            .error(Code::UnknownField, leaf, format!("{what} does not read `{}`", field.name))
            .label("nothing of it would depend on this")
            .help(match read {
                [] => "leave it out".to_owned(),
                _ => format!("leave it out: beside what all kinds have, this one reads {known}"),
            });
    }
}

/// Reports that an event of its kind needs a field.
pub(crate) fn missing(field: &Field, record: &Record<'_>, reader: &mut Reader<'_>) {
    let Some(kind) = record.get(&fields::KIND) else { return };
    reader
        .error(Code::MissingField, kind, format!("the field `{}` is missing", field.name))
        .label("this kind of event needs it")
        .help(format!("add `{}: …,`; `chokepoint schema` says what stands there", field.name));
}
