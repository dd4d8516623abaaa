"$ECOSIM" run study.lua --quiet >/dev/null 2>&1 || exit 99
"$ECOSIM" show --balance small.h5 --scenario baze
