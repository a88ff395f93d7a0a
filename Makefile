.DEFAULT_GOAL := help
.PHONY: help run test lint fmt bench images deploy-check grants lock clean

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MEMBERS := libs gateway svc-leads svc-lists svc-users svc-telephony svc-reports

help:  ## what you can do here
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp  ## start the whole suite on this machine; Ctrl-C ends it
	@exec $(BIN)/python -m deploy.local

test: .venv/dev.stamp  ## run all tests on a private MariaDB
	@$(BIN)/python -m deploy.local.ensure_server
	@env PYTHONPATH=.:tests $(BIN)/python -m support.redis_server
	$(BIN)/python -m pytest -n 4 --dist worksteal -q $(ARGS)

lint: .venv/deploy.stamp  ## formatting, ruff, mypy, borders between packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy libs/dialkit gateway/gateway svc-leads/svc_leads svc-lists/svc_lists svc-users/svc_users svc-telephony/svc_telephony svc-reports/svc_reports deploy tests
	$(BIN)/lint-imports

fmt: .venv/dev.stamp  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev.stamp  ## measure the suite beside its floor (SIZE=large: logs of 5,000,000 calls)
	@$(BIN)/python -m deploy.local.ensure_server
	@env PYTHONPATH=.:tests SIZE=$(SIZE) $(BIN)/python -m load.bench

images:  ## build the images of all programs (ENGINE=podman TAG= REGISTRY= PYTHON_IMAGE= BUILD_OPTIONS=)
	@$(PYTHON) -m deploy.images $(PROGRAMS)

deploy-check: .venv/deploy.stamp  ## build the images, check compose and Kubernetes files, and run both
	$(BIN)/python -m pytest -q -p no:xdist deploy/check $(ARGS)

grants:  ## print the SQL of the services' database accounts, for a DBA
	@$(MAKE) --silent .venv/run.stamp >&2
	@$(BIN)/python -m deploy.setup grants $(ARGS)

lock: .venv/dev.stamp  ## renew requirements/*.lock from *.in
	$(PIP) install uv
	for name in image run dev deploy; do \
	  $(BIN)/uv pip compile requirements/$$name.in --universal --generate-hashes --no-header \
	    --no-emit-index-url --python-version 3.11 --quiet -o requirements/$$name.lock; \
	done

clean:  ## remove the virtual environment and the local database
	rm -rf .venv .local .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "make: $(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { rm -rf .venv; echo "make: no virtual environment; on Debian or Ubuntu: apt install python3-venv"; exit 1; }

.venv/run.stamp: requirements/run.lock Makefile $(MEMBERS:%=%/pyproject.toml) | .venv/bin/python
	@echo "Installing what the suite needs into .venv ..."
	@$(PIP) install --require-hashes -r requirements/run.lock
	@$(PIP) install --no-deps --no-build-isolation $(MEMBERS:%=-e ./%)
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@echo "Installing what the tests and checks need into .venv ..."
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

.venv/deploy.stamp: requirements/deploy.lock .venv/dev.stamp
	@echo "Installing what checks of containers need into .venv ..."
	@$(PIP) install --require-hashes -r requirements/deploy.lock
	@touch $@
