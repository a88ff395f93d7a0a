#!/bin/bash
# healthcheck.sh --connect --innodb_initialized: whether the server answers over TCP, and InnoDB runs.
set -eu

ask() {
  mariadb --defaults-file=/var/lib/mysql/.my-healthcheck.cnf --host=127.0.0.1 --protocol=tcp \
    --connect-timeout=3 --skip-column-names --execute "$1"
}

for check in "$@"; do
  case "$check" in
    --connect) ask "SELECT 1" >/dev/null ;;
    --innodb_initialized)
      [ "$(ask "SELECT support <> 'NO' FROM information_schema.engines WHERE engine = 'InnoDB'")" = 1 ]
      ;;
    *) echo "healthcheck.sh: $check is not known to this stand-in" >&2; exit 1 ;;
  esac
done
