#!/bin/sh
# Installs the real programs that judge the artefacts (Debian, Ubuntu). Starts no service. Run again, it changes nothing.
set -eu

packages='nginx libnginx-mod-stream iproute2 util-linux'

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

missing=
for package in $packages; do
  is_installed "$package" || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo "judges: all there: $packages"
  exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then
    echo "judges: missing:$missing; installing them needs root, and there is no sudo" >&2
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

echo "judges: installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
echo "judges: installed$missing"
