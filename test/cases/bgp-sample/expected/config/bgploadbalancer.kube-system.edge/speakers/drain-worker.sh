#!/bin/sh
# Takes a worker out of what this speaker announces, or puts it back. To be run in the Pod of every speaker.
set -eu
umask 077
. "${CONFIG_DIR:-/etc/config}/speaker-rib.sh"
drain_seconds=30
DRAIN_SECONDS=${DRAIN_SECONDS:-$drain_seconds}

action=drain
if [ "${1:-}" = --undo ]; then
  action=undo
  shift
fi
if [ $# -ne 1 ]; then
  echo 'usage: drain-worker.sh [--undo] <node>' >&2
  exit 64
fi
node=$1

known=
for name in i-rnqf0xcu i-9u2mlxrn i-5mtgih8e; do
  [ "$name" != "$node" ] || known=yes
done
[ -n "$known" ] || fail "there is no worker \"$node\"; the workers: i-rnqf0xcu i-9u2mlxrn i-5mtgih8e"
[ -e "$RUN_DIR/ready" ] || fail 'the speaker has not announced its paths yet; try again'

paths "$node" > "$RUN_DIR/worker-paths"
count=$(grep -c . "$RUN_DIR/worker-paths" || :)
mkdir -p "$RUN_DIR/drained"

if [ "$action" = undo ]; then
  rm -f "$RUN_DIR/drained/$node"
  announce < "$RUN_DIR/worker-paths"
  check_rib
  echo "$node is announced again: $count paths"
  exit 0
fi

# The mark outlives a restart of the container, as the memory folder does; a new Pod announces the worker again.
: > "$RUN_DIR/drained/$node"
while read -r prefix next_hop identifier family; do
  # gobgpd finds the path by prefix and identifier; it ignores a next hop here.
  api global rib del "$prefix" identifier "$identifier" -a "$family" ||
    fail "gobgpd does not withdraw $prefix through $next_hop"
done < "$RUN_DIR/worker-paths"
while read -r prefix next_hop identifier family; do
  if api global rib "$prefix" -a "$family" | awk -v hop="$next_hop" '$3 == hop { found = 1 } END { exit !found }'; then
    fail "gobgpd still holds $prefix through $next_hop"
  fi
done < "$RUN_DIR/worker-paths"
check_rib

# A switch without a session may hold the old routes for the restart time.
api neighbor | awk 'NR > 1 && $4 != "Establ" { print "warning: no session with " $1 ": it does not learn of this" }' >&2
echo "withdrew $count paths through $node; waiting $DRAIN_SECONDS s"
sleep "$DRAIN_SECONDS"
echo "$node may be drained once every speaker has withdrawn it"
