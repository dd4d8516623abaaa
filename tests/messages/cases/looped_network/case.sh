# two ways from one water to another
"$ECOSIM" check study.lua
