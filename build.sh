#!/usr/bin/env bash
# Builds, shows, checks and packs Chat for Jira.
#
#   ./build.sh build           the loadable extension, in dist/
#   ./build.sh demo [--fresh]  a browser with the extension signed in to a simulated Jira (--fresh: at the first-run page);
#                              without a display a scripted tour, its transcript here, its pictures in target/demo/
#   ./build.sh check           format, lints on both targets, types of the JavaScript, manifest, pages, translations, dependencies
#   ./build.sh test            check, and every test: native, wasm, pages, adapters, the whole extension in a browser
#   ./build.sh soak            what runs long: many seeds, many kills (SEEDS=<how many>, SEED=<the first>,
#                              JQL_ROUNDS=<times as many random queries as usual>, KILLS=<of the whole browser>)
#   ./build.sh fuzz [guided]   what comes from outside, changed at random, for SECONDS=<how many> (600) in all;
#                              guided: by libFuzzer, which looks where the code goes
#   ./build.sh bench           sizes and times against their goals, as a table and in target/bench.json
#   ./build.sh gallery [pattern]
#                              every state of every page in each theme and width, as pictures and target/gallery/index.html
#   ./build.sh package         the zip for the store, in target/
#   ./build.sh jql [args]      the native tool that parses, formats and checks JQL
#   ./build.sh translate SITE.json < pairs.jsonl
#                              the native tool that turns plain words into JQL, on a site given as a file
#   ./build.sh clean           removes dist/, target/ and the Node packages
#   ./build.sh help            this text
#
# What is missing is installed: the wasm target, wasm-bindgen at the version of Cargo.lock, the Node packages, and, for root
# on Debian or Ubuntu, Chromium. Needed beforehand: Rust (rustup), Node 20 or later with npm.
#
# BROWSER                 the Edge, Chrome or Chromium to use
# CHAT_FOR_JIRA_CACHE     where tools are kept (default: chat-for-jira in the user's cache folder)
# VERBOSE=1               shows what the tools say also when all is well
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly ROOT=$PWD
readonly CACHE=${CHAT_FOR_JIRA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/chat-for-jira}
readonly WASM=wasm32-unknown-unknown
readonly STAMPS=target/stamps
readonly GLUE=target/glue/extension/pkg
export CARGO_TERM_QUIET=${CARGO_TERM_QUIET:-false}
# No path of this machine may end up in the module, nor may two machines build different bytes.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$ROOT=/chat-for-jira --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
# One short hash for each sign-in: the small form of SHA-256 instead of the fast one.
CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS+=' --cfg sha2_backend_soft="compact"'

# --- Saying what happens -------------------------------------------------------------------------------------------------

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

seconds_since() {
  local now=${EPOCHREALTIME/[.,]/} tenths
  tenths=$(((now - $1) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# step "What is done" command...: says it and how long it took; the command's own words appear if it fails.
step() {
  local what=$1 start=${EPOCHREALTIME/[.,]/} log
  shift
  if [[ -n ${VERBOSE:-} ]]; then
    printf '%s\n' "$what"
    "$@"
  else
    log=$(mktemp)
    printf '%s … ' "$what"
    if ! "$@" >"$log" 2>&1; then
      printf 'failed\n'
      tail -n 80 "$log" >&2
      rm -f "$log"
      die "failed: $what"
    fi
    rm -f "$log"
  fi
  printf '%s\n' "$(seconds_since "$start")"
}

# run "What is done" command...: the same with the command's words shown as they come.
run() {
  local what=$1 start=${EPOCHREALTIME/[.,]/}
  shift
  printf '\n== %s\n' "$what"
  "$@" || die "failed: $what"
  printf -- '-- %s: %s\n' "$what" "$(seconds_since "$start")"
}

# --- Doing nothing twice -------------------------------------------------------------------------------------------------

# hash_of path...: one line that changes when any file below these paths does.
hash_of() {
  local path existing=()
  for path in "$@"; do [[ -e $path ]] && existing+=("$path"); done
  find "${existing[@]}" -name node_modules -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

# unchanged name path...: whether `remember name path...` was called with the same contents.
unchanged() {
  local name=$1
  shift
  [[ -f $STAMPS/$name && $(<"$STAMPS/$name") == "$(hash_of "$@")" ]]
}

remember() {
  local name=$1
  shift
  mkdir -p "$STAMPS"
  hash_of "$@" >"$STAMPS/$name"
}

# --- Tools ---------------------------------------------------------------------------------------------------------------

need_rust() {
  command -v cargo >/dev/null || die "Rust is missing: install rustup (https://rustup.rs), then run this again."
  local libraries
  libraries=$(rustc --print target-libdir --target $WASM) || die "the Rust of rust-toolchain.toml could not be had: run 'rustup toolchain install'."
  if [[ ! -d $libraries ]]; then
    command -v rustup >/dev/null || die "Rust's $WASM target is missing: install rustup (https://rustup.rs), then run this again."
    step "Installing Rust's $WASM target" rustup target add $WASM
  fi
  [[ -d $(rustc --print sysroot)/lib/rustlib/src/rust/library ]] && return
  command -v rustup >/dev/null || die "the source of Rust's library is missing: install rustup (https://rustup.rs), then run this again."
  step "Installing the source of Rust's library" rustup component add rust-src
}

locked_version() {
  awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

need_bindgen() {
  need_rust
  local version folder
  version=$(locked_version wasm-bindgen)
  folder=$CACHE/wasm-bindgen-$version
  if [[ ! -x $folder/bin/wasm-bindgen ]]; then
    step "Installing wasm-bindgen $version (a few minutes, once)" \
      env -u CARGO_TARGET_DIR cargo install wasm-bindgen-cli --version "$version" --root "$folder"
  fi
  PATH=$folder/bin:$PATH
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || die "Node is missing: install Node 20 or later, with npm."
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  ((major >= 20)) || die "Node $major is too old: install Node 20 or later."
  local locked=tests/node_modules/.package-lock.json
  if [[ ! -f $locked || ! -f tests/node_modules/.installed || $(<tests/node_modules/.installed) != "$(hash_of tests/package-lock.json)" ]]; then
    step "Installing the Node packages of tests/package-lock.json" npm ci --prefix tests --no-audit --no-fund --loglevel=error
    hash_of tests/package-lock.json >tests/node_modules/.installed
  fi
}

find_browser() {
  local name
  if [[ -n ${BROWSER:-} ]]; then
    command -v "$BROWSER" || die "BROWSER is set to '$BROWSER', which is no program."
    return
  fi
  for name in microsoft-edge microsoft-edge-stable microsoft-edge-beta microsoft-edge-dev chromium chromium-browser \
    google-chrome google-chrome-stable \
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge" \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "/c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe" \
    "/c/Program Files/Microsoft/Edge/Application/msedge.exe" \
    "/c/Program Files/Google/Chrome/Application/chrome.exe"; do
    command -v "$name" && return
  done
  return 1
}

need_browser() {
  if ! BROWSER=$(find_browser); then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
      step "Installing Chromium" env DEBIAN_FRONTEND=noninteractive bash -c \
        'apt-get install -y --no-install-recommends chromium || { apt-get update && apt-get install -y --no-install-recommends chromium; }'
    fi
    BROWSER=$(find_browser) || die "no browser found: install Microsoft Edge or Chromium, or set BROWSER to its program."
  fi
  export BROWSER
}

# --- Building ------------------------------------------------------------------------------------------------------------

# compile_module profile cargo-arguments...: as the module alone: built as a library for other crates too, it would keep a tenth
# more, which nobody calls. With Rust's own library compiled for size too, and panics that trap at once, because nobody could read
# their words: a tenth less again. The pinned compiler takes these options only when it is told to; the adapters' checks and the
# tests do without them.
compile_module() {
  local profile=$1 flags=$CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
  shift
  flags+=' -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none'
  RUSTC_BOOTSTRAP=1 CARGO_PROFILE_CORE_STRIP=debuginfo CARGO_PROFILE_RELEASE_STRIP=debuginfo \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags \
    cargo rustc -Z build-std=std,panic_abort -Z build-std-features=optimize_for_size \
    --profile "$profile" --lib --target $WASM --crate-type cdylib "$@"
}

# bind_wasm path name folder: the module and its glue, by this name. The types that come with it are for the checks only and do not
# ship.
bind_wasm() {
  mkdir -p "$3" &&
    rm -f "$3/$2.js" "$3/$2"_bg.* "$3/$2.d.ts" &&
    wasm-bindgen --target web --experimental-reset-state-function --out-name "$2" --out-dir "$3" "target/$WASM/$1.wasm"
}

# shrink_wasm name folder: a second round finds what the first made possible; large functions with one caller stay functions,
# which compresses far better (163 instead of 171 kB) for one kB more. Names stay behind, in target/NAME.symbols: which function
# the number in a trap's stack means.
shrink_wasm() {
  local module=$2/$1_bg.wasm
  tests/node_modules/.bin/wasm-opt --symbolmap="target/$1.symbols" --flatten --rereloop -Oz --one-caller-inline-max-function-size 40 \
    --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
    --enable-reference-types --enable-multivalue "$module" -o "$module.small" &&
    mv "$module.small" "$module"
}

# The two modules of the one crate: `core`, with which the worker starts, and `whole`, which has the chat too.
make_core() {
  compile_module core --no-default-features && bind_wasm core/chat_for_jira core "$GLUE" && shrink_wasm core "$GLUE"
}

make_whole() {
  compile_module release && bind_wasm release/chat_for_jira whole "$GLUE" && shrink_wasm whole "$GLUE"
}

# Each takes mostly one processor: together they take as long as the larger one.
make_both() {
  local core
  make_core &
  core=$!
  make_whole && wait $core
}

build_wasm() {
  local sources=(src Cargo.toml Cargo.lock rust-toolchain.toml build.sh tests/package-lock.json)
  unchanged wasm "${sources[@]}" && [[ -f $GLUE/core_bg.wasm && -f $GLUE/whole_bg.wasm ]] && return
  need_bindgen
  need_node
  rm -rf "$GLUE"
  step "Compiling, binding and shrinking the backend's two modules" make_both
  remember wasm "${sources[@]}"
}

build_extension() {
  build_wasm
  local sources=(extension www manifest.json tests/tools tests/package-lock.json "$GLUE")
  unchanged extension "${sources[@]}" && [[ -f dist/manifest.json && -f target/demo-extension/manifest.json ]] && return
  need_node
  step "Putting the extension together" node tests/tools/assemble.mjs development demo
  remember extension "${sources[@]}"
}

# The simulator of Atlassian, for tests and the demo: compiled as the tests compile it, so that both share the work.
build_simulator() {
  local sources=(src/jql src/jql.rs src/lib.rs tests/simulator Cargo.toml Cargo.lock)
  export SIMULATOR=$ROOT/target/debug/simulator
  unchanged simulator "${sources[@]}" && [[ -x $SIMULATOR ]] && return
  need_rust
  step "Building the simulator" cargo build --package simulator
  remember simulator "${sources[@]}"
}

# The tool that translates rich text, for Atlassian's schema to judge what it writes.
build_rich() {
  export RICH=$ROOT/target/debug/rich
  step "Building the tool for rich text" cargo build --all-features --bin rich
}

# The adapters in a test extension of their own, where the browser's interfaces are the real ones.
build_adapters() {
  local sources=(src tests/browser extension/icons Cargo.toml Cargo.lock rust-toolchain.toml build.sh) place=target/browser-contract
  unchanged adapters "${sources[@]}" && [[ -f $place/pkg/browser_contract_bg.wasm ]] && return
  need_bindgen
  need_node
  step "Compiling the adapters' checks" cargo build --release --package browser-contract --target $WASM
  mkdir -p $place/extension
  cp -R tests/browser/extension/. $place/
  cp -R extension/icons $place/extension/
  step "Binding them" bind_wasm release/browser_contract browser_contract $place/pkg
  step "Shrinking them" shrink_wasm browser_contract $place/pkg
  remember adapters "${sources[@]}"
}

# --- Checking ------------------------------------------------------------------------------------------------------------

lint_javascript() {
  (cd tests && node_modules/.bin/biome check --error-on-warnings . ../www ../extension ../manifest.json)
}

check() {
  need_rust
  need_node
  build_wasm
  step "Checking the format of the Rust code" cargo fmt --all --check
  step "Linting the Rust code, native" cargo clippy --workspace --all-targets --all-features --locked -- -D warnings
  step "Linting the Rust code, wasm" cargo clippy --lib --test it --target $WASM --locked -- -D warnings
  step "Linting the adapters' checks, wasm" cargo clippy --package browser-contract --target $WASM --locked -- -D warnings
  step "Linting the JavaScript" lint_javascript
  step "Checking the types of the pages" tests/node_modules/.bin/tsc -p tests/tsconfig.json
  step "Checking the types of the tests" tests/node_modules/.bin/tsc -p tests/tsconfig.node.json
  step "Linting manifest, pages and translations" node tests/tools/lint.mjs
  step "Checking the dependencies: licences, bans, sources" node tests/tools/dependencies.mjs
  # It knows the advisories as well, which takes the network; without it the step before has said what can be said.
  if command -v cargo-deny >/dev/null; then step "Checking the dependencies with cargo deny" cargo deny --all-features check; fi
}

# --- Testing -------------------------------------------------------------------------------------------------------------

native_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --all-features --locked --no-fail-fast --status-level fail --final-status-level fail
  else
    cargo test --workspace --all-features --locked --no-fail-fast
  fi
}

wasm_tests() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test --locked --test it --target $WASM
}

# node_tests pattern...: the patterns are of files below tests/.
node_tests() {
  (
    cd tests
    # shellcheck disable=SC2068 # the patterns are to be expanded here
    node --test --test-reporter=spec --test-concurrency=2 $@
  )
}

# browser_tests pattern...: the same for what drives a real browser, with a second try for what fails among others.
browser_tests() {
  (
    cd tests
    # shellcheck disable=SC2068 # the patterns are to be expanded here
    node tools/run.mjs $@
  )
}

prepare_tests() {
  need_bindgen
  need_browser
  build_extension
  build_simulator
  build_rich
  build_adapters
}

# The requests that the Jira client can build, for tests/contract.
write_requests() {
  cargo run --quiet --all-features --locked --bin requests >target/requests.jsonl
}

test_all() {
  local start=${EPOCHREALTIME/[.,]/}
  check
  prepare_tests
  run "Native tests" native_tests
  run "The whole app in wasm" wasm_tests
  run "Linters and package" node_tests 'tools/*.test.mjs'
  step "Writing down what the client asks" write_requests
  run "Atlassian's own description of its interface" node_tests 'contract/*.test.mjs'
  # Together, because the adapters and the long runs mostly wait.
  run "Adapters, pages and a sample of the long runs, in a real browser" \
    browser_tests browser/run.mjs e2e/soak.mjs e2e/sigkill.mjs 'pages/*.test.mjs'
  printf '\nEverything before the last suite took %s.\n' "$(seconds_since "$start")"
  run "The whole extension in a real browser" browser_tests 'e2e/*.test.mjs'
}

soak() {
  prepare_tests
  local months=${SEEDS:-1000}
  export SEEDS=${SEEDS:-100} JQL_ROUNDS=${JQL_ROUNDS:-100} KILLS=${KILLS:-50}
  run "Random queries, $JQL_ROUNDS times as many as usual" \
    cargo test --profile native --all-features --locked --test jql -- --nocapture
  run "Made sentences, $JQL_ROUNDS times as many as usual" \
    cargo test --profile native --all-features --locked --test chat -- --nocapture sentences hostile
  run "Random queries over two sites, beside an independent evaluator" \
    env JQL_ROUNDS=$((JQL_ROUNDS / 10 + 1)) cargo test --profile native --locked --package simulator --lib evaluate::tests::random
  run "The whole app, killed at every step" cargo test --all-features --locked --test it -- --nocapture --skip long:: --skip load::
  run "Three months of faults, $months times, and a thousand accounts" \
    env SEEDS="$months" cargo test --profile native --locked --test it -- --nocapture long:: load::
  run "The whole extension, its worker killed again and again" node_tests e2e/soak.mjs
  run "The whole browser, killed again and again" node_tests e2e/sigkill.mjs
  run "What only a hand can do, on a screen of its own" node_tests e2e/hand.mjs
}

# What is native in a test needs no browser and no Node.
fuzz() {
  local seconds
  # The shell counts in a variable of this name itself; what it was told stands in the environment.
  seconds=$(printenv SECONDS || echo 600)
  need_rust
  run "Everything that comes from outside, changed at random for $seconds s" \
    env SECONDS="$seconds" cargo test --profile fuzz --all-features --locked --test fuzz -- --nocapture --test-threads=1
}

# fuzz_target name seconds: from the inputs that the blind search kept. What goes wrong stays beside them.
fuzz_target() {
  local log=$FUZZ_INPUTS/$1.log
  if ! "target/guided/$HOST/release/$1" -max_total_time="$2" -max_len=4000 -timeout=10 -artifact_prefix="$FUZZ_INPUTS/$1-" \
    -print_final_stats=1 "$FUZZ_INPUTS/$1" >"$log" 2>&1; then
    tail -n 40 "$log"
    return 1
  fi
  grep -E '^(Done|stat::)' "$log"
}

# The same, led by where the code goes. What cargo-fuzz passes to the compiler, without cargo-fuzz and with the pinned compiler.
fuzz_guided() {
  local seconds target flags='--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1 -Cllvm-args=-sanitizer-coverage-level=4'
  flags+=' -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table'
  flags+=' -Cllvm-args=-sanitizer-coverage-trace-compares'
  seconds=$(printenv SECONDS || echo 600)
  need_rust
  command -v c++ >/dev/null || die "a C++ compiler is missing: libFuzzer is written in C++."
  FUZZ_INPUTS=$ROOT/target/fuzz-inputs
  HOST=$(rustc -vV | sed -n 's/^host: //p')
  step "Building the targets for libFuzzer" env RUSTFLAGS="$flags" \
    cargo build --release --manifest-path tests/fuzz/guided/Cargo.toml --target "$HOST" --target-dir target/guided
  step "First inputs" env -u SECONDS FUZZ_KEEP="$FUZZ_INPUTS" \
    cargo test --profile fuzz --all-features --locked --test fuzz -- --skip the_engine
  for target in tests/fuzz/guided/fuzz_targets/*.rs; do
    target=$(basename "$target" .rs)
    run "$target, led by libFuzzer" fuzz_target "$target" $((seconds / 10))
  done
}

case ${1:-help} in
  build) build_extension ;;
  demo)
    need_node
    need_browser
    build_extension
    build_simulator
    shift
    exec node tests/e2e/demo.mjs "$@"
    ;;
  check) check ;;
  test) test_all ;;
  soak) soak ;;
  fuzz) if [[ ${2:-} == guided ]]; then fuzz_guided; else fuzz; fi ;;
  bench)
    need_node
    need_browser
    build_extension
    build_adapters
    SIMULATOR=$ROOT/target/native/simulator
    export SIMULATOR
    step "Building the simulator for speed" cargo build --profile native --package simulator
    exec node tests/bench/bench.mjs
    ;;
  gallery)
    need_node
    need_browser
    exec node tests/pages/gallery.mjs target/gallery "${2:-.}"
    ;;
  package)
    need_node
    build_extension
    version=$(node -p 'require("./manifest.json").version')
    node tests/tools/package.mjs "target/chat-for-jira-$version.zip"
    ;;
  jql)
    need_rust
    shift
    exec cargo run --quiet --profile native --features tools --bin jql -- "$@"
    ;;
  translate)
    need_rust
    shift
    exec cargo run --quiet --profile native --features tools --bin translate -- "$@"
    ;;
  clean) rm -rf dist target tests/node_modules ;;
  help | -h | --help) awk 'NR > 1 && /^#/ { sub(/^# ?/, ""); print; next } NR > 1 { exit }' build.sh ;;
  *) die "no command '$1'; './build.sh help' lists them." ;;
esac
