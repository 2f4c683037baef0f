#!/bin/sh
# Makes the virtual environment and installs driftwatch into it, editable: make_venv.sh PYTHON DIRECTORY
# On a bare Debian python3 comes without pip (that is in python3-venv). Then, as root, the package is installed;
# as an ordinary user pip's wheel is taken out of its Debian package without installing anything.
set -eu
python=$1 venv=$2

with_ensurepip() { "$python" -m venv "$venv" 2>/dev/null && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }

with_virtualenv() { "$python" -m virtualenv -q "$venv" 2>/dev/null; }

as_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    echo "python3-venv is missing: installing it with apt-get" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null && with_ensurepip
}

as_user() {
    command -v apt-get >/dev/null 2>&1 || return 1
    echo "python3-venv is missing: taking pip out of Debian's package python3-pip-whl" >&2
    scratch=$(mktemp -d)
    mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
    own_lists="-o Dir::State::Lists=$scratch/lists -o Dir::Cache=$scratch/cache"
    (
        cd "$scratch"
        apt-get download -qq python3-pip-whl 2>/dev/null || {
            # shellcheck disable=SC2086 # options, meant to be split
            apt-get $own_lists update -qq && apt-get $own_lists download -qq python3-pip-whl
        }
        dpkg-deb -x python3-pip-whl_*.deb .
    ) >&2 || { rm -rf "$scratch"; return 1; }
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv"
    wheel=$(ls "$scratch"/usr/share/python-wheels/pip-*.whl)
    "$venv/bin/python" "$wheel/pip" install --quiet --no-index "$wheel"
    rm -rf "$scratch"
}

with_ensurepip || with_virtualenv || as_root || as_user || {
    rm -rf "$venv"
    echo "Python's venv module is missing here. Type: sudo apt-get install python3-venv" >&2
    exit 2
}
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[dev]'
