"""Tokens: where they come from, and where the service listens without one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipeline.runtime.errors import InputError
from pipeline.service.access import TOKEN_VARIABLE, service_token


@pytest.fixture(autouse=True)
def no_token_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)


def test_on_this_machine_a_token_is_made_once_for_its_owner(tmp_path: Path) -> None:
    default = tmp_path / "shop.token"
    token, source = service_token("127.0.0.1", None, default)
    assert len(token) > 30
    assert source == str(default)
    assert stat.S_IMODE(default.stat().st_mode) == 0o600
    assert service_token("localhost", None, default) == (token, source)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.com"])
def test_elsewhere_somebody_has_to_choose_one(
    tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    default = tmp_path / "shop.token"
    service_token("::1", None, default)
    with pytest.raises(InputError, match="a token that you choose"):
        service_token(host, None, default)
    monkeypatch.setenv(TOKEN_VARIABLE, "x" * 16)
    assert service_token(host, None, default) == ("x" * 16, TOKEN_VARIABLE)


def test_a_file_that_others_read_or_a_short_token_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("y" * 20 + "\n")
    path.chmod(0o644)
    with pytest.raises(InputError, match="Others can read the token"):
        service_token("0.0.0.0", path, tmp_path / "unused")
    path.chmod(0o600)
    assert service_token("0.0.0.0", path, tmp_path / "unused")[0] == "y" * 20
    path.write_text("short")
    with pytest.raises(InputError, match="at least 16") as caught:
        service_token("0.0.0.0", path, tmp_path / "unused")
    assert "short" not in str(caught.value)
    with pytest.raises(InputError, match="cannot be read"):
        service_token("0.0.0.0", tmp_path / "missing", tmp_path / "unused")
