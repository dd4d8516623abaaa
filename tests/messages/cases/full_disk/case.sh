# results that do not fit
# a disk that is full sends no signal, and so does no limit that is ignored
trap "" XFSZ
ulimit -f 8
exec "$ECOSIM" run study.lua --out small.h5
