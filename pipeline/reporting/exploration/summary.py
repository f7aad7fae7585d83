"""The few sentences that open the report."""

from __future__ import annotations

from pipeline.reporting.exploration.section import Facts
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.numbers import NumberFormat


def summary(facts: Facts, words: Catalogue, numbers: NumberFormat) -> list[str]:
    """Return one sentence for each thing worth knowing first; none when there are no rows."""
    if not facts.row_count:
        return []
    sentences = [
        _amount(facts, words, numbers),
        _period(facts, words, numbers),
        words.text("brief_users", users=_users(facts, words, numbers)),
        _types(facts, words, numbers),
        _cleaning(facts, words, numbers),
        _emptiest(facts, words, numbers),
    ]
    gaps = facts.sections["timing"].gaps
    if gaps:
        sentences.append(words.counted("brief_gaps", len(gaps), gaps=len(gaps)))
    return [sentence for sentence in sentences if sentence]


def _users(facts: Facts, words: Catalogue, numbers: NumberFormat) -> str:
    if facts.user_count is None:
        return words.text("too_few", minimum=facts.min_group_size)
    return numbers.integer(facts.user_count)


def _amount(facts: Facts, words: Catalogue, numbers: NumberFormat) -> str:
    count = len(facts.sections["files"])
    return words.counted(
        "brief_rows",
        facts.row_count,
        rows=numbers.integer(facts.row_count),
        files=words.counted("file_count", count, files=numbers.integer(count)),
        size=numbers.size(sum(file.size_bytes for file in facts.sections["files"])),
    )


def _period(facts: Facts, words: Catalogue, numbers: NumberFormat) -> str:
    days = len(facts.sections["timing"].by_day)
    if not days:
        return ""
    return words.text(
        "brief_period",
        first=numbers.instant(facts.sections["timing"].first_event_at),
        last=numbers.instant(facts.sections["timing"].last_event_at),
        days=words.counted("days", days, days=numbers.integer(days)),
    )


def _types(facts: Facts, words: Catalogue, numbers: NumberFormat) -> str:
    shares = (
        f"{words.text(f'type_{kind}')} {numbers.percent(count / facts.row_count)}"
        for kind, count in facts.sections["timing"].by_type.items()
        if count
    )
    # A comma between decimal commas would be hard to read.
    return words.text("brief_types", types=" · ".join(shares))


def _cleaning(facts: Facts, words: Catalogue, numbers: NumberFormat) -> str:
    kept = (
        facts.row_count
        - facts.sections["refusals"].refused_count
        - facts.sections["duplicates"].key_count
    )
    return words.text(
        "brief_cleaning",
        kept=numbers.integer(kept),
        kept_share=numbers.percent(kept / facts.row_count),
        refused=numbers.integer(facts.sections["refusals"].refused_count),
        refused_share=numbers.percent(facts.sections["refusals"].refused_share),
        duplicates=numbers.integer(facts.sections["duplicates"].key_count),
        duplicate_share=numbers.percent(facts.sections["duplicates"].key_share),
    )


def _emptiest(facts: Facts, words: Catalogue, numbers: NumberFormat) -> str:
    emptiest = max(facts.sections["columns"], key=lambda column: column.missing_count)
    if not emptiest.missing_count:
        return words.text("brief_complete")
    return words.text(
        "brief_missing",
        column=emptiest.name,
        share=numbers.percent(emptiest.missing_share),
    )
