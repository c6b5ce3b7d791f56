# `make demo` needs Python 3.11 or newer, make and a pip that reaches its index; nothing else.

PORT ?= 8000
export PORT
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV = .venv/bin/python

.PHONY: demo
demo: .venv/.demo
	@DJANGO_SETTINGS_MODULE=cms.settings.demo exec $(VENV) manage.py demo --port $(PORT)

.venv/.demo: requirements.txt
	@test -n "$(PYTHON)" || { echo "Perlu Python 3.11 atau lebih baru, dengan venv dan pip (di Debian: apt install python3-venv)."; exit 1; }
	@echo "Memasang yang diperlukan ke .venv (sekali saja) …"
	@$(VENV) -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(VENV) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.demo
	@$(VENV) -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

.PHONY: test
test: .venv/.test
	@.venv/bin/python -m tests.journeys.chromium
	@.venv/bin/pytest -q -n auto --dist loadfile

.PHONY: bench
bench: .venv/.test
	@.venv/bin/python -m tests.journeys.chromium
	@.venv/bin/python -m tests.bench
