# Seminar from the command line. Needs git, make and Python 3.11 or later; the rest is fetched.

PYTHON ?= python3
PORT ?= 8000
DEMO ?= yes
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN)

python = .venv/bin/python
pytest = $(python) -m pytest --numprocesses $(WORKERS) --dist worksteal
# What asks no database, or the same whichever it is, has nothing to say about a second one.
without_database = $(addprefix --ignore=tests/, test_layout.py \
    access/test_canaries.py access/test_mass_assignment.py access/test_tenants.py \
    config/test_audit.py config/test_connections.py config/test_database_away.py \
    config/test_lock.py config/test_open_files.py config/test_providers.py config/test_vendor.py \
    config/test_what_runs.py \
    groups/accounts/test_providers.py groups/test_validators.py groups/web/test_csv_tables.py \
    papers/formats papers/imports/test_bad_files.py papers/providers/test_asking.py \
    papers/providers/test_client.py papers/rendering/test_rendering.py test_query_budgets.py)
pip = $(python) -m pip install --quiet --disable-pip-version-check --require-hashes
compile = .venv/bin/uv pip compile --quiet --generate-hashes --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run test check lint types test-sqlite test-postgresql test-browser in-full attack chaos soak format audit lock vendor pictures bench models score clean

help: ## say what can be done
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read name action; do \
	    printf 'make %-16s %s\n' "$$name" "$$action"; done

run: .venv/installed ## serve here on PORT (8000), with the demo if there are no accounts yet (DEMO=no: without)
	@$(python) -m config.serve --port $(PORT) $(if $(filter yes,$(DEMO)),--demo)

test: check test-sqlite test-postgresql test-browser ## all checks and all tests

check: .venv/installed-dev ## lint, format, types, templates, migrations, deployment, locks
	@$(MAKE) --no-print-directory --jobs 2 types lint

lint: .venv/installed-dev
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	.venv/bin/djade --check --target-version 5.2 $$(find templates -name '*.html')
	.venv/bin/djlint --lint --quiet templates
	$(python) -m config.vendor --check
	$(python) -m tests.lock
	DATA_DIR=.venv/data SITE_URL=https://seminar.example $(python) manage.py check --deploy --fail-level WARNING
	DATA_DIR=.venv/data $(python) manage.py makemigrations --check --dry-run

types: .venv/installed-dev
	$(python) -m mypy .

test-sqlite: .venv/installed-dev ## the suite on SQLite
	$(pytest) --ignore tests/browser

test-postgresql: .venv/installed-dev ## the suite on a real PostgreSQL: TEST_DATABASE_URL's or one of its own
	$(python) -m tests.postgresql $(pytest) --ignore tests/browser $(without_database)

test-browser: .venv/installed-dev ## the journeys in a real Chromium
	$(python) -m tests.chromium
	$(pytest) tests/browser --dist loadfile --numprocesses $$(($(WORKERS) + 1))

in-full: .venv/installed-dev ## the suite with everybody tried in every way, on SQLite and on PostgreSQL (half an hour)
	TESTED_IN_FULL=yes $(pytest) --ignore tests/browser
	TESTED_IN_FULL=yes $(python) -m tests.postgresql $(pytest) --ignore tests/browser

attack: .venv/installed-dev ## attack the site as it is shipped, each time with a control that must succeed, on SQLite and PostgreSQL (minutes)
	$(python) -m tests.chromium
	$(python) -m tests.attack
	$(python) -m tests.postgresql $(python) -m tests.attack

chaos: .venv/installed-dev ## kill what sends mail and what tells people fifty times and what writes a list twenty, on SQLite and PostgreSQL (twenty-five minutes)
	$(python) -m tests.chaos.mailer
	$(python) -m tests.chaos.telling
	$(python) -m tests.chaos.importer
	$(python) -m tests.postgresql $(python) -m tests.chaos.mailer
	$(python) -m tests.postgresql $(python) -m tests.chaos.telling
	$(python) -m tests.postgresql $(python) -m tests.chaos.importer

soak: .venv/installed-dev ## a thousand random examples of each rule of the formats (a quarter of an hour), then the machine of memberships for long, on SQLite and PostgreSQL (another)
	RANDOM_EXAMPLES=1000 $(pytest) tests/papers/formats
	SOAK_EXAMPLES=500 $(python) -m pytest tests/test_membership_machine.py
	SOAK_EXAMPLES=500 $(python) -m tests.postgresql $(python) -m pytest tests/test_membership_machine.py

format: .venv/installed-dev ## put the code and the templates into their one form
	$(python) -m ruff format .
	$(python) -m ruff check --fix .
	.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html')

audit: .venv/installed-dev ## ask databases of advisories about every locked package; status 75 if one cannot be asked
	$(python) -m tests.audit

lock: .venv/installed-dev ## write requirements*.txt anew from requirements*.in
	UV_CUSTOM_COMPILE_COMMAND='make lock  (pytest-django is here because the list of packages is fixed; a site runs on requirements-run.txt, which is the rest)' \
	    $(compile) requirements.in --output-file requirements.txt
	sed '/^pytest-django/d' requirements.in | UV_CUSTOM_COMPILE_COMMAND='make lock' \
	    $(compile) --no-annotate --constraints requirements.txt - --output-file requirements-run.txt
	$(compile) --no-header requirements-dev.in --output-file requirements-dev.txt

vendor: .venv/installed ## fetch the browser files again that others wrote
	$(python) -m config.vendor

pictures: .venv/installed-dev ## take the pictures of the README anew
	$(python) -m tests.browser.take_pictures

bench: .venv/installed-dev ## measure pages, memory and first visits (ten minutes; JSON= names a file for the figures)
	$(python) -m bench $(if $(JSON),--json $(JSON))
	$(python) -m tests.chromium
	$(python) -m bench.telling
	$(python) -m bench.visits

models: .venv/installed ## train the models that read lists anew, from the grammar's lists (minutes)
	$(python) -m bench.trained train

score: .venv/installed ## read the lists in LISTS, a folder with a score.py that knows what is in them
	@test -f '$(LISTS)/score.py' || { echo 'LISTS= names a folder with a score.py.'; exit 1; }
	@$(python) '$(LISTS)/score.py' '$(python) manage.py read_list {file}' --corpus '$(LISTS)'

clean: ## remove the environment and what the checks left; data stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements-run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo '$(PYTHON) is missing or older than Python 3.11. PYTHON= names another one.'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	    { echo '$(PYTHON) cannot make environments: install the package python3-venv.'; exit 1; }
	$(PYTHON) -m venv .venv
	$(pip) --requirement requirements-run.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements.txt requirements-dev.txt
	$(pip) --requirement requirements.txt --requirement requirements-dev.txt
	@touch $@
