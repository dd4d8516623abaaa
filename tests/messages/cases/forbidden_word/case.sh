# a script that wants the system
"$ECOSIM" check study.lua
