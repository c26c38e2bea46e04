//! Elements, countries, commodities and what they contain.

use super::Draft;
use super::rows::{POSITIVE, index};
use crate::catalogue::{CommodityInfo, Country, Named};
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::Table;

impl Draft {
    pub(super) fn read_elements(&mut self, tables: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            let Some(factor) = row.number("metal_per_oxide", (0.01, 1.0), problems) else {
                continue;
            };
            self.elements.push(Named { id: row.text("id").to_owned(), name: row.text("name").to_owned() });
            self.metal_per_oxide.push(factor);
        }
    }

    pub(super) fn read_countries(&mut self, tables: &[Table], problems: &mut Problems) {
        let regions = index(self.regions.iter().map(|r| r.id.as_str()));
        for row in tables.iter().flat_map(Table::records) {
            let Some(region) = row.lookup("region", "region", &regions, problems) else {
                continue;
            };
            let area = row.text("area");
            let area = self.areas.iter().position(|a| a == area).unwrap_or_else(|| {
                self.areas.push(area.to_owned());
                self.areas.len() - 1
            });
            let (id, name) = (row.text("country").to_owned(), row.text("name").to_owned());
            self.countries.push(Country { id, name, region, area });
        }
    }

    pub(super) fn read_commodities(&mut self, tables: &[Table], problems: &mut Problems) {
        let stages = self.stage_index();
        for row in tables.iter().flat_map(Table::records) {
            let stage = row.lookup("stage", "stage", &stages, problems);
            let price = row.number("reference_price_usd_kg", POSITIVE, problems);
            // what is wrong has been reported; the name stays known, so that nobody hears of it again
            let (stage, price) = (stage.unwrap_or(0), price.unwrap_or(1.0));
            let id = row.text("id").to_owned();
            self.commodities.push(CommodityInfo {
                id,
                name: row.text("name").to_owned(),
                stage,
                unit: row.text("unit").to_owned(),
                reference_price: price * 1000.0,
                contents: Vec::new(),
            });
        }
    }

    pub(super) fn read_contents(&mut self, assays: &[Table], contents: &[Table], problems: &mut Problems) {
        let commodities = self.commodity_index();
        let elements = self.element_index();
        let n = self.elements.len();
        for commodity in &mut self.commodities {
            commodity.contents = vec![0.0; n];
        }
        for row in assays.iter().flat_map(Table::records) {
            let Some(commodity) = row.lookup("commodity", "commodity", &commodities, problems) else {
                continue;
            };
            let shares: Vec<f64> = self
                .elements
                .iter()
                .map(|e| row.number(&e.id, (0.0, 100.0), problems).unwrap_or(0.0) / 100.0)
                .collect();
            let sum: f64 = shares.iter().sum();
            if sum > 1.0 + 1e-6 {
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("commodity"),
                        format!("this assay sums to {:.2} %", sum * 100.0),
                    )
                    .label("more than all of it")
                    .help("normalise the row to 100 %");
            }
            self.commodities[commodity].contents =
                shares.iter().zip(&self.metal_per_oxide).map(|(share, metal)| share * metal).collect();
            self.assays.insert(commodity, shares);
        }
        for row in contents.iter().flat_map(Table::records) {
            let commodity = row.lookup("commodity", "commodity", &commodities, problems);
            let element = row.lookup("element", "element", &elements, problems);
            let mass = row.number("kg_per_t", (0.0, 1000.0), problems);
            if let (Some(commodity), Some(element), Some(mass)) = (commodity, element, mass) {
                self.commodities[commodity].contents[element] = mass / 1000.0;
            }
        }
        // an oxide that no row describes is the oxide of the element that its id ends in
        for (e, element) in self.elements.iter().enumerate() {
            let id = format!("oxide-{}", element.id.to_lowercase());
            if let Some(commodity) = commodities.get(&id)
                && self.commodities[*commodity].contents.iter().all(|c| *c == 0.0)
            {
                self.commodities[*commodity].contents[e] = self.metal_per_oxide[e];
            }
        }
    }
}
