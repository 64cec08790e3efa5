# One entry to everything. `make help` lists the commands; each one prepares what it needs by itself.
# Needed on the machine: make, and Python 3.11 or newer with venv. Nothing is installed outside this folder.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUN_STAMP := $(VENV)/.run-installed
DEV_STAMP := $(VENV)/.dev-installed
CLIENTS_STAMP := $(VENV)/.clients-installed
MESSAGES := $(shell find site -name '*.py' -o -name '*.html' -o -name '*.txt' -o -name '*.po' | grep -v '/zh_Hant/')
I18N_STAMP := $(VENV)/.translations-compiled
# What `make test` runs: `make test TESTS=tests/unit` or TESTS="tests/integration -k worker".
TESTS ?= tests

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: $(RUN_STAMP) $(I18N_STAMP) ## Make .venv with what the running site needs
# For a site whose user may not write here: without bytecode each of its processes would translate every module anew.
	@$(BIN)/python -m compileall -q config.py wsgi.py models search site

.PHONY: dev
dev: $(DEV_STAMP) $(I18N_STAMP) ## Make .venv with what tests and linters need as well

.PHONY: clients
clients: $(CLIENTS_STAMP) ## Add the programs of others that tests try the site with (wants npm, g++, pkg-config, libicu-dev)

.PHONY: run
run: setup ## Start the site and its worker on http://127.0.0.1:8000 (HOST, PORT, PROFILE)
	@exec $(FLASK) serve

.PHONY: test
test: dev ## Run all tests; what the machine lacks (PostgreSQL, Chromium) is skipped and said
	$(BIN)/python -m pytest -rsfE $(TESTS)

.PHONY: lint
lint: dev ## Check style, types, import contracts and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=site:. $(BIN)/lint-imports --no-cache
	$(BIN)/djlint site/templates --lint --quiet

.PHONY: format
format: dev ## Put the code into the agreed shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: setup ## Measure: NAME=one benchmark, SCALE=full for the full size
	@$(BIN)/python -m benchmarks $(NAME) --scale $(or $(SCALE),reduced)

.PHONY: i18n
i18n: dev ## Collect new messages for translators, and say what lacks English
	PYTHONPATH=site:. $(BIN)/python -m cli.translations collect
	PYTHONPATH=site:. $(BIN)/python -m cli.translations missing

.PHONY: lock
lock: dev ## Pin all packages anew, with hashes, into requirements/*.txt
	for name in run dev clients; do \
	  CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --strip-extras --allow-unsafe \
	    --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    requirements/$$name.in -o requirements/$$name.txt; \
	done

.PHONY: clean
clean: ## Remove .venv and caches; data under var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# An interpreter that no longer starts (moved folder, upgraded system) makes the environment anew.
.PHONY: interpreter
interpreter:
	@if ! $(BIN)/python -c '' 2>/dev/null; then \
	  command -v $(PYTHON) >/dev/null || { echo "Huhang needs Python 3.11 or newer, and there is no '$(PYTHON)'. On Debian or Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }; \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Huhang needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another one: make setup PYTHON=python3.12" >&2; exit 1; }; \
	  $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	    || { echo "'$(PYTHON)' comes without venv. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }; \
	  rm -rf $(VENV); $(PYTHON) -m venv $(VENV); \
	fi

$(RUN_STAMP): requirements/run.txt | interpreter
	$(PIP) install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(RUN_STAMP) | interpreter
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(CLIENTS_STAMP): requirements/clients.txt requirements/npm/package-lock.json $(DEV_STAMP)
	$(PIP) install --quiet --require-hashes -r requirements/clients.txt
	mkdir -p $(VENV)/npm
	cp requirements/npm/package.json requirements/npm/package-lock.json $(VENV)/npm/
	npm ci --prefix $(VENV)/npm --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(I18N_STAMP): $(MESSAGES) babel.cfg | $(RUN_STAMP)
	@PYTHONPATH=site:. $(BIN)/python -m cli.translations compile
	@touch $@
