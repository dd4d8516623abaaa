# results that a script wants to put elsewhere
"$ECOSIM" check study.lua
