//! The sections of the briefing, in the order in which a reader asks.

use crate::brief::{Brief, Event, Loss, Programme, Stop};
use crate::document::{Block, Cell, Number, Section, Table, Text};
use crate::figure::figures;
use crate::glossary;
use crate::sentences::{answer, helped, recommendation, sector_in, weeks, whole};
use chokepoint_charts::kind::break_even;
use chokepoint_charts::kind::strategies::{Strategy, finding};
use chokepoint_charts::tongue::{Named, Tongue};
use chokepoint_charts::{Chart, ChartError, Sheet};
use chokepoint_montecarlo::validity::{Kind, Outside};

/// Limits that are told: `report-limit-1` and so on.
const LIMITS: usize = 7;
/// Shares of futures from which a cell of the table of stops is darker.
const STEPS: [f64; 5] = [0.02, 0.1, 0.25, 0.5, 0.75];

/// What sections are made of.
#[derive(Clone, Copy)]
pub(crate) struct Matter<'a> {
    pub(crate) brief: &'a Brief,
    /// Figures of the run.
    pub(crate) sheet: &'a Sheet,
    /// Figures of other runs that belong to it: a sensitivity analysis, a back-test.
    pub(crate) beside: &'a [Sheet],
    pub(crate) tongue: &'a Tongue,
}

impl Matter<'_> {
    fn say(&self, id: &str) -> String {
        self.tongue.say(id, &[])
    }

    fn paragraph(&self, id: &str, words: &[(&str, &str)]) -> Block {
        Block::Paragraph(Text::new(self.tongue.say(id, words)))
    }

    fn heading(&self, id: &str) -> Block {
        Block::Heading(self.say(id))
    }

    fn table(&self, caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Block {
        let columns = columns.iter().map(|id| self.say(&format!("report-column-{id}"))).collect();
        Block::Table(Table { caption: self.say(caption), columns, rows })
    }

    fn figures(&self, kinds: &[&str]) -> Result<Vec<Block>, ChartError> {
        figures(self.sheet, kinds, self.tongue)
    }

    /// Figures of kinds that the runs beside it have.
    fn figures_beside(&self, kinds: &[&str]) -> Result<Vec<Block>, ChartError> {
        let drawn = self.beside.iter().map(|sheet| figures(sheet, kinds, self.tongue));
        Ok(drawn.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn section(&self, id: &'static str, blocks: Vec<Block>) -> Section {
        Section { id, heading: self.say(&format!("report-{id}")), blocks }
    }

    fn name(&self, stop: &Stop) -> String {
        let (sector, region) = (self.tongue.name("sector", &stop.sector), self.region(&stop.region));
        self.tongue.say("survive-name", &[("sector", &sector), ("region", &region)])
    }

    fn region(&self, region: &Named) -> String {
        self.tongue.name("region", region)
    }

    /// What left the bounds within which the model is known to hold.
    fn outside(&self, outside: &Outside) -> String {
        let kind = match outside.kind {
            Kind::Parameter => "parameter",
            Kind::Price => "price",
            Kind::Stock => "stock",
        };
        let n = |value: f64| self.tongue.number(value, if value.abs() < 10.0 { 2 } else { 0 });
        let ((from, to), (low, high)) = (outside.bounds, (outside.low, outside.high));
        self.tongue.say(
            &format!("report-outside-{kind}"),
            &[
                ("what", &outside.what),
                ("place", &outside.place),
                ("low", &n(low)),
                ("high", &n(high)),
                ("from", &n(from)),
                ("to", &n(to)),
            ],
        )
    }

    fn grade(&self, grade: &str) -> Cell {
        Cell::words(self.tongue.name("grade", &Named::new(grade, grade)))
    }

    /// "12 (5 to 21)", or the one value where there is no range.
    fn ranged(&self, [low, middle, high]: [f64; 3], n: impl Fn(f64) -> String) -> String {
        if n(low) == n(high) {
            return n(middle);
        }
        format!("{} ({})", n(middle), self.tongue.range(&n(low), &n(high)))
    }
}

/// All of them.
pub(crate) fn all(matter: Matter<'_>) -> Result<Vec<Section>, ChartError> {
    Ok(vec![
        summary(matter)?,
        scenario(matter)?,
        happens(matter)?,
        costs(matter)?,
        helps(matter)?,
        sure(matter)?,
        belief(matter)?,
        limits(matter),
        register(matter),
        words(matter),
    ])
}

fn summary(matter: Matter<'_>) -> Result<Section, ChartError> {
    let Matter { brief, tongue, .. } = matter;
    let Some(loss) = &brief.loss else {
        return Ok(matter.section("summary", vec![matter.paragraph("report-calm", &[])]));
    };
    let command = format!("chokepoint sensitivity scenarios/{}.ron", brief.scenario.id);
    let mut blocks = vec![
        matter.heading("report-question"),
        Block::Paragraph(Text::english(&brief.story)),
        matter.heading("report-answer"),
        Block::Answer(answer(brief, loss, tongue)),
        Block::Numbers(numbers(brief, loss, tongue)),
        Block::Finding(recommendation(brief, tongue)),
    ];
    blocks.extend(matter.figures(&["fan", "heat", "frontier"])?);
    blocks.push(matter.heading("report-change"));
    blocks.push(matter.paragraph("report-change-how", &[("command", &command)]));
    Ok(matter.section("summary", blocks))
}

/// What is lost, when the first large sector stops, and what is spared most.
fn numbers(brief: &Brief, loss: &Loss, tongue: &Tongue) -> Vec<Number> {
    let money = |label: String, value: [f64; 3]| {
        let text = tongue.money_range(value);
        let (value, range) = text.split_once(" (").unwrap_or((&text, ""));
        Number { label, value: value.to_owned(), range: range.trim_end_matches(')').to_owned() }
    };
    let mut numbers = vec![money(tongue.say("report-number-lost", &[]), loss.value_added)];
    if let Some(stop) = brief.stops.first() {
        let (sector, place) = sector_in(stop, tongue);
        let [low, middle, high] = stop.first_week.map(|week| tongue.number(week, 0));
        numbers.push(Number {
            label: tongue.say("report-number-stop", &[("sector", &sector), ("place", &place)]),
            value: tongue.say("report-week", &[("n", &middle)]),
            range: tongue.range(&low, &high),
        });
    }
    if let Some(best) = brief.strategies.best() {
        let label = tongue.say("report-number-spared", &[("strategy", &best.name(tongue))]);
        let [low, middle, high] = best.change;
        numbers.push(money(label, [-high, -middle, -low]));
    }
    numbers
}

fn scenario(matter: Matter<'_>) -> Result<Section, ChartError> {
    let Matter { brief, tongue, .. } = matter;
    let status = matter.say(&format!("status-{}", brief.status.replace(' ', "-")));
    let (day, as_of) = (tongue.day(&brief.shock_date), tongue.day(&brief.as_of));
    let years = brief.years.to_string();
    let words = [
        ("status", status.as_str()),
        ("day", &day),
        ("as_of", &as_of),
        ("years", &years),
        ("world", &brief.world.id),
    ];
    let mut blocks = vec![matter.paragraph("report-scenario-line", &words)];
    if !brief.events.is_empty() {
        let columns = ["event", "start", "duration", "size", "leakage", "grade", "source"];
        let rows = brief.events.iter().map(|event| event_row(event, matter)).collect();
        blocks.push(matter.table("report-events", &columns, rows));
    }
    blocks.extend(matter.figures(&["timeline"])?);
    Ok(matter.section("scenario", blocks))
}

fn event_row(event: &Event, matter: Matter<'_>) -> Vec<Cell> {
    let tongue = matter.tongue;
    let kind = tongue.name("event", &Named::new(&event.event.name, &event.event.name));
    let months = event.duration.map(|weeks| weeks * 12.0 / 52.0);
    let open = months[1] > 12.0 * 100.0;
    let n = |x: f64| tongue.number(x, usize::from(x < 2.95 && (x - x.round()).abs() > 0.05));
    let duration = if open {
        tongue.say("timeline-open", &[])
    } else {
        let told = matter.ranged(months, n);
        tongue.counted("report-months", &told, &[("months", &told)])
    };
    let share = |values: [f64; 3]| {
        if values == [0.0; 3] {
            return "–".to_owned();
        }
        let text = matter.ranged(values, |x| tongue.number(100.0 * x, 0));
        tongue.say("per-cent", &[("n", &text)])
    };
    vec![
        Cell::words(tongue.say("timeline-event", &[("kind", &kind), ("id", &event.event.id)])),
        Cell::words(tongue.day(&event.start)),
        Cell::words(duration),
        Cell::words(share(event.magnitude)),
        Cell::words(share(event.leakage)),
        matter.grade(&event.grade),
        Cell::english(&event.source),
    ]
}

fn happens(matter: Matter<'_>) -> Result<Section, ChartError> {
    let mut blocks = if matter.brief.stops.is_empty() {
        vec![matter.paragraph("report-answer-absorbed", &[])]
    } else {
        vec![by_month(matter), stops(matter)]
    };
    let kinds = ["survive", "sectors", "flows", "stocks", "prices", "licences", "survival", "concentration"];
    blocks.extend(matter.figures(&kinds)?);
    Ok(matter.section("happens", blocks))
}

/// By month and sector: the share of futures in which a line has stopped.
fn by_month(matter: Matter<'_>) -> Block {
    let Matter { brief, tongue, .. } = matter;
    let months = brief.months.iter().map(|month| tongue.month(month));
    let cell = |share: &f64| {
        let step = STEPS.iter().filter(|s| share >= *s).count();
        Cell::shaded(tongue.per_cent_round(whole(*share)), step)
    };
    let rows = brief.stops.iter().map(|stop| {
        std::iter::once(Cell::words(matter.name(stop))).chain(stop.by_month.iter().map(cell)).collect()
    });
    Block::Table(Table {
        caption: matter.say("report-by-month"),
        columns: std::iter::once(matter.say("report-column-sector")).chain(months).collect(),
        rows: rows.collect(),
    })
}

fn stops(matter: Matter<'_>) -> Block {
    let Matter { brief, tongue, .. } = matter;
    let row = |stop: &Stop| {
        vec![
            Cell::words(matter.name(stop)),
            Cell::number(tongue.per_cent_round(whole(stop.share))),
            Cell::number(weeks(tongue, stop.first_week)),
            Cell::number(tongue.money_range(stop.lost)),
        ]
    };
    let columns = ["sector", "share", "first-stop", "lost"];
    matter.table("report-stops", &columns, brief.stops.iter().map(row).collect())
}

fn costs(matter: Matter<'_>) -> Result<Section, ChartError> {
    let Matter { brief, tongue, .. } = matter;
    let Some(loss) = &brief.loss else {
        return Ok(matter.section("costs", vec![matter.paragraph("report-calm", &[])]));
    };
    let ledgers = [
        ("report-ledger-units", tongue.per_cent_range(loss.never_built)),
        ("report-ledger-late", tongue.per_cent_range(loss.late)),
        ("report-ledger-value", tongue.money_range(loss.value_added)),
        ("report-ledger-transfer", tongue.money_range(loss.transfer)),
    ];
    let ledgers =
        ledgers.into_iter().map(|(id, amount)| vec![Cell::words(matter.say(id)), Cell::number(amount)]);
    let regions = loss.regions.iter().map(|(region, range)| {
        vec![Cell::words(matter.region(region)), Cell::number(tongue.money_range(*range))]
    });
    let mut blocks = vec![
        matter.paragraph("report-ledgers", &[("year", &brief.currency_year.to_string())]),
        matter.table("report-ledger-caption", &["ledger", "amount"], ledgers.collect()),
        matter.table("report-by-region", &["region", "lost"], regions.collect()),
    ];
    blocks.extend(matter.figures(&["dots"])?);
    Ok(matter.section("costs", blocks))
}

fn helps(matter: Matter<'_>) -> Result<Section, ChartError> {
    let Matter { brief, tongue, .. } = matter;
    let rows = &brief.strategies.rows;
    if rows.is_empty() {
        return Ok(matter.section("helps", vec![matter.paragraph("report-answer-no-strategy", &[])]));
    }
    let programmes = || rows.iter().zip(&brief.programmes);
    let late: Vec<String> = programmes().filter(|(_, p)| p.too_late).map(|(s, _)| s.name(tongue)).collect();
    let columns = ["strategy", "change", "helps", "finding", "payer", "premium", "pays"];
    let table = programmes().map(|(s, p)| strategy_row(s, p, tongue)).collect();
    let rule = format!("{} {}", helped(brief, tongue), matter.say("report-finding-rule"));
    let mut blocks = vec![
        Block::Paragraph(Text::new(rule)),
        matter.table("report-strategies", &columns, table),
        match late.is_empty() {
            true => matter.paragraph("report-none-late", &[]),
            false => matter.paragraph("report-late", &[("strategies", &late.join(", "))]),
        },
    ];
    blocks.extend(matter.figures(&["differences", "losses", "break-even", "decisions"])?);
    Ok(matter.section("helps", blocks))
}

fn strategy_row(s: &Strategy, p: &Programme, tongue: &Tongue) -> Vec<Cell> {
    let payers: Vec<String> =
        p.payers.iter().map(|payer| tongue.say(&format!("payer-{payer}"), &[])).collect();
    let said = if p.too_late { tongue.say("finding-no-effect", &[]) } else { finding(tongue, s.finding) };
    let none = || "–".to_owned();
    vec![
        Cell::words(s.name(tongue)),
        Cell::number(tongue.money_range(s.change)),
        Cell::number(tongue.per_cent_round(whole(s.better))),
        Cell::words(said),
        Cell::words(payers.join(", ")),
        Cell::number(p.premium.map_or_else(none, |premium| tongue.money_range(premium))),
        Cell::words(s.pays.map_or_else(none, |pays| break_even::told(tongue, pays))),
    ]
}

fn sure(matter: Matter<'_>) -> Result<Section, ChartError> {
    let Matter { brief, tongue, .. } = matter;
    let mut blocks = Vec::new();
    if let Some(loss) = &brief.loss {
        let runs = tongue.number(f64::from(brief.replicates), 0);
        let [low, high] = loss.interval.map(|bound| tongue.money(bound));
        let words = [("runs", runs.as_str()), ("low", &low), ("high", &high)];
        blocks.push(matter.paragraph("report-sure-line", &words));
    }
    blocks.push(matter.paragraph("report-same-futures", &[]));
    let drawn = matter.figures_beside(&["tornado", "boxes"])?;
    if drawn.is_empty() {
        let command = format!("chokepoint sensitivity scenarios/{}.ron", brief.scenario.id);
        blocks.push(matter.paragraph("report-change-how", &[("command", &command)]));
    }
    blocks.extend(drawn);
    Ok(matter.section("sure", blocks))
}

fn belief(matter: Matter<'_>) -> Result<Section, ChartError> {
    let mut blocks = vec![matter.paragraph("report-belief-line", &[])];
    let drawn = matter.figures_beside(&["backtest"])?;
    if drawn.is_empty() {
        blocks.push(matter.paragraph("report-belief-how", &[]));
    }
    blocks.extend(drawn);
    blocks.push(matter.paragraph("report-belief-estimate", &[]));
    Ok(matter.section("belief", blocks))
}

fn limits(matter: Matter<'_>) -> Section {
    let outside = matter.brief.outside.iter().map(|outside| matter.outside(outside));
    let usual = (1..=LIMITS).map(|n| matter.say(&format!("report-limit-{n}")));
    let limits = outside.chain(usual).collect();
    matter.section("limits", vec![Block::Limits(limits)])
}

fn register(matter: Matter<'_>) -> Section {
    let Matter { brief, sheet, tongue, .. } = matter;
    let strategies: Vec<&str> = brief.strategies.rows.iter().map(|s| s.strategy.id.as_str()).collect();
    let strategies = if strategies.is_empty() { "none".to_owned() } else { strategies.join(",") };
    let command = format!(
        "chokepoint run scenarios/{}.ron --strategies {strategies} --replicates {} --seed {}",
        brief.scenario.id, brief.replicates, brief.seed
    );
    let ranks = influence(matter.beside);
    let rank = |name: &str| ranks.iter().position(|factor| *factor == name).unwrap_or(ranks.len());
    let mut assumptions: Vec<_> = brief.assumptions.iter().collect();
    assumptions.sort_by_key(|a| rank(&a.name));
    let rows = assumptions.into_iter().map(|a| {
        vec![
            Cell::code(&a.name, Text::english(&a.note)),
            Cell::words(matter.ranged(a.range, |x| value(tongue, x))),
            Cell::english(&a.unit),
            matter.grade(&a.grade),
            Cell::english(&a.source),
        ]
    });
    let columns = ["assumption", "range", "unit", "grade", "source"];
    let order = if ranks.is_empty() { "report-register-unsorted" } else { "report-register-sorted" };
    let line = format!("{} {}", matter.say("report-register-line"), matter.say(order));
    let same = [("digest", sheet.credit.digest.as_str()), ("version", &sheet.credit.version)];
    let blocks = vec![
        Block::Paragraph(Text::new(line)),
        matter.table("report-assumptions", &columns, rows.collect()),
        matter.heading("report-sources"),
        matter.paragraph("report-sources-line", &[("world", &brief.world.id)]),
        matter.heading("report-reproduce"),
        Block::Command(command),
        matter.paragraph("report-reproduce-how", &same),
        matter.heading("report-cite"),
        matter.paragraph(
            "report-cite-line",
            &[("version", &sheet.credit.version), ("digest", &sheet.credit.digest)],
        ),
    ];
    matter.section("register", blocks)
}

/// Factors of the first ranking among the runs beside it, those that move the outcome most first.
fn influence(beside: &[Sheet]) -> Vec<&str> {
    let charts = beside.iter().flat_map(|sheet| &sheet.charts);
    let ranked = charts.filter_map(|chart| match chart {
        Chart::Tornado(tornado) => Some(tornado.ranked()),
        _ => None,
    });
    ranked.into_iter().next().unwrap_or_default()
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

fn words(matter: Matter<'_>) -> Section {
    let row = |entry: glossary::Entry| vec![Cell::words(entry.term), Cell::words(entry.meaning)];
    let rows = glossary::entries(matter.tongue.language).into_iter().map(row).collect();
    let table = matter.table("report-glossary", &["term", "meaning"], rows);
    matter.section("words", vec![table])
}
