//! The file format as a table: what `chokepoint schema` prints and `docs/scenario-format.md` holds.

/// One field of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: &'static str,
    /// What is written there, with its unit.
    pub value: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// One kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

const fn need(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, needed: true, meaning }
}
const fn may(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, needed: false, meaning }
}

const TIME: &str = "Days(n), Weeks(n), Months(n) or Years(n)";
const SHARE: &str = "Percent(n)";
const DATE: &str = "\"year-month-day\"";
const NAMES: &str = "[\"name\", …]";

/// Every record that a user writes.
pub const RECORDS: [Record; 7] = [
    Record {
        name: "Scenario",
        meaning: "One shock story: scenarios/ID.ron",
        fields: &[
            need("id", "\"text\"", "the file's name without ending"),
            need("name", "\"text\"", "title"),
            need("status", "historical, in_force, suspended or hypothetical", "whether it happened"),
            need("as_of", DATE, "date of the knowledge in it"),
            need("world", "\"id\"", "world that it happens in"),
            need("horizon", TIME, "time simulated after the first shock"),
            may("strategies", NAMES, "strategies that it is run with by default"),
            need("story", "\"text\"", "the story in a paragraph"),
            may("events", "[event, …]", "what happens; none is a calm future"),
        ],
    },
    Record {
        name: "event",
        meaning: "One shock",
        fields: &[
            need("id", "\"text\"", "name within the scenario"),
            need("kind", "ExportCap, CapacityLoss, TransportDelay or DemandShift", "what kind of shock"),
            need("target", "target", "what it touches"),
            need("magnitude", SHARE, "full size: share refused, lost, held back, or added to plans"),
            need("start", DATE, "first day"),
            may("ramp", TIME, "time from the first day to full size"),
            need("duration", TIME, "time at full size"),
            may("recovery", TIME, "time from full size back to nothing"),
            may("leakage", SHARE, "share of the refused volume that flows all the same"),
            may("leakage_ramp", TIME, "time until the leakage is up"),
            may("leakage_premium", SHARE, "extra price on what leaks"),
            need("evidence", "evidence", "where the numbers come from"),
        ],
    },
    Record {
        name: "target",
        meaning: "What an event touches; an empty or missing list means all",
        fields: &[
            may("stages", NAMES, "stages of the commodity or facility"),
            may("commodities", NAMES, "commodities"),
            may("elements", NAMES, "elements that the commodity contains"),
            may("origins", NAMES, "countries or regions of the seller or facility"),
            may("destinations", NAMES, "countries or regions of the buyer or producer"),
            may("agents", NAMES, "agents by id"),
            may("sectors", NAMES, "sectors of final producers"),
            may("gateways", NAMES, "port or land crossing"),
        ],
    },
    Record {
        name: "evidence",
        meaning: "Where numbers come from",
        fields: &[
            need("grade", "high, med, low or judgement", "how good the source is"),
            need("source", "\"text\"", "publication and year, or the reason of a judgement"),
        ],
    },
    Record {
        name: "Strategy",
        meaning: "Measures from a date: scenarios/strategies/ID.ron",
        fields: &[
            need("id", "\"text\"", "the file's name without ending"),
            need("name", "\"text\"", "title"),
            need("as_of", DATE, "date of the knowledge in it"),
            need("story", "\"text\"", "what it does, in a paragraph"),
            need("date", DATE, "day of the decision"),
            need("lead_time", TIME, "time from the decision to the first effect"),
            may("measures", "[Buffer((…)), Stockpile((…)), …]", "what is done"),
            need("carrying_cost", "PercentPerYear(n)", "yearly cost of holding stock, share of its value"),
            need("payer", "public, firm or consumer", "who pays"),
            need("evidence", "evidence", "where the numbers come from"),
        ],
    },
    Record {
        name: "Buffer",
        meaning: "Firms hold more input stock",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may("sectors", NAMES, "sectors of final producers"),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs that are held"),
            need("cover", TIME, "cover on top of the usual one"),
            need("fill", TIME, "time over which it is built up"),
        ],
    },
    Record {
        name: "Stockpile",
        meaning: "A government holds a stock and releases it in a shortage",
        fields: &[
            need("region", "\"name\"", "region or country of the users"),
            need("commodity", "\"name\"", "what is held"),
            need("cover", TIME, "cover of the users' use"),
            need("fill", TIME, "time over which it is filled"),
            need("trigger", SHARE, "fill rate of the users below which it is released"),
            need("release", SHARE, "greatest weekly release as a share of the users' use"),
        ],
    },
];

/// The format as a page of Markdown.
pub fn markdown() -> String {
    let mut page = String::from(
        "# The scenario format\n\nGenerated from the types by `chokepoint schema`. Files are RON. A number carries its \
         unit, so that a wrong unit is an error on that line; wherever a number stands, `Tri(low, mode, high)`, \
         `Uniform(low, high)` or `LogNormal(p5, median, p95)` may stand instead, as in `Months(Tri(3, 12, 24))`: it is \
         drawn once a replicate.\n",
    );
    for record in RECORDS {
        page.push_str(&format!("\n## {}\n\n{}.\n\n", record.name, record.meaning));
        page.push_str("| field | value | needed | meaning |\n| --- | --- | --- | --- |\n");
        for f in record.fields {
            let needed = if f.needed { "yes" } else { "no" };
            page.push_str(&format!("| `{}` | {} | {needed} | {} |\n", f.name, f.value, f.meaning));
        }
    }
    page.push_str(
        "\n## Overrides\n\nA CSV file with the columns `parameter,value,unit,low,high,source,note`, given with \
         `--override`. A parameter is a name from `chokepoint list parameters`, a number of an event or measure \
         (`scenario/event/field`, for example `dytb-halt-us/halt/duration`, or `strategy/lead_time`), or a cell of a \
         table (`table.row.column`, for example `commodities.oxide-dy.reference_price_usd_kg`).\n\n## Problems\n\n\
         Every problem of a file is reported at once, with its place and one of these codes:\n\n",
    );
    for code in crate::problem::Code::ALL {
        page.push_str(&format!("- `{}`\n", code.name()));
    }
    page
}
