# One line each; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# The tests of a file share what they build.
IN_TWO_PROCESSES := --numprocesses 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: audit help setup setup-serve setup-spark run demo test test-fast test-long test-spark test-spark-long lint format docs queries bench bench-full lock clean screenshots

help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

$(VENV)/.ready: requirements.lock
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements.lock
	touch $@

setup: $(VENV)/.ready ## Make .venv from the lock file.

$(VENV)/.ready-%: requirements-%.lock $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement $<
	touch $@

setup-serve: $(VENV)/.ready-serve ## Add what `serve` needs.

setup-spark: $(VENV)/.ready-spark ## Add what `--engine spark` needs (300 MB, and Java 17 or later).

run: setup ## Files in datasets/ to segments and report; without a file, the demo.
	$(BIN)/python run_pipeline.py run

demo: setup ## Everything on a synthetic store, in its own warehouse.
	$(BIN)/python run_pipeline.py demo

test: setup ## The tests but the longest, in about six minutes on two cores.
	$(BIN)/python -m pytest -m "not long and not spark" $(IN_TWO_PROCESSES)

test-fast: setup ## The tests that start no command and no browser, in a minute.
	$(BIN)/python -m pytest -m "not slow and not long and not spark" $(IN_TWO_PROCESSES)

test-long: setup ## The longest: many kills, long histories, random files by the thousand.
	$(BIN)/python -m pytest -m "long and not spark" $(IN_TWO_PROCESSES)

test-spark: setup-spark ## The same models on Spark, equal results: a cluster, a session on a server.
	$(BIN)/python -m pytest tests/spark -m "spark and not long"

test-spark-long: setup-spark ## The longest of Spark: kills, files that go, its data and unit tests.
	$(BIN)/python -m pytest tests/spark -m "spark and long"

lint: setup-serve ## Formatters, linters and type checker, as in CI.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 dbt_project
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 0 --config .sqlfluff-macros dbt_project
	@! grep --recursive --line-number --extended-regexp '^.{81}' --include='*.sql' dbt_project
	$(BIN)/mypy

format: setup ## Format the Python code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## The documentation of every relation, as one HTML file.
	$(BIN)/dbt docs generate --static

queries: setup ## Write the answers that README and cookbook show again, from a new demo.
	$(BIN)/python run_pipeline.py demo --quiet
	$(BIN)/python -m tests.shown_queries warehouse/demo_marts.duckdb

screenshots: setup ## The pictures of the README, from the report of the demo (needs Chromium).
	$(BIN)/python -m benchmarks.screenshots reports/demo/report.html docs/images

bench: setup ## The small benchmarks.
	$(BIN)/python -m benchmarks.run starting
	$(BIN)/python -m benchmarks.run small
	$(BIN)/python -m benchmarks.run month

bench-full: setup ## The large benchmarks: three hours, 40 GB of disk.
	$(BIN)/python -m benchmarks.run scale
	$(BIN)/python -m benchmarks.run month --millions 100
	$(BIN)/python -m benchmarks.run memory
	$(BIN)/python -m benchmarks.run memory --millions 100 --limit 2.9GB
	$(BIN)/python -m benchmarks.run checks
	$(BIN)/python -m benchmarks.run scoring
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement benchmarks/requirements.txt
	$(BIN)/python -m benchmarks.segmentation
	$(BIN)/python -m benchmarks.persistence

# The tools stay until their lock changes: without a network the rest is looked at all the same.
.venv-audit/made: requirements-audit.lock
	$(PYTHON) -m venv --clear .venv-audit
	.venv-audit/bin/python -m pip install --quiet --no-compile --require-hashes --requirement requirements-audit.lock
	touch $@

audit: setup .venv-audit/made ## Known vulnerabilities and licences of all that is locked, and its bill of materials.
	$(BIN)/python deploy/audit.py .venv-audit/bin $(BIN)/python target/sbom.json

lock: ## Resolve each requirements*.in into its .lock, with hashes.
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	for part in requirements requirements-serve requirements-spark requirements-audit; do \
	  .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-strip-extras $$part.in --output-file $$part.lock || exit 1; \
	done
	rm -rf .venv-lock

clean: ## Remove what can be made again, but no data and no warehouse.
	rm -rf $(VENV) .venv-audit target logs .pytest_cache .ruff_cache .mypy_cache .hypothesis
