# a results file that was cut
"$ECOSIM" run study.lua --out whole.h5 >/dev/null 2>&1 || exit 99
head -c 3000 whole.h5 > results.h5
"$ECOSIM" show results.h5
