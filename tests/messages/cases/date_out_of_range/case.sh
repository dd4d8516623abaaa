# a slip of the century
"$ECOSIM" check study.lua
