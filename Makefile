# Two commands for a fresh machine with Python 3.11+, make and a package index: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test dev help
.DEFAULT_GOAL := help

run: .venv/.ready  ## one run: of the demo organisation, or of your deliveries where there are any
	@$(BIN)/python -m pipelines.first_run

test: .venv/.ready  ## lint, type check and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

dev: .venv/.ready  ## the Dagster UI on http://127.0.0.1:3000, with the schedule and the sensors
	@$(BIN)/lagesbild dev

help:  ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Lägesbild needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv from requirements.lock (once)…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
