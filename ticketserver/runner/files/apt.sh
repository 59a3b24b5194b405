#!/bin/sh
# Install Debian packages out of this folder alone, without internet: sh apt.sh PACKAGE...
# apt finds out which are missing and in which order they go in. It works on lists of its own, so what the machine knows
# of its other sources stays as it is, and it never takes a package away.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
# A stick's name may hold spaces.
printf 'deb [trusted=yes] file:%s ./\n' "$(printf %s "$folder" | sed 's/%/%25/g; s/ /%20/g')" > "$state/sources.list"
offline() {
  DEBIAN_FRONTEND=noninteractive apt-get -q \
    -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$state/lists" -o Dir::Cache="$state/cache" -o APT::Sandbox::User=root -o Dpkg::Use-Pty=0 "$@"
}
offline update
offline install -y --no-install-recommends --no-remove "$@"
