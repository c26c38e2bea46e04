//! The briefing as one HTML file: head, style and script inside, then the sections.

use crate::document::{Block, Cell, Document, Drawing, Number, Section, Style, Table, Text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chokepoint_charts::locale::{LANGUAGES, Locale};
use chokepoint_charts::theme;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The file, with links to the same in the other languages that were asked for.
pub fn page(document: &Document, locale: &Locale, others: &[(&str, String)]) -> String {
    let say = |id: &str| locale.say(id, &[]);
    let page = html! {
        (DOCTYPE)
        html lang=(document.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("chokepoint {}", document.version));
                title { (document.title) }
                style { (PreEscaped(style())) }
            }
            body {
                a.skip href="#main" { (say("report-skip")) }
                header {
                    h1 { (document.title) }
                    p.lead { (document.lead) }
                    p.banner { (document.banner) }
                    @if !others.is_empty() {
                        nav.languages aria-label=(say("report-languages")) {
                            @for (key, file) in others {
                                a href=(file) hreflang=(key) lang=(key) { (name_of(key)) }
                            }
                        }
                    }
                    nav.contents aria-label=(say("report-contents")) {
                        ol { @for s in &document.sections { li { a href=(format!("#{}", s.id)) { (s.heading) } } } }
                    }
                }
                main id="main" { @for part in &document.sections { (section(part, locale)) } }
                footer { p { (document.source) } }
                script { (PreEscaped(include_str!("../assets/briefing.js"))) }
            }
        }
    };
    page.into_string()
}

fn name_of(key: &str) -> &'static str {
    match LANGUAGES.iter().position(|(known, _)| *known == key) {
        Some(1) => "Français",
        _ => "English",
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

fn section(section: &Section, locale: &Locale) -> Markup {
    let heading = format!("{}-heading", section.id);
    html! {
        section id=(section.id) aria-labelledby=(heading) {
            h2 id=(heading) { (section.heading) }
            @for part in &section.blocks { (block(part, locale)) }
        }
    }
}

fn block(block: &Block, locale: &Locale) -> Markup {
    match block {
        Block::Heading(heading) => html! { h3 { (heading) } },
        Block::Paragraph(text) => html! { p lang=[english(text)] { (text.words) } },
        Block::Finding(finding) => html! { p { strong { (finding) } } },
        Block::Answer(sentences) => html! { ol.answer { @for s in sentences { li { (s) } } } },
        Block::Limits(limits) => html! { div.limits { ul { @for limit in limits { li { (limit) } } } } },
        Block::Numbers(numbers) => html! { dl.numbers { @for n in numbers { (number(n)) } } },
        Block::Table(shown) => table(shown),
        Block::Figure(drawing) => figure(drawing, locale),
        Block::Command(command) => html! { pre tabindex="0" { code { (command) } } },
    }
}

fn english(text: &Text) -> Option<&'static str> {
    text.english.then_some("en")
}

fn number(number: &Number) -> Markup {
    html! { div { dt { (number.label) } dd { (number.value) small { (number.range) } } } }
}

fn table(table: &Table) -> Markup {
    let numeric = |column: usize| {
        let of = |row: &Vec<Cell>| matches!(row.get(column).map(|c| c.style), Some(Style::Shaded(_)));
        table.rows.first().is_some_and(of).then_some("n")
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                thead { tr { @for (k, name) in table.columns.iter().enumerate() {
                    th scope="col" class=[numeric(k)] { (name) }
                } } }
                tbody { @for row in &table.rows { tr { @for (k, part) in row.iter().enumerate() { (cell(part, k == 0)) } } } }
            }
        }
    }
}

fn cell(cell: &Cell, first: bool) -> Markup {
    let inside = html! {
        @if cell.style == Style::Code { code { (cell.text.words) } } @else { (cell.text.words) }
        @if let Some(below) = &cell.below { br; span lang=[english(below)] { (below.words) } }
    };
    let class = match cell.style {
        Style::Number => Some("n".to_owned()),
        Style::Shaded(step) => Some(format!("n s{step}")),
        Style::Plain | Style::Code => None,
    };
    if first {
        html! { th scope="row" { (inside) } }
    } else {
        html! { td class=[class] lang=[english(&cell.text)] { (inside) } }
    }
}

/// A figure with its words, its table and its downloads.
fn figure(drawing: &Drawing, locale: &Locale) -> Markup {
    let Drawing { id, wide, narrow, data_table, .. } = drawing;
    let say = |id: &str| locale.say(id, &[]);
    let shown = locale.number(data_table.rows.len() as f64, 0);
    let all = locale.number(data_table.all as f64, 0);
    html! {
        figure id=(id) aria-describedby=(format!("{id}-long")) {
            div.wide { (PreEscaped(&wide.svg)) }
            div.narrow { (PreEscaped(&narrow.svg)) }
            figcaption {
                p.number { (say("report-figure")) }
                details {
                    summary { (say("report-description")) }
                    p id=(format!("{id}-long")) { (wide.words.description) }
                }
                details {
                    summary { (say("report-table")) }
                    @if data_table.rows.len() < data_table.all {
                        p { (locale.say("report-rows", &[("shown", &shown), ("all", &all)])) }
                    }
                    div.scroll tabindex="0" role="region" aria-label=(wide.words.alternative) {
                        table {
                            thead { tr { @for name in &data_table.head { th scope="col" { (name) } } } }
                            tbody { @for row in &data_table.rows { tr { @for cell in row { td { (cell) } } } } }
                        }
                    }
                }
                p.downloads {
                    button type="button" data-svg=(id) data-name=(format!("{}.svg", wide.name)) { (say("report-svg")) }
                    button type="button" data-csv=(format!("{id}-csv")) data-name=(format!("{}.csv", wide.name)) { (say("report-csv")) }
                }
            }
            script type="text/plain" id=(format!("{id}-csv")) { (PreEscaped(wide.csv.replace("</", "<\\/"))) }
        }
    }
}
