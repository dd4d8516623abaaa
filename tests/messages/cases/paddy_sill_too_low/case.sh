# a sill below what irrigation fills to
"$ECOSIM" check study.lua
