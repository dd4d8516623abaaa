# a river that flows into a water that is not there
"$ECOSIM" check study.lua
