#!/usr/bin/env bash
# Run a command with DATABASE_URL naming a PostgreSQL server of its own, gone afterwards:
#     scripts/with_postgres.sh .venv/bin/pytest tests/helpdesk
# No server of the machine is touched. The role owns its database but is no superuser, as in a city's installation.
set -euo pipefail

for folder in /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ]; then PATH=$folder:$PATH; fi
done
if ! command -v initdb >/dev/null; then
    echo "PostgreSQL's server is missing (Debian, Ubuntu: apt install postgresql)." >&2
    exit 1
fi

# PostgreSQL refuses to run as root: the package brings a user for it.
as_owner=()
if [ "$(id -u)" = 0 ]; then as_owner=(runuser -u postgres --); fi

# Not under TMPDIR, which may be closed to that user.
home=$(mktemp -d /tmp/postgres.XXXXXX)
chmod 711 "$home"
if [ "$(id -u)" = 0 ]; then chown postgres "$home"; fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

stop() {
    "${as_owner[@]}" pg_ctl --pgdata "$home/data" --mode immediate --silent stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT

cd_to=$PWD
cd "$home"
# Nothing here outlives the run, so nothing waits for the disk; locks and constraints are the real ones.
"${as_owner[@]}" initdb --pgdata "$home/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >/dev/null
"${as_owner[@]}" pg_ctl --pgdata "$home/data" --wait --silent --log "$home/log" \
    --options "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$home -c fsync=off -c max_connections=200" start >/dev/null
psql --quiet --host 127.0.0.1 --port "$port" --username postgres --command "CREATE ROLE mediation LOGIN CREATEDB" postgres
createdb --host 127.0.0.1 --port "$port" --username postgres --owner mediation mediation
cd "$cd_to"

DATABASE_URL=postgres://mediation@127.0.0.1:$port/mediation "$@"
