# One verb a task; `make` alone lists them. Nothing here depends on the caller's environment:
# what may be given is given on the command line (make run PYTHON=python3.13, make test ARGS="-k log").

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

ARGS :=
PYTHON :=
UPGRADE :=

VENV := .venv
PY := $(VENV)/bin/python

# A work tree that was moved sets itself up again: its virtual environment holds absolute paths.
HERE := $(shell pwd -P | cksum | cut -d' ' -f1)
RUN_READY := $(VENV)/run-ready-$(HERE)
DEV_READY := $(VENV)/dev-ready-$(HERE)
UI_READY := kiosk_ui/node_modules/.ready-$(HERE)
UI_BUILT := kiosk_ui/dist/index.html

# Folders count too, so that a deleted source is noticed.
UI_SOURCES := $(shell find kiosk_ui -mindepth 1 \( -name node_modules -o -name dist -o -name test \) -prune -o -print)

unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONWARNINGS VIRTUAL_ENV NODE_ENV NODE_OPTIONS
unexport PIP_REQUIRE_VIRTUALENV PIP_USER PIP_TARGET PIP_PREFIX PIP_CONSTRAINT PIP_NO_BINARY PIP_ONLY_BINARY
unexport PYTEST_ADDOPTS MYPYPATH RUFF_CONFIG UV_CONFIG_FILE

PIP_INSTALL := $(PY) -m pip install --quiet --no-input --disable-pip-version-check

# $(call apt,WHAT,PACKAGES): installs system packages where that is possible, and fails where not.
apt = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "Installing $(1) ($(2))"; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get -qq -o DPkg::Lock::Timeout=300 update >/dev/null && \
	apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $(2) >/dev/null; \
	else false; fi

.PHONY: help
help:
	@echo "make run      set everything up and serve a sample fair at http://localhost:8080"
	@echo "make test     set up what the tests need and run them all (ARGS=\"-k badge\" for some)"
	@echo "make check    format, lint, types, layers, UI"
	@echo "make format   put Python and TypeScript into form"
	@echo "make bench    the benchmarks (ARGS=--quick: in a minute)"
	@echo "make soak     the long tests"
	@echo "make lock     pin dependencies anew (UPGRADE=--upgrade: the newest ones)"
	@echo "make wheel    build the package, pages included"
	@echo "make clean    remove what make made; data/ stays"

# ---------------------------------------------------------------- what a person runs

.PHONY: run
run: $(RUN_READY) $(UI_BUILT) font
	@exec $(PY) -m fairdesk serve --sample $(ARGS)

.PHONY: test
test: $(DEV_READY) $(UI_BUILT) font browser
	@failed=0; \
	(cd kiosk_ui && npm run --silent test) || failed=1; \
	$(PY) -m pytest $(ARGS) || failed=1; \
	exit $$failed

.PHONY: soak
soak: $(DEV_READY) $(UI_BUILT)
	@$(PY) -m pytest -m soak $(ARGS)

.PHONY: bench
bench: $(DEV_READY) $(UI_BUILT)
	@$(PY) -m bench $(ARGS)

.PHONY: check check-format check-lint check-types check-layers check-ui
check: check-format check-lint check-types check-layers check-ui

check-format: $(DEV_READY)
	@$(VENV)/bin/ruff format --check --quiet . || { echo "make format puts this right"; exit 1; }

check-lint: $(DEV_READY)
	@$(VENV)/bin/ruff check --quiet .

check-types: $(DEV_READY)
	@$(VENV)/bin/mypy

check-layers: $(DEV_READY)
	@$(VENV)/bin/lint-imports --no-logo

check-ui: $(UI_READY)
	@cd kiosk_ui && npm run --silent check

.PHONY: format
format: $(DEV_READY) $(UI_READY)
	@$(VENV)/bin/ruff format --quiet .
	@$(VENV)/bin/ruff check --quiet --fix .
	@cd kiosk_ui && npm run --silent format

.PHONY: wheel
wheel: $(DEV_READY) $(UI_BUILT)
	@$(PY) -m hatchling build -d build

.PHONY: lock
lock: $(DEV_READY)
	@set -e; \
	compile() { lock=$$1; shift; UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/uv pip compile --quiet \
		--no-config --system-certs --universal --python-version 3.11 --generate-hashes \
		$(UPGRADE) pyproject.toml "$$@" -o $$lock >/dev/null; }; \
	compile requirements.lock --group build; \
	compile requirements-dev.lock --group dev -c requirements.lock
	@cd kiosk_ui && npm install --package-lock-only --no-fund --no-audit --loglevel=error >/dev/null
	@cd kiosk_ui && npm ci --dry-run --loglevel=silent >/dev/null \
		|| { echo "kiosk_ui/package-lock.json can't be installed: the registry lacks one of its packages for some platform" >&2; exit 1; }
	@! grep -nE 'https?://|file:|--(index|extra-index|find-links)|"resolved"' requirements.lock requirements-dev.lock

.PHONY: clean
clean:
	rm -rf $(VENV) build kiosk_ui/node_modules kiosk_ui/dist
	rm -rf __pycache__ .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find fairdesk tests bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# ---------------------------------------------------------------- what they need

$(PY):
	@set -e; python="$(PYTHON)"; \
	new_enough='import sys; sys.exit(sys.version_info < (3, 11))'; \
	for candidate in python3 python3.13 python3.12 python3.11; do \
		[ -n "$$python" ] || ! $$candidate -c "$$new_enough" 2>/dev/null || python=$$candidate; \
	done; \
	if ! "$${python:-python3}" -c "$$new_enough" 2>/dev/null; then \
		echo "fairdesk needs Python 3.11 or newer: install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		version=$$($$python -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
		$(call apt,virtual environments for Python,$$version-venv) || { \
		echo "$$python can't make virtual environments: install the package python3-venv" >&2; exit 1; }; \
	fi; \
	echo "Making a virtual environment in $(VENV) ($$($$python -V))"; \
	$$python -m venv --clear $(VENV)

$(RUN_READY): requirements.lock pyproject.toml hatch_build.py | $(PY)
	@echo "Installing Python packages"
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# After the other, never beside it: both write to one virtual environment.
$(DEV_READY): requirements-dev.lock $(RUN_READY)
	@echo "Installing Python packages for development"
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

$(UI_READY): kiosk_ui/package.json kiosk_ui/package-lock.json
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null \
		&& npm --version >/dev/null 2>&1 \
		|| { echo "fairdesk's pages are built with Node.js 20.19 or newer, with npm: install it and run make again" >&2; exit 1; }
	@echo "Installing packages for the pages"
	@cd kiosk_ui && npm ci --include=dev --no-fund --no-audit --loglevel=error >/dev/null
	@touch $@

$(UI_BUILT): $(UI_READY) $(UI_SOURCES)
	@echo "Building the pages"
	@cd kiosk_ui && npm run --silent build -- --logLevel warn
	@touch $@

.PHONY: font
font:
	@[ "$$(uname)" = Darwin ] || [ -n "$$(find /usr/share/fonts /usr/local/share/fonts -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ] \
		|| [ -n "$$(fc-list :lang=zh 2>/dev/null)" ] \
		|| $(call apt,a font with Chinese characters,fonts-noto-cjk) \
		|| echo "No font with Chinese characters was found: install Noto Sans CJK (Debian and Ubuntu: fonts-noto-cjk)" >&2

.PHONY: browser
browser: font
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(call apt,a browser for the tests,chromium) \
		|| { echo "The tests drive a real browser: install Chromium (Debian: chromium) and run make test again" >&2; exit 1; }
