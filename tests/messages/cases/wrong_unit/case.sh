# a unit of another dimension
"$ECOSIM" check study.lua
