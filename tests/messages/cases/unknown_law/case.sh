# a structure by a law that is none
"$ECOSIM" check study.lua
