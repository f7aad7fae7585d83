"""The French texts on the features that the model reads."""

FRENCH = {
    "reading": "Pourquoi ces indicateurs",
    "reading_text": (
        "Le modèle lit {count} des indicateurs ci-dessous. Chacun répond à une question "
        "différente sur un client ; de deux indicateurs qui classent les clients de la même "
        "façon, un seul suffit. Les nombres, les montants et les durées sont très étalés : ils "
        "entrent sous la forme du logarithme de 1 + x, sont bornés aux deux extrémités et ramenés "
        "à la même échelle, pour qu'aucune unité ni aucun client extrême ne décide à lui seul. "
        "Aucun ne repose sur les noms des catégories, qu'un magasin peut réorganiser sans "
        "qu'aucun client ne change."
    ),
    "reading_constants": (
        "Identiques pour tous ici, à quelques extrêmes près, donc laissées de côté par le modèle : "
        "{names}."
    ),
    "reading_question": "Question à laquelle il répond",
    "reading_alike": "Deux d'entre eux disent-ils la même chose ?",
    "reading_alike_missing": (
        "Le modèle actuel est antérieur à la mesure des corrélations entre ses indicateurs, ou a "
        "été entraîné sur trop peu de clients."
    ),
    "reading_alike_none": (
        "Non : aucune paire d'indicateurs ne classe les clients de la même façon (corrélation des "
        "rangs supérieure à {threshold}). Les plus proches sont « {first} » et « {second} », avec "
        "{value}."
    ),
    "reading_alike_some": (
        "Deux indicateurs qui classent les clients de la même façon (corrélation des rangs "
        "supérieure à {threshold}) compteraient deux fois la même chose. C'est le cas de : {pairs}."
    ),
    "reading_pair": "« {first} » et « {second} », {value}",
    "reading_pair_zeros": (
        "« {first} » et « {second} », {value}, mais {without} chez les clients pour qui l'un des "
        "deux au moins n'est pas nul"
    ),
    "reading_zeros_note": (
        "Là où le second chiffre est faible, les deux s'accordent sur les clients à zéro, et sur "
        "presque rien d'autre : ils peuvent alors rester tous les deux."
    ),
    "reading_columns": "Tous les indicateurs qu'il pouvait lire",
    "reading_columns_text": (
        "« Classement le plus proche » désigne, parmi les indicateurs que lit le modèle, celui "
        "dont la corrélation des rangs (Spearman) est la plus forte chez les clients éligibles "
        "d'aujourd'hui, ou chez {count} d'entre eux, tirés selon une empreinte de l'identifiant. "
        "Au-delà de 0,9, dans un sens ou dans l'autre, l'un des deux suffit. D'autres sont "
        "écartés parce qu'ils croissent d'eux-mêmes avec le temps (PSI), disent presque la même "
        "chose qu'un autre ou ne répondent à aucune question utile à une campagne. Les bornes "
        "sont dans l'unité de l'indicateur : toute valeur au-delà compte comme la borne."
    ),
    "reading_model": "Le modèle",
    "reading_kept": "le lit",
    "reading_constant": "laissée de côté : la même pour tous",
    "reading_left_out": "l'écarte",
    "reading_closest": "Classement le plus proche",
    "reading_rho": "Corrélation",
    "reading_transform": "Transformation",
    "reading_log": "ln(1 + x)",
    "reading_ln": "log(x)",
    "reading_as_it_is": "aucune",
    "reading_caps": "Bornes",
    "reading_range": "{lower} à {upper}",
    "reading_caps_hidden": (
        "Les bornes ne sont pas affichées : moins de {minimum} clients de l'entraînement sont "
        "au-delà de chacune, si bien qu'une borne peut être le chiffre de l'un d'eux."
    ),
    "reading_stable": "Restent-ils stables d'un mois à l'autre ?",
    "reading_stable_missing": (
        "Il faut pour cela deux mois à la fin desquels des clients avaient assez d'événements."
    ),
    "reading_stable_text": (
        "L'indice de stabilité entre les clients du {former} et ceux du {later} : au-dessous de "
        "0,1, un indicateur est stable. Un indicateur qui bouge de lui-même déplace aussi les "
        "segments. Les nombres croissent avec chaque mois ajouté, surtout dans les premiers mois "
        "d'un magasin. {verdict}"
    ),
    "reading_stable_all": "Tous sont stables.",
    "reading_stable_some": "{stable} sur {count} sont stables.",
    "reading_latest": "PSI, deux derniers mois",
    "reading_largest": "Le plus élevé de tous les mois",
}
