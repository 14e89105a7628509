# Two commands set everything up on a machine with python3 (3.11 or later), python3-venv, make and git:
#   make site   the demo archive, built; then .venv/bin/sitegen serve --watch
#   make test   everything that tests need, and the whole suite
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test quick lint types clean

site: $(VENV)/.installed
	$(BIN)/sitegen build
	@echo "The site is in public/: open public/index.html, or run $(BIN)/sitegen serve --watch"

test: $(VENV)/.dev lint types
	$(BIN)/python -m tests.needs
	$(BIN)/pytest -n auto

quick: $(VENV)/.dev
	$(BIN)/pytest -m quick

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("sitegen needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) public .sitegen build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
