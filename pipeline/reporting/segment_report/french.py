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
    "segment": "Segment",
    "customers": "Clients",
    "customer_share": "Part",
    "revenue": "Chiffre d'affaires",
    "revenue_share": "Part du CA",
    "lift": "Indice",
    "buyer_rate": "Acheteurs",
    "revenue_per_customer": "CA par client",
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
    "traits": "Ce qui le distingue",
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
    "no_traits": "Pour chaque indicateur, sa médiane est proche de celle de l'ensemble.",
    "traits_note": (
        "Médianes du segment, comparées à celles de tous les clients segmentés ; les indicateurs "
        "d'achat sont comparés entre acheteurs, ceux du panier entre clients ayant rempli un "
        "panier. Très largement : écart d'au moins 1 étendue (la distance entre les quantiles à "
        "10 % et à 90 % de l'ensemble) ; nettement : au moins une demi-étendue ; sinon, au moins "
        "un dixième."
    ),
    "rule": "Pourquoi ce nom",
    "action": "Que faire",
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
    "chart_places_missing": (
        "Le modèle ne retient qu'une composante : il n'y a pas de plan à représenter."
    ),
    "chart_variance": "Variance expliquée par les composantes",
    "chart_variance_alt": (
        "Barres par composante et courbe cumulée ; les {kept} premières composantes sur {count} "
        "atteignent {share}."
    ),
    "axis_component": "composante",
    "axis_variance": "part de la variance",
    "axis_share": "part",
    "axis_place": "composante {number} ({share} de la variance)",
    "legend_customers": "des clients",
    "legend_revenue": "du chiffre d'affaires",
    "legend_kept": "retenues",
    "legend_left": "écartées",
    "legend_cumulative": "cumul",
    "legend_threshold": "seuil de {share}",
    "differences": "En quoi ils diffèrent",
    # Method
    "method": "Comment le modèle a été entraîné",
    "feature": "Indicateur",
    "method_training": "L'entraînement",
    "training_text": (
        "La version {version} a été entraînée sur {training} des {eligible} clients alors "
        "éligibles, observés jusqu'au {as_of} exclu. Tous les clients éligibles, même extrêmes, "
        "reçoivent ensuite le segment le plus proche."
    ),
    "method_components": "Les composantes",
    "components_text": (
        "L'analyse en composantes principales remplace des indicateurs qui varient ensemble par "
        "quelques axes sans corrélation. Les {kept} premières composantes sur {count} résument "
        "{share} de la variance : c'est le plus petit nombre qui atteint le seuil de {threshold}. "
        "Le reste est surtout du bruit et ne ferait que brouiller les distances."
    ),
    "components_text_bare": (
        "Les {kept} premières composantes sur {count} résument {share} de la variance."
    ),
    "component_reads": "Composante {number} ({share}) : {weights}.",
    "more": "en hausse avec {features}",
    "less": "en baisse avec {features}",
    # Data
    "data": "Les données",
    "data_files": "Ce qui a été chargé",
    "file": "Fichier",
    "size": "Taille",
    "lines": "Lignes lues",
    "kept": "Conservées",
    "duplicates": "Doublons",
    "rejected": "Refusées",
    "refused_revenue": "CA refusé",
    "first_event": "Premier événement",
    "last_event": "Dernier événement",
    "total": "Total",
    "ledger_identity": (
        "Lignes lues = conservées + doublons + refusées : {lines} = {kept} + {duplicates} + "
        "{rejected}."
    ),
    "money_identity": (
        "De même en chiffre d'affaires, pour les lignes dont le prix est lisible : {read} = {kept} "
        "+ {duplicates} + {rejected}."
    ),
    "lost_money": (
        "Sur le chiffre d'affaires de {file}, {refused} ont été REFUSÉS, soit {share}, dont "
        "{amount} pour ce motif : {reason}."
    ),
    "lost_money_more": (
        "En tout, {count} fichiers ont ainsi perdu plus de 1 % de leur chiffre d'affaires."
    ),
    "ledger_balanced": "L'égalité est vérifiée pour chaque fichier.",
    "ledger_unbalanced": (
        "L'égalité n'est PAS vérifiée pour : {files}. Ces fichiers sont à recharger."
    ),
    "categories_unreadable": (
        "{count} lignes portaient un identifiant de catégorie illisible ; elles comptent parmi "
        "les lignes conservées, sans catégorie, sauf autre motif."
    ),
    "hole": (
        "Le {day}, la collecte a été défaillante : il n'y a presque aucun événement. Ce que les "
        "clients ont fait ce jour-là manque à tout ce qui suit."
    ),
    "holes": (
        "La collecte a été défaillante ces jours-là, où il n'y a presque aucun événement : "
        "{days}. Ce que les clients y ont fait manque à tout ce qui suit."
    ),
    "many_holes": (
        "La collecte a été défaillante pendant {count} jours, où il n'y a presque aucun "
        "événement, à commencer par : {days}. Ce que les clients y ont fait manque à tout ce qui "
        "suit."
    ),
    "types_text": "Événements conservés : {types}.",
    "data_rejected": "Ce qui a été refusé, et pourquoi",
    "reason": "Motif",
    "line_count": "Lignes",
    "line_share": "Part des lignes lues",
    "nothing_rejected": "Aucune ligne n'a été refusée.",
    "data_revenue": "Le chiffre d'affaires, étape par étape",
    "step": "Étape",
    "revenue_same": "Le chiffre d'affaires est le même, au centime près, à chaque étape.",
    "revenue_same_unseen": (
        "Le chiffre d'affaires est le même, au centime près, à chaque étape : les visites à "
        "partir du {as_of}, que les indicateurs ne voient pas, ont rapporté {unseen}."
    ),
    "revenue_differs": (
        "Le chiffre d'affaires DIFFÈRE d'une étape à l'autre : il faut reconstruire l'entrepôt "
        "avant d'utiliser ces chiffres."
    ),
    "step_loaded_files": "Lignes conservées, par fichier",
    "step_events": "Événements",
    "step_sessions": "Visites",
    "step_user_features": "Clients",
    "step_user_segments": "Segments et clients sans segment",
    "data_unsegmented": "Les clients sans segment",
    "unsegmented_none": "Chaque client a un segment.",
    "share_of_customers": "Part des clients",
    "share_of_revenue": "Part du chiffre d'affaires",
    "unsegmented_too_few_events": "moins de {min_events} événements",
    "unsegmented_automatic_traffic": "trafic automatique (robots, comptes de test)",
    "tiny_store": (
        "Le magasin a moins de {minimum} clients : ses chiffres sont ceux de personnes isolées."
    ),
    # Glossary
    "glossary": "Glossaire des indicateurs",
    "glossary_lead": (
        "Tous sont calculés par client, sur l'ensemble des fichiers, à partir des événements "
        "antérieurs au {as_of}. Les jours et les heures sont en UTC."
    ),
    "unit": "Unité",
    "meaning": "Signification",
    "name_in_data": "Nom dans l'entrepôt",
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
    # Event types
    "type_view": "{count} consultations",
    "type_cart": "{count} ajouts au panier",
    "type_remove_from_cart": "{count} retraits du panier",
    "type_purchase": "{count} achats",
    # Reasons
    "reason_empty_line": "ligne vide",
    "reason_invalid_text": "octets qui ne sont pas du texte (autre encodage, fichier endommagé)",
    "reason_unclosed_quote": "guillemet jamais refermé, ou refermé au milieu d’un champ",
    "reason_repeated_header": "l’en-tête une seconde fois, au milieu du fichier",
    "reason_below_other_header": "sous un second en-tête qui nomme d’autres colonnes",
    "reason_wrong_column_count": "nombre de colonnes inexact (ligne tronquée ou endommagée)",
    "reason_missing_user": "identifiant de client absent",
    "reason_invalid_user": "identifiant de client non numérique",
    "reason_missing_time": "heure absente",
    "reason_invalid_time": "heure illisible",
    "reason_time_too_early": "heure antérieure à la plus ancienne admise (réglage min_event_time)",
    "reason_time_in_future": "heure postérieure au fichier",
    "reason_missing_product": "identifiant de produit absent",
    "reason_invalid_product": "identifiant de produit non numérique",
    "reason_missing_event_type": "type d'événement absent",
    "reason_ignored_event_type": "type d'événement à ignorer (réglage ignored_event_types)",
    "reason_unknown_event_type": "type d'événement inconnu (réglage event_types)",
    "reason_missing_price": "prix absent",
    "reason_invalid_quantity": "quantité qui n’est pas un nombre, ou nulle",
    "reason_invalid_price": "prix non numérique",
    "reason_price_not_positive": "prix nul ou négatif",
    "reason_price_above_maximum": "prix supérieur au maximum (réglage max_price)",
}
