#!/bin/sh
# Applies the initial objects to this API server, and to no cluster, in the order of 004: what others name comes first.
# usage: apply-initialization.sh [option of kubectl]...    such as --kubeconfig=<file> or --dry-run=server
set -eu

fail() {
  echo "apply-initialization: $1" >&2
  exit 1
}

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
command -v kubectl > /dev/null || fail "there is no kubectl"
for list in namespaces catalogs binmetas teams users; do
  [ -r "$here/initialization/$list.yaml.conf" ] || fail "cannot read $here/initialization/$list.yaml.conf"
done
for list in namespaces catalogs binmetas teams users; do
  # Of two options of one name kubectl takes the last: one from the command line wins.
  kubectl --kubeconfig="$here/kubeconfig.conf" apply --filename="$here/initialization/$list.yaml.conf" "$@"
done
