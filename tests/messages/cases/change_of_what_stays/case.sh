# a change of what cannot be changed
"$ECOSIM" check study.lua
