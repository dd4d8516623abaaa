# a unit that is none
"$ECOSIM" check study.lua
