"""The French texts of the exploration."""

# French typography sets a no-break space before : ; ? ! and inside « »; it is written out here as
# \u00a0 so that it can be seen.
FRENCH = {
    "title": "Ce que contiennent les fichiers bruts",
    "synthetic": (
        "Données synthétiques\u00a0: ces lignes ont été générées et ne décrivent aucun magasin "
        "réel."
    ),
    "synthetic_short": "données synthétiques",
    "introduction": (
        "Calculé sur toutes les lignes, avant tout nettoyage. Les heures sont en UTC. "
        "Un groupe de moins de {minimum} utilisateurs n'est jamais affiché."
    ),
    "no_rows": "Les fichiers ne contiennent aucune ligne\u00a0: il n'y a rien à décrire.",
    "in_brief": "En bref",
    "brief_rows_one": "**{rows} ligne** dans {files}, {size}.",
    "brief_rows_many": "**{rows} lignes** dans {files}, {size}.",
    "files_one": "{files} fichier",
    "files_many": "{files} fichiers",
    "brief_period": "Du {first} au {last}\u00a0; {days} avec des événements.",
    "days_one": "{days} jour",
    "days_many": "{days} jours",
    "brief_users": "Utilisateurs\u00a0: {users}.",
    "too_few": "moins de {minimum}",
    "brief_types": "Par type\u00a0: {types}.",
    "brief_cleaning": (
        "Le nettoyage en conserverait **{kept}** ({kept_share})\u00a0; lignes refusées\u00a0: "
        "{refused} ({refused_share})\u00a0; lignes écartées comme doublons\u00a0: {duplicates} "
        "({duplicate_share})."
    ),
    "brief_missing": (
        "La colonne la moins remplie est `{column}`\u00a0: il y manque {share} des valeurs."
    ),
    "brief_complete": "Il ne manque de valeur dans aucune colonne.",
    "brief_holes_one": "Une période semble incomplète\u00a0: voir [Trous](#trous).",
    "brief_holes_many": "{holes} périodes semblent incomplètes\u00a0: voir [Trous](#trous).",
    "files": "Fichiers",
    "file": "Fichier",
    "size": "Taille",
    "lines": "Lignes du fichier",
    "rows": "Lignes",
    "rows_read": "Lignes lues",
    "refused": "Refusées",
    "columns_found": "Colonnes trouvées",
    "files_note": (
        "Les lignes du fichier sont celles qui suivent l'en-tête, les lignes lues ce qui en a été "
        "tiré\u00a0; les deux nombres doivent concorder."
    ),
    "files_differ": (
        "**Ils diffèrent pour {files}\u00a0: le fichier est peut-être endommagé, ou a changé.**"
    ),
    "columns": "Colonnes",
    "column": "Colonne",
    "type": "Type",
    "missing": "Manquantes",
    "unreadable": "Illisibles",
    "distinct": "Valeurs distinctes",
    "share": "Part",
    "columns_note": (
        "Valeur manquante\u00a0: le champ est vide. Valeur illisible\u00a0: il contient un texte "
        "qui n'est pas une valeur de son type. Les valeurs distinctes sont comptées exactement, "
        "une fois converties\u00a0; les sessions, par une empreinte de 64 bits de leur texte."
    ),
    "kind_bigint": "nombre entier",
    "kind_integer": "nombre entier",
    "kind_timestamp": "date et heure",
    "kind_decimal": "nombre décimal",
    "kind_double": "nombre décimal",
    "kind_varchar": "texte",
    "figure_missing": "Valeurs manquantes et illisibles",
    "axis_share_of_rows": "part des lignes",
    "numbers": "Grandeurs numériques",
    "measure": "Mesure",
    "price": "Prix",
    "events_per_user": "Événements par utilisateur",
    "events_per_session": "Événements par session",
    "count": "Effectif",
    "minimum": "Minimum",
    "maximum": "Maximum",
    "mean": "Moyenne",
    "standard_deviation": "Écart-type",
    "quantile_p1": "Quantile à 1\u00a0%",
    "quantile_p5": "Quantile à 5\u00a0%",
    "quantile_p25": "Quantile à 25\u00a0%",
    "quantile_p50": "Médiane",
    "quantile_p75": "Quantile à 75\u00a0%",
    "quantile_p95": "Quantile à 95\u00a0%",
    "quantile_p99": "Quantile à 99\u00a0%",
    "beyond_5_sigma": "Au-delà de 5 écarts-types",
    "beyond_1_5_iqr": "Au-delà de 1,5 écart interquartile",
    "bounds": "hors de {low} à {high}",
    "outlier_cell": "{count} ({share}), {bounds}",
    "numbers_note": (
        "Quantiles exacts\u00a0: chacun est la plus petite valeur que cette part au moins des "
        "lignes ne dépasse pas. L'écart-type est celui des lignes présentes. Les valeurs extrêmes "
        "sont décrites ici, non retirées\u00a0: les produits chers et les clients très actifs "
        "existent, et les écarter fausserait le chiffre d'affaires."
    ),
    "prices_not_positive": "Prix nuls ou négatifs\u00a0: {count}.",
    "prices_none": "Aucun prix n'est lisible.",
    "duplicates": "Doublons",
    "duplicates_whole": "Ligne entière répétée",
    "duplicates_key": "Mêmes utilisateur, heure, type d'événement, produit et session",
    "duplicates_note": (
        "Lignes qui en répètent une autre, tous fichiers confondus\u00a0; la clé est "
        "comparée parmi les lignes que le nettoyage ne refuserait pas. Les lignes sont comparées "
        "par une empreinte de 64 bits."
    ),
    "when": "Quand",
    "events": "Événements",
    "by_type": "Par type",
    "by_month": "Par mois",
    "by_weekday": "Par jour de la semaine",
    "by_hour": "Par heure (UTC)",
    "weekday": "Jour",
    "hour": "Heure",
    "month": "Mois",
    "untimed": "Lignes sans heure lisible, absentes de ce chapitre\u00a0: {count}.",
    "type_view": "consultation",
    "type_cart": "ajout au panier",
    "type_remove_from_cart": "retrait du panier",
    "type_purchase": "achat",
    "type_other": "autre ou illisible",
    "figure_days": "Événements par jour",
    "figure_months": "Événements par mois",
    "figure_hours": "Événements par jour de la semaine et par heure (UTC)",
    "axis_events": "événements",
    "axis_hour": "heure de la journée (UTC)",
    "legend_holes": "jours qui semblent incomplets",
    "outside_figure": "événements de jours très éloignés, non représentés\u00a0: {count}",
    "holes": "Trous",
    "holes_none": "Aucun jour n'a moins d'un dixième des événements de ses voisins.",
    "holes_note": (
        "Jours sans aucun événement, et jours qui ont moins d'un dixième des événements du plus "
        "chargé des trois jours d'avant et d'après. Le premier et le dernier jour peuvent "
        "simplement être tronqués."
    ),
    "from_day": "Du",
    "to_day": "Au",
    "neighbours": "Voisin le plus chargé",
    "prices_by_type": "Prix par type d'événement",
    "figure_prices": "Prix par type d'événement (échelle logarithmique)",
    "axis_price": "prix",
    "axis_share_of_type": "part des événements du type",
    "withheld_types": (
        "Non affichés, car moins de {minimum} utilisateurs ont de tels événements\u00a0: {types}."
    ),
    "refusals": "Ce que le nettoyage refuserait",
    "refusals_none": "Rien\u00a0: toutes les lignes peuvent être conservées.",
    "refusals_note": (
        "Chaque ligne compte une fois, avec le premier motif qui s'applique. Dans les exemples, "
        "tout identifiant et tout nombre long est remplacé par `***`."
    ),
    "refusals_all": (
        "**Toutes les lignes seraient refusées\u00a0: vérifiez que les colonnes sont bien celles "
        "attendues.**"
    ),
    "reason": "Motif",
    "code": "Code",
    "example": "Exemple",
    "figure_refusals": "Lignes que le nettoyage refuserait, par motif",
    "axis_rows": "lignes",
    "funnel": "De la consultation à l'achat",
    "funnel_note": (
        "Utilisateurs ayant au moins un événement du type, parmi tous ceux des fichiers."
    ),
    "users": "Utilisateurs",
    "users_share": "Part des utilisateurs",
    "popular": "Catégories et marques",
    "category": "Catégorie",
    "brand": "Marque",
    "popular_none": "Aucune valeur n'est partagée par assez d'utilisateurs pour être affichée.",
    "unnamed_category": "Lignes sans catégorie\u00a0: {count} ({share}).",
    "unnamed_brand": "Lignes sans marque\u00a0: {count} ({share}).",
    "withheld_one": (
        "{count} valeur fréquente n'est pas affichée, car elle a peut-être trop peu d'utilisateurs."
    ),
    "withheld_many": (
        "{count} valeurs fréquentes ne sont pas affichées, car elles ont peut-être trop peu "
        "d'utilisateurs."
    ),
    "reason_empty_line": "ligne vide",
    "reason_invalid_text": "ligne avec des octets qui ne sont pas du texte",
    "reason_unclosed_quote": "guillemet jamais refermé",
    "reason_repeated_header": "en-tête répété",
    "reason_below_other_header": "sous un second en-tête aux colonnes différentes",
    "reason_wrong_column_count": "ligne avec trop ou trop peu de champs",
    "reason_missing_user": "utilisateur absent",
    "reason_invalid_user": "l'utilisateur n'est pas un nombre entier",
    "reason_missing_time": "heure absente",
    "reason_invalid_time": "heure illisible",
    "reason_time_too_early": "heure antérieure à la plus ancienne admise (min_event_time)",
    "reason_time_in_future": "heure postérieure au fichier",
    "reason_missing_product": "produit absent",
    "reason_invalid_product": "le produit n'est pas un nombre entier",
    "reason_missing_event_type": "type d'événement absent",
    "reason_ignored_event_type": "son type d'événement fait partie de ceux à ignorer",
    "reason_unknown_event_type": "type d'événement inconnu",
    "reason_missing_price": "prix absent",
    "reason_invalid_quantity": "quantité qui n’est pas un nombre, ou nulle",
    "reason_invalid_price": "prix illisible",
    "reason_price_not_positive": "prix nul ou négatif",
    "reason_price_above_maximum": "prix au-dessus du maximum fixé",
    "weekdays": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "months": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
}
