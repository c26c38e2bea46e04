//! The numbers of an event: sizes, times, and how a licensing authority or a quota works.

use crate::resolver::Resolver;
use crate::select::Names;
use crate::timing::{PathTiming, RegimeTiming};
use chokepoint_core::chance::Distribution;
use chokepoint_core::state::QUEUE_WEEKS;
use chokepoint_core::time::Week;
use chokepoint_input::document::{
    EventDocument, EventKind, GrossDocument, LicenceDocument, QuotaDocument, RefusedDocument, StepDocument,
};
use chokepoint_input::leaf::{Leaf, Measure};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::Code;
use chokepoint_input::reader::Reader;
use chokepoint_world::uncertain::Uncertain;
use jiff::civil::Date;

const SHARE: (f64, f64) = (0.0, 1.0);
const TIME: (f64, f64) = (0.0, MOST_WEEKS);

/// Sizes and times of an event; what is missing or wrong is `None` and has been complained of.
pub(crate) struct Numbers {
    pub(crate) magnitude: Option<Distribution>,
    /// What a magnitude of this kind may be.
    pub(crate) size: (f64, f64),
    pub(crate) ramp: Option<Distribution>,
    pub(crate) duration: Option<Distribution>,
    pub(crate) recovery: Option<Distribution>,
    pub(crate) leakage: Option<Distribution>,
    pub(crate) leakage_ramp: Option<Distribution>,
    pub(crate) leakage_premium: Option<Distribution>,
    pub(crate) delay: Option<Distribution>,
    leakage_lag: Option<Distribution>,
}

impl Numbers {
    pub(crate) fn read(kind: Option<EventKind>, event: &EventDocument<'_>, reader: &mut Reader<'_>) -> Self {
        let size = match kind {
            Some(EventKind::DemandShift) => (-1.0, 10.0),
            Some(
                EventKind::Announcement
                | EventKind::Tariff
                | EventKind::ExportDuty
                | EventKind::TechnologyEmbargo,
            ) => (0.0, 10.0),
            // a price is never cut to nothing
            Some(EventKind::PriceWar) => (0.0, 0.9),
            _ => SHARE,
        };
        // a quota may be given in tonnes, and a stock is destroyed at once
        let needs_size = !(kind == Some(EventKind::Quota) && event.quota.is_some());
        let needs_time = kind != Some(EventKind::InventoryLoss);
        let mut needed = |leaf: Option<Leaf<'_>>, field: &str, needed: bool, measure, within| match leaf {
            Some(leaf) => leaf.quantity(measure, within, reader),
            None if needed => {
                missing(field, event, reader);
                None
            }
            None => Some(Distribution::Fixed(0.0)),
        };
        Self {
            size,
            magnitude: needed(event.magnitude, "magnitude", needs_size, Measure::Share, size),
            ramp: needed(event.ramp, "ramp", false, Measure::Time, TIME),
            duration: needed(event.duration, "duration", needs_time, Measure::Time, TIME),
            recovery: needed(event.recovery, "recovery", false, Measure::Time, TIME),
            delay: needed(event.delay, "delay", false, Measure::Time, TIME),
            leakage: needed(event.leakage, "leakage", false, Measure::Share, SHARE),
            leakage_ramp: needed(event.leakage_ramp, "leakage_ramp", false, Measure::Time, TIME),
            leakage_lag: needed(event.leakage_lag, "leakage_lag", false, Measure::Time, (0.0, 104.0)),
            leakage_premium: needed(
                event.leakage_premium,
                "leakage_premium",
                false,
                Measure::Share,
                (0.0, 100.0),
            ),
        }
    }

    /// Whole weeks of detour: the central value, the same in every replicate.
    pub(crate) fn lag_weeks(&self) -> u32 {
        self.leakage_lag.map_or(0, |lag| lag.central().round() as u32)
    }
}

fn missing(field: &str, event: &EventDocument<'_>, reader: &mut Reader<'_>) {
    reader
        .error(Code::MissingField, event.kind, format!("the field `{field}` is missing"))
        .label("this kind of event needs it")
        .help(format!("add `{field}: …,`; `chokepoint schema` says what stands there"));
}

/// A class of users who are refused.
pub(crate) struct Refused {
    /// Sectors of final use.
    pub(crate) sectors: Vec<usize>,
    /// Countries of the final users; none: all.
    pub(crate) destinations: Vec<usize>,
    /// Share of what is for them.
    pub(crate) share: f64,
    /// The first week in which they are refused no more.
    pub(crate) until: Week,
}

/// A regime that has been read.
pub(crate) struct Licence {
    processing: (Distribution, Distribution),
    approval: (Distribution, Distribution),
    settles: Distribution,
    refusal: Distribution,
    validity: Distribution,
    /// Who is refused.
    pub(crate) refused: Vec<Refused>,
    /// Share of controlled origin, if trade between third countries is covered.
    pub(crate) threshold: Option<f64>,
}

impl Licence {
    /// Its draws, each under its name.
    pub(crate) fn regime(&self, uncertain: &mut dyn FnMut(&str, Distribution) -> Uncertain) -> RegimeTiming {
        let ramp = uncertain("settles", self.settles);
        let mut path = |field: &str, (from, to): (Distribution, Distribution)| PathTiming {
            from: uncertain(field, from),
            to: uncertain(&format!("{field}_later"), to),
            ramp: ramp.clone(),
        };
        RegimeTiming {
            processing: path("processing", self.processing),
            approval: path("approval", self.approval),
            refusal: uncertain("refusal", self.refusal),
            validity: uncertain("validity", self.validity),
        }
    }
}

/// A quota that has been read.
pub(crate) struct Quota {
    pub(crate) period_weeks: f64,
    /// Gross tonnes a week.
    pub(crate) tonnes: Option<Distribution>,
    /// Later allowances: first week, gross tonnes a week.
    pub(crate) steps: Vec<(Week, f64)>,
    /// Gross tonnes by commodity, where it is not one.
    pub(crate) gross: Vec<(usize, f64)>,
}

/// The share that a tonnage cuts from what is normal.
pub(crate) fn cut(tonnes: Distribution, base: f64) -> Distribution {
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

impl Resolver<'_> {
    pub(crate) fn licence(
        &self,
        kind: Option<EventKind>,
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Licence> {
        let Some(leaf) = event.licence else {
            if kind == Some(EventKind::Licence) {
                missing("licence", event, reader);
            }
            return None;
        };
        let document = leaf.read::<LicenceDocument<'_>>(reader)?;
        let queue = (0.0, QUEUE_WEEKS as f64 - 2.0);
        let mut path = |first: Leaf<'_>, later: Option<Leaf<'_>>, measure, within| {
            let from = first.quantity(measure, within, reader);
            let to = later.map_or(from, |leaf| leaf.quantity(measure, within, reader));
            from.zip(to)
        };
        let processing = path(document.processing, document.processing_later, Measure::Time, queue);
        let approval = path(document.approval, document.approval_later, Measure::Share, SHARE);
        let mut optional = |leaf: Option<Leaf<'_>>, measure, within| match leaf {
            Some(leaf) => leaf.quantity(measure, within, reader),
            None => Some(Distribution::Fixed(0.0)),
        };
        let settles = optional(document.settles, Measure::Time, TIME);
        let refusal = optional(document.refusal, Measure::Share, SHARE);
        let threshold = document.content_threshold.map(|leaf| leaf.quantity(Measure::Share, SHARE, reader));
        let validity = document.validity.quantity(Measure::Time, (1.0, MOST_WEEKS), reader);
        let mut refused = Vec::new();
        for leaf in &document.refused {
            let Some(class) = leaf.read::<RefusedDocument<'_>>(reader) else { continue };
            let names = Names { world: self.world };
            let sectors = names.sectors(&class.sectors, reader);
            let destinations = names.countries(&class.destinations, reader);
            let until = match class.until {
                None => Some(Week::MAX),
                Some(leaf) => leaf
                    .date(reader)
                    .and_then(|date| self.within_calendar(date, leaf, reader))
                    .map(|date| self.world.calendar().moment(date).round() as Week),
            };
            let share = class.share.quantity(Measure::Share, SHARE, reader);
            if let (Some(share), Some(until)) = (share, until) {
                refused.push(Refused { sectors, destinations, share: share.central(), until });
            }
        }
        Some(Licence {
            processing: processing?,
            approval: approval?,
            settles: settles?,
            refusal: refusal?,
            validity: validity?,
            refused,
            threshold: threshold.map(|t| t.map(Distribution::central)).map_or(Some(None), |t| t.map(Some))?,
        })
    }

    pub(crate) fn quota(
        &self,
        kind: Option<EventKind>,
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Option<Quota> {
        let Some(leaf) = event.quota else {
            if kind == Some(EventKind::Quota) {
                missing("quota", event, reader);
            }
            return None;
        };
        let document = leaf.read::<QuotaDocument<'_>>(reader)?;
        let period = document.period.quantity(Measure::Time, (4.0, MOST_WEEKS), reader);
        let tonnes = document.tonnes.map(|leaf| leaf.quantity(Measure::Flow, (0.0, 1e9), reader));
        match (&tonnes, event.magnitude) {
            (None, None) => missing("magnitude", event, reader),
            (Some(_), Some(leaf)) if kind == Some(EventKind::Quota) => reader
                .error(Code::UnknownField, leaf, "a quota that is given in tonnes does not read `magnitude`")
                .label("its tonnes say how much is left")
                .help("leave out one of the two"),
            _ => {}
        }
        let mut gross = Vec::new();
        for leaf in &document.gross {
            let Some(row) = leaf.read::<GrossDocument<'_>>(reader) else { continue };
            let commodity = Names { world: self.world }.commodities(&[row.commodity], reader);
            let tonnes = row.tonnes.quantity(Measure::Ratio, (0.001, 1000.0), reader);
            if let (Some(commodity), Some(tonnes)) = (commodity.first(), tonnes) {
                gross.push((*commodity, tonnes.central()));
            }
        }
        let steps = self.steps(&document.steps, event, reader);
        Some(Quota {
            period_weeks: period?.central().round(),
            tonnes: tonnes.map_or(Some(None), |t| t.map(Some))?,
            steps,
            gross,
        })
    }

    /// The later allowances of a quota, each after the one before.
    fn steps(
        &self,
        leaves: &[Leaf<'_>],
        event: &EventDocument<'_>,
        reader: &mut Reader<'_>,
    ) -> Vec<(Week, f64)> {
        let mut last = event.start.peek::<String>().and_then(|d| d.parse().ok());
        let mut steps = Vec::new();
        for leaf in leaves {
            let Some(step) = leaf.read::<StepDocument<'_>>(reader) else { continue };
            let tonnes = step.tonnes.quantity(Measure::Flow, (0.0, 1e9), reader);
            let date = step.from.date(reader).and_then(|date| self.within_calendar(date, step.from, reader));
            let Some(date) = date else { continue };
            if last.is_some_and(|last: Date| date <= last) {
                reader
                    .error(
                        Code::BadDate,
                        step.from,
                        format!("this allowance starts on {date}, not after the one before it"),
                    )
                    .label("out of order")
                    .help("write the steps in the order of their dates, all after the event's `start`");
            }
            last = Some(date);
            let week = self.world.calendar().moment(date).round() as Week;
            steps.extend(tonnes.map(|t| (week, t.central())));
        }
        steps
    }

    /// Moment of an announcement and the rise that it makes expect; `Some(None)` if there is none.
    pub(crate) fn announced(
        &self,
        event: &EventDocument<'_>,
        start: Option<Date>,
        reader: &mut Reader<'_>,
    ) -> Option<Option<(f64, Distribution)>> {
        let (Some(day), Some(rise)) = (event.announced, event.announced_rise) else {
            if let Some(leaf) = event.announced.or(event.announced_rise) {
                reader
                    .error(
                        Code::MissingField,
                        leaf,
                        "an announcement needs both `announced` and `announced_rise`",
                    )
                    .label("only one of the two")
                    .help("add the other, or leave both out");
                return None;
            }
            return Some(None);
        };
        let rise = rise.quantity(Measure::Share, (0.0, 10.0), reader);
        let date = day.date(reader).and_then(|date| self.within_calendar(date, day, reader));
        let (rise, date, start) = (rise?, date?, start?);
        if date > start {
            reader
                .error(Code::BadDate, day, format!("it is announced on {date}, after it starts on {start}"))
                .label("later than `start`")
                .help("an announcement comes before the event, or on its day");
            return None;
        }
        Some(Some((self.world.calendar().moment(date), rise)))
    }
}
