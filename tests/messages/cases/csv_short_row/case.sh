# a row with a cell too few
"$ECOSIM" check study.lua
