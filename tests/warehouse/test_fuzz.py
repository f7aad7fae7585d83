"""The reading step against generated garbage: never a traceback, and the ledger always closes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipeline.ingest import Inspection, Layout, discover, inspect, read_layout
from pipeline.runtime.errors import InputError
from tests.conftest import Store, run_dbt
from tests.naive_reader import MAX_LINE_BYTES, Parsed, parse, read_naively
from tests.warehouse.garbage_files import Event, GarbageFile, garbage_files

pytestmark = pytest.mark.slow

BATCH_SIZE = 900
_FILE_COUNT = 3 * BATCH_SIZE
MODELS = ("+loaded_files", "events", "rejected_events")
READING_REASONS = {
    "empty_line", "invalid_text", "unclosed_quote", "repeated_header", "wrong_column_count"
}  # fmt: skip


@dataclass(frozen=True)
class ExpectedLine:
    """One record as the naive reading has it; `reason` is None where it can be cut into fields.

    `brand` and `session` are two of these, whose text is kept as it stands.
    """

    line_number: int
    text: str | None
    reason: str | None
    brand: str | None = None
    session: str | None = None


@dataclass
class Batch:
    """The files of one run that can be read, with what is to become of them."""

    store: Store
    lines: dict[str, list[ExpectedLine]] = field(default_factory=dict)
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)


@dataclass
class Tally:
    """What was generated, to be shown."""

    refused: Counter = field(default_factory=Counter)
    plain_count: int = 0
    bare_count: int = 0
    rewritten_count: int = 0
    lines: Counter = field(default_factory=Counter)


@pytest.mark.timeout(900)
# Files without quotes and outer blanks are rare.
@pytest.mark.long
def test_garbage_costs_itself_only(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    batches, tally = _write_files(tmp_path, _FILE_COUNT)
    for batch in batches:
        _load(batch)
        _check_counts(batch)
        _check_every_line(batch)
        _check_events(batch)
        tally.lines.update(dict(batch.store.query(
            "select coalesce(rejection_reason, if(is_duplicate, 'repeated', 'kept')), count(*)"
            " from core.event_lines group by all"
        )))  # fmt: skip
    record_property("cases", _summary(tally))
    assert tally.plain_count + tally.rewritten_count + tally.refused.total() >= _FILE_COUNT
    assert min(tally.plain_count, tally.rewritten_count, tally.refused.total()) > _FILE_COUNT / 20
    assert 28 <= tally.bare_count < tally.plain_count - _FILE_COUNT / 20
    assert set(tally.lines) >= {"kept", "repeated"} | READING_REASONS


def _write_files(folder: Path, file_count: int) -> tuple[list[Batch], Tally]:
    """Write the files, a folder for each run, without those that are refused as a whole."""
    batches, tally = list[Batch](), Tally()

    @given(file=garbage_files())
    @settings(
        max_examples=file_count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def write(file: GarbageFile) -> None:
        if not batches or len(batches[-1].lines) == BATCH_SIZE:
            batches.append(_new_batch(folder / str(len(batches))))
        _write(file, batches[-1], tally)

    write()
    return batches, tally


def _new_batch(folder: Path) -> Batch:
    store = Store(folder / "datasets", folder / "warehouse" / "w.duckdb", folder / "reports")
    store.datasets.mkdir(parents=True)
    store.warehouse.parent.mkdir()
    return Batch(store)


def _write(file: GarbageFile, batch: Batch, tally: Tally) -> None:
    number = len(batch.lines)
    # Discovery takes as long as there are files: each is looked at in a folder of its own.
    folder = batch.store.datasets / f"{number:04}"
    folder.mkdir(exist_ok=True)
    path = folder / f"a{file.ending}"
    path.write_bytes(file.stored)
    (found,) = discover(folder)
    try:
        layout, inspection = read_layout(found), inspect(found)
    except InputError as error:
        path.unlink()
        sentence = str(error)
        assert sentence.startswith(found.source_file)
        assert sentence.endswith(".")
        assert sentence.isprintable()
        tally.refused[sentence.removeprefix(found.source_file).split(":")[0][:30]] += 1
        return
    assert inspection.line_count == len(file.content.splitlines()) - 1
    tally.plain_count += inspection.is_plain
    tally.bare_count += inspection.has_bare_fields
    tally.rewritten_count += not inspection.is_plain
    name = f"{number:04}/{found.source_file}"
    batch.lines[name] = _expected_lines(file.content, layout, inspection)
    batch.events[name] = file.events


def _expected_lines(content: bytes, layout: Layout, inspection: Inspection) -> list[ExpectedLine]:
    delimiter, count = layout.delimiter.encode(), layout.column_count
    if inspection.is_plain:
        records = [
            (number, text, parse(text, delimiter))
            for number, text in enumerate(content.splitlines()[1:], start=2)
        ]
    else:
        naive = read_naively(content, delimiter, count)
        records = [(record.line_number, record.text, record.parsed) for record in naive]
    return [_expected_line(*record, layout) for record in records]


def _expected_line(number: int, text: bytes, parsed: Parsed, layout: Layout) -> ExpectedLine:
    reason = _reading_reason(text, parsed, layout)
    if reason:
        return ExpectedLine(number, _shown(text), reason)
    brand, session = (
        _stated(parsed.fields[layout.positions[name]].decode().strip(" "))
        for name in ("brand", "user_session")
    )
    return ExpectedLine(number, _shown(text), None, brand, session)


def _stated(text: str) -> str | None:
    """Return what a field says; some texts say that there is nothing."""
    return None if text in ("", "NULL", "\\N", "nan", "None") else text


def _reading_reason(text: bytes, parsed: Parsed, layout: Layout) -> str | None:
    if not text:
        return "empty_line"
    if not _is_text(text) or len(text) > MAX_LINE_BYTES:
        return "invalid_text"
    if parsed.state != "closed":
        return "unclosed_quote"
    fields = dict(enumerate(parsed.fields))
    names = [fields.get(layout.positions[name], b"") for name in ("user_id", "event_time")]
    if [name.strip(b' "').lower() for name in names] == [b"user_id", b"event_time"]:
        return "repeated_header"
    return None if len(fields) == layout.column_count else "wrong_column_count"


def _is_text(content: bytes) -> bool:
    return b"\0" not in content and content == content.decode("utf-8", "ignore").encode()


def _shown(text: bytes) -> str | None:
    shown = text.decode("utf-8", "backslashreplace")
    return (shown if _is_text(text) else shown.replace("\0", "\\x00")) or None


def _load(batch: Batch) -> None:
    """Run the real models on the files; that most lines of a file are refused is what they are."""
    finished = run_dbt(
        "run", "--select", *MODELS, "--vars", json.dumps({"max_rejected_share": 1}),
        datasets=batch.store.datasets, warehouse=batch.store.warehouse,
    )  # fmt: skip
    assert finished.code == 0, finished.output[-5000:]


def _check_counts(batch: Batch) -> None:
    ledger = batch.store.query(
        "select source_file, line_count, kept_count + duplicate_count + rejected_count"
        " from core.loaded_files"
    )
    expected = {name: len(lines) for name, lines in batch.lines.items()}
    assert {name: read for name, read, _ in ledger} == expected
    assert {name: told for name, _, told in ledger} == expected


def _check_every_line(batch: Batch) -> None:
    """Compare with the naive reading; what that can cut may still be refused for its values."""
    refused = _by_file(
        batch,
        "select source_file, line_number, raw_line, rejection_reason from core.rejected_events"
        " order by source_file, line_number",
    )
    kept = _by_file(
        batch,
        "select source_file, brand, session_id from core.event_lines where rejection_reason is null"
        " order by rowid",
    )
    for name, lines in batch.lines.items():
        unread = [line for line in refused[name] if line[2] in READING_REASONS]
        assert unread == [(x.line_number, x.text, x.reason) for x in lines if x.reason], name
        others = {line[0]: line[1] for line in refused[name] if line not in unread}
        read = [line for line in lines if not line.reason]
        assert others.items() <= {line.line_number: line.text for line in read}.items(), name
        rest = [(x.brand, x.session) for x in read if x.line_number not in others]
        assert kept[name] == rest, name


def _by_file(batch: Batch, query: str) -> dict[str, list[tuple]]:
    rows: dict[str, list[tuple]] = {name: [] for name in batch.lines}
    for name, *values in batch.store.query(query):
        rows[name].append(tuple(values))
    return rows


def _check_events(batch: Batch) -> None:
    assert batch.store.query(
        "select source_file, product_id from core.event_lines where rejection_reason is null"
        " and (user_id is null or product_id is null or occurred_at is null or price is null"
        " or price <= 0 or event_type not in ('view', 'cart', 'remove_from_cart', 'purchase'))"
    ) == []  # fmt: skip
    found = set(batch.store.query(
        "select source_file, product_id, brand, price, user_id, session_id, event_type, occurred_at"
        " from core.event_lines where rejection_reason is null"
    ))  # fmt: skip
    expected = {
        (name, product, brand and _stated(brand), price, user, session and _stated(session), *rest)
        for name, events in batch.events.items()
        for product, brand, price, user, session, *rest in events
    }
    assert not sorted(expected - found, key=str)


def _summary(tally: Tally) -> str:
    lines = ", ".join(f"{count:,} {name}" for name, count in tally.lines.most_common())
    return (
        f"{tally.plain_count:,} plain files, {tally.bare_count:,} without quotes and outer blanks, "
        f"{tally.rewritten_count:,} that are not, "
        f"{tally.refused.total():,} refused as a whole; of {tally.lines.total():,} lines {lines}"
    )
