"""People with an account, in templates, by the name that `cms.office.names` gives them."""

from django import template

from cms.office import names

register = template.Library()
register.filter("account_name", names.of_account)
