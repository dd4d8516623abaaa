# more land uses than land
"$ECOSIM" check study.lua
