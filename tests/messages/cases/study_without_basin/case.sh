# a study of nothing
"$ECOSIM" check study.lua
