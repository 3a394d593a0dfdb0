#!/bin/bash
# Behaves as the vendor's script of 3.0.x: asks about anything that is no database URL and gives up without an answer, writes
# the properties of the server and of the expanded applications by sed, /etc/hosts by way of a file in its user's home, and
# starts the server anew. It takes whatever stands in the URL. The file `silent` makes it do nothing and say nothing.
here=$(cd "$(dirname "$0")" && pwd)
mode=$1
url=$2
kind=mongodb
hosts=${AMS_CLUSTER_ROOT?}/etc/hosts
[ "$mode" = cluster ] || kind=mapdb
echo "change_server_mode $mode" >>"$AMS_TEST_EVENTS"
[ ! -e "$here/silent" ] || exit 0
if [ -n "$url" ] && ! [[ $url =~ ^(mongodb|mongodb\+srv|redis):// || $url = localhost || $url = 127.0.0.1 || -f $url ]]; then
    echo "WARNING: DB connection doesn't start with mongodb://, mongodb+srv://, redis:// and is not a file."
    echo "Are you sure this is correct? (y/n)"
    read -r answer
    if [ "$answer" != y ]; then
        echo "Operation cancelled."
        exit 1
    fi
fi
sed -i "/clusterdb.host=/c\\clusterdb.host=$url" "$here/conf/red5.properties"
for application in "$here"/webapps/*/; do
    sed -i -e "/db.type=/c\\db.type=$kind" -e "/db.host=/c\\db.host=$url" "$application/WEB-INF/red5-web.properties"
done
name=$(cat /proc/sys/kernel/hostname)
touch "$hosts"
cp "$hosts" ~/.hosts.new || exit 1
sed -i "/$name/d" ~/.hosts.new
echo "127.0.1.1 $name" >>~/.hosts.new
cp -f ~/.hosts.new "$hosts"
rm ~/.hosts.new
service antmedia stop
service antmedia start
