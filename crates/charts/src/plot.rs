//! What figures share: scales, axes, keys and rows of labelled marks.

use crate::locale::Locale;
use crate::page::{Ink, LINE, Page, Rect};
use crate::size::{Role, Room};
use crate::theme;
use crate::words::ChartError;
use chokepoint_core::lanes::{exp, ln};
use plotters::style::RGBColor;

/// A scale of one axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Whether it is logarithmic.
    pub log: bool,
}

impl Scale {
    /// A linear one.
    pub fn linear(low: f64, high: f64) -> Self {
        Self { low, high: if high > low { high } else { low + 1.0 }, log: false }
    }

    /// A logarithmic one.
    pub fn log(low: f64, high: f64) -> Self {
        Self { low, high: if high > low { high } else { 2.0 * low }, log: true }
    }

    /// Place of a value between 0 and 1; beyond the ends it stays at them.
    pub fn share(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        if self.log {
            (ln(value) - ln(self.low)) / (ln(self.high) - ln(self.low))
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }
}

/// A rectangle with a scale each way.
#[derive(Clone, Copy, Debug)]
pub struct Plot<'p, 'a> {
    page: &'p Page<'a>,
    /// Where it is.
    pub rect: Rect,
    /// Left to right.
    pub x: Scale,
    /// Bottom to top.
    pub y: Scale,
}

impl core::fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Page").field("size", &self.size.id).finish_non_exhaustive()
    }
}

impl<'p, 'a> Plot<'p, 'a> {
    /// A plot on a page.
    pub fn new(page: &'p Page<'a>, rect: Rect, x: Scale, y: Scale) -> Self {
        Self { page, rect, x, y }
    }

    /// Pixel of a value left to right.
    pub fn across(&self, value: f64) -> i32 {
        self.rect.left + (f64::from(self.rect.width()) * self.x.share(value)).round() as i32
    }

    /// Pixel of a value bottom to top.
    pub fn up(&self, value: f64) -> i32 {
        self.rect.bottom - (f64::from(self.rect.height()) * self.y.share(value)).round() as i32
    }

    /// Pixels of a weekly series.
    pub fn weekly(&self, values: impl Iterator<Item = f64>) -> Vec<(i32, i32)> {
        self.points(values.enumerate().map(|(week, value)| (week as f64, value)))
    }

    /// Pixels of points.
    pub fn points(&self, points: impl Iterator<Item = (f64, f64)>) -> Vec<(i32, i32)> {
        points.map(|(x, y)| (self.across(x), self.up(y))).collect()
    }

    /// Lines across at marks, with their labels at the left.
    pub fn marks_up(&self, marks: &[(f64, String)]) -> Result<(), ChartError> {
        for (value, label) in marks {
            let at = self.up(*value);
            self.page.line(vec![(self.rect.left, at), (self.rect.right, at)], theme::GRID, 1.0)?;
            self.page.text(label, (self.rect.left - self.page.size.em(0.6), at), Ink::LABEL.right())?;
        }
        Ok(())
    }

    /// Marks along the lower edge. The last label, which has the unit, stands; others that would touch it or the one before
    /// are left out.
    pub fn marks_across(&self, marks: &[(f64, String)], grid: bool) -> Result<(), ChartError> {
        let size = self.page.size;
        let edge = f64::from(size.canvas.0) - f64::from(size.margin.min(size.em(0.2)));
        let places: Vec<(f64, f64)> = marks
            .iter()
            .map(|(value, label)| {
                let half = 0.5 * self.page.width(label, Ink::LABEL);
                // no label may leave the page
                (f64::from(self.across(*value)).min(edge - half).max(half), half)
            })
            .collect();
        let gap = f64::from(size.em(0.5));
        let (mut free_from, last) = (f64::NEG_INFINITY, marks.len().saturating_sub(1));
        let free_until = places.last().map_or(f64::INFINITY, |(middle, half)| middle - half - gap);
        for (place, ((value, label), (middle, half))) in marks.iter().zip(&places).enumerate() {
            let at = self.across(*value);
            let end = if grid { self.rect.top } else { self.rect.bottom + size.em(0.3) };
            let colour = if grid { theme::GRID } else { theme::GREY };
            self.page.line(vec![(at, self.rect.bottom), (at, end)], colour, 1.0)?;
            if place != last && (middle - half < free_from || middle + half > free_until) {
                continue;
            }
            let below = self.rect.bottom + size.em(1.1);
            self.page.text(label, (middle.round() as i32, below), Ink::LABEL.middle())?;
            free_from = middle + half + gap;
        }
        Ok(())
    }

    /// The lower edge.
    pub fn base(&self) -> Result<(), ChartError> {
        let (left, right, bottom) = (self.rect.left, self.rect.right, self.rect.bottom);
        self.page.line(vec![(left, bottom), (right, bottom)], theme::GREY, 2.0)
    }

    /// Shades a range left to right, at least so wide that it is seen.
    pub fn shade(&self, from: f64, to: f64) -> Result<(), ChartError> {
        let left = self.across(from);
        let right = self.across(to).max(left + self.page.size.em(0.25));
        self.page.rectangle(Rect { left, right, ..self.rect }, theme::SHADE)
    }
}

/// A panel over time before anything is drawn in it.
#[derive(Clone, Debug)]
pub struct Panel<'t> {
    /// What it shows.
    pub heading: &'t str,
    /// Weeks that it spans.
    pub weeks: usize,
    /// Where years begin.
    pub years: Vec<(f64, String)>,
    /// First and last week of the shock.
    pub window: Option<(f64, f64)>,
    /// Scale bottom to top.
    pub y: Scale,
    /// Its marks; where there is little room some are left out.
    pub marks: Vec<(f64, String)>,
    /// Room at the right, pixels.
    pub aside: i32,
}

impl Panel<'_> {
    /// Draws heading, shock, marks and years in a cell; gives where the curves go.
    pub fn draw<'p, 'a>(&self, page: &'p Page<'a>, cell: Rect) -> Result<Plot<'p, 'a>, ChartError> {
        let size = page.size;
        let rect = cell.inset(beside(page, &self.marks), size.em(2.3), self.aside, size.em(1.8));
        let plot = Plot::new(page, rect, Scale::linear(0.0, self.weeks as f64), self.y);
        let heading = page.cut(self.heading, Ink::LABEL.bold(), cell.width());
        page.text(&heading, (cell.left, cell.top + size.em(0.8)), Ink::LABEL.bold())?;
        if let Some((from, to)) = self.window {
            plot.shade(from, to)?;
        }
        let room = (rect.height() / size.em(1.4).max(1)).max(2) as usize;
        let (every, last) = (self.marks.len().div_ceil(room).max(1), self.marks.len().saturating_sub(1));
        // the first one is where curves start, the last one has the unit
        let kept = |place: usize| place == 0 || (place >= every && (last - place).is_multiple_of(every));
        let marks: Vec<(f64, String)> =
            self.marks.iter().enumerate().filter(|(k, _)| kept(*k)).map(|(_, mark)| mark.clone()).collect();
        plot.marks_up(&marks)?;
        plot.marks_across(&self.years, false)?;
        plot.base()?;
        Ok(plot)
    }
}

/// A band between two curves, as a polygon.
pub fn band(upper: &[(i32, i32)], lower: &[(i32, i32)]) -> Vec<(i32, i32)> {
    upper.iter().copied().chain(lower.iter().rev().copied()).collect()
}

/// Labels of amounts of money on a scale: numbers in one unit, which the last one names.
pub fn amounts(locale: &Locale, marks: &[f64]) -> Vec<(f64, String)> {
    let largest = marks.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    let last = marks.len().saturating_sub(1);
    let shown = |(k, mark): (usize, &f64)| (*mark, locale.amount(*mark, largest, k == last));
    marks.iter().enumerate().map(shown).collect()
}

/// Room at the left for the labels of marks.
pub fn beside(page: &Page<'_>, marks: &[(f64, String)]) -> i32 {
    let widest = marks.iter().map(|(_, text)| page.width(text, Ink::LABEL)).fold(0.0, f64::max);
    widest.ceil() as i32 + page.size.em(0.8)
}

/// Round values from zero or below it to the top: three to six of them, or a few more below zero.
pub fn ticks(low: f64, high: f64) -> Vec<f64> {
    let span = (high - low).max(1e-12);
    let decade = exp(ln(10.0) * (ln(span) / ln(10.0)).floor());
    let steps = [0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0].map(|s| s * decade);
    let step = steps.into_iter().find(|s| span / s <= 5.2).unwrap_or(decade);
    let (from, to) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (from..=to).map(|k| k as f64 * step).collect()
}

/// What stands for something in a key.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// A line so thick.
    Line(RGBColor, f64),
    /// A dashed line.
    Dashes(RGBColor),
    /// A filled box.
    Box(RGBColor),
    /// A dot.
    Dot(RGBColor),
}

/// Draws a key's entries in a column, or in rows that fill a width; gives the height that they take.
pub fn key(
    page: &Page<'_>,
    entries: &[(Mark, String)],
    (left, top): (i32, i32),
    width: Option<i32>,
) -> Result<i32, ChartError> {
    let size = page.size;
    let step = size.em(1.7);
    let (mut x, mut y) = (left, top + step / 2);
    for (place, (mark, text)) in entries.iter().enumerate() {
        let text = page.cut(text, Ink::LABEL, entry_room(page, width.unwrap_or(page.body.right - left)));
        let taken = size.em(2.8) + page.width(&text, Ink::LABEL).round() as i32;
        if let Some(width) = width
            && place > 0
            && x + taken > left + width
        {
            (x, y) = (left, y + step);
        }
        let (from, to, half) = (x, x + size.em(2.0), size.em(0.45));
        match mark {
            Mark::Line(colour, thick) => page.line(vec![(from, y), (to, y)], *colour, *thick)?,
            Mark::Dashes(colour) => page.dashes(vec![(from, y), (to, y)], *colour, 3.0)?,
            Mark::Box(colour) => {
                page.rectangle(Rect { left: from, top: y - half, right: to, bottom: y + half }, *colour)?;
            }
            Mark::Dot(colour) => page.dot(((from + to) / 2, y), size.em(0.3), *colour, true)?,
        }
        page.text(&text, (to + size.em(0.4), y), Ink::LABEL)?;
        match width {
            Some(_) => x += taken + size.em(1.0),
            None => y += step,
        }
    }
    Ok(y + step / 2 - top)
}

/// Room for the words of an entry beside its mark.
fn entry_room(page: &Page<'_>, width: i32) -> i32 {
    width - page.size.em(2.5)
}

/// How many rows of a key its entries take in a width, as a height.
pub fn key_height(page: &Page<'_>, entries: &[(Mark, String)], width: i32) -> i32 {
    let size = page.size;
    let (mut x, mut rows) = (0, 1);
    for (place, (_, text)) in entries.iter().enumerate() {
        let text = page.cut(text, Ink::LABEL, entry_room(page, width));
        let taken = size.em(2.8) + page.width(&text, Ink::LABEL).round() as i32;
        if place > 0 && x + taken > width {
            (x, rows) = (0, rows + 1);
        }
        x += taken + size.em(1.0);
    }
    rows * size.em(1.7)
}

/// Rows with a name at the left, marks in the middle and a number in words at the right.
pub struct Rows<'p, 'a> {
    /// Where marks go, with the scale left to right.
    pub plot: Plot<'p, 'a>,
    /// Middle height of each row.
    pub at: Vec<i32>,
    names: i32,
    values: i32,
    foot: i32,
}

impl<'p, 'a> Rows<'p, 'a> {
    /// Room for as many of the rows as fit.
    pub fn new(page: &'p Page<'a>, count: usize, x: Scale) -> Self {
        Self::within(page, page.body, count, x)
    }

    /// The same in a part of the body.
    pub fn within(page: &'p Page<'a>, body: Rect, count: usize, x: Scale) -> Self {
        let size = page.size;
        let (names, values, least) = match size.room() {
            Room::Wide => (0.30, 0.27, 1.5),
            Room::Middle => (0.33, 0.29, 2.6),
            Room::Narrow => (0.42, 0.0, 2.6),
        };
        let part = |share: f64| (f64::from(body.width()) * share) as i32;
        let (names, values) = (part(names), part(values));
        let aside = if values > 0 { values + size.em(0.8) } else { size.em(0.8) };
        let mut rect = body.inset(names + size.em(0.5), size.em(0.2), aside, size.em(1.9));
        let fit = |rect: Rect| (rect.height() / size.em(least)).max(1) as usize;
        if fit(rect) < count {
            // a line for what is left out
            rect.bottom -= size.em(1.4);
        }
        let shown = count.min(fit(rect));
        let step = (rect.height() / shown.max(1) as i32).min(size.em(3.4));
        let at = (0..shown as i32).map(|k| rect.top + step * k + step / 2).collect();
        let foot = body.bottom;
        Self { plot: Plot::new(page, rect, x, Scale::linear(0.0, 1.0)), at, names, values, foot }
    }

    /// Name of a row and what stands at its right, in as many lines as its height lets.
    pub fn label(&self, row: usize, name: &str, value: &str, colour: RGBColor) -> Result<(), ChartError> {
        let page = self.plot.page;
        self.lines(row, name, (page.body.left, self.names), colour)?;
        if self.values > 0 {
            let left = self.plot.rect.right + page.size.em(0.8);
            self.lines(row, value, (left, self.values), colour)?;
        }
        Ok(())
    }

    fn lines(
        &self,
        row: usize,
        text: &str,
        (left, width): (i32, i32),
        colour: RGBColor,
    ) -> Result<(), ChartError> {
        let page = self.plot.page;
        let step = self.at.get(1).map_or(page.size.em(2.6), |second| second - self.at[0]);
        let ink = Ink::LABEL.colour(colour);
        let height = LINE * page.size.text(Role::Label);
        let most = ((f64::from(step) / height) as usize).clamp(1, 2);
        let mut lines = page.wrap(text, ink, width);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(page.cut(&rest, ink, width));
        }
        let top = f64::from(self.at[row]) - 0.5 * height * (lines.len() as f64 - 1.0);
        for (k, line) in lines.iter().enumerate() {
            let line = page.cut(line, ink, width);
            page.text(&line, (left, (top + height * k as f64).round() as i32), ink)?;
        }
        Ok(())
    }

    /// A note on rows that did not fit, at the foot.
    pub fn rest(&self, note: &str) -> Result<(), ChartError> {
        let page = self.plot.page;
        page.text(note, (page.body.left, self.foot - page.size.em(0.6)), Ink::NOTE)
    }
}

/// Vertical places for labels that may not overlap, in the order given: moved apart by at least `gap`, and none above
/// `top`.
pub fn apart(wanted: &mut [i32], gap: i32, top: i32) {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|k| wanted[*k]);
    for pass in 0..wanted.len() {
        let mut moved = false;
        for pair in order.windows(2) {
            let missing = gap - (wanted[pair[1]] - wanted[pair[0]]);
            if missing > 0 {
                wanted[pair[0]] -= missing / 2;
                wanted[pair[1]] += missing - missing / 2;
                moved = true;
            }
        }
        if !moved || pass > 50 {
            break;
        }
    }
    let above = (top - wanted.iter().copied().min().unwrap_or(top)).max(0);
    wanted.iter_mut().for_each(|place| *place += above);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        for (low, high, expected) in [
            (0.0, 0.23, vec![0.0, 0.05, 0.1, 0.15, 0.2, 0.25]),
            (0.0, 1.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (-80.0, 20.0, vec![-80.0, -60.0, -40.0, -20.0, 0.0, 20.0]),
        ] {
            let ticks = ticks(low, high);
            assert_eq!(ticks.len(), expected.len(), "{ticks:?}");
            assert!(ticks.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-9), "{ticks:?}");
        }
        let mut high = 1e-3;
        while high < 1e6 {
            high *= 1.05;
            let ticks = ticks(0.0, high);
            assert!((3..=7).contains(&ticks.len()) && ticks.last().unwrap() >= &high, "{high} {ticks:?}");
        }
    }

    #[test]
    fn labels_are_moved_apart_and_keep_their_order() {
        let mut at = [100, 104, 300, 98];
        apart(&mut at, 20, 0);
        assert!(at[3] + 20 <= at[0] + 1 && at[0] + 20 <= at[1] + 1 && at[2] == 300, "{at:?}");
        let mut high = [10, 12];
        apart(&mut high, 20, 8);
        assert_eq!(high, [8, 28]);
    }

    #[test]
    fn a_logarithmic_scale_puts_ten_half_way_between_one_and_a_hundred() {
        let scale = Scale::log(1.0, 100.0);
        assert!((scale.share(10.0) - 0.5).abs() < 1e-12);
        assert_eq!((scale.share(0.1), scale.share(1e9)), (0.0, 1.0));
    }
}
