//! The sections of the briefing, in the order in which a reader asks.

use crate::brief::{Brief, EventBrief, Loss, ProgrammeBrief, StopBrief};
use crate::document::{Block, Cell, Number, Section, Table, Text};
use crate::figure::figures;
use crate::glossary;
use crate::sentences::{
    answer, counted, helped, of_gdp, percent_range, recommendation, sector_in, weeks, whole,
};
use chokepoint_charts::kind::break_even;
use chokepoint_charts::kind::strategies::{Strategy, finding};
use chokepoint_charts::locale::{Locale, Named};
use chokepoint_charts::{Chart, ChartError, FigureSet};
use chokepoint_montecarlo::validity::{Outside, OutsideKind};

/// Limits that are reported: `report-limit-1` and so on.
const LIMITS: usize = 7;
/// Shares of replicates from which a cell of the table of stops is darker.
const STEPS: [f64; 5] = [0.02, 0.1, 0.25, 0.5, 0.75];

/// What sections are made of.
#[derive(Clone, Copy)]
pub(crate) struct SectionInputs<'a> {
    pub(crate) brief: &'a Brief,
    /// Figures of the run.
    pub(crate) figure_set: &'a FigureSet,
    /// Figures of other runs that belong to it: a sensitivity analysis, a back-test.
    pub(crate) beside: &'a [FigureSet],
    pub(crate) locale: &'a Locale,
}

impl SectionInputs<'_> {
    fn say(&self, id: &str) -> String {
        self.locale.say(id, &[])
    }

    fn paragraph(&self, id: &str, words: &[(&str, &str)]) -> Block {
        Block::Paragraph(Text::new(self.locale.say(id, words)))
    }

    fn heading(&self, id: &str) -> Block {
        Block::Heading(self.say(id))
    }

    fn table(&self, caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Block {
        let columns = columns.iter().map(|id| self.say(&format!("report-column-{id}"))).collect();
        Block::Table(Table { caption: self.say(caption), columns, rows })
    }

    fn figures(&self, kinds: &[&str]) -> Result<Vec<Block>, ChartError> {
        figures(self.figure_set, kinds, self.locale)
    }

    /// Figures of kinds that the runs beside it have.
    fn figures_beside(&self, kinds: &[&str]) -> Result<Vec<Block>, ChartError> {
        let drawn = self.beside.iter().map(|figure_set| figures(figure_set, kinds, self.locale));
        Ok(drawn.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn section(&self, id: &'static str, blocks: Vec<Block>) -> Section {
        Section { id, heading: self.say(&format!("report-{id}")), blocks }
    }

    fn name(&self, stop: &StopBrief) -> String {
        let (sector, region) = (self.locale.name("sector", &stop.sector), self.region(&stop.region));
        self.locale.say("survive-name", &[("sector", &sector), ("region", &region)])
    }

    fn region(&self, region: &Named) -> String {
        self.locale.name("region", region)
    }

    /// What left the bounds within which the model is known to hold.
    fn outside(&self, outside: &Outside) -> String {
        let kind = match outside.kind {
            OutsideKind::Parameter => "parameter",
            OutsideKind::Price => "price",
            OutsideKind::Stock => "stock",
        };
        let n = |value: f64| self.locale.number(value, if value.abs() < 10.0 { 2 } else { 0 });
        let ((from, to), (low, high)) = (outside.bounds, (outside.low, outside.high));
        self.locale.say(
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
        Cell::words(self.locale.name("grade", &Named::new(grade, grade)))
    }

    /// "12 (5 to 21)", or the one value where there is no range.
    fn ranged(&self, [low, middle, high]: [f64; 3], n: impl Fn(f64) -> String) -> String {
        if n(low) == n(high) {
            return n(middle);
        }
        format!("{} ({})", n(middle), self.locale.range(&n(low), &n(high)))
    }
}

/// All of them.
pub(crate) fn all(inputs: SectionInputs<'_>) -> Result<Vec<Section>, ChartError> {
    Ok(vec![
        summary(inputs)?,
        scenario(inputs)?,
        happens(inputs)?,
        costs(inputs)?,
        helps(inputs)?,
        uncertainty(inputs)?,
        validation(inputs)?,
        limits(inputs),
        register(inputs),
        words(inputs),
    ])
}

fn summary(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let SectionInputs { brief, locale, .. } = inputs;
    let Some(loss) = &brief.loss else {
        return Ok(inputs.section("summary", vec![inputs.paragraph("report-baseline", &[])]));
    };
    let command = format!("chokepoint sensitivity scenarios/{}.ron", brief.scenario.id);
    let mut blocks = vec![
        inputs.heading("report-question"),
        Block::Paragraph(Text::english(&brief.story)),
        inputs.heading("report-answer"),
        Block::Answer(answer(brief, loss, locale)),
        Block::Numbers(numbers(brief, loss, locale)),
        Block::Paragraph(Text::new(counted(brief, loss, locale))),
        Block::Finding(recommendation(brief, locale)),
    ];
    blocks.extend(inputs.figures(&["fan", "heat", "frontier"])?);
    blocks.push(inputs.heading("report-change"));
    blocks.push(inputs.paragraph("report-change-how", &[("command", &command)]));
    Ok(inputs.section("summary", blocks))
}

/// What is lost, when the first large sector stops, and what is avoided most.
fn numbers(brief: &Brief, loss: &Loss, locale: &Locale) -> Vec<Number> {
    let money = |label: String, value: [f64; 3]| {
        let text = locale.money_range(value);
        let (value, range) = text.split_once(" (").unwrap_or((&text, ""));
        Number { label, value: value.to_owned(), range: range.trim_end_matches(')').to_owned() }
    };
    let mut numbers = vec![money(locale.say("report-number-lost", &[]), loss.value_added)];
    if let Some(stop) = brief.stops.first() {
        let (sector, place) = sector_in(stop, locale);
        let [low, middle, high] = stop.first_week.map(|week| locale.number(week, 0));
        numbers.push(Number {
            label: locale.say("report-number-stop", &[("sector", &sector), ("place", &place)]),
            value: locale.say("report-week", &[("n", &middle)]),
            range: locale.range(&low, &high),
        });
    }
    if let Some(best) = brief.strategies.best() {
        let label = locale.say("report-number-avoided", &[("strategy", &best.name(locale))]);
        let [low, middle, high] = best.change;
        numbers.push(money(label, [-high, -middle, -low]));
    }
    numbers
}

fn scenario(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let SectionInputs { brief, locale, .. } = inputs;
    let status = inputs.say(&format!("status-{}", brief.status.replace(' ', "-")));
    let (day, as_of) = (locale.day(&brief.shock_date), locale.day(&brief.as_of));
    let years = brief.years.to_string();
    let words = [
        ("status", status.as_str()),
        ("day", &day),
        ("as_of", &as_of),
        ("years", &years),
        ("world", &brief.world.id),
    ];
    let mut blocks = vec![inputs.paragraph("report-scenario-line", &words)];
    if !brief.events.is_empty() {
        let columns = ["event", "start", "duration", "size", "leakage", "grade", "source"];
        let rows = brief.events.iter().map(|event| event_row(event, inputs)).collect();
        blocks.push(inputs.table("report-events", &columns, rows));
    }
    blocks.extend(inputs.figures(&["timeline"])?);
    Ok(inputs.section("scenario", blocks))
}

fn event_row(event: &EventBrief, inputs: SectionInputs<'_>) -> Vec<Cell> {
    let locale = inputs.locale;
    let kind = locale.name("event", &Named::new(&event.event.name, &event.event.name));
    let months = event.duration.map(|weeks| weeks * 12.0 / 52.0);
    let open = months[1] > 12.0 * 100.0;
    let n = |x: f64| locale.number(x, usize::from(x < 2.95 && (x - x.round()).abs() > 0.05));
    let duration = if open {
        locale.say("timeline-open", &[])
    } else {
        let shown = inputs.ranged(months, n);
        locale.counted("report-months", &shown, &[("months", &shown)])
    };
    let share = |values: [f64; 3]| {
        if values == [0.0; 3] {
            return "–".to_owned();
        }
        let text = inputs.ranged(values, |x| locale.number(100.0 * x, 0));
        locale.say("per-cent", &[("n", &text)])
    };
    vec![
        Cell::words(locale.say("timeline-event", &[("kind", &kind), ("id", &event.event.id)])),
        Cell::words(locale.day(&event.start)),
        Cell::words(duration),
        Cell::words(share(event.magnitude)),
        Cell::words(share(event.leakage)),
        inputs.grade(&event.grade),
        Cell::english(&event.source),
    ]
}

fn happens(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let mut blocks = if inputs.brief.stops.is_empty() {
        vec![inputs.paragraph("report-answer-absorbed", &[])]
    } else {
        vec![by_month(inputs), stops(inputs)]
    };
    let kinds = ["survive", "sectors", "flows", "stocks", "prices", "licences", "survival", "concentration"];
    blocks.extend(inputs.figures(&kinds)?);
    Ok(inputs.section("happens", blocks))
}

/// By month and sector: the share of replicates in which a line has stopped.
fn by_month(inputs: SectionInputs<'_>) -> Block {
    let SectionInputs { brief, locale, .. } = inputs;
    let months = brief.months.iter().map(|month| locale.month(month));
    let cell = |share: &f64| {
        let step = STEPS.iter().filter(|s| share >= *s).count();
        Cell::shaded(locale.per_cent_round(whole(*share)), step)
    };
    let rows = brief.stops.iter().map(|stop| {
        std::iter::once(Cell::words(inputs.name(stop))).chain(stop.by_month.iter().map(cell)).collect()
    });
    Block::Table(Table {
        caption: inputs.say("report-by-month"),
        columns: std::iter::once(inputs.say("report-column-sector")).chain(months).collect(),
        rows: rows.collect(),
    })
}

fn stops(inputs: SectionInputs<'_>) -> Block {
    let SectionInputs { brief, locale, .. } = inputs;
    let row = |stop: &StopBrief| {
        vec![
            Cell::words(inputs.name(stop)),
            Cell::number(locale.per_cent_round(whole(stop.share))),
            Cell::number(weeks(locale, stop.first_week)),
            Cell::number(percent_range(locale, stop.idle)),
            Cell::number(locale.money_range(stop.lost)),
        ]
    };
    let columns = ["sector", "share", "first-stop", "idle", "lost"];
    inputs.table("report-stops", &columns, brief.stops.iter().map(row).collect())
}

fn costs(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let SectionInputs { brief, locale, .. } = inputs;
    let Some(loss) = &brief.loss else {
        return Ok(inputs.section("costs", vec![inputs.paragraph("report-baseline", &[])]));
    };
    let ledgers = [
        ("report-ledger-units", locale.per_cent_range(loss.never_built)),
        ("report-ledger-late", locale.per_cent_range(loss.late)),
        ("report-ledger-value", locale.money_range(loss.value_added)),
        ("report-ledger-transfer", locale.money_range(loss.transfer)),
    ];
    let ledgers =
        ledgers.into_iter().map(|(id, amount)| vec![Cell::words(inputs.say(id)), Cell::number(amount)]);
    let regions = loss.regions.iter().map(|(region, range)| {
        vec![Cell::words(inputs.region(region)), Cell::number(locale.money_range(*range))]
    });
    let mut blocks = vec![
        inputs.paragraph("report-ledgers", &[("year", &brief.currency_year.to_string())]),
        inputs.table("report-ledger-caption", &["ledger", "amount"], ledgers.collect()),
        inputs.table("report-by-region", &["region", "lost"], regions.collect()),
    ];
    blocks.extend(inputs.figures(&["dots"])?);
    Ok(inputs.section("costs", blocks))
}

fn helps(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let SectionInputs { brief, locale, .. } = inputs;
    let rows = &brief.strategies.rows;
    if rows.is_empty() {
        return Ok(inputs.section("helps", vec![inputs.paragraph("report-answer-no-strategy", &[])]));
    }
    let programmes = || rows.iter().zip(&brief.programmes);
    let late: Vec<String> = programmes().filter(|(_, p)| p.too_late).map(|(s, _)| s.name(locale)).collect();
    let columns = ["strategy", "change", "helps", "finding", "payer", "premium", "pays"];
    let table = programmes().map(|(s, p)| strategy_row(s, p, locale)).collect();
    let rule = format!("{} {}", helped(brief, locale), inputs.say("report-finding-rule"));
    let mut blocks = vec![
        Block::Paragraph(Text::new(rule)),
        inputs.table("report-strategies", &columns, table),
        match late.is_empty() {
            true => inputs.paragraph("report-none-late", &[]),
            false => inputs.paragraph("report-late", &[("strategies", &late.join(", "))]),
        },
    ];
    blocks.extend(inputs.figures(&["differences", "losses", "break-even", "decisions"])?);
    Ok(inputs.section("helps", blocks))
}

fn strategy_row(s: &Strategy, p: &ProgrammeBrief, locale: &Locale) -> Vec<Cell> {
    let payers: Vec<String> =
        p.payers.iter().map(|payer| locale.say(&format!("payer-{payer}"), &[])).collect();
    let said = if p.too_late { locale.say("finding-no-effect", &[]) } else { finding(locale, s.finding) };
    let none = || "–".to_owned();
    vec![
        Cell::words(s.name(locale)),
        Cell::number(locale.money_range(s.change)),
        Cell::number(locale.per_cent_round(whole(s.better))),
        Cell::words(said),
        Cell::words(payers.join(", ")),
        Cell::number(p.premium.map_or_else(none, |premium| locale.money_range(premium))),
        Cell::words(s.pays.map_or_else(none, |pays| break_even::render(locale, pays))),
    ]
}

fn uncertainty(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let SectionInputs { brief, locale, .. } = inputs;
    let mut blocks = Vec::new();
    if let Some(loss) = &brief.loss {
        let runs = locale.number(f64::from(brief.replicates), 0);
        let [low, high] = loss.interval.map(|bound| locale.money(bound));
        let words = [("runs", runs.as_str()), ("low", &low), ("high", &high)];
        blocks.push(inputs.paragraph("report-uncertainty-line", &words));
    }
    blocks.push(inputs.paragraph("report-same-replicates", &[]));
    let drawn = inputs.figures_beside(&["tornado", "boxes"])?;
    if drawn.is_empty() {
        let command = format!("chokepoint sensitivity scenarios/{}.ron", brief.scenario.id);
        blocks.push(inputs.paragraph("report-change-how", &[("command", &command)]));
    }
    blocks.extend(drawn);
    Ok(inputs.section("uncertainty", blocks))
}

fn validation(inputs: SectionInputs<'_>) -> Result<Section, ChartError> {
    let mut blocks = vec![inputs.paragraph("report-validation-line", &[])];
    let drawn = inputs.figures_beside(&["backtest"])?;
    if drawn.is_empty() {
        blocks.push(inputs.paragraph("report-validation-how", &[]));
    }
    blocks.extend(drawn);
    blocks.extend(estimates(inputs));
    Ok(inputs.section("validation", blocks))
}

/// What others have published of the same shock, beside this model's numbers.
fn estimates(inputs: SectionInputs<'_>) -> Vec<Block> {
    let SectionInputs { brief, locale, .. } = inputs;
    if brief.beside.estimates.is_empty() {
        return Vec::new();
    }
    let rows = brief.beside.estimates.iter().map(|row| {
        let counts = locale.say(&format!("report-counts-{}", row.counts.replace('_', "-")), &[]);
        let of = match (&row.region, &row.item) {
            (Some(region), _) => inputs.region(region),
            (None, Some(item)) => locale.name("item", item),
            (None, None) => inputs.say("report-world"),
        };
        let of = match &row.strategy {
            Some(strategy) => format!("{of}; {}", locale.name("strategy", strategy)),
            None => of,
        };
        let amount = |range: [f64; 3]| match &row.item {
            Some(_) => inputs.ranged(range, |x| locale.say("report-times", &[("n", &locale.number(x, 1))])),
            None => with_gdp(range, row.gdp, inputs),
        };
        let year = if row.knows_the_crisis { inputs.say("report-knows-the-crisis") } else { String::new() };
        vec![
            Cell::english(format!("{}: {}", row.source, row.asked)),
            Cell::words(format!("{counts}{year}")),
            Cell::words(of),
            Cell::number(row.theirs.map_or_else(|| "–".to_owned(), amount)),
            Cell::number(amount(row.ours)),
        ]
    });
    let columns = ["estimate", "counts", "region", "theirs", "ours"];
    let table = inputs.table("report-estimates", &columns, rows.collect());
    vec![inputs.heading("report-estimates-heading"), table, inputs.paragraph("report-estimates-how", &[])]
}

/// A loss in money, and as a share of a year's gross domestic product.
fn with_gdp(usd: [f64; 3], gdp: Option<f64>, inputs: SectionInputs<'_>) -> String {
    let locale = inputs.locale;
    let money = if usd[0] == usd[2] { locale.money(usd[1]) } else { locale.money_range(usd) };
    match gdp {
        Some(gdp) => {
            let share = locale.say("report-of-gdp", &[("share", &of_gdp(locale, usd[1] / gdp))]);
            format!("{money}; {share}")
        }
        None => money,
    }
}

fn limits(inputs: SectionInputs<'_>) -> Section {
    let outside = inputs.brief.outside.iter().map(|outside| inputs.outside(outside));
    let usual = (1..=LIMITS).map(|n| inputs.say(&format!("report-limit-{n}")));
    let limits = outside.chain(usual).collect();
    inputs.section("limits", vec![Block::Limits(limits)])
}

fn register(inputs: SectionInputs<'_>) -> Section {
    let SectionInputs { brief, figure_set, locale, .. } = inputs;
    let strategies: Vec<&str> = brief.strategies.rows.iter().map(|s| s.strategy.id.as_str()).collect();
    let strategies = if strategies.is_empty() { "none".to_owned() } else { strategies.join(",") };
    let command = format!(
        "chokepoint run scenarios/{}.ron --strategies {strategies} --replicates {} --seed {}",
        brief.scenario.id, brief.replicates, brief.seed
    );
    let ranks = influence(inputs.beside);
    let rank = |name: &str| ranks.iter().position(|factor| *factor == name).unwrap_or(ranks.len());
    let mut assumptions: Vec<_> = brief.assumptions.iter().collect();
    assumptions.sort_by_key(|a| rank(&a.name));
    let rows = assumptions.into_iter().map(|a| {
        vec![
            Cell::code(&a.name, Text::english(&a.note)),
            Cell::words(inputs.ranged(a.range, |x| value(locale, x))),
            Cell::english(&a.unit),
            inputs.grade(&a.grade),
            Cell::english(&a.source),
        ]
    });
    let columns = ["assumption", "range", "unit", "grade", "source"];
    let order = if ranks.is_empty() { "report-register-unsorted" } else { "report-register-sorted" };
    let line = format!("{} {}", inputs.say("report-register-line"), inputs.say(order));
    let same = [("digest", figure_set.credit.digest.as_str()), ("version", &figure_set.credit.version)];
    let blocks = vec![
        Block::Paragraph(Text::new(line)),
        inputs.table("report-assumptions", &columns, rows.collect()),
        inputs.heading("report-sources"),
        inputs.paragraph("report-sources-line", &[("world", &brief.world.id)]),
        inputs.heading("report-reproduce"),
        Block::Command(command),
        inputs.paragraph("report-reproduce-how", &same),
        inputs.heading("report-cite"),
        inputs.paragraph(
            "report-cite-line",
            &[("version", &figure_set.credit.version), ("digest", &figure_set.credit.digest)],
        ),
    ];
    inputs.section("register", blocks)
}

/// Factors of the first ranking among the runs beside it, those that move the outcome most first.
fn influence(beside: &[FigureSet]) -> Vec<&str> {
    let charts = beside.iter().flat_map(|figure_set| &figure_set.charts);
    let ranked = charts.filter_map(|chart| match chart {
        Chart::Tornado(tornado) => Some(tornado.ranked()),
        _ => None,
    });
    ranked.into_iter().next().unwrap_or_default()
}

/// A value of an assumption, in few digits.
fn value(locale: &Locale, value: f64) -> String {
    let size = value.abs();
    let decimals = match () {
        () if size >= 100.0 || (size > 0.5 && (value - value.round()).abs() < 1e-9) => 0,
        () if size >= 10.0 => 1,
        () if size >= 0.1 || size == 0.0 => 2,
        () => 4,
    };
    locale.number(value, decimals)
}

fn words(inputs: SectionInputs<'_>) -> Section {
    let row = |entry: glossary::Entry| vec![Cell::words(entry.term), Cell::words(entry.meaning)];
    let rows = glossary::entries(inputs.locale.language).into_iter().map(row).collect();
    let table = inputs.table("report-glossary", &["term", "meaning"], rows);
    inputs.section("words", vec![table])
}
