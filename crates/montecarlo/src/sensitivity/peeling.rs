//! One step of the Patient Rule Induction Method: an end of a box peeled off or pasted on.

/// The limits of a factor that is not restricted.
pub(crate) const FREE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// One end of a factor's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// Rows of factors, and which of them are interesting.
#[derive(Clone, Copy)]
pub(crate) struct Sample<'a> {
    pub(crate) points: &'a [Vec<f64>],
    pub(crate) interesting: &'a [bool],
}

/// Whether a value is inside limits.
pub(crate) fn within(value: f64, (low, high): (f64, f64)) -> bool {
    low <= value && value <= high
}

/// Rows, and how many of them are interesting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) rows: usize,
    pub(crate) hits: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, hit: bool) {
        self.rows += 1;
        self.hits += usize::from(hit);
    }

    fn of(rows: &[(f64, bool)]) -> Self {
        Self { rows: rows.len(), hits: rows.iter().filter(|row| row.1).count() }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self { rows: self.rows + other.rows, hits: self.hits + other.hits }
    }

    pub(crate) fn density(self) -> f64 {
        self.hits as f64 / self.rows.max(1) as f64
    }
}

impl Sample<'_> {
    /// Peels one end off a box; false where nothing can be peeled without falling below `least` rows.
    pub(crate) fn peel(self, limits: &mut [(f64, f64)], alpha: f64, least: usize) -> bool {
        let mut best: Option<(f64, usize, End, f64)> = None;
        for factor in 0..limits.len() {
            let mut rows = self.rows(limits, factor, &|value| within(value, limits[factor]));
            let all = Tally::of(&rows);
            for end in [End::Low, End::High] {
                // the end that is peeled comes first
                if end == End::High {
                    rows.reverse();
                }
                let off = group(&rows, step(all.rows, alpha)).filter(|off| all.rows - off >= least);
                let Some(off) = off else { continue };
                let gain = (Tally::of(&rows[off..]).density() - all.density()) / off as f64;
                if best.is_none_or(|best| gain > best.0) {
                    best = Some((gain, factor, end, between(rows[off - 1].0, rows[off].0)));
                }
            }
        }
        let Some((_, factor, end, limit)) = best else { return false };
        set(&mut limits[factor], end, limit);
        true
    }

    /// Pastes one end on to a box: the one that leaves it densest; false where each would make it less dense.
    pub(crate) fn paste(self, limits: &mut [(f64, f64)], alpha: f64) -> bool {
        let inside = self.inside(limits);
        let mut best: Option<(f64, usize, End, f64)> = None;
        for factor in 0..limits.len() {
            let (low, high) = limits[factor];
            for (end, open) in [(End::Low, FREE.0), (End::High, FREE.1)] {
                let mut rows = match end {
                    End::Low if low > open => self.rows(limits, factor, &|value| value < low),
                    End::High if high < open => self.rows(limits, factor, &|value| value > high),
                    _ => continue,
                };
                // the row next to the box comes first
                if end == End::Low {
                    rows.reverse();
                }
                let on = group(&rows, step(inside.rows, alpha)).unwrap_or(rows.len());
                let density = inside.and(Tally::of(&rows[..on])).density();
                if density >= inside.density() && best.is_none_or(|best| density > best.0) {
                    let limit = rows.get(on).map_or(open, |next| between(next.0, rows[on - 1].0));
                    best = Some((density, factor, end, limit));
                }
            }
        }
        let Some((_, factor, end, limit)) = best else { return false };
        set(&mut limits[factor], end, limit);
        true
    }

    /// What a box holds.
    fn inside(self, limits: &[(f64, f64)]) -> Tally {
        let mut inside = Tally::default();
        for (point, hit) in self.points.iter().zip(self.interesting) {
            if point.iter().zip(limits).all(|(value, limits)| within(*value, *limits)) {
                inside.add(*hit);
            }
        }
        inside
    }

    /// The rows that a box holds when one factor is asked otherwise: their values of that factor in order.
    fn rows(self, limits: &[(f64, f64)], factor: usize, asked: &dyn Fn(f64) -> bool) -> Vec<(f64, bool)> {
        let holds = |point: &[f64]| {
            (0..limits.len()).all(|k| if k == factor { asked(point[k]) } else { within(point[k], limits[k]) })
        };
        let mut rows: Vec<(f64, bool)> = self
            .points
            .iter()
            .zip(self.interesting)
            .filter(|(point, _)| holds(point))
            .map(|(point, hit)| (point[factor], *hit))
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows
    }
}

/// How many rows one step takes of a box.
fn step(rows: usize, alpha: f64) -> usize {
    ((alpha * rows as f64) as usize).max(1)
}

/// How many of the first rows go together: at most `wanted`, and none of those that share a value without the
/// others; if the first value alone has more, all rows of that value. None if that is every row.
fn group(rows: &[(f64, bool)], wanted: usize) -> Option<usize> {
    let edge = rows.get(wanted)?.0;
    let before = rows[..wanted].iter().take_while(|row| row.0 != edge).count();
    let group = if before > 0 { before } else { rows.iter().take_while(|row| row.0 == edge).count() };
    (group < rows.len()).then_some(group)
}

/// A limit halfway between the last row outside and the first inside.
fn between(outside: f64, inside: f64) -> f64 {
    let middle = outside + 0.5 * (inside - outside);
    // between neighbouring numbers there is none
    if middle == outside { inside } else { middle }
}

fn set(limits: &mut (f64, f64), end: End, limit: f64) {
    match end {
        End::Low => limits.0 = limit,
        End::High => limits.1 = limit,
    }
}
