# `make` alone lists the targets. Works with GNU make from 3.81 (macOS) on.

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# A worker takes neighbours, so what a module shares is made once; who is done first takes from the other.
PYTEST_ARGS ?= -n auto --dist worksteal
# Packages come from the lock files only; the interpreter is looked for by the script.
INSTALL := sh .ci/alone sh .ci/venv $(VENV)

# For commands that read the settings and need nothing else.
NO_ENGINES := SECRET_KEY=none DATABASE_URL=postgres:///none REDIS_URL=redis://none

# A .venv whose Python is gone or whose last install was interrupted counts as none.
$(shell $(PY) -c "" 2>/dev/null && test ! -e $(VENV)/.installing || rm -f $(VENV)/.runtime $(VENV)/.dev $(VENV)/.node)

.NOTPARALLEL:

.PHONY: help
help:
	@echo "make demo    start hele systemet med opdigtede data på http://127.0.0.1:$(PORT)/ (PORT=8001, DEMO_DATE=2027-03-01)"
	@echo "make test    kør alle test (PYTEST_ARGS=\"-k plan\" vælger nogle af dem)"
	@echo "make hurtig  det samme uden hele historier: dem i en browser, dem om et helt system og dem, der varer længst"
	@echo "make kaos    dræb alt, hvad der kan dræbes, mens 3 x 3.000 mails sendes (en halv time)"
	@echo "make check   ruff og manglende migrationer"
	@echo "make bench   mål hastigheden ved siden af en bar Django (BENCH_KRAV=1: fejl, når et mål ikke nås)"
	@echo "make billeder tag vejledningens billeder (ADRESSE=http://… af en demo, der kører; BILLEDER=\"plan elev\" vælger nogle)"
	@echo "make css     byg CSS, skrifttyper og ikoner"
	@echo "make lock    lav låsefilerne igen ud fra pyproject.toml (UPGRADE=1: med nyeste versioner)"
	@echo "make clean   slet alt, der er lavet her, også demoens data"

.PHONY: demo
demo: $(VENV)/.runtime static_samlet/.collected
	@$(PY) -m elevforloeb.project.engines.demo

# Python keeps what it has compiled, whatever the shell says: each worker and each program under test reads all of it.
PYTEST := PYTHONDONTWRITEBYTECODE= $(PY) -m pytest

.PHONY: test
test: $(VENV)/.dev css
	$(PYTEST) $(PYTEST_ARGS)

# Everything but whole stories, for while one works; which those are stands in tests/stories_plugin.py.
.PHONY: hurtig
hurtig: $(VENV)/.dev css
	$(PYTEST) $(PYTEST_ARGS) -m "not story"

.PHONY: kaos
kaos: $(VENV)/.dev
	KAOS=lang $(PYTEST) tests/kaos -n 0 -s -p no:cacheprovider

.PHONY: bench
bench: $(VENV)/.dev static_samlet/.collected
	$(PY) -m tests.bench

.PHONY: billeder
billeder: $(VENV)/.dev css
	$(PY) -m docs.billeder $(ADRESSE) $(BILLEDER)

.PHONY: check
check: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	@$(NO_ENGINES) $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

# --- The environment ----------------------------------------------------------------------------------------------
$(VENV)/.runtime: requirements.txt
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt
	@$(INSTALL) requirements-dev.txt
	@touch $(VENV)/.runtime $@

$(VENV)/.node: requirements-node.txt $(VENV)/.runtime
	@$(INSTALL) requirements-node.txt
	@touch $@

.PHONY: lock
COMPILE = $(PY) -m uv pip compile --quiet --no-config --generate-hashes --no-annotate --no-header --universal \
	--python-version 3.11 $(if $(UPGRADE),--upgrade)
lock: $(VENV)/.dev
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --extra dev --constraints requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --group pyproject.toml:node --output-file requirements-node.txt
	@! grep -nE "://|file:" requirements.txt requirements-dev.txt requirements-node.txt

# --- CSS ----------------------------------------------------------------------------------------------------------
NPM := $(shell command -v npm 2>/dev/null)
# With the folders themselves: one is changed when a file in it is deleted.
CSS_SOURCES := $(shell find frontend static 2>/dev/null)

BUILD_CSS = PATH="$(CURDIR)/$(VENV)/bin:$$PATH" sh .ci/alone sh -c "\
	npm ci --ignore-scripts --omit=optional --no-audit --no-fund --silent && npm run -s byg"

.PHONY: css
css: static_byg/.built

static_byg/.built: package.json package-lock.json $(CSS_SOURCES) $(if $(NPM),,$(VENV)/.node)
	@echo "Bygger CSS"
	@$(BUILD_CSS)
	@touch $@

static_samlet/.collected: static_byg/.built $(VENV)/.runtime elevforloeb/project/settings.py
	@$(NO_ENGINES) STATIC_ROOT=static_samlet sh .ci/alone $(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

.PHONY: clean
clean:
	rm -rf $(VENV) node_modules static_byg static_samlet .data .pytest_cache .ruff_cache .hypothesis
