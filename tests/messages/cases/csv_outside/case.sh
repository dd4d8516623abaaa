# a table outside of the script's folder
"$ECOSIM" check study.lua
