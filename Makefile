# The two commands of the README are `make run` and `make test`; the logic is in accessform/operations.
.POSIX:
PYTHON = python3
START = $(PYTHON) accessform/operations/bootstrap.py

.PHONY: run test fast serve voice-demo a11y bench lint lock wording-tools wording-figures voice-tools voice-figures struggle-figures clean

run:
	@$(START) run

test:
	@$(START) test

fast:
	@$(START) test --fast

serve:
	@$(START) serve

voice-demo:
	@$(START) voice-demo

a11y:
	@$(START) a11y

bench:
	@$(START) bench

lint:
	@$(START) lint

lock:
	@$(START) lock

wording-tools:
	@$(START) wording-tools

wording-figures:
	@$(START) wording-figures

voice-tools:
	@$(START) voice-tools

voice-figures:
	@$(START) voice-figures

struggle-figures:
	@$(START) struggle-figures

clean:
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
