"""The French texts on who moved."""

FRENCH = {
    "moves": "Qui a changé de segment",
    "moves_missing": (
        "Avec un seul mois et un seul modèle, il n'y a pas de segment antérieur auquel comparer."
    ),
    "moves_lead": (
        "Les lignes disent où étaient les clients avant, les colonnes où ils sont après ; chaque "
        "nombre compte ceux qui sont passés de l'un à l'autre. {sample}"
    ),
    "moves_all": "Tous les clients sont comptés.",
    "moves_sample": (
        "Il s'agit d'un échantillon, {share} des clients, tiré selon une empreinte de "
        "l'identifiant ; les nombres sont ceux de l'échantillon."
    ),
    "moves_month": "Du {former} au {later}",
    "moves_model": "Du modèle {former} au modèle {later}",
    "moves_month_text": (
        "Le modèle actuel a attribué les deux segments : c'est le client qui a changé, non le "
        "modèle."
    ),
    "moves_model_text": (
        "Les deux fois, il s'agit des clients d'aujourd'hui : c'est le nouveau modèle qui les a "
        "déplacés."
    ),
    "moves_no_model": (
        "Il n'y a qu'un modèle jusqu'ici : aucun client n'a été déplacé par un nouveau."
    ),
    "moves_no_month": (
        "Il n'y a qu'un mois jusqu'ici : personne n'a pu changer de segment de l'un à l'autre."
    ),
    "moves_unreadable_model": (
        "Le modèle {former} lit un indicateur qui n'existe plus : il ne peut dire où seraient les "
        "clients d'aujourd'hui."
    ),
    "moves_new": (
        "Nouveau avec le modèle {later}, sous un identifiant qu'aucun segment n'avait : {names}."
    ),
    "moves_retired": (
        "Retiré, parce que trop peu de ses membres sont encore ensemble : {names}. L'identifiant "
        "n'est donné à aucun autre segment."
    ),
    "moves_same_segments": (
        "Aucun segment n'est nouveau et aucun n'est retiré : chacun du modèle {former} a son "
        "successeur, sous le même identifiant, dans le modèle {later}."
    ),
    "moves_quoted": "« {name} »",
    "moves_stayed": "Parmi ceux qui avaient un segment, {share} y sont encore.",
    "moves_from": "Avant",
    "moves_not_seen_yet": "pas encore vus",
    "moves_without": "sans segment",
    "moves_hidden": "« {mark} » remplace un nombre de moins de {minimum} clients.",
    "moves_hidden_public": (
        "« {mark} » remplace un nombre inférieur à {minimum}, ainsi que d'autres, dont on "
        "pourrait le déduire."
    ),
    "moves_mark": "masqué",
}
