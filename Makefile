# `make run` and `make test` set up everything they need on a fresh Debian or macOS machine with Python >= 3.11.
SHELL := /bin/bash
.DELETE_ON_ERROR:
# The classifier is built while the tests' packages are fetched; recipes still run from top to bottom.
MAKEFLAGS += --jobs=2
.PHONY: run test static setup model network eval corpus-check lint types lock messages letters e2e bench picture second-opinion soak clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Python compiles what it imports; compiling all of 88 MB beforehand takes half a minute, most of it for nothing.
INSTALL := $(PIP) install --quiet --no-compile --constraint requirements.lock
JS := tests/extension

run: $(VENV)/.run-ready nlp/model/.ready
	@exec $(BIN)/classact run $(RUN_ARGS)

# What needs no classifier is checked while it is built.
test: nlp/model/.ready static
	@.ci/checks tests

static: $(VENV)/.test-ready $(JS)/node_modules/.ready
	@.ci/checks static

# The virtual environment: what the program needs, then what its tests need. The lock pins every version.
$(VENV)/bin/python:
	@.ci/make-venv $(PYTHON) $(VENV)

$(VENV)/.run-ready: $(VENV)/bin/python pyproject.toml requirements.lock
	@echo "Installing what Class Act needs ..."
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready
	@echo "Installing what the tests need ..."
	@$(INSTALL) --group dev
	@touch $@

$(JS)/node_modules/.ready: $(JS)/package.json $(JS)/package-lock.json | $(VENV)/.test-ready
	@cd $(JS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

setup: $(VENV)/.test-ready nlp/model/.ready $(JS)/node_modules/.ready

# The classifier, from nlp/corpus alone; the same corpus gives the same bytes.
MODEL_SOURCES := $(wildcard nlp/*.py nlp/*/*.py nlp/*.tsv nlp/glosses/* nlp/network/weights/* nlp/corpus/*/* nlp/tone/*/*)
nlp/model/.ready: $(MODEL_SOURCES) | $(VENV)/.run-ready
	@echo "Building the classifier from the corpus ..."
	@$(BIN)/python -m nlp.train
	@touch $@

model: $(VENV)/.run-ready
	@$(BIN)/python -m nlp.train
	@touch nlp/model/.ready

# The network's weights lie in the repository; this trains them anew (about an hour on two cores, needs PyTorch).
# BASE: a folder with model.safetensors and tokenizer.json of sentence-transformers/all-MiniLM-L6-v2, as published.
network: $(VENV)/.test-ready
	@$(PIP) install --quiet --group network
	@$(BIN)/python -m nlp.network.train kept-back --base $(BASE)
	@$(BIN)/python -m nlp.network.train final --base $(BASE)

# `make eval` on our held-out mails, `make eval GOLD=FILE` on any labelled JSON Lines file.
eval: $(VENV)/.run-ready nlp/model/.ready
	@$(BIN)/python -m nlp.evaluate $(if $(GOLD),--gold $(GOLD))
	@$(BIN)/python -m nlp.tone.evaluate

corpus-check: $(VENV)/.run-ready
	@$(BIN)/python -m nlp.corpus_check

lint: $(VENV)/.test-ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.test-ready
	@$(BIN)/mypy

# Pin every version anew.
lock:
	@.ci/lock $(PYTHON)

# The catalogue of texts that people read.
messages: $(VENV)/.test-ready
	@.ci/messages

# Thirty letters to read.
letters: $(VENV)/.test-ready
	@$(BIN)/python -m tests.letters_page > docs/letters.md.new && mv docs/letters.md.new docs/letters.md

e2e: $(VENV)/.test-ready nlp/model/.ready
	@.ci/need-chromium && $(BIN)/pytest -m e2e tests/e2e

# How well and how fast we judge, beside what others use; then how long a seeker waits for the card.
bench: $(VENV)/.test-ready nlp/model/.ready
	@$(PIP) install --quiet --group bench
	@$(BIN)/python -m tests.bench.classifiers $(if $(GOLD),--gold $(GOLD))
	@$(BIN)/python -m tests.bench.takeout
	@$(BIN)/python -m tests.bench.takeout_recall
	@$(BIN)/python -m tests.bench.scanning
	@$(BIN)/python -m tests.bench.while_gmail_hangs
	@.ci/need-chromium && $(BIN)/python -m tests.e2e.latency

# The picture in the README.
picture: $(VENV)/.test-ready nlp/model/.ready
	@.ci/need-chromium && $(BIN)/python -m tests.e2e.picture

# Our Gmail adapter before emulate, a stand-in for Google that others wrote. It listens on every interface: on Linux it is
# given a network of its own, elsewhere this target says that it cannot run.
SECOND := tests/second_opinion
second-opinion: $(VENV)/.test-ready nlp/model/.ready
	@cd $(SECOND) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@.ci/alone env PATH="$(CURDIR)/$(BIN):$$PATH" CLASSACT_EMULATE=$(CURDIR)/$(SECOND)/node_modules/.bin/emulate \
	  $(BIN)/pytest $(SECOND)

# The slow loops, whose short versions run in `make test`.
soak: $(VENV)/.test-ready nlp/model/.ready
	@$(BIN)/python -m tests.soak.store_kill --rounds 1000
	@$(BIN)/python -m tests.soak.hostile_text
	@$(BIN)/python -m tests.soak.sync_faults --runs 500 --messages 2000
	@$(BIN)/python -m tests.soak.send_faults --sends 10000

clean:
	rm -rf $(VENV) nlp/model $(JS)/node_modules $(SECOND)/node_modules .mypy_cache .ruff_cache .hypothesis
