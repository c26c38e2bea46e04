//! A figure in the page: drawn for wide and for narrow screens, with its words, its table and its downloads.

use crate::table;
use chokepoint_charts::size::{DOC, DOC_HALF};
use chokepoint_charts::tongue::Tongue;
use chokepoint_charts::{Chart, ChartError, Sheet};
use maud::{Markup, PreEscaped, html};

/// Draws one.
pub(crate) fn figure(sheet: &Sheet, chart: &Chart, tongue: &Tongue) -> Result<Markup, ChartError> {
    let wide = sheet.figure(chart, DOC, tongue, None)?;
    let narrow = sheet.figure(chart, DOC_HALF, tongue, None)?;
    let say = |id: &str| tongue.say(id, &[]);
    let twin = table::twin(&wide.csv);
    // the same kind may come from several runs
    let id = format!("figure-{}-{}", chart.id(), sheet.credit.digest);
    let told = tongue.number(twin.rows.len() as f64, 0);
    let all = tongue.number(twin.all as f64, 0);
    Ok(html! {
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
                    @if twin.rows.len() < twin.all {
                        p { (tongue.say("report-rows", &[("shown", &told), ("all", &all)])) }
                    }
                    div.scroll tabindex="0" role="region" aria-label=(wide.words.alternative) {
                        table {
                            thead { tr { @for name in &twin.head { th scope="col" { (name) } } } }
                            tbody { @for row in &twin.rows { tr { @for cell in row { td { (cell) } } } } }
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
    })
}
