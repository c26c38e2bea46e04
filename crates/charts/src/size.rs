//! Sizes that figures are drawn in, and the text sizes that stay readable in each.

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The finding.
    Title,
    /// Measure, unit, geography, period.
    Subtitle,
    /// Labels and ticks.
    Label,
    /// The source line, and notes.
    Source,
}

/// How much room a size has for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Little: the least that a figure needs.
    Narrow,
    /// For names of two lines.
    Middle,
    /// For names and numbers beside each mark.
    Wide,
}

/// A size: a canvas in pixels, and text in pixels of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Id on the command line.
    pub id: &'static str,
    /// Width and height of the canvas, pixels.
    pub canvas: (u32, u32),
    /// Width on paper, points.
    pub points: f32,
    /// Free space at the edges, pixels.
    pub margin: i32,
    /// Text sizes by [`Role`], pixels.
    texts: [f64; 4],
}

/// A full slide: 1,920 × 1,080 pixels on 13⅓ inches.
pub const SLIDE: Size =
    Size { id: "slide", canvas: (1920, 1080), points: 960.0, margin: 80, texts: [42.0, 27.0, 23.0, 18.0] };
/// Half a slide, for two side by side.
pub const HALF: Size =
    Size { id: "half", canvas: (920, 760), points: 460.0, margin: 36, texts: [32.0, 22.0, 20.0, 18.0] };
/// The width of a page of text: 160 × 100 mm at 300 dots per inch; 12½, 9½, 9 and 8 points.
pub const DOC: Size =
    Size { id: "doc", canvas: (1890, 1181), points: 453.5, margin: 12, texts: [52.0, 40.0, 37.5, 33.4] };
/// Half of that: 78 × 65 mm; 10 and 8 points.
pub const DOC_HALF: Size =
    Size { id: "doc-half", canvas: (921, 768), points: 221.0, margin: 8, texts: [42.0, 33.4, 33.4, 33.4] };

/// All of them.
pub const SIZES: [Size; 4] = [SLIDE, HALF, DOC, DOC_HALF];

impl Size {
    /// The size with an id.
    pub fn of(id: &str) -> Option<Self> {
        SIZES.into_iter().find(|size| size.id == id)
    }

    /// Pixels of a text.
    pub fn text(&self, role: Role) -> f64 {
        self.texts[role as usize]
    }

    /// So many label heights, pixels.
    pub fn em(&self, count: f64) -> i32 {
        (count * self.text(Role::Label)).round() as i32
    }

    /// A line so many pixels thick on a slide.
    pub fn stroke(&self, width: f64) -> u32 {
        ((width * self.text(Role::Label) / 23.0).round() as u32).max(1)
    }

    /// How much room there is for words beside what is drawn.
    pub fn room(&self) -> Room {
        match f64::from(self.canvas.0) / self.text(Role::Label) {
            ems if ems >= 60.0 => Room::Wide,
            ems if ems >= 40.0 => Room::Middle,
            _ => Room::Narrow,
        }
    }

    /// Whether it is drawn on a page of text.
    pub fn on_paper(&self) -> bool {
        self.points < 456.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_smaller_than_what_can_be_read_on_a_slide_or_on_paper() {
        for size in SIZES {
            let points = f64::from(size.points) / f64::from(size.canvas.0);
            for role in [Role::Title, Role::Subtitle, Role::Label, Role::Source] {
                let text = size.text(role);
                let readable = if size.on_paper() { text * points >= 7.99 } else { text >= 18.0 };
                assert!(readable, "{} {role:?}: {:.1} points", size.id, text * points);
            }
        }
    }
}
