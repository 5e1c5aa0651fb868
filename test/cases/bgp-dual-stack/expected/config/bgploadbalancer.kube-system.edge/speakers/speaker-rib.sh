# What start-speaker.sh and drain-worker.sh share: the paths that are wanted, and those that gobgpd holds.
CONFIG_DIR=${CONFIG_DIR:-/etc/config}
RUN_DIR=${RUN_DIR:-/run/gobgp}
API_PORT=${API_PORT:-50051}

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# Never reads the standard input: loops read their lines from there.
api() {
  gobgp -u 127.0.0.1 -p "$API_PORT" "$@" < /dev/null
}

# Lines "prefix next-hop path-identifier family" of one worker, or of all workers that are not drained.
paths() {
  while read -r prefix next_hop identifier family worker; do
    case "$prefix" in
      '' | '#'*) continue ;;
    esac
    if [ $# -gt 0 ]; then
      [ "$worker" = "$1" ] || continue
    elif [ -e "$RUN_DIR/drained/$worker" ]; then
      continue
    fi
    echo "$prefix $next_hop $identifier $family"
  done < "$RUN_DIR/announcements"
}

# Announces the paths on the standard input.
announce() {
  while read -r prefix next_hop identifier family; do
    api global rib add "$prefix" nexthop "$next_hop" identifier "$identifier" -a "$family" ||
      fail "gobgpd does not take $prefix through $next_hop"
  done
}

# The client reports some errors with status 0: what counts is what gobgpd holds.
check_rib() {
  paths > "$RUN_DIR/paths"
  for family in ipv4 ipv6; do
    wanted=$(grep -c " $family\$" "$RUN_DIR/paths" || :)
    held=$(api global rib summary -a "$family" | sed -n 's/^Destination: .*, Path: \([0-9]*\)$/\1/p')
    [ "$held" = "$wanted" ] || fail "gobgpd holds ${held:-an unknown number of} $family paths, not $wanted"
  done
}
