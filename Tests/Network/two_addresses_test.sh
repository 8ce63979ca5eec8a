#!/bin/bash
# A host with two addresses of which the first never answers, as where IPv6 is announced and does
# not work. libcurl tries the second one meanwhile, and closes the first socket without saying so.
set -euo pipefail
. "$TOP/Tests/Network/network.sh"

accepts "a host whose first address does not answer is reached by its second" https://two.test
accepts "it is reached again and again over one connection" https://two.test \
  "GROUPID = $single,$(group nested)"
refuses "a host none of whose addresses answers ends the run" timeout \
  'nothing came from https://silent.test for 2 s' https://silent.test "TIMEOUT = 2"
check_end
