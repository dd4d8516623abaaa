# a column that is no daily series
"$ECOSIM" check study.lua
