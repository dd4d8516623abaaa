# a script that is bytecode
printf "\033Lua" > study.lua
"$ECOSIM" check study.lua
