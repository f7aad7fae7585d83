"""The French texts of the report.

Spaces before : ; ? ! % and inside « » are made unbreakable when the catalogue is read.
"""

FRENCH = {
    "title": "Les segments de clientèle",
    "synthetic_title": "DONNÉES SYNTHÉTIQUES",
    "synthetic": (
        "DONNÉES SYNTHÉTIQUES : ces clients sont inventés par un générateur. Aucun chiffre de "
        "cette page ne décrit un magasin réel."
    ),
    "synthetic_short": "données synthétiques",
    "skip": "Sommaire",
    "period_day": (
        "Événements du {first} ; le comportement des clients est observé jusqu'au {as_of} exclu."
    ),
    "period": (
        "Événements du {first} au {last} ; le comportement des clients est observé jusqu'au "
        "{as_of} exclu."
    ),
    "origin_one": "{lines} lignes issues d'un seul fichier ; version {version} du modèle.",
    "origin_many": "{lines} lignes issues de {files} fichiers ; version {version} du modèle.",
    "separator": " ; ",
    "fewer": "moins de {minimum}",
    "about": "environ {number}",
    "untold": "non affiché",
    # Tiles
    "tile_customers": "clients",
    "tile_labelled": "clients segmentés",
    "tile_segments": "segments",
    "tile_revenue": "chiffre d'affaires",
    "tile_orders": "commandes",
    "tile_buyers": "acheteurs",
    # Segments
    "segment": "Segment",
    "customers": "Clients",
    "revenue": "Chiffre d'affaires",
    "lift": "Indice",
    "buyer_rate": "Acheteurs",
    "orders": "Commandes",
    "headline": (
        "Représente {customers} des clients segmentés et {revenue} de leur chiffre d'affaires."
    ),
    "headline_customers": "Représente {customers} des clients segmentés.",
    "headline_untold": "Compte {customers} clients.",
    "headline_small": (
        "Moins de {minimum} clients : le groupe est trop petit pour que ses chiffres soient "
        "affichés."
    ),
    "few_buyers": (
        "Moins de {minimum} d'entre eux ont acheté : leur chiffre d'affaires n'est pas affiché."
    ),
    "trait": "{feature} : {median}, {place} ({everyone})",
    "of_everyone": "{median} pour l'ensemble",
    "of_buyers": "{median} pour l'ensemble des acheteurs",
    "of_carters": "{median} pour l'ensemble des clients ayant rempli un panier",
    "far_above": "très largement au-dessus",
    "well_above": "nettement au-dessus",
    "above": "au-dessus",
    "far_below": "très largement en dessous",
    "well_below": "nettement en dessous",
    "below": "en dessous",
    "rule": "Pourquoi ce nom",
    "action_size": "Effectif actuel : {customers} clients.",
    "action_response": (
        "Réponse passée : parmi les clients du segment au {moment}, {rate} ont acheté dans le "
        "mois qui a suivi, quelles qu'aient été les actions du magasin (contre {average} pour "
        "l'ensemble des clients segmentés)."
    ),
    "action_hidden": "La réponse passée concerne trop peu de personnes pour être affichée.",
    "action_unmeasured": "Aucune réponse passée n’a encore été mesurée.",
    "yes": "oui",
    # Charts
    "legend_customers": "des clients",
    "legend_revenue": "du chiffre d'affaires",
    # Method
    "feature": "Indicateur",
    # Data
    "kept": "Conservées",
    # Glossary
    "meaning": "Signification",
    "privacy": (
        "Ce rapport ne montre aucun identifiant de client ni aucun groupe de moins de {minimum} "
        "personnes. Sur la carte des deux axes principaux, chaque point est un client, sans nom ni "
        "chiffre."
    ),
    "privacy_internal": (
        "Ce rapport est destiné à un usage interne : qui connaît un total et les autres groupes "
        "peut en déduire un petit. Pour des lecteurs extérieurs, choisir le réglage `disclosure: "
        "publish`."
    ),
    "privacy_public": "Aucun ne peut être déduit des totaux.",
}
