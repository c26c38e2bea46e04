//! The page: head, style and script inside, then the sections in the order in which a reader asks.

use crate::brief::Brief;
use crate::section;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chokepoint_charts::tongue::{LANGUAGES, Tongue};
use chokepoint_charts::{ChartError, Sheet, theme};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The briefing as one file, with links to the same in the other languages that were asked for.
///
/// `beside` are sheets of other runs that belong to it: a sensitivity analysis, a back-test.
pub fn page(
    brief: &Brief,
    sheet: &Sheet,
    beside: &[Sheet],
    tongue: &Tongue,
    others: &[(&str, String)],
) -> Result<String, ChartError> {
    let say = |id: &str| tongue.say(id, &[]);
    let language = tongue.language.key();
    let title = section::title(brief, tongue);
    let sections = [
        section::summary(brief, sheet, tongue)?,
        section::scenario(brief, sheet, tongue)?,
        section::happens(brief, sheet, tongue)?,
        section::costs(brief, sheet, tongue)?,
        section::helps(brief, sheet, tongue)?,
        section::sure(brief, beside, tongue)?,
        section::belief(beside, tongue)?,
        section::limits(tongue),
        section::register(brief, sheet, tongue),
    ];
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("chokepoint {}", sheet.credit.version));
                title { (title) }
                style { (PreEscaped(style())) }
            }
            body {
                a.skip href="#main" { (say("report-skip")) }
                header {
                    (heading(brief, sheet, &title, tongue))
                    @if !others.is_empty() {
                        nav.languages aria-label=(say("report-languages")) {
                            @for (key, file) in others {
                                a href=(file) hreflang=(key) lang=(key) { (name_of(key)) }
                            }
                        }
                    }
                    nav.contents aria-label=(say("report-contents")) {
                        ol { @for (id, heading) in section::headings(tongue) { li { a href=(format!("#{id}")) { (heading) } } } }
                    }
                }
                main id="main" { @for section in &sections { (section) } }
                footer { p { (sheet.credit.line(tongue, chokepoint_charts::size::SLIDE)) } }
                script { (PreEscaped(include_str!("../assets/briefing.js"))) }
            }
        }
    };
    Ok(page.into_string())
}

fn name_of(key: &str) -> &'static str {
    match LANGUAGES.iter().position(|(known, _)| *known == key) {
        Some(1) => "Français",
        _ => "English",
    }
}

fn heading(brief: &Brief, sheet: &Sheet, title: &str, tongue: &Tongue) -> Markup {
    let runs = tongue.number(f64::from(brief.replicates), 0);
    let tier = match brief.replicates {
        0..256 => "report-banner-preview",
        256..4000 => "report-banner-brief",
        _ => "report-banner-publish",
    };
    let day = tongue.day(&brief.as_of);
    html! {
        h1 { (title) }
        p.lead { (tongue.say("report-line", &[
            ("day", &day),
            ("version", &sheet.credit.version),
            ("digest", &sheet.credit.digest),
            ("world", &brief.world.id),
        ])) }
        p.banner { (tongue.say(tier, &[("runs", &runs)])) }
    }
}

/// Style with the fonts that ship, so that figures look the same on every machine.
fn style() -> String {
    let face = |bytes: &[u8], weight: u16| {
        format!(
            "@font-face{{font-family:\"{}\";font-weight:{weight};src:url(data:font/ttf;base64,{}) format(\"truetype\")}}\n",
            theme::FONT,
            STANDARD.encode(bytes)
        )
    };
    face(theme::REGULAR, 400) + &face(theme::BOLD, 700) + include_str!("../assets/briefing.css")
}
