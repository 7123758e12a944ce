# `make help` lists what can be done. Everything that is made lies below .local and target.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
MAKEFLAGS += --no-print-directory

PYTHON := .local/venv/bin/python
export PATH := $(CURDIR)/.local/tools/bin:$(PATH)
export PORT PROFILE
# As it was given: the address of a local API has a dollar sign in it.
export GIVEN_API := $(value API)

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## Install what is missing below .local (the other targets do it themselves)
	@infra/setup --tools

.PHONY: run
run: ## Build, start the local AWS, deploy, and stay until Ctrl-C (PORT=4566, PROFILE=dev)
	@infra/setup
	exec $(PYTHON) -m infra.local.run

.PHONY: test
test: lint ## Check everything, then run all tests on a stack of their own
	@$(PYTHON) -m unittest discover -b -t . -s infra/tests/unit
	exec $(PYTHON) -m infra.local.test

.PHONY: test-independent
test-independent: ## Check what is signed, encoded and promised by programs of others (API=… for another stack)
	@infra/setup --independent
	export API=$$GIVEN_API
	exec $(PYTHON) -m infra.local.independent

.PHONY: journey
journey: ## Show the main job step by step (API=… for another stack than that of `make run`)
	@export API=$$GIVEN_API
	if [[ -z $$API ]]; then
		if [[ ! -f .local/stack/local/environment ]]; then
			echo "✗ nothing runs here: start the stack with 'make run', or name one with API=…" >&2
			exit 1
		fi
		source .local/stack/local/environment
	fi
	exec cargo run --quiet --locked -p journeys --bin journey

.PHONY: fmt
fmt: ## Format all code
	@infra/setup
	cargo fmt --all
	$(PYTHON) -m ruff format --quiet infra
	$(PYTHON) -m ruff check --quiet --fix infra
	$(PYTHON) -m ruff format --quiet --config infra/ruff.toml tests/independent
	$(PYTHON) -m ruff check --quiet --fix --config infra/ruff.toml tests/independent

.PHONY: lint
lint: setup ## Formatting, clippy, licences, template and scripts
	@echo "· formatting"
	cargo fmt --all --check
	$(PYTHON) -m ruff format --check --quiet infra
	$(PYTHON) -m ruff check --quiet infra
	$(PYTHON) -m ruff format --check --quiet --config infra/ruff.toml tests/independent
	$(PYTHON) -m ruff check --quiet --config infra/ruff.toml tests/independent
	echo "· template"
	.local/venv/bin/cfn-lint --regions us-east-1 cn-north-1 cn-northwest-1 -- infra/template.yaml
	echo "· licences and bans"
	cargo deny --log-level error check licenses bans sources
	echo "· clippy"
	cargo clippy --workspace --all-targets --locked -- -D warnings

.PHONY: figures
figures: ## Measure release builds: package sizes, starts, a ledger, the largest documents
	@infra/setup
	exec $(PYTHON) -m infra.figures

.PHONY: item
item: ## Write the files of a new service item, or of an item's next version (CODE=PSB-APR-042)
	@export CODE="$(CODE)"
	exec $(PYTHON) -m infra.authoring.item

.PHONY: openapi
openapi: ## Write the interface description anew from the code
	@UPDATE_OPENAPI=1 cargo nextest run -p journeys -E 'test(the_checked_in_description)'

.PHONY: access
access: ## Write the table of who may take which route anew from the policy
	@UPDATE_ACCESS=1 cargo nextest run -p journeys -E 'test(every_route_is_for_whom_the_table_says)'

.PHONY: clean
clean: ## Remove the local stack's data and the builds (keeps the installed tools)
	@rm -rf .local/stack .local/build target
