#!/bin/sh
# As the official image does: the first start makes the cluster, its user and its database.
set -eu
data=/var/lib/postgresql/data
as_postgres="setpriv --reuid=postgres --regid=postgres --clear-groups"
if [ ! -s "$data/PG_VERSION" ]; then
    mkdir -p "$data"
    chown postgres:postgres "$data"
    chmod 700 "$data"
    password=$(mktemp)
    chown postgres "$password"
    printf '%s\n' "$POSTGRES_PASSWORD" > "$password"
    $as_postgres initdb --no-sync --auth=scram-sha-256 --username="$POSTGRES_USER" \
        --pwfile="$password" --pgdata="$data"
    rm "$password"
    echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
    echo "create database \"$POSTGRES_DB\"" | $as_postgres postgres --single -D "$data" postgres
fi
mkdir -p /run/postgresql
chown postgres /run/postgresql
exec $as_postgres postgres -D "$data" -c listen_addresses='*'
