# another encoding
"$ECOSIM" check study.lua
