#!/bin/bash
# Tests/swift and Tests/count notice each way in which a bundle of Swift tests fails.
set -euo pipefail
. Tests/tap.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Tests" "$folder/.build/debug"
cp Tests/swift Tests/count Tests/XUnit.pm "$folder/Tests"

# A bundle that does what the target is called.
cat > "$folder/.build/debug/entrasyncPackageTests.xctest" <<'BUNDLE'
#!/bin/bash
results=${*: -1}
case $* in *crashes*) echo "Fatal error: at line 7"; kill -SEGV $$ ;; esac
test='    <testcase classname="A" name="b()" time="1" />'
bad='    <testcase classname="A" name="c()" time="1" >
      <failure message="1 &lt; 0" />
    </testcase>'
suite() {
  printf '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
  printf '  <testsuite name="TestResults" errors="0" tests="%s" failures="%s" time="1">\n' "$1" "$2"
  shift 2
  [ $# -eq 0 ] || printf '%s\n' "$@"
  printf '  </testsuite>\n</testsuites>\n'
}
case $* in
  *passes*) suite 1 0 "$test" > "$results" ;;
  *fails*) suite 2 1 "$test" "$bad" > "$results"; exit 1 ;;
  *empty*) suite 0 0 > "$results" ;;
  *silent*) ;;
  *lies*) suite 2 0 "$test" "$bad" > "$results" ;;
  *short*) suite 2 0 "$test" > "$results" ;;
  *cut*) suite 1 0 "$test" | head -n 4 > "$results" ;;
  *changed*) suite 1 0 "$test" | sed 's/testcase/test-case/' > "$results" ;;
  *denies*) suite 1 0 "$test" > "$results"; exit 1 ;;
esac
BUNDLE
chmod +x "$folder/.build/debug/entrasyncPackageTests.xctest"

# outcome TARGET: what Tests/swift and Tests/count say, and their exit statuses.
outcome() {
  local run=0 counted=0
  "$folder/Tests/swift" "$folder" "$1" || run=$?
  "$folder/Tests/count" "$folder/$1.xml" || counted=$?
  echo "statuses: $run $counted"
}

check "a target that passes counts" \
  holds "$(outcome passes)" "passes: 1 tests, 0 failed" "1 passed, 0 failed" "statuses: 0 0"
check "a failed test is named with its message" \
  holds "$(outcome fails)" "A.c()" "1 < 0" "1 passed, 1 failed" "statuses: 1 1"
check "a crash is a failure, and the end of the log is shown" \
  holds "$(outcome crashes)" "Fatal error: at line 7" "0 passed, 1 failed" "statuses: 1 1"
for target in empty silent lies short cut changed denies; do
  check "results are not believed when the bundle $target" \
    holds "$(outcome "$target")" "0 passed, 1 failed" "statuses: 1 1"
done
check "results that another run has left do not count" \
  holds "$(cp "$folder/passes.xml" "$folder/silent.xml"; outcome silent)" "0 passed, 1 failed"
check_end
