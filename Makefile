# One command per purpose; "make help" lists them. The work is done by CMake (CMakePresets.json) and scripts/.
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

cmake := .venv/bin/cmake
ctest := .venv/bin/ctest
jobs := $(shell nproc)
preset ?= release
# OFF, ON, opencl or cuda: the GPUs for which kernels are built. Empty: as before, at first none. Presets other than
# release say it themselves.
gpu ?=
# ON: the Python module as well; what `make test` sets where it can be loaded.
python ?=
# What installations and packages hold.
delivered := fsdnet fsdnet_compiler fsdnet_kernel_compiler package_files shared_library package_texts
ninja := $(cmake) --build --preset $(preset) --parallel $(jobs)

.PHONY: help tools python_tools configure build demo install deb experiments test bench bench-rivals bench-training bench-gpu gpu-bundle gpu-page fuzz daily style lint format docs sbom clean

help: ## Say what can be done here
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 14
	@echo "With preset=NAME, build, test and bench use another preset of CMakePresets.json: dev, asan, tsan, gpu."
	@echo "With gpu=ON, build and demo have kernels for GPUs too, as test does."

tools: ## Install what the build needs: Debian packages, and .venv from requirements.txt
	@scripts/packages.sh
	@scripts/venv.sh

configure: tools
	@scripts/configure.sh $(preset) '$(gpu)' '$(python)'

python_tools: tools
	@scripts/packages.sh test
	@[ -z '$(python)' ] || scripts/venv.sh .venv-python python/requirements.txt

build: configure ## Install what is missing and build the command line, its compiler too: build/release/bin/fsdnet
	@$(ninja) --target fsdnet fsdnet_compiler

demo: configure ## Classify real handwritten digits with the trained model; table and build/demo.png
	@$(ninja) --target fsdnet
	@scripts/demo.sh build/$(preset)/bin/fsdnet build/demo.png

install: configure ## Build what programs need and install it: PREFIX=folder [/usr/local]
	@$(ninja) --target $(delivered)
	@$(cmake) --install build/$(preset) --prefix $(or $(PREFIX),/usr/local)

deb: configure ## Build what Debian packages hold and make them: build/release/debian/*.deb
	@scripts/packages.sh deb
	@$(ninja) --target $(delivered)
	@SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} .venv/bin/cpack --config build/$(preset)/CPackConfig.cmake

test: gpu := $(or $(gpu),$(if $(filter release,$(preset)),ON))
test: python := $(or $(python),$(if $(filter release,$(preset)),ON))
test: python_tools configure ## Build everything, for GPUs too, and run every test
	@scripts/venv.sh .venv-onnx tests/onnx/requirements.txt
	@scripts/venv.sh .venv-independent tests/independent/requirements.txt
	@$(ninja)
	@$(ctest) --preset $(preset) --parallel $(jobs)

experiments: configure ## Run the experiments and write docs/experiments; only=NAME picks one
	@scripts/experiments.sh $(only)

bench: configure ## Build and run the benchmarks; filter=REGEX picks some
	@scripts/bench.sh $(preset) $(filter)

bench-rivals: tools ## Measure fsdnet beside its rivals; only=REGEX picks, pytorch=pypi brings torch.compile (5 GB)
	@scripts/rivals.sh $(if $(only),--only '$(only)') $(if $(pytorch),--pytorch '$(pytorch)')

bench-training: tools ## Measure an epoch of training beside PyTorch's, one thread each
	@scripts/bench_training.sh

bench-gpu: tools ## Measure fsdnet on a GPU beside PyTorch there; device=opencl takes OpenCL's
	@scripts/bench_gpu.sh here $(device)

gpu-bundle: tools ## Pack what tests and times fsdnet on a machine with an NVIDIA driver and nothing else
	@scripts/bench_gpu.sh bundle

gpu-page: ## Write build/gpu/gpu.md from what measure.sh found there: results=FOLDER
	@bench/rivals/gpu_page.py $(results)

fuzz: tools ## Feed everything that reads files with spoiled ones; seconds=N for each reader, only=REGEX picks
	@scripts/packages.sh fuzz
	@scripts/configure.sh fuzz
	@$(cmake) --build --preset fuzz --parallel $(jobs)
	@scripts/fuzz.sh build/fuzz '$(or $(seconds),20)' $(jobs) '$(only)'

daily: configure ## Run the long check whose turn it is today: fuzzers, or tests under sanitizers; turn=0 to 7 picks
	@$(ninja) --target package_files fuzz_seeds
	@scripts/daily.sh $(turn)

style: ## Check format and house rules: what can be said in seconds
	@scripts/packages.sh lint
	@scripts/style.sh

lint: style configure ## The same, and clang-tidy on what changed since it was last clean; minutes=N limits it
	@.venv/bin/python scripts/tidy.py $(if $(minutes),--minutes $(minutes)) build/$(preset)

format: ## Apply .clang-format to every source file
	@scripts/packages.sh lint
	@git ls-files -z '*.c' '*.cpp' '*.h' | xargs -0 clang-format -i

docs: ## Write the documentation as a site: build/site
	@scripts/venv.sh .venv-docs docs/requirements.txt
	@PYTHONPATH=scripts .venv-docs/bin/mkdocs build --strict --quiet
	@echo build/site/index.html

sbom: build ## List what fsdnet is built from and what it links, as CycloneDX: build/sbom.json
	@scripts/sbom.py build/$(preset) build/sbom.json

clean: ## Remove build/ (.venv stays)
	rm -rf build
