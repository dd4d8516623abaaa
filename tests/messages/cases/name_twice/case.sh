# two items of one name
"$ECOSIM" check study.lua
