//! Chart 17: what a strategy avoids by the day on which it is decided: the closing of the window.

use super::strategies::{Strategies, Strategy};
use crate::figure::ChartKind;
use crate::locale::{Locale, Named, capital};
use crate::page::{Ink, Page};
use crate::plot::{Plot, Scale, amounts, apart, beside, ticks};
use crate::size::Room;
use crate::theme;
use crate::words::{ChartError, Words};
use chokepoint_montecarlo::pairing::Finding;
use serde::{Deserialize, Serialize};

/// Lines that a reader can distinguish.
const MOST: usize = 6;

/// Its numbers: the strategies that were decided on days of the command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decisions(pub Strategies);

/// One strategy over its days.
struct Line<'s> {
    strategy: Named,
    /// Year and part of it, and the strategy decided then.
    days: Vec<(f64, &'s Strategy)>,
}

/// A day as a year and part of it.
fn moment(day: &str) -> Option<f64> {
    let mut parts = day.split('-').map(|part| part.parse::<f64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(year + (month - 1.0) / 12.0 + (day - 1.0) / 365.0)
}

impl Decisions {
    /// The strategies of a run that were decided on at least two days; nothing if there are none.
    pub fn of(strategies: &Strategies) -> Option<Self> {
        let rows: Vec<Strategy> =
            strategies.rows.iter().filter(|s| s.strategy.id.contains('@')).cloned().collect();
        let decisions = Self(Strategies { rows, ..strategies.clone() });
        let several = decisions.lines().iter().any(|line| line.days.len() > 1);
        several.then_some(decisions)
    }

    /// Lines in the order of what the first day avoids.
    fn lines(&self) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        for row in &self.0.rows {
            let Some((id, day)) = row.strategy.id.split_once('@') else { continue };
            let Some(moment) = moment(day) else { continue };
            let name = row.strategy.name.split(", decided ").next().unwrap_or_default();
            match lines.iter_mut().find(|line| line.strategy.id == id) {
                Some(line) => line.days.push((moment, row)),
                None => lines.push(Line { strategy: Named::new(id, name), days: vec![(moment, row)] }),
            }
        }
        for line in &mut lines {
            line.days.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        lines.sort_by(|a, b| a.days[0].1.change[1].total_cmp(&b.days[0].1.change[1]));
        lines
    }
}

/// What is avoided at the median; none where no strategy is distinguishable from no strategy.
fn avoided(strategy: &Strategy) -> f64 {
    if strategy.finding == Finding::NoEffect { 0.0 } else { 0.0 - strategy.change[1] }
}

impl ChartKind for Decisions {
    fn words(&self, locale: &Locale) -> Words {
        let scenario = locale.name("scenario", &self.0.scenario);
        let lines = self.lines();
        let day = |s: &Strategy| locale.month(s.strategy.id.split_once('@').map_or("", |(_, day)| day));
        let title = match lines.first().and_then(|line| Some((line, line.days.first()?, line.days.last()?))) {
            Some((line, (_, first), (_, last))) if first.finding == Finding::Lower => locale.say(
                "decisions-title",
                &[
                    ("strategy", &locale.strategy(&line.strategy)),
                    ("first", &locale.money(avoided(first))),
                    ("early", &day(first)),
                    ("last", &locale.money(avoided(last))),
                    ("late", &day(last)),
                ],
            ),
            _ => locale.say("decisions-title-none", &[]),
        };
        let each: Vec<String> = lines
            .iter()
            .flat_map(|line| line.days.iter().map(|(_, s)| (locale.strategy(&line.strategy), *s)))
            .map(|(name, s)| {
                let name = format!("{name}, {}", day(s));
                locale.say("row-each", &[("name", &name), ("value", &locale.money(avoided(s)))])
            })
            .collect();
        Words {
            title: capital(&title),
            subtitle: locale.count("decisions-subtitle", self.0.n, &[("scenario", &scenario)]),
            alternative: locale.count("decisions-alternative", lines.len(), &[]),
            description: each.join(" "),
        }
    }

    fn csv(&self) -> String {
        self.0.csv()
    }

    fn draw(&self, page: &Page<'_>, locale: &Locale) -> Result<(), ChartError> {
        let size = page.size;
        let mut lines = self.lines();
        lines.truncate(if size.room() == Room::Narrow { 3 } else { MOST });
        let all = || lines.iter().flat_map(|line| line.days.iter());
        let least = all().map(|(_, s)| -s.change[2]).fold(0.0, f64::min);
        let marks = ticks(least, all().map(|(_, s)| -s.change[0]).fold(1e6, f64::max));
        let (from, to) = all()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), (at, _)| (from.min(*at), to.max(*at)));
        let aside = match size.room() {
            Room::Narrow => size.em(0.8),
            _ => page.body.width() * 3 / 10,
        };
        let labels = amounts(locale, &marks);
        let rect = page.body.inset(beside(page, &labels), size.em(0.6), aside, size.em(1.9));
        let space = 0.04 * (to - from).max(0.1);
        let plot = Plot::new(
            page,
            rect,
            Scale::linear(from - space, to + space),
            Scale::linear(marks[0], marks[marks.len() - 1]),
        );
        plot.marks_up(&labels)?;
        let years = (from.floor() as i64..=to.ceil() as i64).map(|y| (y as f64, y.to_string()));
        let inside: Vec<(f64, String)> =
            years.filter(|(y, _)| (plot.x.low..=plot.x.high).contains(y)).collect();
        plot.marks_across(&inside, false)?;
        page.line(vec![(rect.left, plot.up(0.0)), (rect.right, plot.up(0.0))], theme::GREY, 2.0)?;
        for (line, hue) in lines.iter().zip(theme::SERIES) {
            let path = plot.points(line.days.iter().map(|(at, s)| (*at, avoided(s))));
            page.line(path, hue, 3.0)?;
            for (at, s) in &line.days {
                let x = plot.across(*at);
                page.line(vec![(x, plot.up(-s.change[2])), (x, plot.up(-s.change[0]))], hue, 2.0)?;
                page.dot((x, plot.up(avoided(s))), size.em(0.32), hue, s.finding == Finding::Lower)?;
            }
        }
        if size.room() == Room::Narrow {
            return Ok(());
        }
        let mut heights: Vec<i32> =
            lines.iter().map(|line| line.days.last().map_or(0, |(_, s)| plot.up(avoided(s)))).collect();
        apart(&mut heights, size.em(1.3), rect.top);
        for ((line, y), hue) in lines.iter().zip(heights).zip(theme::SERIES) {
            let left = rect.right + size.em(0.5);
            page.dot((left + size.em(0.3), y), size.em(0.3), hue, true)?;
            let name = page.cut(&locale.strategy(&line.strategy), Ink::LABEL, aside - size.em(1.6));
            page.text(&name, (left + size.em(1.0), y), Ink::LABEL)?;
        }
        Ok(())
    }
}
