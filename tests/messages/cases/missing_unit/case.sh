# a text with a number and no unit
"$ECOSIM" check study.lua
