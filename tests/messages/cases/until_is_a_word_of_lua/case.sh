# until, which Lua keeps for itself
"$ECOSIM" check study.lua
