# a runoff model that is none
"$ECOSIM" check study.lua
