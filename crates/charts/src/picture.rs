//! What comes off a page: SVG with title and description, PNG and PDF of that SVG.

use crate::size::Size;
use crate::theme;
use crate::words::{ChartError, Words};
use std::sync::{Arc, OnceLock};

/// Puts title and description into the drawing for screen readers.
pub(crate) fn describe(svg: &str, words: &Words, language: &str) -> String {
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let head =
        format!("<title>{}</title>\n<desc>{}</desc>\n", escape(&words.title), escape(&words.alternative));
    match svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| at + end)) {
        Some(at) => format!("{} role=\"img\" xml:lang=\"{language}\">\n{head}{}", &svg[..at], &svg[at + 1..]),
        None => svg.to_owned(),
    }
}

/// Reads the drawing with the fonts that ship, nothing of the machine.
fn tree(svg: &str, name: &str) -> Result<usvg::Tree, ChartError> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(theme::REGULAR.to_vec());
        fonts.load_font_data(theme::BOLD.to_vec());
        Arc::new(fonts)
    });
    let options = usvg::Options {
        fontdb: Arc::clone(fonts),
        font_family: theme::FONT.to_owned(),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(&theme::drawable(svg), &options)
        .map_err(|e| ChartError::Picture { name: name.to_owned(), reason: e.to_string() })
}

/// The picture, so many pixels for each of the canvas.
pub(crate) fn png(svg: &str, name: &str, scale: u32) -> Result<Vec<u8>, ChartError> {
    let fail = |reason: String| ChartError::Picture { name: name.to_owned(), reason };
    let tree = tree(svg, name)?;
    let (width, height) = (tree.size().width() as u32 * scale, tree.size().height() as u32 * scale);
    let mut pixels = resvg::tiny_skia::Pixmap::new(width, height)
        .ok_or_else(|| fail("no memory for the picture".to_owned()))?;
    let transform = resvg::tiny_skia::Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fail(e.to_string()))
}

/// A page of the drawing with its text as text and its fonts inside.
pub(crate) fn pdf(
    svg: &str,
    name: &str,
    size: Size,
    title: &str,
    language: &str,
) -> Result<Vec<u8>, ChartError> {
    use krilla::geom::Transform;
    use krilla_svg::{SurfaceExt, SvgSettings};
    let fail = |reason: String| ChartError::Picture { name: name.to_owned(), reason };
    let tree = tree(svg, name)?;
    let factor = size.points / size.canvas.0 as f32;
    let page_size = krilla::geom::Size::from_wh(size.points, size.canvas.1 as f32 * factor)
        .ok_or_else(|| fail("a page without size".to_owned()))?;
    let drawing = krilla::geom::Size::from_wh(size.canvas.0 as f32, size.canvas.1 as f32)
        .ok_or_else(|| fail("a drawing without size".to_owned()))?;
    let mut document = krilla::Document::new();
    let settings = krilla::page::PageSettings::new(page_size);
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(factor, factor));
    surface
        .draw_svg(&tree, drawing, SvgSettings::default())
        .ok_or_else(|| fail("the drawing cannot be put on a page".to_owned()))?;
    surface.pop();
    surface.finish();
    page.finish();
    document.set_metadata(
        krilla::metadata::Metadata::new().title(title.to_owned()).language(language.to_owned()),
    );
    document.finish().map_err(|e| fail(format!("{e:?}")))
}
