"""What can go wrong, as one plain sentence and an exit code.

A message says what is wrong, where (file and line where there is one) and what to do.
"""


class PipelineError(Exception):
    """A run that ends with one sentence instead of a traceback; exit code 1."""

    exit_code = 1


class InputError(PipelineError):
    """The command or its input is wrong and nothing was touched; exit code 2."""

    exit_code = 2


class AfterRunError(PipelineError):
    """The run is done and published, but a step after it failed; exit code 4."""

    exit_code = 4


class QualityError(PipelineError):
    """Everything was computed, but an error-level data test failed; exit code 3."""

    exit_code = 3
