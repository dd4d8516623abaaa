# a field that no study has
"$ECOSIM" check study.lua
