# Phrases des figures et des notes d’information. Ce qui est inséré est prêt à l’impression : nombres, unités, noms.

# Nombres et unités
per-cent = { $n } %
range = { $low } à { $high }
usd-bn = { $n } G$ US
usd-m = { $n } M$ US
odds = 1 année sur { $n }
month-of-year = { $month } { $year }
first-of-month = 1er { $month }
day-of-month = { $day } { $month }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Sous chaque figure
source = Source : chokepoint { $version }, { $subject }, monde { $world }, { $runs } tirages, exécution { $digest }. Simulation exploratoire; ne constitue pas une prévision.
source-short = Source : chokepoint { $version }, { $digest }

# Régions : nom, sujet d’une phrase, lieu
region-cn = Chine
    .subject = la Chine
    .place = en Chine
region-us = États-Unis
    .subject = les États-Unis
    .place = aux États-Unis
region-eu = Union européenne
    .subject = l’Union européenne
    .place = dans l’Union européenne
region-jp = Japon
    .subject = le Japon
    .place = au Japon
region-ca = Canada
    .subject = le Canada
    .place = au Canada
region-au = Australie
    .subject = l’Australie
    .place = en Australie
region-row = Reste du monde
    .subject = le reste du monde
    .place = dans le reste du monde

# Étapes : nom, activité
stage-mining = Extraction
    .made = l’extraction
stage-separation = Séparation
    .made = la séparation
stage-metal = Métal
    .made = la production de métal
stage-alloy = Alliage
    .made = la production d’alliages
stage-magnet = Aimant
    .made = la production d’aimants
stage-component = Composant
    .made = la production de composants
stage-oem = Produit final
    .made = la production finale

# Ce que disent plusieurs figures
shock-window = choc (durée centrale)
key-median = médiane
key-half = moitié des tirages
key-nine-in-ten = neuf tirages sur dix
key-single = sept tirages individuels
key-calm = sans choc (médiane)
no-strategy = Aucune stratégie
together = { $one } et { $other }
decided = { $strategy } (décision du { $day })
no-strategies = Aucune stratégie n’a été simulée
finding-no-effect = sans effet dans cet événement
finding-unclear = aucune différence nette
finding-lower = moins de pertes
finding-higher = plus de pertes
row-each = { $name } : { $value }.
rows-left-out = { $n ->
    [one] et une autre dans le tableau
   *[other] et { $told } autres dans le tableau
}

# 1 éventail
fan-title = { $place }, il manque jusqu’à { $share } de la production prévue, au pire à la semaine { $week }
fan-title-tail = { $place }, il manque jusqu’à { $most } du plan dans neuf tirages sur dix, moins de 1 % en médiane
fan-title-calm = Aucun choc : rien ne manque
fan-title-none = Aucune pénurie nette { $place } : les stocks amortissent le choc
fan-subtitle = Biens attendus mais non produits dans la semaine, en % du plan pondéré par la valeur ajoutée, { $place }, tous secteurs; { $scenario }
fan-alternative = Éventail : demande non satisfaite { $place }; la médiane culmine à la semaine { $week }, à { $median }.
fan-description = Éventail sur { $weeks } semaines { $place }. Le manque médian culmine à { $median } la semaine { $week } après le choc; la moitié des tirages se situent dans l’intervalle { $half }, neuf sur dix dans l’intervalle { $nine }.

# 2 prix
prices-title = { $item } : prix ×{ $outside } ailleurs au sommet, ×{ $inside } { $place }
prices-title-none = Aucun écart de prix net entre { $home } et le reste
prices-subtitle = Prix payé, 100 = mois avant le choc, échelle logarithmique; { $place } en trait plein, ailleurs en tirets avec neuf tirages sur dix; { $scenario }
prices-alternative = { $n ->
    [one] Indice de prix d’un produit
   *[other] Indices de prix de { $told } produits
} { $place } et ailleurs, avec leurs bandes.
prices-each = { $item } : ailleurs, la médiane culmine à ×{ $times } à la semaine { $week }.
prices-outside = ailleurs ×{ $times }, sommet ×{ $peak }
prices-outside-short = ailleurs ×{ $times }
prices-home = { $home } ×{ $times }

# 4 matrice
heat-title = { $made } { $place } recule le plus, de { $share } au pire mois
heat-title-none = Aucune étape, dans aucune région, ne passe nettement sous le niveau sans choc
heat-subtitle = Production manquante par rapport aux mêmes tirages sans le choc, %, médianes; production aux prix de référence; { $scenario }
heat-alternative = Manque par étape et région; le plus grand est de { $share } : { $made } { $place }.
heat-description = Trois matrices d’étapes et de régions : le mois avant le choc, le pire mois de chaque case, le dernier trimestre de l’horizon. Le plus grand manque est de { $share } : { $made } { $place }.
heat-before = Mois d’avant
heat-worst = Pire mois de chaque case
heat-end = Dernier trimestre de l’horizon
heat-step-1 = moins de 2 %
heat-step-2 = 2 à 10
heat-step-3 = 10 à 25
heat-step-4 = 25 à 50
heat-step-5 = 50 % et plus
heat-hatched = Hachuré : rien n’est produit; les hausses sont ramenées à 0.

# 6 pertes
losses-title = Pertes les plus faibles : { $strategy }, { $left } au lieu de { $none }
losses-title-none = Aucune stratégie ne réduit nettement la perte de { $none }
losses-subtitle = Valeur ajoutée perdue par rapport aux mêmes tirages sans le choc; point : médiane, trait épais : moitié des tirages, trait fin : neuf sur dix; { $scenario }
losses-alternative = Perte sans stratégie, { $none }, et avec { $n ->
    [one] une stratégie
   *[other] chacune de { $told } stratégies
} : étendues et médianes.

# 7 différences
differences-title = { $strategy } : les pertes évitées les plus élevées, { $spared }
differences-title-none = Aucune différence nette : aucune stratégie ne se distingue de l’absence de stratégie
differences-subtitle = Variation de la valeur ajoutée perdue sur les mêmes { $told } tirages; point : médiane, trait épais : son intervalle à 95 %, trait fin : neuf tirages sur dix; gris : écart non significatif; { $scenario }
differences-alternative = Variation de la perte avec { $n ->
    [one] une stratégie
   *[other] chacune de { $told } stratégies
} sur les mêmes tirages; baisse nette pour { $helping }.
differences-value = { $range }; utile dans { $share } des tirages

# 8 frontière
frontier-title = { $strategy } : le plus de pertes évitées ({ $spared }), pour un coût de { $cost } sans choc
frontier-title-saves = { $strategy } : le plus de pertes évitées ({ $spared }), avec une économie de { $cost } sans choc
frontier-title-none = Aucune stratégie n’évite nettement de pertes dans cet événement
frontier-subtitle = Coût sans le choc, valeur actualisée, toutes régions et tous payeurs; pertes évitées pendant le choc : médiane, neuf tirages sur dix; { $scenario }
frontier-alternative = Coût et pertes évitées; sur la frontière : { $n ->
    [0] aucune stratégie
    [one] une stratégie
   *[other] { $told } stratégies
}.
frontier-each = { $name } : évite { $spared }, coûte { $cost }.
frontier-up = Pertes évitées
frontier-across = Coût sans choc
frontier-others = En gris : les autres, dans le tableau

# 9 seuil de rentabilité
break-even-title = Rentable en premier : { $strategy }, { $pays }
break-even-title-anyway = { $n ->
    [one] Rentable même sans choc : { $strategy }
   *[other] { $told } stratégies sont rentables même sans choc
}
break-even-title-none = Aucune stratégie n’est rentable, si probable que soit le choc
break-even-subtitle = Probabilité annuelle du choc à partir de laquelle une stratégie se rentabilise, toutes régions, échelle logarithmique, intervalle à 95 %; { $scenario }
break-even-alternative = Probabilité annuelle du choc à partir de laquelle { $n ->
    [one] une stratégie
   *[other] chacune de { $told } stratégies
} se rentabilise.
pays-anyway = rentable même sans choc
pays-never = jamais rentable
pays-anyway-unclear = sans doute rentable même sans choc
pays-never-unclear = sans doute jamais rentable
pays-from = { $share }, { $odds }

# 3 secteurs
sectors-title = { $sector } { $place } : la plus forte perte, { $lost }, { $share } du total
sectors-title-none = Aucune perte nette dans aucun secteur
sectors-subtitle = Valeur ajoutée des biens dus et non produits, dollars US par semaine, moyenne des tirages, par secteur; % : la pire semaine rapportée à une semaine au repos; { $scenario }
sectors-alternative = Demande non satisfaite par secteur et région; { $sector } { $place } : la plus forte perte, { $lost }.
sectors-each = { $region } : { $lost } en tout, au pire { $share } d’une semaine au repos.
sectors-rest = tous les autres
sectors-heading = { $region }, au pire { $share }

# 13 lignes en marche
survival-title = { $stopped } des lignes s’arrêtent en { $weeks } semaines, { $with } avec { $strategy }
survival-title-alone = { $stopped } des lignes s’arrêtent en { $weeks } semaines
survival-title-none = Presque aucune ligne ne s’arrête en { $weeks } semaines
survival-subtitle = Producteurs finals hors de la région d’origine encore jamais arrêtés (moins de 80 % du plan deux semaines de suite), % de { $lines } lignes, moyenne de { $told } tirages; bande : neuf tirages sur dix sans stratégie; { $scenario }
survival-alternative = Part des lignes encore jamais arrêtées; sans stratégie, { $stopped } s’arrêtent en { $weeks } semaines.
survival-each = { $share } ne se sont pas arrêtées
survival-across = Semaines depuis le choc

# 14 stocks
stocks-title = Stocks pour { $made } { $place } : de { $before } à { $least } jours, semaine { $week }
stocks-title-none = Les stocks tiennent à toutes les étapes { $place }
stocks-subtitle = Stocks des acheteurs de chaque étape, jours d’utilisation aux prix de référence, { $place }; { $scenario }
stocks-alternative = Jours de couverture { $place } au fil du temps à { $told } étapes, avec leurs bandes.
stocks-each = { $stage } : { $before } jours avant le choc, { $least } au plus bas, semaine { $week }.

# 15 concentration
concentration-title = { $n ->
    [0] Aucune étape ne reste au-dessus d’une plus grande part de { $cap }; la plus haute : { $stage }, { $share }
    [one] Une étape reste au-dessus d’une plus grande part de { $cap } : { $stage }, { $share }
   *[other] { $told } étapes restent au-dessus d’une plus grande part de { $cap }; la plus haute : { $stage }, { $share }
}
concentration-title-none = Aucune étape ne produit
concentration-subtitle = Indice de Herfindahl-Hirschman des pays selon la production, 0 à 10 000, médiane et neuf tirages sur dix; tirets : 1 500 et 2 500; % : part du plus grand pays à la fin; { $scenario }
concentration-alternative = Concentration de chaque étape entre pays; { $told } étapes finissent au-dessus d’une plus grande part de { $cap }.
concentration-each = { $stage } : indice de { $from } à { $to }; plus grand pays { $share }.
concentration-heading = { $stage }, premier pays { $share }

# 16 licences
licences-title = La file des licences atteint { $queue } semaines de commerce, semaine { $week }; { $share } des demandes sont accordées
licences-title-none = Aucune file de licences ne se forme
licences-subtitle = Licences demandées, en attente et accordées, en semaines de commerce au repos, médianes; file avec neuf tirages sur dix; { $scenario }
licences-alternative = File des licences : au plus { $queue } semaines de commerce, semaine { $week }; part accordée dans un second volet.
licences-description = Deux volets. En haut, les licences demandées, en attente et accordées; la file médiane est la plus longue la semaine { $week } après le choc, { $queue } semaines de commerce au repos. En bas, la part accordée des demandes d’un trimestre; sur toute la période { $share }.
licences-queue = Semaines de commerce au repos
licences-approval = Accordées, % des demandes d’un trimestre
licences-pending = en attente
licences-filed = demandées dans la semaine
licences-granted = accordées dans la semaine

# 17 décisions
decisions-title = { $strategy } : { $first } de pertes évitées si décidé en { $early }, { $last } en { $late }
decisions-title-none = Aucune différence nette, quel que soit le jour de la décision
decisions-subtitle = Pertes évitées selon le jour de la décision, sur les mêmes { $told } tirages, médiane et son intervalle à 95 %; anneaux : écart non significatif; { $scenario }
decisions-alternative = Pertes évitées selon le jour de la décision pour { $n ->
    [one] une stratégie
   *[other] { $told } stratégies
}.

# 19 rétro-test
backtest-title = La fourchette du modèle contient { $inside } des { $all } valeurs de la crise qui n’ont pas servi à le caler
backtest-subtitle = Dollars US par kg, échelle logarithmique : hors de Chine, observations (points) sur la bande de neuf tirages sur dix; en Chine, observations (anneaux), médiane en tirets; meilleur que les deux prévisions naïves dans { $ahead } cas
backtest-alternative = Prix observés de la crise sur les bandes du modèle; { $inside } des { $all } nombres non ajustés sont à l’intérieur.
backtest-each = { $item } : la médiane modélisée culmine à { $modelled }, l’observation à { $seen } dollars US.

# Scénarios
scenario-calm = Sans choc
    .of = No shock
scenario-compound = Règle, fermeture, essor et panne à la fois
    .of = Rule, closure, surge and outage together
scenario-demand-surge = Flambée de la demande d’aimants
    .of = Surge of magnet demand
scenario-dytb-halt-us = Arrêt des exportations de Dy et de Tb vers les États-Unis
    .of = Dy/Tb halt to the United States
scenario-extraterritorial-rule = Règle extraterritoriale sur le contenu chinois
    .of = Extraterritorial rule on Chinese content
scenario-full-embargo = Embargo sur toutes les terres rares envers les alliés
    .of = Embargo on all rare earths to allies
scenario-gallium-licensing = Licences d’exportation du gallium de 2023 et interdiction de 2024
    .of = Gallium licences of 2023 and ban of 2024
scenario-japan-targeted = Interdiction des biens à double usage visant le Japon
    .of = Dual-use ban aimed at Japan
scenario-licence-squeeze = Licences au compte-gouttes pour les terres rares lourdes
    .of = Licence squeeze on heavy rare earths
scenario-licensing-2025 = Régime de licences d’avril 2025
    .of = Licensing of April 2025
scenario-lynas-outage = Panne de l’usine de Malaisie
    .of = Outage of the plant in Malaysia
scenario-magnet-plant-fire = Incendie d’une usine d’aimants alliée
    .of = Fire at an allied magnet plant
scenario-myanmar-closure = Fermeture des gisements du Myanmar
    .of = Closure of the fields of Myanmar
scenario-port-strike = Grève dans les ports canadiens du Pacifique
    .of = Strike in Canada's Pacific ports
scenario-price-war = La Chine inonde le marché
    .of = China floods the market
scenario-quota-2010 = Quotas d’exportation de 2010 à 2014
    .of = Export quotas of 2010 to 2014
scenario-separator-flood = Inondation d’une usine de séparation au Sichuan
    .of = Flood at a separation plant in Sichuan
scenario-technology-embargo = La Chine retient équipements et savoir-faire
    .of = China withholds equipment and know-how

# Stratégies
strategy-allied-separation = Usines de séparation alliées, légères et lourdes
    .of = Allied separation plants, light and heavy
strategy-canada-mine-to-magnet = Chaîne canadienne de la mine à l’aimant
    .of = Canadian chain from mine to magnet
strategy-defence-priority = Priorité à la défense et au secteur médical
    .of = Priority ratings for defence and medicine
strategy-dual-sourcing-cap = Plafond de 65 % pour l’offre chinoise
    .of = 65 per cent cap on supply from China
strategy-early-warning = Échange de données entre alliés
    .of = Data exchange among allies
strategy-export-credit = Crédit à l’exportation, de la mine à l’aimant
    .of = Export credit from mine to magnet
strategy-friend-shoring = Usines d’aimants alliées, avec contrats d’achat
    .of = Magnet plants among allies, with offtake
strategy-government-stockpile = Stock public d’aimants de 90 jours
    .of = 90-day government magnet stockpile
strategy-japan-2010 = Programmes japonais de 2010
    .of = Japan's programmes of 2010
strategy-joint-purchasing = Achats groupés et stock commun
    .of = Joint purchasing and a shared stock
strategy-oem-buffer = Stocks de 30 jours chez les fabricants
    .of = 30-day buffers at component makers and OEMs
strategy-portfolio = Portefeuille de 2 milliards de dollars US
    .of = Portfolio within 2 billion US dollars
strategy-price-floor = Prix plancher de 110 dollars US pour l’oxyde de NdPr
    .of = Price floor of 110 US dollars for NdPr oxide
strategy-recycling = Recyclage de 25 % des produits usés
    .of = End-of-life recycling at 25 per cent
strategy-thrifting = Économies de terres rares lourdes
    .of = Thrifting on heavy rare earths

# Secteurs
sector-ev = Véhicules électriques et hybrides
sector-ice = Véhicules thermiques
sector-wind = Éoliennes
sector-electronics = Électronique grand public
sector-automation = Automatisation et robotique
sector-hvac = Climatisation et électroménager
sector-aerospace = Aérospatiale et défense
sector-medical = Médecine et autres aimants
sector-catalysts = Catalyseurs (craquage et échappement)
sector-polishing = Poudres de polissage
sector-phosphors = Luminophores
sector-ceramics = Céramiques et revêtements
sector-glass = Verre
sector-other = Autres usages des terres rares

# Produits
item-oxide-la = Oxyde de lanthane
item-oxide-ce = Oxyde de cérium
item-oxide-ndpr = Oxyde de néodyme-praséodyme
item-oxide-sm = Oxyde de samarium
item-oxide-eu = Oxyde d’europium
item-oxide-gd = Oxyde de gadolinium
item-oxide-tb = Oxyde de terbium
item-oxide-dy = Oxyde de dysprosium
item-oxide-y = Oxyde d’yttrium
item-metal-ndpr = Néodyme-praséodyme métal
item-metal-dy = Dysprosium métal
item-metal-tb = Terbium métal
item-metal-sm = Samarium métal
item-magnet-standard = Aimant NdFeB fritté, standard
item-magnet-high-temperature = Aimant NdFeB fritté, haute température
item-magnet-bonded = Aimant NdFeB lié
item-magnet-smco = Aimant SmCo
item-crude-4n = Gallium brut (4N)
item-refined-7n = Gallium raffiné (7N)
item-gaas-wafer = Plaquette d’arséniure de gallium
