//! The sections of the briefing, in the order in which a reader asks.

use crate::brief::{Brief, Event, Loss, Programme, Stop};
use crate::figure::figure;
use chokepoint_charts::kind::break_even;
use chokepoint_charts::kind::strategies::{Strategy, finding};
use chokepoint_charts::tongue::{Named, Tongue, capital};
use chokepoint_charts::{ChartError, Sheet};
use maud::{Markup, html};

/// Ids of the sections; their headings are the messages `report-<id>`.
const SECTIONS: [&str; 9] =
    ["summary", "scenario", "happens", "costs", "helps", "sure", "belief", "limits", "register"];
/// Limits that are told: `report-limit-1` and so on.
const LIMITS: usize = 7;
/// Shares of futures from which a cell of the table of stops is darker.
const STEPS: [f64; 5] = [0.02, 0.1, 0.25, 0.5, 0.75];

/// Ids and headings, in order.
pub(crate) fn headings(tongue: &Tongue) -> Vec<(&'static str, String)> {
    SECTIONS.iter().map(|id| (*id, tongue.say(&format!("report-{id}"), &[]))).collect()
}

fn section(id: &str, tongue: &Tongue, body: Markup) -> Markup {
    let heading = format!("{id}-heading");
    html! {
        section id=(id) aria-labelledby=(heading) {
            h2 id=(heading) { (tongue.say(&format!("report-{id}"), &[])) }
            (body)
        }
    }
}

/// Figures of kinds, those that the run has.
fn figures(sheet: &Sheet, kinds: &[&str], tongue: &Tongue) -> Result<Markup, ChartError> {
    let there = kinds.iter().filter_map(|kind| sheet.charts.iter().find(|c| c.id() == *kind));
    let drawn = there.map(|chart| figure(sheet, chart, tongue)).collect::<Result<Vec<_>, _>>()?;
    Ok(html! { @for figure in drawn { (figure) } })
}

fn sector_in(stop: &Stop, tongue: &Tongue) -> (String, String) {
    (tongue.name("sector", &stop.sector), tongue.form("region", &stop.region, ".place"))
}

fn weeks(tongue: &Tongue, [low, middle, high]: [f64; 3]) -> String {
    let n = |x: f64| tongue.number(x, 0);
    format!("{} ({})", n(middle), tongue.range(&n(low), &n(high)))
}

/// The finding of the briefing.
pub(crate) fn title(brief: &Brief, tongue: &Tongue) -> String {
    let scenario = tongue.name("scenario", &brief.scenario);
    let Some(loss) = &brief.loss else {
        return tongue.say("report-title-calm", &[("scenario", &scenario)]);
    };
    let lost = tongue.money_range(loss.value_added);
    match brief.stops.first() {
        Some(stop) => {
            let (sector, place) = sector_in(stop, tongue);
            let share = tongue.per_cent_round(whole(stop.share));
            let week = tongue.number(stop.first_week[1], 0);
            let words = [
                ("scenario", &scenario),
                ("lost", &lost),
                ("sector", &sector),
                ("place", &place),
                ("week", &week),
                ("share", &share),
            ];
            tongue.say("report-title", &words.map(|(name, value)| (name, value.as_str())))
        }
        None => tongue.say("report-title-absorbed", &[("scenario", &scenario), ("lost", &lost)]),
    }
}

/// The answer in sentences, each with its range.
fn answer(brief: &Brief, loss: &Loss, tongue: &Tongue) -> Vec<String> {
    let mut sentences = Vec::new();
    match brief.stops.first() {
        Some(stop) => {
            let (sector, place) = sector_in(stop, tongue);
            let (week, share) = (weeks(tongue, stop.first_week), tongue.per_cent_round(whole(stop.share)));
            let words = [("sector", sector.as_str()), ("place", &place), ("week", &week), ("share", &share)];
            sentences.push(tongue.count("report-answer-stops", brief.stopping, &words));
        }
        None => sentences.push(tongue.say("report-answer-absorbed", &[])),
    }
    let years = brief.years.to_string();
    let (lost, tail) = (tongue.money_range(loss.value_added), tongue.money(loss.tail));
    sentences.push(tongue.say("report-answer-loss", &[("lost", &lost), ("tail", &tail), ("years", &years)]));
    if let Some((region, range)) = loss.regions.first() {
        let (region, range) = (tongue.form("region", region, ".subject"), tongue.money_range(*range));
        let sentence = tongue.say("report-answer-region", &[("region", &region), ("lost", &range)]);
        sentences.push(capital(&sentence));
    }
    if let Some(price) = brief.prices.iter().max_by(|a, b| a.peak[1].total_cmp(&b.peak[1])) {
        let item = tongue.name("item", &price.item);
        let home = tongue.form("region", &brief.home, ".subject");
        let n = |x: f64| tongue.number(x, 1);
        let [low, peak, high] = price.peak.map(n);
        let range = tongue.range(&low, &high);
        let words = [("item", item.as_str()), ("home", &home), ("peak", &peak), ("range", &range)];
        sentences.push(tongue.say("report-answer-price", &words));
    }
    sentences.push(helped(brief, tongue));
    sentences
}

/// What would have helped most, or that nothing is told apart.
fn helped(brief: &Brief, tongue: &Tongue) -> String {
    if brief.strategies.rows.is_empty() {
        return tongue.say("report-answer-no-strategy", &[]);
    }
    let Some(best) = brief.strategies.best() else { return tongue.say("report-answer-none-helps", &[]) };
    let [low, middle, high] = best.change;
    let spared = tongue.money_range([-high, -middle, -low]);
    let (name, share) = (best.name(tongue), tongue.per_cent_round(whole(best.better)));
    tongue.say("report-answer-helps", &[("strategy", &name), ("spared", &spared), ("share", &share)])
}

fn whole(share: f64) -> f64 {
    (100.0 * share).round() / 100.0
}

/// What follows, if it may be said.
fn recommendation(brief: &Brief, tongue: &Tongue) -> String {
    let rows = &brief.strategies.rows;
    let Some(best) = brief.strategies.best() else { return tongue.say("report-no-winner", &[]) };
    // another strategy whose interval meets the best one's cannot be told apart from it
    let rivals = rows
        .iter()
        .filter(|r| r.strategy.id != best.strategy.id && r.change[0] <= best.change[2] && r.change[1] < 0.0);
    let name = best.name(tongue);
    let pays = best.pays.map_or_else(String::new, |pays| break_even::told(tongue, pays));
    let words = [("strategy", name.as_str()), ("pays", &pays)];
    let id = if best.pays.is_some() { "report-winner" } else { "report-winner-cost-unknown" };
    match rivals.count() {
        0 => tongue.say(id, &words),
        n => tongue.count("report-winner-shared", n, &words),
    }
}

pub(crate) fn summary(brief: &Brief, sheet: &Sheet, tongue: &Tongue) -> Result<Markup, ChartError> {
    let say = |id: &str| tongue.say(id, &[]);
    let Some(loss) = &brief.loss else {
        return Ok(section("summary", tongue, html! { p { (say("report-calm")) } }));
    };
    let number = |value: [f64; 3]| {
        let text = tongue.money_range(value);
        let (middle, range) = text.split_once(" (").unwrap_or((&text, ""));
        html! { dd { (middle) small { (range.trim_end_matches(')')) } } }
    };
    let command = format!("chokepoint sensitivity scenarios/{}.ron", brief.scenario.id);
    Ok(section(
        "summary",
        tongue,
        html! {
            h3 { (say("report-question")) }
            p lang="en" { (brief.story) }
            h3 { (say("report-answer")) }
            ol.answer { @for sentence in answer(brief, loss, tongue) { li { (sentence) } } }
            dl.numbers {
                div { dt { (say("report-number-lost")) } (number(loss.value_added)) }
                @if let Some(stop) = brief.stops.first() {
                    @let (sector, place) = sector_in(stop, tongue);
                    @let [low, middle, high] = stop.first_week.map(|w| tongue.number(w, 0));
                    div {
                        dt { (tongue.say("report-number-stop", &[("sector", &sector), ("place", &place)])) }
                        dd { (tongue.say("report-week", &[("n", &middle)])) small { (tongue.range(&low, &high)) } }
                    }
                }
                @if let Some(best) = brief.strategies.best() {
                    div {
                        dt { (tongue.say("report-number-spared", &[("strategy", &best.name(tongue))])) }
                        (number([-best.change[2], -best.change[1], -best.change[0]]))
                    }
                }
            }
            p { strong { (recommendation(brief, tongue)) } }
            (figures(sheet, &["fan", "heat", "frontier"], tongue)?)
            h3 { (say("report-change")) }
            p { (tongue.say("report-change-how", &[("command", &command)])) }
        },
    ))
}

pub(crate) fn scenario(brief: &Brief, sheet: &Sheet, tongue: &Tongue) -> Result<Markup, ChartError> {
    let say = |id: &str| tongue.say(id, &[]);
    let status = say(&format!("status-{}", brief.status.replace(' ', "-")));
    let (day, as_of) = (tongue.day(&brief.shock_date), tongue.day(&brief.as_of));
    let years = brief.years.to_string();
    let words = [
        ("status", status.as_str()),
        ("day", &day),
        ("as_of", &as_of),
        ("years", &years),
        ("world", &brief.world.id),
    ];
    Ok(section(
        "scenario",
        tongue,
        html! {
            p { (tongue.say("report-scenario-line", &words)) }
            @if !brief.events.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(say("report-events")) {
                    table {
                        caption { (say("report-events")) }
                        thead { tr {
                            @for id in ["event", "start", "duration", "size", "leakage", "grade", "source"] {
                                th scope="col" { (say(&format!("report-column-{id}"))) }
                            }
                        } }
                        tbody { @for event in &brief.events { (event_row(event, tongue)) } }
                    }
                }
            }
            (figures(sheet, &["timeline"], tongue)?)
        },
    ))
}

fn event_row(event: &Event, tongue: &Tongue) -> Markup {
    let kind = tongue.name("event", &Named::new(&event.event.name, &event.event.name));
    let months = event.duration.map(|weeks| weeks * 12.0 / 52.0);
    let open = months[1] > 12.0 * 100.0;
    let n = |x: f64| tongue.number(x, usize::from(x < 2.95 && (x - x.round()).abs() > 0.05));
    let duration = if open {
        tongue.say("timeline-open", &[])
    } else {
        tongue.say("report-months", &[("n", &ranged(months, tongue, n))])
    };
    let share = |values: [f64; 3]| {
        if values == [0.0; 3] {
            return "–".to_owned();
        }
        let text = ranged(values, tongue, |x| tongue.number(100.0 * x, 0));
        tongue.say("per-cent", &[("n", &text)])
    };
    html! {
        tr {
            th scope="row" { (tongue.say("timeline-event", &[("kind", &kind), ("id", &event.event.id)])) }
            td { (tongue.day(&event.start)) }
            td { (duration) }
            td { (share(event.magnitude)) }
            td { (share(event.leakage)) }
            td { (grade(&event.grade, tongue)) }
            td lang="en" { (event.source) }
        }
    }
}

fn grade(grade: &str, tongue: &Tongue) -> String {
    tongue.name("grade", &Named::new(grade, grade))
}

/// "12 (5 to 21)", or the one value where there is no range.
fn ranged([low, middle, high]: [f64; 3], tongue: &Tongue, n: impl Fn(f64) -> String) -> String {
    if n(low) == n(high) {
        return n(middle);
    }
    format!("{} ({})", n(middle), tongue.range(&n(low), &n(high)))
}

pub(crate) fn happens(brief: &Brief, sheet: &Sheet, tongue: &Tongue) -> Result<Markup, ChartError> {
    let say = |id: &str| tongue.say(id, &[]);
    Ok(section(
        "happens",
        tongue,
        html! {
            @if brief.stops.is_empty() {
                p { (say("report-answer-absorbed")) }
            } @else {
                (by_month(brief, tongue))
                (stops(brief, tongue))
            }
            (figures(sheet, &["survive", "sectors", "stocks", "prices", "licences", "survival", "concentration"], tongue)?)
        },
    ))
}

/// By month and sector: the share of futures in which a line has stopped.
fn by_month(brief: &Brief, tongue: &Tongue) -> Markup {
    let caption = tongue.say("report-by-month", &[]);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (tongue.say("report-column-sector", &[])) }
                    @for month in &brief.months { th.n scope="col" { (tongue.month(month)) } }
                } }
                tbody { @for stop in &brief.stops {
                    tr {
                        th scope="row" { (row_name(stop, tongue)) }
                        @for share in &stop.by_month {
                            @let step = STEPS.iter().filter(|s| *share >= **s).count();
                            td class=(format!("n s{step}")) { (tongue.per_cent_round(whole(*share))) }
                        }
                    }
                } }
            }
        }
    }
}

fn row_name(stop: &Stop, tongue: &Tongue) -> String {
    let (sector, region) = (tongue.name("sector", &stop.sector), tongue.name("region", &stop.region));
    tongue.say("survive-name", &[("sector", &sector), ("region", &region)])
}

fn stops(brief: &Brief, tongue: &Tongue) -> Markup {
    let caption = tongue.say("report-stops", &[]);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    @for id in ["sector", "share", "first-stop", "lost"] {
                        th scope="col" { (tongue.say(&format!("report-column-{id}"), &[])) }
                    }
                } }
                tbody { @for stop in &brief.stops {
                    tr {
                        th scope="row" { (row_name(stop, tongue)) }
                        td.n { (tongue.per_cent_round(whole(stop.share))) }
                        td.n { (weeks(tongue, stop.first_week)) }
                        td.n { (tongue.money_range(stop.lost)) }
                    }
                } }
            }
        }
    }
}

pub(crate) fn costs(brief: &Brief, sheet: &Sheet, tongue: &Tongue) -> Result<Markup, ChartError> {
    let say = |id: &str| tongue.say(id, &[]);
    let Some(loss) = &brief.loss else {
        return Ok(section("costs", tongue, html! { p { (say("report-calm")) } }));
    };
    let year = brief.currency_year.to_string();
    let ledgers = [
        ("report-ledger-units", tongue.per_cent_range(loss.never_built)),
        ("report-ledger-late", tongue.per_cent_range(loss.late)),
        ("report-ledger-value", tongue.money_range(loss.value_added)),
        ("report-ledger-transfer", tongue.money_range(loss.transfer)),
    ];
    Ok(section(
        "costs",
        tongue,
        html! {
            p { (tongue.say("report-ledgers", &[("year", &year)])) }
            div.scroll tabindex="0" role="region" aria-label=(say("report-ledger-caption")) {
                table {
                    caption { (say("report-ledger-caption")) }
                    thead { tr { th scope="col" { (say("report-column-ledger")) } th scope="col" { (say("report-column-amount")) } } }
                    tbody { @for (id, amount) in &ledgers { tr { th scope="row" { (say(id)) } td.n { (amount) } } } }
                }
            }
            div.scroll tabindex="0" role="region" aria-label=(say("report-by-region")) {
                table {
                    caption { (say("report-by-region")) }
                    thead { tr { th scope="col" { (say("report-column-region")) } th scope="col" { (say("report-column-lost")) } } }
                    tbody { @for (region, range) in &loss.regions {
                        tr { th scope="row" { (tongue.name("region", region)) } td.n { (tongue.money_range(*range)) } }
                    } }
                }
            }
            (figures(sheet, &["dots"], tongue)?)
        },
    ))
}

pub(crate) fn helps(brief: &Brief, sheet: &Sheet, tongue: &Tongue) -> Result<Markup, ChartError> {
    let say = |id: &str| tongue.say(id, &[]);
    let rows = &brief.strategies.rows;
    if rows.is_empty() {
        return Ok(section("helps", tongue, html! { p { (say("report-answer-no-strategy")) } }));
    }
    let programmes = || rows.iter().zip(&brief.programmes);
    let late: Vec<String> = programmes().filter(|(_, p)| p.too_late).map(|(s, _)| s.name(tongue)).collect();
    let columns = ["strategy", "change", "helps", "finding", "payer", "premium", "pays"];
    Ok(section(
        "helps",
        tongue,
        html! {
            p { (helped(brief, tongue)) " " (say("report-finding-rule")) }
            div.scroll tabindex="0" role="region" aria-label=(say("report-strategies")) {
                table {
                    caption { (say("report-strategies")) }
                    thead { tr { @for id in columns { th scope="col" { (say(&format!("report-column-{id}"))) } } } }
                    tbody { @for (s, p) in programmes() { (strategy_row(s, p, tongue)) } }
                }
            }
            p {
                @if late.is_empty() { (say("report-none-late")) }
                @else { (tongue.say("report-late", &[("strategies", &late.join(", "))])) }
            }
            (figures(sheet, &["differences", "losses", "break-even", "decisions"], tongue)?)
        },
    ))
}

fn strategy_row(s: &Strategy, p: &Programme, tongue: &Tongue) -> Markup {
    let payers: Vec<String> =
        p.payers.iter().map(|payer| tongue.say(&format!("payer-{payer}"), &[])).collect();
    let said = if p.too_late { tongue.say("finding-no-effect", &[]) } else { finding(tongue, s.finding) };
    html! {
        tr {
            th scope="row" { (s.name(tongue)) }
            td.n { (tongue.money_range(s.change)) }
            td.n { (tongue.per_cent_round(whole(s.better))) }
            td { (said) }
            td { (payers.join(", ")) }
            td.n { @match p.premium { Some(premium) => (tongue.money_range(premium)), None => "–" } }
            td { @match s.pays { Some(pays) => (break_even::told(tongue, pays)), None => "–" } }
        }
    }
}

pub(crate) fn sure(brief: &Brief, beside: &[Sheet], tongue: &Tongue) -> Result<Markup, ChartError> {
    let runs = tongue.number(f64::from(brief.replicates), 0);
    let interval = brief.loss.as_ref().map(|l| (tongue.money(l.interval[0]), tongue.money(l.interval[1])));
    let drawn = beside.iter().map(|sheet| figures(sheet, &["tornado", "boxes"], tongue));
    let drawn = drawn.collect::<Result<Vec<_>, _>>()?;
    let assumptions = beside.iter().any(|s| s.charts.iter().any(|c| matches!(c.id(), "tornado" | "boxes")));
    let command = format!("chokepoint sensitivity scenarios/{}.ron", brief.scenario.id);
    Ok(section(
        "sure",
        tongue,
        html! {
            @if let Some((low, high)) = &interval {
                p { (tongue.say("report-sure-line", &[("runs", &runs), ("low", low), ("high", high)])) }
            }
            p { (tongue.say("report-same-futures", &[])) }
            @if assumptions { @for figure in drawn { (figure) } }
            @else { p { (tongue.say("report-change-how", &[("command", &command)])) } }
        },
    ))
}

pub(crate) fn belief(beside: &[Sheet], tongue: &Tongue) -> Result<Markup, ChartError> {
    let drawn = beside.iter().map(|sheet| figures(sheet, &["backtest"], tongue));
    let drawn = drawn.collect::<Result<Vec<_>, _>>()?;
    let there = beside.iter().any(|sheet| sheet.charts.iter().any(|chart| chart.id() == "backtest"));
    Ok(section(
        "belief",
        tongue,
        html! {
            p { (tongue.say("report-belief-line", &[])) }
            @if there { @for figure in drawn { (figure) } }
            @else { p { (tongue.say("report-belief-how", &[])) } }
        },
    ))
}

pub(crate) fn limits(tongue: &Tongue) -> Markup {
    let limits = (1..=LIMITS).map(|n| tongue.say(&format!("report-limit-{n}"), &[]));
    section("limits", tongue, html! { div.limits { ul { @for limit in limits { li { (limit) } } } } })
}

pub(crate) fn register(brief: &Brief, sheet: &Sheet, tongue: &Tongue) -> Markup {
    let say = |id: &str| tongue.say(id, &[]);
    let caption = say("report-assumptions");
    let strategies: Vec<&str> = brief.strategies.rows.iter().map(|s| s.strategy.id.as_str()).collect();
    let strategies = if strategies.is_empty() { "none".to_owned() } else { strategies.join(",") };
    let command = format!(
        "chokepoint run scenarios/{}.ron --strategies {strategies} --replicates {} --seed {}",
        brief.scenario.id, brief.replicates, brief.seed
    );
    section(
        "register",
        tongue,
        html! {
            p { (say("report-register-line")) }
            div.scroll tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption { (caption) }
                    thead { tr {
                        @for id in ["assumption", "range", "unit", "grade", "source"] {
                            th scope="col" { (say(&format!("report-column-{id}"))) }
                        }
                    } }
                    tbody { @for a in &brief.assumptions {
                        tr {
                            th scope="row" { code { (a.name) } br; span lang="en" { (a.note) } }
                            td { (ranged(a.range, tongue, |x| value(tongue, x))) }
                            td lang="en" { (a.unit) }
                            td { (grade(&a.grade, tongue)) }
                            td lang="en" { (a.source) }
                        }
                    } }
                }
            }
            h3 { (say("report-reproduce")) }
            pre tabindex="0" { code { (command) } }
            p { (tongue.say("report-reproduce-how", &[("digest", &sheet.credit.digest), ("version", &sheet.credit.version)])) }
        },
    )
}

/// A value of an assumption, in few digits.
fn value(tongue: &Tongue, value: f64) -> String {
    let size = value.abs();
    let decimals = match () {
        () if size >= 100.0 || (size > 0.5 && (value - value.round()).abs() < 1e-9) => 0,
        () if size >= 10.0 => 1,
        () if size >= 0.1 || size == 0.0 => 2,
        () => 4,
    };
    tongue.number(value, decimals)
}
