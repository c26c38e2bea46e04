//! What controls on trade leave behind: licence queues, quota pools, detours.

use crate::id::to_u32;
use crate::lanes::{Lane, TINY};
use crate::network::Network;
use crate::plan::{Effect, Plan, QuotaRule};
use crate::state::queues::general;
use crate::state::{Markets, NO_MARKET, Outlets, Queues, UNCONTROLLED};

/// Controlled links, by their place in [`Control::links`].
#[derive(Clone, Debug)]
pub struct Control<L> {
    /// No event of the arm controls trade: controlled links carry what all others do, and only what is asked, may ship and
    /// is shipped on them is kept up to date.
    pub idle: bool,
    /// The links that some event of the scenario touches.
    pub links: Vec<u32>,
    /// Place of a link among the controlled ones, or [`UNCONTROLLED`].
    pub place: Vec<u32>,
    /// Place of a controlled link's market, or [`NO_MARKET`].
    pub market: Vec<u32>,
    /// N: normal trade, tonnes a week.
    pub normal: Vec<L>,
    /// Extra price on what leaks.
    pub premium: Vec<L>,
    /// Export duty, share of the price.
    pub export_duty: Vec<L>,
    /// Tariff on top of the link's own, share of the price.
    pub tariff: Vec<L>,
    /// Licence rent on this link, US dollars per tonne.
    pub rent: Vec<L>,
    /// What the buyer asked for.
    pub asked: Vec<L>,
    /// What of it may ship by the rules.
    pub legal: Vec<L>,
    /// What ships all the same.
    pub leaked: Vec<L>,
    /// What the rules refuse and does not leak.
    pub stopped: Vec<L>,
    /// What caps leave of what is asked for.
    pub capped: Vec<L>,
    /// Share of what is asked for that buyers still want at the licence rent.
    pub kept: Vec<L>,
    /// What may ship in the slice of the week at hand.
    pub now: Passing<L>,
    /// Shipped this week.
    pub shipped: Vec<L>,
    /// Of that, by the rules.
    pub shipped_legally: Vec<L>,
    /// What the rest of it cost, US dollars a week before the link's own tariff and freight.
    pub quoted_bill: Vec<L>,
    /// Leaked goods in a third country, by week of departure: `[detour_start[place] + week % weeks]`.
    pub detour: Vec<L>,
    /// Where a link's detour begins in `detour`.
    pub detour_start: Vec<u32>,
    /// Weeks of a link's detour.
    pub detour_weeks: Vec<u32>,
    /// What of a good's trade abroad is free.
    pub outlets: Outlets<L>,
    /// Licence queues, by place among the links that some licence of the scenario covers.
    pub queues: Queues<L>,
    /// Quota pools, by their order among the plan's events.
    pub pools: Vec<Pool<L>>,
}

/// What controls let ship at one moment, by place among the controlled links: the least of what each lets ship by itself.
#[derive(Clone, Debug)]
pub struct Passing<L> {
    /// Ordered, or what licences let ship where that is more.
    pub wanted: Vec<L>,
    /// May ship by the rules.
    pub legal: Vec<L>,
    /// Ships all the same.
    pub leaked: Vec<L>,
    /// Extra price on that.
    pub premium: Vec<L>,
    /// Whether some control stands: 1 or 0.
    pub bound: Vec<L>,
}

impl<L: Lane> Passing<L> {
    fn new(places: usize) -> Self {
        let zeros = || vec![L::zero(); places];
        Self { wanted: zeros(), legal: zeros(), leaked: zeros(), premium: zeros(), bound: zeros() }
    }

    /// Nothing is controlled yet: what is asked for may ship.
    pub(crate) fn start(&mut self, asked: &[L]) {
        self.legal.copy_from_slice(asked);
        for list in [&mut self.leaked, &mut self.premium, &mut self.bound] {
            list.fill(L::zero());
        }
    }

    /// A control lets so much ship, where it stands: it binds if that is less than what others do, or as much with less of
    /// it leaking.
    #[inline(always)]
    pub(crate) fn bind(&mut self, place: usize, legal: L, leaked: L, premium: L, stands: L) {
        let (is, was) = (legal + leaked, self.legal[place] + self.leaked[place]);
        // of two that leak as much the costlier way round holds: which event stands first must not matter
        let first = L::one() - self.bound[place];
        let costlier = L::where_less(self.premium[place], premium, L::one(), first);
        let as_clean = L::where_less(self.leaked[place], leaked, first, costlier);
        let cleaner = L::where_less(leaked, self.leaked[place], L::one(), as_clean);
        let as_much = L::where_less(was, is, L::zero(), cleaner);
        let binds = L::where_less(is, was, L::one(), as_much) * stands;
        let choose = |new: L, old: L| L::where_less(L::zero(), binds, new, old);
        self.legal[place] = choose(legal, self.legal[place]);
        self.leaked[place] = choose(leaked, self.leaked[place]);
        self.premium[place] = choose(premium, self.premium[place]);
        self.bound[place] = self.bound[place].max(stands);
    }
}

/// A pool of export tonnes.
#[derive(Clone, Debug)]
pub struct Pool<L> {
    /// Gross tonnes left in the period.
    pub left: L,
    /// Weeks left in the period.
    pub weeks_left: L,
    /// ρ: licence rent, US dollars per gross tonne.
    pub rent: L,
    /// Weekly allowance, gross tonnes.
    pub allowance: L,
    /// Of what is wanted beyond normal trade, what passes beside the pool, gross tonnes.
    pub beyond: L,
    /// s: share of normal trade that it cuts.
    pub cut: L,
    /// Share of what is drawn that may ship.
    pub share: L,
    /// Whether it binds this week: 1 or 0.
    pub binds: L,
    /// Gross tonnes asked for this week.
    pub asked: L,
    /// Gross tonnes shipped this week.
    pub used: L,
    /// What a commodity's buyers want and pay, by place in [`QuotaRule::groups`].
    pub groups: Vec<PoolGroup<L>>,
}

/// One commodity under a quota, over all its links.
#[derive(Clone, Copy, Debug)]
pub struct PoolGroup<L> {
    /// Wanted, gross tonnes.
    pub wanted: L,
    /// Seller's price before rent, US dollars per gross tonne.
    pub price: L,
    /// The most that it is worth to its buyers, US dollars per gross tonne.
    pub worth: L,
    /// Share of it that is smuggled, before enforcement.
    pub smuggled: L,
    /// Share of it that is still wanted at the rent.
    pub draws: L,
}

impl<L: Lane> Control<L> {
    pub(crate) fn new(network: &Network, plan: &Plan) -> Self {
        let n = plan.controlled.len();
        let zeros = || vec![L::zero(); n];
        let mut place = vec![UNCONTROLLED; network.links.len()];
        let (mut detour_start, mut detour) = (Vec::with_capacity(n), Vec::new());
        for (index, controlled) in plan.controlled.iter().enumerate() {
            place[controlled.link.at()] = to_u32(index);
            detour_start.push(to_u32(detour.len()));
            detour.resize(detour.len() + controlled.detour_weeks as usize, L::zero());
        }
        Self {
            idle: !plan.has(Effect::controls_trade),
            links: plan.controlled.iter().map(|c| c.link.0).collect(),
            market: plan.controlled.iter().map(|c| c.market.map_or(NO_MARKET, to_u32)).collect(),
            outlets: Outlets::new(network, plan),
            queues: Queues::new(plan, &place, n),
            pools: plan.events.iter().filter_map(|e| pool(&e.effect)).map(Pool::new).collect(),
            place,
            normal: zeros(),
            premium: zeros(),
            export_duty: zeros(),
            tariff: zeros(),
            rent: zeros(),
            asked: zeros(),
            legal: zeros(),
            leaked: zeros(),
            stopped: zeros(),
            capped: zeros(),
            kept: zeros(),
            now: Passing::new(n),
            shipped: zeros(),
            shipped_legally: zeros(),
            quoted_bill: zeros(),
            detour,
            detour_start,
            detour_weeks: plan.controlled.iter().map(|c| c.detour_weeks).collect(),
        }
    }

    /// Goes on under another plan of the same controlled links: what it knows of events by their place among them is anew.
    pub(crate) fn under(&mut self, plan: &Plan) {
        self.idle = !plan.has(Effect::controls_trade);
        self.queues.general = general(plan, &self.place, self.links.len());
        self.outlets.under(plan);
    }

    /// What goods that ship by the rules cost on a controlled link beside contracts, US dollars per tonne before the link's
    /// own tariff and freight.
    ///
    /// ```text
    /// licensed = (p + ρ·g)·(1 + duty)·(1 + tariff)
    /// ```
    #[inline(always)]
    pub fn licensed_price(&self, place: usize, posted: L) -> L {
        (posted + self.rent[place]) * self.duty(place)
    }

    /// What goods cost that come round a control: the quote, and no less than they cost the smuggler.
    ///
    /// ```text
    /// quoted = max(p·eᵘ, (p + ρ·g)·(1 + premium))
    /// ```
    #[inline(always)]
    pub fn quoted_price(&self, place: usize, posted: L, markets: &Markets<L>) -> L {
        let least = (posted + self.rent[place]) * (L::one() + self.premium[place]);
        (posted * markets.markup(place)).max(least)
    }

    /// Mean of the two by what may ship on the link this week; by the rules where nothing may.
    #[inline(always)]
    pub fn mean_price(&self, place: usize, posted: L, markets: &Markets<L>) -> L {
        let may = self.legal[place] + self.leaked[place];
        let round = self.leaked[place] / may.max(L::splat(TINY));
        self.licensed_price(place, posted).towards(self.quoted_price(place, posted, markets), round)
    }

    /// What duties multiply a price with on this link.
    #[inline(always)]
    pub fn duty(&self, place: usize) -> L {
        (L::one() + self.export_duty[place]) * (L::one() + self.tariff[place])
    }
}

impl<L: Lane> Pool<L> {
    fn new(rule: &QuotaRule) -> Self {
        let none = L::zero();
        let empty = PoolGroup { wanted: none, price: none, worth: none, smuggled: none, draws: L::one() };
        Self {
            left: L::zero(),
            weeks_left: L::zero(),
            rent: L::zero(),
            allowance: L::zero(),
            beyond: L::zero(),
            cut: L::zero(),
            share: L::one(),
            binds: L::zero(),
            asked: L::zero(),
            used: L::zero(),
            groups: vec![empty; rule.groups.len()],
        }
    }
}

/// The quota rule of an effect, if it is one.
fn pool(effect: &Effect) -> Option<&QuotaRule> {
    match effect {
        Effect::Quota(rule) => Some(rule),
        _ => None,
    }
}
