//! The file format as a table: what `chokepoint schema` prints and `docs/scenario-format.md` holds.

mod records;

pub use records::{Field, RECORDS, Record};

use crate::reads;
use chokepoint_input::document::EventKind;
use chokepoint_input::leaf::options;

/// Kinds of statistics of a history: what they need, and what they are.
pub const STATISTICS: [(&str, &str, &str); 8] = [
    (
        "Multiple",
        "`basket`, `from`, `to`",
        "outside price of a basket in the second window over that in the first",
    ),
    (
        "MonthsToPeak",
        "`prices`, `within`",
        "months from the start of the window to the highest outside price",
    ),
    ("MonthsToHalf", "`prices`, `within`", "months from the highest outside price until it has halved"),
    (
        "Gap",
        "`price`, `over`, `home_factor`",
        "outside over home price; the factor is what the home price on record adds",
    ),
    (
        "QuotaExports",
        "`over`, `tonnes`",
        "per cent by which gross tonnes under the quota differ from a tonnage",
    ),
    ("QuotaImports", "`region`, `from`, `to`", "per cent by which what a region got under the quota changed"),
    ("Output", "`stage`, `regions`, `from`, `to`", "output in the second window over that in the first"),
    (
        "Fails",
        "`plants`, `by`",
        "probability that all plants were built and one of them stands idle by that day",
    ),
];

/// Kinds of programmes, what they need, and what they do.
pub const PROGRAMMES: [(&str, &str, &str); 9] = [
    ("Build", "`share`", "projects are built whatever prices do; the payer bears a share of the capital"),
    ("Grant", "`share`", "the payer bears a share of the capital of what is built"),
    ("InvestmentCredit", "`share`", "the same by way of tax"),
    ("ProductionCredit", "`share`", "the payer bears a share of the processing cost"),
    ("Loan", "`share`, `cut`", "a share of the capital is lent below what owners ask"),
    ("ExportCredit", "`share`, `cut`", "the same from an export credit agency"),
    ("PriceFloor", "`price`", "the payer makes up for prices below the floor; `upside` goes back"),
    (
        "Offtake",
        "`price`",
        "a share of the output is sold ahead at one price, and buyers qualify the plant early",
    ),
    ("Collect", "`share`", "that share of goods at the end of their life is collected at least"),
];

/// Kinds of events and what their magnitude is.
pub const KINDS: [(&str, &str, &str); 15] = [
    (
        "ExportCap",
        "share of normal trade that is refused",
        "trade that leaves the origins for the destinations",
    ),
    ("Licence", "share of trade that needs a licence", "the same"),
    ("Quota", "share cut from normal tonnage", "the same, all commodities in one pool"),
    ("Tariff", "share of the price, to the buyer's treasury", "the same"),
    ("ExportDuty", "share of the price, to the seller's treasury", "the same"),
    (
        "EntityBlacklist",
        "share of normal trade that is refused",
        "the same, to the `customers` that are listed",
    ),
    (
        "Enforcement",
        "share of the leakage, or of the capacity, that is stopped",
        "the same trade; or unregistered plants, wherever their goods go, if `agents` are listed",
    ),
    ("CapacityLoss", "share of capacity that is lost", "facilities of the origins"),
    ("ProductionQuota", "share cut from normal output", "facilities of the origins"),
    (
        "InventoryLoss",
        "share of the stocks that is destroyed",
        "stocks of the facilities of the origins, of the commodities named",
    ),
    (
        "Announcement",
        "price rise that is expected",
        "sellers in the origins and buyers in the destinations of the goods",
    ),
    ("TransportDelay", "share of what arrives that has to wait", "one gateway"),
    ("DemandShift", "share added to plans", "producers of the sectors in the destinations"),
    (
        "TechnologyEmbargo",
        "share by which what is built costs more; `delay` says how much later it comes",
        "facilities of the origins",
    ),
    (
        "PriceWar",
        "share by which prices are cut; the sellers' state makes up for it",
        "what facilities of the origins sell",
    ),
];

/// The format as a page of Markdown.
pub fn markdown() -> String {
    let mut page = String::from(
        "# The scenario format\n\nGenerated from the types by `chokepoint schema`. Files are RON. A number carries its \
         unit, so that a wrong unit is an error on that line; wherever a number stands, `Tri(low, mode, high)`, \
         `Uniform(low, high)` or `LogNormal(p5, median, p95)` may stand instead, as in `Months(Tri(3, 12, 24))`: it is \
         drawn once a replicate. A log-normal has no ends: where its rare draws would leave what a field may be, give \
         one of the others.\n",
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
        "\n## Kinds of events\n\nA field that a kind does not read is an error: nothing of the event would hang on it.\n\n\
         | kind | magnitude | touches | its target reads | beside what all events have |\n\
         | --- | --- | --- | --- | --- |\n",
    );
    for (kind, magnitude, touches) in KINDS {
        let (target, fields) = options().from_str::<EventKind>(kind).map_or_else(
            |_| Default::default(),
            |kind| (reads::target_of(kind).join(", "), reads::fields_of(kind).join(", ")),
        );
        page.push_str(&format!("| `{kind}` | {magnitude} | {touches} | {target} | {fields} |\n"));
    }
    page.push_str("\n## Kinds of programmes\n\n| kind | needs | does |\n| --- | --- | --- |\n");
    for (kind, needs, does) in PROGRAMMES {
        page.push_str(&format!("| `{kind}` | {needs} | {does} |\n"));
    }
    page.push_str("\n## Kinds of statistics\n\nA window is `(first day, last day)`.\n\n| kind | needs | is |\n| --- | --- | --- |\n");
    for (kind, needs, is) in STATISTICS {
        page.push_str(&format!("| `{kind}` | {needs} | {is} |\n"));
    }
    page.push_str(
        "\n## Overrides\n\nA CSV file with the columns `parameter,value,unit,low,high,source,note`, given with \
         `--override`. A parameter is a name from `chokepoint list parameters`, a number of an event or measure \
         (`scenario/event/field`, for example `dytb-halt-us/halt/duration`, or `strategy/lead_time`), or a cell of a \
         table (`table.row.column`, for example `commodities.oxide-dy.reference_price_usd_kg`).\n\n## Problems\n\n\
         Every problem of a file is reported at once, with its place and one of these codes:\n\n",
    );
    for code in chokepoint_input::problem::Code::ALL {
        page.push_str(&format!("- `{}`\n", code.name()));
    }
    page.push_str("\n## Limits\n\nWhat a file may ask for; more is an error before anything is made of it.\n\n| of | at most |\n| --- | ---: |\n");
    for (what, most) in chokepoint_input::limits::table() {
        page.push_str(&format!("| {what} | {most} |\n"));
    }
    page
}
