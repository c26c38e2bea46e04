//! Who trades with whom, and by which way.

use super::Draft;
use super::rows::{NOT_NEGATIVE, Recorded, Route, index};
use crate::trade::Known;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::Table;

impl Draft {
    pub(super) fn read_trade(&mut self, tables: &[Table], affinity: &[Table], problems: &mut Problems) {
        let (commodities, countries, stages) =
            (self.commodity_index(), self.country_index(), self.stage_index());
        for row in tables.iter().flat_map(Table::records) {
            let mut listed = Vec::new();
            for name in row.text("commodity").split(';').map(str::trim) {
                match commodities.get(name) {
                    Some(c) => listed.push(*c),
                    None => problems.unknown(
                        &row.place("commodity"),
                        "commodity",
                        name,
                        commodities.keys().map(String::as_str),
                    ),
                }
            }
            let origin = row.lookup("origin", "country", &countries, problems);
            let destination = row.lookup("destination", "country", &countries, problems);
            let tonnes = row.number("t_y", NOT_NEGATIVE, problems);
            if let (Some(origin), Some(destination), Some(tonnes)) = (origin, destination, tonnes) {
                let flow = Known { origin, destination, tonnes };
                self.recorded_flows.push(Recorded { commodities: listed, flow });
            }
        }
        for row in affinity.iter().flat_map(Table::records) {
            let mut country = |column: &str| match row.text(column) {
                "*" => Some(None),
                _ => row.lookup(column, "country", &countries, problems).map(Some),
            };
            let (origin, destination) = (country("origin"), country("destination"));
            let stage = row.lookup("stage", "stage", &stages, problems);
            let weight = row.number("weight", NOT_NEGATIVE, problems);
            if let (Some(origin), Some(destination), Some(stage), Some(weight)) =
                (origin, destination, stage, weight)
            {
                self.affinity.insert((stage, origin, destination), weight);
            }
        }
    }

    pub(super) fn read_routes(&mut self, tables: &[Table], problems: &mut Problems) {
        let areas = index(self.areas.iter().map(String::as_str));
        for row in tables.iter().flat_map(Table::records) {
            let origin = row.lookup("origin", "area", &areas, problems);
            let destination = row.lookup("destination", "area", &areas, problems);
            let weeks = row.number("weeks", (1.0, 52.0), problems);
            let freight = row.number("freight_usd_kg", NOT_NEGATIVE, problems);
            let (Some(origin), Some(destination), Some(weeks), Some(freight)) =
                (origin, destination, weeks, freight)
            else {
                continue;
            };
            let gateway = row.text("gateway");
            let gateway = (!gateway.is_empty()).then(|| {
                self.gateways.iter().position(|g| g == gateway).unwrap_or_else(|| {
                    self.gateways.push(gateway.to_owned());
                    self.gateways.len() - 1
                })
            });
            let route = Route { weeks: weeks.round() as u32, freight: freight * 1000.0, gateway };
            self.routes.insert((origin, destination), route);
        }
        for o in 0..self.areas.len() {
            for d in 0..self.areas.len() {
                if !self.routes.contains_key(&(o, d))
                    && let Some(table) = tables.first()
                {
                    problems
                        .error(
                            Code::MissingField,
                            &table.place(),
                            format!("there is no route from `{}` to `{}`", self.areas[o], self.areas[d]),
                        )
                        .label("routes")
                        .help("add a row for every pair of areas, each way");
                }
            }
        }
    }

    /// Willingness to trade at a stage: the most specific row wins.
    pub fn willingness(&self, stage: usize, origin: usize, destination: usize) -> f64 {
        let find = |o: Option<usize>, d: Option<usize>| self.affinity.get(&(stage, o, d)).copied();
        find(Some(origin), Some(destination))
            .or_else(|| find(Some(origin), None))
            .or_else(|| find(None, Some(destination)))
            .or_else(|| find(None, None))
            .unwrap_or(1.0)
    }
}
