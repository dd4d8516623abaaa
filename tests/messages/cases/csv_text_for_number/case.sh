# a text in a column of numbers
"$ECOSIM" check study.lua
