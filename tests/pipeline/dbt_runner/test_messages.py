from __future__ import annotations

from pipeline.dbt_runner.messages import sentence


def test_our_own_refusal_comes_out_as_written() -> None:
    message = (
        "Compilation Error in model event_lines (dbt_project/models/core/events/event_lines.sql)\n"
        "  a.csv holds 5 lines but 4 were read: send the file again.\n  \n"
        "  > in macro check_every_line_arrived (x.sql)"
    )
    assert sentence("event_lines", message) == (
        "a.csv holds 5 lines but 4 were read: send the file again."
    )


def test_an_exception_of_the_model_loses_its_traceback() -> None:
    message = (
        "Runtime Error in model segment_model (x.py)\n  Python model failed:\n"
        '  Traceback (most recent call last):\n    File "x.py", line 1, in model\n'
        "  ml.model.errors.TooFewUsers: 2 users are too few.\n"
    )
    assert sentence("segment_model", message) == "2 users are too few."


def test_too_little_memory_says_what_to_raise() -> None:
    message = "Runtime Error in model sessions (x.sql)\n  Out of Memory Error: could not allocate"
    assert "--memory-limit" in sentence("sessions", message)


def test_a_parquet_file_that_the_database_cannot_read_is_named() -> None:
    message = (
        "Runtime Error in model event_lines (x.sql)\n  Invalid Input Error: Failed to read file"
        ' "/tmp/data/a b/2019.parquet": Snappy decompression failure'
    )
    assert sentence("event_lines", message) == (
        "2019.parquet cannot be read by the database: write it again with another program, or as"
        " CSV."
    )


def test_a_value_that_looks_like_an_id_is_hidden() -> None:
    message = (
        "Runtime Error in model events (x.sql)\n"
        "  Conversion Error: Could not convert string '541312140x' to INT64"
    )
    said = sentence("events", message)
    assert "541312140" not in said
    assert said.startswith("events failed: Conversion Error")


def test_an_exception_in_java_gives_its_first_cause() -> None:
    message = (
        "Runtime Error in model events (dbt_project/models/core/events/events.sql)\n"
        "  An error occurred while calling o49.sql.\n"
        "  : org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 failed\n"
        "  \tat org.apache.spark.scheduler.DAGScheduler.runJob(DAGScheduler.scala:1549)\n"
        "  Caused by: java.net.ConnectException: Connection refused\n"
        "  \tat java.base/java.lang.Thread.run(Thread.java:840)"
    )
    assert sentence("events", message) == (
        "events failed: Connection refused (run again with --debug for the details)."
    )
