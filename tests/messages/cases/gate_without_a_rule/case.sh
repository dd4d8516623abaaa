# a gate that nothing ever moves: no fault, a warning
"$ECOSIM" check study.lua
