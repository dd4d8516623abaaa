# a change of an item that is not there
"$ECOSIM" check study.lua
