# a word that is none
"$ECOSIM" check study.lua
