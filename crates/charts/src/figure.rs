//! A page to draw on, and what comes off it: SVG, PNG, data and words.

use crate::theme;
use chokepoint_montecarlo::runner::Ensemble;
use chokepoint_montecarlo::summary::Summary;
use chokepoint_scenario::experiment::Experiment;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, FontTransform, register_font};
use std::sync::{Arc, OnceLock};

/// A chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing library refused.
    #[error("cannot draw `{name}`: {reason}")]
    Draw {
        /// Figure.
        name: String,
        /// Why not.
        reason: String,
    },
    /// The picture could not be made from the drawing.
    #[error("cannot turn `{name}` into a picture: {reason}")]
    Picture {
        /// Figure.
        name: String,
        /// Why not.
        reason: String,
    },
}

/// A finished figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// File name without ending.
    pub name: String,
    /// Vector drawing with text as text.
    pub svg: String,
    /// Picture of it.
    pub png: Vec<u8>,
    /// The numbers that are drawn.
    pub csv: String,
    /// Title, caption, alternative text.
    pub json: String,
}

/// What a figure is drawn from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// Its results.
    pub ensemble: &'a Ensemble,
    /// Their summary.
    pub summary: &'a Summary,
    /// Digest of the run.
    pub digest: &'a str,
}

impl Context<'_> {
    /// The arm that is shown: the scenario without a strategy, or calm if nothing happens.
    pub fn arm(&self) -> usize {
        self.experiment.arms.iter().position(|a| a.id == "none").unwrap_or(0)
    }

    /// Width of a week's row of series.
    pub fn width(&self) -> usize {
        self.experiment.scope.series.len()
    }

    /// Recorded weeks.
    pub fn weeks(&self) -> usize {
        (self.experiment.arms[0].plan.weeks - self.experiment.scope.from) as usize
    }

    /// Recorded week of the first shock.
    pub fn shock(&self) -> usize {
        (self.experiment.scope.shock - self.experiment.scope.from) as usize
    }

    /// First and last recorded week of the shocks, at central values; `None` without a shock.
    pub fn shock_window(&self) -> Option<(f64, f64)> {
        let from = f64::from(self.experiment.scope.from);
        let none = self.experiment.arms.iter().find(|a| a.id == "none")?;
        let mut window = (f64::INFINITY, f64::NEG_INFINITY);
        for event in &none.plan.events {
            let t = &self.experiment.timings[event.draw];
            let start = t.start.distribution.central();
            let length = t.ramp.distribution.central() + t.duration.distribution.central();
            window = (window.0.min(start - from), window.1.max(start + length - from));
        }
        Some((window.0, window.1.min(self.weeks() as f64)))
    }

    /// The years that begin within the recorded weeks: week and label.
    pub fn years(&self) -> Vec<(usize, String)> {
        let calendar = self.experiment.calendar();
        let year = |week: usize| calendar.date(self.experiment.scope.from + week as u32).year();
        (1..self.weeks()).filter(|w| year(*w) != year(*w - 1)).map(|w| (w, year(w).to_string())).collect()
    }

    /// What stands under a figure.
    pub fn credit(&self) -> Credit {
        let source = format!(
            "Source: chokepoint {}, scenario {}, world {}, {} runs, run {}. Exploratory simulation, not a forecast.",
            env!("CARGO_PKG_VERSION"),
            self.summary.scenario,
            self.summary.world,
            self.summary.replicates,
            self.digest
        );
        Credit { source, digest: self.digest.to_owned() }
    }
}

/// What stands under a figure: where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The source line.
    pub source: String,
    /// Digest of the run.
    pub digest: String,
}

/// Words of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The finding.
    pub title: String,
    /// Measure, unit, geography, period.
    pub subtitle: String,
    /// For those who cannot see it.
    pub alternative: String,
}

/// A slide to draw on. Coordinates are pixels from the top left.
pub struct Page<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    name: &'static str,
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

impl<'a> Page<'a> {
    /// Draws a slide: title, subtitle and source line, then what `body` draws.
    pub fn draw(
        credit: &Credit,
        name: &'static str,
        words: &Words,
        csv: String,
        body: impl FnOnce(&Page<'_>) -> Result<(), ChartError>,
    ) -> Result<Figure, ChartError> {
        fonts();
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, theme::SLIDE).into_drawing_area();
            let page = Page { area, name };
            page.check(page.area.fill(&theme::PAPER))?;
            page.text(&words.title, (theme::MARGIN, 62), theme::TITLE, true, theme::INK, Stand::Left)?;
            page.text(
                &words.subtitle,
                (theme::MARGIN, 120),
                theme::SUBTITLE,
                false,
                theme::GREY,
                Stand::Left,
            )?;
            body(&page)?;
            page.text(&credit.source, (theme::MARGIN, 1040), theme::SOURCE, false, theme::GREY, Stand::Left)?;
            page.check(page.area.present())?;
        }
        let svg = describe(&svg, words);
        let png = picture(&svg, name)?;
        let json = serde_json::json!({
            "figure": name, "title": words.title, "subtitle": words.subtitle, "alternative_text": words.alternative,
            "source": credit.source, "run": credit.digest,
        });
        Ok(Figure { name: name.to_owned(), svg, png, csv, json: format!("{json:#}\n") })
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
    pub fn text(
        &self,
        text: &str,
        at: (i32, i32),
        size: f64,
        bold: bool,
        colour: RGBColor,
        stand: Stand,
    ) -> Result<(), ChartError> {
        let h = match stand {
            Stand::Left => HPos::Left,
            Stand::Middle => HPos::Center,
            Stand::Right => HPos::Right,
        };
        let style = TextStyle::from((theme::FONT, size).into_font())
            .transform(FontTransform::None)
            .color(&colour)
            .pos(Pos::new(h, VPos::Center));
        let style = if bold { TextStyle { font: style.font.style(FontStyle::Bold), ..style } } else { style };
        self.check(self.area.draw(&Text::new(text.to_owned(), at, style)))
    }

    /// A line through points.
    pub fn line(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: u32) -> Result<(), ChartError> {
        self.check(self.area.draw(&PathElement::new(points, colour.stroke_width(width))))
    }

    /// A dashed line through points.
    pub fn dashes(&self, points: Vec<(i32, i32)>, colour: RGBColor, width: u32) -> Result<(), ChartError> {
        let style = colour.stroke_width(width);
        self.check(self.area.draw(&plotters::element::DashedPathElement::new(points, 14, 9, style)))
    }

    /// A filled area.
    pub fn area(&self, points: Vec<(i32, i32)>, colour: RGBColor) -> Result<(), ChartError> {
        self.check(self.area.draw(&Polygon::new(points, colour.filled())))
    }

    /// A dot, filled or as a ring.
    pub fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor, filled: bool) -> Result<(), ChartError> {
        let style = if filled { colour.filled() } else { colour.stroke_width(2) };
        self.check(self.area.draw(&Circle::new(at, radius, style)))
    }

    /// A filled rectangle.
    pub fn rectangle(&self, corners: [(i32, i32); 2], colour: RGBColor) -> Result<(), ChartError> {
        self.check(self.area.draw(&Rectangle::new(corners, colour.filled())))
    }
}

/// A band between two curves, as a polygon.
pub fn band(upper: &[(i32, i32)], lower: &[(i32, i32)]) -> Vec<(i32, i32)> {
    upper.iter().copied().chain(lower.iter().rev().copied()).collect()
}

/// Round tick values that cover 0 to `top`: three to six of them.
pub fn ticks(top: f64) -> Vec<f64> {
    let steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
    let step = steps.iter().copied().find(|s| top / s <= 5.0).unwrap_or(top.max(1e-9) / 4.0);
    let n = (top / step).ceil().max(1.0) as usize;
    (0..=n).map(|k| k as f64 * step).collect()
}

fn fonts() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        // the only error is a font that cannot be read; the test of the fonts holds that they can
        let _ = register_font(theme::FONT, FontStyle::Normal, theme::REGULAR);
        let _ = register_font(theme::FONT, FontStyle::Bold, theme::BOLD);
    });
}

/// Puts title and description into the drawing for screen readers.
fn describe(svg: &str, words: &Words) -> String {
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let head =
        format!("<title>{}</title>\n<desc>{}</desc>\n", escape(&words.title), escape(&words.alternative));
    match svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| at + end + 1)) {
        Some(at) => format!("{}\n{head}{}", &svg[..at], &svg[at..]),
        None => svg.to_owned(),
    }
}

/// Renders the drawing with the fonts that ship, nothing of the machine.
fn picture(svg: &str, name: &str) -> Result<Vec<u8>, ChartError> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(theme::REGULAR.to_vec());
        fonts.load_font_data(theme::BOLD.to_vec());
        Arc::new(fonts)
    });
    let fail = |reason: String| ChartError::Picture { name: name.to_owned(), reason };
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        font_family: theme::FONT.to_owned(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| fail(e.to_string()))?;
    let mut pixels = resvg::tiny_skia::Pixmap::new(theme::SLIDE.0, theme::SLIDE.1)
        .ok_or_else(|| fail("no memory for the picture".to_owned()))?;
    resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fail(e.to_string()))
}
