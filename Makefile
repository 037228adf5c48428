# What you can do here. Each target sets up what it needs, from nothing but Python 3.11 or newer, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Twice a small machine's cores: much of the time a test waits for a process, a browser or a database.
PYTEST_WORKERS ?= 4
.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than Python 3.11. Name a newer one: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

# The locks name everything, so nothing is resolved: a release of tomorrow cannot get in the way of a pinned one.
$(VENV)/runs: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/develops: requirements-dev.lock $(VENV)/runs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

PAGE := bot/sandbox/page
BUILT := bot/sandbox/built/index.html
PAGE_FILES := $(shell find $(PAGE) -path '*/node_modules' -prune -o -type f -print)

$(BUILT): $(PAGE_FILES) | $(BIN)/python
	@$(PAGE)/build.sh "$(abspath $(BIN)/python)"

.PHONY: page
page: $(BUILT) ## Build the demo's page for the browser

.PHONY: demo
demo: $(VENV)/runs ## See the whole product on this machine, in the browser, without a Slack account
	@$(MAKE) --no-print-directory $(BUILT) || echo "The page can't be built here: the demo shows a plain record instead." >&2
	@$(BIN)/python -m bot demo

PYTEST = $(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal

.PHONY: quick
quick: $(VENV)/develops ## Run the tests of what is pure: no database, no process, no page; for every save
	$(PYTEST) -q -m "not database and not waits and not slow" \
	  tests/rubric tests/bot tests/golden tests/promises tests/sandbox

.PHONY: test
test: $(VENV)/develops $(BUILT) ## Run the tests, without those that only `make check` runs
	$(PYTEST) -m "not browser and not faults and not processes and not second_database and not slow"

.PHONY: fix
fix: $(VENV)/develops ## Format, and put right what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: lint
lint: $(VENV)/develops $(BUILT) ## Check format, rules, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PAGE)/build.sh "$(abspath $(BIN)/python)" types

.PHONY: check
check: lint ## Everything that CI asks for: lint, all tests with branch coverage, and what was said to Slack
	@rm -rf var/traffic .coverage* && mkdir -p var/traffic
	$(PYTEST) --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/python -m tests.journeys.check_traffic

.PHONY: bench
bench: $(VENV)/develops ## Measure speed and memory, as ratios against a baseline in the same run
	$(BIN)/python -m benchmarks

.PHONY: pictures
pictures: $(VENV)/develops ## Draw the pictures of the documents anew
	$(BIN)/python docs/draw.py

.PHONY: golden
golden: $(VENV)/develops ## Write anew what is kept of what is printed: tests/golden, and of released databases
	$(BIN)/python -m tests.golden
	$(BIN)/python -m tests.storage.released print

.PHONY: screenshots
screenshots: $(VENV)/develops $(BUILT) ## Take the documents' pictures of the page anew (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

.PHONY: messages
messages: $(VENV)/develops ## Collect the sentences to translate into bot/locale/maturity.pot
	$(BIN)/pybabel extract --mapping-file=babel.cfg --no-location --sort-output --project=maturity-check-ins \
	  --copyright-holder="the maturity-check-ins authors" --output-file=bot/locale/maturity.pot .

.PHONY: lock
lock: ## Choose versions anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade $(PAGE)/node.in -o $(PAGE)/node.lock

.PHONY: clean
clean: ## Remove what was built, but not your database
	rm -rf $(VENV) var build dist bot/sandbox/built $(PAGE)/node_modules *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
