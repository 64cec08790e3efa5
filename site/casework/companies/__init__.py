"""企业管理: mergers, branches, names, and which company a party without a code is."""

from casework.companies import pages, parties

BLUEPRINTS = (pages.blueprint, parties.blueprint)
