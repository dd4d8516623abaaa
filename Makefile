# libecosim -- 'make help' lists what can be made. Everything that is made stands in $(BUILD).
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
NATIVE  ?= 1#  1: for this machine's processor; 0: for any of its family (packages)
SAN     ?= 0#  1: with the address and undefined-behaviour sanitizers
WERROR  ?= 0#  1: a warning is an error
V       ?= 0#  1: show the commands
STUDY   ?= scripts/studies/jingmen_2020.lua

VERSION := $(shell cat VERSION)
SOMAJOR := $(firstword $(subst ., ,$(VERSION)))

# ---- packages: asked for once; their headers are not ours to warn about (-isystem)
cflags_of = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(1) 2>/dev/null))
libs_of   = $(shell pkg-config --libs $(1) 2>/dev/null)
first_of  = $(firstword $(foreach p,$(1),$(shell pkg-config --exists $(p) 2>/dev/null && echo $(p))))
# Debian's plain hdf5 may be the MPI flavour: the serial one comes first
HDF5_PC     := $(call first_of,hdf5-serial hdf5)
LUA_PC      := $(call first_of,lua5.4 lua-5.4 lua54 lua)
BLAS_PC     := $(call first_of,openblas cblas)
HDF5_CFLAGS := $(call cflags_of,$(HDF5_PC))
HDF5_LIBS   := $(filter -L%,$(call libs_of,$(HDF5_PC))) -lhdf5_hl -lhdf5
LUA_CFLAGS  := $(call cflags_of,$(LUA_PC))
LUA_LIBS    := $(call libs_of,$(LUA_PC))
BLAS_CFLAGS := $(call cflags_of,$(BLAS_PC))
BLAS_LIBS   := $(call libs_of,$(BLAS_PC))
CHECK_CFLAGS := $(call cflags_of,check)
CHECK_LIBS   := $(call libs_of,check)

# ---- flags. No flag that changes a value: no -ffast-math, no contraction of a*b+c. What is allowed here only drops the
# bookkeeping of errno and of floating-point traps, which nobody reads and which keeps loops from becoming vectors.
CFLAGS ?= $(if $(filter 1,$(SAN)),-O1 -g,-O3 -g)
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
            $(if $(filter 1,$(WERROR)),-Werror)
comma := ,
MODE := $(if $(filter 1,$(NATIVE)),-march=native) \
        $(if $(filter 1,$(SAN)),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -fPIC -pthread -ffp-contract=off -fno-math-errno -fno-trapping-math \
             $(CFLAGS) $(MODE) $(WARNINGS) -MMD -MP -Ilibecosim/include
ALL_LDFLAGS = $(CFLAGS) $(MODE) -pthread -Wl,--as-needed $(LDFLAGS)

# ---- sources
LIB_SRC     := $(sort $(wildcard libecosim/src/*/*.c))
LUA_SRC     := $(sort $(wildcard bindings/lua/*.c))
CLI_SRC     := $(sort $(wildcard bindings/cli/*.c))
BENCH_SRC   := $(sort $(wildcard tests/bench/*.c))
SUPPORT_SRC := $(sort $(wildcard tests/support/*.c))
TEST_SRC    := $(sort $(wildcard tests/unit/test_*.c tests/equations/test_*.c tests/properties/test_*.c))
HEADERS     := $(sort $(wildcard libecosim/include/ecosim/*.h))
Q   := $(if $(filter 1,$(V)),,@)
say := @$(if $(filter 1,$(V)),:,echo)
object_of    = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

LIB_A  := $(BUILD)/libecosim.a
LIB_SO := $(BUILD)/libecosim.so.$(SOMAJOR)
MODULE := $(if $(LUA_SRC),$(BUILD)/lua/ecosim/core.so)
CLI    := $(if $(CLI_SRC),$(BUILD)/ecosim)
TESTS  := $(addprefix $(BUILD)/tests/,$(notdir $(TEST_SRC:.c=)))
BENCH  := $(BUILD)/bench
OBJECTS := $(call object_of,$(LIB_SRC) $(LUA_SRC) $(CLI_SRC) $(BENCH_SRC) $(SUPPORT_SRC) $(TEST_SRC))

.PHONY: all lib tests help run test bench sanitize format format-check rooms install uninstall clean deps FORCE
.DELETE_ON_ERROR:
.SECONDARY: $(OBJECTS)

all: lib $(MODULE) $(CLI)   ## library, Lua module and command in build/ (NATIVE=0: for any processor of the family)
lib: $(LIB_A) $(LIB_SO)
tests: $(TESTS)

help:                       ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22
	@echo '  CC= CFLAGS= BUILD= V=1 as usual; NATIVE=1 (the default) builds for the processor of this machine only.'

# ---- objects: what a folder may include is what it is given here
$(call object_of,$(LIB_SRC)): ROOM_CFLAGS = -Ilibecosim/src -fvisibility=hidden
$(call object_of,$(filter libecosim/src/results/%,$(LIB_SRC))): ROOM_CFLAGS = -Ilibecosim/src -fvisibility=hidden $(HDF5_CFLAGS)
$(call object_of,$(LUA_SRC)): ROOM_CFLAGS = -Ibindings $(LUA_CFLAGS)
$(call object_of,$(CLI_SRC)): ROOM_CFLAGS = -Ibindings $(LUA_CFLAGS) -DECOSIM_PREFIX='"$(PREFIX)"'
$(call object_of,$(CLI_SRC)): $(BUILD)/prefix
$(call object_of,$(TEST_SRC) $(SUPPORT_SRC)): ROOM_CFLAGS = -Ilibecosim/src -Itests -Itests/support $(CHECK_CFLAGS) $(HDF5_CFLAGS)
$(call object_of,$(BENCH_SRC)): ROOM_CFLAGS = -Ilibecosim/src -Itests -Itests/support $(BLAS_CFLAGS) -DECO_BENCH_BUILD='"$(BUILD)"'

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(say) cc $<
	$(Q)$(CC) $(ALL_CFLAGS) $(ROOM_CFLAGS) $(CPPFLAGS) -c $< -o $@

# other flags or another compiler: everything is built again
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(ALL_CFLAGS) $(HDF5_PC) $(LUA_PC) $(BLAS_PC) $(VERSION))' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# where the command looks for its scripts when they are not beside it
$(BUILD)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' > $@

# ---- what is made of them. The archive is made anew each time: a source that is gone leaves nothing behind.
$(LIB_A): $(call object_of,$(LIB_SRC)) $(BUILD)/lib-sources
	@rm -f $@
	$(say) ar $@
	$(Q)$(AR) rcs $@ $(filter %.o,$^)
$(LIB_SO): $(call object_of,$(LIB_SRC)) libecosim/ecosim.map $(BUILD)/lib-sources
	$(say) ld $@
	$(Q)$(CC) -shared -Wl,-soname,$(@F) -Wl,--version-script=libecosim/ecosim.map $(if $(filter 1,$(SAN)),,-Wl,--no-undefined) \
	  $(ALL_LDFLAGS) $(filter %.o,$^) $(HDF5_LIBS) -lm -o $@
	@ln -sf $(@F) $(BUILD)/libecosim.so
$(BUILD)/lib-sources: FORCE
	@mkdir -p $(@D)
	@echo '$(LIB_SRC)' | cmp -s - $@ || echo '$(LIB_SRC)' > $@

# the module leaves Lua's own symbols to the interpreter that loads it
$(BUILD)/lua/ecosim/core.so: $(call object_of,$(LUA_SRC)) $(LIB_A) $(BUILD)/module.map
	@mkdir -p $(@D)
	$(say) ld $@
	$(Q)$(CC) -shared -Wl,--version-script=$(BUILD)/module.map $(ALL_LDFLAGS) $(filter %.o %.a,$^) $(HDF5_LIBS) -lm -o $@
$(BUILD)/module.map: Makefile
	@mkdir -p $(@D)
	@echo '{ global: luaopen_*; local: *; };' > $@
# the command carries the module in itself and shows Lua to C modules that scripts may load
$(BUILD)/ecosim: $(call object_of,$(CLI_SRC) $(LUA_SRC)) $(LIB_A)
	$(say) ld $@
	$(Q)$(CC) $(ALL_LDFLAGS) -Wl,-E $^ $(LUA_LIBS) $(HDF5_LIBS) -lm -o $@

define test_rule
$(BUILD)/tests/%: $(BUILD)/obj/tests/$(1)/%.o $(call object_of,$(SUPPORT_SRC)) $(LIB_A)
	@mkdir -p $$(@D)
	$$(say) ld $$@
	$$(Q)$$(CC) $$(ALL_LDFLAGS) $$^ $$(CHECK_LIBS) $$(HDF5_LIBS) -lm -o $$@
endef
$(foreach folder,unit equations properties,$(eval $(call test_rule,$(folder))))

$(BENCH): $(call object_of,$(BENCH_SRC) tests/support/b2.c) $(LIB_A)
	$(say) ld $@
	$(Q)$(CC) $(ALL_LDFLAGS) $^ $(BLAS_LIBS) $(HDF5_LIBS) -lm -o $@

# ---- verbs
deps:                       ## install what is missing (root or sudo)
	@scripts/dev/install_deps.sh build

run:                        ## install what is missing, build, run the Jingmen study (STUDY= another)
	@scripts/dev/install_deps.sh build
	@$(MAKE) --no-print-directory all
	@$(BUILD)/ecosim run $(STUDY) --out $(BUILD)/$(basename $(notdir $(STUDY))).h5

test:                       ## build and run every test; ends with "N passed, N failed"
	@scripts/dev/install_deps.sh test
	@$(MAKE) --no-print-directory all tests
	@CC='$(CC)' BUILD=$(BUILD) scripts/dev/run_tests.sh

bench:                      ## measure; prints name, value, unit, share of the limit; build/bench.json (QUICK=1: shorter)
	@scripts/dev/install_deps.sh build
	@$(MAKE) --no-print-directory all $(BENCH)
	@OPENBLAS_NUM_THREADS=1 QUICK=$(QUICK) $(BENCH)

sanitize:                   ## unit and Lua tests under the address and undefined-behaviour sanitizers
	@scripts/dev/install_deps.sh test
	@$(MAKE) --no-print-directory BUILD=build/asan SAN=1 NATIVE=0 all tests
	@CC='$(CC)' BUILD=build/asan scripts/dev/run_tests.sh sanitize

FORMATTED = $(shell find libecosim bindings tests examples -name '*.[ch]')
format:                     ## lay out C sources as .clang-format says
	clang-format -i $(FORMATTED)
format-check:               ## fail where `make format` would change something
	@clang-format --dry-run -Werror $(FORMATTED)
rooms:                      ## dependencies point down, words stay out, equations have their page
	@scripts/dev/check_rooms.sh
	@scripts/dev/check_words.sh
	@scripts/dev/check_equations.sh

lib_dir     = $(DESTDIR)$(PREFIX)/lib
share_dir   = $(DESTDIR)$(PREFIX)/share/ecosim
include_dir = $(DESTDIR)$(PREFIX)/include/ecosim
install: all                ## into $(DESTDIR)$(PREFIX): library, headers, pkg-config file, command, Lua module, scripts
	install -d $(lib_dir)/pkgconfig $(include_dir)
	install -m 644 $(HEADERS) $(include_dir)
	install -m 644 $(LIB_A) $(lib_dir)
	install -m 755 $(LIB_SO) $(lib_dir)/libecosim.so.$(VERSION)
	ln -sf libecosim.so.$(VERSION) $(lib_dir)/libecosim.so.$(SOMAJOR)
	ln -sf libecosim.so.$(SOMAJOR) $(lib_dir)/libecosim.so
	sed -e 's|@prefix@|$(PREFIX)|' -e 's|@version@|$(VERSION)|' -e 's|@hdf5_libs@|$(HDF5_LIBS)|' ecosim.pc.in \
	  > $(lib_dir)/pkgconfig/ecosim.pc
	if test -n '$(MODULE)'; then install -d $(lib_dir)/lua/5.4/ecosim && \
	  install -m 755 $(MODULE) $(lib_dir)/lua/5.4/ecosim; fi
	if test -n '$(CLI)'; then install -d $(DESTDIR)$(PREFIX)/bin && install -m 755 $(CLI) $(DESTDIR)$(PREFIX)/bin; fi
	for folder in ecosim basins measures standards studies; do \
	  (cd scripts && find $$folder -type f) | while read -r file; do \
	    install -D -m 644 "scripts/$$file" "$(share_dir)/scripts/$$file" || exit 1; done || exit 1; done
uninstall:                  ## remove what install put there
	rm -rf $(include_dir) $(share_dir) $(lib_dir)/lua/5.4/ecosim
	rm -f $(lib_dir)/libecosim.a $(lib_dir)/libecosim.so* $(lib_dir)/pkgconfig/ecosim.pc $(DESTDIR)$(PREFIX)/bin/ecosim

clean:                      ## remove build/
	rm -rf build

-include $(OBJECTS:.o=.d)
