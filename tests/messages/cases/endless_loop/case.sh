# a script that does not end
"$ECOSIM" check study.lua
