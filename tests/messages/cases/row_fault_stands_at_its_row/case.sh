# an item made of a row is wrong where the row is
"$ECOSIM" check study.lua
