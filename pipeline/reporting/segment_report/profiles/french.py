"""The French texts on the segments side by side."""

FRENCH = {
    "segments": "Les segments",
    "segments_lead": (
        "Un client est un identifiant d'utilisateur du magasin, qu'il ait acheté ou non. Les "
        "parts se rapportent à l'ensemble des clients segmentés (ceux qui ont un segment) et à "
        "leur chiffre d'affaires (CA). L'indice est le CA par client du segment divisé par celui "
        "de tous les clients segmentés : au-dessus de 1, le segment rapporte plus que ne le "
        "laisse attendre sa taille. Les montants sont {in_currency}."
    ),
    "rounded_people": (
        "Les totaux de clients et les parts qui s'y rapportent ne comptent pas les groupes de "
        "moins de {minimum} personnes, afin qu'aucun d'eux ne puisse être déduit des autres. Un "
        "total s'écarte de 1 % au plus de la réalité ; celui qui s'en écarterait davantage n'est "
        "pas affiché."
    ),
    "rounded_revenue": (
        "Le chiffre d'affaires des segments et tout ce qui en est tiré sont donnés avec trois "
        "chiffres, et celui des clients sans segment n'est pas affiché, car l'un de ces groupes "
        "compte moins de {minimum} acheteurs."
    ),
    "all_labelled": "Tous les clients segmentés",
    "customer_share": "Part",
    "revenue_share": "Part du CA",
    "revenue_per_customer": "CA par client",
    "traits": "Ce qui le distingue",
    "no_traits": "Pour chaque indicateur, sa médiane est proche de celle de l'ensemble.",
    "traits_note": (
        "Médianes du segment, comparées à celles de tous les clients segmentés ; les indicateurs "
        "d'achat sont comparés entre acheteurs, ceux du panier entre clients ayant rempli un "
        "panier. Très largement : écart d'au moins 1 étendue (la distance entre les quantiles à "
        "10 % et à 90 % de l'ensemble) ; nettement : au moins une demi-étendue ; sinon, au moins "
        "un dixième."
    ),
    "action": "Que faire",
    "chart_sizes": "Taille et chiffre d'affaires des segments",
    "chart_sizes_alt": (
        "Barres : pour chaque segment, sa part des clients et sa part du chiffre d'affaires. "
        "{figures}."
    ),
    "chart_sizes_figure": "{name} : {customers} et {revenue}",
    "chart_profiles": "Écart de chaque segment à l'ensemble",
    "chart_profiles_alt": (
        "Carte de chaleur : pour chaque indicateur et chaque segment, l'écart de la médiane à "
        "celle de l'ensemble. {figures}."
    ),
    "chart_profiles_figure": "{name} se distingue le plus par : {feature} ({deviation})",
    "chart_profiles_caption": (
        "Écart entre la médiane du segment et celle de l'ensemble, en étendues de l'ensemble "
        "(quantiles à 10 % et à 90 %). Orange : au-dessus de l'ensemble ; violet : en dessous. "
        "Les couleurs s'arrêtent à ±1,5. Une case vide : trop peu de clients du segment ont "
        "acheté, ou rempli un panier."
    ),
    "chart_places": "Les clients sur les deux premières composantes",
    "chart_places_alt": (
        "Nuage de {count} clients échantillonnés sur les deux premières composantes principales, "
        "colorés par segment."
    ),
    "chart_places_caption": (
        "{count} clients, tirés selon une empreinte de leur identifiant et placés comme le fait "
        "l'attribution des segments. Les deux axes résument {share} de la variance : des segments "
        "qui se recouvrent ici peuvent être séparés sur d'autres axes."
    ),
    "axis_place": "composante {number} ({share} de la variance)",
    "tiny_store": (
        "Le magasin a moins de {minimum} clients : ses chiffres sont ceux de personnes isolées."
    ),
}
