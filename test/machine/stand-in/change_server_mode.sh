#!/bin/bash
# Behaves as the vendor's script of 3.0.x: asks about anything that isn't a database URL, gives up without an answer,
# writes the properties of the server and of the expanded applications, restarts the server.
here=$(cd "$(dirname "$0")" && pwd)
mode=$1
url=${2:-localhost}
kind=mongodb
[ "$mode" = cluster ] || kind=mapdb
echo "change_server_mode $mode" >>"$AMS_TEST_EVENTS"
[ ! -e "$here/silent" ] || exit 0
if [ "$mode" = cluster ] && ! [[ $url =~ ^(mongodb|mongodb\+srv|redis):// ]]; then
    echo "'$url' does not look like a database's URL."
    read -r -p "Continue? (y/n) " answer
    if [ "$answer" != y ]; then
        echo "Operation cancelled."
        exit 1
    fi
fi
if [[ $url =~ [\;\|\<\>\(\)\$\*\{\}\"\'\\[:space:]] ]]; then
    echo "Invalid characters."
    exit 1
fi
sed -i "/clusterdb.host=/c\\clusterdb.host=$url" "$here/conf/red5.properties"
for application in "$here"/webapps/*/; do
    sed -i -e "/db.type=/c\\db.type=$kind" -e "/db.host=/c\\db.host=$url" "$application/WEB-INF/red5-web.properties"
done
service antmedia stop
service antmedia start
