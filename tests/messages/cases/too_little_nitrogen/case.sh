# less nitrogen than ammonia
"$ECOSIM" check study.lua
