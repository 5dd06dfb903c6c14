# The commands of this project; README.md says when to use which. They set up what they need.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN = $(VENV)/bin
LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --universal --no-strip-extras --python-version 3.11 \
	--custom-compile-command "make lock" pyproject.toml
comma := ,
draw = chromium --headless --no-sandbox --disable-gpu --disable-background-networking \
	--default-background-color=00000000 --hide-scrollbars --window-size=$(3) \
	--screenshot=static/$(2).png static/$(1).svg

.PHONY: run dev test test-fast check lock bench images handbook messages python port
.DELETE_ON_ERROR:

run: export SITE_URL = http://127.0.0.1:$(PORT)
run: python port $(VENV)/.installed .env var/static/staticfiles.json
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/gunicorn --bind 127.0.0.1:$(PORT)

# WhiteNoise serves the static files: Django's server would let browsers keep an old style sheet.
dev: export SITE_URL = http://127.0.0.1:$(PORT)
dev: export DEBUG = on
dev: python port $(VENV)/.installed .env
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/python manage.py runserver --nostatic 127.0.0.1:$(PORT)

test-fast: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not server and not browser"

test: test-fast
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m server
	$(BIN)/python -m pytest --numprocesses auto -m browser

# As in production, whatever a .env here says.
check: export SECRET_KEY = $(shell $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))")
check: export SITE_URL = https://cyber.example.jp
check: export DATABASE_URL = sqlite://:memory:
check: export SITE_CLOCK =
check: export DEBUG = off
check: export SECOND_FACTOR = on
check: export TRUSTED_PROXIES = 1
check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint --check templates
	$(BIN)/biome lint --error-on-warnings static/css static/js
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/words.py
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING

lock: $(VENV)/.installed-dev
	$(LOCK) --upgrade --output-file requirements.txt
	$(LOCK) --upgrade --constraint requirements.txt --group dev --output-file requirements-dev.txt

# Six minutes, with the machine left alone. It starts and stops all that it needs in a folder of its own.
bench: $(VENV)/.installed-dev
	@$(BIN)/python -m bench

python:
	@command -v $(PYTHON) >/dev/null \
	|| { echo "$(PYTHON) is missing: install Python 3.11 or later." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "$$($(PYTHON) --version 2>&1) is too old: install Python 3.11 or later, or name one, as in: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	|| { echo "Python's venv module is missing: install it, on Debian with: apt install python3-venv" >&2; exit 1; }

port:
	@test "$(PORT)" -gt 0 2>/dev/null && $(PYTHON) -c 'import socket, sys; s = socket.socket(); \
		s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' \
		"$(PORT)" 2>/dev/null \
	|| { echo "Port $(PORT) is in use or cannot be used: choose another, as in: make run PORT=8001" >&2; exit 1; }

.env:
	@umask 077; $(BIN)/python -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(64))' > $@
	@printf 'SITE_URL=http://127.0.0.1:8000\nALLOWED_HOSTS=localhost,127.0.0.1\n' >> $@

var/static/staticfiles.json: $(VENV)/.installed publishing/static_files.py $(shell find static -type f)
	@SITE_CLOCK= $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

$(VENV)/.installed: requirements.txt | python
$(VENV)/.installed-dev: requirements-dev.txt | python

$(VENV)/.installed $(VENV)/.installed-dev:
	@echo "Installing into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# The pictures that cannot be SVG, drawn anew from those that are.
images:
	@for size in 180 192 512; do $(call draw,icon-square,icon-$$size,$$size$(comma)$$size) || exit 1; done
	@$(call draw,social-card,social-card,1200$(comma)630)
	@$(BIN)/python -c "from PIL import Image; Image.open('static/icon-192.png').save('static/favicon.ico', sizes=[(16, 16), (32, 32), (48, 48)])"

# The words of the admin that replace those of Django, as Django reads them; needs Debian's gettext.
messages:
	@msgfmt --output-file locale/ja/LC_MESSAGES/django.mo locale/ja/LC_MESSAGES/django.po 2>/dev/null

# The pictures of the secretariat's guide, drawn anew from the running admin.
handbook: $(VENV)/.installed-dev .env
	@DJANGO_SETTINGS_MODULE=jnxcyber.settings $(BIN)/python -m docs.ja.make_pictures
