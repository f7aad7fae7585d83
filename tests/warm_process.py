"""Commands in processes that are forked from one that has imported everything.

A run on a small store spends more than half of its time on importing libraries and on reading the
dbt project. Here one process imports them, for all tests of a worker. Each command is a process of
its own, forked from that one, with its own session: it can be interrupted and killed.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

# Windows cannot fork.
IS_POSSIBLE = "forkserver" in multiprocessing.get_all_start_methods()
# The environment variable that names the folder of what dbt has read and of what commands write.
PROJECTS = "AMAZING_TESTS_PROJECTS"
# The one that says that warehouses will be built, and the one for how many models at a time.
BUILDS = "AMAZING_TESTS_BUILDS"
DBT_THREADS = "AMAZING_TESTS_DBT_THREADS"


def live_as_pipeline(arguments: list[str]) -> None:
    """Do what `python run_pipeline.py` does."""
    from pipeline.cli import main

    main(arguments)


def live_as_dbt(arguments: list[str]) -> None:
    """Do what `dbt` does."""
    from dbt.cli.main import dbtRunner

    outcome = dbtRunner().invoke(arguments)
    if outcome.exception:
        print(outcome.exception, file=sys.stderr)
    sys.exit(0 if outcome.success else 2 if outcome.exception else 1)


class WarmProcess:
    """A command under way; what tests need of `subprocess.Popen`.

    `command` gets the arguments, and is called where `sys.argv` and the standard streams are those
    of the new process. Its name has to be importable.
    """

    def __init__(
        self, command: Callable[[list[str]], None], arguments: Sequence[str], *, cwd: Path
    ) -> None:
        _expect_killed_processes()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.warm_imports"])
        self._streams = tempfile.mkdtemp(dir=os.environ[PROJECTS])
        self._process = context.Process(
            target=_live,
            args=(
                command,
                list(arguments),
                str(cwd),
                dict(os.environ),
                self._streams,
                signal.getsignal(signal.SIGHUP),
            ),
        )
        self._process.start()
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, negative for a signal, None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0.0)
        return self._process.exitcode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for the end and return what it wrote to its output and to its errors."""
        self.wait(timeout)
        output, errors = (Path(self._streams, name).read_text() for name in ("1", "2"))
        return output, errors

    def send_signal(self, sent: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, sent)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def _live(
    command: Callable[[list[str]], None],
    arguments: list[str],
    cwd: str,
    environment: dict[str, str],
    streams: str,
    on_hangup: signal.Handlers,
) -> None:
    """Be the process: as if it had been started with these arguments and this environment."""
    os.setsid()
    # The server of forks ignores the one, and had the other from whoever first asked for a fork.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, on_hangup)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor in (1, 2):
        target = os.open(Path(streams, str(descriptor)), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(target, descriptor)
        os.close(target)
    sys.argv = [sys.argv[0], *arguments]
    try:
        command(arguments)
    finally:
        # A forked process leaves without them.
        atexit._run_exitfuncs()


def _expect_killed_processes() -> None:
    """Let nothing be said of the semaphores that killed processes leave."""
    option = "ignore:resource_tracker"
    if option not in sys.warnoptions:
        sys.warnoptions.append(option)
