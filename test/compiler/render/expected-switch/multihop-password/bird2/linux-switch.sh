#!/bin/sh
# Makes this Linux host the switch s6800 of the load balancer edge.
#   sh linux-switch.sh [apply]   forwards packets, spreads connections over the next hops, holds the pools' addresses
#   sh linux-switch.sh remove    takes the routes back; the sysctls stay, as others may need them by now
# Both may be run again at any time. Nothing of it outlives a reboot.
set -eu

write() {
  printf '%s\n' "$2" > "/proc/sys/net/$1"
}

sysctls() {
  write ipv4/ip_forward 1
  # Layer 4: the connections of one client are spread too, and each stays with its next hop.
  write ipv4/fib_multipath_hash_policy 1
  # A client's packet may come in where no route to the client goes out.
  write ipv4/conf/all/rp_filter 0
  write ipv4/conf/eth0/rp_filter 0
  write ipv4/conf/eth1/rp_filter 0
}

# Without a BGP route an address of a pool is unreachable: it must not follow the default route back to where it came from.
hold() {
  ip "$1" route replace unreachable "$2" metric 4294967295 protocol 202
}

release() {
  if [ -n "$(ip "$1" route show type unreachable exact "$2" protocol 202)" ]; then
    ip "$1" route del unreachable "$2" metric 4294967295 protocol 202
  fi
}

each_pool() {
  "$1" -4 139.198.190.112/29
}

case "${1:-apply}" in
  apply)
    sysctls
    each_pool hold
    ;;
  remove)
    each_pool release
    ;;
  *)
    echo "usage: $0 [apply | remove]" >&2
    exit 64
    ;;
esac
