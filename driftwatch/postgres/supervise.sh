# Runs Postgres as long as the pipe on stdin is held open, so that no server outlives the process that asked for
# it, even one that was killed. A line "keep" means: stop cleanly and leave the data directory.
# $0: the data directory; "$@": the server's command line.
"$@" </dev/null 3>&1 >&2 &
server=$!
exec >&2 # only the server holds our stdout now, as its 3, so that its end is seen there
read -r word || word=remove
if [ "$word" = keep ]; then
    kill -INT "$server" 2>/dev/null
    wait "$server"
else
    kill -QUIT "$server" 2>/dev/null
    wait "$server"
    rm -rf -- "$0"
fi
