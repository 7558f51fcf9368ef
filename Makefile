# Everything runs from .venv, which is made on first use and brought up to date whenever
# pyproject.toml changes. `make` alone says what there is.

PYTHON ?= python3
VENV ?= .venv
# How many processes run the tests.
JOBS ?= 2
# More words for pytest: make test ARGS="-k lifecycle"
ARGS ?=

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
# Two installations into one environment would trip over each other.
.NOTPARALLEL:

.PHONY: help
help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)


##### To try

.PHONY: demo
demo: $(VENV)/.package ## Show the incident of an example in the terminal
	@$(BIN)/incidentkit show examples/api-down.txt

.PHONY: test
test: $(VENV)/.tests ## Run all tests; every line and branch must be covered
	$(BIN)/python -m pytest -n $(JOBS) --cov $(ARGS)


##### To change something

.PHONY: types
types: $(VENV)/.tests $(VENV)/.typing $(VENV)/.bench ## Check the types, with mypy and pyright
	$(BIN)/mypy $(wildcard src tests typing_tests benchmarks)
	PATH="$(abspath $(BIN)):$$PATH" pyright
	PATH="$(abspath $(BIN)):$$PATH" pyright --verifytypes incidentkit --ignoreexternal

.PHONY: lint
lint: $(VENV)/.lint ## Check style, formatting and spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell

.PHONY: format
format: $(VENV)/.lint ## Repair style and formatting where that is safe
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: imports
imports: $(VENV)/.lint ## Check that imports climb one way
	$(BIN)/lint-imports

.PHONY: docs
docs: $(VENV)/.docs ## Build the documentation into docs/_build/html
	$(BIN)/sphinx-build -n -W --keep-going -b html docs docs/_build/html

.PHONY: bench
bench: $(VENV)/.bench ## Run the benchmarks
	@set -e; for script in $(filter-out benchmarks/_%,$(wildcard benchmarks/*.py)); do \
		echo "$$script"; $(BIN)/python "$$script"; \
	done

.PHONY: wheel
wheel: ## Build the wheel and try it where src/ is out of the way
	PYTHON=$(PYTHON) .ci/wheel

.PHONY: changelog
changelog: $(VENV)/.changelog ## Show the notes of the coming release
	$(BIN)/towncrier build --draft

.PHONY: check
check: test types lint imports docs wheel ## Do all of the checks

.PHONY: clean
clean: ## Remove the environment and whatever was built
	rm -rf $(VENV) dist docs/_build docs/_generated htmlcov .coverage .coverage.*
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache


##### The environment: each stamp says that something is installed

# The pip that comes with an interpreter may not know of dependency groups.
$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --upgrade pip
	@touch $@

$(VENV)/.package: $(VENV)/.made pyproject.toml
	$(INSTALL) --editable '.[cli]'
	@touch $@

$(VENV)/.%: $(VENV)/.package
	$(INSTALL) --group $*
	@touch $@
