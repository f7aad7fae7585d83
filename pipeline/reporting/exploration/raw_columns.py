"""The columns of the raw files and of the staging view, as the exploration needs them."""

from __future__ import annotations

from pipeline.ingest import COLUMNS as INPUT_COLUMNS

VIEW = "staging.stg_events"

# raw text column of the view -> typed column; the order is that of the files
_TYPED = {"event_time": "occurred_at", "user_session": "session_id"}
COLUMNS = {name: _TYPED.get(name, name) for name in INPUT_COLUMNS}
EVENT_TYPES = ("view", "cart", "remove_from_cart", "purchase")
# Everything else is counted under one name: an unknown type is free text, and a shifted line can
# have an id in its place.
OTHER = "other"
KINDS = (*EVENT_TYPES, OTHER)


def bits_sql(condition: str) -> str:
    """Return the SQL of a number with one bit per column, set where the condition holds.

    `{text}` and `{typed}` in the condition stand for the two columns of the view.
    """
    terms = (
        f"if({condition.format(text=f'{name}_text', typed=typed)}, {1 << place}, 0)"
        for place, (name, typed) in enumerate(COLUMNS.items())
    )
    return f"({' + '.join(terms)})::uinteger"
