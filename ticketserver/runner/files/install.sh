#!/bin/sh
# Install or upgrade this machine from this folder, without internet:  sh install.sh ROLE=server|kiosk|display|bridge [ID=kiosk1]
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
cd "$folder"
stop() { printf '\n%s\n' "$1" >&2; exit 1; }
[ "$(id -u)" = 0 ] || stop @sh.not_root@
. /etc/os-release
here="$ID-$VERSION_ID-$(dpkg --print-architecture)"
[ "$here" = "@machine@" ] || stop @sh.other_machine@" ($here / @machine@)"
sha256sum --quiet --check SHA256SUMS || stop @sh.damaged@
if ! [ -x /usr/bin/python3 ]; then
  log=$(mktemp)
  sh debs/apt.sh python3 python3-venv > "$log" 2>&1 || { tail -n 20 "$log" >&2; stop @sh.no_python@; }
  rm "$log"
fi
exec env PYTHONPATH="$folder/installer" /usr/bin/python3 -B -m ticketserver.runner.install --bundle "$folder" "$@"
