# a column that nobody reads
"$ECOSIM" check study.lua
