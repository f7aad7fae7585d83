"""Files that come, change and go: random moves, and a folder that they happen to."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.conftest import HEADER

KINDS = (
    "add", "replace", "grow", "resend", "overlap", "correct", "late", "tear",
    "disappear", "forget",
)  # fmt: skip
MONTHS = ("2019-10", "2019-11", "2020-01", "2020-02")
# Earlier than anything that another move brings.
LATE_MONTH = "2019-08"
# Noon of 2020-06-01: every file is of the same day, and no two are of the same second.
_FIRST_CHANGE = 1_591_012_800
_REFUSED = (
    "2019-10-05 10:00:00 UTC,view,1,500,,acme,free,1,s1",
    "2019-11-05 10:00:00 UTC,purchase,1,500,,acme,0.00,2,s1",
    "2019-10-05 10:00:00 UTC,look,1,500,,acme,5.00,3,s1",
    "2019-10-05 10:00:00 UTC,view,1,500,,acme,5.00,,s1",
    "2019-13-05 10:00:00 UTC,view,1,500,,acme,5.00,4,s1",
    "view,1,500",
    "",
    HEADER,
)


class Event(NamedTuple):
    """One good line. The first five fields are the key by which repeated events are found."""

    user: int
    time: str
    kind: str
    product: int
    session: str
    price: str
    category: str
    code: str
    brand: str

    @property
    def text(self) -> str:
        return (
            f"{self.time} UTC,{self.kind},{self.product},{self.category},{self.code},"
            f"{self.brand},{self.price},{self.user},{self.session}"
        )


class Move(NamedTuple):
    """Something that happens to the folder; `pick` and `share` say to which file, and how much."""

    what: str
    pick: int
    share: float
    lines: list[Event | str]


@dataclass(frozen=True)
class Content:
    """The lines of a file; the last one of a torn file is cut in the middle."""

    lines: tuple[Event | str, ...]
    is_torn: bool = False

    @property
    def text(self) -> str:
        texts = [line.text if isinstance(line, Event) else line for line in self.lines]
        whole = "\n".join([HEADER, *texts]) + "\n"
        return whole[: -len(texts[-1]) // 2 - 1] if self.is_torn else whole

    @property
    def events(self) -> list[Event]:
        """The good lines."""
        whole = self.lines[:-1] if self.is_torn else self.lines
        return [line for line in whole if isinstance(line, Event)]


@dataclass
class MovingFiles:
    """A data folder, and what a warehouse that reads it should know after each run.

    Attributes
    ----------
    here : files in the folder now, by name
    loaded : files whose events count since the last run, in the order in which they were loaded
    to_forget : files that the next run is to forget
    """

    folder: Path
    here: dict[str, Content] = field(default_factory=dict)
    loaded: dict[str, Content] = field(default_factory=dict)
    to_forget: list[str] = field(default_factory=list)
    moves: Counter[str] = field(default_factory=Counter)
    _write_count: int = 0

    def happen(self, move: Move) -> None:
        """Let one thing happen; with nothing there to change, a file is added."""
        known = sorted({*self.here, *self.loaded} - set(self.to_forget))
        name = known[move.pick % len(known)] if known else None
        what = "add" if name is None else move.what
        if name is not None and what in ("disappear", "forget"):
            self._leave(name, is_forgotten=what == "forget")
        else:
            self._arrive(what, name, move)
        self.moves[what] += 1

    def _leave(self, name: str, *, is_forgotten: bool) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self.here.pop(name, None)
        if is_forgotten and name in self.loaded:
            self.to_forget.append(name)

    def _arrive(self, what: str, name: str | None, move: Move) -> None:
        new = tuple(move.lines)
        if what in ("add", "late") or name is None:
            months = MONTHS if what == "add" else (LATE_MONTH,)
            self._write(self._new_name(move), Content(tuple(_moved_to(new, months))))
            return
        former = self.here.get(name) or self.loaded[name]
        part = former.lines[: max(1, int(move.share * len(former.lines)))]
        contents = {
            "replace": (name, Content(new)),
            "grow": (name, Content(former.lines + new)),
            "resend": (self._new_name(move), former),
            "overlap": (self._new_name(move), Content(part + new)),
            "correct": (self._new_name(move), Content(tuple(_corrected(part, move)) + new)),
            "tear": (name, Content(former.lines, is_torn=True)),
        }
        self._write(*contents[what])

    def after_run(self) -> None:
        """Remember that everything in the folder is loaded now, and what was to go is gone."""
        for name in self.to_forget:
            self.loaded.pop(name, None)
        self.to_forget.clear()
        for name in sorted(self.here):
            if self.loaded.get(name) != self.here[name]:
                # A file that is loaded again is the last one.
                self.loaded.pop(name, None)
                self.loaded[name] = self.here[name]

    def write_what_counts(self, folder: Path) -> None:
        """Write the files that a build from scratch needs to know the same."""
        for name, content in self.loaded.items():
            (folder / name).write_text(content.text)
            os.utime(folder / name, (_FIRST_CHANGE, _FIRST_CHANGE))

    def _new_name(self, move: Move) -> str:
        # In no order, so that a file that comes later may sort before the earlier ones.
        return f"{chr(97 + move.pick * 7 % 26)}{len(self.here) + self._write_count}.csv"

    def _write(self, name: str, content: Content) -> None:
        path = self.folder / name
        path.write_text(content.text)
        self._write_count += 1
        os.utime(path, (_FIRST_CHANGE + self._write_count,) * 2)
        self.here[name] = content


def kept_by_file(files: Iterable[tuple[str, Content]]) -> dict[str, int]:
    """Count the events that each file keeps, given in the order in which they were loaded.

    The documented rule: of the lines with one key the cheapest, then the lowest category and brand
    with nulls last, then the one loaded first.
    """
    kept: dict[tuple, tuple] = {}
    counts: Counter[str] = Counter()
    for name, content in files:
        counts[name] = 0
        for event in content.events:
            rank = (float(event.price), *((not text, text) for text in event[6:]), name)
            if event[:5] not in kept or rank[:-1] < kept[event[:5]][:-1]:
                kept[event[:5]] = rank
    counts.update(rank[-1] for rank in kept.values())
    return dict(counts)


def _moved_to(lines: tuple[Event | str, ...], months: tuple[str, ...]) -> Iterable[Event | str]:
    for line in lines:
        if isinstance(line, Event) and line.time[:7] not in months:
            yield line._replace(time=months[0] + line.time[7:])
        else:
            yield line


def _corrected(lines: tuple[Event | str, ...], move: Move) -> Iterable[Event | str]:
    """Give the same events another price, category or brand."""
    for number, line in enumerate(lines):
        if isinstance(line, Event):
            price = ("2.50", "40.00", line.price)[(number + move.pick) % 3]
            brand = ("", "aaa", line.brand)[(number + move.pick // 3) % 3]
            category = ("499", line.category)[(number + move.pick // 2) % 2]
            yield line._replace(price=price, brand=brand, category=category)
        else:
            yield line


_times = st.builds(
    "{}-{} {}:{}:00".format,
    st.sampled_from(MONTHS),
    st.sampled_from(("01", "15", "29")),
    st.sampled_from(("09", "23")),
    st.sampled_from(("00", "01", "30")),
)
_events = st.builds(
    Event,
    user=st.integers(1, 6),
    time=_times,
    kind=st.sampled_from(("view", "view", "view", "cart", "remove_from_cart", "purchase")),
    product=st.integers(1, 4),
    session=st.sampled_from(("s1", "s2", "")),
    price=st.sampled_from(("10.00", "9.99", "12.5", "100.00")),
    category=st.sampled_from(("500", "501", "")),
    code=st.sampled_from(("", "a.b")),
    brand=st.sampled_from(("acme", "zeta", "")),
)
_lines = st.lists(
    st.one_of(_events, _events, _events, st.sampled_from(_REFUSED)), min_size=4, max_size=15
)


_materials = st.tuples(st.integers(0, 11), st.floats(0.2, 1.0), _lines)


@st.composite
def histories(draw: st.DrawFn) -> list[list[Move]]:
    """Draw what happens before each of three runs: files come, then four different things."""
    first_count = draw(st.integers(1, 2))
    materials = [draw(_materials) for _ in range(first_count + 4)]
    # By all that is drawn, because single draws would repeat a few kinds and miss others.
    later = random.Random(repr(materials)).sample(KINDS, 4)
    moves = list(map(Move, ["add"] * first_count + later, *zip(*materials, strict=True)))
    return [moves[:first_count], moves[first_count:-2], moves[-2:]]
