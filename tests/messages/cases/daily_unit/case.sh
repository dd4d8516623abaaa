# a column in a unit that does not agree, and one without
"$ECOSIM" check study.lua
