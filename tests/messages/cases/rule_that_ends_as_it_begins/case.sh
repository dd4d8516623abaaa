# a rule that ends above the level at which it begins
"$ECOSIM" check study.lua
