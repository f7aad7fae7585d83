"""The words for explanations and campaigns, English and French."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages."""

    english: str
    french: str


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
    "purchase_recency_days": Measure(
        "count",
        Words("last order {amount} days ago", "dernière commande il y a {amount} jours"),
        Words("last order on the last day", "dernière commande le dernier jour"),
        Words("last order {amount} day ago", "dernière commande il y a {amount} jour"),
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

#: What `ml.outcomes.campaign.plan_test` found, in words.
CAMPAIGN_STATES: dict[str, Words] = {
    "feasible": Words(
        "A fair test of an effect of {effect} needs {arm_size} users with the campaign and as many"
        " without it: the segment has them.",
        "Un test fiable d’un effet de {effect} demande {arm_size} clients avec la campagne et"
        " autant sans elle : le segment les compte.",
    ),
    "too_small": Words(
        "A fair test of an effect of {effect} needs {arm_size} users with the campaign and as many"
        " without it: the segment is too small.",
        "Un test fiable d’un effet de {effect} demande {arm_size} clients avec la campagne et"
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
        "Tant de clients ont répondu jusqu’ici qu’un effet de {effect} est impossible.",
    ),
    "not_measured": Words(
        "No past response has been measured yet.",
        "Aucune réponse passée n’a encore été mesurée.",
    ),
}
