//! Colours, sizes and fonts are set here alone; those of regions in `colours/regions.csv`.

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

/// A text in characters that the fonts have: they lack the minus sign, and an en dash looks the same.
pub fn drawable(text: &str) -> String {
    text.replace('−', "–")
}

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

/// Colour of a region by its key; ink for a key that has none.
pub fn region(key: &str) -> RGBColor {
    regions().find(|(known, _)| *known == key).map_or(INK, |(_, colour)| colour)
}

/// Colours of regions: `colours/regions.csv`. The least distance of any pair under colour-blindness is 29 (CIE76).
fn regions() -> impl Iterator<Item = (&'static str, RGBColor)> {
    let rows = include_str!("../colours/regions.csv").lines().skip(1);
    rows.filter_map(|row| {
        let (key, colour) = row.split_once(',')?;
        let part = |from: usize| u8::from_str_radix(colour.get(from..from + 2)?, 16).ok();
        Some((key, RGBColor(part(0)?, part(2)?, part(4)?)))
    })
}

/// A colour mixed with paper: `share` of the colour.
pub fn tint(colour: RGBColor, share: f64) -> RGBColor {
    let mix = |c: u8| (f64::from(c) * share + 255.0 * (1.0 - share)).round() as u8;
    RGBColor(mix(colour.0), mix(colour.1), mix(colour.2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chokepoint_core::lanes::{exp, ln};

    /// Linear light of a channel.
    fn light(channel: u8) -> f64 {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { exp(2.4 * ln((c + 0.055) / 1.055)) }
    }

    fn linear(c: RGBColor) -> [f64; 3] {
        [c.0, c.1, c.2].map(light)
    }

    /// Ordinary vision, then none of the long, middle or short cones: Machado, Oliveira and Fernandes (2009), severity 1.
    const VISIONS: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn dot(row: [f64; 3], other: [f64; 3]) -> f64 {
        row.iter().zip(other).map(|(a, b)| a * b).sum()
    }

    /// CIELAB under D65 of a colour as someone sees it.
    fn lab(colour: RGBColor, vision: [[f64; 3]; 3]) -> [f64; 3] {
        const XYZ: [[f64; 3]; 3] = [
            [0.412_456_4, 0.357_576_1, 0.180_437_5],
            [0.212_672_9, 0.715_152_2, 0.072_175_0],
            [0.019_333_9, 0.119_192_0, 0.950_304_1],
        ];
        let seen = vision.map(|row| dot(row, linear(colour)).clamp(0.0, 1.0));
        let white = [0.950_47, 1.0, 1.088_83];
        let mut f = [0.0; 3];
        for (k, row) in XYZ.into_iter().enumerate() {
            let t = dot(row, seen) / white[k];
            f[k] = if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
        }
        [116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])]
    }

    /// Least distance of any two colours in any vision (CIE76).
    fn nearest(colours: &[RGBColor]) -> f64 {
        let mut least = f64::INFINITY;
        for vision in VISIONS {
            for (k, one) in colours.iter().enumerate() {
                for other in &colours[..k] {
                    let (a, b) = (lab(*one, vision), lab(*other, vision));
                    let squares: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                    least = least.min(squares.sqrt());
                }
            }
        }
        least
    }

    /// WCAG contrast of two colours.
    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let luminance = |c| dot([0.2126, 0.7152, 0.0722], linear(c)) + 0.05;
        let (a, b) = (luminance(one), luminance(other));
        a.max(b) / a.min(b)
    }

    #[test]
    fn regions_and_series_are_distinguishable_with_and_without_colour_blindness() {
        let regions: Vec<RGBColor> = regions().map(|(_, colour)| colour).collect();
        assert_eq!(regions.len(), 7, "every row is a colour");
        assert!((nearest(&regions) - 29.4).abs() < 0.1, "{}", nearest(&regions));
        assert!((nearest(&SERIES) - 42.3).abs() < 0.1, "{}", nearest(&SERIES));
        assert!(nearest(&RAMP) > 19.0, "{}", nearest(&RAMP));
        for colour in regions.into_iter().chain(SERIES) {
            assert!(contrast(colour, PAPER) >= 3.0, "{colour:?}: {}", contrast(colour, PAPER));
        }
    }

    #[test]
    fn text_is_read_on_paper_and_the_ramp_darkens_step_by_step() {
        for colour in [INK, GREY, BASELINE] {
            assert!(contrast(colour, PAPER) >= 4.5, "{colour:?}");
        }
        for vision in VISIONS {
            assert!(RAMP.windows(2).all(|pair| lab(pair[1], vision)[0] < lab(pair[0], vision)[0] - 5.0));
        }
    }
}
