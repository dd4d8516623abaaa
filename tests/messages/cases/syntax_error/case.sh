# a script that is no Lua
"$ECOSIM" check study.lua
