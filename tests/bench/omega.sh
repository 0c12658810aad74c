#!/usr/bin/env bash
# Omega of Debian, as the benchmark asks it; sourced by measure. Its indexer takes one language at a time.
# shellcheck disable=SC2154,SC2034 # variables of measure

omega_reason() {
    [[ -x /usr/lib/cgi-bin/omega/omega ]] && command -v scriptindex >/dev/null || echo "xapian-omega is not installed"
}

# build_omega DOCUMENTS.jsonl FOLDER: sets wall, cpu and memory.
build_omega() {
    local documents=$1 folder=$2 language stemmer walls=0 cpus=0 most=0
    mkdir -p "$folder/data" "$folder/templates" "$folder/log"
    cat >"$folder/omega.conf" <<END
database_dir $folder/data
template_dir $folder/templates
log_dir $folder/log
cdb_dir $folder
END
    # shellcheck disable=SC2016 # the dollars are OmegaScript's
    {
        echo '$setmap{prefix,title,S}$set{stemmer,$cgi{STEM}}hits:$msize
$hitlist{$html{$field{title}} $if{$cgi{SNIPPETS},$snippet{$field{text}}}
}' >"$folder/templates/bench"
        echo '$set{flag_partial,true}$set{stemmer,$cgi{STEM}}hits:$msize
$hitlist{$html{$field{title}}
}' >"$folder/templates/suggest"
    }
    cat >"$folder/script" <<END
title : field=title index=S index
text : field=text index
section : boolean=XSEC
type : boolean=XTYP
language : boolean=XLNG
theme : boolean=XTHM
country : boolean=XCTY
date : value=0
END
    for language in en fr es; do
        stemmer=$(case $language in en) echo english ;; fr) echo french ;; es) echo spanish ;; esac)
        omega_records "$language" <"$documents" >"$folder/records"
        timed scriptindex --stemmer="$stemmer" "$folder/data/omega" "$folder/script" "$folder/records"
        walls=$(awk -v a="$walls" -v b="$wall" 'BEGIN { print a + b }')
        cpus=$(awk -v a="$cpus" -v b="$cpu" 'BEGIN { print a + b }')
        ((memory <= most)) || most=$memory
    done
    wall=$walls cpu=$cpus memory=$most
    rm -f "$folder/records"
}

# omega_records LANGUAGE: JSON lines to the records of scriptindex.
omega_records() {
    python3 -c '
import json, sys
for line in sys.stdin:
    document = json.loads(line)
    if document["language"] != sys.argv[1]:
        continue
    print("title=" + document["title"])
    print("text=" + document["text"].replace("\n", "\n="))
    for name in ("section", "type", "language"):
        print(name + "=" + document[name])
    for name, values in (("theme", "themes"), ("country", "countries")):
        for value in document[values]:
            print(name + "=" + value)
    print("date=%d0101\n" % document["year"])
' "$1"
}
