# a misspelt variable
"$ECOSIM" check study.lua
