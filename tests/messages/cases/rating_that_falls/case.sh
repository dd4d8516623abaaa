# a rating whose flow falls with the level
"$ECOSIM" check study.lua
