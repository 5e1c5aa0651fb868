#!/bin/sh
# Installs the real programs that judge the artefacts (Debian, Ubuntu). Starts no service. Run again, it changes nothing.
set -eu

packages='nginx libnginx-mod-stream iproute2 util-linux nftables gobgpd bird2 frr openssl zsh fish libxml2-utils'

# BIRD 1.6 and BIRD 2 exclude each other as packages: this one is only unpacked.
bird1=/usr/local/lib/balancer-judges/bird1

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

missing=
for package in $packages; do
  is_installed "$package" || missing="$missing $package"
done
if [ -z "$missing" ] && [ -x "$bird1/usr/sbin/bird" ]; then
  echo "judges: all there: $packages bird1"
  exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then
    echo "judges: missing:$missing bird1; installing them needs root, and there is no sudo" >&2
    exit 69
  fi
  as_root=sudo
fi

# Debian's maintainer scripts ask this file before they start a service; 101 is "no".
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" > /dev/null
  $as_root chmod 755 "$policy"
  trap '$as_root rm -f "$policy"' EXIT
fi

echo "judges: installing$missing bird1"
$as_root apt-get update -qq
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086 # a list
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
fi
if [ ! -x "$bird1/usr/sbin/bird" ]; then
  folder=$(mktemp -d)
  # apt downloads as a user of its own.
  chmod 755 "$folder"
  (cd "$folder" && apt-get download -qq bird)
  $as_root mkdir -p "$bird1"
  $as_root dpkg -x "$folder"/bird_*.deb "$bird1"
  rm -rf "$folder"
fi
echo "judges: installed$missing bird1"
