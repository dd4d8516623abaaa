# a river that flows into itself
"$ECOSIM" check study.lua
