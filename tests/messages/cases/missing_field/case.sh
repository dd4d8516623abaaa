# a field that must be given
"$ECOSIM" check study.lua
