# Two commands for a fresh machine with Python 3.11+, make and a package index: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# A test that pytest has rewritten is kept for the next time, whatever the shell says of other bytecode.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

.PHONY: run demo test test-fast test-long coverage lint types docs dev lock audit sbom bench help
.DEFAULT_GOAL := help

run: .venv/.ready  ## one run: of the demo organisation, or of your deliveries where there are any
	@$(BIN)/python -m pipelines.first_run

demo: .venv/.ready  ## the demo organisation's review, whatever lies in the inbox
	@$(BIN)/python -m pipelines.first_run --demo

test: .venv/.ready  ## lint, type check and every test but the long ones, which take under five minutes
	@$(MAKE) --no-print-directory -j 2 lint types
	$(PYTEST) -m "not long"

test-fast: .venv/.ready  ## the tests without nights, browsers and other programs: under a minute
	$(PYTEST) -m "not slow and not long"

test-long: .venv/.ready  ## the long tests, and every property on more examples, which CI runs after the rest
	$(PYTEST) -m "long or hypothesis" --hypothesis-profile=long

coverage: .venv/.ready  ## every test, with the branches that none of them took; below the floor it fails
	$(PYTEST) --cov --cov-report=term:skip-covered --cov-report=html

lint: .venv/.ready  ## style, imports between wings, dependencies, SQL, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo > .import-linter.log || (cat .import-linter.log; exit 1)
	$(BIN)/deptry --no-ansi .
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar sql
	$(BIN)/codespell assets expectations pipelines sql docs README.md CONTRIBUTING.md CHANGELOG.md SECURITY.md

types: .venv/.ready  ## the type check, over every wing
	$(BIN)/mypy

docs: .venv/.ready  ## the documentation as a site in build/docs
	$(BIN)/mkdocs build --strict --quiet

dev: .venv/.ready  ## the Dagster UI on http://127.0.0.1:3000, with the schedule and the sensors
	@$(BIN)/lagesbild dev

lock: .venv/.ready  ## requirements.lock anew from pyproject.toml, as new as its bounds allow
	$(BIN)/uv pip compile --quiet --no-header --all-extras --no-strip-extras --python-version 3.11 --no-emit-index-url --generate-hashes pyproject.toml -o requirements.lock

audit: .venv/.ready  ## known vulnerabilities of what the lock names; says so where the service isn't reached
	@.ci/audit

sbom: .venv/.ready  ## what the lock names, as CycloneDX in build/sbom.json
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o build/sbom.json requirements.lock

SIZES ?= row district
bench: .venv/.ready  ## what a night costs, against the floor; SIZES="row district districts city sweden" as far as there is time
	$(BIN)/python -m tests.benchmarks.scale $(SIZES)

help:  ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Lägesbild needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv from requirements.lock (once)…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
