//! Chart 20: when the events of a scenario come and how long they last, and when strategies begin to work.

use crate::context::{Context, Span, rounded};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::Page;
use crate::plot::{Rows, Scale};
use crate::theme;
use crate::words::{ChartError, Words};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    span: Span,
    events: Vec<TimedEvent>,
    strategies: Vec<Ready>,
}

/// One event, in recorded weeks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct TimedEvent {
    /// Id in the scenario, and the kind.
    event: Named,
    /// First day, central.
    day: String,
    /// 5th percentile, central value and 95th percentile of the first week.
    start: [f64; 3],
    /// The same of the last week at full size; nothing if it goes on.
    end: Option<[f64; 3]>,
    /// First week at full size, central.
    full: f64,
    /// Whether it depends on a chance or on another event.
    conditional: bool,
}

/// When a strategy begins to work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Ready {
    strategy: Named,
    /// Recorded week of the first effect, central; below zero: before what is recorded.
    week: f64,
    /// Whether that is after the last event has ended.
    too_late: bool,
}

impl Timeline {
    /// Takes them from a run; nothing without an event.
    pub fn of(context: &Context<'_>) -> Option<Self> {
        let experiment = context.experiment;
        let span = context.span();
        let (from, weeks) = (f64::from(experiment.scope.from), span.weeks() as f64);
        let events = experiment.scenario.events.iter().map(|info| {
            let t = &experiment.timings[info.draw];
            let at = |u: &chokepoint_world::uncertain::Uncertain| {
                let d = u.distribution;
                [d.quantile(0.05), d.central(), d.quantile(0.95)]
            };
            let (start, ramp, duration) = (at(&t.start), t.ramp.distribution.central(), at(&t.duration));
            let end = duration.map(|d| rounded(start[1] + ramp + d - from));
            TimedEvent {
                event: Named::new(&info.id, &info.kind),
                day: info.start.to_string(),
                start: start.map(|week| rounded(week - from)),
                end: (end[1] < weeks).then_some(end),
                full: rounded(start[1] + ramp - from),
                conditional: t.trigger.is_some(),
            }
        });
        let events: Vec<TimedEvent> = events.collect();
        let shocked = experiment.arms.iter().enumerate().filter(|(_, a)| a.shocked);
        let mut strategies: Vec<Ready> = shocked
            .filter_map(|(arm, info)| {
                let strategy = info.strategy.as_ref()?;
                Some(Ready {
                    strategy: Named::new(&info.id, &info.name),
                    week: rounded(strategy.effect_from - from),
                    too_late: chokepoint_montecarlo::effects::too_late(experiment, arm),
                })
            })
            .collect();
        strategies.sort_by(|a, b| a.week.total_cmp(&b.week));
        (!events.is_empty()).then_some(Self { span, events, strategies })
    }

    /// Months that an event lasts at full size: short, central, long; nothing if it goes on.
    fn months(event: &TimedEvent) -> Option<[f64; 3]> {
        event.end.map(|end| end.map(|week| (week - event.full) * 12.0 / 52.0))
    }
}

impl TimedEvent {
    fn name(&self, locale: &Locale) -> String {
        let kind = locale.name("event", &Named::new(&self.event.name, &self.event.name));
        locale.say("timeline-event", &[("kind", &kind), ("id", &self.event.id)])
    }

    /// From when on and for how long.
    fn render(&self, locale: &Locale) -> String {
        let id = if self.conditional { "timeline-may" } else { "timeline-from" };
        let from = locale.say(id, &[("day", &locale.day(&self.day))]);
        locale.say("timeline-when", &[("from", &from), ("lasts", &self.lasts(locale))])
    }

    /// For how long, at full size.
    fn lasts(&self, locale: &Locale) -> String {
        let Some([low, middle, high]) = Timeline::months(self) else {
            return locale.say("timeline-open", &[]);
        };
        let n = |months: f64| {
            locale.number(months, usize::from(months < 2.95 && (months - months.round()).abs() > 0.05))
        };
        if n(low) == n(high) {
            let shown = n(middle);
            return locale.counted("timeline-months", &shown, &[("months", &shown)]);
        }
        let range = locale.range(&n(low), &n(high));
        locale.say("timeline-range", &[("months", &n(middle)), ("range", &range)])
    }
}

impl ChartKind for Timeline {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.span.scenario);
        let first = self.events.iter().min_by(|a, b| a.start[1].total_cmp(&b.start[1]));
        let shown = first.map_or_else(String::new, |event| event.render(locale));
        let late = self.strategies.iter().filter(|s| s.too_late).count();
        let title = if self.strategies.is_empty() {
            locale.count("timeline-title", self.events.len(), &[("first", &shown)])
        } else {
            locale.count("timeline-title-late", late, &[("first", &shown)])
        };
        let each: Vec<String> = self
            .events
            .iter()
            .map(|event| {
                locale.say("row-each", &[("name", &event.name(locale)), ("value", &event.render(locale))])
            })
            .chain(self.strategies.iter().map(|s| {
                let value = self.ready(s, locale);
                locale.say("row-each", &[("name", &locale.strategy(&s.strategy)), ("value", &value)])
            }))
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.say("timeline-subtitle", &[("scenario", &scenario)]),
            alternative: locale.count("timeline-alternative", self.events.len(), &[]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        let mut text = "what,id,unit,start_p5,start,start_p95,full,end_p5,end,end_p95\n".to_owned();
        for e in &self.events {
            let end = e.end.map_or_else(|| ",,".to_owned(), |[l, m, h]| format!("{l},{m},{h}"));
            let [l, m, h] = e.start;
            let _ =
                writeln!(text, "{},{},recorded week,{l},{m},{h},{},{end}", e.event.name, e.event.id, e.full);
        }
        for s in &self.strategies {
            let _ = writeln!(text, "strategy,{},recorded week,,{},,,,,", s.strategy.id, s.week);
        }
        text
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let weeks = self.span.weeks() as f64;
        let rows = Rows::new(page, self.events.len() + self.strategies.len(), Scale::linear(0.0, weeks));
        let size = page.size;
        rows.plot.marks_across(&self.span.years(), true)?;
        rows.plot.base()?;
        let across = |week: f64| rows.plot.across(week.clamp(0.0, weeks));
        for (row, event) in self.events.iter().enumerate().take(rows.at.len()) {
            let y = rows.at[row];
            rows.label(row, &event.name(locale), &event.lasts(locale), theme::INK)?;
            let [_, start, _] = event.start;
            let end = event.end.map_or(weeks, |end| end[1]);
            page.line(
                vec![(across(start), y), (across(event.full), y)],
                theme::tint(theme::SERIES[1], 0.5),
                9.0,
            )?;
            page.line(
                vec![(across(event.full), y), (across(end).max(across(event.full) + 3), y)],
                theme::SERIES[1],
                18.0,
            )?;
            if let Some([low, _, high]) = event.end {
                page.line(vec![(across(low), y), (across(high), y)], theme::INK, 2.0)?;
                for edge in [low, high] {
                    let x = across(edge);
                    page.line(vec![(x, y - size.em(0.4)), (x, y + size.em(0.4))], theme::INK, 2.0)?;
                }
            }
        }
        for (k, s) in self.strategies.iter().enumerate() {
            let row = self.events.len() + k;
            let Some(y) = rows.at.get(row) else { break };
            let colour = if s.too_late { theme::BASELINE } else { theme::SERIES[5] };
            let ink = if s.too_late { theme::GREY } else { theme::INK };
            rows.label(row, &locale.strategy(&s.strategy), &self.ready(s, locale), ink)?;
            let right = rows.plot.rect.right;
            if s.week < weeks {
                page.line(vec![(across(s.week), *y), (right, *y)], theme::tint(colour, 0.35), 5.0)?;
                page.dot((across(s.week), *y), size.em(0.36), colour, !s.too_late)?;
            }
        }
        let all = self.events.len() + self.strategies.len();
        match super::strategies::note_of_rest(locale, rows.at.len(), all) {
            Some(note) => rows.rest(&note),
            None => Ok(()),
        }
    }
}

impl Timeline {
    /// From when on a strategy works, in words.
    fn ready(&self, s: &Ready, locale: &Locale) -> String {
        if s.too_late {
            return locale.say("finding-no-effect", &[]);
        }
        if s.week <= 0.0 {
            return locale.say("timeline-before", &[]);
        }
        let Some(day) = self.span.days.get(s.week as usize) else {
            return locale.say("finding-no-effect", &[]);
        };
        locale.say("timeline-works", &[("month", &locale.month(day))])
    }
}
