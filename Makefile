# The only door to commands. `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev setup setup-dev check lint types contracts unit test chromium test-spark promises bench fix locales lock wheel clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export BAKEN_HOME ?= $(CURDIR)/.baken
export PIP_DISABLE_PIP_VERSION_CHECK := 1
T ?=
JOB ?=
JOBS := $(shell nproc 2>/dev/null || echo 2)

help: ## say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: setup ## set up and start the demo: both sites, the worker, a filled region
	@$(BIN)/baken run --demo

dev: setup-dev ## as run, and reload at every change
	@$(BIN)/baken run --demo --reload

setup: $(VENV)/ready ## install what running needs into .venv

setup-dev: $(VENV)/ready-dev ## install what developing needs as well

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { echo "Installeer eerst python3-venv: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/ready: requirements.lock pyproject.toml hatch_build.py | $(VENV)/bin/python
	@test -e $(VENV)/ready-dev -a $(VENV)/ready-dev -nt requirements.lock || { echo "Onderdelen installeren (ongeveer een halve minuut) …"; \
	  $(BIN)/pip install --quiet --require-hashes -r requirements.lock; }
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(MAKE) --no-print-directory locales
	@touch $@

$(VENV)/ready-dev: dev.lock pyproject.toml hatch_build.py | $(VENV)/bin/python
	@echo "Onderdelen en testgereedschap installeren (ongeveer een minuut) …"
	@$(BIN)/pip install --quiet --require-hashes -r dev.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/ready
	@$(MAKE) --no-print-directory locales

locales: ## compile the translations
	@$(BIN)/python hatch_build.py

check: lint types contracts unit ## lint, types, contracts and unit tests: under two minutes

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python tools/messages.py --check

types: setup-dev
	@BAKEN_SECRET_KEY=types $(BIN)/mypy

contracts: setup-dev
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -q tests/architecture

unit: setup-dev locales
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "not browser and not slow" tests

test: setup-dev locales chromium ## everything, browser tests included; T=path::name for one
	@bash tools/test.sh $(T)

chromium: setup-dev
	@bash tools/chromium.sh

export P SEED TRIALS
promises: setup-dev ## prove the promises, each with its planted defect
	@$(BIN)/python -m tests.promises

test-spark: setup-dev ## the same measures on Spark (installs Java and 450 MB)
	@bash tools/spark.sh

bench: setup-dev ## each main job beside its floor; JOB=name for one
	@$(BIN)/python -m bench $(JOB)

fix: setup-dev ## format, and repair what a machine can repair
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: setup-dev ## resolve the two lock files again: hashes, no addresses
	@UV_SYSTEM_CERTS=1 $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	@UV_SYSTEM_CERTS=1 $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o dev.lock

wheel: setup-dev ## build the wheel
	@$(BIN)/python -m hatchling build -t wheel

clean: ## remove the demo's data and what tests keep
	@rm -rf .baken .cache dist
