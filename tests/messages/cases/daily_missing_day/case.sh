# a day of the study that the weather file does not have
"$ECOSIM" check study.lua
