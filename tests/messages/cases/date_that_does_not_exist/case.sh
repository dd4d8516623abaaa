# a day that no calendar has
"$ECOSIM" check study.lua
