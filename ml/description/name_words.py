"""The words for segments, English and French: the one place to change a name or a recommendation.

A recommendation rests on what the profile shows. What makes customers buy, or keeps them from it, is
not in the data: it may be asked or tested, never claimed.

`{bought}` and `{carted}` say which share of a segment's users has an order, a cart, `{repeated}` which
share of its buyers has two or more, `{few_bought}` and `{few_repeated}` the same where it is small (see
`SHARES`). `{orders}`, `{order_days}` and the like are figures of the profile with their unit (see
`COUNTED`). `{recency}` and the like are ranks: how many per cent of the users who trained the model lie
below the segment on average.
"""

from __future__ import annotations

from typing import NamedTuple

from ml.description.vocabulary import Words


class Kind(NamedTuple):
    """A kind of customer: its name, the rule that recognised it, what to do."""

    name: Words
    rule: Words
    action: Words


class Qualifier(NamedTuple):
    """How a segment differs from others of its kind: having more of a feature, or less.

    `unit` is one of `COUNTED`, or money, share, number; `phrase` says what an amount is one of.
    """

    more: Words
    less: Words
    unit: str
    phrase: Words = Words("{amount}", "{amount}")


_ONE_ORDER = Words(
    "{bought}, but {few_repeated}; median: the last order {order_days} ago{again}.",
    "{bought}, mais {few_repeated} ; médiane : dernière commande il y a {order_days}{again}.",
)
_ORDERS_AND_RHYTHM = Words(
    "{bought}, {repeated}; median: {orders}, the last {order_days} ago, against {gap_days} from"
    " one order to the next.",
    "{bought}, {repeated} ; médiane : {orders}, la dernière il y a {order_days}, contre"
    " {gap_days} d’une commande à la suivante.",
)

_ORDERS_OF_SOME = Words(
    "{bought}, {repeated}; median of these: {orders}, the last {order_days} ago.",
    "{bought}, {repeated} ; médiane de ces acheteurs : {orders}, la dernière il y a {order_days}.",
)

KINDS: dict[str, Kind] = {
    "lost_one_time_buyers": Kind(
        Words("Lost one-time buyers", "Mono-acheteurs perdus"),
        _ONE_ORDER,
        Words(
            "One last offer by a cheap channel; then leave them out, and keep the budget for customers"
            " who can still be won back.",
            "Une dernière offre par un canal peu coûteux, puis les exclure : garder le budget pour les"
            " clients que l’on peut encore reconquérir.",
        ),
    ),
    "lost_repeat_buyers": Kind(
        Words("Lost repeat buyers", "Acheteurs récurrents perdus"),
        _ORDERS_AND_RHYTHM,
        Words(
            "Ask why they left, then one strong offer; stop after two messages without an answer.",
            "Demander pourquoi ils sont partis, puis une seule offre forte ; ne plus insister après"
            " deux messages sans réponse.",
        ),
    ),
    "lapsed_one_time_buyers": Kind(
        Words("Lapsed one-time buyers", "Mono-acheteurs inactifs"),
        _ONE_ORDER,
        Words(
            "Win back: one message with complements of what they bought; stop after two without an"
            " answer.",
            "Reconquérir : un message avec des compléments de leur achat ; ne plus insister après deux"
            " messages sans réponse.",
        ),
    ),
    "lapsed_repeat_buyers": Kind(
        Words("Lapsed repeat buyers", "Acheteurs récurrents inactifs"),
        _ORDERS_AND_RHYTHM,
        Words(
            "Win back first of all: they know the store. One message with what is new in their"
            " favourite category; stop after two without an answer.",
            "À reconquérir en priorité : ils connaissent le magasin. Un message avec les nouveautés de"
            " leur catégorie préférée ; ne plus insister après deux messages sans réponse.",
        ),
    ),
    "lapsed_buyers": Kind(
        Words("Lapsed buyers", "Acheteurs inactifs"),
        Words(
            "{bought}; median: {orders}, the last {order_days} ago{again}.",
            "{bought} ; médiane : {orders}, la dernière il y a {order_days}{again}.",
        ),
        Words(
            "Win back: one message with what is new in their favourite category; stop after two"
            " without an answer.",
            "Reconquérir : un message avec les nouveautés de leur catégorie préférée ; ne plus"
            " insister après deux messages sans réponse.",
        ),
    ),
    "visiting_buyers": Kind(
        Words("Former buyers who still visit", "Anciens acheteurs qui viennent encore"),
        Words(
            "{bought}; median: the last order {order_days} ago, the last visit {seen_days} ago.",
            "{bought} ; médiane : dernière commande il y a {order_days}, dernière visite il y a"
            " {seen_days}.",
        ),
        Words(
            "They still look: show what is new since their last order, and test which offer is followed"
            " by another one.",
            "Ils regardent encore : montrer les nouveautés depuis leur dernière commande, et tester"
            " quelle offre est suivie d’une nouvelle commande.",
        ),
    ),
    "big_spenders": Kind(
        Words("Big spenders", "Gros acheteurs"),
        Words(
            "They spend the most of all segments, {spend} per customer, in orders of {order_value} on"
            " average; median: {orders}, the last {order_days} ago.",
            "Les plus dépensiers de tous les segments : {spend} par client, pour un panier moyen de"
            " {order_value} ; médiane : {orders}, la dernière il y a {order_days}.",
        ),
        Words(
            "Keep: early access, service and delivery options for the dearer things that they buy.",
            "Fidéliser : accès anticipé, services et options de livraison pour les articles plus"
            " chers qu’ils achètent.",
        ),
    ),
    "bargain_hunters": Kind(
        Words("Bargain hunters", "Chasseurs de bonnes affaires"),
        Words(
            "{bought}, and within the same categories they look at cheaper things: at {price_level} of"
            " the median price, and only {price} % of those with a segment look at cheaper ones.",
            "{bought} et, à catégorie égale, ils regardent moins cher : à {price_level} du prix médian ;"
            " seuls {price} % de ceux qui ont un segment regardent encore moins cher.",
        ),
        Words(
            "Announce price drops and clearances in the categories they visit; protect the margin of"
            " everything else.",
            "Annoncer baisses de prix et déstockages dans leurs catégories ; protéger la marge sur le"
            " reste.",
        ),
    ),
    "repeat_buyers_at_risk": Kind(
        Words("Repeat buyers at risk", "Acheteurs récurrents à risque"),
        _ORDERS_AND_RHYTHM,
        Words(
            "Remind now, before they are gone: a personal message at the time of their usual order.",
            "Relancer maintenant, avant qu’ils ne partent : un message personnel au moment de leur"
            " commande habituelle.",
        ),
    ),
    "loyal_regulars": Kind(
        Words("Loyal regulars", "Clients fidèles"),
        _ORDERS_AND_RHYTHM,
        Words(
            "Reward: a loyalty programme, and reminders in the rhythm of their orders.",
            "Récompenser : programme de fidélité et rappels au rythme de leurs commandes.",
        ),
    ),
    "repeat_buyers": Kind(
        Words("Repeat buyers", "Acheteurs récurrents"),
        _ORDERS_AND_RHYTHM,
        Words(
            "Make it a habit: complements of what they bought, and an invitation to the loyalty"
            " programme.",
            "En faire une habitude : compléments de leurs achats et invitation au programme de"
            " fidélité.",
        ),
    ),
    "new_buyers": Kind(
        Words("New buyers", "Nouveaux acheteurs"),
        _ONE_ORDER,
        Words(
            "Welcome them: thanks, help with what they bought, and a reason for the second order.",
            "Accueillir : remerciement, conseils sur leur achat et une raison de passer la deuxième"
            " commande.",
        ),
    ),
    "one_time_buyers": Kind(
        Words("One-time buyers", "Mono-acheteurs"),
        _ONE_ORDER,
        Words(
            "Bring the second order: accessories and complements of what they bought, within the"
            " month.",
            "Susciter la deuxième commande : accessoires et compléments de leur achat, dans le mois.",
        ),
    ),
    "occasional_buyers": Kind(
        Words("Occasional buyers", "Acheteurs occasionnels"),
        _ORDERS_OF_SOME,
        Words(
            "Find the occasion: learn what they order and when, and be there shortly before.",
            "Trouver l’occasion : apprendre ce qu’ils commandent et quand, et se rappeler à eux juste"
            " avant.",
        ),
    ),
    "mixed_buyers": Kind(
        Words("Mixed buyers", "Acheteurs de profils variés"),
        _ORDERS_OF_SOME,
        Words(
            "Treat each by the own state: new, active, at risk or lapsed.",
            "Traiter chacun selon son propre statut : nouveau, actif, à risque ou inactif.",
        ),
    ),
    "cart_hesitators": Kind(
        Words("Cart hesitators", "Hésitants du panier"),
        Words(
            "{carted}, {few_bought}; {cart_share} of what they do is putting things into the cart.",
            "{carted}, {few_bought} ; {cart_share} de leurs actions sont des ajouts au panier.",
        ),
        Words(
            "Ask why the cart stays: what stops them is not in the data. Test a reminder within a"
            " day, and delivery cost and returns shown early.",
            "Demander pourquoi le panier reste : ce qui les arrête n’est pas dans les données. Tester"
            " un rappel dans la journée, et des frais de livraison et retours affichés tôt.",
        ),
    ),
    "absent_visitors": Kind(
        Words("Absent visitors", "Visiteurs inactifs"),
        Words(
            "{few_bought}; median: last seen {seen_days} ago. They have been away longer than"
            " {recency} % of those with a segment.",
            "{few_bought} ; médiane : dernière visite il y a {seen_days}. Ils sont absents depuis plus"
            " longtemps que {recency} % de ceux qui ont un segment.",
        ),
        Words(
            "Spend nothing: leave them out of paid campaigns until they come back by themselves.",
            "Ne rien dépenser : les exclure des campagnes payantes jusqu’à leur retour spontané.",
        ),
    ),
    "window_shoppers": Kind(
        Words("Window shoppers", "Adeptes du lèche-vitrines"),
        Words(
            "{few_bought}, though they look around a lot (median: {events} in {visits}): {activity} % of"
            " those with a segment come less often, and {depth} % have shorter visits.",
            "{few_bought}, bien qu’ils regardent beaucoup (médiane : {events} en {visits}) :"
            " {activity} % de ceux qui ont un segment viennent moins souvent qu’eux, et {depth} % ont"
            " des visites plus courtes.",
        ),
        Words(
            "Help to choose: comparisons, reviews, wish lists with price alerts on what they look"
            " at.",
            "Aider à choisir : comparatifs, avis, listes d’envies et alertes de prix sur ce qu’ils"
            " regardent.",
        ),
    ),
    "focused_researchers": Kind(
        Words("Focused researchers", "Visiteurs d’une seule catégorie"),
        Words(
            "{few_bought}, and {focus_share} of what they do is in one category (median): they keep to it"
            " more than {focus} % of those with a segment.",
            "{few_bought}, et {focus_share} de leurs actions concernent une seule catégorie (médiane) :"
            " ils s’y concentrent plus que {focus} % de ceux qui ont un segment.",
        ),
        Words(
            "Advise: guides and the best offers of that one category.",
            "Conseiller : guides et meilleures offres de cette catégorie.",
        ),
    ),
    "wide_browsers": Kind(
        Words("Wide browsers", "Flâneurs curieux"),
        Words(
            "{few_bought}, and they look at {categories} (median), more than {variety} % of those with a"
            " segment.",
            "{few_bought}, et ils parcourent {categories} (médiane), plus que {variety} % de ceux qui"
            " ont un segment.",
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
            "{few_bought}, and they come rarely, on {visits} (median): only {activity} % of those with a"
            " segment come less often.",
            "{few_bought}, et ils viennent rarement, {visits} (médiane) : seuls {activity} % de ceux qui"
            " ont un segment viennent moins souvent qu’eux.",
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
            "{few_bought}; median: {events} in {visits}, the last {seen_days} ago. {activity} % of those"
            " with a segment come less often.",
            "{few_bought} ; médiane : {events} en {visits}, dernière visite il y a {seen_days}."
            " {activity} % de ceux qui ont un segment viennent moins souvent qu’eux.",
        ),
        Words(
            "Learn more: ask what they are looking for, and test which offer is followed by a first"
            " order.",
            "Mieux les connaître : demander ce qu’ils cherchent, et tester quelle offre est suivie"
            " d’une première commande.",
        ),
    ),
}


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

#: What tells segments of one kind apart: how much of a feature, beside the others of the kind.
QUALIFIERS: dict[str, Qualifier] = {
    "average_order_value": Qualifier(
        Words("larger orders", "panier moyen plus élevé"),
        Words("smaller orders", "panier moyen moins élevé"),
        "money",
        Words("{amount} an order", "{amount} par commande"),
    ),
    "order_count": Qualifier(
        Words("more orders", "plus de commandes"),
        Words("fewer orders", "moins de commandes"),
        "orders",
    ),
    "purchase_recency_days": Qualifier(
        Words("last order longer ago", "dernière commande plus ancienne"),
        Words("last order more recent", "dernière commande plus récente"),
        "days",
        Words("last order {amount} ago", "dernière commande il y a {amount}"),
    ),
    "revenue": Qualifier(
        Words("higher spend", "dépenses plus élevées"),
        Words("lower spend", "dépenses plus faibles"),
        "money",
        Words("{amount} spent in all", "{amount} dépensés en tout"),
    ),
    "price_level": Qualifier(
        Words("dearer choices", "articles plus chers"),
        Words("cheaper choices", "articles moins chers"),
        "share",
        Words("{amount} of the median price", "{amount} du prix médian"),
    ),
    "active_day_count": Qualifier(
        Words("more frequent visits", "visites plus fréquentes"),
        Words("rarer visits", "visites plus rares"),
        "active_days",
    ),
    "events_per_session": Qualifier(
        Words("longer visits", "visites plus longues"),
        Words("shorter visits", "visites plus courtes"),
        "number",
        Words("{amount} events a visit", "{amount} événements par visite"),
    ),
    "category_count": Qualifier(
        Words("more categories", "plus de catégories"),
        Words("fewer categories", "moins de catégories"),
        "categories",
    ),
    "favourite_category_share": Qualifier(
        Words("closer to one category", "plus centrés sur une catégorie"),
        Words("more varied interests", "intérêts plus variés"),
        "share",
        Words("{amount} in the favourite category", "{amount} dans la catégorie préférée"),
    ),
    "favourite_brand_share": Qualifier(
        Words("closer to one brand", "plus attachés à une marque"),
        Words("more open to brands", "plus ouverts aux marques"),
        "share",
        Words("{amount} in the favourite brand", "{amount} pour la marque préférée"),
    ),
    "cart_count": Qualifier(
        Words("more put into the cart", "plus d’ajouts au panier"),
        Words("less put into the cart", "moins d’ajouts au panier"),
        "carted_items",
    ),
    "removal_rate": Qualifier(
        Words("more second thoughts", "plus de retraits du panier"),
        Words("fewer second thoughts", "moins de retraits du panier"),
        "share",
        Words("{amount} of the cart taken out again", "{amount} du panier retiré"),
    ),
    "recency_days": Qualifier(
        Words("seen longer ago", "dernière visite plus ancienne"),
        Words("seen more recently", "dernière visite plus récente"),
        "days",
        Words("last seen {amount} ago", "dernière visite il y a {amount}"),
    ),
    "tenure_days": Qualifier(
        Words("customers for longer", "clients depuis plus longtemps"),
        Words("customers since more recently", "clients depuis moins longtemps"),
        "days",
        Words("first seen {amount} ago", "première visite il y a {amount}"),
    ),
}
#: What says most of buyers.
ABOUT_ORDERS = ("average_order_value", "order_count", "purchase_recency_days", "revenue")
#: Those that say nothing where only purchases are recorded: there are no visits and no carts.
OF_VISITS = (
    "price_level",
    "active_day_count",
    "events_per_session",
    "cart_count",
    "removal_rate",
    "recency_days",
)

#: What tells segments apart that are extreme in nothing: how high a figure of the profile is.
LEVELS = {
    "gap_days": Words("an order every {amount} days", "une commande tous les {amount} jours"),
    "spend": Words("about {amount} per customer", "environ {amount} par client"),
}
#: Where even that is the same: their place by value, of which 1 is the highest.
VALUE_RANK = Words("value rank {rank}", "rang de valeur {rank}")

#: How a rule says what separates a segment from the next one of its kind, in figures.
SEPARATION = Words(
    "Among segments of this kind: {qualifier} (median: {own}; the nearest segment: {next}).",
    "Parmi les segments de ce type : {qualifier} (médiane : {own} ; le segment le plus proche :"
    " {next}).",
)
DISTINCTION = Words(
    "Among segments of this kind: {qualifier}.", "Parmi les segments de ce type : {qualifier}."
)

#: Where anybody has ordered on two days, a rule about who has not says how long that takes.
AGAIN = Words(
    "; whoever orders again usually does so after {gap}",
    " ; ceux qui passent une nouvelle commande le font en général au bout de {gap}",
)

#: Amounts in the rules of names, and a single one.
COUNTED: dict[str, tuple[Words, Words]] = {
    "orders": (
        Words("{amount} orders", "{amount} commandes"),
        Words("{amount} order", "{amount} commande"),
    ),
    "days": (Words("{amount} days", "{amount} jours"), Words("{amount} day", "{amount} jour")),
    "events": (
        Words("{amount} events", "{amount} événements"),
        Words("{amount} event", "{amount} événement"),
    ),
    "active_days": (
        Words("{amount} active days", "{amount} jours d’activité"),
        Words("{amount} active day", "{amount} jour d’activité"),
    ),
    "carted_items": (
        Words("{amount} items put into the cart", "{amount} ajouts au panier"),
        Words("{amount} item put into the cart", "{amount} ajout au panier"),
    ),
    "categories": (
        Words("{amount} categories", "{amount} catégories"),
        Words("{amount} category", "{amount} catégorie"),
    ),
}
