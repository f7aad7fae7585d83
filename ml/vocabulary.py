"""The words for segments, English and French: the one place to change a name or a recommendation.

A recommendation rests on what the profile shows. What makes customers buy, or keeps them from it, is
not in the data: it may be asked or tested, never claimed.

`{bought}` and `{carted}` say which share of a segment's users has an order, a cart, `{repeated}` which
share of its buyers has two or more, `{few_bought}` and `{few_repeated}` the same where it is small (see
`SHARES`). `{recency}` and the like are ranks: how many per cent of the users who trained the model lie
below the segment on average.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages."""

    english: str
    french: str


class Kind(NamedTuple):
    """A kind of customer: its name, the rule that recognised it, what to do."""

    name: Words
    rule: Words
    action: Words


class Measure(NamedTuple):
    """How a rule speaks of a feature.

    `unit` is one of count, money, share, seconds, number; `phrase` takes an amount such as "at least
    3", `nothing` is what a zero means. `least` is the phrase for a single one of what is counted, and
    for any amount above zero of what is measured.
    """

    unit: str
    phrase: Words
    nothing: Words
    least: Words | None = None


KINDS: dict[str, Kind] = {
    "lapsed_buyers": Kind(
        Words("Lapsed buyers", "Acheteurs perdus de vue"),
        Words(
            "{bought}, but they have been away longer than {recency} % of those with a segment.",
            "{bought}, mais ils sont absents depuis plus longtemps que {recency} % de ceux qui ont"
            " un segment.",
        ),
        Words(
            "Win back: one message with what is new in their favourite category; stop after two"
            " without an answer.",
            "Reconquérir : un message avec les nouveautés de leur catégorie préférée ; ne plus"
            " insister après deux messages sans réponse.",
        ),
    ),
    "big_spenders": Kind(
        Words("Big spenders", "Gros paniers"),
        Words(
            "{bought}: within the same categories they look at dearer things than"
            " {price} % of those with a segment, and their orders are larger than those of"
            " {order_value} % of buyers.",
            "{bought} : à catégorie égale, ils regardent plus cher que {price} % de ceux qui ont un"
            " segment, et leurs commandes dépassent celles de {order_value} % des acheteurs.",
        ),
        Words(
            "Keep: early access, service and delivery options for the dearer things that they look"
            " at and buy.",
            "Fidéliser : accès anticipé, services et options de livraison pour les articles plus"
            " chers qu’ils regardent et achètent.",
        ),
    ),
    "bargain_hunters": Kind(
        Words("Bargain hunters", "Chasseurs de bonnes affaires"),
        Words(
            "{bought}, and within the same categories they look at cheaper things: only"
            " {price} % of those with a segment have a lower price level.",
            "{bought} et, à catégorie égale, ils regardent moins cher : seuls {price} %"
            " de ceux qui ont un segment ont un niveau de prix plus bas.",
        ),
        Words(
            "Announce price drops and clearances in the categories they visit; protect the margin of"
            " everything else.",
            "Annoncer baisses de prix et déstockages dans leurs catégories ; protéger la marge sur le"
            " reste.",
        ),
    ),
    "loyal_regulars": Kind(
        Words("Loyal regulars", "Clients fidèles"),
        Words(
            "{bought}, {repeated}.",
            "{bought}, {repeated}.",
        ),
        Words(
            "Reward: a loyalty programme, and reminders in the rhythm of their orders.",
            "Récompenser : programme de fidélité et rappels au rythme de leurs commandes.",
        ),
    ),
    "one_time_buyers": Kind(
        Words("One-time buyers", "Acheteurs d’une seule fois"),
        Words(
            "{bought}, but {few_repeated}.",
            "{bought}, mais {few_repeated}.",
        ),
        Words(
            "Bring the second order: accessories and complements of what they bought, within the"
            " month.",
            "Susciter la deuxième commande : accessoires et compléments de leur achat, dans le mois.",
        ),
    ),
    "cart_hesitators": Kind(
        Words("Cart hesitators", "Hésitants du panier"),
        Words(
            "{carted}, {few_bought}.",
            "{carted}, {few_bought}.",
        ),
        Words(
            "Ask why the cart stays: what stops them is not in the data. Test a reminder within a"
            " day, and delivery cost and returns shown early.",
            "Demander pourquoi le panier reste : ce qui les arrête n’est pas dans les données. Tester"
            " un rappel sous 24 heures, et des frais de livraison et retours affichés tôt.",
        ),
    ),
    "lapsed_visitors": Kind(
        Words("Lapsed visitors", "Visiteurs perdus de vue"),
        Words(
            "{few_bought}, and they have been away longer than {recency} % of those with a segment.",
            "{few_bought}, et ils sont absents depuis plus longtemps que"
            " {recency} % de ceux qui ont un segment.",
        ),
        Words(
            "Spend nothing: leave them out of paid campaigns until they come back by themselves.",
            "Ne rien dépenser : les exclure des campagnes payantes jusqu’à leur retour spontané.",
        ),
    ),
    "window_shoppers": Kind(
        Words("Window shoppers", "Lèche-vitrines"),
        Words(
            "{few_bought}, though they look around a lot: {activity} % of those with a segment come"
            " less often, and {depth} % have shorter visits.",
            "{few_bought}, bien qu’ils regardent beaucoup : {activity} % de ceux qui ont un segment"
            " viennent moins souvent qu’eux, et {depth} % ont des visites plus courtes.",
        ),
        Words(
            "Help to choose: comparisons, reviews, wish lists with price alerts on what they look"
            " at.",
            "Aider à choisir : comparatifs, avis, listes d’envies et alertes de prix sur ce qu’ils"
            " regardent.",
        ),
    ),
    "focused_researchers": Kind(
        Words("Focused researchers", "Chercheurs ciblés"),
        Words(
            "{few_bought}, and they keep to one category more than {focus} % of those with a"
            " segment.",
            "{few_bought}, et ils se concentrent sur une catégorie plus que"
            " {focus} % de ceux qui ont un segment.",
        ),
        Words(
            "Advise: guides and the best offers of that one category.",
            "Conseiller : guides et meilleures offres de cette catégorie.",
        ),
    ),
    "wide_browsers": Kind(
        Words("Wide browsers", "Flâneurs curieux"),
        Words(
            "{few_bought}, and they look at more categories than {variety} % of those with a"
            " segment.",
            "{few_bought}, et ils parcourent plus de catégories que {variety} % de ceux qui ont un"
            " segment.",
        ),
        Words(
            "Inspire: new arrivals and bestsellers across the shop, to learn what holds their"
            " attention.",
            "Inspirer : nouveautés et meilleures ventes de tout le magasin, pour apprendre ce qui"
            " retient leur attention.",
        ),
    ),
    "occasional_visitors": Kind(
        Words("Occasional visitors", "Visiteurs occasionnels"),
        Words(
            "{few_bought}, and they come rarely: only {activity} % of those with a segment come less"
            " often.",
            "{few_bought}, et ils viennent rarement : seuls {activity} % de ceux qui ont un segment"
            " viennent moins souvent qu’eux.",
        ),
        Words(
            "Cheap contact only: the newsletter, and onsite recommendations when they come.",
            "Contact à moindre coût : la lettre d’information, et des recommandations sur le site"
            " lors de leurs visites.",
        ),
    ),
    "ordinary_visitors": Kind(
        Words("Ordinary visitors", "Visiteurs ordinaires"),
        Words(
            "{few_bought}, and they come about as often as others: {activity} % of those with a"
            " segment come less often.",
            "{few_bought}, et ils viennent à peu près aussi souvent que les autres : {activity} % de"
            " ceux qui ont un segment viennent moins souvent qu’eux.",
        ),
        Words(
            "Learn more: ask what they are looking for, and test which offer is followed by a first"
            " order.",
            "Mieux les connaître : demander ce qu’ils cherchent, et tester quelle offre est suivie"
            " d’une première commande.",
        ),
    ),
}


def rule_of(name: str) -> str:
    """Return the rule behind an English name, with its placeholders; nothing for another name.

    Examples
    --------
    >>> rule_of("Loyal regulars, premium taste")
    '{bought}, {repeated}.'
    """
    plain = name.partition(",")[0]
    return next((kind.rule.english for kind in KINDS.values() if kind.name.english == plain), "")


#: Shares in words: nobody, fewer than one per cent, any other, nearly everybody.
SHARES: dict[str, tuple[Words, Words, Words, Words]] = {
    "bought": (
        Words("nobody has bought", "personne n’a acheté"),
        Words("fewer than 1 % have bought", "moins de 1 % ont acheté"),
        Words("{share} % have bought", "{share} % ont acheté"),
        Words("more than 99 % have bought", "plus de 99 % ont acheté"),
    ),
    "few_bought": (
        Words("nobody has bought", "personne n’a acheté"),
        Words("fewer than 1 % have bought", "moins de 1 % ont acheté"),
        Words("only {share} % have bought", "seulement {share} % ont acheté"),
        Words("more than 99 % have bought", "plus de 99 % ont acheté"),
    ),
    "repeated": (
        Words("nobody at least twice", "personne au moins deux fois"),
        Words(
            "fewer than 1 % of these at least twice", "moins de 1 % d’entre eux au moins deux fois"
        ),
        Words("{share} % of these at least twice", "{share} % d’entre eux au moins deux fois"),
        Words(
            "more than 99 % of these at least twice", "plus de 99 % d’entre eux au moins deux fois"
        ),
    ),
    "few_repeated": (
        Words("nobody more than once", "personne plus d’une fois"),
        Words("fewer than 1 % of these more than once", "moins de 1 % d’entre eux plus d’une fois"),
        Words(
            "only {share} % of these more than once",
            "seulement {share} % d’entre eux plus d’une fois",
        ),
        Words("more than 99 % of these more than once", "plus de 99 % d’entre eux plus d’une fois"),
    ),
    "carted": (
        Words("nobody has put anything into the cart", "personne n’a rien mis au panier"),
        Words(
            "fewer than 1 % have put something into the cart",
            "moins de 1 % ont mis un article au panier",
        ),
        Words(
            "{share} % have put something into the cart", "{share} % ont mis un article au panier"
        ),
        Words(
            "more than 99 % have put something into the cart",
            "plus de 99 % ont mis un article au panier",
        ),
    ),
}

#: What tells two segments of one kind apart: feature -> (words where it is high, where it is low).
QUALIFIERS: dict[str, tuple[Words, Words]] = {
    "price_level": (
        Words("premium taste", "goût haut de gamme"),
        Words("low-price taste", "goût petit prix"),
    ),
    "average_order_value": (
        Words("large orders", "grosses commandes"),
        Words("small orders", "petites commandes"),
    ),
    "order_count": (
        Words("frequent orders", "commandes fréquentes"),
        Words("rare orders", "commandes rares"),
    ),
    "active_day_count": (
        Words("frequent visits", "visites fréquentes"),
        Words("rare visits", "visites rares"),
    ),
    "events_per_session": (
        Words("long visits", "visites longues"),
        Words("short visits", "visites courtes"),
    ),
    "category_count": (
        Words("many categories", "nombreuses catégories"),
        Words("few categories", "peu de catégories"),
    ),
    "favourite_category_share": (
        Words("one main category", "une catégorie dominante"),
        Words("varied interests", "intérêts variés"),
    ),
    "favourite_brand_share": (
        Words("loyal to a brand", "fidèles à une marque"),
        Words("open to brands", "ouverts aux marques"),
    ),
    "cart_count": (
        Words("many carts", "paniers nombreux"),
        Words("few carts", "paniers rares"),
    ),
    "removal_rate": (
        Words("second thoughts", "souvent un retrait du panier"),
        Words("no second thoughts", "rarement un retrait du panier"),
    ),
    "recency_days": (
        Words("less recent", "moins récents"),
        Words("recent", "récents"),
    ),
    "tenure_days": (
        Words("long-standing", "anciens"),
        Words("new", "nouveaux"),
    ),
}

#: What tells segments apart that differ in no trait: their place by value, 1 is the highest.
VALUE_RANK = Words("value rank {rank}", "rang de valeur {rank}")

DISTINCTION = Words(
    "Among segments of this kind: {qualifier}.", "Parmi les segments de ce type : {qualifier}."
)

#: How the rules of an explanation speak of each feature, in the units of `user_features`.
MEASURES: dict[str, Measure] = {
    "event_count": Measure(
        "count",
        Words("{amount} events", "{amount} événements"),
        Words("no event", "aucun événement"),
        Words("{amount} event", "{amount} événement"),
    ),
    "view_count": Measure(
        "count",
        Words("{amount} views", "{amount} vues"),
        Words("no view", "aucune vue"),
        Words("{amount} view", "{amount} vue"),
    ),
    "cart_count": Measure(
        "count",
        Words("{amount} items put into the cart", "{amount} ajouts au panier"),
        Words("nothing put into the cart", "aucun ajout au panier"),
        Words("{amount} item put into the cart", "{amount} ajout au panier"),
    ),
    "removal_count": Measure(
        "count",
        Words("{amount} items taken out of the cart", "{amount} retraits du panier"),
        Words("nothing taken out of the cart", "aucun retrait du panier"),
        Words("{amount} item taken out of the cart", "{amount} retrait du panier"),
    ),
    "purchase_count": Measure(
        "count",
        Words("{amount} items bought", "{amount} articles achetés"),
        Words("nothing bought", "aucun article acheté"),
        Words("{amount} item bought", "{amount} article acheté"),
    ),
    "order_count": Measure(
        "count",
        Words("{amount} orders", "{amount} commandes"),
        Words("no order", "aucune commande"),
        Words("{amount} order", "{amount} commande"),
    ),
    "order_count_30d": Measure(
        "count",
        Words(
            "{amount} orders in the last 30 days", "{amount} commandes dans les 30 derniers jours"
        ),
        Words("no order in the last 30 days", "aucune commande dans les 30 derniers jours"),
        Words("{amount} order in the last 30 days", "{amount} commande dans les 30 derniers jours"),
    ),
    "previous_order_count": Measure(
        "count",
        Words("{amount} orders 31 to 60 days ago", "{amount} commandes il y a 31 à 60 jours"),
        Words("no order 31 to 60 days ago", "aucune commande il y a 31 à 60 jours"),
        Words("{amount} order 31 to 60 days ago", "{amount} commande il y a 31 à 60 jours"),
    ),
    "session_count": Measure(
        "count",
        Words("{amount} visits", "{amount} visites"),
        Words("no visit", "aucune visite"),
        Words("{amount} visit", "{amount} visite"),
    ),
    "active_day_count": Measure(
        "count",
        Words("{amount} active days", "{amount} jours d’activité"),
        Words("no active day", "aucun jour d’activité"),
        Words("{amount} active day", "{amount} jour d’activité"),
    ),
    "recency_days": Measure(
        "count",
        Words("last seen {amount} days ago", "dernière visite il y a {amount} jours"),
        Words("last seen on the last day", "dernière visite le dernier jour"),
        Words("last seen {amount} day ago", "dernière visite il y a {amount} jour"),
    ),
    "tenure_days": Measure(
        "count",
        Words("first seen {amount} days ago", "première visite il y a {amount} jours"),
        Words("first seen on the last day", "première visite le dernier jour"),
        Words("first seen {amount} day ago", "première visite il y a {amount} jour"),
    ),
    "product_count": Measure(
        "count",
        Words("{amount} products looked at", "{amount} produits regardés"),
        Words("no product looked at", "aucun produit regardé"),
        Words("{amount} product looked at", "{amount} produit regardé"),
    ),
    "category_count": Measure(
        "count",
        Words("{amount} categories looked at", "{amount} catégories regardées"),
        Words("no category looked at", "aucune catégorie regardée"),
        Words("{amount} category looked at", "{amount} catégorie regardée"),
    ),
    "brand_count": Measure(
        "count",
        Words("{amount} brands looked at", "{amount} marques regardées"),
        Words("no brand looked at", "aucune marque regardée"),
        Words("{amount} brand looked at", "{amount} marque regardée"),
    ),
    "events_per_session": Measure(
        "number",
        Words("{amount} events per visit", "{amount} événements par visite"),
        Words("no event", "aucun événement"),
    ),
    "median_session_seconds": Measure(
        "seconds",
        Words("median visit: {amount} seconds", "visite médiane : {amount} secondes"),
        Words("visits of a single moment", "visites d’un seul instant"),
        Words("visits of more than a moment", "visites de plus d’un instant"),
    ),
    "cart_rate": Measure(
        "share",
        Words(
            "{amount} of the events are additions to the cart",
            "{amount} des événements sont des ajouts au panier",
        ),
        Words("nothing put into the cart", "aucun ajout au panier"),
        Words("something put into the cart", "au moins un ajout au panier"),
    ),
    "cart_to_purchase_rate": Measure(
        "share",
        Words("{amount} of the cart bought", "{amount} du panier acheté"),
        Words("nothing of the cart bought", "rien du panier acheté"),
        Words("something of the cart bought", "une partie du panier achetée"),
    ),
    "removal_rate": Measure(
        "share",
        Words("{amount} of the cart taken out again", "{amount} du panier retiré"),
        Words("nothing taken out of the cart", "aucun retrait du panier"),
        Words("something taken out of the cart", "au moins un retrait du panier"),
    ),
    "revenue": Measure(
        "money",
        Words("{amount} spent in all", "{amount} dépensés en tout"),
        Words("nothing spent", "rien dépensé"),
        Words("something spent", "une dépense"),
    ),
    "average_order_value": Measure(
        "money",
        Words("{amount} per order", "{amount} par commande"),
        Words("no order", "aucune commande"),
        Words("at least one order", "au moins une commande"),
    ),
    "mean_viewed_price": Measure(
        "money",
        Words("mean price viewed: {amount}", "prix moyen consulté : {amount}"),
        Words("nothing viewed", "rien consulté"),
    ),
    "price_level": Measure(
        "share",
        Words(
            "{amount} of the median price of the category",
            "{amount} du prix médian de la catégorie",
        ),
        Words("no price known", "aucun prix connu"),
    ),
    "favourite_brand_share": Measure(
        "share",
        Words(
            "{amount} of the events in the favourite brand",
            "{amount} des événements pour la marque préférée",
        ),
        Words("no favourite brand", "aucune marque préférée"),
    ),
    "favourite_category_share": Measure(
        "share",
        Words(
            "{amount} of the events in the favourite category",
            "{amount} des événements dans la catégorie préférée",
        ),
        Words("no favourite category", "aucune catégorie préférée"),
    ),
    "night_event_rate": Measure(
        "share",
        Words("{amount} of the events at night", "{amount} des événements la nuit"),
        Words("never at night", "jamais la nuit"),
        Words("sometimes at night", "parfois la nuit"),
    ),
    "weekend_event_rate": Measure(
        "share",
        Words("{amount} of the events at the weekend", "{amount} des événements le week-end"),
        Words("never at the weekend", "jamais le week-end"),
        Words("sometimes at the weekend", "parfois le week-end"),
    ),
}

#: Amounts in such a rule. A count has a highest value, anything else a limit that it stays below.
AMOUNTS: dict[str, Words] = {
    "exactly": Words("exactly {low}", "exactement {low}"),
    "at_least": Words("at least {low}", "au moins {low}"),
    "at_most": Words("at most {high}", "au plus {high}"),
    "from_to": Words("{low} to {high}", "{low} à {high}"),
    "less_than": Words("less than {high}", "moins de {high}"),
    "from_to_less": Words("{low} to less than {high}", "de {low} à moins de {high}"),
    "more_than_zero": Words("more than {zero}", "plus de {zero}"),
    "zero_to_less": Words(
        "more than {zero} and less than {high}", "plus de {zero} et moins de {high}"
    ),
}

#: How the conditions of a rule are joined, how several rules are, and what one without any says.
AND = Words(", and ", " et ")
OR = Words("; or ", " ; ou ")
EVERYBODY = Words("all users", "tous les utilisateurs")

#: What `ml.campaign.plan_test` found, in words.
CAMPAIGN_STATES: dict[str, Words] = {
    "feasible": Words(
        "A fair test of an effect of {effect} needs {arm_size} users with the campaign and as many"
        " without it: the segment has them.",
        "Un test équitable d’un effet de {effect} demande {arm_size} utilisateurs avec la campagne et"
        " autant sans elle : le segment les compte.",
    ),
    "too_small": Words(
        "A fair test of an effect of {effect} needs {arm_size} users with the campaign and as many"
        " without it: the segment is too small.",
        "Un test équitable d’un effet de {effect} demande {arm_size} utilisateurs avec la campagne et"
        " autant sans elle : le segment est trop petit.",
    ),
    "nobody_responds": Words(
        "Nobody has responded so far: there is no rate to compare a campaign with.",
        "Personne n’a répondu jusqu’ici : aucun taux auquel comparer une campagne.",
    ),
    "everybody_responds": Words(
        "Everybody has responded so far: a campaign cannot add anything.",
        "Tous ont répondu jusqu’ici : une campagne ne peut rien ajouter.",
    ),
    "no_room": Words(
        "So many have responded so far that an effect of {effect} is impossible.",
        "Tant d’utilisateurs ont répondu jusqu’ici qu’un effet de {effect} est impossible.",
    ),
    "not_measured": Words(
        "No past response has been measured yet.",
        "Aucune réponse passée n’a encore été mesurée.",
    ),
}
