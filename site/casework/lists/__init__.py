"""名单管理: staff propose, hear, decide, publish and take off entries of the three lists."""

from casework.lists import acting, entries, leads, proposing

BLUEPRINTS = (entries.blueprint, leads.blueprint, proposing.blueprint, acting.blueprint)
