//! Colours, sizes and fonts: the only place where they are set.

use plotters::style::RGBColor;

/// Width and height of a full slide, pixels.
pub const SLIDE: (u32, u32) = (1920, 1080);
/// Safe margin of a slide, pixels.
pub const MARGIN: i32 = 80;

/// Font family of every text; the files ship with the crate (SIL Open Font Licence).
pub const FONT: &str = "Noto Sans";
/// Regular weight.
pub const REGULAR: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
/// Bold weight.
pub const BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");

/// Text sizes, pixels on a slide.
pub const TITLE: f64 = 42.0;
/// Subtitle.
pub const SUBTITLE: f64 = 26.0;
/// Labels and ticks.
pub const LABEL: f64 = 23.0;
/// Source line.
pub const SOURCE: f64 = 18.0;

/// Text.
pub const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
/// Secondary text, contrast 7 : 1.
pub const GREY: RGBColor = RGBColor(0x59, 0x59, 0x59);
/// Baseline: always this grey.
pub const BASELINE: RGBColor = RGBColor(0x76, 0x76, 0x76);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(0xDD, 0xDD, 0xDD);
/// The time of a shock.
pub const SHADE: RGBColor = RGBColor(0xF1, 0xEC, 0xE0);
/// Paper.
pub const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);

/// Regions in the order of their keys; the least distance of any pair under colour-blindness is 29 (CIE76).
pub const REGIONS: [(&str, RGBColor); 7] = [
    ("CN", RGBColor(0xA6, 0x0C, 0x0C)),
    ("US", RGBColor(0x00, 0x69, 0xF2)),
    ("EU", RGBColor(0x00, 0x00, 0x40)),
    ("JP", RGBColor(0xB7, 0x25, 0x9E)),
    ("CA", RGBColor(0x1D, 0x4C, 0x47)),
    ("AU", RGBColor(0xBF, 0x8A, 0x00)),
    ("ROW", RGBColor(0x94, 0x91, 0x91)),
];

/// Six unordered things.
pub const SERIES: [RGBColor; 6] = [
    RGBColor(0x00, 0x90, 0xF0),
    RGBColor(0x78, 0x00, 0x00),
    RGBColor(0xF0, 0x60, 0x90),
    RGBColor(0xA8, 0x90, 0x00),
    RGBColor(0x48, 0x00, 0x48),
    RGBColor(0x00, 0x00, 0xA8),
];

/// One hue, light to dark, for ordered data.
pub const RAMP: [RGBColor; 5] = [
    RGBColor(0xFD, 0xF1, 0xE6),
    RGBColor(0xF9, 0xCF, 0xA6),
    RGBColor(0xEE, 0x9A, 0x5B),
    RGBColor(0xC4, 0x5A, 0x1A),
    RGBColor(0x7A, 0x2A, 0x04),
];

/// Colour of a region; ink for a key that has none.
pub fn region(key: &str) -> RGBColor {
    REGIONS.iter().find(|(k, _)| *k == key).map_or(INK, |(_, colour)| *colour)
}

/// A colour mixed with paper: `share` of the colour.
pub fn tint(colour: RGBColor, share: f64) -> RGBColor {
    let mix = |c: u8| (f64::from(c) * share + 255.0 * (1.0 - share)).round() as u8;
    RGBColor(mix(colour.0), mix(colour.1), mix(colour.2))
}
