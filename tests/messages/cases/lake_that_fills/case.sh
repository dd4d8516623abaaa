# a lake that water enters and cannot leave: no fault, a warning
"$ECOSIM" check study.lua
