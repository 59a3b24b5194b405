# The two commands of the README are `run` and `test`; `make help` lists the rest.
# PYTHON is the system's Python that makes .venv; HALL another hall.toml; DEMO=1 adds citizens and clerks; ROLE and ID
# say what a machine becomes.
PYTHON ?= python3
HALL ?=
DEMO ?=
SEEDS ?= 200
ROLE ?=
ID ?=
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: run test lint types sim mutants bench screenshots bundle install uninstall clean help python ready

run: python ## bring a whole hall up with virtual devices, until Ctrl-C (DEMO=1, HALL=path)
	@$(PYTHON) -m ticketserver.runner.bootstrap run
	@exec $(VENV) -m ticketserver.runner.run --end-with-parent $(if $(HALL),--config "$(HALL)") $(if $(DEMO),--demo)

test: ready ## prove all of it, headless
	@exec $(VENV) -m ticketserver.runner.prove

lint: ready ## style
	@exec $(VENV) -m ticketserver.runner.prove lint

types: ready ## types
	@exec $(VENV) -m ticketserver.runner.prove types

sim: ready ## simulation by seed (SEEDS=200)
	@exec $(VENV) -m tests.simulation --seeds $(SEEDS)

mutants: ready ## planted bugs, each of which the simulation must find
	@exec $(VENV) -m tests.simulation.mutants

bench: ready ## measure; table here, figures in build/bench.json
	@exec $(VENV) -m tests.bench

screenshots: ready ## every screen of kiosk and display, checked, and the README's pictures into docs/images
	@exec $(VENV) -m tests.screenshots

bundle: python ## one archive in build/ that installs without internet (HALL=path)
	@$(PYTHON) -m ticketserver.runner.bootstrap run
	@exec $(VENV) -m ticketserver.runner.bundle $(if $(HALL),--hall "$(HALL)")

install: python ## set this machine up: ROLE=server|kiosk|display|bridge [ID=kiosk1]
	@exec $(PYTHON) -B -m ticketserver.runner.install "ROLE=$(ROLE)" "ID=$(ID)"

uninstall: python ## take the programs off this machine; data and settings stay
	@exec $(PYTHON) -B -m ticketserver.runner.uninstall

clean: ## remove what was built and what a hall left behind; .venv stays
	@if [ -e run/hall.lock ] && ! flock --nonblock run/hall.lock true; then \
	  echo 'A hall is running from this checkout; end it first (Ctrl-C in its terminal).' >&2; exit 1; fi
	@rm -rf build run .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

ready: python
	@$(PYTHON) -m ticketserver.runner.bootstrap test

# A Debian with git and make may lack Python itself; everything else is looked after by the bootstrap.
python:
	@command -v $(PYTHON) >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	  then echo '· Debian: install python3, python3-venv …'; apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null; \
	  else echo 'There is no $(PYTHON). Type this one line, then run make again: sudo apt-get install -y python3 python3-venv' >&2; exit 1; fi; }
