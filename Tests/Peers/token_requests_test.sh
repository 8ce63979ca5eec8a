#!/bin/bash
# entrasync signs in as MSAL does, with a secret and with a certificate.
set -euo pipefail
exec "$PEERS_PYTHON" "$(dirname "${BASH_SOURCE[0]}")/token_requests.py"
