//! Bands between stages: which are drawn, where they lie, and how they are drawn. Both panels have one scale and one order
//! of nodes, so that a band that has thinned shows what it has lost.

use super::flow::Flow;
use crate::page::{Ink, Page, Rect};
use crate::size::Room;
use crate::theme;
use crate::words::ChartError;
use plotters::style::RGBColor;

/// Bands at most.
const BANDS: usize = 20;
/// Bands at most where there is little room.
const FEW: usize = 12;
/// Share of the fullest stage below which a band is too thin to be seen.
const THIN: f64 = 0.01;
/// Fall of a flow from which a node is shown by name before greater ones.
const LOST: f64 = 0.2;
/// Share of a band that has to be lost for it to be outlined.
const SEEN: f64 = 0.03;
/// Colour of the regions that are shown together.
pub(super) const OTHERS: RGBColor = RGBColor(0xB8, 0xB8, 0xB8);
/// Steps of a curve.
const STEPS: i32 = 24;

/// What stands beside the bands.
pub(super) struct Look<'a> {
    /// Names of the stages.
    pub(super) stages: &'a [String],
    /// Keys of the regions.
    pub(super) regions: &'a [&'a str],
    /// A mass in words.
    pub(super) tonnes: &'a dyn Fn(f64) -> String,
}

/// A stage, and a region of it or those that have no node of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    stage: usize,
    region: Option<usize>,
}

/// A flow from node to node, before and during.
#[derive(Clone, Copy, Debug)]
struct Band {
    from: Node,
    to: Node,
    tonnes: [f64; 2],
}

impl Band {
    /// Room that it takes in both panels.
    fn room(&self) -> f64 {
        self.tonnes[0].max(self.tonnes[1])
    }
}

/// A panel and the bars of its stages, from left to right.
#[derive(Clone, Copy, Debug)]
struct Frame {
    panel: Rect,
    /// Width of a bar, pixels.
    bar: i32,
    stages: usize,
}

impl Frame {
    /// Left edge of a stage's bars.
    fn across(&self, stage: usize) -> i32 {
        let last = self.stages.max(2) as i32 - 1;
        self.panel.left + (self.panel.width() - self.bar) * stage as i32 / last
    }
}

/// Where the nodes of a panel lie.
#[derive(Debug)]
struct Lay {
    /// Pixels for a tonne.
    scale: f64,
    /// Nodes with their upper edge and their height, pixels.
    tops: Vec<(Node, f64, f64)>,
}

impl Lay {
    fn top(&self, node: Node) -> f64 {
        self.tops.iter().find(|t| t.0 == node).map_or(0.0, |t| t.1)
    }
}

/// What is drawn.
#[derive(Debug)]
pub(super) struct Chain {
    stages: usize,
    bands: Vec<Band>,
    /// Share of what moves downstream that is too thin or too much to draw.
    pub(super) left_out: f64,
    /// What reaches or, at the first stage, leaves each stage, before and during.
    totals: Vec<[f64; 2]>,
}

impl Chain {
    /// The bands of flows that go downstream: regions get a node of their own where much is lost or much moves, as long as
    /// there are not too many bands.
    pub(super) fn of(flows: &[Flow], stages: usize, home: usize, room: Room) -> Self {
        let down: Vec<&Flow> = flows.iter().filter(|f| f.downstream()).collect();
        let most = if room == Room::Narrow { FEW } else { BANDS };
        let through = |stage: usize| -> f64 {
            let of = |f: &&&Flow| f.from[0] == stage || f.to[0] == stage;
            down.iter().filter(of).map(|f| f.before.max(f.during)).sum()
        };
        let thin = THIN * (0..stages).map(through).fold(0.0, f64::max);
        let mut named: Vec<[usize; 2]> = (0..stages).map(|stage| [stage, home]).collect();
        let mut bands = grouped(&down, &named, thin);
        for node in candidates(&down, home) {
            named.push(node);
            let finer = grouped(&down, &named, thin);
            if finer.len() > most {
                named.pop();
            } else {
                bands = finer;
            }
        }
        bands.sort_by(|a, b| b.room().total_cmp(&a.room()));
        bands.truncate(most);
        let all: f64 = down.iter().map(|f| f.before.max(f.during)).sum();
        let drawn: f64 = bands.iter().map(Band::room).sum();
        let totals = (0..stages).map(|stage| total(&down, stage)).collect();
        Self { stages, bands, left_out: 1.0 - (drawn / all.max(1e-300)).min(1.0), totals }
    }

    /// Whether a region, or the rest, has a node.
    pub(super) fn names(&self, region: Option<usize>) -> bool {
        self.bands.iter().any(|b| b.from.region == region || b.to.region == region)
    }

    /// Nodes of a stage from top to bottom, in the order of the regions, the rest last; with their room.
    fn nodes(&self, stage: usize) -> Vec<(Node, f64)> {
        let mut nodes: Vec<Node> = Vec::new();
        for node in self.bands.iter().flat_map(|b| [b.from, b.to]) {
            if node.stage == stage && !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        nodes.sort_by_key(|node| order(*node));
        nodes.into_iter().map(|node| (node, self.room_of(node))).collect()
    }

    fn room_of(&self, node: Node) -> f64 {
        let sum = |bands: &mut dyn Iterator<Item = &Band>| bands.map(Band::room).sum::<f64>();
        let out = sum(&mut self.bands.iter().filter(|b| b.from == node));
        out.max(sum(&mut self.bands.iter().filter(|b| b.to == node)))
    }

    /// Draws one panel.
    pub(super) fn draw(
        &self,
        page: &Page<'_>,
        panel: Rect,
        during: bool,
        look: &Look<'_>,
    ) -> Result<(), ChartError> {
        let frame = Frame { panel, bar: page.size.em(0.45).max(6), stages: self.stages };
        let names = self.names_of_stages(page, frame, during, look)?;
        let Some(lay) = self.lay(page, frame, panel.inset(0, names, 0, 0)) else { return Ok(()) };
        let colour = |node: Node| node.region.map_or(OTHERS, |r| theme::region(look.regions[r]));
        let placed = self.placed(&lay);
        for (band, ends) in &placed {
            let width = band.tonnes[usize::from(during)] * lay.scale;
            if width >= 0.5 {
                page.area(ribbon(band, *ends, (0.0, width), frame), theme::tint(colour(band.from), 0.42))?;
            }
        }
        for (band, ends) in placed.iter().filter(|_| during) {
            let (before, now) = (band.tonnes[0] * lay.scale, band.tonnes[1] * lay.scale);
            if before - now >= f64::from(page.size.em(0.08)).max(SEEN * before) {
                let lost = ribbon(band, *ends, (now, before), frame);
                for edge in lost.chunks(lost.len() / 2) {
                    page.dashes(edge.to_vec(), theme::GREY, 1.5)?;
                }
            }
        }
        lay.tops.iter().try_for_each(|(node, top, height)| {
            bar(page, frame, *node, *top, *height, colour(*node), look.regions)
        })
    }

    /// Where nodes lie in an area, at a scale at which the fullest stage fits; nothing where nothing flows.
    fn lay(&self, page: &Page<'_>, frame: Frame, area: Rect) -> Option<Lay> {
        let gap = f64::from(page.size.em(0.55));
        let columns: Vec<Vec<(Node, f64)>> = (0..frame.stages).map(|stage| self.nodes(stage)).collect();
        let full = columns.iter().filter(|nodes| !nodes.is_empty()).map(|nodes| {
            let free = f64::from(area.height()) - gap * (nodes.len() as f64 - 1.0);
            free / nodes.iter().map(|(_, room)| room).sum::<f64>().max(1e-300)
        });
        let scale = full.fold(f64::INFINITY, f64::min);
        let mut tops: Vec<(Node, f64, f64)> = Vec::new();
        for nodes in &columns {
            let mut at = f64::from(area.top);
            for (node, room) in nodes {
                tops.push((*node, at, room * scale));
                at += room * scale + gap;
            }
        }
        scale.is_finite().then_some(Lay { scale, tops })
    }

    /// Names of the stages and what reaches them, above their bars; gives the height that they take.
    fn names_of_stages(
        &self,
        page: &Page<'_>,
        frame: Frame,
        during: bool,
        look: &Look<'_>,
    ) -> Result<i32, ChartError> {
        let panel = frame.panel;
        let ink = Ink { colour: theme::INK, ..Ink::NOTE };
        let step = page.size.em(1.15);
        let last = self.stages.saturating_sub(1);
        let stand = |stage: usize, ink: Ink| match stage {
            0 => (panel.left, ink),
            _ if stage == last => (panel.right, ink.right()),
            _ => (frame.across(stage) + frame.bar / 2, ink.middle()),
        };
        // names that would touch stand on two lines in turn
        let pitch = f64::from(panel.width()) / last.max(1) as f64;
        let reach = |stage: usize, name: &String| {
            page.width(name, ink) * if stage == 0 || stage == last { 1.0 } else { 0.5 }
        };
        let reaches: Vec<f64> = look.stages.iter().enumerate().map(|(s, name)| reach(s, name)).collect();
        let gap = f64::from(page.size.em(0.4));
        let lines = 1 + i32::from(reaches.windows(2).any(|pair| pair[0] + pair[1] + gap > pitch));
        let room = (pitch * f64::from(lines) - gap) as i32;
        for (stage, name) in look.stages.iter().enumerate() {
            let (x, ink) = stand(stage, ink);
            let y = panel.top + page.size.em(0.6) + step * (stage as i32 % lines);
            page.text(&page.cut(name, ink, room), (x, y), ink)?;
        }
        let totals = self.totals.iter().map(|both| both.map(|total| (look.tonnes)(total)));
        let totals: Vec<[String; 2]> = totals.collect();
        let widest = totals.iter().flatten().map(|total| page.width(total, ink)).fold(0.0, f64::max);
        // at the ends they stand to one side
        if 1.5 * widest + gap > pitch {
            return Ok(step * lines + page.size.em(0.3));
        }
        for (stage, total) in totals.iter().enumerate() {
            let (x, ink) = stand(stage, Ink::NOTE);
            let y = panel.top + page.size.em(0.6) + step * lines;
            page.text(&total[usize::from(during)], (x, y), ink)?;
        }
        Ok(step * (lines + 1) + page.size.em(0.3))
    }

    /// Bands, greatest first, with where they leave and arrive: pixels from the top.
    fn placed(&self, lay: &Lay) -> Vec<(Band, (f64, f64))> {
        let mut order: Vec<usize> = (0..self.bands.len()).collect();
        let at = |band: &Band, from: bool| {
            let (own, other) = if from { (band.from, band.to) } else { (band.to, band.from) };
            // those that skip stages lie lowest
            (own.stage, self::order(own), own.stage.abs_diff(other.stage), self::order(other))
        };
        let mut ends = vec![(0.0, 0.0); self.bands.len()];
        for from in [true, false] {
            order.sort_by_key(|b| at(&self.bands[*b], from));
            let mut next: Option<(Node, f64)> = None;
            for b in &order {
                let band = &self.bands[*b];
                let node = if from { band.from } else { band.to };
                let top = next.filter(|(last, _)| *last == node).map_or_else(|| lay.top(node), |(_, at)| at);
                if from {
                    ends[*b].0 = top
                } else {
                    ends[*b].1 = top
                }
                next = Some((node, top + band.room() * lay.scale));
            }
        }
        self.bands.iter().copied().zip(ends).collect()
    }
}

/// The bar of a node, with the key of its region where there is room.
fn bar(
    page: &Page<'_>,
    frame: Frame,
    node: Node,
    top: f64,
    height: f64,
    colour: RGBColor,
    regions: &[&str],
) -> Result<(), ChartError> {
    let size = page.size;
    let (left, top) = (frame.across(node.stage), top.round() as i32);
    let bottom = top + (height.round() as i32).max(2);
    page.rectangle(Rect { left, top, right: left + frame.bar, bottom }, colour)?;
    let last = node.stage + 1 == frame.stages;
    // names at both sides of a gap need room
    let roomy = !last || frame.across(1) - frame.across(0) > size.em(3.6);
    match node.region {
        Some(region) if roomy && height >= 0.9 * f64::from(size.em(1.0)) => {
            let ink = if last { Ink::LABEL.bold().right() } else { Ink::LABEL.bold() };
            let x = if last { left - size.em(0.2) } else { left + frame.bar + size.em(0.2) };
            page.text(regions[region], (x, (top + bottom) / 2), ink)
        }
        _ => Ok(()),
    }
}

/// Place of a node among those of its stage.
fn order(node: Node) -> usize {
    node.region.unwrap_or(usize::MAX)
}

/// What reaches a stage, or leaves the first one.
fn total(down: &[&Flow], stage: usize) -> [f64; 2] {
    let first = down.iter().map(|f| f.from[0]).min().unwrap_or(0);
    let here = |f: &&&Flow| if stage == first { f.from[0] == stage } else { f.to[0] == stage };
    let sum = |of: fn(&Flow) -> f64| down.iter().filter(here).map(|f| of(f)).sum();
    [sum(|f| f.before), sum(|f| f.during)]
}

/// Nodes outside the controlling country: those that lose most first, then those through which most moves.
fn candidates(down: &[&Flow], home: usize) -> Vec<[usize; 2]> {
    let mut nodes: Vec<([usize; 2], [f64; 2])> = Vec::new();
    for (node, flow) in down.iter().flat_map(|f| [(f.from, f), (f.to, f)]) {
        let lost = if flow.during < (1.0 - LOST) * flow.before { flow.before - flow.during } else { 0.0 };
        match nodes.iter_mut().find(|(known, _)| *known == node) {
            Some((_, sums)) => *sums = [sums[0] + lost, sums[1] + flow.before],
            None => nodes.push((node, [lost, flow.before])),
        }
    }
    nodes.retain(|(node, _)| node[1] != home);
    nodes.sort_by(|a, b| b.1[0].total_cmp(&a.1[0]).then(b.1[1].total_cmp(&a.1[1])));
    nodes.into_iter().map(|(node, _)| node).collect()
}

/// Bands between named nodes and the rest, without those that are too thin.
fn grouped(down: &[&Flow], named: &[[usize; 2]], thin: f64) -> Vec<Band> {
    let node = |end: [usize; 2]| Node { stage: end[0], region: named.contains(&end).then_some(end[1]) };
    let mut bands: Vec<Band> = Vec::new();
    for flow in down {
        let (from, to) = (node(flow.from), node(flow.to));
        match bands.iter_mut().find(|b| b.from == from && b.to == to) {
            Some(band) => {
                band.tonnes[0] += flow.before;
                band.tonnes[1] += flow.during;
            }
            None => bands.push(Band { from, to, tonnes: [flow.before, flow.during] }),
        }
    }
    bands.retain(|band| band.room() > thin);
    bands
}

/// Outline of a part of a band, from so many pixels below its upper edge to so many.
fn ribbon(
    band: &Band,
    (leaves, arrives): (f64, f64),
    (upper, lower): (f64, f64),
    frame: Frame,
) -> Vec<(i32, i32)> {
    let (left, right) = (frame.across(band.from.stage) + frame.bar, frame.across(band.to.stage));
    let point = |step: i32, below: f64| {
        let t = f64::from(step) / f64::from(STEPS);
        let eased = t * t * (3.0 - 2.0 * t);
        let x = f64::from(left) + t * f64::from(right - left);
        (x.round() as i32, (leaves + eased * (arrives - leaves) + below).round() as i32)
    };
    let upper_edge = (0..=STEPS).map(|step| point(step, upper));
    let lower_edge = (0..=STEPS).rev().map(|step| point(step, lower.max(upper + 1.0)));
    upper_edge.chain(lower_edge).collect()
}
