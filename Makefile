# Torv. `make help` lists what there is; every target calls a small program in scripts/.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
ifeq ($(strip $(PYTHON)),)
$(error Torv needs Python 3.11 or newer)
endif
VENV_PYTHON = .venv/bin/python
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo test services stop-services bench assets wheel messages requirements pictures clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: ## Install, load the demo municipality and serve it (PORT=8000)
	@$(PYTHON) -m scripts.demo

test: ## Install what tests need and check everything (STAGES="lint types" for some of it)
	@$(PYTHON) -m scripts.suite $(STAGES)

services: ## Start PostgreSQL and Elasticsearch, and find Chromium, for tests
	@$(PYTHON) -m scripts.services start

stop-services: ## Stop what `make services` started
	@$(PYTHON) -m scripts.services stop

bench: ## Measure the search beside what people use today (about an hour; in parts: python -m bench --help)
	@$(PYTHON) -m scripts.environment requirements-test.txt
	@$(PYTHON) -m scripts.services start
	@set -a; [ ! -f var/services/env ] || . ./var/services/env; set +a; $(VENV_PYTHON) -m bench

assets: ## Build stylesheets, scripts, fonts and icons
	@$(PYTHON) -m scripts.assets

wheel: ## Build the package for your own site into dist/
	@$(PYTHON) -m scripts.environment requirements-test.txt
	@$(PYTHON) -m scripts.wheel

messages: ## Collect the texts of the interface into the translation files, and compile them
	@$(PYTHON) -m scripts.environment requirements-test.txt
	@$(VENV_PYTHON) -m scripts.messages update
	@$(VENV_PYTHON) -m scripts.wagtail_texts update
	@$(VENV_PYTHON) -m scripts.messages compile

requirements: ## Pin the requirements anew from pyproject.toml
	@$(PYTHON) -m scripts.environment compile

pictures: ## Take the screenshots of the README from a running `make demo`
	@$(VENV_PYTHON) -m scripts.pictures http://localhost:$(PORT)

clean: stop-services ## Remove everything that was built, installed or loaded
	rm -rf .venv node_modules var dist cms_blocks/static/torv_blocks
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find cms_blocks directory search site scripts tests -name '*.mo' -delete -o -name __pycache__ -prune -exec rm -rf {} +
