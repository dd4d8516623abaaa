# a script that wants all memory
"$ECOSIM" check study.lua
