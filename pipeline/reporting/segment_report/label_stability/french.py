"""The French texts on the certainty of the labels."""

FRENCH = {
    "certainty": "La fiabilité du segment attribué",
    "certainty_threshold": "Quels clients reçoivent un segment",
    "certainty_threshold_text": (
        "Il faut au moins {min_events} événements. En deçà, un seul événement pèse plus de {step} "
        "de tout ce que l'on sait d'un client : les parts changent brusquement à chaque clic, et "
        "le segment avec elles."
    ),
    "certainty_below": (
        "Sous le seuil : {customers} clients, soit {share} de l'ensemble, avec {revenue} du "
        "chiffre d'affaires."
    ),
    "certainty_below_few": (
        "Sous le seuil : {customers} clients, soit {share} de l'ensemble ; leur chiffre "
        "d'affaires n'est pas affiché, afin de protéger un petit groupe."
    ),
    "certainty_below_small": "Sous le seuil : moins de {minimum} clients.",
    "certainty_below_none": "Aucun client n'est sous le seuil.",
    "certainty_curve": "À partir de quand le segment est définitif",
    "certainty_curve_missing": (
        "Aucun client n'a un passé assez long pour dire à partir de quand le segment est définitif."
    ),
    "certainty_curve_text": (
        "{count} clients ayant au moins {history} événements ont été classés à nouveau d'après "
        "leurs seuls premiers événements, comme s'ils étaient vus le lendemain. Au seuil de "
        "{min_events} événements, {share} d'entre eux ({lower} à {upper}) avaient déjà le segment "
        "que donnent tous leurs événements."
    ),
    "certainty_curve_before": (
        "{count} clients ayant au moins {history} événements ont été classés à nouveau d'après "
        "leurs seuls premiers événements, comme s'ils étaient vus le lendemain. À {event_count} "
        "événements, dernier point avant le seuil de {min_events}, {share} d'entre eux ({lower} à "
        "{upper}) avaient déjà le segment que donnent tous leurs événements."
    ),
    "certainty_low": (
        "Au seuil, le segment dit donc ce qu'un client a fait jusque-là, et ne prédit pas celui "
        "qu'il aura après {history} événements."
    ),
    "certainty_high": (
        "Au seuil, la plupart des clients ont donc déjà le segment que leur donne un long passé ; "
        "un min_events plus élevé priverait davantage de clients d'un segment, pour un faible "
        "gain."
    ),
    "certainty_half": "La moitié l'ont à partir de {half} événements.",
    "certainty_most": (
        "La moitié l'ont à partir de {half} événements, quatre sur cinq à partir de {most}."
    ),
    "certainty_never": "À aucun des points observés, la moitié ne l'ont.",
    "certainty_advice": (
        "Ce sont les clients les plus actifs, et le modèle d'aujourd'hui ; les autres n'ont pas "
        "été suivis. Si le segment doit durer, essayer un min_events plus élevé, tel que {events} "
        ": moins de clients auront alors un segment, d'un modèle qui leur est propre. Une part "
        "du changement est réelle : un client qui en fait davantage devient un autre client, et "
        "aucun seuil ne peut le prévoir."
    ),
    "certainty_between": "Entre deux segments",
    "certainty_between_text": (
        "{customers} clients, soit {share} de ceux qui ont un segment, se trouvent entre deux "
        "segments : leur centre est plus proche que le suivant de moins de {nearer} (confiance "
        "inférieure à {confidence})."
    ),
    "certainty_between_small": (
        "Moins de {minimum} clients se trouvent entre deux segments (confiance inférieure à "
        "{confidence})."
    ),
    "certainty_between_untold": (
        "Le nombre de clients entre deux segments (confiance inférieure à {confidence}) n'est pas "
        "affiché, afin de protéger un petit segment."
    ),
    "certainty_between_none": (
        "Aucun client ne se trouve entre deux segments (confiance inférieure à {confidence})."
    ),
    "certainty_between_count": "Entre deux",
    "certainty_between_share": "Part du segment",
    "certainty_hidden": "Un tiret remplace un chiffre de moins de {minimum} clients.",
    "certainty_hidden_public": (
        "Un tiret remplace un chiffre de moins de {minimum} clients, ou des chiffres dont on "
        "pourrait le déduire."
    ),
    "certainty_chart": "Clients qui ont déjà leur segment définitif",
    "certainty_chart_alt": (
        "Courbe, avec son intervalle à 95 %, selon le nombre d'événements vus : {figures}. Le "
        "seuil est à {min_events}."
    ),
    "certainty_chart_figure": "{count} : {share}",
    "certainty_axis_events": "événements vus (échelle logarithmique)",
    "certainty_axis_share": "part ayant le segment définitif",
    "certainty_legend": "min_events = {min_events}",
}
