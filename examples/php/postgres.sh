# Read by test.sh: a PostgreSQL of Debian's package in $folder, for this test only; sets DATABASE_URL.
binaries=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
data=$folder/postgres
mkdir "$data"
# It refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$folder"
  chown postgres "$data"
  as_postgres() { (cd / && runuser -u postgres -- "$@"); }
else
  as_postgres() { "$@"; }
fi
as_postgres "$binaries/initdb" -D "$data/cluster" -U postgres -A trust -E UTF8 --no-sync >/dev/null
postgres_port=$(node -p 'net.createServer().listen(0).unref().address().port')
as_postgres "$binaries/pg_ctl" -D "$data/cluster" -l "$data/log" -w \
  -o "-h 127.0.0.1 -p $postgres_port -k $data" start >/dev/null
stop_postgres() { as_postgres "$binaries/pg_ctl" -D "$data/cluster" -m immediate stop >/dev/null; }
export DATABASE_URL="postgres://postgres@127.0.0.1:$postgres_port/postgres?sslmode=disable"
