# a number out of its range
"$ECOSIM" check study.lua
