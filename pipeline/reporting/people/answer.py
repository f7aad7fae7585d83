"""The answer to a person: what is held, why this segment, and how to object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.reporting.kit.blocks import Block, Bullets, Paragraph, Table
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.document import Chapter, Document, Part
from pipeline.reporting.kit.files import as_page
from pipeline.reporting.kit.numbers import NumberFormat

# Of more rows a page shows the first; the JSON beside it has all of them.
_ROWS_SHOWN = 200


def answer_page(found: Mapping[str, Any], language: str) -> str:
    """Return the page for a person of whom `found` is held, in one language."""
    words = Catalogue(language, "people")
    segment = found["segment"]
    chapters = [
        _chapter("segment", words.text("segment_title"), _segment(segment, found, words)),
        _chapter("rights", words.text("rights_title"), (Bullets(_rights(words)),)),
    ]
    features = found["held"].get("marts.user_features", [])
    for row in features:
        chapters.append(_chapter("figures", words.text("figures_title"), (_figures(row, words),)))
    for name, rows in found["held"].items():
        if name != "marts.user_features":
            chapters.append(_chapter(name.replace(".", "_"), name, _table(rows, words)))
    if found["refused_lines"]:
        refused = _table(found["refused_lines"], words)
        chapters.append(_chapter("refused", words.text("refused_title"), refused))
    lead = words.text("lead" if found["held"] else "lead_nothing")
    document = Document(
        language,
        words.text("title"),
        tuple(chapters),
        notice=words.text("notice"),
        lead=lead,
    )
    return as_page(document, {})


def _chapter(key: str, title: str, blocks: tuple[Block, ...]) -> Chapter:
    return Chapter(f"chapter_{key}", title, (Part(key, "", blocks),))


def _segment(
    segment: Mapping[str, Any] | None, found: Mapping[str, Any], words: Catalogue
) -> tuple[Block, ...]:
    if found["objects_to_profiling"]:
        return (Paragraph(words.text("objects"), is_strong=True),)
    if segment is None:
        return (Paragraph(words.text("no_segment")),)
    state = words.known("state", segment["lifecycle_state"])
    blocks: list[Block] = []
    if segment["segment_id"] is None:
        blocks.append(Paragraph(words.known("why_none", segment["unsegmented_reason"])))
    else:
        names, rules = segment["names"], segment["rules"]
        name = names.get(words.language) or next(iter(names.values()), str(segment["segment_id"]))
        blocks.append(Paragraph(words.text("in_segment", name=name), is_strong=True))
        if rule := rules.get(words.language) or next(iter(rules.values()), ""):
            blocks.append(Paragraph(words.text("because", rule=rule)))
        blocks.append(Paragraph(words.text("how", version=segment["model_version"])))
    return (*blocks, Paragraph(words.text("standing", state=state)))


def _rights(words: Catalogue) -> tuple[str, ...]:
    rights = ("right_object", "right_erase", "right_correct", "right_complain", "no_decision")
    return tuple(words.text(key) for key in rights)


def _figures(row: Mapping[str, Any], words: Catalogue) -> Table:
    numbers = NumberFormat(words.language)
    rows = tuple(
        (words.label(name), _shown(value, numbers)) for name, value in row.items()
        if name != "user_id"
    )  # fmt: skip
    return Table((words.text("what"), words.text("value")), rows)


def _table(rows: Sequence[Mapping[str, Any]], words: Catalogue) -> tuple[Block, ...]:
    numbers = NumberFormat(words.language)
    columns = [name for name in rows[0] if name != "user_id"] or ["user_id"]
    shown = tuple(
        tuple(_shown(row[name], numbers) for name in columns) for row in rows[:_ROWS_SHOWN]
    )
    table = Table(tuple(columns), shown, text_columns=len(columns))
    if len(rows) <= _ROWS_SHOWN:
        return (table,)
    counts = {"shown": numbers.integer(_ROWS_SHOWN), "all": numbers.integer(len(rows))}
    return (table, Paragraph(words.text("more_rows", **counts), is_small=True))


def _shown(value: Any, numbers: NumberFormat) -> str:
    if value is None:
        return "-"
    return numbers.decimal(value, 2) if isinstance(value, float) else str(value)
