"""The French texts on the data."""

FRENCH = {
    "data": "Les données",
    "data_files": "Ce qui a été chargé",
    "file": "Fichier",
    "lines": "Lignes lues",
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
    "type_view": "{count} consultations",
    "type_cart": "{count} ajouts au panier",
    "type_remove_from_cart": "{count} retraits du panier",
    "type_purchase": "{count} achats",
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
