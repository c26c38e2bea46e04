//! A page to draw on: header, source line, and marks in pixels from the top left.

use crate::locale::Locale;
use crate::size::{Role, Room, Size};
use crate::theme;
use crate::words::{ChartError, Credit, Words};
use ab_glyph::{Font, FontRef, ScaleFont};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, FontTransform, register_font};
use std::sync::OnceLock;

/// plotters draws a text at its size over this.
const TEXT_FACTOR: f64 = 1.24;
/// Height of a line of text over its size.
pub const LINE: f64 = 1.3;

/// A rectangle of the page, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl Rect {
    /// Width.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// The same with less at its edges.
    pub fn inset(&self, left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Self {
            left: self.left + left,
            top: self.top + top,
            right: self.right - right,
            bottom: self.bottom - bottom,
        }
    }

    /// Cells for so many panels, at most so many side by side.
    pub fn cells(&self, panels: usize, most: usize, gap: (i32, i32)) -> Vec<Self> {
        let columns = most.min(panels).max(1);
        self.grid(columns, panels.div_ceil(columns), gap)
    }

    /// Cells of a grid with gaps, row by row.
    pub fn grid(&self, columns: usize, rows: usize, gap: (i32, i32)) -> Vec<Self> {
        let (columns, rows) = (columns.max(1) as i32, rows.max(1) as i32);
        let width = (self.width() - gap.0 * (columns - 1)) / columns;
        let height = (self.height() - gap.1 * (rows - 1)) / rows;
        let cell = |row: i32, column: i32| {
            let (left, top) = (self.left + column * (width + gap.0), self.top + row * (height + gap.1));
            Self { left, top, right: left + width, bottom: top + height }
        };
        (0..rows).flat_map(|row| (0..columns).map(move |column| cell(row, column))).collect()
    }
}

/// How a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Begins there.
    Left,
    /// Is centred there.
    Middle,
    /// Ends there.
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// What it is for.
    pub role: Role,
    /// Whether it is bold.
    pub bold: bool,
    /// Colour.
    pub colour: RGBColor,
    /// How it stands.
    pub stand: Stand,
}

impl Ink {
    /// A label that begins at its point.
    pub const LABEL: Self = Self { role: Role::Label, bold: false, colour: theme::INK, stand: Stand::Left };
    /// A small note.
    pub const NOTE: Self = Self { role: Role::Source, bold: false, colour: theme::GREY, stand: Stand::Left };

    /// The same, bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same in another colour.
    pub fn colour(self, colour: RGBColor) -> Self {
        Self { colour, ..self }
    }

    /// The same, centred at its point.
    pub fn middle(self) -> Self {
        Self { stand: Stand::Middle, ..self }
    }

    /// The same, ending at its point.
    pub fn right(self) -> Self {
        Self { stand: Stand::Right, ..self }
    }
}

/// A page to draw on.
pub struct Page<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    name: &'a str,
    /// Its size.
    pub size: Size,
    /// Where a figure's body goes: between the header and the source line.
    pub body: Rect,
}

impl<'a> Page<'a> {
    /// Draws a page: title, subtitle and source line, then what `body` draws.
    pub fn draw(
        name: &'a str,
        size: Size,
        words: &Words,
        credit: &Credit,
        locale: &Locale,
        body: impl FnOnce(&Page<'_>) -> Result<(), ChartError>,
    ) -> Result<String, ChartError> {
        fonts();
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, size.canvas).into_drawing_area();
            let (width, height) = (size.canvas.0 as i32, size.canvas.1 as i32);
            let whole = Rect {
                left: size.margin,
                top: size.margin / 2,
                right: width - size.margin,
                bottom: height - size.margin / 3,
            };
            let mut page = Page { area, name, size, body: whole };
            page.check(page.area.fill(&theme::PAPER))?;
            let title = Ink { role: Role::Title, ..Ink::LABEL }.bold();
            let after = page.paragraph(&words.title, (whole.left, whole.top), whole.width(), title, 3)?;
            let subtitle = Ink { role: Role::Subtitle, ..Ink::LABEL }.colour(theme::GREY);
            // a small figure says what is measured; the rest stands in its words
            let (shown, most) = match size.room() {
                Room::Narrow => (words.subtitle.split(';').next().unwrap_or_default().trim_end(), 2),
                _ => (words.subtitle.as_str(), 4),
            };
            let after =
                page.paragraph(shown, (whole.left, after + size.em(0.2)), whole.width(), subtitle, most)?;
            let source = credit.line(locale, size);
            let lines = page.wrap(&source, Ink::NOTE, whole.width()).len() as f64;
            let top = whole.bottom - (lines * LINE * size.text(Role::Source)).round() as i32;
            page.paragraph(&source, (whole.left, top), whole.width(), Ink::NOTE, 4)?;
            page.body = Rect { top: after + size.em(0.5), bottom: top - size.em(0.4), ..whole };
            body(&page)?;
            page.check(page.area.present())?;
        }
        Ok(svg)
    }

    fn check<T, E: std::fmt::Debug>(&self, result: Result<T, E>) -> Result<(), ChartError> {
        match result {
            Ok(_) => Ok(()),
            Err(reason) => {
                Err(ChartError::Draw { name: self.name.to_owned(), reason: format!("{reason:?}") })
            }
        }
    }

    /// A line of text whose middle height is at the point.
    pub fn text(&self, text: &str, at: (i32, i32), ink: Ink) -> Result<(), ChartError> {
        let h = match ink.stand {
            Stand::Left => HPos::Left,
            Stand::Middle => HPos::Center,
            Stand::Right => HPos::Right,
        };
        let size = self.size.text(ink.role) * TEXT_FACTOR;
        let style = TextStyle::from((theme::FONT, size).into_font())
            .transform(FontTransform::None)
            .color(&ink.colour)
            .pos(Pos::new(h, VPos::Center));
        let style =
            if ink.bold { TextStyle { font: style.font.style(FontStyle::Bold), ..style } } else { style };
        self.check(self.area.draw(&Text::new(text.to_owned(), at, style)))
    }

    /// Text in lines below a point, at most so many; gives where the next line would begin.
    pub fn paragraph(
        &self,
        text: &str,
        (left, top): (i32, i32),
        width: i32,
        ink: Ink,
        most: usize,
    ) -> Result<i32, ChartError> {
        let step = LINE * self.size.text(ink.role);
        let mut at = f64::from(top);
        let mut lines = self.balanced(text, ink, width);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(self.cut(&rest, ink, width));
        }
        for line in &lines {
            self.text(line, (left, (at + 0.5 * step).round() as i32), ink)?;
            at += step;
        }
        Ok(at.round() as i32)
    }

    /// Width of a text, pixels.
    pub fn width(&self, text: &str, ink: Ink) -> f64 {
        text_width(text, self.size.text(ink.role), ink.bold)
    }

    /// A text broken into lines that fit, at ordinary spaces.
    pub fn wrap(&self, text: &str, ink: Ink, width: i32) -> Vec<String> {
        self.wrap_within(text, ink, width, width)
    }

    /// The same; a word that is wider than `longest` is broken where it must be.
    fn wrap_within(&self, text: &str, ink: Ink, width: i32, longest: i32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in &text.split(' ').flat_map(|word| self.pieces(word, ink, longest)).collect::<Vec<String>>()
        {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), ink) <= f64::from(width) => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// A word, in as many pieces as it takes to fit.
    fn pieces(&self, word: &str, ink: Ink, width: i32) -> Vec<String> {
        if self.width(word, ink) <= f64::from(width) {
            return vec![word.to_owned()];
        }
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let last = pieces.len() - 1;
            let longer = format!("{}{letter}", pieces[last]);
            if pieces[last].is_empty() || self.width(&longer, ink) <= f64::from(width) {
                pieces[last] = longer;
            } else {
                pieces.push(letter.to_string());
            }
        }
        pieces
    }

    /// The same number of lines, as even as they can be: no word is left alone on the last one.
    fn balanced(&self, text: &str, ink: Ink, width: i32) -> Vec<String> {
        let lines = self.wrap(text, ink, width);
        let (mut low, mut high) = (width / 3, width);
        while lines.len() > 1 && high - low > self.size.em(0.5) {
            let middle = (low + high) / 2;
            let narrower = self.wrap_within(text, ink, middle, width);
            if narrower.len() > lines.len() { low = middle } else { high = middle }
        }
        self.wrap_within(text, ink, high, width)
    }

    /// A text cut with an ellipsis so that it fits.
    pub fn cut(&self, text: &str, ink: Ink, width: i32) -> String {
        if self.width(text, ink) <= f64::from(width) {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while !kept.is_empty() {
            kept.pop();
            let shorter = format!("{}…", kept.iter().collect::<String>().trim_end());
            if self.width(&shorter, ink) <= f64::from(width) {
                return shorter;
            }
        }
        String::new()
    }

    /// A line through points.
    pub fn line(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: f64) -> Result<(), ChartError> {
        let style = colour.stroke_width(self.size.stroke(width));
        self.check(self.area.draw(&PathElement::new(points, style)))
    }

    /// A dashed line through points.
    pub fn dashes(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: f64) -> Result<(), ChartError> {
        let style = colour.stroke_width(self.size.stroke(width));
        let (dash, gap) = (self.size.em(0.6), self.size.em(0.4));
        self.check(self.area.draw(&plotters::element::DashedPathElement::new(points, dash, gap, style)))
    }

    /// A filled area.
    pub fn area(&self, points: Vec<(i32, i32)>, colour: RGBColor) -> Result<(), ChartError> {
        self.check(self.area.draw(&Polygon::new(points, colour.filled())))
    }

    /// A dot, filled or as a ring.
    pub fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor, filled: bool) -> Result<(), ChartError> {
        let style = if filled { colour.filled() } else { colour.stroke_width(self.size.stroke(2.0)) };
        self.check(self.area.draw(&Circle::new(at, radius, style)))
    }

    /// A filled rectangle.
    pub fn rectangle(&self, rect: Rect, colour: RGBColor) -> Result<(), ChartError> {
        let corners = [(rect.left, rect.top), (rect.right, rect.bottom)];
        self.check(self.area.draw(&Rectangle::new(corners, colour.filled())))
    }
}

/// Width of a text at a size in pixels, with the fonts that ship.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    static FACES: OnceLock<Option<[FontRef<'static>; 2]>> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let face = |bytes: &'static [u8]| FontRef::try_from_slice(bytes).ok();
        Some([face(theme::REGULAR)?, face(theme::BOLD)?])
    });
    let Some(faces) = faces else { return 0.6 * size * text.chars().count() as f64 };
    let face = &faces[usize::from(bold)];
    // ab_glyph scales by the height of a line, a drawing by the em
    let Some(em) = face.units_per_em() else { return 0.6 * size * text.chars().count() as f64 };
    let scaled = face.as_scaled(size as f32 * face.height_unscaled() / em);
    theme::drawable(text).chars().map(|c| f64::from(scaled.h_advance(face.glyph_id(c)))).sum()
}

fn fonts() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        // the only error is a font that cannot be read; the test of the fonts holds that they can
        let _ = register_font(theme::FONT, FontStyle::Normal, theme::REGULAR);
        let _ = register_font(theme::FONT, FontStyle::Bold, theme::BOLD);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters_and_bold_is_wider() {
        let (regular, bold) = (text_width("mean loss", 20.0, false), text_width("mean loss", 20.0, true));
        assert!(bold > regular && (80.0..110.0).contains(&regular), "{regular} {bold}");
        assert!((text_width("mean loss", 40.0, false) - 2.0 * regular).abs() < 0.01);
    }

    #[test]
    fn the_fonts_have_every_letter_of_both_catalogues() {
        for bytes in [theme::REGULAR, theme::BOLD] {
            let face = FontRef::try_from_slice(bytes).unwrap();
            let texts = [include_str!("../locales/en.ftl"), include_str!("../locales/fr.ftl")];
            for letter in theme::drawable(&(texts.concat() + "\u{a0}\u{202f}×…−0123456789")).chars() {
                assert!(letter == '\n' || face.glyph_id(letter).0 != 0, "{letter:?}");
            }
        }
    }
}
