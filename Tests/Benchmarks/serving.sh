# What the benchmarks have in common: ports, and an nginx between a client and the simulator.

free_port() {
  /usr/bin/perl -MIO::Socket::INET -e \
    'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# start_nginx CONFIGURATION PORT: starts it in this folder and waits until PORT is served. Names
# such as GRAPH_PORT in the configuration are replaced by the environment's numbers.
start_nginx() {
  local name script=
  for name in $(grep -oE '[A-Z]+_PORT' "$1" | sort -u); do
    script+="s/$name/${!name:-$name}/g;"
  done
  sed "$script" "$1" > nginx.conf
  # Distributions put nginx where only root looks.
  PATH=$PATH:/usr/sbin setpriv --pdeathsig TERM nginx -e stderr -p "$PWD" -c "$PWD/nginx.conf" &
  nginx=$!
  for _ in {1..100}; do
    (: < "/dev/tcp/127.0.0.1/$2") 2> /dev/null && break
    sleep 0.1
  done
}

# What is to be done in the end: nginx goes, and so does $folder.
finish() {
  [ -z "${nginx:-}" ] || kill "$nginx" 2> /dev/null || true
  rm -rf "$folder"
}
