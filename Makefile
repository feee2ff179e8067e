# Everything that is done to this project. `make` prints what there is.

export CGO_ENABLED := 0
export GOFLAGS := -tags=nodynamic

templ    := go tool -modfile=tools/go.mod templ
lint     := go tool -modfile=tools/lint/go.mod golangci-lint
packages := ./...

.DEFAULT_GOAL := help
.PHONY: help run build test check lint fmt generate module assets shots pictures audit bench clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## Build and serve the demo on :8080, with its database in ./data
	bin/orion serve --demo

build: ## Build bin/orion, one static file
	go build -trimpath -o bin/orion ./cmd/orion

test: ## Run all tests on SQLite and PostgreSQL and in a browser; packages=./kit/... for fewer
	tools/dev/testenv go test -vet=off -p 2 -timeout 60m $(packages)

check: ## Check formatting, linters, generated and built files, and the build without cgo
	$(lint) fmt --diff
	$(lint) run $(packages)
	tools/dev/current
	go build -o /dev/null ./cmd/orion

lint: ## Run the linters alone
	$(lint) run $(packages)

fmt: ## Format Go and templates
	$(templ) fmt app kit modules
	$(lint) fmt

generate: ## Make Go of the templates, and the dashboards of deploy/
	$(templ) generate
	cd tools && go run ./dev/dashboards -write

module: ## Write a module that passes every check: make module NAME=returns
	cd tools && go run ./scaffold -dir .. $(NAME)
	$(templ) generate -path modules/$(NAME)

assets: ## Build style sheets, scripts, fonts and icons (needs Node)
	cd tools && go run ./assets
	cd tools && go run ./dev/sources -write

shots: ## Photograph every page of every frontend into tmp/shots, and open index.html there (needs Chromium)
	ORION_SHOTS=$(CURDIR)/tmp/shots tools/dev/testenv go test -count=1 -timeout 60m -run '^TestShots$$' ./app

pictures: build ## Take the pictures of the README (needs Chromium)
	cd tools && go run ./dev/shots ../bin/orion ../docs/pictures

audit: ## Measure every page with Lighthouse and axe-core into docs/audit.md (needs Chromium and Node)
	cd tools/audit && npm ci --ignore-scripts --no-audit --no-fund
	ORION_AUDIT=$(CURDIR)/docs tools/dev/testenv go test -count=1 -timeout 60m -run '^TestAudit' ./app

bench: build ## Measure the program on this machine
	bin/orion bench

clean: ## Remove what was built; ./data stays
	rm -rf bin
	go clean -testcache
