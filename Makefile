# Two commands for a bare clone: `make verify` and `make test`. Both create what they need in .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ENGINES := engine-sentence-transformers,engine-sentence-transformers-5,engine-onnxruntime,engine-vllm,engine-infinity,engine-installed
READY  := $(VENV)/.ready

.PHONY: verify test proofs endurance reliability detection kills engines lint types clean

verify: $(READY)  ## verify the embedded reranker on the CPU and write the report
	$(BIN)/rerank-harness verify --device cpu $(ARGS)

test: $(READY)  ## the program's own tests
	$(BIN)/pytest tests -n 2 $(ARGS)

proofs: $(READY)  ## slower proof: dialects verified whole, every fault diagnosed, nothing healthy flagged
	$(BIN)/pytest tests -m slow -n 2 --dist loadgroup $(ARGS)

endurance: $(READY)  ## slowest proof, of what the proofs show on other examples
	$(BIN)/pytest tests -m endurance -n 2 --dist loadgroup $(ARGS)

reliability: $(READY)  ## kill what verifies, what stores and what signs at 60 random moments each, and go on
	$(BIN)/pytest tests/reliability tests/reports/signoff/test_sign.py -m "kills or not kills" -n 2 $(ARGS)

detection: $(READY)  ## plant every fault, draw healthy deployments, and write what diagnosis finds
	OMP_NUM_THREADS=1 $(BIN)/python -m harness.detection diagnosis

kills: $(READY)  ## plant every fault, and write which checks see it
	OMP_NUM_THREADS=1 $(BIN)/python -m harness.detection kills

engines: $(READY)  ## install, start, verify and stop real engines, and compare them
	OMP_NUM_THREADS=1 $(BIN)/tox run -e $(ENGINES)
	$(BIN)/python -m harness.deployments table

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) reports/out
