# What a person needs: `make run` and `make test`. Every target sets up what it needs first; the steps are in .make/.
.DEFAULT_GOAL := help
MINUTES := 10
.PHONY: help run test lint dev bench train fuzz screenshots package check-portable setup

# rustup installs here, and a shell opened before that does not know it yet
export PATH := $(PATH):$(HOME)/.cargo/bin

help: ## Show this list
	@awk -F ': ## ' '/^[a-z-]+: ## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: ## Build and open Workmate (without a display: read the sample letters and print what follows from them)
	@.make/run

test: ## Check everything, exactly as CI does: lint, Rust tests, interface tests, tests in a real window
	@.make/test

lint: ## Check only format, lints and types
	@.make/lint

dev: ## Open Workmate from the sources; it reloads when they change
	@.make/dev

bench: ## Measure the release build; prints a table and writes target/bench/results.json
	@.make/bench

fuzz: ## Give hostile input to every parser, MINUTES=10 each, or to NAME alone; guided by coverage
	@MINUTES=$(MINUTES) .make/fuzz $(NAME)

train: ## Learn the models of kinds and roles from the corpora and write them with their card
	@.make/train

screenshots: ## Take pictures of every area, in both languages and themes
	@.make/screenshots

package: ## Build the .deb and say where it is
	@.make/package

check-portable: ## Check the types of everything below the shell for Windows and macOS
	@.make/check-portable

setup: ## Only install what building, running and testing need
	@.make/setup build run test
