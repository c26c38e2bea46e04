# Sentences of figures and briefings. What is put in is ready to print: numbers, units, names.

# Numbers and units
per-cent = { $n } %
range = { $low } to { $high }
usd-bn = US$ { $n } bn
usd-m = US$ { $n } m
odds = 1 in { $n } years
month-of-year = { $month } { $year }
first-of-month = 1 { $month }
day-of-month = { $day } { $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Under every figure
source = Source: chokepoint { $version }, { $subject }, world { $world }, { $runs } runs, run { $digest }. Exploratory simulation, not a forecast.
source-short = Source: chokepoint { $version }, run { $digest }

# Regions: as a name, as the subject of a sentence, as a place
region-cn = China
    .subject = China
    .place = in China
region-us = United States
    .subject = the United States
    .place = in the United States
region-eu = European Union
    .subject = the European Union
    .place = in the European Union
region-jp = Japan
    .subject = Japan
    .place = in Japan
region-ca = Canada
    .subject = Canada
    .place = in Canada
region-au = Australia
    .subject = Australia
    .place = in Australia
region-row = Rest of world
    .subject = the rest of the world
    .place = in the rest of the world

# Stages: as a name, as something that is made
stage-mining = Mining
    .made = mining
stage-separation = Separation
    .made = separation
stage-metal = Metal
    .made = metal making
stage-alloy = Alloy
    .made = alloy making
stage-magnet = Magnet
    .made = magnet making
stage-component = Component
    .made = component making
stage-oem = OEM
    .made = final production

# What several figures say
shock-window = shock (central length)
key-median = median
key-half = half of the runs
key-nine-in-ten = nine runs in ten
key-single = seven single runs
key-calm = no shock (median)
no-strategy = No strategy
together = { $one } and { $other }
decided = { $strategy }, decided { $day }
no-strategies = No strategy was run
finding-no-effect = no effect in this event
finding-unclear = no clear difference
finding-lower = less is lost
finding-higher = more is lost
row-each = { $name }: { $value }.
rows-left-out = { $n ->
    [one] and one more in the table
   *[other] and { $told } more in the table
}

# 1 fan
fan-title = { $region } misses { $share } of planned output at worst, in week { $week }
fan-title-tail = { $region } misses up to { $most } of plan in nine runs of ten, under 1 % at the median
fan-title-calm = No shock: nothing is missed
fan-title-none = No clear shortfall { $place }: stocks absorb it
fan-subtitle = Goods due and not built in the week, % of plan weighted by value added, { $place }, all sectors; { $scenario }
fan-alternative = Fan chart: unmet demand { $place } over time; the median is worst in week { $week } at { $median }.
fan-description = Fan chart over { $weeks } weeks { $place }. The median shortfall peaks at { $median } in week { $week } after the shock; half of the runs lie between { $half }, nine in ten between { $nine }.

# 2 prices
prices-title = { $item }: ×{ $outside } outside { $home } at its peak, ×{ $inside } inside
prices-title-none = No clear price gap between { $home } and the rest
prices-subtitle = Price paid, 100 = month before the shock, log scale; { $home } solid, outside dashed with nine runs in ten; { $scenario }
prices-alternative = { $n ->
    [one] Price index of one commodity
   *[other] Price indices of { $told } commodities
} { $place } and outside, with bands outside.
prices-each = { $item }: the median outside peaks at ×{ $times } in week { $week }.
prices-outside = outside ×{ $times }, peak ×{ $peak }
prices-outside-short = outside ×{ $times }
prices-home = { $home } ×{ $times }

# 4 heat
heat-title = { $made } { $place } falls furthest, by { $share } in its worst month
heat-title-none = No stage of any region falls clearly below calm
heat-subtitle = Output below the same futures without the shock, %, medians; output valued at reference prices; { $scenario }
heat-alternative = Shortage by stage and region; the largest is { $share }, { $made } { $place }.
heat-description = Three matrices of stages by regions: the month before the shock, each cell's worst month, the last quarter of the horizon. The largest shortage is { $share }, { $made } { $place }.
heat-before = Month before
heat-worst = Each cell's worst month
heat-end = Last quarter of the horizon
heat-step-1 = under 2 %
heat-step-2 = 2 to 10
heat-step-3 = 10 to 25
heat-step-4 = 25 to 50
heat-step-5 = 50 % and more
heat-hatched = Hatched: nothing is made; gains show as 0.

# 6 losses
losses-title = Least is lost with { $strategy }: { $left } instead of { $none }
losses-title-none = No strategy clearly lowers the loss of { $none }
losses-subtitle = Value added lost against the same futures without the shock; dot: median, thick: half of the runs, thin: nine in ten; { $scenario }
losses-alternative = Loss without a strategy, { $none }, and with each of { $n ->
    [one] one strategy
   *[other] { $told } strategies
}: ranges and medians.

# 7 differences
differences-title = { $strategy } spares most: { $spared }
differences-title-none = No clear difference: no strategy is told apart from none
differences-subtitle = Change of value added lost on the same { $told } futures; dot: median, thick: its 95 % interval, thin: nine futures in ten; grey: not told apart from none; { $scenario }
differences-alternative = Change of the loss with each of { $n ->
    [one] one strategy
   *[other] { $told } strategies
} on the same futures; { $helping } clearly lower it.
differences-value = { $range }; helps in { $share }

# 8 frontier
frontier-title = { $strategy } spares most, { $spared }, and costs { $cost } in calm
frontier-title-saves = { $strategy } spares most, { $spared }, and saves { $cost } in calm
frontier-title-none = No strategy clearly spares a loss in this event
frontier-subtitle = Cost of having it without the shock, present value, all regions and payers; loss spared in the shock: median, nine futures in ten; { $scenario }
frontier-alternative = Cost against loss spared; { $n ->
    [0] no strategy is
    [one] one strategy is
   *[other] { $told } strategies are
} on the frontier.
frontier-each = { $name }: spares { $spared }, costs { $cost }.
frontier-up = Loss spared
frontier-across = Cost in calm
frontier-others = Grey: others, in the table

# 9 break-even
break-even-title = { $strategy } pays first: { $pays }
break-even-title-anyway = { $n ->
    [one] { $strategy } pays for itself even without the shock
   *[other] { $told } strategies pay for themselves even without the shock
}
break-even-title-none = No strategy pays for itself, however likely the shock
break-even-subtitle = Yearly probability of the shock from which on a strategy pays for itself, all regions together, log scale, 95 % interval; { $scenario }
break-even-alternative = Yearly probability of the shock from which on each of { $n ->
    [one] one strategy
   *[other] { $told } strategies
} pays for itself.
pays-anyway = pays anyway
pays-never = never pays
pays-anyway-unclear = probably pays anyway
pays-never-unclear = probably never pays
pays-from = { $share }, { $odds }

# 3 sectors
sectors-title = { $sector } { $place } lose most: { $lost }, { $share } of all that is lost
sectors-title-none = No clear loss in any sector
sectors-subtitle = Value added of goods due and not built, US dollars a week, mean of the runs, by sector; % is the worst week over a week at rest; { $scenario }
sectors-alternative = Unmet demand by sector and region over time; { $sector } { $place } lose most, { $lost }.
sectors-each = { $region }: { $lost } in all, at worst { $share } of a week at rest.
sectors-rest = all others
sectors-heading = { $region }, at worst { $share }

# 13 lines that still run
survival-title = { $stopped } of lines stop within { $weeks } weeks, { $with } with { $strategy }
survival-title-alone = { $stopped } of lines stop within { $weeks } weeks
survival-title-none = Hardly any line stops within { $weeks } weeks
survival-subtitle = Final producers outside the home region that have not yet stopped (under 80 % of plan for two weeks), % of { $lines } lines, mean of { $told } runs; band: nine runs in ten without a strategy; { $scenario }
survival-alternative = Share of lines that have not yet stopped by week; without a strategy { $stopped } stop within { $weeks } weeks.
survival-each = { $share } have not stopped
survival-across = Weeks since the shock

# 14 stocks
stocks-title = Stocks of { $made } { $place } fall from { $before } to { $least } days by week { $week }
stocks-title-none = Stocks { $place } hold at every stage
stocks-subtitle = What buyers of each stage hold, days of use at reference prices, { $place }; { $scenario }
stocks-alternative = Days of cover { $place } over time at { $told } stages, with bands.
stocks-each = { $stage }: { $before } days before the shock, { $least } at the least, in week { $week }.

# 15 concentration
concentration-title = { $n ->
    [0] No stage stays above a largest share of { $cap }; the highest is { $stage }, { $share }
    [one] One stage stays above a largest share of { $cap }: { $stage }, { $share }
   *[other] { $told } stages stay above a largest share of { $cap }; the highest is { $stage }, { $share }
}
concentration-title-none = No stage has any output
concentration-subtitle = Herfindahl-Hirschman index of countries by output, 0 to 10,000, median and nine runs in ten; dashed: 1,500 and 2,500; % is the largest country's share at the end; { $scenario }
concentration-alternative = Concentration of each stage over countries by week; { $told } stages end above a largest share of { $cap }.
concentration-each = { $stage }: index from { $from } to { $to }; largest country { $share }.
concentration-heading = { $stage }, largest { $share }

# 16 licences
licences-title = The licence queue grows to { $queue } weeks of trade by week { $week }; { $share } of what is filed is granted
licences-title-none = No licence queue builds up
licences-subtitle = Licences filed, pending and granted, in weeks of what their links carry at rest, medians; queue with nine runs in ten; { $scenario }
licences-alternative = The licence queue by week: at most { $queue } weeks of trade, in week { $week }; share granted in a second panel.
licences-description = Two panels over time. Above, what is filed, pending and granted; the median queue is longest in week { $week } after the shock, { $queue } weeks of trade at rest. Below, what is granted of what was filed over a quarter; over the whole run { $share }.
licences-queue = Weeks of trade at rest
licences-approval = Granted, % of what was filed over a quarter
licences-pending = pending
licences-filed = filed in the week
licences-granted = granted in the week

# 17 decisions
decisions-title = { $strategy } spares { $first } if decided in { $early }, { $last } in { $late }
decisions-title-none = No clear difference on any day of decision
decisions-subtitle = Loss spared by the day of decision, on the same { $told } futures, median and its 95 % interval; rings: not told apart from none; { $scenario }
decisions-alternative = Loss spared by the day of decision for { $n ->
    [one] one strategy
   *[other] { $told } strategies
}.

# 19 back-test
backtest-title = The model holds { $inside } of { $all } numbers of the crisis that it was not fitted to
backtest-subtitle = US dollars per kg, log scale: outside China, observed (dots) over nine runs in ten; at home, observed (rings), median dashed; nearer than both naive forecasts in { $ahead }
backtest-alternative = Observed prices of the crisis over modelled bands; { $inside } of { $all } numbers that were not fitted are inside.
backtest-each = { $item }: the modelled median peaks at { $modelled }, observed at { $seen } US dollars.
