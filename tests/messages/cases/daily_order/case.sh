# dates that stand twice or go back, and values that cannot be
"$ECOSIM" check study.lua
