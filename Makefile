# Everything a clone needs sets itself up: `make demo`, `make test`. Needs Python 3.11 or newer, git and make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input

.PHONY: demo test check bench model docs lock browser clean

demo: $(VENV)/.runtime
	$(BIN)/firstsaid demo

test: check browser
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.quality.gate
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.stemma_simulation

# Retrains the ranker of statements; needs the annotated articles (docs/explanation/model-card.md).
model: $(VENV)/.dev
	$(BIN)/python -m benchmarks.quality.train_clauses

browser: $(VENV)/.dev
	$(BIN)/python tests/browser_setup.py

docs: $(VENV)/.dev
	$(BIN)/python docs/make_reference.py

lock: $(VENV)/.dev
	$(PIP_INSTALL) uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --group build --group dev \
		-c requirements.lock -o requirements-dev.lock

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Firstsaid needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Setting up in $(VENV) (about a minute) ..."
	$(PIP_INSTALL) --require-hashes -r requirements.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
