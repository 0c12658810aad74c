#!/usr/bin/env bash
# A PostgreSQL 15 of one's own for the benchmark, on a Unix socket in its folder; sourced by measure. More generous than
# Debian's defaults: 1 GB of shared buffers, 64 MB to sort in, nothing waits for the disk.
# shellcheck disable=SC2154,SC2034 # variables of measure

readonly postgresql_bin=/usr/lib/postgresql/15/bin
postmaster=""

postgresql_reason() {
    if [[ ! -x $postgresql_bin/initdb ]]; then
        echo "postgresql-15 is not installed"
    elif ((EUID == 0)) && ! id postgres >/dev/null 2>&1; then
        echo "initdb refuses root and there is no user postgres"
    elif ! "$helpers/bench_ask" systems | grep -qx postgresql; then
        echo "bench_ask was built without libpq-dev"
    fi
}

# As the user whose cluster it is: initdb refuses root.
as_owner() {
    if ((EUID == 0)); then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# sql FOLDER [PSQL-ARGUMENT...]
sql() {
    local folder=$1
    shift
    (cd / && as_owner "$postgresql_bin/psql" -q -X -A -t -v ON_ERROR_STOP=1 -h "$folder" -d postgres "$@")
}

# start_postgresql FOLDER: makes the cluster when there is none; sets postmaster.
start_postgresql() {
    local folder=$1
    mkdir -p "$folder"
    ((EUID != 0)) || chown postgres "$folder"
    if [[ ! -d $folder/cluster ]]; then
        (cd / && as_owner "$postgresql_bin/initdb" -D "$folder/cluster" -E UTF8 --locale=C.UTF-8 -A trust >"$work/log" 2>&1) || {
            cat "$work/log" >&2
            fail "initdb failed"
        }
        cat >>"$folder/cluster/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$folder'
shared_buffers = 1GB
work_mem = 64MB
maintenance_work_mem = 512MB
max_wal_size = 4GB
fsync = off
autovacuum = off
END
    fi
    (cd / && as_owner "$postgresql_bin/pg_ctl" -s -w -D "$folder/cluster" -l "$folder/cluster/log" start) ||
        fail "PostgreSQL did not start, see $folder/cluster/log"
    postmaster=$(head -n 1 "$folder/cluster/postmaster.pid")
    postgresql_folder=$folder
}

stop_postgresql() {
    [[ -z $postmaster ]] || (cd / && as_owner "$postgresql_bin/pg_ctl" -s -w -m fast -D "$postgresql_folder/cluster" stop) || true
    postmaster=""
}

# Seconds of processor of the server's processes that have ended.
postgresql_cpu() {
    awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($14 + $15) / ticks }' "/proc/$postmaster/stat"
}

# build_postgresql DOCUMENTS.jsonl FOLDER: sets wall, cpu, memory (that of the indexing process is not known: 0) and
# index_bytes (the stored tsvectors and the index over them).
build_postgresql() {
    local documents=$1 folder=$2 before began=$SECONDS
    before=$(postgresql_cpu)
    sql "$folder" -c "CREATE UNLOGGED TABLE raw (document jsonb)"
    sql "$folder" -c "COPY raw FROM STDIN (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')" <"$documents"
    sql "$folder" <<'END'
CREATE TABLE documents AS
SELECT document->>'id' AS id, document->>'work' AS work, document->>'section' AS section, document->>'type' AS type,
       (document->>'year')::int AS year, document->>'language' AS language,
       ARRAY(SELECT jsonb_array_elements_text(document->'themes')) AS themes,
       ARRAY(SELECT jsonb_array_elements_text(document->'countries')) AS countries,
       document->>'title' AS title, document->>'text' AS body,
       to_tsvector((CASE document->>'language' WHEN 'fr' THEN 'french' WHEN 'es' THEN 'spanish' ELSE 'english' END)::regconfig,
                   (document->>'title') || ' ' || (document->>'text')) AS words
FROM raw;
DROP TABLE raw;
CREATE INDEX documents_words ON documents USING gin (words);
CREATE INDEX documents_section ON documents (section, type, year);
CREATE INDEX documents_title ON documents (lower(title) text_pattern_ops);
VACUUM ANALYZE documents;
END
    wall=$((SECONDS - began))
    sleep 1 # until the last of them is counted
    cpu=$(awk -v before="$before" -v after="$(postgresql_cpu)" 'BEGIN { print after - before }')
    memory=0
    index_bytes=$(sql "$folder" -c "SELECT pg_relation_size('documents_words') + (SELECT sum(pg_column_size(words)) FROM documents)")
}
