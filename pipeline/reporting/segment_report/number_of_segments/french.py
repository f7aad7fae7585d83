"""The French texts on the number of segments."""

FRENCH = {
    "choice": "Combien de segments",
    "choice_rule": (
        "Tous les nombres de {low} à {high} ont été essayés. La règle pose trois questions, dans "
        "cet ordre : les segments reviennent-ils dans d'autres échantillons ; quel nombre, le plus "
        "grand de ceux qui se valent, se distingue le mieux de clients sans segments ; et, si "
        "aucun ne s'en distingue, quel est le plus petit nombre qui dit presque tout ce qui peut "
        "se dire des dépenses à venir ? Elle a retenu {k}."
    ),
    "choice_user": (
        "Tous les nombres de {low} à {high} ont été essayés. Le nombre {k} a été fixé à la "
        "main, non par la règle ; le tableau donne les chiffres pour chaque k."
    ),
    "choice_user_rule": "La règle seule aurait pris {rule}.",
    "choice_user_same": "La règle seule aurait pris {rule}, elle aussi.",
    "choice_kept": (
        "D'après ces seuls chiffres, la règle aurait pris {rule} ; l'ancien nombre, {k}, est gardé "
        "parce qu'aucun de ses segments n'est perdu, qu'il montre toujours davantage que des "
        "clients sans segments, et que le gain de silhouette de {rule}, {rule_gain}, ne dépasse "
        "pas le sien, {gain}, de trois erreurs types ({limit})."
    ),
    "choice_kept_bare": (
        "D'après ces seuls chiffres, la règle aurait pris {rule} ; l'ancien nombre, {k}, est gardé "
        "parce qu'aucun de ses segments n'est perdu et qu'aucun nombre ne montre davantage que des "
        "clients sans segments : rien n'est prouvé contre lui."
    ),
    "choice_sample": (
        "Tout cela, sauf la part expliquée du mois suivant, a été mesuré sur les {training} "
        "clients qui ont servi à l'entraînement, et les répétitions sur {resample} d'entre eux au "
        "plus."
    ),
    "choice_sample_bare": (
        "Tout cela, sauf la part expliquée du mois suivant, a été mesuré sur les {training} "
        "clients qui ont servi à l'entraînement."
    ),
    "choice_natural": (
        "Le verdict : naturel. Les segments reviennent dans d'autres échantillons, et ils sont "
        "mieux séparés que tout découpage de clients inventés qui ont les mêmes indicateurs et les"
        " mêmes corrélations, mais aucun segment. Cela ne prouve pas qu'il y ait des vides entre "
        "des types de personnes : un continuum courbé passe aussi l'épreuve."
    ),
    "choice_stretched": (
        "Le verdict : reproductible. Les segments reviennent dans d'autres échantillons : deux "
        "analystes trouveraient les mêmes. Ce magasin n'enregistre que des achats, et les clients "
        "ont été comparés surtout d'après ce qu'on peut attendre de leurs dépenses : les segments "
        "en sont un découpage utile, sans prétendre à des groupes naturels."
    ),
    "choice_reproducible": (
        "Le verdict : reproductible. Les segments reviennent dans d'autres échantillons : deux "
        "analystes trouveraient les mêmes. Mais ce qu'ils gagnent sur des clients inventés sans "
        "aucun segment reste en dessous des seuils fixés : c'est un découpage stable, sans preuve "
        "qu'il existe des types de clients."
    ),
    "choice_constructive": (
        "Le verdict : construit. D'autres clients du même magasin seraient découpés autrement : "
        "ces segments sont construits, non découverts. Le découpage peut être utile : ce que font "
        "les segments le mois suivant le montre."
    ),
    "choice_no_verdict": (
        "Le modèle actuel est antérieur au verdict ; il faut en entraîner un nouveau pour "
        "l'obtenir."
    ),
    "choice_knee": "Le coude de la courbe est à {knee}.",
    "choice_drop": (
        "Passer de {before} à {k} segments réduit l'inertie de {drop}, passer de {k} à {after} la "
        "réduit de {next_drop}."
    ),
    "choice_drop_last": "Passer de {before} à {k} segments réduit l'inertie de {drop}.",
    "choice_drop_first": "Passer de {k} à {after} segments réduit l'inertie de {next_drop}.",
    "choice_silhouette_best": (
        "La silhouette obtenue avec {k} segments, {value}, est la plus élevée de toutes."
    ),
    "choice_silhouette": (
        "La silhouette obtenue avec {k} segments est de {value} ; la plus élevée de toutes, "
        "{best}, correspond à {best_k} segments."
    ),
    "choice_null": (
        "Des clients sans segments, aux mêmes indicateurs et aux mêmes corrélations de rangs, "
        "obtiennent {null} une fois découpés en {k} : le gain est de {gain}."
    ),
    "choice_null_error": (
        "Leurs corrélations de rangs s'écartent de {error} au plus de celles des vrais clients."
    ),
    "choice_silhouette_rows": "La silhouette a été calculée sur {count} clients au plus.",
    "choice_figures": "Tous les chiffres pour chaque nombre",
    "choice_mark": "{k} (retenu)",
    "choice_criterion": "Critère",
    "choice_verdict": "Verdict",
    "choice_is_natural": "naturel",
    "choice_is_reproducible": "reproductible",
    "choice_is_constructive": "construit",
    "choice_who": "Ce que choisirait chaque critère",
    "choice_asks": "Question posée",
    "choice_picks": "Ce qu'il retient",
    "choice_its": "Nombre retenu",
    "choice_disagree": (
        "Les critères ne s'accordent pas, comme sur toute clientèle réelle : {spread}. Aucun ne "
        "décide seul."
    ),
    "choice_agree": "Tous les critères choisiraient {k}.",
    "choice_spread": "{count} \u00d7 {k}",
    "choice_inertia": "Inertie",
    "choice_inertia_asks": "À quelle distance les clients sont-ils du centre de leur segment ?",
    "choice_inertia_picks": "le coude de la courbe",
    "choice_knee_distance": "Distance au coude",
    "choice_inertia_drop": "Baisse de l'inertie",
    "choice_silhouette_name": "Silhouette",
    "choice_silhouette_asks": "Son propre segment est-il plus proche que le suivant ?",
    "choice_silhouette_picks": "le plus grand",
    "choice_calinski_harabasz": "Calinski-Harabasz",
    "choice_calinski_harabasz_asks": (
        "Quelle part de la dispersion est entre les segments, quelle part à l'intérieur ?"
    ),
    "choice_calinski_harabasz_picks": "le plus grand",
    "choice_davies_bouldin": "Davies-Bouldin",
    "choice_davies_bouldin_asks": (
        "Les segments voisins sont-ils étalés au regard de la distance qui les sépare ?"
    ),
    "choice_davies_bouldin_picks": "le plus petit",
    "choice_prediction_strength": "Force de prédiction",
    "choice_prediction_strength_asks": (
        "Deux moitiés des clients gardent-elles les mêmes paires ensemble ? Le pire segment compte."
    ),
    "choice_prediction_strength_picks": "le plus grand nombre qui atteint 0,8",
    "choice_adjusted_rand": "Indice de Rand ajusté",
    "choice_adjusted_rand_asks": "D'autres échantillons donnent-ils les mêmes segments ?",
    "choice_adjusted_rand_picks": "le plus grand nombre qui atteint 0,9",
    "choice_smallest_jaccard": "Plus petit indice de Jaccard",
    "choice_smallest_jaccard_asks": (
        "Chaque segment revient-il dans d'autres échantillons ? Le pire compte."
    ),
    "choice_smallest_jaccard_picks": "le plus grand nombre qui atteint 0,75",
    "choice_silhouette_gain": "Gain de silhouette",
    "choice_silhouette_gain_asks": "Combien gagne-t-on par rapport à des clients sans segments ?",
    "choice_silhouette_gain_picks": "le plus grand",
    "choice_silhouette_gain_error": "Gain de silhouette, erreur",
    "choice_inertia_gain": "Gain d'inertie",
    "choice_inertia_gain_asks": "De même, pour l'inertie (statistique de l'écart).",
    "choice_inertia_gain_picks": "le premier que le suivant ne dépasse pas",
    "choice_inertia_gain_error": "Gain d'inertie, erreur",
    "choice_smallest_share": "Plus petit segment",
    "choice_smallest_share_asks": "Chaque segment mérite-t-il un plan d'action ?",
    "choice_smallest_share_picks": "le plus grand nombre qui garde 5 %",
    "choice_out_of_time_value": "Mois suivant expliqué",
    "choice_out_of_time_value_asks": (
        "Quelle part du chiffre d'affaires du mois suivant les segments expliquent-ils, au-delà du "
        "hasard ?"
    ),
    "choice_out_of_time_value_picks": "le plus grand",
    "choice_traded": "Ce que perdent moins de segments, ce que gagnent davantage",
    "choice_traded_text": (
        "Moins il y a de segments, plus le plan est simple, et moins ils disent des dépenses à "
        "venir. {k} segments en expliquent {value} des écarts ; le tableau montre ce qu'en "
        "expliquerait un autre nombre, et la part de ces {value} que cela représente."
    ),
    "choice_number": "Segments (nombre)",
    "choice_of_chosen": "Par rapport au nombre retenu",
    "choice_each": "Chaque segment revient-il ?",
    "choice_each_text": (
        "Le modèle a été entraîné à nouveau sur d'autres échantillons des clients. L'indice de "
        "Jaccard dit ce qu'un segment a de commun avec le plus semblable de chacun : les membres "
        "communs, divisés par les membres de l'un ou de l'autre, en moyenne. En dessous de 0,6, "
        "ne pas s'y fier ; à partir de 0,75, il est stable, à partir de 0,85, très stable (Hennig "
        "2007)."
    ),
    "choice_jaccard": "Indice de Jaccard",
    "choice_reading": "Lecture",
    "choice_highly_stable": "très stable",
    "choice_stable": "stable",
    "choice_doubtful": "une tendance, mais aux contours incertains",
    "choice_unstable": "ne pas s'y fier",
    "choice_caveat": "Ce que ces chiffres ne prouvent pas",
    "choice_caveat_text": (
        "Une silhouette proche de 0,5 ne prouve pas que des segments existent. 20 000 clients "
        "simulés avec un niveau d'activité continu, sans le moindre groupe, donnent 0,58, 0,42, "
        "0,47 et 0,47 pour 2, 3, 4 et 5 segments avec la même méthode. L'algorithme K-Means "
        "découpe n'importe quel nuage de points. C'est pourquoi l'on mesure le gain par rapport à "
        "des clients sans segments, et pourquoi la valeur des segments se juge à ce que les "
        "clients font ensuite, non à ces chiffres."
    ),
    "choice_chart_elbow": "Inertie selon le nombre de segments",
    "choice_chart_elbow_alt": (
        "Courbe descendant de {first} pour k = {low} à {last} pour k = {high} ; k = {k} retenu."
    ),
    "choice_chart_silhouette": "Silhouette selon le nombre de segments",
    "choice_chart_silhouette_alt": (
        "Courbe dont le point le plus haut, {best}, est à k = {best_k} ; le k = {k} retenu "
        "donne {value}."
    ),
    "choice_chart_silhouette_null": (
        "Une ligne en tirets montre des clients sans segments, {null} pour le k retenu."
    ),
    "choice_chart_stability": "Les segments reviennent-ils ?",
    "choice_chart_stability_alt": (
        "Trois courbes selon le nombre de segments, avec leurs seuils. Pour k = {k} : {figures}."
    ),
    "choice_chart_worth": "Chiffre d'affaires à venir expliqué",
    "choice_chart_worth_alt": (
        "Courbe selon le nombre de segments : {first} pour k = {low}, {last} pour k = {high}, "
        "{value} pour le k = {k} retenu."
    ),
    "choice_axis_k": "nombre de segments k",
    "choice_axis_inertia": "inertie (somme des distances au carré)",
    "choice_axis_silhouette": "silhouette moyenne",
    "choice_axis_stability": "indice, 1 = toujours les mêmes",
    "choice_axis_worth": "part de la variance",
    "choice_legend_chosen": "retenu : k = {k}",
    "choice_legend_users": "ces clients",
    "choice_legend_null": "clients sans segments",
}
