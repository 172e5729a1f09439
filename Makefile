# Each target sets up what it needs. PYTHON=/path/to/python picks the interpreter, PORT=8080 the app's
# port, ARGS="..." is handed to pytest or to the benchmark.
.DEFAULT_GOAL := help
.PHONY: help app test setup lint bench docs lock

RUN := .venv/bin/python
INSTALL := $(or $(PYTHON),python3) requirements/install.py $(if $(PYTHON),--python "$(PYTHON)")
find_python = @command -v "$(or $(PYTHON),python3)" >/dev/null || { \
	echo "$(or $(PYTHON),python3) not found: install Python 3.11 or newer, or name it: make $@ PYTHON=/path/to/python" >&2; exit 1; }

help:
	@echo "make app     start the browser app on http://127.0.0.1:8765 (stop: Ctrl-C)"
	@echo "make test    run the whole test suite, the browser tests included"
	@echo "make setup   only make .venv, with everything in it"
	@echo "make lint    check style and types"
	@echo "make bench   time the model"
	@echo "make docs    write the generated tables of docs/ anew"
	@echo "make lock    pin the packages anew (make lock ARGS=--upgrade takes newer ones)"

app:
	$(find_python)
	@$(INSTALL) app
	@exec .venv/bin/parley app $(if $(PORT),--port $(PORT))

setup:
	$(find_python)
	@$(INSTALL) everything

test: setup
	@$(RUN) -m tests.chromium
	$(RUN) -m pytest -n 2 --dist loadfile $(ARGS)

lint: setup
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

bench:
	$(find_python)
	@$(INSTALL) bench
	$(RUN) -m benchmarks $(ARGS)

docs: setup
	$(RUN) docs/generate.py

lock:
	requirements/lock $(ARGS)
