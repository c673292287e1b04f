# Two commands: `make demo` and `make check`. The rest is theirs.
# Building is Meson's (meson.build); pages are built by ui/package.json.

BUILD ?= build
PORT ?= 8080

.PHONY: all deps build ui demo check check-long clean

all: build ui

deps:
	@tools/install-deps

build: deps
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) >/dev/null
	@ninja -C $(BUILD) --quiet

ui: deps
	@tools/build-ui

# Builds, makes a demo instance under var/demo, walks one registration
# through it and keeps serving. DEMO_EXIT=1 stops after the walk.
demo: build ui
	@BUILD=$(BUILD) PORT=$(PORT) tools/demo

check: build ui
	@BUILD=$(BUILD) tools/check

check-long: build ui
	@BUILD=$(BUILD) tools/check --long

clean:
	rm -rf build build-* ui/dist
