#!/bin/bash
# ferretdb.sh: prints the path of a FerretDB, a server that speaks MongoDB's protocol with SQLite below, built once
# through the Go module proxy and kept in the user's cache. Neither MongoDB's own server nor its mirror is a package of
# any registry; FerretDB has users and SCRAM, but no replica sets.
set -euo pipefail
version=v1.24.0
program=${XDG_CACHE_HOME:-$HOME/.cache}/ams-cluster/ferretdb/$version/ferretdb
if [ -n "${LOOK:-}" ]; then
    [ -x "$program" ] || exit 1
    exit 0
fi
mkdir -p "$(dirname "$program")"
exec 9>"$(dirname "$program")/lock"
flock 9
if [ ! -x "$program" ]; then
    work=$(mktemp -d)
    trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
    cd "$work"
    module=github.com/FerretDB/FerretDB
    # `go install` of a path needs the list of versions, which not every proxy gives.
    printf 'module build\n\ngo 1.22\n\nrequire %s %s\n' "$module" "$version" >go.mod
    source=$(go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
    cp -r "$source" tree
    chmod -R u+w tree
    # The program reads its version from a file that only the release's build makes.
    echo "$version" >tree/build/version/version.txt
    (cd tree && GOFLAGS=-mod=mod go build -trimpath -ldflags=-s -o "$program.new" ./cmd/ferretdb) >&2
    mv "$program.new" "$program"
fi
echo "$program"
