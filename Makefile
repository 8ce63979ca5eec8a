# entrasync: how it is built, tried, tested and installed. `make help` lists what there is.
#
# Everything is written below .build (and perl/blib), whoever runs it and wherever HOME is. make
# splits names at spaces, so targets and prerequisites are relative to this folder, whose own path
# may hold any character.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VERSION := $(shell sed -n 's/^\#define ENTRASYNC_VERSION "\(.*\)"/\1/p' include/entrasync.h)
BUILD := .build
PERL ?= /usr/bin/perl
INSTALL_BASE ?=
INSTALLDIRS ?= site
PREFIX ?= $(or $(INSTALL_BASE),/usr/local)
override PREFIX := $(patsubst %/,%,$(PREFIX))
LIBDIR ?= $(PREFIX)/lib
DESTDIR ?=

# SwiftPM and clang keep caches and settings in HOME, compilers and tests scratch files in /tmp.
export TMPDIR := $(CURDIR)/$(BUILD)/tmp
export XDG_CACHE_HOME := $(CURDIR)/$(BUILD)/cache
export XDG_DATA_HOME := $(CURDIR)/$(BUILD)/data

# No test remembers its runs in the folder of an installed entrasync.
export ENTRASYNC_STATEDIR := none

# swift-driver 6.3 crashes where TMPDIR holds a byte that is not ASCII. This name of the folder has
# none: it leads there through the working directory of this make.
export SWIFT_TMPDIR := /proc/$(shell echo $$PPID)/cwd/$(BUILD)/tmp
SWIFT_BUILD := TMPDIR=$$SWIFT_TMPDIR swift build --quiet --cache-path $(BUILD)/cache \
  --config-path $(BUILD)/config --security-path $(BUILD)/security

# Whether the library runs where libcurl's functions have no version, as on RHEL. A distribution's
# own package asks for the version of its libcurl: PORTABLE= on the command line.
PORTABLE ?= yes

# The library is built as it ships. The simulator shares its debug build with the Swift tests.
LIBRARY := $(BUILD)/release/libentrasync.so
export GRAPH_SIMULATOR := $(CURDIR)/$(BUILD)/debug/graph-simulator
SWIFT_TESTS := EntraSyncTests EntraSyncIOTests GraphSimulatorTests
RESULTS := $(addprefix $(BUILD)/results/,$(SWIFT_TESTS:=.xml) c.log perl.log readme.log)

# Debian's names. The first line of each target says which it needs; `make packages` installs them.
BUILD_PACKAGES := gcc g++ make perl libcurl4-openssl-dev libssl-dev libsimdjson-dev libsqlite3-dev \
  pkg-config
TEST_PACKAGES := libdbi-perl util-linux binutils openssl
LINT_PACKAGES := perltidy libperl-critic-perl clang-format-14 shellcheck
CHECK_PACKAGES := $(LINT_PACKAGES) libperl-minimumversion-perl procps valgrind abigail-tools \
  man-db groff-base mandoc
PEERS_PACKAGES := python3-venv nginx-light openssl curl jq
NETWORK_PACKAGES := nginx-light tinyproxy-bin apache2-bin socat openssl curl iproute2 util-linux \
  libio-socket-ssl-perl
CRASH_PACKAGES := nginx-light acl attr e2fsprogs iproute2 util-linux
MEMCHECK_PACKAGES := valgrind
EXAMPLES_PACKAGES := python3 valgrind
EMBED_PACKAGES := valgrind iproute2 util-linux
MUTANTS_PACKAGES := python3
ROOTS_PACKAGES := mmdebstrap dpkg-dev
DEB_PACKAGES := debhelper chrpath libperl-dev lintian blhc $(BUILD_PACKAGES)
RPM_PACKAGES := rpm rpmlint
REPORT_PACKAGES := chromium chromium-driver fonts-dejavu-core python3-venv
BENCH_PACKAGES := nginx-light openssl curl libsimdjson-dev golang-go libwww-perl libjson-xs-perl \
  liblwp-protocol-https-perl libmojolicious-perl libcpanel-json-xs-perl libev-perl \
  libio-socket-ssl-perl python3 python3-requests python3-msal python3-httpx python3-h2
HAVE := .ci/packages check packages-all

# The parts of the work share .build: one at a time. SwiftPM and the tests use every core.
.NOTPARALLEL:

.PHONY: help
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

# ---- Building ---------------------------------------------------------------------------------

$(BUILD)/tmp $(BUILD)/results:
	@mkdir -p $@

.PHONY: packages
packages: | $(BUILD)/tmp ## Install what `make run` and `make test` need (Debian, as root)
	@.ci/packages install $(BUILD_PACKAGES) $(TEST_PACKAGES)

.PHONY: packages-all
packages-all: | $(BUILD)/tmp ## Install what all other targets need too
	@.ci/packages install $(sort $(foreach kind,BUILD TEST CHECK PEERS NETWORK CRASH MEMCHECK \
	  EXAMPLES EMBED MUTANTS DEB RPM ROOTS BENCH,$($(kind)_PACKAGES)))

.PHONY: packages-report
packages-report: | $(BUILD)/tmp ## Install what `make test-report` needs: a browser
	@.ci/packages install $(REPORT_PACKAGES)

.PHONY: build-packages
build-packages: | $(BUILD)/tmp
	@.ci/packages check packages $(BUILD_PACKAGES)

.PHONY: library
library: build-packages
	@$(if $(PORTABLE),Sources/CCurl/link-unversioned $(BUILD)/link)
	@$(SWIFT_BUILD) $(if $(PORTABLE),--pkg-config-path $(BUILD)/link) \
	  --configuration release --product entrasync -Xlinker -Map=$(BUILD)/libentrasync.map
	@ln -sf libentrasync.so $(LIBRARY).1

.PHONY: stages
stages: build-packages
	@$(SWIFT_BUILD) --configuration release --product reading-stages

.PHONY: simulator
simulator: build-packages
	@$(SWIFT_BUILD) --product graph-simulator

# What the Perl module is made from is its own Makefile's business; this one starts it when needed.
# A folder is newer than this once a module has come or gone, and the header once the version is
# another, which only Makefile.PL notices.
perl/Makefile: perl/Makefile.PL include/entrasync.h $(shell find perl/lib perl/script -type d)
	@cd perl && $(PERL) Makefile.PL > /dev/null

.PHONY: perl
perl: library perl/Makefile
	@$(MAKE) --no-print-directory -C perl > /dev/null

# The manual pages of C are made from the header.
MANUAL := $(BUILD)/man/man3
$(MANUAL)/entrasync.3: docs/man/make.pl include/entrasync.h
	@$(PERL) $^ $(MANUAL)

.PHONY: man
man: $(MANUAL)/entrasync.3 ## Make the manual pages of C, for `man -M .build/man entrasync`

.PHONY: build
build: library simulator perl man ## Build the library, the simulator, the Perl modules, the manual

# ---- Trying and testing -----------------------------------------------------------------------

.PHONY: run
run: packages build ## Start the simulator, run both cron scripts against it and show their lists
	@Tests/with-simulator -- perl/t/host/run

.PHONY: test
test: packages build | $(BUILD)/results ## Run the Swift, C and Perl tests
	@rm -f $(RESULTS)
	@status=0; \
	  $(MAKE) --no-print-directory --keep-going $(TEST_PARTS) || status=$$?; \
	  Tests/count $(RESULTS) && exit $$status

TEST_PARTS := test-swift test-c test-perl test-readme
.PHONY: $(TEST_PARTS)
test-swift: | $(BUILD)/results
	@$(SWIFT_BUILD) --build-tests
	@Tests/swift $(BUILD)/results $(SWIFT_TESTS)
test-c: | $(BUILD)/results
	@Tests/C/run 2>&1 | tee $(BUILD)/results/c.log
test-perl: | $(BUILD)/results
	@cd perl && prove --blib --recurse --jobs 2 t 2>&1 | tee ../$(BUILD)/results/perl.log
test-readme: | $(BUILD)/results
	@Tests/with-simulator -- prove --exec bash Tests/readme_test.sh 2>&1 \
	  | tee $(BUILD)/results/readme.log

.PHONY: test-peers
test-peers: build | $(BUILD)/results ## Let msgraph-sdk, O365, MSAL and curl read the same people
	@$(HAVE) $(TEST_PACKAGES) $(PEERS_PACKAGES)
	@Tests/Peers/run 2>&1 | tee $(BUILD)/results/peers.log

.PHONY: test-crash
test-crash: build | $(BUILD)/results ## Kill runs, fill disks, try hostile folders (as root)
	@$(HAVE) $(TEST_PACKAGES) $(CRASH_PACKAGES)
	@Tests/Crash/run 2>&1 | tee $(BUILD)/results/crash.log

.PHONY: test-network
test-network: build | $(BUILD)/results ## Show TLS, HTTP/2 and proxies (as root)
	@$(HAVE) $(TEST_PACKAGES) $(NETWORK_PACKAGES)
	@Tests/Network/run 2>&1 | tee $(BUILD)/results/network.log

.PHONY: test-embed
test-embed: build | $(BUILD)/results ## Live in hosts with signals, closed files, forks, threads
	@$(HAVE) $(TEST_PACKAGES) $(EMBED_PACKAGES)
	@Tests/Embed/run 2>&1 | tee $(BUILD)/results/embed.log

.PHONY: test-examples
test-examples: build | $(BUILD)/results ## Build and run the programs in examples/
	@$(HAVE) $(TEST_PACKAGES) $(EXAMPLES_PACKAGES)
	@Tests/Examples/run 2>&1 | tee $(BUILD)/results/examples.log

.PHONY: test-memcheck
test-memcheck: build | $(BUILD)/results ## Run the C tests under valgrind
	@$(HAVE) $(TEST_PACKAGES) $(MEMCHECK_PACKAGES)
	@Tests/C/run memcheck 2>&1 | tee $(BUILD)/results/memcheck.log

.PHONY: test-memory
test-memory: build | $(BUILD)/results ## Let an allocation fail at 500 points of a run
	@$(HAVE) $(TEST_PACKAGES)
	@Tests/Memory/run 2>&1 | tee $(BUILD)/results/memory.log

.PHONY: test-checks
test-checks: build stages | $(BUILD)/results ## Check the tree, the library and the messages
	@$(HAVE) $(TEST_PACKAGES) $(CHECK_PACKAGES)
	@prove --exec bash .ci/checks/*.sh 2>&1 | tee $(BUILD)/results/checks.log

.PHONY: test-anywhere
test-anywhere: | $(BUILD)/tmp $(BUILD)/results ## Run and test a clone whose path is long and odd
	@$(HAVE) $(BUILD_PACKAGES) $(TEST_PACKAGES) procps
	@prove --exec bash .ci/anywhere_test.sh 2>&1 | tee $(BUILD)/results/anywhere.log

.PHONY: test-report
test-report: build | $(BUILD)/results ## Look at pages of `entraid report` in a browser
	@.ci/packages check packages-report $(REPORT_PACKAGES)
	@prove Tests/Report/run 2>&1 | tee $(BUILD)/results/report.log

.PHONY: test-year
test-year: build | $(BUILD)/results ## Live through a year of runs, and count cron's mails
	@$(HAVE) $(TEST_PACKAGES)
	@prove -v Tests/Year/run 2>&1 | tee $(BUILD)/results/year.log

.PHONY: faults
faults: build | $(BUILD)/tmp ## Run every fault and compare with Tests/Faults/README.md
	@$(HAVE) $(TEST_PACKAGES)
	@Tests/Faults/run

.PHONY: test-fuzz
test-fuzz: build-packages | $(BUILD)/results ## Show the readers all of Tests/Fuzz/Corpus
	@$(MAKE) --silent --no-print-directory -C Tests/Fuzz
	@prove --exec bash Tests/Fuzz/replay_test.sh 2>&1 | tee $(BUILD)/results/fuzz.log

.PHONY: fuzz
fuzz: build-packages ## Look for inputs that break a reader, FUZZ_SECONDS (600) for each
	@Tests/Fuzz/run

.PHONY: mutants
mutants: build-packages | $(BUILD)/tmp ## Put small faults in, and list those unnoticed (MUTANTS)
	@$(HAVE) $(MUTANTS_PACKAGES)
	@Tests/Mutants/run $(MUTANTS)

.PHONY: bench
bench: build stages ## Measure large groups and single lookups beside other programs (BENCH)
	@$(HAVE) $(TEST_PACKAGES) $(BENCH_PACKAGES)
	@Tests/Benchmarks/run $(BENCH)

.PHONY: lint
lint: | $(BUILD)/tmp ## Check the format of Swift, C, Perl, shell and text
	@$(HAVE) $(BUILD_PACKAGES) $(LINT_PACKAGES)
	@.ci/lint

# ---- Installing -------------------------------------------------------------------------------

define PKG_CONFIG_FILE
prefix=$(PREFIX)
libdir=$(LIBDIR)
includedir=$(PREFIX)/include

Name: entrasync
Description: Lists of people, kept from Microsoft Entra ID groups
Version: $(VERSION)
Libs: -L$${libdir} -lentrasync
Cflags: -I$${includedir}
endef
export PKG_CONFIG_FILE

# What `make install` installs is gathered in a stage first, and put into place by renaming: a
# program that runs has the old files mapped. LIST is what `make uninstall` removes; a DESTDIR, of
# which a package is made, has none.
STAGE := $(CURDIR)/$(BUILD)/stage
LIST := $(LIBDIR)/entrasync/installed

.PHONY: install
install: stage-library stage-perl ## Install what `make build` built (PREFIX, DESTDIR, …)
	@[ "$(DESTDIR)$(PREFIX)" != /usr/local ] || [ "$$(id -u)" -ne 0 ] \
	  || { mkdir -p "$(STAGE)/var/lib/entrasync" && chmod 700 "$(STAGE)/var/lib/entrasync"; }
	@dist/place.sh "$(STAGE)" "$(DESTDIR)" $(if $(DESTDIR),,"$(LIST)")
	@rm -rf "$(STAGE)"
	@echo "entrasync $(VERSION) is installed below $(DESTDIR)$(PREFIX)"

# Debian's package of the library needs no Perl.
.PHONY: install-library
install-library: stage-library
	@[ -n "$(DESTDIR)" ] || { echo "Name a folder, DESTDIR; or run: make install" >&2; exit 1; }
	@dist/place.sh "$(STAGE)" "$(DESTDIR)"
	@rm -rf "$(STAGE)"

.PHONY: uninstall
uninstall: ## Remove what `make install` has installed (PREFIX, LIBDIR, …)
	@[ -z "$(DESTDIR)" ] || { echo "Remove the folder $(DESTDIR) itself" >&2; exit 1; }
	@dist/uninstall.sh --list "$(LIST)"

.PHONY: stage-folder stage-library stage-perl
stage-folder:
	@for folder in "$(DESTDIR)" "$(PREFIX)" "$(LIBDIR)" "$(INSTALL_BASE)"; do \
	  case $$folder in "" | /*) ;; *) \
	    echo "$$folder is a relative path; name it from / on" >&2; exit 1 ;; \
	  esac; done
	@[ -f $(LIBRARY) ] && [ -f $(MANUAL)/entrasync.3 ] \
	  || { echo "Run first: make build" >&2; exit 1; }
	@rm -rf "$(STAGE)" $(BUILD)/install
	@mkdir -p "$(STAGE)"

stage-library: stage-folder
	@umask 022; mkdir -p "$(STAGE)$(LIBDIR)/pkgconfig" "$(STAGE)$(PREFIX)/include" \
	  "$(STAGE)$(PREFIX)/share/man"
	@install -m 644 include/entrasync.h "$(STAGE)$(PREFIX)/include"
	@install -m 644 $(LIBRARY) "$(STAGE)$(LIBDIR)/libentrasync.so.$(VERSION)"
	@ln -s libentrasync.so.$(VERSION) "$(STAGE)$(LIBDIR)/libentrasync.so.1"
	@ln -s libentrasync.so.1 "$(STAGE)$(LIBDIR)/libentrasync.so"
	@umask 022; $(MAKE) --no-print-directory pkg-config-file \
	  > "$(STAGE)$(LIBDIR)/pkgconfig/entrasync.pc"
	@umask 022; cp -R $(MANUAL) "$(STAGE)$(PREFIX)/share/man"

# MakeMaker is told where to install when it configures. This happens in a copy, so that the tree
# stays as its builder left it. The copy has the tree's times, and nothing is built again. A folder
# that is named, such as INSTALLSITELIB, reaches MakeMaker's Makefile by itself.
CONFIGURED := $(BUILD)/install/perl
stage-perl: stage-folder
	@[ -d perl/blib ] || { echo "Run first: make build" >&2; exit 1; }
	@mkdir -p $(BUILD)/install
	@cp -R --preserve=mode,timestamps perl $(CONFIGURED)
	@cd $(CONFIGURED) && env -u PERL_MM_OPT $(PERL) Makefile.PL INSTALLDIRS=$(INSTALLDIRS) \
	  "$(if $(INSTALL_BASE),INSTALL_BASE=$(INSTALL_BASE),PREFIX=$(PREFIX))" \
	  ENTRASYNC_LIBDIR=../../release ENTRASYNC_INCLUDE=../../../include \
	  NO_PACKLIST=1 NO_PERLLOCAL=1 > /dev/null
	@touch -r perl/Makefile $(CONFIGURED)/Makefile
	@$(MAKE) --no-print-directory -C $(CONFIGURED) pure_install DESTDIR="$(STAGE)" \
	  BASHCOMPLETIONDIR="$(PREFIX)/share/bash-completion/completions" > /dev/null
	@rm -rf $(BUILD)/install

# ---- Packages ---------------------------------------------------------------------------------

# They are built in a copy of the files that git knows.
.PHONY: deb
deb: ## Build Debian's packages into .build/deb
	@$(HAVE) $(DEB_PACKAGES)
	@.ci/deb $(BUILD)/deb

.PHONY: dist
dist: build ## Make a tarball with install.sh in .build/dist
	@.ci/dist $(BUILD)/dist

.PHONY: rpm
rpm: dist | $(BUILD)/results ## Make a source RPM of the tarball in .build/rpm, and rebuild it
	@$(HAVE) $(RPM_PACKAGES)
	@.ci/rpm $(BUILD)/rpm $(BUILD)/dist/*.tar.gz
	@prove Tests/Packages/rebuild 2>&1 | tee $(BUILD)/results/rpm.log

.PHONY: test-reproducible
test-reproducible: build-packages | $(BUILD)/results ## Build all that ships twice, and compare
	@$(HAVE) $(DEB_PACKAGES) $(RPM_PACKAGES)
	@prove .ci/reproduce 2>&1 | tee $(BUILD)/results/reproducible.log

.PHONY: pkg-config-file
pkg-config-file:
	@printf '%s\n' "$$PKG_CONFIG_FILE"

.PHONY: test-packages
test-packages: build deb rpm | $(BUILD)/results ## Install and upgrade in a clean root
	@$(HAVE) $(TEST_PACKAGES) $(ROOTS_PACKAGES)
	@prove Tests/Packages/run 2>&1 | tee $(BUILD)/results/packages.log

.PHONY: clean
clean: ## Remove everything that was built
	@[ ! -f perl/Makefile ] || $(MAKE) --no-print-directory -C perl realclean > /dev/null
	@rm -rf $(BUILD)
