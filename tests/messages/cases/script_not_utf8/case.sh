# a script in another encoding: a name that is no text
"$ECOSIM" check study.lua
