# no member at all
"$ECOSIM" check study.lua
