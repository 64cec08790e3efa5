"""名单管理: staff propose, hear, decide, publish and take off entries of the three lists."""

from casework.lists import acting, entries, proposing

BLUEPRINTS = (entries.blueprint, proposing.blueprint, acting.blueprint)
