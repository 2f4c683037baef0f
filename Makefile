# The first thing to type on a fresh clone is `make demo` or `make test`: both set themselves up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint bench bench-plan clean
.DELETE_ON_ERROR:

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "driftwatch needs Python 3.11 or newer; set PYTHON=python3.x" >&2; exit 2; }
	@sh scripts/make_venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

demo: $(STAMP)
	@$(BIN)/driftwatch demo

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

# TABLES="50 500": sizes of the schemas that are read beside other tools; EVERYDAY= leaves the rest out.
bench: $(STAMP)
	@$(BIN)/python -m benchmarks $(if $(filter 0 no,$(EVERYDAY)),--only-schemas) $(TABLES)

# PAIRS=40: a sample. PROOF=no: without proving each plan. ENGINES=driftwatch,migra. TABLES=2000: how fast instead.
bench-plan: $(STAMP)
	@$(BIN)/python -m benchmarks.plan $(if $(PAIRS),--pairs $(PAIRS)) $(if $(filter 0 no,$(PROOF)),--no-proof) \
		$(if $(ENGINES),--engines $(ENGINES)) $(if $(TABLES),--speed $(TABLES)) $(ARGS)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist *.egg-info
