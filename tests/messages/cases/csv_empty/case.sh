# an empty table
"$ECOSIM" check study.lua
