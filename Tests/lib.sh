# shellcheck shell=bash
# What the shell scripts of the tests share: configurations, and servers in the background. Source
# this file. ENTRAIDCONF is the configuration that Tests/with-simulator has made.

# group NAME: prints the object id of one of the simulator's built-in groups, such as `nested`. The
# simulator names them all in its configuration.
group() {
  local id
  id=$(sed -n "s/^# group $1 //p" "$ENTRAIDCONF")
  [ -n "$id" ] || { echo "$ENTRAIDCONF names no group $1" >&2; return 1; }
  echo "$id"
}

# variant FILE [LINE...]: writes a copy of ENTRAIDCONF that only its owner can read, with other
# lines. A line such as 'TIMEOUT = 2' replaces the one with the same key, and a key alone removes
# its line. Of two lines with the same key, the last one counts.
variant() {
  local file=$1 line keys
  local -A wanted=()
  for line in "${@:2}"; do wanted[${line%%[ =]*}]=$line; done
  keys=$(IFS='|'; echo "${!wanted[*]}")
  rm -f "$file"
  (
    umask 077
    {
      grep -vE "^($keys) *=" "$ENTRAIDCONF"
      for line in "${wanted[@]}"; do
        case $line in *=*) printf '%s\n' "$line" ;; esac
      done
    } > "$file"
  )
}

# await SECONDS COMMAND [ARGUMENT...]: waits until the command succeeds, and fails when it has not
# within this time.
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { echo "waited in vain for: $*" >&2; return 1; }
    sleep 0.1
  done
}

# listens ADDRESS PORT: succeeds when a server accepts connections there.
listens() {
  (: < "/dev/tcp/$1/$2") 2> /dev/null
}

# free_port: prints the number of a port of 127.0.0.1 where nobody listens.
free_port() {
  /usr/bin/perl -MIO::Socket::INET -e \
    'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# start_nginx CONFIGURATION PORT: starts nginx in the current folder and waits until it listens on
# this port of 127.0.0.1. In the configuration, names such as GRAPH_PORT are replaced by the values
# of these variables. nginx ends with the script, or when `stop_nginx` is called.
start_nginx() {
  local name names script=
  names=$(grep -oE '[A-Z]+_PORT' "$1" | sort -u)
  for name in $names; do script+="s/$name/${!name:-$name}/g;"; done
  sed "$script" "$1" > nginx.conf
  # Distributions put nginx into a folder that only root has in its PATH.
  PATH=$PATH:/usr/sbin setpriv --pdeathsig TERM nginx -e stderr -p "$PWD" -c "$PWD/nginx.conf" &
  nginx_pid=$!
  await 10 listens 127.0.0.1 "$2"
}

stop_nginx() {
  [ -z "${nginx_pid:-}" ] || kill "$nginx_pid" 2> /dev/null || true
}
