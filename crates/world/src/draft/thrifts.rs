//! What gives way to price: thrifting and substitution.

use super::Draft;
use super::rows::{NOT_NEGATIVE, SHARE, ThriftRow, index};
use chokepoint_core::design::{Give, GiveKind};
use chokepoint_core::lanes::ln;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::{CsvRow, Table};

/// Bounds of times in years.
const YEARS: (f64, f64) = (0.0, 50.0);

impl Draft {
    pub(super) fn read_thrifts(&mut self, tables: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            if let Some(thrift) = self.read_thrift(row, problems) {
                self.thrifts.push(thrift);
            }
        }
    }

    fn read_thrift(&self, row: CsvRow<'_>, problems: &mut Problems) -> Option<ThriftRow> {
        let user = row.text("user");
        let recipe = self.recipes.iter().position(|r| r.id == user);
        let sector = self.sectors.iter().position(|s| s.id == user);
        if recipe.is_none() && sector.is_none() {
            let known =
                self.recipes.iter().map(|r| r.id.as_str()).chain(self.sectors.iter().map(|s| s.id.as_str()));
            problems.unknown(&row.place("user"), "recipe or sector", user, known.collect::<Vec<_>>());
        }
        let commodities = index(self.commodities.iter().map(|c| c.id.as_str()));
        let find = |name: &str, column: &str, problems: &mut Problems| {
            let found = commodities.get(name).copied();
            if found.is_none() {
                let known = commodities.keys().map(String::as_str);
                problems.unknown(&row.place(column), "commodity", name, known);
            }
            found
        };
        let inputs: Vec<usize> =
            row.text("input").split(';').filter_map(|name| find(name.trim(), "input", problems)).collect();
        let substitute = match row.text("substitute") {
            "" => None,
            name => find(name, "substitute", problems).zip(row.number("ratio", NOT_NEGATIVE, problems)),
        };
        let elasticity = row.number("elasticity", (0.0, 5.0), problems);
        let floor = row.number("floor", (0.01, 1.0), problems);
        let delay = row.number("delay_years", YEARS, problems);
        let spread = row.number("spread_years", YEARS, problems);
        let kept = row.number("kept_share", SHARE, problems);
        let cost = row.number("cost_share", NOT_NEGATIVE, problems);
        let trend = match row.text("trend_pct_y") {
            "" => Some(0.0),
            _ => row.number("trend_pct_y", (0.0, 50.0), problems),
        };
        let give = give(row, problems);
        let used: Vec<usize> = match (recipe, sector) {
            (Some(r), _) => self.recipes[r].inputs.iter().map(|(c, _)| *c).collect(),
            (None, Some(s)) => self.intensity[s].iter().map(|(c, _)| *c).collect(),
            (None, None) => return None,
        };
        for commodity in inputs.iter().chain(substitute.iter().map(|(c, _)| c)) {
            if !used.contains(commodity) {
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("input"),
                        format!("`{user}` does not use `{}`", self.commodities[*commodity].id),
                    )
                    .label("not an input of this recipe or sector")
                    .help("name an input that stands in its recipe or intensity");
                return None;
            }
        }
        Some(ThriftRow {
            recipe,
            sector: if recipe.is_some() { None } else { sector },
            inputs,
            substitute,
            elasticity: elasticity?,
            floor: floor?,
            delay_weeks: delay? * 52.0,
            weeks: spread? * 52.0,
            kept: kept?,
            cost: cost?,
            trend: -ln(1.0 - trend? / 100.0),
            give,
        })
    }
}

/// What a user can do without for a while: the kind of use, and the weeks over which saving builds up.
fn give(row: CsvRow<'_>, problems: &mut Problems) -> Option<Give> {
    let kind = match row.text("give") {
        "" => return None,
        "part" => GiveKind::Part,
        "feature" => GiveKind::Feature,
        "grade" => GiveKind::Grade,
        "process" => GiveKind::Process,
        other => {
            let known = vec!["part", "feature", "grade", "process"];
            problems.unknown(&row.place("give"), "kind of use", other, known);
            return None;
        }
    };
    let weeks = row.number("give_weeks", (1.0, 520.0), problems)?;
    Some(Give { kind, weeks })
}
