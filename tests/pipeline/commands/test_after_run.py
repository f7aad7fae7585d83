"""Steps after a run: only of this program, only after a publication, their failure told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.after_run import do_after_run
from pipeline.runtime.errors import AfterRunError, InputError
from pipeline.runtime.progress import reporter
from pipeline.runtime.project_settings import PROJECT_FILE, preset_variables, project_settings
from tests.conftest import Store


def _project(folder: Path, value: str) -> Path:
    text = PROJECT_FILE.read_text()
    assert text.count("\n  after_run: []\n") == 1
    path = folder / "dbt_project.yml"
    path.write_text(text.replace("\n  after_run: []\n", f"\n  after_run: {value}\n"))
    return path


def test_steps_are_commands_with_their_arguments(tmp_path: Path) -> None:
    value = """["export --segment 'Loyal regulars' --force", "campaign result spring"]"""
    assert project_settings(_project(tmp_path, value)).after_run == (
        ("export", "--segment", "Loyal regulars", "--force"),
        ("campaign", "result", "spring"),
    )
    assert project_settings().after_run == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("export", "not a list of commands"),
        ("[3]", "not a list of commands"),
        ('[""]', "not a list of commands"),
        ("""["export 'half"]""", "not a list of commands"),
        ('["rm -rf /"]', "has rm, and only export and campaign"),
        ('["run --retrain"]', "has run, and only export and campaign"),
    ],
)
def test_nothing_else_can_be_a_step(tmp_path: Path, value: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        project_settings(_project(tmp_path, value))


def test_a_preset_starts_nothing(tmp_path: Path) -> None:
    preset = tmp_path / "shop.yml"
    preset.write_text('after_run: ["export --force"]\n')
    with pytest.raises(InputError, match=r"only dbt_project\.yml may"):
        preset_variables(str(preset))


@pytest.mark.slow
def test_all_steps_are_taken_and_what_fails_is_told(demo_store: Store, tmp_path: Path) -> None:
    lists = [tmp_path / f"{number}.csv" for number in range(2)]
    steps = [
        ("export", "--segment", "0", "--output", str(lists[0])),
        ("export", "--segment", "VIP", "--output", str(tmp_path / "vip.csv")),
        ("export", "--output", str(lists[1])),
    ]
    said = "`export --segment VIP .*` ended with 2: There is no segment VIP"
    with pytest.raises(AfterRunError, match=said) as caught:
        do_after_run(steps, demo_store.warehouse, reporter(quiet=True))
    assert caught.value.exit_code == 4
    assert [path.exists() for path in lists] == [True, True]
