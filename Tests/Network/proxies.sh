# shellcheck shell=bash
# Starts the proxies of the tests at proxy.test. `stage` sources this file.
#
#     3128  tinyproxy      allows connections to ports 443 and 4520
#     3129  tinyproxy      requires the user gate and the password open-sesame
#     3130  tinyproxy      allows connections to port 563 alone
#     3131  httpd          requires the user gate and a password with characters that URLs reserve
#     3132  socat to 3128  records what it is sent, as anybody on the network path could
#     3133  socat to 3129  the same
#     3134  socat to 3128  speaks TLS
#     3135  socat to 3128  the same, with a certificate of the other authority

# tiny PORT LINE...: starts a tinyproxy at this port, with these lines in its configuration.
tiny() {
  local port=$1
  shift
  printf '%s\n' "Port $port" "Listen 198.51.100.1" "Timeout 30" "MaxClients 20" \
    "LogLevel Connect" "LogFile \"$STAGE/proxy-$port.log\"" "PidFile \"$STAGE/$port.pid\"" "$@" \
    > "$STAGE/proxy-$port.conf"
  start "proxy-$port" tinyproxy -d -c "$STAGE/proxy-$port.conf"
}
tiny 3128 "ConnectPort 443" "ConnectPort 4520"
tiny 3129 "ConnectPort 443" "BasicAuth gate open-sesame"
tiny 3130 "ConnectPort 563"

export STRANGE_PASSWORD='p@ss:w%rd/ä#?'
printf 'gate:%s\n' "$(openssl passwd -apr1 "$STRANGE_PASSWORD")" > "$STAGE/passwords"
start proxy-3131 apache2 -X -d "$STAGE" -f "$NETWORK/httpd.conf" -C "Define STAGE \"$STAGE\""

for port in 3132 3133; do
  start "proxy-$port" socat -r "$STAGE/recorded-$port" \
    "TCP-LISTEN:$port,bind=198.51.100.1,reuseaddr,fork" "TCP:198.51.100.1:$((port - 4))"
done
# encrypted PORT CERTIFICATE: starts a socat at this port that speaks TLS with this certificate.
encrypted() {
  local tls="cert=$STAGE/tls/$2.pem,key=$STAGE/tls/key.pem,verify=0"
  start "proxy-$1" socat "OPENSSL-LISTEN:$1,bind=198.51.100.1,reuseaddr,fork,$tls" \
    TCP:198.51.100.1:3128
}
encrypted 3134 graph
encrypted 3135 other-proxy
for port in {3128..3135}; do await_server 198.51.100.1 "$port"; done
