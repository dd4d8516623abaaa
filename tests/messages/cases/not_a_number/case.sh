# 0/0 where a number belongs
"$ECOSIM" check study.lua
