# a study that ends before it begins
"$ECOSIM" check study.lua
