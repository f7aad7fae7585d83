"""The words for segments, English and French: the one place to change a name or a recommendation.

`{buyers}`, `{repeaters}`, `{carters}` are the shares of a segment's users with an order, with two or
more, and with a cart; `{recency}` and the like are ranks: how many per cent of all users lie below the
segment on average.
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


KINDS: dict[str, Kind] = {
    "lapsed_buyers": Kind(
        Words("Lapsed buyers", "Acheteurs perdus de vue"),
        Words(
            "{buyers} % have bought, but they have been away longer than {recency} % of all users.",
            "{buyers} % ont acheté, mais ils sont absents depuis plus longtemps que {recency} % des"
            " utilisateurs.",
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
            "{buyers} % have bought: within the same categories they look at dearer things than"
            " {price} % of all users, and their orders are larger than those of {order_value} % of"
            " buyers.",
            "{buyers} % ont acheté : à catégorie égale, ils regardent plus cher que {price} % des"
            " utilisateurs, et leurs commandes dépassent celles de {order_value} % des acheteurs.",
        ),
        Words(
            "Keep: early access, service and delivery options; no discount, they do not wait for"
            " one.",
            "Fidéliser : accès anticipé, services et options de livraison ; pas de remise, ils ne"
            " l’attendent pas.",
        ),
    ),
    "bargain_hunters": Kind(
        Words("Bargain hunters", "Chasseurs de bonnes affaires"),
        Words(
            "{buyers} % have bought, and within the same categories they look at cheaper things: only"
            " {price} % of all users have a lower price level.",
            "{buyers} % ont acheté et, à catégorie égale, ils regardent moins cher : seuls {price} %"
            " des utilisateurs ont un niveau de prix plus bas.",
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
            "{buyers} % have bought, {repeaters} % at least twice.",
            "{buyers} % ont acheté, {repeaters} % au moins deux fois.",
        ),
        Words(
            "Reward: a loyalty programme, and reminders in the rhythm of their orders.",
            "Récompenser : programme de fidélité et rappels au rythme de leurs commandes.",
        ),
    ),
    "one_time_buyers": Kind(
        Words("One-time buyers", "Acheteurs d’une seule fois"),
        Words(
            "{buyers} % have bought, but only {repeaters} % more than once.",
            "{buyers} % ont acheté, mais seulement {repeaters} % plus d’une fois.",
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
            "{carters} % have put something into the cart, only {buyers} % have bought.",
            "{carters} % ont mis un article au panier, seulement {buyers} % ont acheté.",
        ),
        Words(
            "Remove the obstacle: remind of the cart within a day, show delivery cost and returns"
            " early.",
            "Lever l’obstacle : rappeler le panier sous 24 heures, afficher tôt frais de livraison et"
            " retours.",
        ),
    ),
    "lapsed_visitors": Kind(
        Words("Lapsed visitors", "Visiteurs perdus de vue"),
        Words(
            "Only {buyers} % have bought, and they have been away longer than {recency} % of all"
            " users.",
            "Seulement {buyers} % ont acheté, et ils sont absents depuis plus longtemps que"
            " {recency} % des utilisateurs.",
        ),
        Words(
            "Spend nothing: leave them out of paid campaigns until they come back by themselves.",
            "Ne rien dépenser : les exclure des campagnes payantes jusqu’à leur retour spontané.",
        ),
    ),
    "window_shoppers": Kind(
        Words("Window shoppers", "Lèche-vitrines"),
        Words(
            "Only {buyers} % have bought, though they come more often than {activity} % of all"
            " users, with visits longer than those of {depth} %.",
            "Seulement {buyers} % ont acheté, bien qu’ils viennent plus souvent que {activity} % des"
            " utilisateurs, avec des visites plus longues que celles de {depth} %.",
        ),
        Words(
            "Help to decide: comparisons, reviews, wish lists with price alerts on what they look at"
            " again and again.",
            "Aider à choisir : comparatifs, avis, listes d’envies et alertes de prix sur les produits"
            " revus.",
        ),
    ),
    "focused_researchers": Kind(
        Words("Focused researchers", "Chercheurs ciblés"),
        Words(
            "Only {buyers} % have bought, and they keep to one category more than {focus} % of all"
            " users.",
            "Seulement {buyers} % ont acheté, et ils se concentrent sur une catégorie plus que"
            " {focus} % des utilisateurs.",
        ),
        Words(
            "Advise: guides and the best offers of that one category, while the search lasts.",
            "Conseiller : guides et meilleures offres de cette catégorie, tant que dure la recherche.",
        ),
    ),
    "wide_browsers": Kind(
        Words("Wide browsers", "Flâneurs curieux"),
        Words(
            "Only {buyers} % have bought, and they look at more categories than {variety} % of all"
            " users.",
            "Seulement {buyers} % ont acheté, et ils parcourent plus de catégories que {variety} %"
            " des utilisateurs.",
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
            "Only {buyers} % have bought, and {activity} % of all users come less often.",
            "Seulement {buyers} % ont acheté, et {activity} % des utilisateurs viennent moins souvent"
            " qu’eux.",
        ),
        Words(
            "Cheap contact only: the newsletter, and onsite recommendations when they come.",
            "Contact à moindre coût : la lettre d’information, et des recommandations sur le site"
            " lors de leurs visites.",
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
