#!/bin/sh
# The main process of a speaker: gobgpd announces everything before it opens a session, and never withdraws on a stop.
set -eu
umask 077
export LC_ALL=C
. "${CONFIG_DIR:-/etc/config}/speaker-rib.sh"
PASSWORD_DIR=${PASSWORD_DIR:-/etc/passwords}
export PASSWORD_DIR

# gobgpd answers SIGTERM with a Cease: the switch drops the routes at once, graceful restart or not. SIGKILL just ends the
# connection: with graceful restart the switch keeps the routes for the restart time. Without it they go with the session.
speaker=
end_speaker() {
  rm -f "$RUN_DIR/ready"
  [ -n "$speaker" ] || return 0
  kill -KILL "$speaker" 2> /dev/null || :
  wait "$speaker" 2> /dev/null || :
}
trap end_speaker EXIT
trap 'exit 0' TERM INT

# The configuration of this node. One master: its file does without the name.
choose_config() {
  for file in "config_bgp.${NODE_NAME:-}.toml" config_bgp.toml; do
    if [ -r "$CONFIG_DIR/$file" ]; then
      echo "$CONFIG_DIR/$file"
      return 0
    fi
  done
  fail "neither config_bgp.${NODE_NAME:-<NODE_NAME>}.toml nor config_bgp.toml in $CONFIG_DIR"
}

# A password as TCP MD5 takes it (RFC 2385, at most 80 bytes on Linux) and a TOML string can hold it.
check_password() {
  file=$PASSWORD_DIR/$1
  [ -r "$file" ] || fail "no password in $file"
  size=$(wc -c < "$file")
  [ "$size" -gt 0 ] || fail "the password in $file is empty"
  [ "$size" -le 80 ] || fail "the password in $file is longer than 80 bytes"
  [ "$(tr -d '\000-\037\177' < "$file" | wc -c)" -eq "$size" ] ||
    fail "the password in $file has a newline or another control character"
}

insert_passwords() {
  sed -n 's/^ *# auth-password: //p' "$1" > "$RUN_DIR/passwords"
  while read -r path; do
    check_password "$path"
  done < "$RUN_DIR/passwords"
  awk '
    /^ *# auth-password: / {
      file = ENVIRON["PASSWORD_DIR"] "/" $3
      if ((getline password < file) <= 0) exit 1
      close(file)
      text = ""
      for (i = 1; i <= length(password); i++) {
        sign = substr(password, i, 1)
        text = text (sign == "\\" || sign == "\"" ? "\\" : "") sign
      }
      print "    auth-password = \"" text "\""
      next
    }
    { print }
  ' "$1" > "$RUN_DIR/config_bgp.toml"
}

pause() {
  sleep 0.1 2> /dev/null || sleep 1
}

# A call without an answer takes a second by itself.
wait_for_api() {
  tries=0
  until pause && api global > /dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || fail 'gobgpd does not answer'
    kill -0 "$speaker" 2> /dev/null || fail 'gobgpd ended before it answered'
  done
}

enable_neighbors() {
  sed -n 's/^ *neighbor-address = "\(.*\)"$/\1/p' "$RUN_DIR/config_bgp.toml" > "$RUN_DIR/neighbors"
  while read -r neighbor; do
    api neighbor "$neighbor" enable || fail "gobgpd does not enable the neighbor $neighbor"
  done < "$RUN_DIR/neighbors"
  tries=0
  while api neighbor | grep -F 'Idle(Admin)' > /dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || fail 'a neighbor stays disabled'
    pause
  done
}

mkdir -p "$RUN_DIR"
rm -f "$RUN_DIR/ready"
config=$(choose_config)
insert_passwords "$config"
# The kubelet changes mounted files while we run: what counts is what this speaker announces.
cp "$CONFIG_DIR/announcements" "$RUN_DIR/announcements"

gobgpd -t toml -f "$RUN_DIR/config_bgp.toml" --api-hosts "127.0.0.1:$API_PORT" --pprof-disable &
speaker=$!
wait_for_api
paths > "$RUN_DIR/paths"
announce < "$RUN_DIR/paths"
check_rib
enable_neighbors
: > "$RUN_DIR/ready"
echo "announces $(grep -c . "$RUN_DIR/paths" || :) paths"

status=0
wait "$speaker" || status=$?
speaker=
fail "gobgpd ended with status $status"
