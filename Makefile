# Échéancier : les commandes du quotidien. « make » seul les énumère. (Everyday commands; plain `make` lists them.)
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# Three processes for two cores: many tests wait for a server. The workers of xdist also keep the engine's library from deciding pytest's exit code:
# an interpreter that used it can abort while it is leaving, after the last test has passed.
# One of them that is no more ends the run: xdist would start another, give it nothing to do, and wait for ever.
PYTEST_ARGS ?= -n $(shell echo $$(( $$(nproc) * 3 / 2 ))) --dist loadfile --max-worker-restart=0
# The tests start the program some hundred times: it must not be compiled again each time.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help demo test run check format-check lint types imports tests quick long mutants format bench browser interop clean

help: ## énumère les commandes / lists the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: $(STAMP) ## rejoue une convention de trois ans en accéléré / rehearses a three-year convention
	$(BIN)/echeancier rehearse examples/sqf-p.toml --facts examples/sqf-p.facts.toml --output var/demo

run: $(STAMP) ## démarre tout sur cette machine / starts everything on this machine
	$(BIN)/echeancier run

test: check ## ce que vérifie l’intégration continue / what continuous integration runs

check: format-check lint types imports tests ## forme, règles, types, imports, tests / every check

format-check: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy .

imports: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP)
	$(BIN)/python -m pytest $(PYTEST_ARGS)

# The domain and the adapters, without what starts an engine, a mail server or a browser, or prints papers.
QUICK_TESTS = tests/domain $(filter-out $(shell grep -rlE --include='test_*.py' 'dovecot|smtpd|aiosmtpd|subprocess|idpyoidc|typst|pdfplumber|letters_read' tests/adapters 2>/dev/null), \
	$(shell find tests/adapters -name 'test_*.py' 2>/dev/null))

quick: $(STAMP) ## le domaine, les adaptateurs sans serveur : environ une minute / the domain, the adapters without servers: about a minute
	ECHEANCIER_QUICK=1 $(BIN)/python -m pytest $(PYTEST_ARGS) -m 'not slow' $(QUICK_TESTS)

# Files that hold a run whose length tests/support/long.py decides: fuzz, properties, random lives.
LONG_TESTS = $(shell grep -rlE --include='test_*.py' 'tests.support.long|from hypothesis import' tests 2>/dev/null)

long: $(STAMP) ## les essais longs : fichiers abîmés, termes à la limite, en entier / the long trials, whole
	ECHEANCIER_LONG=1 $(BIN)/python -m pytest -p no:xdist -s --timeout 3600 $(LONG_TESTS)

mutants: $(STAMP) ## 400 petites erreurs tirées au sort : combien les tests en voient-ils ? (une à deux heures) / how many of 400 small errors the tests notice
	$(BIN)/python -m tests.mutate

format: $(STAMP) ## met le code en forme / formats the code
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## mesure les débits / measures throughput
	$(BIN)/python -m bench

browser: $(STAMP) ## regarde le bureau et les pages des partenaires dans Chromium, avec axe-core (demande node et chromium) / the pages in a real browser
	$(BIN)/python -m tests.desk.browser
	ECHEANCIER_BROWSER=1 $(BIN)/python -m pytest -p no:xdist tests/desk/browser
	$(BIN)/python -m tests.partners.browser
	ECHEANCIER_BROWSER=1 $(BIN)/python -m pytest -p no:xdist tests/adapters/browser

interop: $(STAMP) ## fait passer une réunion par Postfix, Dovecot et Thunderbird (demande root) / a meeting through other people's programs
	$(BIN)/python -m pytest -p no:xdist tests/interop/round_trip.py

clean: ## efface ce qui a été fabriqué, jamais les données de « run » / removes what was made, never the data of `run`
	rm -rf .venv var/demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The build backend is pinned like the rest; pip itself first, for older ones know neither groups nor build constraints.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo 'Il manque Python 3.11 ou plus récent avec venv : « apt install python3-venv make » / Python 3.11 or newer with venv is missing: "apt install python3-venv make"' >&2; exit 1; }
	@echo 'Installation dans .venv, une à trois minutes la première fois… / Installing into .venv, one to three minutes the first time…'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--build-constraint constraints.txt --editable '.[desk]' --group dev
	@touch $@
