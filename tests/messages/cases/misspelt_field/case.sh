# a field that is none
"$ECOSIM" check study.lua
