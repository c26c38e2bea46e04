//! Firms are many lines with unequal stocks.

use super::Draft;
use super::rows::LinesRow;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::Table;

impl Draft {
    pub(super) fn read_lines(&mut self, tables: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            let user = row.text("user");
            let stage = self.stages.iter().position(|s| s.id == user);
            let sector = self.sectors.iter().position(|s| s.id == user);
            if stage.is_none() && sector.is_none() {
                let stages = self.stages.iter().map(|s| s.id.as_str());
                let known: Vec<&str> = stages.chain(self.sectors.iter().map(|s| s.id.as_str())).collect();
                problems.unknown(&row.place("user"), "stage or sector", user, known);
            }
            let lines = row.number("lines", (1.0, 10_000.0), problems);
            let spread = row.number("stock_spread", (0.0, 3.0), problems);
            if lines.is_some_and(|lines| lines.fract() != 0.0) {
                problems
                    .error(Code::OutOfRange, &row.place("lines"), format!("{} lines", row.text("lines")))
                    .label("not a whole number")
                    .help("give how many lines a firm of this kind runs");
            }
            if let (Some(lines), Some(spread)) = (lines, spread) {
                self.lines.push(LinesRow { stage, sector, lines: lines as u32, spread });
            }
        }
    }

    /// The lines of a facility of a stage.
    pub fn lines_of_stage(&self, stage: usize) -> LinesRow {
        self.lines.iter().find(|row| row.stage == Some(stage)).copied().unwrap_or(LinesRow::ALIKE)
    }

    /// The lines of a final producer of a sector.
    pub fn lines_of_sector(&self, sector: usize) -> LinesRow {
        self.lines.iter().find(|row| row.sector == Some(sector)).copied().unwrap_or(LinesRow::ALIKE)
    }
}
