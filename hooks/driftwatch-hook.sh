# driftwatch-hook 2: what driftwatch's git hooks share. `driftwatch hooks install` fills in the projects below.
# POSIX sh. Python starts only when something under a migrations folder changed.

# Calls the command for each project of this repository; folder and project are paths from the root.
each_project() {
	worst=0
@projects@
	return $worst
}

# A hook that was here before driftwatch: it keeps its arguments and its stdin, and runs first.
earlier=${0%/*}/$hook.before-driftwatch

has_earlier() { [ -f "$earlier" ] && [ -x "$earlier" ]; }

run_earlier() { ! has_earlier || "$earlier" "$@"; }

wanted() { [ "${DRIFTWATCH_SKIP:-0}" = 0 ]; }

# One git call: the git directories, and the migrations tree of HEAD ($tree) and of $1 ($before), or `none`.
look() {
	answer=$(git rev-parse --git-dir --git-common-dir "HEAD:$folder" "$@" 2>/dev/null)
	{
		IFS= read -r git_dir
		IFS= read -r common_dir
		IFS= read -r tree
		IFS= read -r before
	} <<EOF_ANSWER
$answer
EOF_ANSWER
	case $tree in '' | *[!0-9a-f]*) tree=none ;; esac
	case $before in '' | *[!0-9a-f]*) before=none ;; esac
	marks=$common_dir/driftwatch/marks/$folder synced='' seen=''
	[ ! -r "$marks/last-synced-tree" ] || IFS= read -r synced <"$marks/last-synced-tree"
	[ ! -r "$marks/last-seen-tree" ] || IFS= read -r seen <"$marks/last-seen-tree"
}

# Nothing to do for this tree: the local database was synced with it, or the user brought it themselves.
settled() { [ "$1" = none ] || [ "$1" = "$synced" ] || [ "$1" = "$seen" ]; }

mark_seen() { [ ! -d "$marks" ] || printf '%s\n' "$1" >"$marks/last-seen-tree"; }

rebasing() { [ -d "$git_dir/rebase-merge" ] || [ -d "$git_dir/rebase-apply" ]; }

# The Python that installed the hooks here, else the driftwatch on PATH, else a word on how to go on.
# -P: nothing in the work tree may stand in for a module.
run_driftwatch() {
	python=
	known=$(git rev-parse --git-common-dir)/driftwatch/python
	[ ! -r "$known" ] || IFS= read -r python <"$known"
	if [ -x "$python" ] && "$python" -P -c 'import driftwatch' </dev/null >/dev/null 2>&1; then
		"$python" -P -m driftwatch ${project:+--project "$project"} "$@"
	elif command -v driftwatch >/dev/null 2>&1; then
		driftwatch ${project:+--project "$project"} "$@"
	else
		say_missing >&2
		return 1
	fi
}

say_missing() {
	if [ "$hook" = pre-push ]; then
		echo "driftwatch: push stopped: it changes ${folder:-the migrations}, and driftwatch was not found to prove it."
	else
		echo "driftwatch: the pull changed ${folder:-the migrations}, but driftwatch was not found: the local database was not synced."
	fi
	echo "  looked for:  ${python:+$python -m driftwatch, then }driftwatch on PATH"
	echo "  mend it:     install driftwatch again, then type: driftwatch hooks install"
	if [ "$hook" = pre-push ]; then
		echo "  or go on without the proof:  git push --no-verify   (or DRIFTWATCH_SKIP=1 git push)"
	else
		echo "  then type:   driftwatch sync from-remote   (DRIFTWATCH_SKIP=1 silences this)"
	fi
}
