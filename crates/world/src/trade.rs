//! Who buys from whom at the reference level: iterative proportional fitting to what sellers make and buyers need.

/// A seller and what it makes, or a buyer and what it needs, tonnes a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// Country.
    pub country: usize,
    /// Tonnes a year.
    pub tonnes: f64,
}

/// A flow between two countries that is on record, tonnes a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Seller's country.
    pub origin: usize,
    /// Buyer's country.
    pub destination: usize,
    /// Tonnes a year.
    pub tonnes: f64,
}

/// One flow, tonnes a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Index of the seller.
    pub seller: usize,
    /// Index of the buyer.
    pub buyer: usize,
    /// Tonnes a year.
    pub tonnes: f64,
}

/// How thin flows are dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thinning {
    /// Greatest number of suppliers of one buyer.
    pub suppliers: usize,
    /// Least share of a buyer's need.
    pub least_share: f64,
}

const ROUNDS: usize = 200;
/// Where outputs must be met, a flow of at least this share of its seller's output stays however thin it is for the buyer.
const EXACT_SELLER_SHARE: f64 = 0.03;

/// Flows that meet every buyer's need exactly, starting from `affinity(origin, destination)`.
///
/// Sellers' outputs are first scaled to the sum of needs. Thin flows are dropped. With `exact` the sellers' outputs are
/// met too, and known cells only shape the start; without, known cells stay and outputs give way.
pub fn fit(
    sellers: &[Side],
    buyers: &[Side],
    known: &[Known],
    affinity: impl Fn(usize, usize) -> f64,
    thinning: Thinning,
    exact: bool,
) -> Vec<Flow> {
    let need: f64 = buyers.iter().map(|b| b.tonnes).sum();
    let made: f64 = sellers.iter().map(|s| s.tonnes).sum();
    if need <= 0.0 || made <= 0.0 {
        return Vec::new();
    }
    let supply: Vec<f64> = sellers.iter().map(|s| s.tonnes * need / made).collect();
    let mut flows: Vec<Flow> = Vec::new();
    for (s, seller) in sellers.iter().enumerate() {
        for (b, buyer) in buyers.iter().enumerate() {
            let weight = affinity(seller.country, buyer.country).max(0.0);
            let tonnes = weight * supply[s] * buyer.tonnes;
            if tonnes > 0.0 {
                flows.push(Flow { seller: s, buyer: b, tonnes });
            }
        }
    }
    balance(&mut flows, &supply, sellers, buyers, known);
    let of_seller = if exact { EXACT_SELLER_SHARE } else { f64::INFINITY };
    thin(&mut flows, &supply, sellers, buyers, thinning, of_seller);
    balance(&mut flows, &supply, sellers, buyers, if exact { &[] } else { known });
    for _ in 0..if exact { 20 } else { 0 } {
        balance(&mut flows, &supply, sellers, buyers, &[]);
    }
    flows.retain(|f| f.tonnes > 0.0);
    flows.sort_by_key(|f| (f.buyer, f.seller));
    flows
}

/// Scales rows to outputs, blocks to known cells and columns to needs, in turn; ends with the columns.
fn balance(flows: &mut [Flow], supply: &[f64], sellers: &[Side], buyers: &[Side], known: &[Known]) {
    let total = |country: usize, sides: &[Side], amounts: &dyn Fn(usize) -> f64| -> f64 {
        sides.iter().enumerate().filter(|(_, s)| s.country == country).map(|(i, _)| amounts(i)).sum()
    };
    // a recorded flow cannot exceed what either side has
    let cells: Vec<Known> = known
        .iter()
        .map(|k| {
            let most = total(k.origin, sellers, &|i| supply[i])
                .min(total(k.destination, buyers, &|i| buyers[i].tonnes));
            Known { tonnes: k.tonnes.min(0.98 * most), ..*k }
        })
        .filter(|k| k.tonnes > 0.0)
        .collect();
    let cell_of = |flow: &Flow| {
        let (origin, destination) = (sellers[flow.seller].country, buyers[flow.buyer].country);
        cells.iter().position(|k| k.origin == origin && k.destination == destination)
    };
    let rows = Groups::new(flows, supply.to_vec(), |flow| Some(flow.seller));
    let blocks = Groups::new(flows, cells.iter().map(|k| k.tonnes).collect(), cell_of);
    let columns = Groups::new(flows, buyers.iter().map(|b| b.tonnes).collect(), |flow| Some(flow.buyer));
    let turns: &[&Groups] = if cells.is_empty() { &[&rows, &columns] } else { &[&rows, &blocks, &columns] };
    let mut tonnes: Vec<f64> = flows.iter().map(|flow| flow.tonnes).collect();
    let mut sums = rows.sums(&tonnes);
    for _ in 0..ROUNDS {
        for (turn, groups) in turns.iter().enumerate() {
            sums = groups.scale(&mut tonnes, &sums, turns[(turn + 1) % turns.len()]);
        }
    }
    flows.iter_mut().zip(tonnes).for_each(|(flow, tonnes)| flow.tonnes = tonnes);
}

/// Flows in groups, each of which should sum to what is wanted.
struct Groups {
    /// Group of each flow; those in none are in one behind the last, and stay.
    of: Vec<u32>,
    wanted: Vec<f64>,
}

impl Groups {
    fn new(flows: &[Flow], wanted: Vec<f64>, group: impl Fn(&Flow) -> Option<usize>) -> Self {
        let of = flows.iter().map(|flow| group(flow).unwrap_or(wanted.len()) as u32).collect();
        Self { of, wanted }
    }

    fn sums(&self, tonnes: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.wanted.len() + 1];
        self.of.iter().zip(tonnes).for_each(|(group, tonnes)| sums[*group as usize] += tonnes);
        sums
    }

    /// Scales each group from its sum to what is wanted; gives the sums of the groups that are next.
    fn scale(&self, tonnes: &mut [f64], sums: &[f64], next: &Self) -> Vec<f64> {
        let factors =
            self.wanted.iter().zip(sums).map(|(wanted, sum)| if *sum > 0.0 { wanted / sum } else { 1.0 });
        let factors: Vec<f64> = factors.chain([1.0]).collect();
        let mut sums = vec![0.0; next.wanted.len() + 1];
        for ((tonnes, group), then) in tonnes.iter_mut().zip(&self.of).zip(&next.of) {
            *tonnes *= factors[*group as usize];
            sums[*then as usize] += *tonnes;
        }
        sums
    }
}

/// Keeps each buyer's largest flows and its largest from every other country of origin; keeps each seller's largest and
/// those of at least `of_seller` of its output.
fn thin(
    flows: &mut Vec<Flow>,
    supply: &[f64],
    sellers: &[Side],
    buyers: &[Side],
    thinning: Thinning,
    of_seller: f64,
) {
    let mut keep: Vec<bool> = flows.iter().map(|f| f.tonnes >= of_seller * supply[f.seller]).collect();
    let order = |places: &mut Vec<usize>, flows: &[Flow]| {
        places.sort_by(|a, b| flows[*b].tonnes.total_cmp(&flows[*a].tonnes).then(a.cmp(b)));
    };
    for (b, buyer) in buyers.iter().enumerate() {
        let mut places: Vec<usize> = (0..flows.len()).filter(|p| flows[*p].buyer == b).collect();
        order(&mut places, flows);
        let mut origins: Vec<usize> = Vec::new();
        for (rank, place) in places.into_iter().enumerate() {
            let origin = sellers[flows[place].seller].country;
            let enough = flows[place].tonnes >= thinning.least_share * buyer.tonnes;
            if rank == 0 || (enough && (rank < thinning.suppliers || !origins.contains(&origin))) {
                keep[place] = true;
            }
            origins.push(origin);
        }
    }
    for s in 0..sellers.len() {
        let mut places: Vec<usize> = (0..flows.len()).filter(|p| flows[*p].seller == s).collect();
        order(&mut places, flows);
        if let Some(first) = places.first() {
            keep[*first] = true;
        }
    }
    let mut place = 0;
    flows.retain(|_| {
        place += 1;
        keep[place - 1]
    });
}
