# Everything a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv/bin
WITH_NODE := PATH="$(CURDIR)/$(VENV):$$PATH"
T ?= server/tests

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## make or update the environment: .venv, Python and browser packages
	@$(PYTHON) tools/bootstrap.py

.PHONY: run
run: setup build ## run the product with a sample workspace (Ctrl-C stops everything)
	@GUANXI_DEVELOPMENT=$${GUANXI_DEVELOPMENT-1} exec $(VENV)/python -m guanxi.app up

.PHONY: dev
dev: setup ## the same for development: reload on changes of server and screens
	@exec $(VENV)/python -m guanxi.app dev

.PHONY: build
build: setup ## build the screens when their sources changed
	@$(VENV)/python tools/build_screens.py

.PHONY: check
check: setup ## format, lint, types, import rules, own rules, generated files, links
	@$(VENV)/python tools/check.py

.PHONY: test
test: setup build ## everything: checks, server tests, web unit tests, browser tests
	@$(VENV)/python tools/test.py

.PHONY: quick
quick: setup ## server tests only; T=path chooses
	@$(VENV)/pytest -q -n 2 --dist loadfile -m "not browser" $(T)

.PHONY: fuzz
fuzz: setup ## random workspaces against the plain model of access; FROM=1 TO=200 choose the seeds
	@GUANXI_FUZZ_FROM=$${FROM-1} GUANXI_FUZZ_TO=$${TO-200} $(VENV)/pytest -q -n 2 -o faulthandler_timeout=0 server/tests/access/test_fuzz.py

.PHONY: faults
faults: setup build ## kill -9 worker, server and database under automation; RUNS=10000 KILLS=60 say how much
	@GUANXI_FAULT_RUNS=$${RUNS-10000} GUANXI_FAULT_KILLS=$${KILLS-60} $(VENV)/pytest -q -o faulthandler_timeout=0 server/tests/app/test_automation_faults.py

.PHONY: inject
inject: setup build ## sqlmap (a system package) against a product of its own on loopback
	@$(VENV)/python tools/inject.py

.PHONY: bench
bench: setup build ## measure a workspace of a million opportunities, write docs/benchmarks.*
	@$(VENV)/python -m bench

.PHONY: bench-peers
bench-peers: setup build ## measure 100,000 opportunities beside the figures of other products, write docs/benchmarks-100k.*
	@$(VENV)/python -m bench --peers

.PHONY: api
api: setup ## write docs/api/openapi.json and, of it, web/src/api/types.ts
	@$(VENV)/python tools/api.py

.PHONY: dist
dist: setup build ## build the wheel that carries the screens
	@$(VENV)/python tools/dist.py

.PHONY: lock
lock: ## choose new versions of the Python packages
	@$(PYTHON) tools/bootstrap.py --without-web && $(VENV)/python tools/lock.py

.PHONY: format
format: ## let the formatters write
	@$(VENV)/ruff format server tools bench && $(VENV)/ruff check --fix --quiet server tools bench; $(WITH_NODE) $(VENV)/npm --prefix web run format
