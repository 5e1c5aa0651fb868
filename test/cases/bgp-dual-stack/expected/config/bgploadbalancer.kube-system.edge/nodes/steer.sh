#!/bin/sh
# Keeps the rules, routes and sysctls of this worker as rules.<node> says.
#   steer.sh plan      prints what differs, a line per change
#   steer.sh apply     makes it so; nothing to do, nothing done
#   steer.sh watch     applies now and every 30 seconds, until it is told to end; the rules stay
#   steer.sh remove    takes back every rule and route with our mark; sysctls stay, as others may need them by now
# What does not bear the mark "protocol 202" belongs to others and is left alone.
set -eu
export LC_ALL=C
RULES_DIR=${RULES_DIR:-/etc/steering}
SYSCTL_ROOT=${SYSCTL_ROOT:-/proc/sys}
PROTOCOL=202
MAIN=254

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# The `ip` of busybox takes `protocol` and `sport` for no words of a rule.
check_ip() {
  case "$(ip -V 2>&1)" in
    *iproute2*) ;;
    *) fail 'needs the ip program of iproute2' ;;
  esac
}

# Lines "ip -4 rule ..." and "ip -4 route ...", and "sysctl PATH VALUE", as rules.<node> has them.
wanted() {
  [ "$action" != remove ] || return 0
  grep -v '^#' "$RULES_DIR/rules.$NODE_NAME" || [ $? -eq 1 ]
}

# The rules and routes with our mark, in the same form. Numbers, since a node may have names of its own for tables.
# By way of files: a listing that fails must not pass for an empty one, and the exit code of a pipe is that of its end.
present() {
  for family in -4 -6; do
    # A kernel that was started without IPv6 has nothing to list.
    [ "$family" = -4 ] || [ -d /proc/sys/net/ipv6 ] || continue
    ip $family -N rule show > "$work/rules"
    ip $family -N -o route show table all protocol "$PROTOCOL" > "$work/routes"
    sed -n \
      -e 's/ipproto ipproto-/ipproto /' -e 's/ ipproto 6 / ipproto tcp /' -e 's/ ipproto 17 / ipproto udp /' \
      -e "s/^\([0-9]*\):[[:space:]]*\(.*\) proto $PROTOCOL *\$/ip $family rule priority \1 \2 protocol $PROTOCOL/p" "$work/rules"
    awk -v family="$family" -v main="$MAIN" -v mark="$PROTOCOL" '
      {
        type = ""; first = 1; table = main; hops = 0; ways = ""
        if ($1 == "2" || $1 == "local") { type = "local "; first = 2 }
        for (i = first + 1; i <= NF; i++) {
          if ($i == "table") table = $(i + 1)
          if ($i == "via") { hops++; ways = ways " nexthop via " $(i + 1) }
        }
        if (hops == 1) sub(/ nexthop/, "", ways)
        if (type != "") ways = " dev lo"
        print "ip " family " route " type $first " table " table " protocol " mark ways
      }' "$work/routes"
  done
}

# A route without its next hops: two with the same are one that has changed.
destination() {
  sed 's/ protocol [0-9]*.*$//'
}

is_destination() {
  grep -Fxq -e "$(printf '%s\n' "$1" | destination)" "$work/destinations"
}

# What is missing first and what is too much last, so that there is no gap between the old and the new.
plan() {
  wanted > "$work/wanted"
  present > "$work/present"
  grep '^sysctl ' "$work/wanted" > "$work/sysctls" || :
  while read -r _ path value; do
    now=$(cat "$SYSCTL_ROOT/$path") || fail "the kernel has no sysctl $path"
    [ "$now" = "$value" ] || echo "sysctl $path $value"
  done < "$work/sysctls"
  # Only a route of ours is replaced: where others have one to the same destination, ip refuses to add a second.
  destination < "$work/present" > "$work/destinations"
  only route "$work/wanted" "$work/present" > "$work/new"
  while read -r line; do
    if is_destination "$line"; then verb=replace; else verb=add; fi
    printf '%s\n' "$line" | sed "s/ route / route $verb /"
  done < "$work/new"
  only rule "$work/wanted" "$work/present" | sed 's/ rule / rule add /'
  only rule "$work/present" "$work/wanted" | sed 's/ rule / rule del /'
  destination < "$work/wanted" > "$work/destinations"
  only route "$work/present" "$work/wanted" > "$work/old"
  while read -r line; do
    is_destination "$line" || printf '%s\n' "$line" | sed 's/ route / route del /'
  done < "$work/old"
}

# Lines of one kind in the first file that are not in the second. Not by `grep -f`: to busybox an empty file matches all.
only() {
  awk -v kind="$1" -v other="$3" '
    BEGIN { while ((getline line < other) > 0) seen[line] = 1 }
    $1 == "ip" && $3 == kind && !($0 in seen)
  ' "$2"
}

apply() {
  plan > "$work/plan"
  while read -r word path value; do
    [ "$word" != sysctl ] || printf '%s\n' "$value" > "$SYSCTL_ROOT/$path"
  done < "$work/plan"
  refused=
  for family in -4 -6; do
    sed -n -e '/^ip [^ ]* [^ ]* del /d' -e "s/^ip $family //p" "$work/plan" > "$work/more"
    sed -n -e "s/^ip $family \([^ ]* del \)/\1/p" "$work/plan" > "$work/less"
    # A line that is refused keeps none of its kind back; but nothing goes before all that takes its place is there.
    batch "$family" "$work/more" && batch "$family" "$work/less" || refused=yes
  done
  [ -z "$refused" ] || fail 'ip refused a line; the next run tries again'
}

batch() {
  [ ! -s "$2" ] || ip "$1" -force -batch "$2"
}

watch() {
  trap 'exit 0' TERM INT
  while :; do
    # A process of its own, that ends at its first error: what fails now may succeed later, once an interface is up.
    sh "$0" apply || echo "${0##*/}: not applied; tries again" >&2
    sleep 30 &
    wait $! || :
  done
}

action=${1:-apply}
case "$action" in
  plan | apply | watch | remove) ;;
  *)
    echo "usage: $0 plan | apply | watch | remove" >&2
    exit 64
    ;;
esac
check_ip
if [ "$action" != remove ]; then
  [ -n "${NODE_NAME:-}" ] || fail 'NODE_NAME is not set'
  [ -r "$RULES_DIR/rules.$NODE_NAME" ] || fail "there are no rules for this node: $RULES_DIR/rules.$NODE_NAME"
fi
[ "$action" != watch ] || watch
work=$(mktemp -d "${TMPDIR:-/run}/steer.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 143' HUP INT TERM
case "$action" in
  plan) plan ;;
  apply | remove) apply ;;
esac
