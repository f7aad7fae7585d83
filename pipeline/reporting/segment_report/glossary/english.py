"""The English texts on what the features mean."""

ENGLISH = {
    "glossary": "Glossary of the features",
    "glossary_lead": (
        "All are computed per customer, over all files, from events before {as_of}. Days and hours "
        "are UTC."
    ),
    "unit": "Unit",
    "name_in_data": "Name in the warehouse",
}
