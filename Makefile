# One environment in .venv, made from the lock; nothing is installed outside this folder.
# PYTHON chooses the interpreter (3.11 or later), PORT the port of the demonstration, DATABASE_URL the database.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
TREE := git ls-files --cached --others --exclude-standard --deduplicate --

.PHONY: setup demo test test-postgres bench check lint format types migrations deployment assets tree catalogues shots

setup: $(READY)

# The stamp is younger than the lock: nothing to do. A city behind its own certificate authority needs the system's
# certificates; the interpreter is the machine's, never a downloaded one. Packages are compiled once, here: every start,
# of the application and of a test's process, is twice as quick for it.
$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv \
		|| { echo "The venv module is missing (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@wanted=$$(sed -n '/^name = "uv"$$/{n;s/^version = "\(.*\)"$$/\1/p;}' uv.lock); \
	case "$$($(BIN)/uv --version 2>/dev/null)" in \
		"uv $$wanted"|"uv $$wanted "*) ;; \
		*) $(BIN)/python -m ensurepip --default-pip >/dev/null && $(BIN)/python -m pip install --quiet "uv==$$wanted" ;; \
	esac
	UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --locked --quiet
	@touch $@

demo: setup
	@$(BIN)/python manage.py demo

# Races come after the others, alone: their waiting times are part of what they assert. Tests are handed out one by one:
# in the usual hundreds, all that drive a browser fall to one worker, and the other has nothing left to do.
test: setup
	$(BIN)/pytest -n 2 --maxschedchunk=1 -m "not race"
	$(BIN)/pytest -m race tests/concurrency tests/demo

test-postgres: setup
	scripts/with_postgres.sh $(MAKE) --no-print-directory test

# Figures beside what they are held against, on a PostgreSQL server: that of DATABASE_URL, else one of its own.
bench: setup
	@case "$$DATABASE_URL" in \
		postgres*) $(BIN)/python manage.py benchmark ;; \
		*) scripts/with_postgres.sh $(BIN)/python manage.py benchmark ;; \
	esac

check: lint types migrations deployment assets tree

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --check --lint .
	$(BIN)/lint-imports --no-logo

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat .
	$(BIN)/python scripts/typography.py

types: setup
	$(BIN)/mypy $$($(TREE) '*/services.py' '*/services/*.py' '*/selectors.py' '*/selectors/*.py' '*/rules.py' '*/rules/*.py')

migrations: setup
	$(BIN)/python manage.py makemigrations --check --dry-run

# What a city's server would be told, with the settings of a city's server.
deployment: setup
	PUBLIC_URL=https://aide.example.org BEHIND_PROXY=true \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

assets: setup
	$(BIN)/python manage.py vendor_assets
	$(BIN)/python manage.py vendor_assets --folder tests/browser/vendor

tree: setup
	$(BIN)/python scripts/check_lock.py
	$(BIN)/python scripts/check_machine_names.py
	$(BIN)/python scripts/catalogues.py --check

catalogues: setup
	$(BIN)/python scripts/catalogues.py

shots: setup
	$(BIN)/python -m scripts.shots
