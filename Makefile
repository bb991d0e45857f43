# The whole developer interface: `make` lists it, CONTRIBUTING.md explains it.
# Everything is made inside this folder: .venv/ (libraries), instance/ (database, secrets, mail of the demonstration).

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -ec
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
UV_VERSION := 0.13.9

export FLASK_APP := wsgi

# Settings (docs/operations.md lists them). On the embedded database the product starts as a demonstration.
PORT ?= 8000
PUBLIC_URL ?= http://127.0.0.1:$(PORT)
ifeq ($(filter postgres%,$(DATABASE_URL)),)
DEMO_MODE ?= 1
endif
run setup: export PORT := $(PORT)
run setup: export PUBLIC_URL := $(PUBLIC_URL)
run setup: export DEMO_MODE := $(DEMO_MODE)

##@ Use it

.PHONY: run
run: ## all set-up, then the product on http://127.0.0.1:8000 (PORT=… changes it); Ctrl-C ends it
	@$(MAKE) -s $(BIN)/.runtime
	@$(BIN)/python deploy/port_is_free.py
	@$(MAKE) -s $(BIN)/.assets
	@$(BIN)/python deploy/prepare.py --welcome
	@exec $(BIN)/honcho start --no-colour --port $(PORT)

.PHONY: setup
setup: $(BIN)/.runtime $(BIN)/.assets ## all set-up, no server; .venv/bin/flask --app wsgi … works afterwards
	@$(BIN)/python deploy/prepare.py

##@ Work on it

.PHONY: test
test: $(BIN)/.dev services $(BIN)/.assets ## all set-up, every test (ARGS="-k words" picks some)
	@$(BIN)/pytest -n auto --maxprocesses 4 $(ARGS)

CHECKS := format lint types imports templates scenarios migrations lock tree

.PHONY: check
check: $(BIN)/.dev ## formatting, linting, types, import contracts, templates, scenarios, migrations
	@failed=; \
	for step in $(CHECKS); do \
	  echo "== check-$$step"; \
	  $(MAKE) check-$$step || failed="$$failed check-$$step"; \
	done; \
	if [ -n "$$failed" ]; then echo "make check: failed:$$failed"; exit 1; fi; \
	echo "make check: all $(words $(CHECKS)) steps passed"

.PHONY: bench
bench: $(BIN)/.dev services $(BIN)/.assets ## every bench, or one (NAME=…); writes benchmarks/results/NAME.json
	@$(BIN)/python -m benchmarks.run $(NAME)

.PHONY: services
services: $(BIN)/.dev ## find PostgreSQL, Redis, Chromium and nginx, or install them (as root on Debian)
	@$(BIN)/python -m tests.services

.PHONY: format
format: $(BIN)/.dev ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

.PHONY: lock
lock: build/uv/bin/uv ## read pyproject.toml again and pin every library, with hashes
	@$(LOCK) --output-file requirements.lock pyproject.toml
	@$(LOCK) --output-file requirements-dev.lock --extra dev --constraint requirements.lock pyproject.toml

.PHONY: vendor
vendor: $(BIN)/.runtime ## fetch the front-end files we ship again, as VENDORED.toml says (needs npm)
	@$(BIN)/python tools/vendor.py

.PHONY: clean
clean: ## remove what was made here, but keep instance/ (the database)
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache screenshots
	@find static -name '*.gz' -delete -o -name '*.br' -delete

.PHONY: help
help:
	@awk -F ':.*## ' '/^##@/ {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

# -- the steps of `make check`; each can be run by itself ----------------------------------------------------------

.PHONY: check-format check-lint check-types check-imports check-templates check-scenarios check-migrations
.PHONY: check-lock check-tree

check-format:
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --diff --quiet . | head -60; echo "Run: make format"; exit 1; }

check-lint:
	@$(BIN)/ruff check --quiet .

check-types:
	@$(BIN)/mypy

check-imports:
	@$(BIN)/lint-imports --no-logo --no-cache

check-templates:
	@$(BIN)/djlint templates --lint --quiet

check-scenarios:
	@DEMO_MODE=1 $(BIN)/flask scenarios check --strict scenarios

check-migrations:
	@$(BIN)/python -m pytest -q tests/architecture/test_migrations.py -k "head or (drift and sqlite)"

check-lock:
	@$(BIN)/python -m pytest -q tests/architecture/test_lock.py

check-tree:
	@$(BIN)/python -m pytest -q tests/architecture/test_tree.py

# -- what the targets above stand on -------------------------------------------------------------------------------

# ensurepip comes last, so that a virtual environment that was interrupted is made again.
$(BIN)/pip:
	@python=; \
	for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "This needs Python 3.11 or newer, and none was found. Install it and try again."; exit 1; fi; \
	echo "Making a virtual environment in .venv with $$($$python --version)"; \
	$$python -m venv .venv || { rm -rf .venv; \
	  echo "Python's venv module did not work. On Debian: apt-get install -y python3-venv"; exit 1; }

# pip says little, so that the log stays readable: a count of what has arrived, and every error.
INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --no-input --require-hashes \
	--progress-bar off -r $(1) | awk -v all=$$(grep -c '^[a-z0-9].*==' $(1)) \
	'/^Collecting/ && ++n % 20 == 0 {print "  " n " of " all " libraries"; fflush()} END {if (n) print "  " n " libraries were added"}'

$(BIN)/.runtime: requirements.lock | $(BIN)/pip
	@echo "Installing the libraries of requirements.lock (about a minute the first time)"
	@$(call INSTALL,requirements.lock)
	@touch $@

$(BIN)/.dev: requirements-dev.lock $(BIN)/.runtime
	@echo "Installing the libraries of requirements-dev.lock (for tests and checks)"
	@$(call INSTALL,requirements-dev.lock)
	@touch $@

ASSETS := $(shell find static -type f ! -name '*.gz' ! -name '*.br' 2>/dev/null)

$(BIN)/.assets: $(ASSETS) | $(BIN)/.runtime
	@echo "Compressing $(words $(ASSETS)) files of static/"
	@$(if $(ASSETS),$(BIN)/python -m whitenoise.compress --quiet static)
	@touch $@

LOCK = build/uv/bin/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command "make lock"

build/uv/bin/uv:
	@python3 -m venv build/uv && build/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
