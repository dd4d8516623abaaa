# a text where a number belongs
"$ECOSIM" check study.lua
