import gzip
import json
import re
import stat
from xml.etree import ElementTree

import pytest

from pipeline.reporting.exploration import ExploredFile, write_exploration
from pipeline.runtime.errors import InputError, PipelineError

from .stores import file_of, row, store

KINDS = ("view", "view", "cart", "purchase", "remove_from_cart")


def busy_rows():
    """Sixty days, thirty users, a gap, a refused price, a repeated row."""
    rows = []
    for day in range(60):
        for place in range(4 if day == 40 else 50):
            month, date = 10 + day // 30, 1 + day % 30
            rows.append(
                row(
                    f"2019-{month}-{date:02} {(day + place) % 24:02}:00:00 UTC",
                    KINDS[(day + place) % 5],
                    user=str(500_000_000 + (day * 7 + place) % 30),
                    product=str(1000 + place),
                    price=f"{(place + 1) * 3.5:.2f}",
                    brand="" if place % 5 == 0 else f"brand{place % 3}",
                )
            )
    rows[5][6] = "-1.00"
    return [*rows, rows[0]]


@pytest.fixture(scope="module")
def busy():
    rows = busy_rows()
    return store(rows), [file_of(len(rows))]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_files_are_whole_and_private(busy, tmp_path):
    folder = tmp_path / "reports" / "exploration"
    written = write_exploration(*busy, folder)
    assert written.markdown == folder / "exploration.md"
    assert {path.name for path in folder.iterdir()} == {
        "exploration.html",
        "exploration.md",
        "exploration.json",
        "figures",
    }
    assert {path.stem for path in written.figures} == {
        "calendar",
        "events_by_month",
        "events_by_hour",
        "funnel",
        "prices_by_type",
        "missing_values",
        "refusals",
    }
    for path in (written.html, written.markdown, written.data, *written.figures):
        assert mode(path) == 0o600
    for path in (folder.parent, folder, folder / "figures"):
        assert mode(path) == 0o700


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_picture_that_is_shown_exists(busy, tmp_path, language):
    written = write_exploration(*busy, tmp_path, language=language)
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", written.markdown.read_text())
    assert {tmp_path / path for path in shown} == set(written.figures)
    for figure in written.figures:
        ElementTree.parse(figure)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_tables_are_whole(busy, tmp_path, language):
    text = write_exploration(*busy, tmp_path, language=language).markdown.read_text()
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1
    assert "\n\n\n" not in text


def test_the_same_rows_give_the_same_bytes(busy, tmp_path):
    connection, files = busy
    first = write_exploration(connection, files, tmp_path / "a")
    connection.execute("set threads = 1")
    other_order = store(sorted(busy_rows(), reverse=True))
    for again in (
        write_exploration(connection, files, tmp_path / "b"),
        write_exploration(other_order, files, tmp_path / "c"),
    ):
        assert again.markdown.read_bytes() == first.markdown.read_bytes()
        assert again.html.read_bytes() == first.html.read_bytes()
        assert again.data.read_bytes() == first.data.read_bytes()
        for one, other in zip(first.figures, again.figures, strict=True):
            assert one.read_bytes() == other.read_bytes()


def test_no_id_is_written(busy, tmp_path):
    for language in ("en", "fr"):
        written = write_exploration(*busy, tmp_path, language=language)
        for path in (written.html, written.markdown, written.data):
            assert not re.search(r"5000000\d\d", path.read_text())


def test_french_says_it_all_in_french(busy, tmp_path):
    written = write_exploration(*busy, tmp_path, language="fr", is_synthetic=True)
    assert written.markdown.name == "exploration.fr.md"
    text = written.markdown.read_text()
    assert "# Ce que contiennent les fichiers bruts" in text
    assert "Données synthétiques" in text
    assert "octobre 2019" in text
    assert "retrait du panier" in text
    assert "2\u202f955 lignes" in text
    assert "#### Trous" in text
    for english in ("the ", "Missing", "Share", "purchase |"):
        assert english not in text


def test_english_tells_what_matters(busy, tmp_path):
    text = write_exploration(*busy, tmp_path).markdown.read_text()
    assert "2,955 rows in 1 file" in text
    assert "it would refuse 1 (0.03%) and drop 1 as repeated (0.03%)" in text
    assert "| 2019-11-11 | 2019-11-11 | 4 | 50 |" not in text  # under 100 events: chance
    assert "Synthetic" not in text


def test_figures_of_an_earlier_run_go_when_they_do_not_apply(busy, tmp_path):
    write_exploration(*busy, tmp_path)
    written = write_exploration(store([]), [file_of(0)], tmp_path)
    assert written.figures == ()
    assert list((tmp_path / "figures").iterdir()) == []


def test_a_failed_run_leaves_the_earlier_report(busy, tmp_path):
    earlier = write_exploration(*busy, tmp_path).markdown.read_bytes()
    broken = store([])
    broken.execute("drop view staging.stg_events")
    with pytest.raises(PipelineError):
        write_exploration(broken, [file_of(0)], tmp_path)
    assert (tmp_path / "exploration.md").read_bytes() == earlier


def test_an_unknown_language_touches_nothing(tmp_path):
    with pytest.raises(InputError):
        write_exploration(store([]), [], tmp_path / "new", language="de")
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "reports").write_text("")
    with pytest.raises(PipelineError, match="cannot be written"):
        write_exploration(store([]), [], tmp_path / "reports")


ONE = row("2019-10-01 08:00:00 UTC")
DEGENERATE = {
    "no rows": ([], "hold no rows"),
    "one row": ([ONE], "Users: fewer than 10."),
    "blank lines alone": ([[], []], "Every row would be refused"),
    "all refused": ([row("never", user="x")] * 30, "Every row would be refused"),
    "all prices null": (
        [row("2019-10-01 08:00:00 UTC", user=str(user), price="") for user in range(12)],
        "No price can be read.",
    ),
    "all prices zero": (
        [row("2019-10-01 08:00:00 UTC", user=str(user), price="0") for user in range(12)],
        "Prices at or below zero: 12.",
    ),
    "a stray year": (
        [row(f"2019-10-{1 + i % 28:02} 08:00:00 UTC", product=str(i)) for i in range(100)]
        + [row("0001-01-01 00:00:00 UTC"), row("9999-12-31 23:59:59 UTC")],
        "January 1 |",
    ),
    "two years": ([row("0001-01-01 00:00:00 UTC"), row("9999-12-31 23:59:59 UTC")], "2 days"),
    "two days": ([ONE, row("2019-10-02 08:00:00 UTC")], "2 days with events"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
# Of all years that there are, each month is drawn.
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.slow if case == "two years" else ())
        for case in DEGENERATE
    ],
)
def test_degenerate_stores_are_described(case, language, tmp_path):
    rows, expected = DEGENERATE[case]
    written = write_exploration(store(rows), [file_of(len(rows))], tmp_path, language=language)
    json.loads(written.data.read_text())
    if language == "en":
        assert expected in written.markdown.read_text()


def test_no_files_at_all(tmp_path):
    text = write_exploration(store([]), [], tmp_path).markdown.read_text()
    assert "hold no rows" in text


def test_raw_text_cannot_break_the_page(tmp_path):
    odd = "a|b`<script>*x*\n# title"
    rows = [
        row("2019-10-01 08:00:00 UTC", user=str(user), product=str(user), brand=odd)
        for user in range(12)
    ]
    rows.append(row("2019-10-01 08:00:00 UTC", odd))
    file = ExploredFile("odd|name`.csv", 10, 13, ("a|b",))
    text = write_exploration(store(rows, source_file=file.source_file), [file], tmp_path)
    lines = text.markdown.read_text().splitlines()
    assert r"| a\|b\`\<script\>\*x\* \# title | 12 | 92.3% |" in lines
    assert not any(line.startswith("# title") for line in lines)
    page = text.html.read_text()
    assert "a|b`&lt;script&gt;*x*\n# title" in page
    assert page.count("<script>") == 1


def test_a_file_that_was_read_in_part_is_named(tmp_path):
    written = write_exploration(store([ONE]), [file_of(3)], tmp_path)
    assert "The two differ for a.csv" in written.markdown.read_text()


def test_real_rows(real_rows, tmp_path):
    content = (real_rows / "2019-10-01_first_rows.csv.gz").read_bytes()
    lines = gzip.decompress(content).decode().splitlines()[1:]
    fields = [line.split(",") for line in lines]
    written = write_exploration(store(fields), [file_of(17_435)], tmp_path)
    data = json.loads(written.data.read_text())
    assert data["row_count"] == 17_435
    assert data["timing"]["by_type"]["view"] == 17_056
    assert data["timing"]["by_type"]["cart"] == 165
    assert data["timing"]["by_type"]["purchase"] == 214
    assert data["duplicates"]["whole_row_count"] == 5
    assert data["prices"]["not_positive_count"] == 19
    assert 4_504 <= data["user_count"] <= 4_506
    text = written.markdown.read_text() + written.data.read_text()
    ids = {one[7] for one in fields if len(one) > 7} | {one[8] for one in fields if len(one) > 8}
    assert not ids & set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_hides_an_id_is_shown_as_it_is(language, tmp_path):
    """Markdown would take the stars for a mark."""
    rows = [row("never", user="541312140")] * 3
    written = write_exploration(store(rows), [file_of(3)], tmp_path, language=language)
    assert "***." in written.html.read_text()
    assert r"\*\*\*." in written.markdown.read_text()
