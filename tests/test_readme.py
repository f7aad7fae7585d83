"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, run_pipeline
from tests.shown_queries import PAGES, answer, shown_queries

README = (ROOT / "README.md").read_text()
COOKBOOK = ROOT / "docs" / "queries.md"
CLIENTS = ROOT / "docs" / "clients"
QUERIES = {page.name: shown_queries(page) for page in PAGES}
COMMANDS = re.findall(r"^python run_pipeline\.py (\w+(?: \w+)?)", README, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the README: that of `demo` without options."""
    folder = tmp_path_factory.mktemp("readme")
    warehouse = folder / "demo.duckdb"
    finished = run_pipeline(
        "demo", "--warehouse", warehouse, "--reports", folder / "reports", is_cold=True
    )
    assert finished.code == 0, finished.errors
    assert (folder / "reports" / "demo" / "report.html").is_file()
    return warehouse


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "output"), [shown for queries in QUERIES.values() for shown in queries]
)
def test_queries_give_the_output_that_is_shown(demo: Path, query: str, output: str) -> None:
    with duckdb.connect(str(demo.with_name("demo_marts.duckdb")), read_only=True) as connection:
        assert answer(connection, query) == output


@pytest.mark.long
def test_the_customer_of_the_privacy_page_has_a_segment(demo: Path) -> None:
    page = (ROOT / "docs" / "privacy.md").read_text()
    (user,) = set(re.findall(r"^python .* (5\d{8}) ", page, flags=re.MULTILINE))
    with duckdb.connect(str(demo.with_name("demo_marts.duckdb")), read_only=True) as connection:
        found = f"select segment_id is null from marts.user_segments where user_id = {user}"
        assert connection.execute(found).fetchall() == [(False,)]


@pytest.mark.long
def test_the_lines_for_python_run(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (CLIENTS / "python.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        assert "warehouse/amazing_marts.duckdb" in block or "marts" in names
        published = str(demo.with_name("demo_marts.duckdb"))
        exec(block.replace("warehouse/amazing_marts.duckdb", published), names)
    said = capsys.readouterr().out
    assert "segment_name" in said
    with duckdb.connect(str(demo.with_name("demo_marts.duckdb")), read_only=True) as connection:
        users = "select count(*), count(*) filter (lifecycle_state = 'active')"
        everybody, active = connection.sql(f"{users} from marts.user_segments").fetchall()[0]
    assert said.endswith(f"\n{active}\n({everybody},)\n")
    for name in ("marts", "both"):
        names[name].close()


def test_the_cookbook_answers_fifteen_questions() -> None:
    questions = re.findall(r"^### (\d+)\. .+\?$", COOKBOOK.read_text(), flags=re.MULTILINE)
    assert questions == [str(number) for number in range(1, 16)]
    assert len(QUERIES["queries.md"]) == 15
    assert all(output for queries in QUERIES.values() for _, output in queries)


def test_every_client_page_says_what_was_tried() -> None:
    pages = sorted(CLIENTS.glob("*.md"))
    assert [page.stem for page in pages] == [
        "dbeaver", "duckdb", "excel_powerbi_odbc", "python", "r"
    ]  # fmt: skip
    for page in pages:
        assert re.search(r"\*\*(Tried|Not tried here):\*\*", page.read_text()), page.name


# `demo` has run; a campaign is drawn and measured in `test_activation.py`.
@pytest.mark.long
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"demo", "serve", "campaign"}))
def test_commands_run(demo: Path, tmp_path: Path, command: str) -> None:
    folders = ("--datasets", demo.with_suffix("") / "datasets", "--reports", tmp_path)
    places = {"export": ("--output", tmp_path / "customers.csv")}.get(command, folders)
    finished = run_pipeline(
        *command.split(),
        "--warehouse", demo,
        *places,
        is_cold=True,
    )  # fmt: skip
    assert finished.code == 0, finished.errors


def test_the_readme_shows_three_queries_and_every_command() -> None:
    assert len(QUERIES["README.md"]) == 3
    listed = run_pipeline("--help", is_cold=True).output
    shown = {command.split()[0] for command in COMMANDS}
    assert shown == set(re.findall(r"^  (\w+)  ", listed, flags=re.MULTILINE))


def test_options_that_are_named_exist() -> None:
    listed = run_pipeline("run", "--help", is_cold=True).output
    assert set(re.findall(r"`(--[a-z-]+)", README)) - {"--static"} <= set(
        re.findall(r"--[a-z-]+", listed)
    )


def test_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", README, flags=re.MULTILINE)) <= targets


def test_the_gate_runs_all_tests_and_the_linters() -> None:
    text = (ROOT / ".ci" / "run").read_text()
    gate = re.findall(r"^make ([a-z-]+)", text, flags=re.MULTILINE)
    assert gate == ["test-spark", "setup-serve", "test", "lint", "test-long"]
    # Whatever is begun beside the others is waited for, and its failure is one.
    assert len(re.findall(r" &$", text, flags=re.MULTILINE)) == 2
    assert re.findall(r'^wait "\$(\w+)" \|\| \{ .* exit 1; \}$', text, flags=re.MULTILINE) == [
        "lint", "spark"
    ]  # fmt: skip
    recipes = dict(
        re.findall(
            r"^([a-z-]+):[^\n]*\n\t\S+ -m pytest(?: tests/spark)? -m (\"[^\"]+\"|\w+)",
            (ROOT / "Makefile").read_text(),
            flags=re.MULTILINE,
        )
    )
    assert recipes == {
        "test": '"not long and not spark"',
            "test-fast": '"not slow and not long and not spark"',
            "test-long": '"long and not spark"',
            "test-spark": '"spark and not long"',
            "test-spark-long": '"spark and long"',
    }  # fmt: skip
    assert recipes.keys() <= set(re.findall(r"make (test[a-z-]*)", README))


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`([\w/-]+/|[\w/-]+\.(?:md|yml|py|lock))`", README)
    assert len(named) > 5
    for name in named:
        if not name.startswith(("reports/", "warehouse/")):
            assert (ROOT / name).exists(), name
