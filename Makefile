# Two commands for a newcomer: `make demo` and `make test`. Both set everything up first.

PYTHON ?= python3
EDITION ?= zh
VENV := $(CURDIR)/.venv
READY := $(VENV)/.ready
# One more than there are processors: browsers and services are waited for.
WORKERS = $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)')

unexport EDITION  # the lab alone is told; what is committed is Chinese
export PATH := $(VENV)/bin:$(PATH)
# A few threads more than cores only get in each other's way.
export OMP_NUM_THREADS ?= 1

.PHONY: ready demo test test-latest lint lab build site bench stress clean

demo: $(READY)  ## take a sample class of twelve through the whole teaching cycle
	python -m tools.demo

test: $(READY) lint  ## all tests, then every chapter re-run and compared
	pytest -n $(WORKERS) --dist worksteal tests
	pytest -n auto --dist loadscope --nbval --nbval-current-env notebooks

ready: $(READY)  ## set up .venv, and nothing else

test-latest:  ## the quick tests with the newest versions of everything, in an environment of their own
	$(PYTHON) -m venv .venv-latest
	.venv-latest/bin/python -m pip install --quiet --upgrade --editable '.[dev,dask,postgres]'
	.venv-latest/bin/python -m pytest -q tests/course tests/checks tests/notebooks tests/presubmit

lint: $(READY)
	ruff check .
	mypy

lab: $(READY)  ## JupyterLab on the course; EDITION=en for English, ARGS=--port=8890 for JupyterLab
	@EDITION=$(EDITION) d2l-ch3 lab --edition $(EDITION) $(ARGS)

build: $(READY)  ## make notebooks/, source/ and release/ from text/
	python -m tools.build

site: $(READY)  ## the course as a website, in both languages: _site/
	python -m tools.site

bench: $(READY)  ## what grading a submission costs, stock nbgrader and the engine side by side
	python -m tools.bench

stress: $(READY)  ## the long runs: every answer with 50 seeds, a hostile class of 300, a grader killed 50 times, an hour of random submissions
	ALL_SEEDS=1 pytest -q -n auto tests -k "test_answer_gets_its_points or leaving_something_out"
	python -m tools.stress
	python -m tools.crash
	python -m tools.fuzz --seconds 3600

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --requirement requirements.txt
	@touch $@

clean:  ## what was installed and made; lab/ is a student's own work and stays
	rm -rf $(VENV) .venv-latest .demo .shots
