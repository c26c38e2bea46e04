//! Measures of strategies, a file each. A measure says in its [`Spec`] what it reads and who pays for it; from it follow what
//! is reported of a measure, what may be put in place of its numbers, and its page of the format.

mod buffer;
mod build;
mod collect;
mod data_exchange;
mod export_credit;
mod firms;
mod grant;
mod investment_credit;
mod loan;
mod notice;
mod offtake;
mod price_floor;
mod priority;
mod production_credit;
mod programme;
mod qualify;
mod sourcing_cap;
mod stockpile;
mod thrift;

use crate::resolver::Resolver;
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::Effect;
use chokepoint_input::document::Payer;
use chokepoint_input::leaf::{Leaf, Unit};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::{Code, nearest, quoted};
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Record, Value};

/// What is to be known of a kind of measure.
#[derive(Debug)]
pub struct Spec {
    /// Its name in draws and lists.
    pub name: &'static str,
    /// What it does.
    pub means: &'static str,
    /// Who pays for it.
    pub pays: Pays,
    /// Its fields.
    pub fields: &'static [Field],
}

/// Who pays for a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    /// Whom its field `payer` names, or else the strategy's payer.
    Named,
    /// The strategy's payer.
    Strategy,
    /// The firms that take it.
    Firms,
    /// Nobody: it costs nothing in itself.
    Nobody,
}

/// A measure while its kind resolves it.
pub(crate) struct Written<'w, 'a> {
    /// Its fields.
    pub(crate) record: &'w Record<'a>,
    /// Who pays for it.
    pub(crate) payer: Payer,
    /// Strategy, and day of its decision if that is not the file's: what its reserves are called by.
    pub(crate) holder: &'w str,
}

/// What a measure does.
pub(crate) struct Resolved {
    pub(crate) effect: Effect,
    /// Its size, with the field that gives it.
    pub(crate) size: (Field, Distribution),
    /// Weeks until it is in full force.
    pub(crate) fill: f64,
    /// Weeks for which it is in force.
    pub(crate) term: f64,
    /// Its name in draws and lists, if it is not that of its kind.
    pub(crate) name: Option<String>,
    /// How long before the first shock it begins, if it depends on one.
    pub(crate) notice: Option<(Field, Distribution)>,
}

impl Resolved {
    /// A measure that acts in full from its first moment to the end.
    fn permanent(effect: Effect, size: (Field, Distribution)) -> Self {
        Self { effect, size, fill: 0.0, term: crate::arms::FOR_GOOD, name: None, notice: None }
    }
}

/// A share.
const SHARE: (f64, f64) = (0.0, 1.0);
/// A time within a run, weeks.
const TIME: (f64, f64) = (0.0, MOST_WEEKS);
/// A cover, weeks.
const COVER: (f64, f64) = (0.0, 520.0);

const PAYER: Field =
    Field::may("payer", Value::Other("public, firm or consumer"), "who pays, if not the strategy's payer");
pub(crate) const CARRYING_COST: Field = Field::may(
    "carrying_cost",
    Value::Drawn(Unit::Rate, SHARE),
    "yearly cost of holding it, if not the strategy's",
);

/// Kinds of measures, a row each: its name in files and the file that holds it.
macro_rules! measures {
    ($($kind:ident: $module:ident;)+) => {
        /// A kind of measure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum MeasureKind {
            $($kind,)+
        }

        impl MeasureKind {
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

            /// What a measure of the kind does; a problem if something is wrong with it.
            pub(crate) fn resolve(
                self,
                measure: &Written<'_, '_>,
                resolver: &mut Resolver<'_>,
                reader: &mut Reader<'_>,
            ) -> Option<Resolved> {
                match self {
                    $(Self::$kind => $module::resolve(measure, resolver, reader),)+
                }
            }
        }
    };
}

measures! {
    Buffer: buffer;
    Stockpile: stockpile;
    Qualify: qualify;
    Thrift: thrift;
    Priority: priority;
    DataExchange: data_exchange;
    Notice: notice;
    SourcingCap: sourcing_cap;
    Build: build;
    Grant: grant;
    InvestmentCredit: investment_credit;
    ProductionCredit: production_credit;
    Loan: loan;
    ExportCredit: export_credit;
    PriceFloor: price_floor;
    Offtake: offtake;
    Collect: collect;
}

/// Reads a measure, `Kind((field: value, …))`, of whatever kind.
pub(crate) fn read<'a>(leaf: Leaf<'a>, reader: &mut Reader<'_>) -> Option<(MeasureKind, Record<'a>)> {
    let (name, inside) = leaf.tagged().unwrap_or((leaf.text(), None));
    let Some(place) = MeasureKind::NAMES.iter().position(|kind| *kind == name) else {
        let help = match nearest(name, MeasureKind::NAMES.iter().copied()) {
            Some(best) => format!("did you mean `{best}`?"),
            None => format!("choices: {}", MeasureKind::NAMES.join(", ")),
        };
        let message = format!("`{}` is none of the choices", quoted(name));
        reader.error(Code::UnknownField, leaf, message).label("not known").help(help);
        return None;
    };
    let kind = MeasureKind::ALL[place];
    let Some(inside) = inside.filter(|inside| inside.text().starts_with('(')) else {
        reader
            .error(Code::Syntax, leaf, "brackets around the fields are expected here")
            .label("the reader stopped here")
            .help(format!("write a measure with two brackets: `{name}((field: value, …))`"));
        return None;
    };
    Some((kind, Record::read(inside, kind.spec().fields, reader)?))
}

impl Pays {
    /// Who pays for a measure of a strategy, if anybody does; nothing if that is wrong.
    pub(crate) fn of(
        self,
        record: &Record<'_>,
        usual: Payer,
        reader: &mut Reader<'_>,
    ) -> Option<Option<Payer>> {
        match (self, record.get(&PAYER)) {
            (Self::Named, Some(leaf)) => leaf.read::<Payer>(reader).map(Some),
            (Self::Named | Self::Strategy, _) => Some(Some(usual)),
            (Self::Firms, _) => Some(Some(Payer::Firm)),
            (Self::Nobody, _) => Some(None),
        }
    }
}

/// The payers of several measures in order, each once; the strategy's payer if nobody pays for any.
pub(crate) fn payers(all: impl IntoIterator<Item = Option<Payer>>, usual: Payer) -> Vec<Payer> {
    let mut payers: Vec<Payer> = all.into_iter().flatten().collect();
    if payers.is_empty() {
        payers.push(usual);
    }
    payers.sort_unstable();
    payers.dedup();
    payers
}
