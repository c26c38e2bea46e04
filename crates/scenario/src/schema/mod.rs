//! The file format as a page: what `chokepoint schema` prints and `docs/scenario-format.md` holds. Fields of events and
//! measures come from their kinds.

mod records;

use crate::kinds::{self, EventKind, fields::TARGETS, licence, quota};
use crate::measures::MeasureKind;
use crate::triggers::{CORRELATION, TRIGGERS};
use chokepoint_input::record::Field;
use records::{EVIDENCE, HISTORY, NAIVE, ON_RECORD, REALISED, SCENARIO, STRATEGY, VARIANT};

/// A record that a user writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub means: &'static str,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// Every record that a user writes, in the order of the page.
pub fn forms() -> Vec<Form> {
    let form = |name, means, fields: &[Field]| Form { name, means, fields: fields.to_vec() };
    let mut forms = vec![
        form("Scenario", "One shock story: scenarios/ID.ron", SCENARIO),
        form("event", "One shock; which of the fields it reads depends on its kind", &kinds::fields()),
        form(
            "trigger",
            "What an event depends on: another event, a chance, a random day; its `start` is the earliest day",
            &TRIGGERS,
        ),
        form("correlation", "Two numbers of a scenario that are drawn together", &CORRELATION),
        form("target", "What an event touches; an empty or missing list means all", &TARGETS),
        form("licence", "How a licensing authority works", &licence::TERMS),
        form("class", "Buyers whose applications are dealt with apart", &licence::APART),
        form(
            "refused",
            "A class of users whose applications are refused; classes add up, so name each user once",
            &licence::CLASS,
        ),
        form("quota", "How a quota is counted", &quota::TERMS),
        form("step", "A later allowance of a quota", &quota::STEP),
        form("gross", "What a tonne of a commodity takes from a quota", &quota::WEIGHT),
        form("evidence", "Where numbers come from", EVIDENCE),
        form("Strategy", "Measures from a date: scenarios/strategies/ID.ron", STRATEGY),
    ];
    forms
        .extend(MeasureKind::ALL.iter().map(|kind| form(kind.name(), kind.spec().means, kind.spec().fields)));
    forms.extend([
        form(
            "History",
            "A crisis of the past with what is on record of it: scenarios/histories/ID.ron",
            HISTORY,
        ),
        form("realised", "What was shipped under a quota from a day on", REALISED),
        form("naive", "What the forecast by a constant elasticity takes", NAIVE),
        form("variant", "The model with a mechanism taken out", VARIANT),
        form("number on record", "A number, how it is taken, and whether a fit may use it", ON_RECORD),
    ]);
    forms
}

/// Kinds of statistics of a history: what they need, and what they are.
pub const STATISTICS: [(&str, &str, &str); 9] = [
    (
        "Multiple",
        "`basket`, `from`, `to`",
        "price of a basket outside, or `at_home`, in the second window over that in the first",
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
    ("Exports", "`goods`, `over`", "what was shipped of goods on controlled trade over the usual"),
    ("QuotaImports", "`region`, `from`, `to`", "per cent by which what a region got under the quota changed"),
    ("Output", "`stage`, `regions`, `from`, `to`", "output in the second window over that in the first"),
    ("Fails", "`plants`, `by`", "probability that all plants were built and one of them is idle by that day"),
];

/// The format as a page of Markdown.
pub fn markdown() -> String {
    let mut page = String::from(
        "# The scenario format\n\nGenerated from the types by `chokepoint schema`. Files are RON. A number carries its \
         unit, so that a wrong unit is an error on that line. Where a number is *drawn*, `Tri(low, mode, high)`, \
         `Uniform(low, high)` or `LogNormal(p5, median, p95)` may stand instead, as in `Months(Tri(3, 12, 24))`: each \
         replicate draws its own. Elsewhere a spread is an error, since nothing would draw from it. A log-normal has no \
         ends: where its rare draws would leave what a field may be, give one of the others.\n",
    );
    for form in forms() {
        page.push_str(&format!("\n## {}\n\n{}.\n\n", form.name, form.means));
        page.push_str("| field | value | needed | drawn | meaning |\n| --- | --- | --- | --- | --- |\n");
        for f in &form.fields {
            let yes = |so: bool| if so { "yes" } else { "no" };
            let drawn = if f.number().is_some() { yes(f.value.is_drawn()) } else { "" };
            page.push_str(&format!(
                "| `{}` | {} | {} | {drawn} | {} |\n",
                f.name,
                f.value.written(),
                yes(f.needed),
                f.means
            ));
        }
    }
    page.push_str(
        "\n## Kinds of events\n\nA field that a kind does not read is an error: nothing of the event would depend on it.\n\n\
         | kind | does | magnitude | touches | its target reads | beside what all events have |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    let names = |fields: &[Field]| fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
    for kind in EventKind::ALL {
        let spec = kind.spec();
        page.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} |\n",
            kind.name(),
            spec.means,
            spec.magnitude.means,
            spec.touches,
            names(spec.target),
            names(spec.fields)
        ));
    }
    page.push_str("\n## Kinds of statistics\n\nA window is `(first day, last day)`.\n\n| kind | needs | is |\n| --- | --- | --- |\n");
    for (kind, needs, is) in STATISTICS {
        page.push_str(&format!("| `{kind}` | {needs} | {is} |\n"));
    }
    page.push_str(
        "\n## Overrides\n\nA CSV file with the columns `parameter,value,unit,low,high,source,note`, given with \
         `--override`. A parameter is a name from `chokepoint list parameters`, a number of an event or measure \
         (`scenario/event/field`, for example `dytb-halt-us/halt/duration`, or `strategy/lead_time`), or a cell of a \
         table (`table.row.column`, for example `commodities.ID.reference_price_usd_kg`).\n\n## Problems\n\n\
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
