#!/bin/sh
# Take the programs off this machine; numbers and settings stay.
exec env PYTHONPATH=/opt/yihao/installer /usr/bin/python3 -B -m ticketserver.runner.uninstall
