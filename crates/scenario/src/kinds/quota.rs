//! Exports on the targeted links share a pool of tonnes.

use super::fields::{
    DURATION, LEAKAGE, LEAKAGE_LAG, LEAKAGE_PREMIUM, LEAKAGE_RAMP, MAGNITUDE, SHARE, START, TRADE, size,
};
use super::{Event, Resolved, Spec};
use crate::resolver::Resolver;
use crate::select::{Names, Selection};
use chokepoint_core::chance::Distribution;
use chokepoint_core::plan::{Effect, QuotaGroup, QuotaRule};
use chokepoint_core::time::Week;
use chokepoint_input::leaf::Unit;
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_input::record::{Field, Record, Value};
use jiff::civil::Date;

const QUOTA: Field =
    Field::need("quota", Value::Other("quota"), "how the quota is counted; a Quota needs it");

pub(super) const SPEC: Spec = Spec {
    means: "Exports share a pool of tonnes",
    magnitude: Field { needed: false, ..size("share cut from normal tonnage", SHARE) },
    touches: "that trade, all commodities in one pool",
    thing: "trade",
    target: TRADE,
    // it is in force in full or not at all
    fields: &[DURATION.needed(), QUOTA, LEAKAGE, LEAKAGE_RAMP, LEAKAGE_LAG, LEAKAGE_PREMIUM],
};

/// Tonnes a week that a quota may allow.
const TONNES: (f64, f64) = (0.0, 1e9);

const PERIOD: Field =
    Field::need("period", Value::Same(Unit::Time, (4.0, MOST_WEEKS)), "time after which unused tonnes lapse");
const ALLOWANCE: Field =
    Field::may("tonnes", Value::Drawn(Unit::Flow, TONNES), "gross tonnage, in place of a magnitude");
const STEPS: Field =
    Field::may("steps", Value::Other("[step, …]"), "later allowances, in the order of their dates");
const GROSS: Field = Field::may(
    "gross",
    Value::Other("[gross, …]"),
    "commodities that take more or less than their own tonnes",
);

/// The record of how a quota is counted.
pub(crate) const TERMS: [Field; 4] = [PERIOD, ALLOWANCE, STEPS, GROSS];

const FROM: Field = Field::need("from", Value::Date, "first day; a new period starts in that week");
const STEP_TONNES: Field = Field::need("tonnes", Value::Same(Unit::Flow, TONNES), "gross tonnage");

/// The record of a later allowance.
pub(crate) const STEP: [Field; 2] = [FROM, STEP_TONNES];

const COMMODITY: Field = Field::need("commodity", Value::Other("\"name\""), "commodity");
const GROSS_TONNES: Field =
    Field::need("tonnes", Value::Same(Unit::Ratio, (0.001, 1000.0)), "gross tonnes for a tonne of it");

/// The record of what a tonne of a commodity takes.
pub(crate) const WEIGHT: [Field; 2] = [COMMODITY, GROSS_TONNES];

/// How a quota is counted.
struct Terms {
    period_weeks: f64,
    /// Gross tonnes a week.
    tonnes: Option<Distribution>,
    /// Later allowances: first week, gross tonnes a week.
    steps: Vec<(Week, f64)>,
    /// Gross tonnes by commodity, where it is not one.
    gross: Vec<(usize, f64)>,
}

pub(super) fn resolve(
    event: &Event<'_, '_>,
    resolver: &mut Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Option<Resolved> {
    let terms = terms(event, resolver, reader)?;
    let rule = rule(event.selected.as_ref()?, &terms, resolver, event.detour_weeks);
    let size = terms.tonnes.map(|tonnes| cut(tonnes, rule.base_tonnes_per_week));
    Some(Resolved { size, ..Effect::Quota(rule).into() })
}

fn terms(event: &Event<'_, '_>, resolver: &Resolver<'_>, reader: &mut Reader<'_>) -> Option<Terms> {
    let record = Record::read(event.record.get(&QUOTA)?, &TERMS, reader)?;
    let period = record.same(&PERIOD, reader);
    let given = record.get(&ALLOWANCE).is_some();
    let tonnes = record.drawn(&ALLOWANCE, reader);
    match event.record.get(&MAGNITUDE) {
        None if !given && event.record.lacks(&MAGNITUDE) => super::missing(&MAGNITUDE, event.record, reader),
        Some(leaf) if given => reader
            .error(Code::UnknownField, leaf, "a quota that is given in tonnes does not read `magnitude`")
            .label("its tonnes say how much is left")
            .help("leave out one of the two"),
        _ => {}
    }
    let mut gross = Vec::new();
    for leaf in record.list(&GROSS, reader) {
        let Some(row) = Record::read(leaf, &WEIGHT, reader) else { continue };
        let named: Vec<_> = row.get(&COMMODITY).into_iter().collect();
        let commodity = Names { world: resolver.world }.commodities(&named, reader);
        let tonnes = row.same(&GROSS_TONNES, reader);
        if let (Some(commodity), Some(tonnes)) = (commodity.first(), tonnes) {
            gross.push((*commodity, tonnes));
        }
    }
    let steps = steps(&record, event, resolver, reader);
    if given && tonnes.is_none() {
        return None;
    }
    Some(Terms { period_weeks: period?.round(), tonnes, steps, gross })
}

/// The later allowances, each after the one before.
fn steps(
    record: &Record<'_>,
    event: &Event<'_, '_>,
    resolver: &Resolver<'_>,
    reader: &mut Reader<'_>,
) -> Vec<(Week, f64)> {
    let start = event.record.get(&START).and_then(|leaf| leaf.peek::<String>());
    let mut last: Option<Date> = start.and_then(|day| day.parse().ok());
    let mut steps = Vec::new();
    for leaf in record.list(&STEPS, reader) {
        let Some(step) = Record::read(leaf, &STEP, reader) else { continue };
        let tonnes = step.same(&STEP_TONNES, reader);
        let Some(leaf) = step.get(&FROM) else { continue };
        let date = leaf.date(reader).and_then(|date| resolver.within_calendar(date, leaf, reader));
        let Some(date) = date else { continue };
        if last.is_some_and(|last| date <= last) {
            reader
                .error(
                    Code::BadDate,
                    leaf,
                    format!("this allowance starts on {date}, not after the one before it"),
                )
                .label("out of order")
                .help("write the steps in the order of their dates, all after the event's `start`");
        }
        last = Some(date);
        let week = resolver.world.calendar().moment(date).round() as Week;
        steps.extend(tonnes.map(|tonnes| (week, tonnes)));
    }
    steps
}

fn rule(selected: &Selection, terms: &Terms, resolver: &mut Resolver<'_>, detour_weeks: u32) -> QuotaRule {
    let links = selected.links(&resolver.network);
    resolver.enter_trade(&links, detour_weeks);
    let mut groups: Vec<(usize, QuotaGroup)> = Vec::new();
    let mut base = 0.0;
    for link in &links {
        let commodity = resolver.commodity_of(*link);
        let gross = terms.gross.iter().find(|(c, _)| *c == commodity).map_or(1.0, |(_, t)| *t);
        base += resolver.network.links[link.at()].base_flow * gross;
        match groups.iter_mut().find(|(c, _)| *c == commodity) {
            Some((_, group)) => group.links.push(*link),
            None => groups.push((commodity, QuotaGroup { links: vec![*link], gross })),
        }
    }
    QuotaRule {
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        base_tonnes_per_week: base,
        in_tonnes: terms.tonnes.is_some(),
        period_weeks: terms.period_weeks,
        steps: terms.steps.clone(),
    }
}

/// The share that a tonnage cuts from what is normal.
fn cut(tonnes: Distribution, base: f64) -> Distribution {
    let of = |t: f64| 1.0 - t / base.max(1e-300);
    match tonnes {
        Distribution::Fixed(t) => Distribution::Fixed(of(t)),
        Distribution::Uniform { low, high } => Distribution::Uniform { low: of(high), high: of(low) },
        Distribution::Triangular { low, mode, high } => {
            Distribution::Triangular { low: of(high), mode: of(mode), high: of(low) }
        }
        // what is left of a log-normal is not one; its quantiles are close to a triangle's over the same range
        Distribution::LogNormal { p5, median, p95 } => {
            Distribution::Triangular { low: of(p95), mode: of(median), high: of(p5) }
        }
    }
}
