# a pump that would stop below the bed
"$ECOSIM" check study.lua
