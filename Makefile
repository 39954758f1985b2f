# make demo · quick · test · check · docs · catalogue · twins · oracles · staff-proof · staffing-bench · release · bench · scale · coverage · recovery · clean   (make alone lists them)

.DEFAULT_GOAL := help
.PHONY: help demo quick test check docs catalogue twins oracles staff-proof staffing-bench release bench scale coverage recovery clean

# The first of these that is Python 3.11 or newer; or say `make demo PYTHON=/path/to/python`.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

demo: .venv/installed ## which staffing of the 10010 weekday keeps the promise, at which volume
	@echo "Agents x calls of the 10010 weekday, same callers everywhere; results and report in out/demo ..."
	@$(BIN)/callcenter sweep scenarios/sweeps/demo.yaml --out out/demo

quick: .venv/installed-dev ## the tests that are not slow, no browser: a minute
	@$(BIN)/python -m pytest -n 2 -q -m "not slow"

test: .venv/installed-dev ## all tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal --durations 25

check: .venv/installed-dev ## style, types, layers
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: .venv/installed-dev ## the documentation as a web site in out/docs
	@$(BIN)/sphinx-build -q -W --keep-going -b html -d out/docs-cache docs out/docs
	@echo "Documentation: out/docs/index.html"

catalogue: .venv/installed-dev ## Chinese texts: add what is new, list what is to be translated
	@$(BIN)/python -m tools.catalogue

twins: .venv/installed-dev ## both engines on 2,000 random hotlines, every log equal
	@TWINS=2000 $(BIN)/python -m pytest -n 2 tests/engine/test_twins.py

oracles: .venv/installed-bench ## exact values once more, eight times as long (some minutes)
	@$(BIN)/python -m pytest -n 2 tests/oracles -m long

staff-proof: .venv/installed-dev ## fewest agents of many kinds, on 1,000 other days and without each agent (some minutes)
	@STAFF_PROOF=1 $(BIN)/python -m pytest -n 0 -s tests/study/staffing -k "whole_weekday or other_days"

staffing-bench: .venv/installed-dev ## the staffing puzzles checked, proven and scored on 1,000 fresh days (some minutes)
	@$(BIN)/python -m benchmarks.staffing check
	@$(BIN)/python -m benchmarks.staffing prove
	@$(BIN)/python -m benchmarks.staffing score

release: .venv/installed-dev ## wheel and source archive into dist, tried in an environment of their own (some minutes)
	@rm -rf dist && $(BIN)/python -m hatchling build -d dist
	@RELEASE=1 $(BIN)/python -m pytest -q tests/test_wheel.py

bench: .venv/installed-bench ## speed and scale beside other simulators (some minutes)
	@$(BIN)/python -m benchmarks --require 2

scale: .venv/installed-dev ## what a million cells need: docs/scale.md (a minute)
	@$(BIN)/python -m benchmarks.scale

coverage: .venv/installed-dev ## how often 95 % intervals hold the truth: docs/reference/measures.md (some minutes)
	@$(BIN)/python -m benchmarks.coverage

recovery: .venv/installed-dev ## 200 logs of each kind fitted, 100 validations: tables of docs/guides (half an hour)
	@$(BIN)/python -m benchmarks.recovery

clean: ## remove what make made
	rm -rf .venv out

.venv/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say make demo PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

.venv/installed: .venv/pip pyproject.toml constraints.txt
	@echo "Installing the tested set of packages into .venv (once) ..."
	@$(PIP) --editable .
	@touch $@

.venv/installed-dev: .venv/pip pyproject.toml constraints.txt
	@echo "Installing the tested set of packages and tools into .venv (once) ..."
	@$(PIP) --editable ".[dev]"
	@touch $@ .venv/installed

.venv/installed-bench: .venv/pip pyproject.toml constraints.txt
	@echo "Installing the tested set of packages, tools and other simulators into .venv (once) ..."
	@$(PIP) --editable ".[dev,bench]"
	@touch $@ .venv/installed .venv/installed-dev
